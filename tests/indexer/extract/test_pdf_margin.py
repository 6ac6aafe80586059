"""Numbers of lines, initials and large numbers beside lines."""

from pathlib import Path

import pytest

from indexer.extract.pdf import extract
from indexer.model import Page
from tests.support.pdf_files import pdf, show


def read(tmp_path: Path, content: str) -> Page:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf(content))
    (page,) = extract(path).pages
    return page


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


PROSE = [
    "1. That States designate",
    "points of contact for",
    "all requests.",
    "2. That training be",
    "given to judges.",
] * 4


def column(lines: list[str], x: float = 100) -> str:
    return "".join(show(x, 750 - 14 * place, line) for place, line in enumerate(lines))


@pytest.mark.parametrize("x", [60, 400])
@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize(("first", "size"), [(1, 10), (181, 7)])
def test_numbers_of_lines_are_none_of_the_text(tmp_path: Path, x: float, step: int, first: int, size: float) -> None:
    numbers = [(place, first + place) for place in range(len(PROSE)) if (first + place) % step == 0]
    drawn = "".join(show(x, 750 - 14 * place, str(number), size=size) for place, number in numbers)
    page = read(tmp_path, drawn + column(PROSE))
    assert texts(page) == PROSE
    assert [line.text for line in page.set_aside] == [str(number) for _, number in numbers]


def test_numbers_beside_blank_lines_too_are_none_of_the_text(tmp_path: Path) -> None:
    lines = ["The Group", "", "That States meet.", "", "That they report.", "", "The end."]
    drawn = "".join(show(60, 750 - 14 * place, str(place + 1), size=7) for place in range(len(lines)))
    assert texts(read(tmp_path, drawn + column(lines))) == [line for line in lines if line]


def test_numbers_of_items_are_of_the_text(tmp_path: Path) -> None:
    items = [f"That States take measure {name}" for name in "ABCDEFGHIJ"]
    drawn = "".join(show(60, 750 - 14 * place, str(place + 1)) for place in range(len(items)))
    page = read(tmp_path, drawn + column(items))
    assert texts(page) == [f"{place + 1} {item}" for place, item in enumerate(items)]
    assert page.set_aside == ()


def test_numbers_of_rows_of_several_lines_are_of_the_text(tmp_path: Path) -> None:
    drawn = "".join(show(60, 750 - 42 * place, str(place + 1)) for place in range(6))
    page = read(tmp_path, drawn + column(["that the States", "take the measures", "of the last meeting"] * 6))
    assert page.set_aside == ()


LINES = ["he experts, gathered in", "the sample city, agreed", "on what follows."]


@pytest.mark.parametrize(
    ("initial", "first", "expected"),
    [
        (show(50, 686, "T", size=34), LINES[0], "The experts, gathered in"),
        (show(44, 686, "«T", size=30), LINES[0], "«The experts, gathered in"),
        (show(50, 686, "T", size=34), "HE EXPERTS, gathered in", "THE EXPERTS, gathered in"),
        (show(50, 686, "A", size=34), " group of experts in", "A group of experts in"),
        (show(40, 686, "12", size=24), "That experts gather in", "12 That experts gather in"),
    ],
)
def test_an_initial_begins_the_first_of_its_lines(tmp_path: Path, initial: str, first: str, expected: str) -> None:
    drawn = show(75, 700, first) + show(75, 686, LINES[1]) + show(50, 672, LINES[2])
    assert texts(read(tmp_path, initial + drawn)) == [expected, *LINES[1:]]


def test_a_large_letter_above_the_text_is_a_line_of_its_own(tmp_path: Path) -> None:
    assert texts(read(tmp_path, show(50, 780, "A", size=34) + column(PROSE, 50)))[0] == "A"
