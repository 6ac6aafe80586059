"""Lines of print from the geometry of a page."""

from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from indexer.extract.pdf.reader import read_pages
from indexer.model import Box, Page
from tests.support.pdf_files import pdf, show, stream


def read(tmp_path: Path, *contents: str, page: str = "") -> list[Page]:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf(*contents, page=page))
    return list(read_pages(path))


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def test_numbers_drawn_before_all_texts_stand_with_their_text(tmp_path: Path) -> None:
    (page,) = read(
        tmp_path,
        show(50, 700, "1.") + show(50, 688, "2.") + show(90, 700, "First item") + show(90, 688, "Second item"),
    )
    assert texts(page) == ["1. First item", "2. Second item"]


def test_two_columns_of_a_header_are_read_one_after_the_other(tmp_path: Path) -> None:
    (page,) = read(
        tmp_path,
        show(50, 700, "MEETINGS OF MINISTERS OF JUSTICE OR OTHER")
        + show(400, 700, "OEA/Ser.K/XXXIV")
        + show(50, 688, "MINISTERS OR ATTORNEYS GENERAL")
        + show(400, 688, "CIBER-IX/doc.3/16 rev.1")
        + show(50, 676, "OF THE AMERICAS")
        + show(400, 676, "12 December 2016"),
    )
    assert texts(page) == [
        "MEETINGS OF MINISTERS OF JUSTICE OR OTHER",
        "MINISTERS OR ATTORNEYS GENERAL",
        "OF THE AMERICAS",
        "OEA/Ser.K/XXXIV",
        "CIBER-IX/doc.3/16 rev.1",
        "12 December 2016",
    ]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_are_those_of_the_page_as_shown(tmp_path: Path, rotation: int) -> None:
    where = {0: "1 0 0 1 50 700", 90: "0 1 -1 0 100 50", 180: "-1 0 0 -1 550 100", 270: "0 -1 1 0 500 750"}[rotation]
    (page,) = read(tmp_path, f"BT /F1 10 Tf {where} Tm (upright) Tj ET", page=f"/Rotate {rotation}")
    assert (page.width, page.height) == ((600, 800) if rotation % 180 == 0 else (800, 600))
    (line,) = page.lines
    assert (line.text, line.size) == ("upright", 10)
    assert line.box.x0 == 50
    assert line.box.bottom - line.box.top == pytest.approx(9.3, abs=0.1)
    assert line.box.top < 100 < line.box.bottom


PROSE = ["the first column goes on", "for several lines and has", "a last line of its own"]
SECOND = ["while the second column", "stands to its right", "and is read after it"]


def test_columns_of_prose_are_read_one_after_the_other_below_a_heading(tmp_path: Path) -> None:
    content = show(50, 740, "A heading across both of the columns of this page", size=16)
    for row, (left, right) in enumerate(zip(PROSE, SECOND, strict=True)):
        content += show(50, 700 - 12 * row, left) + show(185, 700 - 12 * row, right)
    content += show(50, 640, "A closing line that runs across both of the columns of this page")
    (page,) = read(tmp_path, content)
    assert texts(page)[1:-1] == [*PROSE, *SECOND]


def test_a_longer_column_is_read_to_its_end_before_the_next(tmp_path: Path) -> None:
    content = "".join(show(50, 700 - 12 * row, f"left line number {row}") for row in range(6))
    content += "".join(show(300, 700 - 12 * row, f"right line number {row}") for row in range(3))
    (page,) = read(tmp_path, content)
    assert texts(page) == [
        *(f"left line number {row}" for row in range(6)),
        *(f"right line number {row}" for row in range(3)),
    ]


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("[(Wo) 12 (rd) -20 (s)] TJ", "Words"),  # kerning
        ("[(two) -250 (words)] TJ", "two words"),
        ("(two ) Tj (words) Tj", "two words"),
        ("(two  ) Tj ( words) Tj", "two words"),
        ("8 Tw (justified text) Tj", "justified text"),
        ("3 Tc (wide) Tj", "wide"),
        ("(double    spaces) Tj", "double spaces"),
        ("(12-13 cyber-) Tj", "12-13 cyber-"),
        ("(crime) Tj 4 Ts 6 0 0 6 75 700 Tm (1) Tj", "crime1"),
        ("50 Tz (narrow) Tj (print) Tj", "narrowprint"),
        ("(bold) Tj 1 0 0 1 50.3 700 Tm (bold) Tj", "bold"),  # struck twice
    ],
)
def test_words_are_told_by_the_gaps_between_them(tmp_path: Path, drawn: str, expected: str) -> None:
    (page,) = read(tmp_path, f"BT /F1 10 Tf 1 0 0 1 50 700 Tm {drawn} ET")
    assert texts(page) == [expected]


def test_a_letter_of_unknown_meaning_is_kept_and_noticed(tmp_path: Path) -> None:
    (page,) = read(tmp_path, "BT /F1 10 Tf 1 0 0 1 50 700 Tm (A\\001B) Tj ET")
    assert texts(page) == ["A▯B"]
    (caution,) = page.warnings
    assert caution.code == "unmapped-glyphs"
    assert caution.message.sentence() == "Page 1 has 1 letter whose meaning its fonts do not tell."


def test_a_letter_decoded_into_nothing_is_noticed(tmp_path: Path) -> None:
    table = b"1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <41> <0000> <42> <FFFD> endbfchar"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 10 0 R >>"
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf(show(50, 700, "A B C", font="F9"), fonts={"F9": font}, more=[stream(table)]))
    (page,) = read_pages(path)
    assert texts(page) == ["▯ ▯ C"]
    (caution,) = page.warnings
    assert caution.code == "unmapped-glyphs"


@pytest.mark.parametrize("marker", ["1.", "12)", "(a)", "iv.", "104.12.", "II.", "-", "•", "7"])
def test_a_marker_is_one_line_with_its_text(tmp_path: Path, marker: str) -> None:
    (page,) = read(tmp_path, show(90, 700, "That the States cooperate") + show(50, 700.8, marker))
    assert texts(page) == [f"{marker} That the States cooperate"]


def test_several_markers_are_one_line_with_their_text(tmp_path: Path) -> None:
    (page,) = read(tmp_path, show(50, 700, "104.") + show(80, 700, "(a)") + show(110, 700, "That the States"))
    assert texts(page) == ["104. (a) That the States"]


def test_titles_and_page_numbers_of_a_table_of_contents_are_one_line(tmp_path: Path) -> None:
    content = ""
    for row, (title, numbers) in enumerate([("I. Summary", "5-56"), ("II. Conclusions", "57-61"), ("Annex", "62")]):
        content += show(50, 700 - 14 * row, f"{title} {'.' * 40}")
        content += show(300, 700 - 14 * row, numbers) + show(360, 700 - 14 * row, str(3 + row))
    (page,) = read(tmp_path, content)
    assert texts(page) == [
        f"I. Summary {'.' * 40} 5-56 3",
        f"II. Conclusions {'.' * 40} 57-61 4",
        f"Annex {'.' * 40} 62 5",
    ]


def test_what_stands_far_apart_on_a_row_is_not_glued(tmp_path: Path) -> None:
    (page,) = read(tmp_path, show(50, 780, "A/HRC/14/11") + show(500, 780, "Page 17") + show(50, 700, "Text"))
    assert texts(page) == ["A/HRC/14/11", "Page 17", "Text"]


@pytest.mark.parametrize(
    ("matrix", "box"),
    [
        ("0 10 -10 0 100 300", Box(92.8, 480.0, 102.1, 500.0)),  # upwards
        ("0 -10 10 0 100 300", Box(97.9, 500.0, 107.2, 520.0)),  # downwards
        ("-10 0 0 -10 100 300", Box(80.0, 497.9, 100.0, 507.2)),  # upside down
    ],
)
def test_turned_text_has_the_box_that_it_takes_on_the_page(tmp_path: Path, matrix: str, box: Box) -> None:
    (page,) = read(tmp_path, f"BT /F1 1 Tf {matrix} Tm (iiiiiiiii) Tj ET")
    (line,) = page.lines
    assert (line.text, line.box, line.size) == ("iiiiiiiii", box, 10.0)


def test_lines_of_turned_text_come_after_upright_ones_and_in_their_own_order(tmp_path: Path) -> None:
    content = "".join(f"BT /F1 10 Tf 0 1 -1 0 {20 + 12 * row} 300 Tm (turned {row}) Tj ET " for row in range(3))
    (page,) = read(tmp_path, content + show(100, 700, "upright"))
    assert texts(page) == ["upright", "turned 0", "turned 1", "turned 2"]


def test_boxes_are_relative_to_the_crop_box_and_what_lies_outside_is_not_printed(tmp_path: Path) -> None:
    content = show(100, 700, "inside") + show(20, 700, "left") + show(100, 780, "above")
    (page,) = read(tmp_path, content, page="/CropBox [80 100 580 750]")
    assert (page.width, page.height, texts(page)) == (500, 650, ["inside"])
    assert page.lines[0].box.x0 == 20
    assert page.lines[0].box.top < 50 < page.lines[0].box.bottom


def test_a_form_is_placed_by_its_matrix_and_leaves_the_state_as_it_was(tmp_path: Path) -> None:
    form = stream(
        b"2 0 0 2 0 0 cm BT /F2 10 Tf 10 10 Td (form) Tj ET",
        b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Matrix [1 0 0 1 100 500]",
    )
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf("/X10 Do " + show(50, 300, "page"), more=[form]))
    (page,) = read_pages(path)
    assert [(line.text, line.box.x0, line.size, line.bold) for line in page.lines] == [
        ("form", 120, 20, True),
        ("page", 50, 10, False),
    ]


def test_the_state_saved_by_q_comes_back(tmp_path: Path) -> None:
    (page,) = read(tmp_path, "BT /F1 10 Tf q 3 0 0 3 9 9 cm /F2 20 Tf Q 1 0 0 1 50 700 Tm (same) Tj ET")
    assert [(line.text, line.box.x0, line.size, line.bold) for line in page.lines] == [("same", 50, 10, False)]


def test_bold_lines_are_known_by_most_of_their_letters(tmp_path: Path) -> None:
    content = show(50, 700, "HEADING", font="F2") + show(110, 700, "x") + show(50, 680, "a", font="F2")
    (page,) = read(tmp_path, content + show(57, 680, "line of plain print"))
    assert [line.bold for line in page.lines] == [True, False]


def test_small_raised_print_belongs_to_the_line_that_it_touches(tmp_path: Path) -> None:
    content = show(50, 700, "RECOMMENDATIONS") + show(154, 704, "*", size=6) + show(50, 688, "Second line")
    (page,) = read(tmp_path, content)
    assert texts(page) == ["RECOMMENDATIONS*", "Second line"]


def test_a_document_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    path = tmp_path / "owned.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("", ownerPassword="secret", canCopy=0))
    canvas.drawString(50, 700, "Open to all")
    canvas.save()
    (page,) = read_pages(path)
    assert texts(page) == ["Open to all"]


def test_letters_turned_over_twice_stand_upright(tmp_path: Path) -> None:
    # Producers whose pages go downwards show letters of a negative size on a line that goes backwards.
    path = tmp_path / "turned.pdf"
    rows = ["The experts met in the sample city and agreed", "on what the States should do in the years", "to come."]
    drawn = "".join(f"BT /F1 -10 Tf -1 0 0 1 50 {100 + 12 * n} Tm ({row}) Tj ET " for n, row in enumerate(rows))
    path.write_bytes(pdf(f"q 1 0 0 -1 0 800 cm {drawn} Q"))
    (page,) = read_pages(path)
    assert [line.text for line in page.lines] == rows
    assert page.turn == 0
    assert page.lines[0].box.x0 == pytest.approx(50, abs=0.2)
