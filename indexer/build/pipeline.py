"""Build of a corpus: scan, extract, assign, segment, align, translate, write, publish; and the ledger.

A file that cannot be read is skipped and listed; a mistake in a catalogue or a full disk stops the build, and what was
published before goes on being served. Where nothing has changed, nothing is read and nothing is published.
"""

# ARCHITECTURE.md: Most of a body's documents leave only where a person says so.

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from indexer.analysis.translator import NoTranslator, Translator
from indexer.build.scan import BodyFiles, scan
from indexer.build.stage import Listener, StageRun, at_stage
from indexer.build.stages import ASSIGN, DOCUMENT_STAGES, EXTRACT, SEGMENT, AssignInput
from indexer.catalogue.reader import load_corpus
from indexer.catalogue.scan import Source, UnreadableFile
from indexer.extract.ocr import Finder, without_ocr
from indexer.generations import IndexStore, clear_failure
from indexer.generations.writer import Writer, open_writer
from indexer.items import ledger
from indexer.model import Concept, Entry, Message, Publication, StageName, State, json, message
from indexer.model.errors import BadIndex, Loss, NoIndex, TranslationError
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

    Attributes:
        generation: the id of the one that is served now.
        published: True where it is new.
        made: the numbers of results that were made anew, by stage.
        items: the number of items of the generation.
        ledger: its rows.
        withdrawn: the ids of fictional bodies that real ones have replaced.
        lack: a message that says why words are not translated; None where they are, or nobody asked for it.
    """

    generation: str
    published: bool
    made: Mapping[str, int]
    items: int
    ledger: tuple[Entry, ...]
    withdrawn: tuple[str, ...]
    lack: Message | None

    @property
    def read(self) -> int:
        """The number of PDFs that were read anew."""
        return self.made.get(EXTRACT.name, 0)

    @property
    def cut(self) -> int:
        """The number of documents that were cut into passages anew."""
        return self.made.get(SEGMENT.name, 0)


def build(
    corpus: Path,
    store: IndexStore,
    *,
    processes: int,
    listener: Listener,
    find_ocr: Finder = without_ocr,
    find_translator: Callable[[], Translator] = NoTranslator,
    fewer: bool = False,
) -> Report:
    """Bring the published index up to date with a corpus.

    At most ``processes`` PDFs are read at a time. ``find_ocr`` gives the treatment of pages without text for the
    languages of a body, ``find_translator`` what translates words of the texts. ``fewer`` publishes also where that
    takes most of a body's documents out of the search.

    Raises:
        CatalogueError: a catalogue or the thesaurus has mistakes, all of which are listed.
        Loss: most of the documents of a body that are served are gone, and nobody has said that they are to go.
        Busy: another build is at work.
        StorageError: the disk is full or the index folder cannot be written.
        BadIndex: the engine did not keep what it was given.
    """
    bodies = _scan(corpus, find_ocr)
    with open_writer(store) as writer:
        run = StageRun(store.cache, listener, processes)
        _extract(bodies, corpus, run)
        bodies = [_assign(body, run) for body in bodies]
        translator = find_translator()
        lack = translator.lack
        generation = _generation_id(store, corpus, bodies, run, translator.name)
        served = writer.serves(generation)
        if served is None:
            folders = {body.catalogue.body.id: body.catalogue.pdf_folder for body in bodies}
            _segment(bodies, run)
            with _align(bodies, corpus, store, run) as publication:
                if not fewer:
                    _refuse_loss(_load_served(store), publication.ledger, corpus, folders)
                try:
                    publication = _translate(publication, translator, run)
                except TranslationError as error:
                    # Under the id of an index without translations: the next build tries again.
                    lack, generation = error.message, _generation_id(store, corpus, bodies, run, "")
                _write(writer, generation, publication, folders, run)
            _publish(writer, generation)
            run.clean()
        about = store.about(generation)
        # Also where nothing was published: a failure told on the pages is over by now.
        with storage_errors(store.folder):
            clear_failure(store.folder)
    published = {body.id for body in about.bodies}
    return Report(
        generation=generation,
        published=served is None,
        made=dict(run.made),
        items=(served or store.manifest(generation)).items,
        ledger=about.ledger,
        lack=lack,
        withdrawn=tuple(body.catalogue.body.id for body in bodies if body.catalogue.body.id not in published),
    )


@at_stage(StageName.SCAN)
def _scan(corpus: Path, find_ocr: Finder) -> list[BodyFiles]:
    """The bodies of a corpus and what is there of them; nothing is read yet."""
    return [scan(catalogue, find_ocr) for catalogue in load_corpus(corpus)]


def _extract(bodies: Sequence[BodyFiles], corpus: Path, run: StageRun) -> None:
    """Read the PDFs that are new."""
    files = [file for body in bodies for file in body.files_to_read()]
    if not run.is_complete(EXTRACT, files):
        _load_concepts(corpus)  # so that a mistake in the thesaurus is said before the work begins
        run.run(EXTRACT, files)


def _assign(body: BodyFiles, run: StageRun) -> BodyFiles:
    """The body with its strays among its documents or its doubts."""
    if not body.strays:
        return body
    assigned = None
    while assigned is None:
        # Of a stray that has changed since it was read nothing is kept any more: the next input is without it.
        assigned = run.load(ASSIGN, AssignInput.of(body, run))
    return body.with_assigned(assigned)


def _segment(bodies: Sequence[BodyFiles], run: StageRun) -> None:
    """Cut the documents that are new into passages."""
    # Here and below, as a build that finds nothing new, of which there are most, cuts no text and makes no item.
    from indexer.build.compose import segment_inputs

    for stage in DOCUMENT_STAGES:
        run.run(stage, segment_inputs(bodies, run))


@contextmanager
def _align(bodies: Sequence[BodyFiles], corpus: Path, store: IndexStore, run: StageRun) -> Iterator[Publication]:
    """Give the publication of all bodies; its items last as long as the context."""
    from indexer.build.compose import publication_of
    from indexer.items.spool import Spool

    with Spool(store.folder) as spool:
        with at_stage(StageName.ALIGN):
            publication = publication_of(bodies, run, _load_concepts(corpus), spool)
        yield publication


@at_stage(StageName.TRANSLATE)
def _translate(publication: Publication, translator: Translator, run: StageRun) -> Publication:
    """The publication with the dictionaries of its words.

    Raises:
        TranslationError: the translator does not answer.
    """
    if not translator.name:
        return publication
    # Here, as a build that finds nothing new loads no analysis.
    from indexer.analysis.translation import make_dictionaries, words_by_language

    run.listener.stage(StageName.TRANSLATE, 0, 1)
    dictionaries = tuple(make_dictionaries(words_by_language(publication.items), translator))
    run.listener.stage(StageName.TRANSLATE, 1, 1)
    return replace(publication, dictionaries=dictionaries)


@at_stage(StageName.WRITE)
def _write(
    writer: Writer, generation: str, publication: Publication, folders: Mapping[str, Path], run: StageRun
) -> None:
    """Write a publication beside what is served, and check it."""
    writer.write(generation, publication, folders, partial(run.listener.stage, StageName.WRITE))


@at_stage(StageName.PUBLISH)
def _publish(writer: Writer, generation: str) -> None:
    """Serve what was written."""
    writer.publish(generation)


@at_stage(StageName.SCAN)
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


@at_stage(StageName.ALIGN)
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
            folder = folders.get(body.id, corpus / body.id)
            raise Loss(message("fewer-documents", str(folder), now[body.id], before[body.id], body.id))


def _generation_id(store: IndexStore, corpus: Path, bodies: Sequence[BodyFiles], run: StageRun, translator: str) -> str:
    """A digest of all that goes into a generation; ``translator`` is the name of what translated its words.

    It is the same on any machine, in any folder and at any time.
    """
    thesaurus = corpus / THESAURUS
    parts = [
        store.engine.name,
        fingerprint.of_items(),
        hashlib.sha256(thesaurus.read_bytes()).hexdigest() if thesaurus.exists() else None,
        translator,
    ]
    for body in bodies:
        catalogue = body.catalogue
        found = [_inputs(source, body, run) for source in body.sources]
        # Without the time of each: a portal that refuses again says nothing new.
        refused = [(refusal.address, refusal.meeting, refusal.language, refusal.reason) for refusal in body.refused]
        said = (catalogue.body, catalogue.meetings, catalogue.documents, found, refused, body.doubts)
        parts.append(hashlib.sha256(json.encode(said)).hexdigest())
    return hashlib.sha256(json.encode(parts)).hexdigest()[:_ID_LENGTH]


def _inputs(source: Source, body: BodyFiles, run: StageRun) -> tuple[str | Message | None, ...]:
    """The inputs of one document: digest and problem of its file, digest and failure of its extraction."""
    if isinstance(source.pdf, UnreadableFile):
        return None, source.pdf.problem, None, None
    pages = run.header(EXTRACT, body.to_read(source.pdf))
    return (source.pdf.sha256, None, pages.sha256, pages.note) if pages else (source.pdf.sha256, None, None, None)
