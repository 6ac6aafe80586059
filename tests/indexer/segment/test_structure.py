"""Tags of a file as evidence: the structure of rows, and when it is believed."""

from pathlib import Path

from indexer.extract.pdf import extract
from indexer.model import Kind, Message, Page
from indexer.segment import segment
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
    assert [(each.begins, each.ends, each.note > 0) for each in found] == [
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
    assert [each.contents > 0 for each in found] == [True, False, False]
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


def test_lines_without_tags_at_the_edges_of_a_tagged_page_are_set_aside(tmp_path: Path) -> None:
    said = "That all States do what this says, and no less/than that, as each of them has said for itself./" * 4
    text = [tagged("P", *lines(f"{said}So it is {word}.", 50, 700, page=n)) for n, word in ((1, "here"), (2, "there"))]
    edges = tuple(Shown(said, 50, y, page=2) for said, y in (("A header", 770), ("within", 400), ("A footer", 30)))
    pages = repaired(tmp_path, *text, untagged=edges)
    assert [line.text for line in pages[1].set_aside] == ["A header", "A footer"]
    assert pages[1].lines[-1].text == "within"


def test_a_line_without_tags_at_the_edge_stays_where_much_of_its_page_has_none(tmp_path: Path) -> None:
    said = "That all States do what this says, and no less/than that, as each of them has said for itself./" * 4
    text = [tagged("P", *lines(f"{said}So it is.", 50, 700, page=1)), tagged("P", Shown("Little.", 50, 500, page=2))]
    pages = repaired(tmp_path, *text, untagged=(Shown("A title of it", 50, 770, page=2),))
    assert [line.text for line in pages[1].lines] == ["A title of it", "Little."]


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


HEADING = tagged("H1", Shown("RECOMMENDATIONS", 50, 740, size=14))
CLOSING = "The Group thanks the host for its welcome/and for all that it has done."


def passages(folder: Path, *elements: Tagged) -> list[tuple[str, str]]:
    found = segment(repaired(folder, HEADING, *elements)).passages
    return [(passage.path, passage.text) for passage in found]


def one_line(text: str) -> str:
    return text.replace("/", " ")


def test_a_plain_paragraph_after_a_list_is_none_of_its_last_item(tmp_path: Path) -> None:
    items = item("1.", "Train judges.", 700), item("2.", "Share what you know.", 686)
    found = passages(tmp_path, tagged("L", *items), tagged("P", *lines(CLOSING, 50, 672)))
    assert found == [
        ("1", "Train judges."),
        ("2", "Share what you know."),
        ("paragraph.1", one_line(CLOSING)),
    ]


def test_an_indented_paragraph_below_an_item_is_of_it(tmp_path: Path) -> None:
    first = tagged("L", item("1.", "Train judges.", 700))
    more = tagged("P", Shown("They know too little of it.", 70, 680))
    second = tagged("L", item("2.", "Share what you know.", 660))
    found = passages(tmp_path, first, more, second)
    assert found == [("1", "Train judges. They know too little of it."), ("2", "Share what you know.")]


def test_points_below_an_item_are_of_it(tmp_path: Path) -> None:
    points = tagged("L", item("(a)", "With others.", 680), item("(b)", "In time.", 660))
    found = passages(tmp_path, tagged("L", item("1.", "Share what you know:", 700)), points)
    assert found == [("1", "Share what you know: (a) With others. (b) In time.")]


def test_what_a_program_puts_into_the_last_item_by_mistake_is_none_of_it(tmp_path: Path) -> None:
    label, text = tagged("Lbl", Shown("2.", 70, 686)), Shown("Share what you know.", 90, 686)
    first = tagged("LI", tagged("Lbl", Shown("1.", 70, 700)), tagged("LBody", Shown("Train judges.", 90, 700)))
    last = tagged("LI", label, tagged("LBody", text, tagged("P", *lines(CLOSING, 50, 672))))
    found = passages(tmp_path, tagged("L", first, last))
    assert found[1:] == [("2", "Share what you know."), ("paragraph.1", one_line(CLOSING))]


def boxed(number: int, text: str, y: float) -> Tagged:
    return tagged("Table", tagged("TR", tagged("TD", tagged("P", *lines(f"{number}. {text}", 60, y)))))


def test_a_reply_below_the_box_of_an_item_stands_apart(tmp_path: Path) -> None:
    found = passages(
        tmp_path,
        boxed(1, "That States train/their judges.", 700),
        tagged("P", Shown("The Government agrees with this.", 60, 676)),
        boxed(2, "That they share what they know.", 650),
        tagged("P", Shown("It does so already.", 60, 638)),
    )
    assert found == [
        ("1", "That States train their judges."),
        ("reply.1", "The Government agrees with this."),
        ("2", "That they share what they know."),
        ("paragraph.1", "It does so already."),
    ]


def test_an_item_in_a_box_goes_on_in_the_box_of_the_next_page(tmp_path: Path) -> None:
    more = tagged("Table", tagged("TR", tagged("TD", tagged("P", Shown("their judges.", 60, 740, page=2)))))
    found = passages(tmp_path, boxed(1, "That States train", 60), more)
    assert found == [("1", "That States train their judges.")]


def numbered(number: int, y: float) -> Tagged:
    return tagged("P", *lines(f"{number}. That States train/judge number {number}.", 50, y))


def test_a_closing_paragraph_is_no_item_where_all_items_are_one_paragraph(tmp_path: Path) -> None:
    items = [numbered(number, 740 - 40 * number) for number in range(1, 5)]
    found = passages(tmp_path, *items, tagged("P", *lines(CLOSING, 50, 540)))
    assert found[-2:] == [("4", "That States train judge number 4."), ("paragraph.1", one_line(CLOSING))]


def test_items_of_several_paragraphs_stay_whole(tmp_path: Path) -> None:
    elements: list[Tagged] = []
    for number in range(1, 5):
        more = Shown("They know too little of it.", 50, 712 - 60 * number)
        elements += [numbered(number, 740 - 60 * number), tagged("P", more)]
    found = passages(tmp_path, *elements)
    assert [text for _, text in found] == [
        f"That States train judge number {number}. They know too little of it." for number in range(1, 5)
    ]


def test_a_paragraph_begins_where_its_element_does(tmp_path: Path) -> None:
    close = [tagged("P", Shown(text, 50, 700 - 12 * n)) for n, text in enumerate(["One says so.", "Another does not."])]
    page = tagged("P", Shown("All of them agree", 50, 600), Shown("That is said here.", 50, 740, page=2))
    found = passages(tmp_path, *close, page)
    assert [text for _, text in found] == ["One says so.", "Another does not.", "All of them agree That is said here."]


TEXT = "The courts of all States that took part say so in their reports/of the year, and no more than that."


def test_notes_are_told_by_their_elements(tmp_path: Path) -> None:
    notes = [
        tagged("Note", tagged("P", *lines(text, 50, y)))
        for text, y in (("7 ‘Report of 2019’, page 3", 80), ("8 ibid., page 4", 62))
    ]
    found = segment(repaired(tmp_path, tagged("P", *lines(TEXT, 50, 700)), *notes)).passages
    assert [(passage.kind, passage.text) for passage in found] == [
        (Kind.PARAGRAPH, one_line(TEXT)),
        (Kind.NOTE, "‘Report of 2019’, page 3"),
        (Kind.NOTE, "ibid., page 4"),
    ]


def test_a_heading_set_as_the_text_is_told_by_its_element(tmp_path: Path) -> None:
    found = segment(
        repaired(
            tmp_path,
            tagged("P", *lines(TEXT, 50, 700)),
            tagged("H2", Shown("What the courts can do", 50, 676)),
            tagged("P", *lines(TEXT, 50, 664)),
        )
    ).passages
    assert [(passage.heading, passage.text) for passage in found] == [
        ("", one_line(TEXT)),
        ("What the courts can do", one_line(TEXT)),
    ]


def test_a_heading_in_the_margin_of_a_paragraph_does_not_divide_it(tmp_path: Path) -> None:
    first, second = lines(TEXT, 200, 700)
    heading = tagged("H2", Shown("What they say", 50, 694))
    found = segment(repaired(tmp_path, tagged("P", first, second), heading)).passages
    assert len(found) == 1


def test_no_heading_is_believed_where_many_are_sentences_or_points(tmp_path: Path) -> None:
    points = [tagged("H2", Shown(f"({letter}) Each court", 60, 740 - 40 * n)) for n, letter in enumerate("abc", 1)]
    title = tagged("H2", Shown("What they can do", 50, 590))
    text = tagged("P", Shown("1. Train judges:", 50, 716))
    found = passages(tmp_path, text, *points, title, tagged("P", Shown("2. Train courts.", 50, 570)))
    assert "What they can do" not in [
        passage.heading for passage in segment(repaired(tmp_path, *points, title)).passages
    ]
    assert found[0][1].startswith("Train judges: (a) Each court (b) Each court")


def test_a_sentence_tagged_as_a_heading_is_text(tmp_path: Path) -> None:
    found = passages(tmp_path, tagged("P", Shown("1. Train judges.", 50, 700)), tagged("H2", Shown("Soon.", 50, 688)))
    assert found[0] == ("1", "Train judges. Soon.")


def test_contents_open_nothing(tmp_path: Path) -> None:
    entries = [
        tagged("TOCI", Shown(f"{text} {n}", 50, 700 - 12 * n))
        for n, text in enumerate(("RECOMMENDATIONS", "1. Judges", "2. Courts"), 1)
    ]
    found = segment(
        repaired(tmp_path, tagged("TOC", *entries), tagged("P", Shown("That is all it says.", 50, 500)))
    ).passages
    assert [(passage.kind, passage.text) for passage in found] == [(Kind.PARAGRAPH, "That is all it says.")]


def test_a_number_within_a_block_begins_no_item(tmp_path: Path) -> None:
    found = segment(
        repaired(
            tmp_path,
            tagged("H2", Shown("RECOMMENDATIONS", 50, 700)),
            tagged("P", *lines("1. That States train judges by rule/2. It is theirs./2. They know it.", 50, 680)),
            tagged("P", *lines("2. That they meet/each year.", 50, 600)),
            tagged("P", *lines("3. That they report.", 50, 560)),
        )
    )
    assert [(each.path, each.text) for each in found.passages] == [
        ("1", "That States train judges by rule 2. It is theirs. 2. They know it."),
        ("2", "That they meet each year."),
        ("3", "That they report."),
    ]


def test_a_label_numbers_an_item_without_a_sign(tmp_path: Path) -> None:
    found = segment(
        repaired(
            tmp_path,
            tagged("H2", Shown("RECOMMENDATIONS", 50, 700)),
            tagged("L", *(item(str(number), f"that States act {number}", 700 - 14 * number) for number in (1, 2, 3))),
        )
    )
    assert [(each.path, each.text) for each in found.passages] == [
        (str(number), f"that States act {number}") for number in (1, 2, 3)
    ]
