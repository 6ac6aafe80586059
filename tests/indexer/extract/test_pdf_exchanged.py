"""Signs as a re-distiller tells them: bytes exchanged or added up."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.pdf.exchanged import exchanged_back
from indexer.extract.pdf.reader import read_pages
from tests.support.pdf_files import pdf, stream

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz34"


def exchanged(letters: str) -> str:
    return "".join(chr(ord(letter) << 8) for letter in letters)


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"), min_size=2, max_size=4))
def test_exchanged_letters_come_back(letters: str) -> None:
    assert exchanged_back(exchanged(letters)) == letters


@pytest.mark.parametrize(("sum_", "letters"), [("\ucf00", "ffi"), ("\ud200", "ffl")])
def test_the_last_two_of_three_letters_come_back_from_their_sum(sum_: str, letters: str) -> None:
    assert exchanged_back(exchanged("f") + sum_) == letters


@given(
    st.text(st.characters(codec="utf-8")).filter(lambda text: any(ord(sign) & 0xFF for sign in text) or len(text) < 2)
)
def test_any_other_text_stays(text: str) -> None:
    assert exchanged_back(text) == text


def read(tmp_path: Path, codes: str, told: dict[int, str], widths: str = "") -> str:
    """The text that a font of two-byte codes tells, whose letters have the codes 0x41 less than Unicode's."""
    table = {ord(letter) - 0x1D: letter for letter in ALPHABET} | told
    rows = b"".join(b"<%04X> <%s>\n" % (code, text.encode("utf-16-be").hex().encode()) for code, text in table.items())
    cmap = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange %d beginbfchar\n%s endbfchar endcmap"
    inner = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sample /DW 500 /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (Identity) /Supplement 0 >> /W [%s] >>"
    )
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /Identity-H /DescendantFonts [11 0 R]"
        b" /ToUnicode 10 0 R >>"
    )
    more = [stream(cmap % (len(table), rows)), inner % widths.encode()]
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf(f"BT /F3 10 Tf 50 700 Td <{codes}> Tj ET", fonts={"F3": font}, more=more))
    return " ".join(line.text for page in read_pages(path) for line in page.lines)


def codes_of(text: str, **others: int) -> str:
    return "".join(f"{others.get(letter, ord(letter) - 0x1D):04X}" for letter in text)


def test_a_figure_far_from_its_place_is_the_sum_of_a_dash_s_bytes(tmp_path: Path) -> None:
    told = {0x208: "3", 0x20C: "<", 0x20D: "="}
    assert read(tmp_path, codes_of("3") + "0208" + codes_of("4"), told) == "3–4"
    assert read(tmp_path, "020C" + codes_of("Act") + "020D", told) == "“Act”"


def test_raised_figures_and_other_drawings_of_all_figures_stay(tmp_path: Path) -> None:
    assert read(tmp_path, codes_of("month") + "0208", {0x208: "3"}, "520 [250]") == "month³"
    assert read(tmp_path, codes_of("A") + "02080209", {0x208: "3", 0x209: "1"}) == "A31"


def test_a_figure_of_a_font_without_order_stays(tmp_path: Path) -> None:
    scattered = {0x300 + 7 * place: letter for place, letter in enumerate("QRSTUVWXYZ" * 8)}
    assert read(tmp_path, "0208", {**scattered, 0x208: "3"} | {ord(each) - 0x1D: "z" for each in ALPHABET}) == "3"
