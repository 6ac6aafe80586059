"""Notes at the feet of pages: what is one, and what is a list in small print."""

import pytest

from indexer.segment import segment
from tests.support.layout import Set, heading, page, paragraph


def passages(*parts: Set | list[Set] | str) -> list[tuple[str, str, str]]:
    found = segment([page(heading("RECOMMENDATIONS"), *parts)]).passages
    return [(passage.kind, passage.path, passage.text) for passage in found]


def small(*texts: str) -> list[Set]:
    return [Set(text, size=8.0, gap=10.0) for text in texts]


ITEMS = ("1. That the States act within six months.¹", "2. That they report to the Secretariat each year.²")


@pytest.mark.parametrize("label", ["{}. ", "{}) "])
def test_small_rows_numbered_as_a_list_are_notes_where_the_text_bears_their_marks(label: str) -> None:
    notes = small(label.format(1) + "The months begin in May.", label.format(2) + "By letter or", "by telephone.")
    assert passages(*ITEMS, notes) == [
        ("recommendation", "1", ITEMS[0][3:]),
        ("recommendation", "2", ITEMS[1][3:]),
        ("note", "note.1", "The months begin in May."),
        ("note", "note.2", "By letter or by telephone."),
    ]


def test_a_list_in_small_print_is_one_where_the_text_bears_no_marks() -> None:
    found = passages(
        "1. That the States act.", "2. That they report.", small("3. That they meet.", "4. That they vote.")
    )
    assert [(kind, path) for kind, path, _ in found] == [("recommendation", str(number)) for number in range(1, 5)]


def test_a_list_in_small_print_goes_on_where_the_text_bears_marks_of_other_notes() -> None:
    found = passages(*ITEMS, small("3. That they meet.", "4. That they vote."))
    assert [(kind, path) for kind, path, _ in found] == [("recommendation", str(number)) for number in range(1, 5)]


def test_lines_of_a_paragraph_that_begin_with_a_number_open_no_note() -> None:
    whole = paragraph("1. That the States act on resolution", "2894. It is from the year", "2016.")
    assert passages(whole) == [
        ("recommendation", "1", "That the States act on resolution 2894. It is from the year 2016.")
    ]
