"""Lines of print from the geometry of a page."""

from pathlib import Path

import pytest

from indexer.model import Page
from indexer.pdf import read_pages
from tests.pdf_files import pdf, show


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
