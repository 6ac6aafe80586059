"""Letters whose meaning a file does not tell, and tables of codes that lie in the file."""

from pathlib import Path

import pytest

from indexer.extract.pdf.code_map import CodeMap
from indexer.extract.pdf.reader import read_pages
from indexer.model import Page
from tests.support.pdf_files import pdf, show, stream

UNKNOWN = b"<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [<< /Type /Font "
UNKNOWN += b"/Subtype /CIDFontType2 /BaseFont /Odd /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) >> >>] >>"


def read(folder: Path, content: str, font: bytes, *more: bytes) -> Page:
    path = folder / "report.pdf"
    path.write_bytes(pdf(content, fonts={"F9": font}, more=more))
    (page,) = read_pages(path)
    return page


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def unknown(count: int, y: int = 700) -> str:
    return f"BT /F9 10 Tf 1 0 0 1 50 {y} Tm <{'0102' * count}> Tj ET\n"


def test_a_page_of_unknown_letters_counts_as_without_text(tmp_path: Path) -> None:
    page = read(tmp_path, unknown(40) + show(300, 30, "7"), UNKNOWN)
    assert page.lines == ()
    assert [caution.code for caution in page.warnings] == ["no-text", "unmapped-glyphs"]
    assert page.warnings[0].message.sentence() == "Page 1 has no text that can be read: its letters are unknown."
    assert page.warnings[1].message.sentence() == "Page 1 has 40 letters whose meaning its fonts do not tell."


def test_a_few_unknown_letters_leave_the_page(tmp_path: Path) -> None:
    page = read(tmp_path, unknown(2) + show(80, 700, "That States act without any delay."), UNKNOWN)
    assert texts(page) == ["▯▯ That States act without any delay."]
    assert [caution.code for caution in page.warnings] == ["unmapped-glyphs"]
    assert texts(read(tmp_path, unknown(9), UNKNOWN)) == ["▯" * 9]


def test_codes_without_a_meaning_are_the_bullets_that_viewers_draw(tmp_path: Path) -> None:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    page = read(tmp_path, "BT /F9 10 Tf 50 700 Td (\\201 That) Tj 0 -20 Td (\\177 States) Tj ET", font)
    assert (texts(page), page.warnings) == (["• That", "• States"], ())


TOLD = b"""1 begincodespacerange <00> <FFFF> endcodespacerange
3 beginbfchar <41> <0061> <8142> <0062> <8143> <0063> endbfchar"""
CODES = b"""/CMapName /Own def /WMode 0 def 2 begincodespacerange <00> <7F> <8140> <9FFC> endcodespacerange
1 begincidrange <8142> <8143> 5 endcidrange 1 begincidchar <41> 9 endcidchar"""


def test_a_table_of_codes_in_the_file_is_read(tmp_path: Path) -> None:
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding 10 0 R /ToUnicode 11 0 R /DescendantFonts [<< /Type "
    )
    font += b"/Font /Subtype /CIDFontType2 /BaseFont /Odd /DW 500 /W [5 [1000 600] 9 [700]] >>] >>"
    page = read(tmp_path, "BT /F9 10 Tf 50 700 Td <4181428143> Tj <FF> Tj ET", font, stream(CODES), stream(TOLD))
    assert texts(page) == ["abc▯"]
    assert page.lines[0].box.x1 == pytest.approx(50 + 7 + 10 + 6 + 5, abs=0.1)


@pytest.mark.parametrize(
    ("table", "data", "codes"),
    [
        (CODES, b"A\x81\x42A", [0x41, 0x8142, 0x41]),
        (CODES, b"\x81\x01\xff", [0x81, 0x01, 0xFF]),
        (b"", b"\x01\x02\x03", [0x0102, 0x03]),
        (b"1 begincidrange <00> <ff> 0 endcidrange", b"ab", [0x61, 0x62]),
        (b"/Identity-H usecmap", b"\x01\x02", [0x0102]),
    ],
)
def test_strings_are_divided_into_codes(table: bytes, data: bytes, codes: list[int]) -> None:
    assert list(CodeMap(table).decode(data)) == codes


def test_glyphs_are_told_by_ranges() -> None:
    table = CodeMap(CODES)
    assert [table.glyph(code) for code in (0x8142, 0x8143, 0x41, 0x42)] == [5, 6, 9, 0]
    assert CodeMap(b"/Identity-H usecmap").glyph(77) == 77
