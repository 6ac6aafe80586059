"""Letters drawn twice: each is read once, as a reader sees it."""

from pathlib import Path

import pytest

from indexer.extract.pdf.reader import read_pages
from indexer.model import Line
from tests.support.pdf_files import pdf, show

WIDTHS = {"t": 2.78, "r": 3.33, "a": 5.56, "i": 2.22, "n": 5.56, "g": 5.56, "b": 5.56, "e": 5.56, " ": 2.78, "h": 5.56}


def width(text: str) -> float:
    return sum(WIDTHS[letter] for letter in text)


def read(folder: Path, content: str) -> list[Line]:
    path = folder / "report.pdf"
    path.write_bytes(pdf(content))
    (page,) = read_pages(path)
    return list(page.lines)


@pytest.mark.parametrize("moved", [(0.3, 0), (0, 0), (0.8, -0.8), (-0.3, 0), (0, 0.4)])
@pytest.mark.parametrize("order", ["before, twice, after", "before and all, again", "again, before and all"])
def test_a_phrase_drawn_twice_within_a_line_is_read_once(
    tmp_path: Path, moved: tuple[float, float], order: str
) -> None:
    before, phrase, after = "the ", "training", " the bar"
    x = 50 + width(before)
    again = show(x + moved[0], 700 + moved[1], phrase)
    drawn = {
        "before, twice, after": show(50, 700, before)
        + show(x, 700, phrase)
        + again
        + show(x + width(phrase), 700, after),
        "before and all, again": show(50, 700, before + phrase + after) + again,
        "again, before and all": again + show(50, 700, before + phrase + after),
    }
    assert [line.text for line in read(tmp_path, drawn[order])] == ["the training the bar"]


def test_letters_each_drawn_twice_are_bold(tmp_path: Path) -> None:
    steps = "".join(f"({each}) {(WIDTHS[each] - 0.3) * 100:g} ({each}) -3 " for each in "the training")
    (line,) = read(tmp_path, f"BT /F1 10 Tf 50 700 Td [{steps.replace('-3', '30')}] TJ ET")
    assert (line.text, line.bold) == ("the training", True)


def test_letters_that_recur_are_no_doubles(tmp_path: Path) -> None:
    assert [line.text for line in read(tmp_path, show(50, 700, "bookkeepers add 112233 in all"))] == [
        "bookkeepers add 112233 in all"
    ]
    narrow = "BT /F1 10 Tf -0.9 Tc 50 700 Td (bitter battering, illii) Tj ET"
    assert [line.text for line in read(tmp_path, narrow)] == ["bitter battering, illii"]


def test_other_letters_at_one_place_all_stay(tmp_path: Path) -> None:
    (line,) = read(tmp_path, show(50, 700, "one") + show(50, 700, "two"))
    assert sorted(line.text.replace(" ", "")) == sorted("onetwo")
