"""Damaged files that viewers open: their objects are searched for."""

from io import BytesIO
from pathlib import Path

import pytest

from indexer.extract.pdf.object_table import TableDocument
from indexer.extract.pdf.reader import read_pages
from tests.support.pdf_files import HELVETICA, assembled, pdf, show, stream

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
CATALOG, PAGES = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
WHOLE = {1: CATALOG, 2: PAGES, 3: PAGE, 4: stream(show(50, 700, "whole").encode()), 5: HELVETICA}


def texts(folder: Path, data: bytes) -> list[str]:
    path = folder / "damaged.pdf"
    path.write_bytes(data)
    return [line.text for page in read_pages(path) for line in page.lines]


def with_object_stream(trailer: bytes, *, kind: bytes = b"/Type /XRef") -> bytes:
    """A file whose catalogue, tree and page lie in a stream of objects, and whose table is nowhere."""
    inner = [(1, CATALOG), (2, PAGES), (3, PAGE), (9, b"700"), (8, b"/Name")]
    body, head = b"", b""
    for number, text in inner:
        head += b"%d %d " % (number, len(body))
        body += text + b" "
    packed = stream(head + body, b"/Type /ObjStm /N %d /First %d" % (len(inner), len(head)), packed=True)
    table = stream(b"", b"%s /Size 10 /W [1 2 1] %s" % (kind, trailer))
    objects = {4: WHOLE[4], 5: HELVETICA, 6: packed, 7: table}
    return (
        b"%PDF-1.5\n"
        + b"".join(b"%d 0 obj %s endobj\n" % each for each in objects.items())
        + b"startxref\n99999\n%%EOF"
    )


@pytest.mark.parametrize(
    "data",
    [
        assembled(WHOLE).replace(b"startxref\n", b"startxref\n9"),
        b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + assembled(WHOLE),
        assembled(WHOLE)[: assembled(WHOLE).index(b"xref\n")],
        assembled(WHOLE).replace(b"endobj\n", b"endobj ").replace(b" obj\n", b" obj ").replace(b"xref\n", b"xrex\n"),
        assembled(WHOLE).replace(b"trailer", b"trailer << /Size 3 >> trailer").replace(b"\nxref", b"\nxrex"),
        assembled(WHOLE, b"/Root 4 0 R").replace(b"xref\n0 1", b"xrex\n0 1"),
        with_object_stream(b"/Root 1 0 R"),
        with_object_stream(b"", kind=b""),
        b"x" * 60 + with_object_stream(b"/Root 1 0 R"),
    ],
    ids=["startxref", "junk", "cut", "one line", "two trailers", "wrong root", "packed", "no root", "packed and junk"],
)
def test_a_file_with_a_wrong_table_is_read(tmp_path: Path, data: bytes) -> None:
    assert texts(tmp_path, data) == ["whole"]


@pytest.mark.parametrize("length", [b"3", b"9999"])
@pytest.mark.parametrize("referred", [False, True])
def test_a_stream_of_a_wrong_length_is_read_to_its_end(tmp_path: Path, length: bytes, referred: bool) -> None:
    content = show(50, 700, "whole").encode()
    given = b"6 0 R" if referred else length
    drawn = WHOLE[4].replace(b"/Length %d" % len(content), b"/Length " + given)
    assert drawn != WHOLE[4]
    assert texts(tmp_path, assembled({**WHOLE, 4: drawn, 6: length})) == ["whole"]


def test_a_file_that_was_searched_says_so_on_its_first_page(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    whole = pdf(show(50, 700, "one"), show(50, 700, "two"))
    path.write_bytes(whole.replace(b"startxref\n", b"startxref\n77"))
    assert [[caution.code for caution in page.warnings] for page in read_pages(path)] == [["objects-searched"], []]
    path.write_bytes(whole)
    assert [page.warnings for page in read_pages(path)] == [(), ()]


def test_of_objects_of_one_number_the_last_counts(tmp_path: Path) -> None:
    later = b"4 0 obj " + stream(show(50, 700, "mended").encode()) + b" endobj\n"
    assert texts(tmp_path, assembled(WHOLE).replace(b"xref\n0 1", later + b"xrex\n0 1")) == ["mended"]
    assert texts(tmp_path, with_object_stream(b"/Root 1 0 R").replace(b"startxref", later + b"startxref")) == ["mended"]


def test_pages_behind_damage_are_found(tmp_path: Path) -> None:
    data = pdf(*(show(50, 700, f"page {number}") for number in range(5)))
    assert texts(tmp_path, data.replace(b"startxref\n", b"startxref\n77")) == [f"page {number}" for number in range(5)]


def test_a_file_whose_attachments_alone_are_encrypted_needs_no_password(tmp_path: Path) -> None:
    crypt = b"<< /Filter /Standard /V 4 /R 4 /O (%s) /U (%s) /P -4 /Length 128 /EFF /StdCF " % (b"o" * 32, b"u" * 32)
    crypt += b"/CF << /StdCF << /CFM /AESV2 /AuthEvent /EFOpen /Length 16 >> >> "
    trailer = b"/Root 1 0 R /Encrypt 6 0 R /ID [(a) (a)]"
    assert texts(tmp_path, assembled({**WHOLE, 6: crypt + b">>"}, trailer)) == ["whole"]
    assert texts(tmp_path, assembled({**WHOLE, 6: crypt + b"/StmF /Identity /StrF /Identity >>"}, trailer)) == ["whole"]


def test_objects_of_a_stream_are_parsed_one_by_one() -> None:
    data = with_object_stream(b"/Root 1 0 R")
    table = b"".join(
        bytes((kind, *place.to_bytes(2, "big"), index))
        for kind, place, index in [
            (0, 0, 0),
            (2, 6, 0),
            (2, 6, 1),
            (2, 6, 2),
            (1, data.index(b"4 0 obj"), 0),
            (1, data.index(b"5 0 obj"), 0),
            (1, data.index(b"6 0 obj"), 0),
            (1, data.index(b"7 0 obj"), 0),
            (2, 6, 4),
            (2, 6, 3),
        ]
    )
    start = data.index(b"7 0 obj")
    whole = data[:start] + b"7 0 obj " + stream(table, b"/Type /XRef /Size 10 /W [1 2 1] /Root 1 0 R") + b" endobj\n"
    document = TableDocument(BytesIO(whole + b"startxref\n%d\n%%%%EOF" % start))
    assert document.getobj(9) == 700
    assert str(document.getobj(8)) == "/'Name'"
    assert document.catalog["Pages"].objid == 2
