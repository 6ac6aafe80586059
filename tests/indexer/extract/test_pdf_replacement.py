"""Replacement text: letters that a file tells beside what it draws."""

from pathlib import Path

import pytest

from indexer.extract.pdf.reader import read_pages
from tests.support.pdf_files import pdf, show, stream


def texts(folder: Path, content: str, *, properties: bytes = b"", more: tuple[bytes, ...] = ()) -> list[str]:
    path = folder / "report.pdf"
    data = pdf(f"BT /F1 10 Tf 50 700 Td {content} ET", more=more)
    path.write_bytes(data.replace(b"/XObject <<", b"/Properties << " + properties + b" >> /XObject <<"))
    (page,) = read_pages(path)
    return [line.text for line in page.lines]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("(a con) Tj /Span <</ActualText <FEFF00660069>>> BDC (#) Tj EMC (dential list) Tj", ["a confidential list"]),
        ("(a con) Tj /Span <</MCID 3/ActualText(fi)>> BDC [(#) -20 (#)] TJ EMC (dential list) Tj", None),
        ("(a con) Tj /P <</ActualText <EFBBBF6669>>> BDC (#) Tj EMC (dential list) Tj", ["a confidential list"]),
        ("(a con) Tj /Span /Said BDC (#) Tj EMC (dential list) Tj", ["a confidential list"]),
        ("/Span <</ActualText (all)>> BDC (a) Tj /Span <</ActualText (not)>> BDC (b) Tj EMC (c) Tj EMC", ["all"]),
        ("/Span <</ActualText ()>> BDC (- 7 -) Tj EMC ( text) Tj", ["text"]),
        ("/Span <</ActualText (end)>> BDC EMC (text) Tj", ["text"]),
        ("/Span <</ActualText (whole)>> BDC (wh) Tj", ["whole"]),
        (
            "/P <</ActualText (the very first line\rand another)>> BDC (tve very first line) Tj 0 -12 Td "
            "(amd anotver) Tj EMC",
            ["the very first line", "and another"],
        ),
        (
            "(an ex) Tj /Span <</ActualText (tended)>> BDC (ten-) Tj -20 -12 Td (ded) Tj EMC ( list) Tj",
            ["an extended", "list"],
        ),
        ("(a co) Tj /Span <</ActualText <FEFF006E00AD>>> BDC (n) Tj EMC (fidential list) Tj", ["a confidential list"]),
        ("(a con) Tj /Span <</ActualText <FEFF00AD>>> BDC (-) Tj EMC -20 -12 Td (tract) Tj", ["a con\u00ad", "tract"]),
        ("(a con) Tj /Span <</ActualText ()>> BDC (-) Tj EMC -20 -12 Td (tract) Tj", ["a con\u00ad", "tract"]),
        ("/Span <</ActualText <FEFF001B0065006E001B0061>>> BDC (x) Tj EMC", ["a"]),
    ],
)
def test_the_file_s_own_word_for_letters_is_heeded(tmp_path: Path, content: str, lines: list[str] | None) -> None:
    said = b"/Said << /ActualText <FEFF00660069> >>"
    assert texts(tmp_path, content, properties=said) == (lines or ["a confidential list"])


def test_many_letters_are_text_whatever_the_file_says(tmp_path: Path) -> None:
    content = "/Span <</ActualText ()>> BDC (That States report every second year.) Tj EMC"
    assert texts(tmp_path, content) == ["That States report every second year."]


def test_forms_within_replaced_text_are_replaced_with_it(tmp_path: Path) -> None:
    inner = "/Span <</ActualText (inner)>> BDC " + show(50, 650, "drawn") + " EMC"
    form = stream(inner.encode(), b"/Type /XObject /Subtype /Form /BBox [0 0 600 800]")
    assert texts(tmp_path, "ET /Span <</ActualText (outer)>> BDC /X10 Do EMC BT", more=(form,)) == ["outer"]
    assert texts(tmp_path, "ET /X10 Do BT", more=(form,)) == ["inner"]


def test_a_form_ends_its_marked_content_and_no_other(tmp_path: Path) -> None:
    inner = "EMC EMC /Span <</ActualText (one)>> BDC " + show(50, 650, "drawn")
    form = stream(inner.encode(), b"/Type /XObject /Subtype /Form /BBox [0 0 600 800]")
    assert texts(tmp_path, "ET /X10 Do BT 50 600 Td (two) Tj", more=(form,)) == ["one", "two"]
