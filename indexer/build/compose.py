"""Composition of a publication: files of bodies ─▶ passages ─▶ items, and the ledger.

Loaded where there is something new to publish: a build that finds nothing new does without all that cuts and aligns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.build.scan import BodyFiles
from indexer.build.stage import StageRun
from indexer.build.stages import DOCUMENT_STAGES, EXTRACT, SegmentInput
from indexer.catalogue.assign import Comparison
from indexer.catalogue.scan import PdfFile, Source, UnreadableFile
from indexer.items import ledger
from indexer.items.align import gather
from indexer.items.documents import (
    ReadDocument,
    UnreadDocument,
    changed_document,
    read_document,
    unreadable_document,
)
from indexer.items.field_values import add_field_values
from indexer.items.spool import Group, Spool
from indexer.model import Body, Concept, Entry, Item, Meeting, Override, Publication, State


def segment_inputs(bodies: Sequence[BodyFiles], run: StageRun) -> Iterator[SegmentInput]:
    """The documents that were read, to be segmented."""
    for body in bodies:
        for source in body.sources:
            if isinstance(source.pdf, PdfFile) and (asked := _segment_input(source, source.pdf, body, run)):
                yield asked


def _segment_input(source: Source, pdf: PdfFile, body: BodyFiles, run: StageRun) -> SegmentInput | None:
    """The input for a document; None where its file is another by now."""
    read = body.to_read(pdf)
    pages = run.header(EXTRACT, read)
    override = _override(source.document.override, body.catalogue.override)
    return SegmentInput(read, pages.sha256, override) if pages else None


def _override(own: Override | None, default: Override | None) -> Override | None:
    """The word of the catalogue on a document: its own, and where it says nothing that on the body."""
    return own.over(default) if own and default else own or default


def publication_of(
    bodies: Sequence[BodyFiles], run: StageRun, concepts: tuple[Concept, ...], spool: Spool
) -> Publication:
    """The publication of all bodies, with its items in the spool. Fictional bodies give way to real ones."""
    parts = [_align(body, run, spool) for body in bodies]
    # Words of a fictional body never stand beside those of a real one.
    if any(not part.body.fictional and part.is_covered() for part in parts):
        parts = [part for part in parts if not part.body.fictional]
    return Publication(
        bodies=tuple(part.body for part in parts),
        meetings=tuple(meeting for part in parts for meeting in part.meetings),
        items=spool.items(group for part in parts for group in part.items),
        ledger=tuple(entry for part in parts for entry in part.ledger),
        concepts=concepts,
    )


@dataclass(frozen=True, slots=True)
class _AlignedBody:
    """A body's part of a publication; ``items`` are the places of its items in the spool."""

    body: Body
    meetings: tuple[Meeting, ...]
    items: tuple[Group, ...]
    ledger: tuple[Entry, ...]

    def is_covered(self) -> bool:
        """Tell whether any document of the body can be found."""
        return any(entry.state is State.INDEXED for entry in self.ledger)


def _align(body: BodyFiles, run: StageRun, spool: Spool) -> _AlignedBody:
    """The part of one body, made meeting by meeting: no more than a meeting's passages are in memory."""
    catalogue = body.catalogue
    comparison = Comparison(catalogue)
    rows: list[Entry] = []
    items = []
    for meeting in sorted(catalogue.meetings, key=lambda each: (each.ordinal, each.id)):
        sources = [source for source in body.sources if source.document.meeting == meeting.id]
        documents = ledger.settle_revisions([_document(source, body, comparison, run) for source in sources])
        rows += (document.entry for document in documents)
        items.append(spool.add(_items(documents, catalogue.body)))
    rows += ledger.missing_rows(catalogue, rows, body.refused)
    rows += ledger.unassigned_rows(catalogue, body.doubts)
    return _AlignedBody(catalogue.body, catalogue.meetings, tuple(items), tuple(ledger.in_order(catalogue, rows)))


def _document(source: Source, body: BodyFiles, comparison: Comparison, run: StageRun) -> ReadDocument | UnreadDocument:
    """A document with its passages and its row of the ledger.

    ``comparison`` is that of the body's catalogue with first pages.
    """
    pdf = source.pdf
    if isinstance(pdf, UnreadableFile):
        return unreadable_document(source, pdf)
    asked = _segment_input(source, pdf, body, run)
    segmented = run.load(DOCUMENT_STAGES[-1], asked) if asked else None
    pages = run.header(EXTRACT, body.to_read(pdf))
    if segmented is None or pages is None:
        return changed_document(source)
    # Of a recognised one everything was said when it was given to its meeting.
    if segmented.opening and not source.is_recognised:
        document, cautions = comparison.of(source.document, segmented.opening)
        source = replace(source, document=document, cautions=cautions)
    fallback = body.catalogue.body.languages[0]
    return read_document(source, pdf.sha256, segmented, pages.note, fallback=fallback)


def _items(documents: Sequence[ReadDocument | UnreadDocument], body: Body) -> tuple[Item, ...]:
    """The items of one meeting, of the documents that stand for it."""
    read = (each for each in documents if isinstance(each, ReadDocument) and each.entry.state in ledger.READ)
    return tuple(add_field_values(item, body) for item in gather(read, body.languages))
