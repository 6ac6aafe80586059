"""From a corpus to a published generation: catalogues ─▶ pages ─▶ passages ─▶ items ─▶ index, and the ledger.

A file that cannot be read is skipped and listed; a mistake in a catalogue or a full disk stops the build, and what was
published before goes on being served. Where nothing has changed, nothing is read and nothing is published.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from indexer.build.gather import BodyFiles, Listener, assign_strays, gather_files, read_all
from indexer.catalogue.reader import load_corpus
from indexer.catalogue.scan import Source, UnreadableFile
from indexer.extract.cache import ExtractionCache
from indexer.extract.ocr import Finder, without_ocr
from indexer.generations import IndexStore, clear_failure, open_writer
from indexer.items import ledger
from indexer.model import Concept, Entry, Publication, State, json
from indexer.model.errors import BadIndex, Loss, NoIndex
from indexer.storage import fingerprint
from indexer.storage.atomic import storage_errors

_COULD_BE_READ = frozenset({*ledger.READ, State.SUPERSEDED, State.SET_ASIDE})

THESAURUS = "thesaurus.toml"
"""The file of equivalent terms, in the folder of the corpus."""


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


def build(
    corpus: Path,
    shelf: IndexStore,
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
    bodies = [gather_files(catalogue, find_ocr) for catalogue in load_corpus(corpus)]
    with open_writer(shelf) as writer:
        cache = ExtractionCache(shelf.cache)
        wanted = {key: file for body in bodies for key, file in body.files_to_read()}
        unread = [file for key, file in wanted.items() if not cache.holds(key)]
        if unread:
            _concepts(corpus)  # so that a mistake in it is said before the work begins
        read = partial(read_all, cache=cache, processes=processes, listener=listener)
        read(unread)
        bodies = [assign_strays(body, cache, read) for body in bodies]
        generation = _generation_id(shelf, corpus, bodies, cache)
        served = writer.serves(generation)
        read_again = cut_anew = 0
        if served is None:
            # Here, as a build that finds nothing new, of which there are most, cuts no text and makes no item.
            from indexer.build.compose import DocumentTexts, publication_of
            from indexer.items.spool import Spool
            from indexer.segment.cache import SegmentCache

            texts = DocumentTexts(cache, SegmentCache(shelf.cache), read)
            folders = {body.catalogue.body.id: body.catalogue.pdf_folder for body in bodies}
            with Spool(shelf.folder) as spool:
                publication = publication_of(bodies, texts, _concepts(corpus), spool)
                if not fewer:
                    _refuse_loss(_served(shelf), publication.ledger, corpus, folders)
                writer.publish(generation, publication, folders, listener.items)
            cache.clean(wanted.keys())
            texts.clean()
            read_again, cut_anew = texts.read_anew, texts.cut_anew
        about = shelf.about(generation)
        with storage_errors(shelf.folder):
            clear_failure(shelf.folder)
    kept = {body.id for body in about.bodies}
    return Report(
        generation=generation,
        published=served is None,
        read=len(unread) + read_again,
        cut=cut_anew,
        items=(served or shelf.manifest(generation)).items,
        ledger=about.ledger,
        withdrawn=tuple(body.catalogue.body.id for body in bodies if body.catalogue.body.id not in kept),
    )


def _concepts(corpus: Path) -> tuple[Concept, ...]:
    """The equivalent terms of a corpus. To read them takes longer than all else of a build that finds nothing new."""
    from indexer.query.thesaurus import load_thesaurus  # here, as in most builds nobody asks for them

    thesaurus = corpus / THESAURUS
    return load_thesaurus(thesaurus).concepts if thesaurus.exists() else ()


def _served(shelf: IndexStore) -> Publication | None:
    try:
        return shelf.about(shelf.served_pointer().generation)
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


def _generation_id(shelf: IndexStore, corpus: Path, bodies: Sequence[BodyFiles], cache: ExtractionCache) -> str:
    """A digest of what goes into a generation: nothing in it depends on where the files lie or what the time is."""
    thesaurus = corpus / THESAURUS
    parts = [
        shelf.engine.name,
        fingerprint.of_items(),
        hashlib.sha256(thesaurus.read_bytes()).hexdigest() if thesaurus.exists() else None,
    ]
    for body in bodies:
        catalogue = body.catalogue
        found = [_kept(source, body, cache) for source in body.sources]
        refused = [(refusal.address, refusal.meeting, refusal.language, refusal.reason) for refusal in body.refused]
        said = (catalogue.body, catalogue.meetings, catalogue.documents, found, refused, body.doubts)
        parts.append(hashlib.sha256(json.encode(said)).hexdigest())
    return hashlib.sha256(json.encode(parts)).hexdigest()[:32]


def _kept(source: Source, body: BodyFiles, cache: ExtractionCache) -> tuple[str | None, ...]:
    """The digest of a file and why it cannot be read, the digest of its pages and why it was not read as a whole."""
    if isinstance(source.pdf, UnreadableFile):
        return None, source.pdf.problem, None, None
    key = body.key(source.pdf)
    return key.sha256, None, cache.pages(key), cache.failure(key)
