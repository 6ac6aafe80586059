"""Letters as a reader of the page sees them: hyphens, accents, raised marks, blanks."""

from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from indexer.extract.pdf import extract
from tests.support.pdf_files import HELVETICA, pdf, show, stream


def read(tmp_path: Path, *contents: str | bytes, **parts: object) -> list[str]:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf(*contents, **parts))  # type: ignore[arg-type]
    return [line.text for page in extract(path).pages for line in page.lines]


def font_told(*pairs: tuple[int, str]) -> dict[str, object]:
    """A font F3 that tells other characters for some of its codes."""
    told = b"".join(b"<%02X> <%s>\n" % (code, text.encode("utf-16-be").hex().encode()) for code, text in pairs)
    cmap = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange %d beginbfchar\n%s endbfchar endcmap"
    font = HELVETICA.replace(b" >>", b" /ToUnicode 10 0 R >>")
    return {"fonts": {"F3": font}, "more": [stream(cmap % (len(pairs), told))]}


SOFT = font_told((0x2D, "\u00ad"))
U2010 = font_told((0x2B, "\u2010"))


def test_a_soft_hyphen_within_lines_is_printed_and_so_are_those_at_their_ends(tmp_path: Path) -> None:
    drawn = show(50, 700, "on 12-13 May of cyber-", font="F3") + show(50, 688, "crime in 2016-", font="F3")
    assert read(tmp_path, drawn, **SOFT) == ["on 12-13 May of cyber-", "crime in 2016-"]


def test_a_soft_hyphen_at_line_ends_alone_is_the_typesetting_s(tmp_path: Path) -> None:
    drawn = show(50, 700, "the investi-", font="F3") + show(50, 688, "gation of non-members")
    assert read(tmp_path, drawn, **SOFT) == ["the investi\u00ad", "gation of non-members"]


def test_a_soft_hyphen_behind_a_figure_or_a_blank_is_printed(tmp_path: Path) -> None:
    drawn = show(50, 700, "from 2016-", font="F3") + show(50, 688, "2018 and -", font="F3")
    assert read(tmp_path, drawn, **SOFT) == ["from 2016-", "2018 and -"]


def test_the_second_hyphen_of_windows_is_one(tmp_path: Path) -> None:
    assert read(tmp_path, show(50, 700, "on 12\u00ad13 May")) == ["on 12-13 May"]


def test_the_hyphen_sign_at_line_ends_alone_is_the_typesetting_s(tmp_path: Path) -> None:
    drawn = show(50, 700, "the investi+", font="F3") + show(50, 688, "gation of non-members")
    assert read(tmp_path, drawn, **U2010)[0] == "the investi\u00ad"
    assert read(tmp_path, drawn + show(50, 676, "of self+help", font="F3"), **U2010)[0] == "the investi\u2010"


def beside(before: str, text: str, behind: str = "", size: float = 6, rise: float = 4) -> str:
    """A small text right behind another, and what follows it with a blank between."""
    end = 50 + stringWidth(before, "Helvetica", 10)
    then = end + stringWidth(text, "Helvetica", size)
    return (
        (show(50, 700, before) if before else "")
        + show(end, 700 + rise, text, size=size)
        + (show(then, 700, behind) if behind else "")
    )


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (beside("Resolution 2894", "1", " of the"), "Resolution 2894¹ of the"),
        (beside("months", "12,13"), "months¹²,¹³"),
        (beside("months", "4/"), "months⁴/"),
        (beside("months", "b"), "monthsᵇ"),
        (beside("months", "a, b"), "monthsᵃ, ᵇ"),
        (beside("months", "7", " of it", size=10), "months⁷ of it"),
        (beside("months", "*"), "months*"),
        (beside("10", "-6", " of it"), "10⁻⁶ of it"),
        (beside("the 1", "st", " meeting"), "the 1st meeting"),
        (beside("la 1", "a", " vez"), "la 1ª vez"),
        (beside("N", "o", " 5"), "Nº 5"),
        (beside("CO", "2", " of the air", rise=-2), "CO2 of the air"),
        (beside("", "1", "/2 of the votes"), "1/2 of the votes"),
        (beside("", "1", "A note of the page"), "¹A note of the page"),
        (beside("2.", "3", "  That training be given"), "2.³ That training be given"),
    ],
)
def test_raised_marks_are_superscripts_and_lowered_figures_are_figures(
    tmp_path: Path, drawn: str, expected: str
) -> None:
    assert read(tmp_path, drawn) == [expected]


def test_a_raised_mark_makes_its_line_no_higher(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf(beside("months", "12"), show(50, 700, "months")))
    marked, plain = (page.lines[0].box for page in extract(path).pages)
    assert (marked.top, marked.bottom) == (plain.top, plain.bottom)


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        # An accent (333 wide), a step back, a letter (556, dotless i 278).
        ("[(resoluci\u00b4) 445 (on)] TJ", "resolución"),
        ("[(a\u02dc) 555 (nos de la ni\u02dc) 555 (nez)] TJ", "años de la niñez"),
        ("[(a) 445 (\u00b4) -112 (rea)] TJ", "área"),
        ("[(garc) 420 (\u00b8) -87 (on)] TJ", "garçon"),
        ("(E) Tj 1 0 0 1 51.7 702 Tm (\u00b4) Tj 1 0 0 1 56.7 700 Tm (poca) Tj", "Época"),
        ("(mmmm) Tj 1 0 0 1 83.0 700 Tm (\u00b4) Tj 1 0 0 1 83.3 700 Tm (ia) Tj", "mmmmía"),
        ("(it\u00b4s a tilde ~ and a `quote`) Tj", "it\u00b4s a tilde ~ and a `quote`"),
    ],
)
def test_accents_drawn_apart_are_one_with_their_letters(tmp_path: Path, drawn: str, expected: str) -> None:
    assert read(tmp_path, f"BT /F1 10 Tf 1 0 0 1 50 700 Tm {drawn} ET") == [expected]


def test_dotless_letters_and_combining_marks_become_one_letter(tmp_path: Path) -> None:
    told = font_told((0x21, "\u0131"), (0x22, "\u0301"), (0x23, " \u0301"))
    drawn = 'BT /F3 10 Tf 1 0 0 1 50 700 Tm [(gu#) 305 (!a y informacio"n)] TJ ET'
    assert read(tmp_path, drawn, **told) == ["guía y información"]


def without_width(blank: int) -> bytes:
    """A font one of whose codes takes no room."""
    numbers = " ".join("0" if code == blank else "556" for code in range(32, 127))
    return HELVETICA.replace(b"Helvetica", b"Sample").replace(
        b" >>", b" /FirstChar 32 /LastChar 126 /Widths [%s] >>" % numbers.encode()
    )


def test_a_blank_without_width_separates_nothing(tmp_path: Path) -> None:
    font = {"fonts": {"F3": without_width(32)}}
    assert read(tmp_path, show(50, 700, "admini stration", font="F3"), **font) == ["administration"]
    spaced = "BT /F3 10 Tf 3 Tw 1 0 0 1 50 700 Tm (two words) Tj ET"
    assert read(tmp_path, spaced, **font) == ["two words"]


def test_a_blank_that_takes_no_room_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, show(50, 700, "admini+stration", font="F3"), **font_told((0x2B, "\u200b"))) == [
        "administration"
    ]


def placed(text: str, step: float) -> str:
    return "".join(show(50 + step * place, 700, letter) for place, letter in enumerate(text) if letter != " ")


@pytest.mark.parametrize(
    "drawn",
    [
        "BT /F1 10 Tf 1 0 0 1 50 700 Tm ["
        + "-250".join(f"({letter})" for letter in "LISTA")
        + "-600 (D)-250(E)] TJ ET",
        "BT /F1 10 Tf 1 0 0 1 50 700 Tm ["
        + "-150 () -150".join("(" + each + ")" for each in "LISTA")
        + "-700 (DE)] TJ ET",
        "BT /F1 10 Tf 2.5 Tc 1 0 0 1 50 700 Tm (LISTA DE) Tj ET",
        show(50, 700, "L I S T A  D E"),
        show(50, 700, "L  I  S  T  A   D  E"),
    ],
)
def test_letterspaced_words_are_words(tmp_path: Path, drawn: str) -> None:
    assert read(tmp_path, drawn) == ["LISTA DE"]


def test_letters_placed_one_by_one_are_words(tmp_path: Path) -> None:
    assert read(tmp_path, placed("mmmmm mmm mmmmm", 10.5)) == ["mmmmm mmm mmmmm"]


ZAPF = HELVETICA.replace(b"Helvetica /Encoding /WinAnsiEncoding", b"ZapfDingbats")
SYMBOL = HELVETICA.replace(b"Helvetica /Encoding /WinAnsiEncoding", b"Symbol")
WINGDINGS = HELVETICA.replace(b"/Helvetica", b"/ABCDEF+Wingdings-Regular")
LASY = HELVETICA.replace(b"/Helvetica", b"/ABCDEF+LASY10").replace(b"/Encoding /WinAnsiEncoding ", b"")
FEYM = HELVETICA.replace(b"/Helvetica", b"/ABCDEF+TeX-feymr10")
WEBDINGS = HELVETICA.replace(b"/Helvetica", b"/Webdings")


@pytest.mark.parametrize(
    ("font", "code", "expected"),
    [
        (ZAPF, "l", "●"),
        (ZAPF, "n", "■"),
        (ZAPF, "4", "✔"),
        (WINGDINGS, "l", "●"),
        (WINGDINGS, "\u00a7", "▪"),
        (WINGDINGS, "\u00fc", "✓"),
        (WINGDINGS, "\u00d8", "➢"),
        (SYMBOL, "\u00b7", "•"),
        (SYMBOL, "a", "α"),
        (WEBDINGS, "a", "\uf061"),
        (LASY, "((", "«"),
        (LASY, "))", "»"),
        (LASY, "(", "‹"),
        (FEYM, "e", "€"),
    ],
)
def test_fonts_of_symbols_draw_signs(tmp_path: Path, font: bytes, code: str, expected: str) -> None:
    drawn = show(50, 700, code, font="F3") + show(75, 700, "That States act")
    assert read(tmp_path, drawn, fonts={"F3": font}) == [f"{expected} That States act"]


def test_a_sign_that_a_font_of_symbols_tells_is_believed(tmp_path: Path) -> None:
    told = font_told((0x6C, "\u2022"), (0x6E, "\uf0a7"), (0x6F, "n"))
    told["fonts"] = {"F3": WINGDINGS.replace(b" >>", b" /ToUnicode 10 0 R >>")}
    assert read(tmp_path, show(50, 700, "lno", font="F3"), **told) == ["•▪■"]


def test_a_sign_that_a_font_of_symbols_has_is_not_taken_for_a_code(tmp_path: Path) -> None:
    told = font_told((0x6C, "\u00a9"), (0x6D, "\u00b7"))
    told["fonts"] = {"F3": SYMBOL.replace(b" >>", b" /ToUnicode 10 0 R >>")}
    assert read(tmp_path, show(50, 700, "lm", font="F3"), **told) == ["©•"]


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("Resolution 2814A of the", "Resolution 2814¹ of the"),
        ("COB and HBO of the", "CO2 and H2O of the"),
        ("months.AB", "months.¹²"),
        ("in 1 of 12", "in 1 of 12"),
    ],
)
def test_narrow_figures_beside_wide_ones_are_raised_or_of_compounds(tmp_path: Path, drawn: str, expected: str) -> None:
    parts = font_told((0x41, "1"), (0x42, "2"), *((code, chr(code)) for code in b"01248"))
    numbers = " ".join("300" if code in b"AB" else "500" for code in range(32, 127))
    sample = b" /FirstChar 32 /LastChar 126 /Widths [%s] /ToUnicode 10 0 R >>" % numbers.encode()
    parts["fonts"] = {"F3": HELVETICA.replace(b"Helvetica", b"Sample").replace(b" >>", sample)}
    assert read(tmp_path, show(50, 700, drawn, font="F3"), **parts) == [expected]


@pytest.mark.parametrize("sign", [" ", "-"])
def test_what_the_next_letters_are_drawn_over_is_not_seen(tmp_path: Path, sign: str) -> None:
    parts = font_told((0x2D, "\u00ad"))
    numbers = b"500 " * 95
    sample = b" /FirstChar 32 /LastChar 126 /Widths [%s] /ToUnicode 10 0 R >>" % numbers
    parts["fonts"] = {"F3": HELVETICA.replace(b"Helvetica", b"Sample").replace(b" >>", sample)}
    drawn = show(50, 700, f"admini{sign}", font="F3") + show(80, 700, "stration of it", font="F3")
    assert read(tmp_path, drawn, **parts) == ["administration of it"]


def test_a_sign_whose_code_has_no_name_is_told_by_its_font(tmp_path: Path) -> None:
    names = b"/Encoding << /Differences [40 /a40 /a41] >> /ToUnicode 10 0 R"
    told = font_told((0x41, "A"))
    told["fonts"] = {"F3": LASY.replace(b" >>", b" %s >>" % names)}
    assert read(tmp_path, show(50, 700, "(())", font="F3"), **told) == ["«»"]


def test_the_widths_of_the_file_hold_for_standard_fonts_too(tmp_path: Path) -> None:
    parts = font_told((0x8C, "fi"))
    widths = b"500 " * 256
    entries = b" /FirstChar 0 /LastChar 255 /Widths [%s] /ToUnicode 10 0 R >>" % widths
    names = b"<< /Type /Encoding /Differences [140 /fi] >>"
    parts["fonts"] = {
        "F3": HELVETICA.replace(b"/WinAnsiEncoding", names).replace(b" >>", entries, 2).replace(entries, b" >>", 1)
    }
    drawn = show(50, 700, "of\u0152ce", font="F3") + show(75, 700, "work", font="F3")
    assert read(tmp_path, drawn, **parts) == ["officework"]


def test_a_blank_over_which_the_same_string_goes_on_is_none(tmp_path: Path) -> None:
    drawn = "BT /F1 10 Tf 50 700 Td [(admini ) 278 (stration of)] TJ ET"
    assert read(tmp_path, drawn) == ["administration of"]
    # Where words are spaced wider, a step back may only make up for that.
    assert read(tmp_path, "BT /F1 10 Tf 15 Tw 50 700 Td [(under ) 1500 (review)] TJ ET") == ["under review"]


def test_a_sign_that_nobody_sees_is_no_blank_in_a_font_of_its_own_either(tmp_path: Path) -> None:
    drawn = "BT /F1 10 Tf 50 700 Td (admini) Tj /F3 10 Tf (+) Tj /F1 10 Tf (stration) Tj ET"
    parts = font_told((0x2B, "\u200b"))
    sample = b" /FirstChar 43 /LastChar 43 /Widths [0] /ToUnicode 10 0 R >>"
    parts["fonts"] = {"F3": HELVETICA.replace(b"Helvetica", b"Sample").replace(b" >>", sample)}
    assert read(tmp_path, drawn, **parts) == ["administration"]


def test_a_quotation_mark_of_two_signs_is_no_letter_drawn_twice(tmp_path: Path) -> None:
    drawn = "".join(
        show(50 + 1.4 * place, 700, "(", font="F3") + show(80 + 1.4 * place, 700, ")", font="F3") for place in range(2)
    )
    assert read(tmp_path, drawn + show(60, 700, "Act"), fonts={"F3": LASY}) == ["« Act »"]


def test_a_dingbat_s_name_tells_no_sign_of_another_font(tmp_path: Path) -> None:
    told = font_told((0x28, "\u272d"), (0x29, "\u272e"))
    told["fonts"] = {"F3": LASY.replace(b" >>", b" /ToUnicode 10 0 R >>")}
    assert read(tmp_path, show(50, 700, "(())", font="F3"), **told) == ["«»"]


def test_a_wide_sign_told_as_a_figure_makes_no_figure_small(tmp_path: Path) -> None:
    parts = font_told((0x41, "4"), *((code, chr(code)) for code in b"0123456789"))
    numbers = " ".join("1000" if code == 0x41 else "500" for code in range(32, 127))
    sample = b" /FirstChar 32 /LastChar 126 /Widths [%s] /ToUnicode 10 0 R >>" % numbers.encode()
    parts["fonts"] = {"F3": HELVETICA.replace(b"Helvetica", b"Sample").replace(b" >>", sample)}
    assert read(tmp_path, show(50, 700, "in 2016", font="F3"), **parts) == ["in 2016"]


def test_several_accents_of_a_string_are_one_with_their_letters(tmp_path: Path) -> None:
    drawn = "BT /F1 10 Tf 50 700 Td [(te\u00b4) 333 (orico-pr\u00b4) 333 (actico)] TJ ET"
    assert read(tmp_path, drawn) == ["teórico-práctico"]
