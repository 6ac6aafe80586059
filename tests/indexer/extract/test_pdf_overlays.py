"""Watermarks, notes in the margin, and pages on their side."""

from pathlib import Path

import pytest

from indexer.extract.pdf.reader import read_pages
from indexer.model import Page
from indexer.segment.document import segment_document
from tests.support.pdf_files import pdf, show

ITEMS = ["1. That States act without delay.", "2. That States report on what was done."]
TEXT = "".join(show(100, 700 - 24 * row, item) for row, item in enumerate(ITEMS))
MARKS = ["overlay-text"]


def read(folder: Path, content: str, page: str = "") -> Page:
    path = folder / "report.pdf"
    path.write_bytes(pdf(content, page=page))
    (read,) = read_pages(path)
    return read


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def turned(matrix: str, text: str, size: int = 10) -> str:
    return f"BT /F1 {size} Tf {matrix} Tm ({text}) Tj ET\n"


@pytest.mark.parametrize(
    "mark",
    [
        turned("0.866 0.5 -0.5 0.866 120 600", "DRAFT", 60),
        "q 0.9 g "
        + "".join(turned(f"0.7 0.7 -0.7 0.7 {x} {y}", "copy 7") for x in (50, 250) for y in (600, 700))
        + " Q",
        "q 0.8 g " + show(110, 696, "DRAFT", 40) + " Q",
        "q 0.8 g " + "".join(show(x, 680, "copy") for x in (120, 220, 320)) + show(120, 702, "copy") + " Q",
        turned("0 1 -1 0 40 500", "Printed for the sample body in 2016"),
        turned("0 -1 1 0 560 700", "Printed for the sample body in 2016"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_marks_over_the_text_and_beside_it_are_set_aside(tmp_path: Path, mark: str, first: bool) -> None:
    page = read(tmp_path, f"{mark}\n{TEXT}" if first else f"{TEXT}\n{mark}")
    assert texts(page) == ITEMS
    assert page.set_aside
    assert [caution.code for caution in page.warnings] == MARKS
    said = page.warnings[0].message.sentence()
    assert "letters of a watermark, or sideways in its margin; they are set aside" in said


@pytest.mark.parametrize(
    "drawn",
    [
        "q 0.8 g " + "".join(show(100, y, "not yet") for y in (500, 480, 460)) + " Q",
        "q 0 g 90 450 300 80 re f 1 g " + "".join(show(100, y, "not yet") for y in (500, 480, 460)) + " Q",
        turned("0 1 -1 0 200 400", "a column"),
    ],
)
def test_pale_cells_and_labels_within_the_text_stay(tmp_path: Path, drawn: str) -> None:
    page = read(tmp_path, TEXT + drawn)
    assert len(page.lines) > len(ITEMS)
    assert (page.set_aside, page.warnings) == ((), ())


@pytest.mark.parametrize(
    ("matrix", "turn"),
    [
        ("0 1 -1 0 {down} 100", 270),
        ("0 -1 1 0 {up} 700", 90),
        ("-1 0 0 -1 500 {down}", 180),
    ],
)
def test_a_page_on_its_side_is_read_as_it_is_turned(tmp_path: Path, matrix: str, turn: int) -> None:
    lines = [f"{number}. That States act on matter {number} without delay." for number in range(1, 5)]
    content = "".join(
        turned(matrix.format(down=100 + 24 * row, up=500 - 24 * row), line) for row, line in enumerate(lines)
    )
    page = read(tmp_path, content)
    assert (texts(page), page.turn) == (lines, turn)
    assert (page.width, page.height) == ((600, 800) if turn == 180 else (800, 600))
    found = segment_document([page], None)
    whole = found.passages[0].places[0].box
    shown = {270: (whole.x0, whole.bottom), 90: (whole.x1, whole.top), 180: (whole.x1, whole.top)}[turn]
    drawn = {270: (92, 700), 90: (508, 100), 180: (500, 698)}[turn]
    assert shown == pytest.approx(drawn, abs=3)


def marked(content: str) -> str:
    return f"/Artifact <</Type /Pagination>> BDC {content} EMC\n"


def test_what_a_file_calls_no_text_is_set_aside_at_the_edges_of_a_page(tmp_path: Path) -> None:
    header, footer = marked(show(100, 770, "Draft of the day")), marked(show(100, 20, "https://sample.test 3/14"))
    page = read(tmp_path, header + TEXT + footer)
    assert (texts(page), [line.text for line in page.set_aside]) == (
        ITEMS,
        ["Draft of the day", "https://sample.test 3/14"],
    )


@pytest.mark.parametrize(
    "content",
    [
        marked(show(100, 770, "Draft")),
        marked(TEXT) + show(100, 600, "page"),
        TEXT + marked(show(100, 650, "3. That this is a third one.")) + show(100, 600, "End"),
        TEXT + marked(show(100, 640, "3. That this is a third one.")),
    ],
)
def test_text_that_a_file_wrongly_calls_none_stays(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content).set_aside == ()
