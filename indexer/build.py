"""From a corpus to a published generation: catalogues ─▶ pages ─▶ passages ─▶ items ─▶ index, and the ledger.

A file that cannot be read is skipped and listed; a mistake in a catalogue or a full disk stops the build, and what was
published before goes on being served. Where nothing has changed, nothing is read and nothing is published.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from indexer import codec, ledger, sources
from indexer.align import Cut, gather
from indexer.catalogue import Catalogue, load_corpus
from indexer.extraction import ExtractionCache
from indexer.generations import Shelf, writing
from indexer.lockfile import Refusal, read_lock_file
from indexer.model import Concept, Entry, Extraction, Item, Publication, State
from indexer.ocr import Finder, Ocr, without_ocr
from indexer.pdf import extract_all
from indexer.reading import (
    Reading,
    Source,
    find_sources,
    find_strays,
    read_document,
    unread_document,
    with_fetched,
)
from indexer.recognition import Doubt, assign
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

    ``published`` tells whether there is a new generation; ``read`` counts the PDFs that were read anew;
    ``withdrawn`` are the fictional bodies that real ones have replaced.
    """

    generation: str
    published: bool
    read: int
    items: int
    ledger: tuple[Entry, ...]
    withdrawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Holdings:
    """What is there of one body: its catalogue, the files of its documents, what could not be fetched, and the files
    that are in no catalogue (``strays``) until they are recognised or asked about (``doubts``). ``ocr`` treats pages
    without text.
    """

    ocr: Ocr
    catalogue: Catalogue
    sources: tuple[Source, ...]
    refused: tuple[Refusal, ...]
    strays: tuple[Source, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def build(corpus: Path, shelf: Shelf, *, processes: int, listener: Listener, find_ocr: Finder = without_ocr) -> Report:
    """Bring the published index up to date with a corpus, reading at most ``processes`` PDFs at a time.

    ``find_ocr`` gives what is done with pages without text, for the languages of a body.

    Raises:
        CatalogueError: a catalogue or the thesaurus has mistakes, all of which are listed.
        Busy: another build is at work.
        StorageError: the disk is full or the index folder cannot be written.
        BadIndex: the engine did not keep what it was given.
    """
    bodies = [_holdings(catalogue, find_ocr) for catalogue in load_corpus(corpus)]
    thesaurus = corpus / THESAURUS
    concepts = load_thesaurus(thesaurus).concepts if thesaurus.exists() else ()
    with writing(shelf) as writer:
        cache = ExtractionCache(shelf.cache)
        wanted = {
            (source.sha256, source.path.name, body.ocr.name): (source.path, body.ocr)
            for body in bodies
            for source in (*body.sources, *body.strays)
            if source.sha256
        }
        unread = [each for known, each in wanted.items() if not cache.holds(*known)]
        _read(unread, cache, processes, listener)
        bodies = [_recognised(body, cache) for body in bodies]
        generation = _generation_id(shelf, corpus, bodies, cache)
        published = not writer.serves(generation)
        if published:
            folders = {body.catalogue.body.id: body.catalogue.pdf_folder for body in bodies}
            writer.publish(generation, _publication(bodies, cache, concepts), folders, listener.items)
            cache.clean(wanted.keys())
        about = shelf.about(generation)
    kept = {body.id for body in about.bodies}
    return Report(
        generation=generation,
        published=published,
        read=len(unread),
        items=shelf.manifest(generation).items,
        ledger=about.ledger,
        withdrawn=tuple(body.catalogue.body.id for body in bodies if body.catalogue.body.id not in kept),
    )


def _holdings(catalogue: Catalogue, find_ocr: Finder) -> _Holdings:
    known = read_lock_file(catalogue.folder)
    full = with_fetched(catalogue, known)
    listed = replace(full, documents=full.documents[: len(catalogue.documents)])
    fetched = replace(full, documents=full.documents[len(catalogue.documents) :])
    return _Holdings(
        find_ocr(catalogue.body.languages),
        listed,
        tuple(find_sources(listed)),
        known.refused,
        (*find_sources(fetched), *find_strays(full)),
    )


def _recognised(body: _Holdings, cache: ExtractionCache) -> _Holdings:
    """The body with its strays among its documents, or among its doubts."""
    strays = {source.document.file: source for source in body.strays}
    nothing = Extraction("", "", (), "It cannot be read.")
    read = [
        (
            source.document,
            (cache.load(source.sha256, source.path.name, body.ocr.name) if source.sha256 else None) or nothing,
        )
        for source in body.strays
    ]
    assigned = assign(body.catalogue, read)
    more = (
        replace(strays[document.file], document=document, cautions=assigned.cautions[document.file or ""])
        for document in assigned.catalogue.documents
        if document.file in strays
    )
    return _Holdings(body.ocr, assigned.catalogue, (*body.sources, *more), body.refused, doubts=assigned.doubts)


def _read(unread: Sequence[tuple[Path, Ocr]], cache: ExtractionCache, processes: int, listener: Listener) -> None:
    """Read PDFs and keep what was read as soon as it is there."""
    listener.files(len(unread))
    ocr = dict(unread)
    extractions = extract_all(
        ocr, processes=processes, progress=listener.page, ocr=lambda path, page: ocr[path].read(path, page)
    )
    with closing(extractions):
        for path, extraction in zip(ocr, extractions, strict=True):
            if extraction.sha256:
                cache.keep(extraction, ocr[path].name)
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
        found = [(source.sha256, source.problem, *_read_from(source, body.ocr, cache)) for source in body.sources]
        refused = [(refusal.meeting, refusal.reason) for refusal in body.refused]
        said = (catalogue.body, catalogue.meetings, catalogue.documents, found, refused, body.doubts)
        parts.append(hashlib.sha256(codec.encode(said)).hexdigest())
    return hashlib.sha256(codec.encode(parts)).hexdigest()[:32]


def _read_from(source: Source, ocr: Ocr, cache: ExtractionCache) -> tuple[str | None, str | None]:
    """The digest of the pages that were read from a file, and why that was not all."""
    known = (source.sha256 or "", source.path.name, ocr.name)
    return cache.pages(*known), cache.failure(*known)


def _publication(bodies: Sequence[_Holdings], cache: ExtractionCache, concepts: tuple[Concept, ...]) -> Publication:
    parts = [_of_body(body, cache) for body in bodies]
    if any(not part.bodies[0].fictional and _is_covered(part) for part in parts):
        parts = [part for part in parts if not part.bodies[0].fictional]
    return Publication(
        bodies=tuple(body for part in parts for body in part.bodies),
        meetings=tuple(meeting for part in parts for meeting in part.meetings),
        items=tuple(item for part in parts for item in part.items),
        ledger=tuple(entry for part in parts for entry in part.ledger),
        concepts=concepts,
    )


def _is_covered(part: Publication) -> bool:
    return any(entry.state is State.INDEXED for entry in part.ledger)


def _of_body(body: _Holdings, cache: ExtractionCache) -> Publication:
    catalogue = body.catalogue
    readings = ledger.settle_revisions([_reading(source, body, cache) for source in body.sources])
    rows = [*(reading.entry for reading in readings), *ledger.missing(catalogue, readings, body.refused)]
    rows += ledger.unassigned(catalogue, body.doubts)
    return Publication(
        bodies=(catalogue.body,),
        meetings=catalogue.meetings,
        items=tuple(_items(catalogue, readings)),
        ledger=tuple(ledger.in_order(catalogue, rows)),
    )


def _reading(source: Source, body: _Holdings, cache: ExtractionCache) -> Reading:
    extraction = cache.load(source.sha256, source.path.name, body.ocr.name) if source.sha256 else None
    if extraction is None:
        return unread_document(source)
    return read_document(source, extraction, fallback=body.catalogue.body.languages[0])


def _items(catalogue: Catalogue, readings: Sequence[Reading]) -> Iterator[Item]:
    for meeting in catalogue.meetings:
        cuts = [
            Cut(reading.document, reading.language, reading.entry.sha256, reading.passages)
            for reading in readings
            if reading.document.meeting == meeting.id and reading.entry.state in ledger.READ
            if reading.language and reading.entry.sha256
        ]
        yield from gather(cuts, catalogue.body.languages)
