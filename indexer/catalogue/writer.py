"""Writer of catalogues, for people to go on writing: meetings and documents ─▶ ``catalogue.toml``.

The only importer of tomlkit. What ``load_catalogue`` reads from the text is what was given here.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import Table

from indexer.analysis.numerals import roman
from indexer.catalogue.reader import FILE_NAME
from indexer.catalogue.symbols import revision_of
from indexer.model import RECOMMENDATIONS, Body, Document, Meeting, Override, message
from indexer.model.errors import CatalogueError
from indexer.storage.atomic import storage_errors, write_whole


def catalogue_text(
    body: Body, meetings: Sequence[Meeting], documents: Sequence[Document], *, pdf_folder: str | None, comment: str
) -> str:
    """The text of a catalogue.

    ``pdf_folder`` is the path of the PDFs where they do not lie in ``pdf/`` beside it; ``comment`` stands above all,
    a line for each of its lines.
    """
    text = tomlkit.document()
    for line in comment.splitlines():
        text.add(tomlkit.comment(line))
    text.add("body", _body(body, pdf_folder))
    if body.fields:
        text.add("fields", _fields(body))
    tables = tomlkit.aot()
    for meeting in meetings:
        tables.append(_meeting(meeting, [document for document in documents if document.meeting == meeting.id]))
    if meetings:
        text.add("meeting", tables)
    return text.as_string()


def meeting_text(meeting: Meeting) -> str:
    """The text of a meeting without documents, for the end of a catalogue."""
    text, tables = tomlkit.document(), tomlkit.aot()
    tables.append(_meeting(meeting, ()))
    text.add("meeting", tables)
    return text.as_string().rstrip("\n") + "\n"


def add_meetings(folder: Path, texts: Iterable[str]) -> None:
    """Add the texts of meetings to the end of the catalogue in a folder.

    Raises:
        CatalogueError: its meetings are written in a way that nothing can be added to.
        StorageError: the catalogue cannot be written.
    """
    path = folder / FILE_NAME
    # At its end and as text: what people have written stays as it is, comments and spaces among it.
    text = path.read_text(encoding="utf-8-sig").rstrip("\n")
    text += "".join("\n\n" + each.rstrip("\n") for each in texts) + "\n"
    # An array of meetings in one line cannot be followed by a table of the same name.
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(message("meeting-not-added", str(path), str(error))) from error
    with storage_errors(path):
        write_whole(path, text.encode())


def _meeting(meeting: Meeting, documents: Sequence[Document]) -> Table:
    """A meeting with its documents as a table."""
    table = tomlkit.table()
    table.add("ordinal", meeting.ordinal)
    # Here and below, nothing that the reader takes for granted: people read the text.
    if meeting.id != roman(meeting.ordinal):
        table.add("id", meeting.id)
    _add_texts(table, "title", meeting.title)
    _add_texts(table, "held_by", meeting.held_by)
    _add(table, "first_day", meeting.first_day)
    _add(table, "last_day", meeting.last_day)
    _add_texts(table, "venue", meeting.venue)
    _add(table, "page", meeting.page)
    table.add(tomlkit.nl())
    if documents:
        tables = tomlkit.aot()
        for document in documents:
            tables.append(_document(document))
        table.add("document", tables)
    return table


def _body(body: Body, pdf_folder: str | None) -> Table:
    table = tomlkit.table()
    table.add("id", body.id)
    if body.fictional:
        table.add("fictional", True)
    table.add("languages", list(body.languages))
    _add(table, "homepage", body.homepage)
    _add_texts(table, "name", body.name)
    _add_texts(table, "notice", body.notice)
    _add_texts(table, "portal", body.portal)
    _add_texts(table, "citation", body.citation)
    _add(table, "pdf", pdf_folder)
    table.add(tomlkit.nl())
    return table


def _fields(body: Body) -> Table:
    """The values of fields that the body's texts name."""
    table = tomlkit.table(is_super_table=True)
    for field, values in body.fields.items():
        inner = tomlkit.table(is_super_table=True)
        for value in values:
            own = tomlkit.table()
            _add_texts(own, "name", value.name)
            for language, phrases in value.phrases.items():
                own.add(tomlkit.key(["phrases", language]), list(phrases))
            own.add(tomlkit.nl())
            inner.add(value.id, own)
        table.add(field, inner)
    return table


def _document(document: Document) -> Table:
    table = tomlkit.table()
    _add(table, "language", document.language)
    if document.role != RECOMMENDATIONS:
        table.add("role", document.role)
    _add(table, "symbol", document.symbol)
    if document.revision != revision_of(document.symbol or ""):
        table.add("revision", document.revision)
    _add(table, "file", document.file)
    _add(table, "url", document.url)
    override = document.override or Override()
    for name in ("strategy", "start", "end", "item"):
        value = getattr(override, name)
        if value is not None:
            table.add(tomlkit.key(["segmentation", name]), str(value))
    table.add(tomlkit.nl())
    return table


def _add(table: Table, name: str, value: Any) -> None:
    if value is not None:
        table.add(name, value)


def _add_texts(table: Table, name: str, texts: Mapping[str, str]) -> None:
    for language, text in texts.items():
        table.add(tomlkit.key([name, language]), text)
