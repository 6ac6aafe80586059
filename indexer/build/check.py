"""Remarks on a corpus, its settings and its index, with remedies.

They are what a careful reader would notice. None stops a build: a gap in the numbers may be the printer's. Mistakes in
settings stop one, and are errors.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from os.path import normpath
from pathlib import Path
from statistics import median
from typing import TypeVar
from urllib.parse import urlsplit

from indexer.analysis.translator import Translator
from indexer.catalogue.reader import FILE_NAME, Catalogue, load_corpus
from indexer.engines.base import Index
from indexer.fetch import receipts
from indexer.fetch.client import Fetcher
from indexer.items.ledger import question
from indexer.model import RECOMMENDATIONS, Concept, Entry, Filter, Item, Kind, Message, Part, State, message, page_place
from indexer.model.errors import CatalogueError, FetchError
from indexer.query.parser import parse
from indexer.query.thesaurus import load_thesaurus

T = TypeVar("T")

# A remark is one line of a terminal or a table; longer lists are in the PDF itself.
_MOST_PATHS = 12
"""Paths of items that a remark names before it counts the others."""

_MOST_TERMS = 3
"""Terms of a concept that a remark names."""

# Both must hold: in a document of short items one of ordinary length is many times the usual.
_FAR_LONGER = 5
"""Times the median length of its neighbours that an item needs to be remarked on."""

_LONG = 600
"""Characters that an item needs to be remarked on as far longer."""

_FEWEST = 4
"""Items that a document needs before the length of one is judged by the others."""

# The ledger says it for the reader's sake: nothing in the corpus can be mended.
_NO_REMARK = frozenset({"read-by-ocr"})
"""Codes of cautions that give no remark."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding that a careful reader would look at, with its remedy.

    Attributes:
        code: its stable name in kebab-case: that of its message, or what became of the file.
        file: the path of the file.
        place: a page, a key or a name in it; empty for the whole file.
        message: what was found.
        question: what people are asked about the file; None where the message says what to do.
    """

    code: str
    file: str
    place: str
    message: Message
    question: Message | None = None

    @property
    def remedy(self) -> str:
        """The remedy in English."""
        return str(self.question) if self.question else self.message.remedy()


def load_settings(corpus: Path, thesaurus: str) -> tuple[tuple[Catalogue, ...], tuple[Concept, ...]]:
    """The catalogues and the concepts of a corpus; ``thesaurus`` is the name of a file in it.

    Raises:
        CatalogueError: with every mistake of all of them, and of the receipts beside the catalogues.
    """
    mistakes: list[Message] = []

    def read(load: Callable[[Path], T], path: Path) -> T | None:
        try:
            return load(path)
        except CatalogueError as error:
            mistakes.extend(error.messages)
            return None

    catalogues = read(load_corpus, corpus) or ()
    # Also those beside a catalogue with mistakes: people mend all at once.
    for file in sorted(corpus.glob(f"*/{receipts.FILE_NAME}")):
        read(receipts.read_receipts, file.parent)
    concepts: tuple[Concept, ...] = ()
    if (corpus / thesaurus).exists():
        concepts = read(lambda path: load_thesaurus(path).concepts, corpus / thesaurus) or ()
    if mistakes:
        raise CatalogueError(*mistakes)
    return catalogues, concepts


def check_ledger(ledger: Iterable[Entry], folders: Mapping[str, Path]) -> Iterator[Remark]:
    """Remarks on files that add nothing, and remarks of their reading.

    ``folders`` are the folders of PDFs, by the ids of their bodies.
    """
    for entry in ledger:
        if entry.file is None:
            continue
        file = normpath(folders[entry.body] / entry.file)
        # A superseded revision is as it should be: its reason is no fault.
        if entry.reason and entry.state is not State.SUPERSEDED:
            code = "read-in-part" if entry.state is State.INDEXED else entry.state.value
            yield Remark(code, file, "", entry.reason, question(entry))
        for caution in entry.warnings:
            if caution.code not in _NO_REMARK:
                place = page_place(caution.page, entry.page_label(caution.page)) if caution.page else ""
                yield Remark(caution.code, file, place, caution.message)


def check_translator(translator: Translator, corpus: Path) -> Iterator[Remark]:
    """A remark where words of the texts cannot be translated."""
    if translator.lack:
        yield Remark(translator.lack.code, str(corpus), "", translator.lack)


def check_items(items: Iterable[Item], folders: Mapping[str, Path]) -> Iterator[Remark]:
    """Remarks on languages that lack recommendations, and on overlong items.

    A language is compared with the one that has most, an item with its neighbours.

    ``items`` are in the order of an index: those of one meeting and role stand together. ``folders`` are the folders
    of PDFs, by the ids of their bodies.
    """
    wanted = (item for item in items if item.kind is Kind.RECOMMENDATION and item.role == RECOMMENDATIONS)
    for (body, _), group in groupby(wanted, lambda item: (item.body, item.meeting)):
        found = list(group)
        yield from _check_twins(found, folders[body])
        yield from _check_lengths(found, folders[body])


def _check_twins(items: Sequence[Item], folder: Path) -> Iterator[Remark]:
    # A meeting's recommendations in one language are one document: its last version names the file for all.
    files = {version.language: version.file for item in items for version in item.versions}
    has = {language: {item.path for item in items if _text(item, language) is not None} for language in files}
    fullest = max(has, key=lambda language: len(has[language]))
    for language, file in files.items():
        lacking = [item.path for item in items if item.path in has[fullest] and item.path not in has[language]]
        if len(has[language]) < len(has[fullest]):
            found = message(
                "fewer-than-its-twin",
                str(len(has[language])),
                language,
                f"{folder.name}/{files[fullest]}",
                str(len(has[fullest])),
                fullest,
                _first(lacking),
            )
            yield Remark(found.code, str(folder / file), "", found)


def _check_lengths(items: Sequence[Item], folder: Path) -> Iterator[Remark]:
    for language in sorted({version.language for item in items for version in item.versions}):
        texts = [(item, text) for item in items if (text := _text(item, language)) is not None]
        if len(texts) < _FEWEST:
            continue
        # The median, as one item that swallowed others would lift the mean.
        usual = median(len(text) for _, text in texts)
        for item, text in texts:
            if len(text) > max(_LONG, _FAR_LONGER * usual):
                version = next(version for version in item.versions if version.language == language)
                place = page_place(version.page, version.page_label)
                found = message("far-longer", item.id, str(len(text)), language, f"{usual:.0f}")
                yield Remark(found.code, str(folder / version.file), place, found)


def _text(item: Item, language: str) -> str | None:
    return next((version.text for version in item.versions if version.language == language), None)


def _first(paths: Sequence[str]) -> Part:
    """The first of some paths, and the number of the others."""
    first = ", ".join(paths[:_MOST_PATHS])
    return message("and-more", first, len(paths) - _MOST_PATHS) if len(paths) > _MOST_PATHS else first


def check_thesaurus(concepts: Iterable[Concept], index: Index, file: Path) -> Iterator[Remark]:
    """Remarks on concepts of which no term occurs in any text of its language; ``file`` is the thesaurus."""
    for concept in concepts:
        # Without equivalents: with them, each term would find the texts of all the others.
        occurring = (
            index.search(parse(term.text, chosen=(Filter("lang", term.language),), equivalents=False, limit=0)).total
            for term in concept.terms
        )
        if not any(occurring):
            terms = ", ".join(dict.fromkeys(term.text for term in concept.terms[:_MOST_TERMS]))
            found = message("matches-nothing", str(len(concept.terms)), terms)
            yield Remark(found.code, str(file), concept.name, found)


def check_links(
    catalogues: Sequence[Catalogue], fetcher: Fetcher, progress: Callable[[int, int, str], None]
) -> Iterator[Remark]:
    """Remarks on addresses in catalogues that lead nowhere or elsewhere.

    Each address is fetched once, one at a time. ``progress`` hears of addresses done, of how many, and the next.
    """
    links: dict[str, tuple[Path, str, bool]] = {}
    for catalogue in catalogues:
        for place, address, pdf in _links(catalogue):
            links.setdefault(address, (catalogue.folder / FILE_NAME, place, pdf))
    for done, (address, (file, place, pdf)) in enumerate(links.items()):
        progress(done, len(links), address)
        try:
            fetched = fetcher.get_pdf(address) if pdf else fetcher.get(address)
        except FetchError as error:
            yield Remark("dead-link", str(file), place, message("dead-link", *error.messages))
            continue
        if fetched and _comparable(fetched.address) != _comparable(address):
            found = message("leads-elsewhere", address, fetched.address)
            yield Remark(found.code, str(file), place, found)
    progress(len(links), len(links), "")


def _links(catalogue: Catalogue) -> Iterator[tuple[str, str, bool]]:
    """Each address of a catalogue: its place, the address itself, and True where it is that of a PDF."""
    if catalogue.body.homepage:
        yield "body.homepage", catalogue.body.homepage, False
    for language, address in catalogue.body.portal.items():
        yield f"body.portal.{language}", address, False
    for meeting in catalogue.meetings:
        if meeting.page:
            yield f"meeting {meeting.id}, page", meeting.page, False
    for document in catalogue.documents:
        if document.url:
            yield f"meeting {document.meeting}, document url", document.url, True


def _comparable(address: str) -> tuple[str, str]:
    """The host and path of an address, without what redirects often change."""
    parts = urlsplit(address.casefold())
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")
