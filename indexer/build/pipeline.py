"""Build of a corpus: catalogues ─▶ pages ─▶ passages ─▶ items ─▶ index, and the ledger.

A file that cannot be read is skipped and listed; a mistake in a catalogue or a full disk stops the build, and what was
published before goes on being served. Where nothing has changed, nothing is read and nothing is published.
"""

# ARCHITECTURE.md: Most of a body's documents leave only where a person says so.

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from indexer.build.scan import BodyFiles, Listener, ReadFiles, assign_strays, read_all, scan
from indexer.catalogue.reader import load_corpus
from indexer.catalogue.scan import Source, UnreadableFile
from indexer.extract.cache import ExtractionCache
from indexer.extract.ocr import Finder, without_ocr
from indexer.generations import IndexStore, clear_failure
from indexer.generations.writer import open_writer
from indexer.items import ledger
from indexer.model import Concept, Entry, Publication, State, json
from indexer.model.errors import BadIndex, Loss, NoIndex
from indexer.storage import fingerprint
from indexer.storage.atomic import storage_errors

# A document that gave way to another was read as well: it is no loss.
_COULD_BE_READ = frozenset({*ledger.READ, State.SUPERSEDED, State.SET_ASIDE})

_ID_LENGTH = 32
"""Hexadecimal digits of a generation's id: 128 bits, by which no two generations of an index meet."""

THESAURUS = "thesaurus.toml"
"""The file of equivalent terms, in the folder of the corpus."""


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a build.

    ``generation`` is the id of the one that is served now; ``published`` tells whether it is new. ``read`` and ``cut``
    count the PDFs that were read and cut into passages anew, ``items`` those of the generation. ``ledger`` holds its
    rows; ``withdrawn`` are the ids of fictional bodies that real ones have replaced.
    """

    generation: str
    published: bool
    read: int
    cut: int
    items: int
    ledger: tuple[Entry, ...]
    withdrawn: tuple[str, ...]


def build(
    corpus: Path,
    store: IndexStore,
    *,
    processes: int,
    listener: Listener,
    find_ocr: Finder = without_ocr,
    fewer: bool = False,
) -> Report:
    """Bring the published index up to date with a corpus.

    At most ``processes`` PDFs are read at a time. ``find_ocr`` gives the treatment of pages without text for the
    languages of a body. ``fewer`` publishes also where that takes most of a body's documents out of the search.

    Raises:
        CatalogueError: a catalogue or the thesaurus has mistakes, all of which are listed.
        Loss: most of the documents of a body that are served are gone, and nobody has said that they are to go.
        Busy: another build is at work.
        StorageError: the disk is full or the index folder cannot be written.
        BadIndex: the engine did not keep what it was given.
    """
    bodies = [scan(catalogue, find_ocr) for catalogue in load_corpus(corpus)]
    with open_writer(store) as writer:
        cache = ExtractionCache(store.cache)
        read = partial(read_all, cache=cache, processes=processes, listener=listener)
        files = {key: file for body in bodies for key, file in body.files_to_read()}
        unread = [file for key, file in files.items() if not cache.holds(key)]
        if unread:
            _load_concepts(corpus)  # so that a mistake in the thesaurus is said before the work begins
        read(unread)
        bodies = [assign_strays(body, cache, read) for body in bodies]
        generation = _generation_id(store, corpus, bodies, cache)
        served = writer.serves(generation)
        work = _Work(read=len(unread))
        if served is None:
            write = partial(writer.write, generation, progress=listener.items)
            work += _write(write, bodies, corpus=corpus, store=store, cache=cache, read=read, fewer=fewer)
            writer.publish(generation)
            cache.clean(files.keys())  # not those of the bodies by now, which have no strays any more
        about = store.about(generation)
        # Also where nothing was published: a failure told on the pages is over by now.
        with storage_errors(store.folder):
            clear_failure(store.folder)
    published = {body.id for body in about.bodies}
    return Report(
        generation=generation,
        published=served is None,
        read=work.read,
        cut=work.cut,
        items=(served or store.manifest(generation)).items,
        ledger=about.ledger,
        withdrawn=tuple(body.catalogue.body.id for body in bodies if body.catalogue.body.id not in published),
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """The numbers of PDFs that a build read and cut into passages anew."""

    read: int = 0
    cut: int = 0

    def __add__(self, other: "_Work") -> "_Work":
        return _Work(self.read + other.read, self.cut + other.cut)


def _write(
    write: Callable[[Publication, Mapping[str, Path]], None],
    bodies: Sequence[BodyFiles],
    *,
    corpus: Path,
    store: IndexStore,
    cache: ExtractionCache,
    read: ReadFiles,
    fewer: bool,
) -> _Work:
    """Cut and align what bodies hold, and write it.

    Raises:
        Loss: most of the documents of a body that are served are gone, unless ``fewer`` says that they may go.
    """
    # Here, as a build that finds nothing new, of which there are most, cuts no text and makes no item.
    from indexer.build.compose import DocumentTexts, publication_of
    from indexer.items.spool import Spool
    from indexer.segment.cache import SegmentCache

    texts = DocumentTexts(cache, SegmentCache(store.cache), read)
    folders = {body.catalogue.body.id: body.catalogue.pdf_folder for body in bodies}
    with Spool(store.folder) as spool:
        publication = publication_of(bodies, texts, _load_concepts(corpus), spool)
        if not fewer:
            _refuse_loss(_load_served(store), publication.ledger, corpus, folders)
        write(publication, folders)
    texts.clean()
    return _Work(texts.read_anew, texts.cut_anew)


def _load_concepts(corpus: Path) -> tuple[Concept, ...]:
    """The equivalent terms of a corpus."""
    # Here, as reading them takes longer than all else of a build that finds nothing new, which needs none.
    from indexer.query.thesaurus import load_thesaurus

    thesaurus = corpus / THESAURUS
    return load_thesaurus(thesaurus).concepts if thesaurus.exists() else ()


def _load_served(store: IndexStore) -> Publication | None:
    """The publication that is served, without its items; None where there is none, or none that can be read."""
    try:
        return store.about(store.served_pointer().generation)
    except (NoIndex, BadIndex):
        return None


def _refuse_loss(served: Publication | None, rows: Sequence[Entry], corpus: Path, folders: Mapping[str, Path]) -> None:
    """Refuse to publish where fewer than half of a body's documents are left.

    Counted are those that could be read. A folder on a share that is not mounted is missing or empty, as one that
    people have emptied.

    Raises:
        Loss: the documents of a body that can be read are fewer than half of those that are served.
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


def _generation_id(store: IndexStore, corpus: Path, bodies: Sequence[BodyFiles], cache: ExtractionCache) -> str:
    """A digest of all that goes into a generation.

    It is the same on any machine, in any folder and at any time.
    """
    thesaurus = corpus / THESAURUS
    parts = [
        store.engine.name,
        fingerprint.of_items(),
        hashlib.sha256(thesaurus.read_bytes()).hexdigest() if thesaurus.exists() else None,
    ]
    for body in bodies:
        catalogue = body.catalogue
        found = [_inputs(source, body, cache) for source in body.sources]
        # Without the time of each: a portal that refuses again says nothing new.
        refused = [(refusal.address, refusal.meeting, refusal.language, refusal.reason) for refusal in body.refused]
        said = (catalogue.body, catalogue.meetings, catalogue.documents, found, refused, body.doubts)
        parts.append(hashlib.sha256(json.encode(said)).hexdigest())
    return hashlib.sha256(json.encode(parts)).hexdigest()[:_ID_LENGTH]


def _inputs(source: Source, body: BodyFiles, cache: ExtractionCache) -> tuple[str | None, ...]:
    """The inputs of one document: digest and problem of its file, digest and failure of its extraction."""
    if isinstance(source.pdf, UnreadableFile):
        return None, source.pdf.problem, None, None
    key = body.key(source.pdf)
    return key.sha256, None, cache.pages(key), cache.failure(key)
