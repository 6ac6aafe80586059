"""Composition of a publication: files of bodies ─▶ passages ─▶ items, and the ledger.

Loaded where there is something new to publish: a build that finds nothing new does without all that cuts and aligns.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.build.scan import BodyFiles, FileToRead, ReadFiles
from indexer.catalogue.assign import Comparison
from indexer.catalogue.scan import Source, UnreadableFile
from indexer.extract.cache import ExtractionCache, ExtractionKey
from indexer.items import ledger
from indexer.items.align import AlignmentInput, gather
from indexer.items.documents import (
    ReadDocument,
    UnreadDocument,
    changed_document,
    read_document,
    unreadable_document,
)
from indexer.items.spool import Group, Spool
from indexer.model import Body, Concept, Entry, Extraction, Item, Meeting, Publication, State
from indexer.segment.cache import SegmentCache, SegmentedDocument, segment_document


class DocumentTexts:
    """Documents with their passages; only what was never cut before is cut.

    ``read_anew`` and ``cut_anew`` count the PDFs that had to be read and cut on the way.
    """

    def __init__(self, extractions: ExtractionCache, segments: SegmentCache, read: ReadFiles) -> None:
        self._extractions = extractions
        self._segments = segments
        self._read = read
        self.read_anew = 0
        self.cut_anew = 0

    def document(self, source: Source, body: BodyFiles, comparison: Comparison) -> ReadDocument | UnreadDocument:
        """A document with its passages and its row of the ledger.

        ``comparison`` is that of the body's catalogue with first pages.
        """
        pdf = source.pdf
        if isinstance(pdf, UnreadableFile):
            return unreadable_document(source, pdf)
        key = body.key(pdf)
        segmented = self._segment(source, key, FileToRead(pdf.path, body.ocr))
        if segmented is None:
            return changed_document(source)
        # Of a recognised one everything was said when it was given to its meeting.
        if segmented.opening and not source.is_recognised:
            document, cautions = comparison.of(source.document, segmented.opening)
            source = replace(source, document=document, cautions=cautions)
        failure = self._extractions.failure(key)
        fallback = body.catalogue.body.languages[0]
        return read_document(source, pdf.sha256, segmented, failure, fallback=fallback)

    def clean(self) -> None:
        """Remove from the cache of segments what this build did not ask for."""
        self._segments.clean()

    def _segment(self, source: Source, key: ExtractionKey, file: FileToRead) -> SegmentedDocument | None:
        pages = self._extractions.pages(key)
        override = source.document.override
        if pages is None:
            return None
        known = self._segments.load(pages, override)
        if known is None:
            extraction = self._extractions.load(key) or self._read_again(file, key)
            if extraction is None:
                return None
            known = segment_document(extraction.pages, override)
            self._segments.put(pages, override, known)
            self.cut_anew += 1
        return known

    def _read_again(self, file: FileToRead, key: ExtractionKey) -> Extraction | None:
        """The extraction of a PDF whose cached pages are damaged; None where the file is another by now."""
        self._read([file])
        self.read_anew += 1
        return self._extractions.load(key)


def publication_of(
    bodies: Sequence[BodyFiles], texts: DocumentTexts, concepts: tuple[Concept, ...], spool: Spool
) -> Publication:
    """The publication of all bodies, with its items in the spool. Fictional bodies give way to real ones."""
    parts = [_body_publication(body, texts, spool) for body in bodies]
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
class _BodyPublication:
    """A body's part of a publication; ``items`` are the places of its items in the spool."""

    body: Body
    meetings: tuple[Meeting, ...]
    items: tuple[Group, ...]
    ledger: tuple[Entry, ...]

    def is_covered(self) -> bool:
        """Tell whether any document of the body can be found."""
        return any(entry.state is State.INDEXED for entry in self.ledger)


def _body_publication(body: BodyFiles, texts: DocumentTexts, spool: Spool) -> _BodyPublication:
    """The part of one body, made meeting by meeting: no more than a meeting's passages are in memory."""
    catalogue = body.catalogue
    comparison = Comparison(catalogue)
    rows: list[Entry] = []
    items = []
    for meeting in sorted(catalogue.meetings, key=lambda each: (each.ordinal, each.id)):
        sources = [source for source in body.sources if source.document.meeting == meeting.id]
        documents = ledger.settle_revisions([texts.document(source, body, comparison) for source in sources])
        rows += (document.entry for document in documents)
        items.append(spool.add(_items(documents, catalogue.body.languages)))
    rows += ledger.missing_rows(catalogue, rows, body.refused)
    rows += ledger.unassigned_rows(catalogue, body.doubts)
    return _BodyPublication(catalogue.body, catalogue.meetings, tuple(items), tuple(ledger.in_order(catalogue, rows)))


def _items(documents: Sequence[ReadDocument | UnreadDocument], languages: Sequence[str]) -> tuple[Item, ...]:
    """The items of one meeting, of the documents that stand for it."""
    inputs = [
        AlignmentInput(each.document, each.file, each.language, each.sha256, each.passages)
        for each in documents
        if isinstance(each, ReadDocument) and each.entry.state in ledger.READ
    ]
    return gather(inputs, languages)
