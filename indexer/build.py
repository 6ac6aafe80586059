"""From a corpus to a published generation: catalogues ─▶ pages ─▶ passages ─▶ items ─▶ index, and the ledger.

A file that cannot be read is skipped and listed; a mistake in a catalogue or a full disk stops the build, and what was
published before goes on being served. Where nothing has changed, nothing is read and nothing is published.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from indexer import codec, ledger, sources
from indexer.align import Cut, gather
from indexer.catalogue import Catalogue, load_corpus, work_of
from indexer.cutting import Cutting, CuttingCache, cut
from indexer.errors import BadIndex, Loss, NoIndex
from indexer.extraction import ExtractionCache
from indexer.generations import Shelf, end_stop, writing
from indexer.lockfile import Refusal, read_lock_file
from indexer.model import Body, Concept, Entry, Extraction, Item, Meeting, Publication, State
from indexer.ocr import Finder, Ocr, without_ocr
from indexer.pdf import extract_all
from indexer.reading import (
    Reading,
    Source,
    as_on_disk,
    find_misplaced,
    find_sources,
    find_strays,
    followed,
    read_document,
    taken_out,
    unread_document,
    with_fetched,
)
from indexer.recognition import Comparison, Doubt, assign
from indexer.spool import Group, Spool
from indexer.storage import storage_errors
from indexer.thesaurus import load_thesaurus

_COULD_BE_READ = frozenset({*ledger.READ, State.SUPERSEDED, State.SET_ASIDE})

_MISPLACED = "It lies outside the folder of PDFs, where nothing is read."

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
    into passages anew; ``withdrawn`` are the fictional bodies that real ones have replaced.
    """

    generation: str
    published: bool
    read: int
    cut: int
    items: int
    ledger: tuple[Entry, ...]
    withdrawn: tuple[str, ...]


_Read = Callable[[Sequence[tuple[Path, Ocr]]], None]
"""Reads files, each with its treatment of pages without text, into the cache."""


@dataclass(frozen=True, slots=True)
class _Holdings:
    """What is there of one body: its catalogue, the files of its documents, what could not be fetched, and the files
    that are in no catalogue (``strays``) until they are recognised or, as misplaced ones are at once, asked about
    (``doubts``). ``ocr`` treats pages without text.
    """

    ocr: Ocr
    catalogue: Catalogue
    sources: tuple[Source, ...]
    refused: tuple[Refusal, ...]
    strays: tuple[Source, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def build(
    corpus: Path,
    shelf: Shelf,
    *,
    processes: int,
    listener: Listener,
    find_ocr: Finder = without_ocr,
    fewer: bool = False,
) -> Report:
    """Bring the published index up to date with a corpus, reading at most ``processes`` PDFs at a time.

    ``find_ocr`` gives what is done with pages without text, for the languages of a body. ``fewer`` publishes also where
    that takes most of a body's documents out of the search.

    Raises:
        CatalogueError: a catalogue or the thesaurus has mistakes, all of which are listed.
        Loss: most of the documents of a body that are served are gone, and nobody has said that they are to go.
        Busy: another build is at work.
        StorageError: the disk is full or the index folder cannot be written.
        BadIndex: the engine did not keep what it was given.
    """
    bodies = [_holdings(catalogue, find_ocr) for catalogue in load_corpus(corpus)]
    with writing(shelf) as writer:
        cache = ExtractionCache(shelf.cache)
        wanted = {
            (source.sha256, source.path.name, body.ocr.name): (source.path, body.ocr)
            for body in bodies
            for source in (*body.sources, *body.strays)
            if source.sha256
        }
        unread = [each for known, each in wanted.items() if not cache.holds(*known)]
        if unread:
            _concepts(corpus)  # so that a mistake in it is said before the work begins
        read = partial(_read, cache=cache, processes=processes, listener=listener)
        read(unread)
        bodies = [_recognised(body, cache, read) for body in bodies]
        texts = _Texts(cache, CuttingCache(shelf.cache), read)
        generation = _generation_id(shelf, corpus, bodies, cache)
        served = writer.serves(generation)
        if served is None:
            folders = {body.catalogue.body.id: body.catalogue.pdf_folder for body in bodies}
            with Spool(shelf.folder) as spool:
                publication = _publication(bodies, texts, _concepts(corpus), spool)
                if not fewer:
                    _refuse_loss(_served(shelf), publication.ledger, corpus, folders)
                writer.publish(generation, publication, folders, listener.items)
            cache.clean(wanted.keys())
            texts.clean()
        about = shelf.about(generation)
        with storage_errors(shelf.folder):
            end_stop(shelf.folder)
    kept = {body.id for body in about.bodies}
    return Report(
        generation=generation,
        published=served is None,
        read=len(unread) + texts.read_anew,
        cut=texts.cut_anew,
        items=(served or shelf.manifest(generation)).items,
        ledger=about.ledger,
        withdrawn=tuple(body.catalogue.body.id for body in bodies if body.catalogue.body.id not in kept),
    )


def _concepts(corpus: Path) -> tuple[Concept, ...]:
    """The equivalent terms of a corpus. To read them takes longer than all else of a build that finds nothing new."""
    thesaurus = corpus / THESAURUS
    return load_thesaurus(thesaurus).concepts if thesaurus.exists() else ()


def _served(shelf: Shelf) -> Publication | None:
    try:
        return shelf.about(shelf.served().generation)
    except (NoIndex, BadIndex):
        return None


def _refuse_loss(served: Publication | None, rows: Sequence[Entry], corpus: Path, folders: Mapping[str, Path]) -> None:
    """Stop where fewer than half of the documents of a body that could be read still can: as where its folder is on a
    share that is not mounted at the moment, which leaves the folder missing or empty.
    """
    if served is None:
        return
    before = Counter(entry.body for entry in served.ledger if entry.state in _COULD_BE_READ)
    now = Counter(entry.body for entry in rows if entry.state in _COULD_BE_READ)
    for body in served.bodies:
        if not body.fictional and 2 * now[body.id] < before[body.id]:
            raise Loss(
                f"{folders.get(body.id, corpus / body.id)}: only {now[body.id]} of the {before[body.id]} documents of "
                f"{body.id} that are in the search can be read here now, so nothing was published. See whether the "
                "folder is whole, and what it lies on is connected. Where the others are to leave the search, "
                "`indexer build --fewer` publishes what is there. What was published before is untouched."
            )


def _holdings(catalogue: Catalogue, find_ocr: Finder) -> _Holdings:
    catalogue = as_on_disk(catalogue)
    known = followed(catalogue, read_lock_file(catalogue.folder))
    out = taken_out(catalogue, known)
    there = tuple(receipt for receipt in known.fetched if receipt.address not in out)
    full = with_fetched(catalogue, replace(known, fetched=there))
    listed = replace(full, documents=full.documents[: len(catalogue.documents)])
    fetched = replace(full, documents=full.documents[len(catalogue.documents) :])
    return _Holdings(
        find_ocr(catalogue.body.languages),
        listed,
        tuple(find_sources(listed)),
        (*known.refused, *out.values()),
        (*find_sources(fetched), *find_strays(full)),
        tuple(Doubt(file, (), _MISPLACED) for file in find_misplaced(catalogue)),
    )


def _recognised(body: _Holdings, cache: ExtractionCache, read: _Read) -> _Holdings:
    """The body with its strays among its documents, or among its doubts; no name of a file says which comes first."""
    strays = {source.document.file: source for source in body.strays}
    assigned = assign(
        body.catalogue, [(each.document, _extraction(each, body.ocr, cache, read)) for each in body.strays]
    )
    listed = len(body.catalogue.documents)
    documents = assigned.catalogue.documents
    more = (
        replace(
            strays[document.file],
            document=document,
            cautions=assigned.cautions[document.file or ""],
            recognised=True,
        )
        for document in (*documents[:listed], *sorted(documents[listed:], key=lambda each: work_of(each.symbol)))
        if document.file in strays
    )
    return _Holdings(
        body.ocr, assigned.catalogue, (*body.sources, *more), body.refused, doubts=(*assigned.doubts, *body.doubts)
    )


def _extraction(source: Source, ocr: Ocr, cache: ExtractionCache, read: _Read) -> Extraction:
    """What a file holds, read again where what was kept is damaged."""
    known = source.sha256 or "", source.path.name, ocr.name
    extraction = cache.load(*known)
    if extraction is None and source.sha256:
        read([(source.path, ocr)])
        extraction = cache.load(*known)
    return extraction or Extraction("", "", (), source.problem or "It cannot be read.")


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
        found = [(source.sha256, source.problem, *_kept(source, body.ocr, cache)) for source in body.sources]
        refused = [(refusal.address, refusal.meeting, refusal.language, refusal.reason) for refusal in body.refused]
        said = (catalogue.body, catalogue.meetings, catalogue.documents, found, refused, body.doubts)
        parts.append(hashlib.sha256(codec.encode(said)).hexdigest())
    return hashlib.sha256(codec.encode(parts)).hexdigest()[:32]


def _kept(source: Source, ocr: Ocr, cache: ExtractionCache) -> tuple[str | None, str | None]:
    """The digest of the pages of a document, and why it was not read as a whole."""
    known = source.sha256 or "", source.path.name, ocr.name
    return cache.pages(*known), cache.failure(*known)


class _Texts:
    """What documents say, of which only what was never cut before is cut."""

    def __init__(self, extractions: ExtractionCache, cuttings: CuttingCache, read: _Read) -> None:
        self._extractions = extractions
        self._cuttings = cuttings
        self._read = read
        self.read_anew = 0
        self.cut_anew = 0

    def reading(self, source: Source, body: _Holdings, comparison: Comparison) -> Reading:
        """A document with its passages and its row of the ledger; ``comparison`` is with what the catalogue says."""
        cutting = self._cutting(source, source.sha256, body.ocr) if source.sha256 else None
        if cutting is None:
            return unread_document(source)
        if cutting.opening and not source.recognised:
            document, cautions = comparison.of(source.document, cutting.opening)
            source = replace(source, document=document, cautions=cautions)
        failure = self._extractions.failure(source.sha256 or "", source.path.name, body.ocr.name)
        return read_document(source, cutting, failure, fallback=body.catalogue.body.languages[0])

    def clean(self) -> None:
        """Forget what is not asked for any more."""
        self._cuttings.clean()

    def _cutting(self, source: Source, sha256: str, ocr: Ocr) -> Cutting | None:
        pages = self._extractions.pages(sha256, source.path.name, ocr.name)
        override = source.document.override
        if pages is None:
            return None
        known = self._cuttings.load(pages, override)
        if known is None:
            kept = self._extractions.load(sha256, source.path.name, ocr.name)
            extraction = kept or self._read_again(source.path, sha256, ocr)
            if extraction is None:
                return None
            known = cut(extraction.pages, override)
            self._cuttings.keep(pages, override, known)
            self.cut_anew += 1
        return known

    def _read_again(self, path: Path, sha256: str, ocr: Ocr) -> Extraction | None:
        """What a PDF holds of which damaged pages were kept; None where it is another by now."""
        self._read([(path, ocr)])
        self.read_anew += 1
        return self._extractions.load(sha256, path.name, ocr.name)


def _publication(
    bodies: Sequence[_Holdings], texts: _Texts, concepts: tuple[Concept, ...], spool: Spool
) -> Publication:
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
class _Part:
    """What one body adds to a publication; ``items`` are its items, in the spool."""

    body: Body
    meetings: tuple[Meeting, ...]
    items: tuple[Group, ...]
    ledger: tuple[Entry, ...]

    def is_covered(self) -> bool:
        return any(entry.state is State.INDEXED for entry in self.ledger)


def _of_body(body: _Holdings, texts: _Texts, spool: Spool) -> _Part:
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
    rows += ledger.missing(catalogue, rows, body.refused)
    rows += ledger.unassigned(catalogue, body.doubts)
    return _Part(catalogue.body, catalogue.meetings, tuple(items), tuple(ledger.in_order(catalogue, rows)))


def _items(readings: Sequence[Reading], languages: Sequence[str]) -> tuple[Item, ...]:
    cuts = [
        Cut(reading.document, reading.language, reading.entry.sha256, reading.passages)
        for reading in readings
        if reading.entry.state in ledger.READ and reading.language and reading.entry.sha256
    ]
    return gather(cuts, languages)
