"""Tags of a file as evidence: the structure of rows, and when it is believed."""

from pathlib import Path

from indexer.extract.pdf import extract
from indexer.model import Message, Page
from indexer.segment.repair import repair
from indexer.segment.rows import Row, rows_of
from indexer.segment.structure import RowStructure
from tests.support.tagged_pdfs import Shown, Tagged, lines, tagged, tagged_pdf


def repaired(folder: Path, *elements: Tagged, untagged: tuple[Shown, ...] = ()) -> tuple[Page, ...]:
    path = folder / "tagged.pdf"
    path.write_bytes(tagged_pdf(*elements, untagged=untagged))
    return repair(extract(path).pages)


def rows(folder: Path, *elements: Tagged) -> tuple[Row, ...]:
    return rows_of(repaired(folder, *elements))


def structures(folder: Path, *elements: Tagged) -> list[RowStructure]:
    return [row.structure for row in rows(folder, *elements) if row.structure]


def why_not(pages: tuple[Page, ...]) -> list[str]:
    """The codes of the reasons why tags are not believed."""
    cautions = [caution.message for page in pages for caution in page.warnings]
    assert all(caution.code == "tags-not-believed" for caution in cautions)
    return [part.code for caution in cautions for part in caution.parts if isinstance(part, Message)]


def item(number: str, text: str, y: float, page: int = 1) -> Tagged:
    body = tagged("LBody", *lines(text, 70, y, page))
    return tagged("LI", tagged("Lbl", Shown(number, 50, y, page)), body)


def test_a_row_tells_where_its_block_begins_and_ends(tmp_path: Path) -> None:
    found = structures(
        tmp_path,
        tagged("H2", Shown("Recommendations", 50, 700)),
        tagged("P", *lines("The Group recommends/to all/States:", 50, 680)),
    )
    assert [(each.begins, each.ends) for each in found] == [(True, True), (True, False), (False, False), (False, True)]
    assert [each.rank for each in found] == [2, 0, 0, 0]


def test_a_block_goes_on_over_a_page_and_a_note(tmp_path: Path) -> None:
    found = structures(
        tmp_path,
        tagged("P", Shown("That States train", 50, 700), Shown("their judges.", 50, 700, page=2)),
        tagged("Note", tagged("P", Shown("As in 2019.", 50, 60))),
    )
    assert [(each.begins, each.ends, each.in_note) for each in found] == [
        (True, False, False),
        (True, True, True),
        (False, True, False),
    ]


def test_an_item_tells_its_label(tmp_path: Path) -> None:
    first, second, third = rows(
        tmp_path, tagged("L", item("1.", "Train judges/each year.", 700), item("(b)", "Share what you know.", 660))
    )
    assert [row.structure and row.text[: row.structure.label] for row in (first, second, third)] == ["1. ", "", "(b) "]
    assert first.structure
    assert second.structure
    assert third.structure
    assert first.structure.item == second.structure.item != third.structure.item
    assert second.structure.is_within(first.structure.item)
    assert not third.structure.is_within(first.structure.item)


def test_cells_and_contents_are_told(tmp_path: Path) -> None:
    found = structures(
        tmp_path,
        tagged("TOC", tagged("TOCI", Shown("1. Recommendations", 50, 700))),
        tagged("Table", tagged("TR", tagged("TD", tagged("P", Shown("Train judges.", 50, 600))))),
        tagged("P", Shown("That is all that it says.", 50, 500)),
    )
    assert [each.in_contents for each in found] == [True, False, False]
    assert [each.cell > 0 for each in found] == [False, True, False]


def test_rows_of_an_untagged_file_have_no_structure(tmp_path: Path) -> None:
    pages = repaired(tmp_path, tagged("Sect", Shown("Train judges.", 50, 700)))
    assert [row.structure for row in rows_of(pages)] == [None]
    assert why_not(pages) == []


def test_tags_of_a_part_of_the_text_are_not_believed(tmp_path: Path) -> None:
    some = tagged("P", *lines("The Group recommends/to all States:", 50, 700))
    pages = repaired(tmp_path, some, untagged=(Shown("That they train all of their judges.", 50, 600),))
    assert why_not(pages) == ["tags-incomplete"]
    assert [row.structure for row in rows_of(pages)] == [None] * 3


def test_tags_in_another_order_are_not_believed(tmp_path: Path) -> None:
    paragraphs = [tagged("P", Shown(f"That States do what {n} says.", 50, 300 + 20 * n)) for n in range(9)]
    pages = repaired(tmp_path, *paragraphs)
    assert why_not(pages) == ["tags-out-of-order"]
    assert not any(row.structure for row in rows_of(pages))


def test_tags_that_make_a_paragraph_of_each_line_are_not_believed(tmp_path: Path) -> None:
    text = "The Group recommends/that all States train/their judges and/prosecutors each year."
    pages = repaired(tmp_path, *(tagged("P", line) for line in lines(text, 50, 700)))
    assert why_not(pages) == ["tags-of-lines"]
    assert not any(row.structure for row in rows_of(pages))
