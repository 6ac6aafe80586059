"""Plain objects: the same is read of them as pdfminer reads, or nothing."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pdfminer.pdfparser import PDFStreamParser
from pdfminer.pdftypes import PDFException
from pdfminer.psparser import PSException

from indexer.extract.pdf import extract
from indexer.extract.pdf.plain_objects import plain_object
from tests.support.pdf_files import assembled, stream

TOKENS = [b"<<", b">>", b"[", b"]", b"(a b)", b"(a\\)", b"(", b"<41>", b"<4>", b"/N", b"/N#41", b"/", b"/Ab.c-1"]
TOKENS += [
    b"1",
    b"-2",
    b"+3",
    b".5",
    b"4.",
    b"--6",
    b"7 0 R",
    b"8 0 Rx",
    b"true",
    b"false",
    b"null",
    b"trues",
    b"% c\n",
]


def others(data: bytes) -> object:
    """The object that pdfminer reads, or its error."""
    parser = PDFStreamParser(data)
    try:
        return parser.nextobject()[1]
    except (PSException, PDFException, TypeError, AssertionError) as error:
        return error


@given(st.lists(st.sampled_from(TOKENS), max_size=12), st.sampled_from([b" ", b"", b"\r\n"]))
@example([b"<<", b"/A", b"[", b"1", b"7 0 R", b"]", b"/N", b"<<", b">>", b">>"], b" ")
def test_what_is_read_is_what_pdfminer_reads(tokens: list[bytes], between: bytes) -> None:
    data = b"<<" + between.join(tokens) + b">> "
    plain = plain_object(data, 0, None)  # type: ignore[arg-type] # nothing is resolved
    if plain:
        assert repr(plain[0]) == repr(others(data))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<</A/B/C[1 .5 (x) <4142> true 7 0 R]/D<</E -1>>>> x", True),
        (b" [ ]", True),
        (b"<</A (b\\)c)>>", False),
        (b"<</A null>>", False),
        (b"<</A 1", False),
        (b"<</A>>", False),
        (b"[1>>", False),
        (b"12", False),
        (b"[" * 5000, False),
    ],
)
def test_plain_is_what_has_no_escapes_and_is_whole(data: bytes, expected: bool) -> None:
    assert bool(plain_object(data, 0, None)) is expected  # type: ignore[arg-type] # nothing is resolved


def test_an_object_longer_than_what_is_looked_at_first_is_read(tmp_path: Path) -> None:
    many = b" ".join(b"/F%d 5 0 R" % number for number in range(1000))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << %s >> >> >>"
        % many,
        4: stream(b"BT /F999 10 Tf 50 700 Td (The last font) Tj ET"),
        5: font,
    }
    path = tmp_path / "fonts.pdf"
    path.write_bytes(assembled(objects))
    assert [line.text for page in extract(path).pages for line in page.lines] == ["The last font"]
