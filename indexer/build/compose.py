"""From what was gathered to what is published: documents ─▶ passages ─▶ items, and the ledger.

Loaded where there is something new to publish: a build that finds nothing new does without all that cuts and aligns.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.build.gather import BodyFiles, FileToRead, ReadFiles
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
    """What documents say, of which only what was never cut before is cut."""

    def __init__(self, extractions: ExtractionCache, cuttings: SegmentCache, read: ReadFiles) -> None:
        self._extractions = extractions
        self._cuttings = cuttings
        self._read = read
        self.read_anew = 0
        self.cut_anew = 0

    def reading(self, source: Source, body: BodyFiles, comparison: Comparison) -> ReadDocument | UnreadDocument:
        """A document with its passages and its row of the ledger; ``comparison`` is with what the catalogue says."""
        pdf = source.pdf
        if isinstance(pdf, UnreadableFile):
            return unreadable_document(source.document, pdf)
        key = body.key(pdf)
        cutting = self._cutting(source, key, FileToRead(pdf.path, body.ocr))
        if cutting is None:
            return changed_document(source.document)
        if cutting.opening and not source.recognised:
            document, cautions = comparison.of(source.document, cutting.opening)
            source = replace(source, document=document, cautions=cautions)
        failure = self._extractions.failure(key)
        fallback = body.catalogue.body.languages[0]
        return read_document(source, pdf.sha256, cutting, failure, fallback=fallback)

    def clean(self) -> None:
        """Forget what is not asked for any more."""
        self._cuttings.clean()

    def _cutting(self, source: Source, key: ExtractionKey, file: FileToRead) -> SegmentedDocument | None:
        pages = self._extractions.pages(key)
        override = source.document.override
        if pages is None:
            return None
        known = self._cuttings.load(pages, override)
        if known is None:
            extraction = self._extractions.load(key) or self._read_again(file, key)
            if extraction is None:
                return None
            known = segment_document(extraction.pages, override)
            self._cuttings.put(pages, override, known)
            self.cut_anew += 1
        return known

    def _read_again(self, file: FileToRead, key: ExtractionKey) -> Extraction | None:
        """What a PDF holds of which damaged pages were kept; None where it is another by now."""
        self._read([file])
        self.read_anew += 1
        return self._extractions.load(key)


def publication_of(
    bodies: Sequence[BodyFiles], texts: DocumentTexts, concepts: tuple[Concept, ...], spool: Spool
) -> Publication:
    """What is to be published of all bodies; the items stand in the spool. Fictional bodies give way to real ones."""
    parts = [_of_body(body, texts, spool) for body in bodies]
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
    """What one body adds to a publication; ``items`` are its items, in the spool."""

    body: Body
    meetings: tuple[Meeting, ...]
    items: tuple[Group, ...]
    ledger: tuple[Entry, ...]

    def is_covered(self) -> bool:
        return any(entry.state is State.INDEXED for entry in self.ledger)


def _of_body(body: BodyFiles, texts: DocumentTexts, spool: Spool) -> _BodyPublication:
    """Meeting by meeting, so that no more than a meeting's passages are held."""
    catalogue = body.catalogue
    comparison = Comparison(catalogue)
    rows: list[Entry] = []
    items = []
    for meeting in sorted(catalogue.meetings, key=lambda each: (each.ordinal, each.id)):
        sources = [source for source in body.sources if source.document.meeting == meeting.id]
        readings = ledger.settle_revisions([texts.reading(source, body, comparison) for source in sources])
        rows += (reading.entry for reading in readings)
        items.append(spool.add(_items(readings, catalogue.body.languages)))
    rows += ledger.missing_rows(catalogue, rows, body.refused)
    rows += ledger.unassigned_rows(catalogue, body.doubts)
    return _BodyPublication(catalogue.body, catalogue.meetings, tuple(items), tuple(ledger.in_order(catalogue, rows)))


def _items(readings: Sequence[ReadDocument | UnreadDocument], languages: Sequence[str]) -> tuple[Item, ...]:
    cuts = [
        AlignmentInput(reading.document, reading.file, reading.language, reading.sha256, reading.passages)
        for reading in readings
        if isinstance(reading, ReadDocument) and reading.entry.state in ledger.READ
    ]
    return gather(cuts, languages)
