"""Reader of catalogues: ``corpus/<body>/catalogue.toml`` ─▶ a body with its meetings and documents.

A catalogue that cannot be used gives all its mistakes at once. Meetings and documents are counted from 1 in the keys
that are named: ``meeting[3].document[1].file`` is the file of the first document of the third meeting.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TypeVar

from indexer.analysis.fields import FIELDS
from indexer.analysis.folding import fold
from indexer.analysis.language import LANGUAGES
from indexer.analysis.numerals import is_roman, roman
from indexer.catalogue.folders import is_left_alone, pdfs_in, unreadable
from indexer.catalogue.symbols import revision_of
from indexer.model import (
    CITATION_FORM,
    CITATION_PLACES,
    RECOMMENDATIONS,
    Body,
    Document,
    FieldValue,
    Meeting,
    Message,
    Override,
    Strategy,
    message,
)
from indexer.model.errors import CatalogueError
from indexer.storage.toml import ADDRESS, LANGUAGE, Table, read_toml

FILE_NAME = "catalogue.toml"

# Ids stand in addresses and in names of files: they need no escapes in either.
BODY_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"

_MEETING_ID = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"

_ROLE = r"[a-z]+(?:-[a-z]+)*"

# Letters and single blanks: it stands before a number.
_ITEM = r"[^\W\d_]+(?: [^\W\d_]+)*"

_PLACES_NAMED = ", ".join(f"{{{place}}}" for place in CITATION_PLACES)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A body with its meetings and their documents.

    ``folder`` is that of the catalogue. ``meetings`` are by ordinal, ``documents`` by meeting, then as the file lists
    them. ``pdf_folder`` is where the files of the documents lie: ``pdf/`` beside the catalogue unless it says
    otherwise. ``override`` is the word on cutting all documents, where none on a document's own says otherwise.
    """

    folder: Path
    pdf_folder: Path
    body: Body
    meetings: tuple[Meeting, ...]
    documents: tuple[Document, ...]
    override: Override | None = None


def load_corpus(corpus: Path) -> tuple[Catalogue, ...]:
    """The catalogues of all bodies of a corpus, by body id.

    Raises:
        CatalogueError: a catalogue has mistakes (those of all catalogues are listed), or there is none.
        StorageError: a folder cannot be read.
    """
    catalogues: list[Catalogue] = []
    mistakes: list[Message] = []
    for folder in sorted(path for path in _children(corpus) if path.is_dir() and not is_left_alone(path.name)):
        if _has_catalogue(folder):
            try:
                catalogues.append(load_catalogue(folder))
            except CatalogueError as error:
                mistakes += error.messages
        # A folder without PDFs may be anything.
        elif pdfs_in(folder):
            mistakes.append(message("pdfs-without-catalogue", str(folder)))
    if not catalogues and not mistakes:
        mistakes.append(message("no-catalogue", str(corpus)))
    if mistakes:
        raise CatalogueError(*mistakes)
    return tuple(catalogues)


def load_catalogue(folder: Path) -> Catalogue:
    """The catalogue of one body, from ``catalogue.toml`` in its folder.

    The PDFs themselves are not looked at.

    Raises:
        CatalogueError: with a sentence for every mistake: file, key, and what was expected.
    """
    mistakes: list[Message] = []
    top = read_toml(folder / FILE_NAME, mistakes)
    if mistakes:  # no TOML at all: there is nothing to find further mistakes in
        raise CatalogueError(*mistakes)
    table = top.table("body", required=True)
    body = _body(table, folder.resolve().name)
    body = replace(body, fields=_fields(top.table("fields"), {*body.languages, *LANGUAGES}))
    override = _override(table.table("segmentation")) if "segmentation" in table else None
    pdf_folder = folder / (table.text("pdf", expected=message("a-pdf-folder")) or "pdf")
    table.close()
    tables = list(top.tables("meeting"))
    meetings: list[tuple[Table, Meeting]] = []
    documents: list[tuple[Table, Document]] = []
    for each in tables:
        meeting = _meeting(each, body.id)
        meetings.append((each, meeting))
        documents += [(inner, _document(inner, meeting)) for inner in each.tables("document")]
        each.close()
    top.close()
    _refuse_repeats(meetings, documents)
    if mistakes:
        raise CatalogueError(*mistakes)
    # Sorting is stable: documents of one meeting stay as people have listed them.
    order = {meeting.id: meeting.ordinal for _, meeting in meetings}
    return Catalogue(
        folder,
        pdf_folder,
        body,
        tuple(sorted((meeting for _, meeting in meetings), key=lambda meeting: meeting.ordinal)),
        tuple(sorted((document for _, document in documents), key=lambda document: order[document.meeting])),
        override,
    )


def _children(corpus: Path) -> Iterable[Path]:
    """The files and folders in the folder of the corpus."""
    try:
        return list(corpus.iterdir())
    except OSError as error:
        problem = message("corpus-unreadable", str(corpus), error.strerror or str(error))
        raise CatalogueError(problem) from error


def _has_catalogue(folder: Path) -> bool:
    """Tell whether a folder holds a catalogue, readable or not."""
    try:
        return (folder / FILE_NAME).exists()
    except OSError as error:
        raise unreadable(folder, error) from error


def _body(table: Table, folder_name: str) -> Body:
    name = table.text("id", required=True, pattern=BODY_ID, expected=message("a-body-id"))
    if name is not None and name != folder_name:
        table.note("id", message("unlike-folder", repr(folder_name), repr(name)))
    return Body(
        id=name or folder_name,
        name=table.texts("name", required=True),
        languages=table.languages("languages"),
        fictional=table.flag("fictional"),
        homepage=table.address("homepage"),
        notice=table.texts("notice"),
        portal=table.texts("portal", pattern=ADDRESS, expected=message("an-address")),
        citation=table.texts("citation", pattern=CITATION_FORM, expected=message("a-citation-form", _PLACES_NAMED)),
    )


def _fields(table: Table, languages: Collection[str]) -> dict[str, tuple[FieldValue, ...]]:
    """The values of fields that the body's texts name; ``languages`` are those that a text may be in."""
    found = {}
    known = [name for name, row in FIELDS.items() if row.in_texts]
    for name in table:
        if name in known:
            found[name] = _field_values(table.table(name), languages)
        else:
            table.note(name, message("no-such-field", ", ".join(known)) if known else message("no-field-of-texts"))
    return found


def _field_values(table: Table, languages: Collection[str]) -> tuple[FieldValue, ...]:
    values = []
    seen: dict[tuple[str, str], str] = {}
    for name in table:
        if not re.fullmatch(BODY_ID, name):
            table.note(name, message("unexpected-id"))
        inner = table.table(name)
        title = inner.texts("name", required=True)
        phrases = _phrases(inner.table("phrases", required=True), languages, seen)
        inner.close()
        values.append(FieldValue(name, title, phrases))
    return tuple(values)


def _phrases(table: Table, languages: Collection[str], seen: dict[tuple[str, str], str]) -> dict[str, tuple[str, ...]]:
    """The phrases that name a value, by language; ``seen`` holds where each was met."""
    phrases = {}
    for language in table:
        if not LANGUAGE.fullmatch(language):
            table.note(language, message("language-expected"))
        elif language not in languages:
            table.note(language, message("language-of-no-text", ", ".join(sorted(languages))))
        phrases[language] = table.list_of_texts(language)
        for phrase in phrases[language]:
            where = seen.setdefault((language, fold(phrase)), table.key)
            if where != table.key:
                table.note(language, message("phrase-in-two", repr(phrase), where))
    return phrases


def _meeting(table: Table, body: str) -> Meeting:
    ordinal = table.number("ordinal", least=1, required=True) or 0
    name = table.text("id", pattern=_MEETING_ID, expected=message("a-meeting-id"))
    if name is not None and ordinal and is_roman(name) and name != roman(ordinal):
        table.note("id", message("unlike-ordinal", repr(roman(ordinal)), ordinal, repr(name)))
    first, last = table.day("first_day"), table.day("last_day")
    if last is not None and "first_day" not in table:
        table.note("first_day", message("first-day-missing"))
    # A meeting that names its first day alone lasted a day.
    if first is not None and "last_day" not in table:
        last = first
    if first is not None and last is not None and last < first:
        table.note("last_day", message("last-day-early", str(first), str(last)))
    return Meeting(
        body=body,
        id=name or roman(ordinal),
        ordinal=ordinal,
        title=table.texts("title", required=True),
        held_by=table.texts("held_by"),
        first_day=first,
        last_day=last,
        venue=table.texts("venue"),
        page=table.address("page"),
    )


def _document(table: Table, meeting: Meeting) -> Document:
    symbol = table.text("symbol")
    revision = table.number("revision", least=0)
    if revision is None:
        revision = revision_of(symbol or "")
    override = _override(table.table("segmentation"))
    document = Document(
        body=meeting.body,
        meeting=meeting.id,
        file=_file(table),
        language=table.text("language", pattern="[a-z]{2}", expected=message("a-language")),
        role=table.text("role", pattern=_ROLE, expected=message("a-role")) or RECOMMENDATIONS,
        symbol=symbol,
        revision=revision,
        url=table.address("url"),
        override=override if "segmentation" in table else None,
    )
    table.close()
    return document


def _file(table: Table) -> str | None:
    """The path of a document's file within the folder of PDFs; None where none is named, or none that may be."""
    name = table.text("file", expected=message("a-file"))
    if name is None:
        return None
    path = PurePosixPath(name)
    # On any system, and as Windows reads it too: the files of a catalogue are handed out by the service.
    leaves = path.is_absolute() or ".." in path.parts or "\\" in name or PureWindowsPath(name).drive != ""
    if leaves or not path.parts or any(ord(character) < 32 for character in name):
        table.note("file", message("file-outside", repr(name)))
        return None
    return str(path)


def _override(table: Table) -> Override:
    names = "|".join(strategy.value for strategy in Strategy)
    strategy = table.text("strategy", pattern=names, expected=message("a-choice", names.replace("|", ", ")))
    override = Override(
        strategy=Strategy(strategy) if strategy else None,
        start=table.text("start", expected=message("an-opening")),
        end=table.text("end", expected=message("an-opening")),
        item=table.text("item", pattern=_ITEM, expected=message("a-word-for-items")),
    )
    table.close()
    return override


def _refuse_repeats(meetings: Sequence[tuple[Table, Meeting]], documents: Sequence[tuple[Table, Document]]) -> None:
    """Note the meetings and documents that cannot be told apart."""
    # Case-folded, where systems do not tell names of files and folders apart by case.
    _refuse(meetings, "ordinal", lambda meeting: meeting.ordinal or None)
    _refuse(meetings, "id", lambda meeting: meeting.id.casefold() or None)
    _refuse(documents, "file", lambda document: document.file.casefold() if document.file else None)
    _refuse(
        documents,
        "revision",
        lambda document: (
            (document.meeting, document.language, document.role, document.revision) if document.language else None
        ),
    )


def _refuse(rows: Sequence[tuple[Table, T]], name: str, key: Callable[[T], Hashable | None]) -> None:
    """Note each row whose key a row before it has; rows without a key are left alone."""
    seen: dict[Hashable, str] = {}
    for table, value in rows:
        identity = key(value)
        if identity is None:
            continue
        if identity in seen:
            # A revision alone is no key: meeting, language and role belong to it.
            repeated = message("repeated-document", seen[identity])
            table.note(name, repeated if name == "revision" else message("repeated-key", name, seen[identity]))
        else:
            seen[identity] = table.key
