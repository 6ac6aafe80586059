"""Citations as tables, CSV and XLSX, in constant memory. The only importer of XlsxWriter."""

# ARCHITECTURE.md: No cell of a table is run as a formula.

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping

from xlsxwriter import Workbook

from search_app.present.citation.record import Record, author_of, days_of
from search_app.request.locale import gettext

MOST_ROWS = 2**20 - 1
"""Rows that a sheet of XLSX can hold below its heading."""

MOST_CHARACTERS = 32_767
"""Characters that a cell of XLSX can hold."""

_CHUNK = 2**16


def _day(place: int) -> Callable[[Record], str]:
    def day(record: Record) -> str:
        days = days_of(record, "issued")
        return days[place].isoformat() if days else ""

    return day


def _custom(name: str) -> Callable[[Record], str]:
    return lambda record: str(record["custom"][name])


def _field(name: str) -> Callable[[Record], str]:
    return lambda record: str(record.get(name, ""))


COLUMNS: Mapping[str, Callable[[Record], str]] = {
    "id": _custom("item"),
    "language": _field("language"),
    "body": author_of,
    "meeting": _custom("meeting"),
    "meeting_title": _field("event-title"),
    "first_day": _day(0),
    "last_day": _day(-1),
    "place": _field("event-place"),
    "kind": _custom("kind"),
    "name": _custom("name"),
    "text": _field("abstract"),
    "symbol": _field("number"),
    "page": _field("page"),
    "address": _field("URL"),
    "pdf": _custom("pdf"),
    "citation": _custom("citation"),
    "note": _field("note"),
    "sha256": _custom("sha256"),
    "generation": _custom("generation"),
}
"""The columns of a table, with what makes their cells. Programs read the names, so they are in no one's language."""

_RUN = ("=", "+", "-", "@", "\t", "\r")


def _rows(records: Iterable[Record]) -> Iterator[list[str]]:
    yield list(COLUMNS)
    for record in records:
        yield [make(record) for make in COLUMNS.values()]


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula: an apostrophe stands before what would be one."""
    return f"'{cell}" if cell.startswith(_RUN) else cell


def csv_table(records: Iterable[Record]) -> Iterator[bytes]:
    """A table as CSV in UTF-8, with the mark by which spreadsheets know that."""
    written = io.StringIO()
    writer = csv.writer(written)
    written.write("\ufeff")
    for row in _rows(records):
        writer.writerow(map(harmless, row))
        yield written.getvalue().encode()
        written.seek(0)
        written.truncate()


def xlsx_table(records: Iterable[Record]) -> Iterator[bytes]:
    """A table as XLSX, by way of a file that is removed."""
    with tempfile.TemporaryFile() as file:
        workbook = Workbook(file, {"constant_memory": True})
        sheet = workbook.add_worksheet()
        for number, row in enumerate(_rows(records)):
            for column, cell in enumerate(row):
                # A string is never run as a formula, and no address is made a link.
                sheet.write_string(number, column, _fit(cell))
        workbook.close()
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _fit(cell: str) -> str:
    if len(cell) <= MOST_CHARACTERS:
        return cell
    cut = str(gettext("… [cut here: a cell holds no more]"))
    return cell[: MOST_CHARACTERS - len(cut)] + cut
