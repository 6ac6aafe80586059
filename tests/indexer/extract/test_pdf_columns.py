"""Reading order: columns, boxes at the side, justified lines."""

import random
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from indexer.extract.pdf.reader import read_pages
from tests.support.pdf_files import pdf, show

TEXT = (
    "The working group heard many speakers who said that States should designate points of contact for requests "
    "and that training be given every year to prosecutors and judges together with the police of each of them"
)
WORDS = TEXT.split()


def words(number: int, seed: int) -> list[str]:
    chosen = random.Random(seed)
    return [chosen.choice(WORDS) for _ in range(number)]


def justified(text: list[str], x: float, y: float, width: float, size: float = 10, lead: float = 12) -> str:
    """A paragraph, each word at its place; its last line is not justified."""
    rows: list[list[str]] = [[]]
    for word in text:
        if rows[-1] and stringWidth(" ".join([*rows[-1], word]), "Helvetica", size) > width:
            rows.append([])
        rows[-1].append(word)
    drawn = ""
    for number, row in enumerate(rows):
        widths = [stringWidth(word, "Helvetica", size) for word in row]
        last = number == len(rows) - 1 or len(row) == 1
        space = 0.278 * size if last else (width - sum(widths)) / (len(row) - 1)
        place = x
        for word, wide in zip(row, widths, strict=True):
            drawn += show(round(place, 2), round(y - lead * number, 2), word, size)
            place += wide + space
    return drawn


def read(tmp_path: Path, content: str) -> list[str]:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf(content))
    (page,) = read_pages(path)
    return " ".join(line.text for line in page.lines).split()


@pytest.mark.parametrize("width", [90, 120, 180, 250])
def test_wide_spaces_of_justified_lines_make_no_columns(tmp_path: Path, width: float) -> None:
    for seed in range(20):
        text = words(30, seed)
        assert read(tmp_path, justified(text, 72, 700, width)) == text


@pytest.mark.parametrize(("lower", "size", "lead"), [(0, 10, 12), (2, 10, 12), (4, 10, 12), (8, 10, 12), (3, 9, 10.5)])
def test_columns_are_read_one_after_the_other_whether_level_or_not(
    tmp_path: Path, lower: float, size: float, lead: float
) -> None:
    for seed in range(5):
        left, right = words(80, seed), words(80, seed + 100)
        drawn = justified(left, 72, 700, 200) + justified(right, 290, 700 - lower, 190, size, lead)
        assert read(tmp_path, drawn) == left + right


def listed(x: float, y: float, items: list[str]) -> str:
    """Items of two lines, with a space between them."""
    return "".join(cells(x, y - 32 * place, item.split("/")) for place, item in enumerate(items))


@pytest.mark.parametrize("markers", ["1. 2. 3. 4. 5.", "a) b) c) d) e)", "R1. R2. R3. R4. R5.", "• • • • •"])
def test_a_column_goes_on_below_the_one_beside_it(tmp_path: Path, markers: str) -> None:
    listing = [f"{marker} That States designate points/of contact for requests." for marker in markers.split()]
    found = read(tmp_path, listed(72, 700, listing[:3]) + listed(320, 700, listing[3:]))
    assert found == " ".join(listing).replace("/", " ").split()


def test_a_title_below_two_columns_comes_after_both(tmp_path: Path) -> None:
    left, right = words(60, 1), words(50, 2)
    title = show(72, 700 - 12 * 40, "Annex", 12)
    drawn = justified(left, 72, 700, 200) + justified(right, 290, 700, 190)
    lowest = 700 - 12 * 14
    assert read(tmp_path, drawn + show(72, lowest - 25, "Annex", 12))[-1] == "Annex"
    assert read(tmp_path, drawn + title)[-1] == "Annex"


def test_a_box_at_the_side_is_read_apart(tmp_path: Path) -> None:
    for seed in range(5):
        above, beside, box, below = (words(number, seed + 10 * number) for number in (40, 40, 15, 40))
        drawn = (
            justified(above, 72, 700, 400)
            + justified(beside, 72, 600, 270)
            + justified(box, 360, 595, 110, 8, 10)
            + justified(below, 72, 460, 400)
        )
        assert read(tmp_path, drawn) == above + beside + box + below


def test_rows_of_a_table_that_are_not_level_stay_in_their_rows(tmp_path: Path) -> None:
    drawn = ""
    for row, name in enumerate(("First", "Second", "Third", "Fourth")):
        drawn += show(72, 700 - 30 * row, f"{name} country") + show(200, 696 - 30 * row, "adopted", 8)
        drawn += show(300, 700 - 30 * row, str(2010 + row))
    assert read(tmp_path, drawn)[:4] == ["First", "country", "adopted", "2010"]


def cells(x: float, y: float, lines: list[str]) -> str:
    return "".join(show(x, y - 12 * number, line) for number, line in enumerate(lines))


TABLE = [
    (["That States designate points of", "contact for requests."], ["Ministry of", "Justice"], ["31 May 2027"]),
    (["That training be given every", "year to all."], ["School"], ["30 June", "2027"]),
    (["That a list be kept of laws on", "evidence."], ["Secretariat"], ["2028"]),
]


NUMBERS = {
    "points": ("1.", "2.", "3."),
    "no sign": ("1", "2", "3"),
    "letters": ("a)", "b)", "c)"),
    "capitals": ("H.", "I.", "J."),
    "numerals": ("i.", "ii.", "iii."),
    "labels": ("R1", "R2", "R3"),
    "articles": ("Art. 1º", "Art. 2º", "Art. 3º"),
}


@pytest.mark.parametrize("numbers", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("space", [0, 6])
@pytest.mark.parametrize("columns", [2, 3])
def test_a_table_with_numbered_rows_is_read_row_by_row(
    tmp_path: Path, numbers: tuple[str, ...], space: float, columns: int
) -> None:
    heads = ("Recommendation", "Responsible", "Deadline")[:columns]
    drawn = "".join(show(x, 714, head) for x, head in zip((100, 330, 440), heads, strict=False))
    y, expected = 700.0, ""
    for number, row in zip(numbers, TABLE, strict=True):
        drawn += show(60, y, number)
        expected += f" {number}"
        for x, cell in zip((100, 330, 440), row[:columns], strict=False):
            drawn += cells(x, y, cell)
            expected += " " + " ".join(cell)
        y -= 12 * max(map(len, row[:columns])) + space
    assert " ".join(read(tmp_path, drawn)).endswith(expected.strip())


@pytest.mark.parametrize("number", ["{}.", "{}"])
@pytest.mark.parametrize("columns", [1, 2, 3])
def test_centred_cells_are_of_their_row(tmp_path: Path, number: str, columns: int) -> None:
    y, drawn, expected = 700.0, "", ""
    for place, row in enumerate(
        (*TABLE, (["That it be read by all the", "judges of", "all States."], ["All"], ["2029"])), 1
    ):
        lines = len(row[0])
        drawn += show(60, y - 6 * (lines - 1), number.format(place)) + cells(100, y, row[0])
        for x, cell in zip((330, 440), row[1:columns], strict=False):
            drawn += cells(x, y - 6 * (lines - len(cell)), cell)
        expected += " ".join(["", number.format(place), *(" ".join(cell) for cell in row[:columns])])
        y -= 12 * lines + 8
    assert " ".join(read(tmp_path, drawn)) == expected.strip()


def test_numbers_stay_beside_their_text_whatever_stands_above_and_below(tmp_path: Path) -> None:
    # A blank behind each number reaches to its text; two lines of the margins begin at about one edge.
    drawn = show(140, 770, "Working Group") + show(141, 30, "Page 1")
    for y, number in ((700, "1.  "), (650, "2.  ")):
        drawn += show(60, y, number) + cells(73, y, ["That the States act", "together."])
    items = "1. That the States act together. 2. That the States act together."
    assert read(tmp_path, drawn) == f"Working Group {items} Page 1".split()


def test_two_lists_beside_each_other_are_columns(tmp_path: Path) -> None:
    english = ["1. That States designate", "points of contact.", "2. That training be given", "every year."]
    spanish = ["1. Que los Estados designen", "puntos de contacto.", "2. Que se capacite cada", "año a los jueces."]
    assert read(tmp_path, cells(60, 700, english) + cells(320, 700, spanish)) == " ".join(english + spanish).split()


LAW = ["the State keeps a list of", "laws and tells the others", "what came of each one of", "them in every region."]


@pytest.mark.parametrize("markers", ["123", "   "])
def test_three_columns_of_prose_are_no_table(tmp_path: Path, markers: str) -> None:
    columns = [[f"{marker}. That {LAW[0]}" if marker.strip() else f"That {LAW[0]}", *LAW[1:]] for marker in markers]
    drawn = "".join(cells(50 + 180 * place, 700, column) for place, column in enumerate(columns))
    assert read(tmp_path, drawn) == " ".join(line for column in columns for line in column).split()


def test_three_lists_beside_each_other_are_columns(tmp_path: Path) -> None:
    columns = [[f"{3 * column + row}. Adopt law {row}" for row in (1, 2, 3)] for column in (0, 1, 2)]
    drawn = "".join(cells(50 + 180 * place, 700, column) for place, column in enumerate(columns))
    assert read(tmp_path, drawn) == " ".join(line for column in columns for line in column).split()


def test_a_table_of_one_line_a_row_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [["Alpha", "Yes", "1999"], ["Beta", "No", "2004"], ["Gamma", "Yes", "2011"]]
    drawn = "".join(cells(50 + 180 * place, 700, [row[place] for row in rows]) for place in range(3))
    assert read(tmp_path, drawn) == [word for row in rows for word in row]
