"""From a corpus to a published generation: catalogues ─▶ pages ─▶ passages ─▶ items ─▶ index, and the ledger.

A file that cannot be read is skipped and listed; a mistake in a catalogue or a full disk stops the build, and what was
published before goes on being served. Where nothing has changed, nothing is read and nothing is published.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from indexer import codec, ledger, sources
from indexer.align import Cut, gather
from indexer.catalogue import Catalogue, load_corpus
from indexer.cutting import Cutting, CuttingCache, cut
from indexer.extraction import ExtractionCache
from indexer.generations import Shelf, writing
from indexer.lockfile import Refusal, read_lock_file
from indexer.model import Body, Concept, Entry, Extraction, Item, Meeting, Publication, State
from indexer.pdf import extract_all
from indexer.reading import (
    Reading,
    Source,
    find_sources,
    read_document,
    unlisted_files,
    unread_document,
    with_fetched,
)
from indexer.spool import Spool
from indexer.thesaurus import load_thesaurus

THESAURUS = "thesaurus.toml"
"""The file of equivalent terms, in the folder of the corpus."""


class Listener(Protocol):
    """Told how far a build has come; ``page`` from several threads at once."""

    def files(self, count: int) -> None:
        """So many PDFs are to be read."""

    def page(self, path: Path, number: int) -> None:
        """A page of a file was read."""

    def file(self, path: Path) -> None:
        """A file was read as far as it can be."""

    def items(self, done: int, total: int) -> None:
        """So many items of all are in the new index."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did.

    ``published`` tells whether there is a new generation; ``read`` and ``cut`` count the PDFs that were read and cut
    into passages anew; ``unlisted`` are PDFs that no catalogue gives to a meeting; ``withdrawn`` the fictional bodies
    that real ones have replaced.
    """

    generation: str
    published: bool
    read: int
    cut: int
    items: int
    ledger: tuple[Entry, ...]
    unlisted: tuple[Path, ...]
    withdrawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Holdings:
    """What is there of one body: its catalogue, the files of its documents, and what could not be fetched."""

    catalogue: Catalogue
    sources: tuple[Source, ...]
    refused: tuple[Refusal, ...]


def build(corpus: Path, shelf: Shelf, *, processes: int, listener: Listener) -> Report:
    """Bring the published index up to date with a corpus, reading at most ``processes`` PDFs at a time.

    Raises:
        CatalogueError: a catalogue or the thesaurus has mistakes, all of which are listed.
        Busy: another build is at work.
        StorageError: the disk is full or the index folder cannot be written.
        BadIndex: the engine did not keep what it was given.
    """
    bodies = [_holdings(catalogue) for catalogue in load_corpus(corpus)]
    thesaurus = corpus / THESAURUS
    concepts = load_thesaurus(thesaurus).concepts if thesaurus.exists() else ()
    with writing(shelf) as writer:
        cache = ExtractionCache(shelf.cache)
        wanted = {
            (source.sha256, source.path.name): source.path
            for body in bodies
            for source in body.sources
            if source.sha256
        }
        unread = [path for known, path in wanted.items() if not cache.holds(*known)]
        read = partial(_read, cache=cache, processes=processes, listener=listener)
        read(unread)
        texts = _Texts(cache, CuttingCache(shelf.cache), read)
        generation = _generation_id(shelf, corpus, bodies, cache)
        served = writer.serves(generation)
        if served is None:
            folders = {body.catalogue.body.id: body.catalogue.pdf_folder for body in bodies}
            with Spool(shelf.folder) as spool:
                publication = _publication(bodies, texts, concepts, spool)
                writer.publish(generation, publication, folders, listener.items)
            cache.clean(wanted.keys())
            texts.clean()
        about = shelf.about(generation)
    kept = {body.id for body in about.bodies}
    return Report(
        generation=generation,
        published=served is None,
        read=len(unread) + texts.read_anew,
        cut=texts.cut_anew,
        items=(served or shelf.manifest(generation)).items,
        ledger=about.ledger,
        unlisted=tuple(path for body in bodies for path in unlisted_files(body.catalogue)),
        withdrawn=tuple(body.catalogue.body.id for body in bodies if body.catalogue.body.id not in kept),
    )


def _holdings(catalogue: Catalogue) -> _Holdings:
    known = read_lock_file(catalogue.folder)
    full = with_fetched(catalogue, known)
    return _Holdings(full, tuple(find_sources(full)), known.refused)


def _read(unread: Sequence[Path], cache: ExtractionCache, processes: int, listener: Listener) -> None:
    """Read PDFs and keep what was read as soon as it is there."""
    listener.files(len(unread))
    with closing(extract_all(unread, processes=processes, progress=listener.page)) as extractions:
        for path, extraction in zip(unread, extractions, strict=True):
            if extraction.sha256:
                cache.keep(extraction)
            listener.file(path)


def _generation_id(shelf: Shelf, corpus: Path, bodies: Sequence[_Holdings], cache: ExtractionCache) -> str:
    """A digest of what goes into a generation: nothing in it depends on where the files lie or what the time is."""
    thesaurus = corpus / THESAURUS
    parts = [
        shelf.engine.name,
        sources.of_items(),
        hashlib.sha256(thesaurus.read_bytes()).hexdigest() if thesaurus.exists() else None,
    ]
    for body in bodies:
        catalogue = body.catalogue
        found = [(source.sha256, source.problem, *_kept(source, cache)) for source in body.sources]
        refused = [(refusal.meeting, refusal.reason) for refusal in body.refused]
        said = (catalogue.body, catalogue.meetings, catalogue.documents, found, refused)
        parts.append(hashlib.sha256(codec.encode(said)).hexdigest())
    return hashlib.sha256(codec.encode(parts)).hexdigest()[:32]


def _kept(source: Source, cache: ExtractionCache) -> tuple[str | None, str | None]:
    """The digest of the pages of a document, and why it was not read as a whole."""
    known = source.sha256 or "", source.path.name
    return cache.pages(*known), cache.failure(*known)


class _Texts:
    """What documents say, of which only what was never cut before is cut."""

    def __init__(
        self, extractions: ExtractionCache, cuttings: CuttingCache, read: Callable[[Sequence[Path]], None]
    ) -> None:
        self._extractions = extractions
        self._cuttings = cuttings
        self._read = read
        self.read_anew = 0
        self.cut_anew = 0

    def reading(self, source: Source, catalogue: Catalogue) -> Reading:
        """A document with its passages and its row of the ledger."""
        cutting = self._cutting(source, source.sha256) if source.sha256 else None
        if cutting is None:
            return unread_document(source)
        failure = self._extractions.failure(source.sha256 or "", source.path.name)
        return read_document(source, cutting, failure, fallback=catalogue.body.languages[0])

    def clean(self) -> None:
        """Forget what is not asked for any more."""
        self._cuttings.clean()

    def _cutting(self, source: Source, sha256: str) -> Cutting | None:
        pages, override = self._extractions.pages(sha256, source.path.name), source.document.override
        if pages is None:
            return None
        known = self._cuttings.load(pages, override)
        if known is None:
            extraction = self._extractions.load(sha256, source.path.name) or self._read_again(source.path, sha256)
            if extraction is None:
                return None
            known = cut(extraction.pages, override)
            self._cuttings.keep(pages, override, known)
            self.cut_anew += 1
        return known

    def _read_again(self, path: Path, sha256: str) -> Extraction | None:
        """What a PDF holds of which damaged pages were kept; None where it is another by now."""
        self._read([path])
        self.read_anew += 1
        return self._extractions.load(sha256, path.name)


def _publication(
    bodies: Sequence[_Holdings], texts: _Texts, concepts: tuple[Concept, ...], spool: Spool
) -> Publication:
    parts = [_of_body(body, texts, spool) for body in bodies]
    if any(not part.body.fictional and part.is_covered() for part in parts):
        parts = [part for part in parts if not part.body.fictional]
    return Publication(
        bodies=tuple(part.body for part in parts),
        meetings=tuple(meeting for part in parts for meeting in part.meetings),
        items=spool.items(places for part in parts for places in part.items),
        ledger=tuple(entry for part in parts for entry in part.ledger),
        concepts=concepts,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What one body adds to a publication; ``items`` are the places of its items in the spool."""

    body: Body
    meetings: tuple[Meeting, ...]
    items: tuple[range, ...]
    ledger: tuple[Entry, ...]

    def is_covered(self) -> bool:
        return any(entry.state is State.INDEXED for entry in self.ledger)


def _of_body(body: _Holdings, texts: _Texts, spool: Spool) -> _Part:
    """Meeting by meeting, so that no more than a meeting's passages are held."""
    catalogue = body.catalogue
    rows: list[Entry] = []
    items = []
    for meeting in sorted(catalogue.meetings, key=lambda each: (each.ordinal, each.id)):
        sources = [source for source in body.sources if source.document.meeting == meeting.id]
        readings = ledger.settle_revisions([texts.reading(source, catalogue) for source in sources])
        rows += (reading.entry for reading in readings)
        items.append(spool.add(_items(readings, catalogue.body.languages)))
    rows += ledger.missing(catalogue, rows, body.refused)
    return _Part(catalogue.body, catalogue.meetings, tuple(items), tuple(ledger.in_order(catalogue, rows)))


def _items(readings: Sequence[Reading], languages: Sequence[str]) -> tuple[Item, ...]:
    cuts = [
        Cut(reading.document, reading.language, reading.entry.sha256, reading.passages)
        for reading in readings
        if reading.entry.state in ledger.READ and reading.language and reading.entry.sha256
    ]
    return gather(cuts, languages)
