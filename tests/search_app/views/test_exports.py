import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from search_app.present.citation import tables
from search_app.present.citation.formats import FORMATS
from search_app.views import exports
from tests.support.citations import read_bibtex, read_ris
from tests.support.document import read

ADDRESS = "/search.{}?q=states&sort=oldest"


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def ids(client: FlaskClient, form: str) -> list[str]:
    answer = client.get(ADDRESS.format(form))
    assert (answer.status_code, answer.mimetype) == (200, FORMATS[form].media_type)
    assert f".{form}" in answer.headers["Content-Disposition"]
    match form:
        case "csv":
            return [row["id"] for row in rows_of(answer.text)]
        case "bib":
            return [each["URL"].partition("/item/")[2].partition("#")[0] for each in read_bibtex(answer.text)]
        case "ris":
            return [each["URL"].partition("/item/")[2].partition("#")[0] for each in read_ris(answer.text)]
        case "json":
            return [each["custom"]["item"] for each in json.loads(answer.data)]
        case "jsonl":
            return [json.loads(line)["custom"]["item"] for line in answer.text.splitlines()]
    return [cells[0] for cells in sheet(answer.data)][1:]


def sheet(data: bytes) -> Iterator[list[str]]:
    """The cells of a sheet of XLSX: strings within it, as it is streamed; anything else has no place there."""
    with ZipFile(io.BytesIO(data)) as whole:
        text = whole.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in text
    for row in re.findall(r"<row .*?</row>", text, re.DOTALL):
        cells = re.findall(r'<c r="([A-Z]+)\d+" t="inlineStr"><is><t[^>]*>(.*?)</t></is></c>', row, re.DOTALL)
        assert len(cells) == row.count("<c ")
        yield [cell for _, cell in cells]


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_has_all_results_in_their_order(client: FlaskClient, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "READ", 4)
    found = client.get("/api/v1/search?q=states&sort=oldest&size=100").get_json()["data"]
    assert found["total"] > 4
    assert ids(client, form) == [hit["id"] for hit in found["hits"]]


@pytest.mark.parametrize("form", FORMATS)
def test_a_search_that_finds_nothing_makes_a_file_without_rows(client: FlaskClient, form: str) -> None:
    assert client.get(f"/search.{form}?q=zzzz").status_code == 200


@pytest.mark.parametrize("form", [*FORMATS, "print"])
def test_a_query_that_cannot_be_read_is_an_error_in_a_sentence(client: FlaskClient, form: str) -> None:
    answer = client.get(f"/search.{form}?q=year:x")
    assert (answer.status_code, answer.mimetype) == (400, "text/html")


def test_more_rows_than_a_sheet_holds_are_refused_with_a_way_out(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 3)
    answer = client.get("/search.xlsx?q=states")
    assert answer.status_code == 400
    assert "do not fit into a spreadsheet, which holds 3. Take them as CSV" in answer.text
    assert client.get("/search.csv?q=states").status_code == 200


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "- a dash", '=HYPERLINK("x")'])
def test_no_cell_is_run_as_a_formula(text: str) -> None:
    record = {
        "author": [{"literal": text}],
        "abstract": text,
        "custom": dict.fromkeys(("item", "meeting", "kind", "name", "pdf", "citation", "sha256", "generation"), text),
    }
    (row,) = rows_of(b"".join(tables.csv_table([record])).decode())
    assert {cell for cell in row.values() if cell} == {f"'{text}"}
    _, cells = sheet(b"".join(tables.xlsx_table([record])))
    assert len(cells) == len(row)
    assert {unescape(cell).replace("_x000D_", "\r") for cell in cells if cell} == {text}


def test_a_cell_that_is_too_long_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_CHARACTERS", 60)
    written = list(sheet(client.get("/search.xlsx?q=states").data))
    assert all(len(cell) <= 60 for row in written for cell in row)
    assert any(cell.endswith("… [cut here: a cell holds no more]") for row in written for cell in row)


def test_results_and_meetings_lead_to_their_files_and_their_print_view(client: FlaskClient) -> None:
    for address, most in (("/search?q=states&year=2016", 3), ("/meeting/sample/IX", 4)):
        listed = read(client.get(address).text).one("nav", class_="downloads")
        addresses = [link["href"] for link in listed.all("a")]
        assert len(addresses) == len(FORMATS) + 1
        for each in addresses:
            assert client.get(each).status_code == 200, each
        assert len(rows_of(client.get(addresses[0]).text)) == most


def test_the_print_view_has_all_results_and_says_what_it_is_of(client: FlaskClient) -> None:
    found = read(client.get("/search.print?q=states").text)
    total = client.get("/api/v1/search?q=states").get_json()["data"]["total"]
    assert len(found.all("blockquote")) == total > 10
    assert "http://localhost/search?q=states" in found.text
    assert "a" * 16 in found.text
    # Words of an invented body never stand without its notice.
    assert "fictional body" in found.text
