import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Box, Place, Span, Version, Window
from search_app.present.highlight import pieces, snippet


def shown(text: str, *marks: tuple[int, int], start: int = 0, end: int | None = None) -> str:
    spans = [Span(*mark) for mark in marks]
    return "".join(f"[{piece.text}]" if piece.matched else piece.text for piece in pieces(text, spans, start, end))


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("the states agree", [(4, 10)], "the [states] agree"),
        ("the states agree", [(4, 8)], "the [states] agree"),  # half a word is read as two by screen readers
        ("cyber-crime units", [(6, 11)], "cyber-[crime] units"),
        ("24/7 network", [(0, 4)], "[24/7] network"),
        ("a b", [(0, 1), (2, 3)], "[a] [b]"),
        ("mutual legal aid", [(0, 12), (7, 16)], "[mutual legal aid]"),
        ("mutual aid", [(0, 10), (0, 6)], "[mutual aid]"),
        ("reunión", [(0, 4)], "[reunión]"),
        ("", [], ""),
    ],
)
def test_marks_cover_whole_words_and_do_not_overlap(text: str, marks: list[tuple[int, int]], expected: str) -> None:
    assert shown(text, *marks) == expected


def test_a_mark_that_reaches_out_of_the_window_is_cut_at_its_edge() -> None:
    assert shown("mutual legal aid", (0, 12), start=7, end=16) == "[legal] aid"


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_the_pieces_give_the_text_back(text: str, marks: list[tuple[int, int]]) -> None:
    spans = [Span(min(mark), max(mark)) for mark in marks if max(mark) <= len(text)]
    assert "".join(piece.text for piece in pieces(text, spans)) == text


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ([(0, 20)], "one two three four f"),
        ([(4, 7)], "… two …"),
        ([(0, 3), (8, 13)], "one … three …"),
        ([(0, 7), (7, 13)], "one two three …"),
        ([], ""),
    ],
)
def test_an_ellipsis_stands_wherever_text_is_left_out(windows: list[tuple[int, int]], expected: str) -> None:
    version = Version("en", "one two three four f", (Place(1, Box(0, 0, 1, 1)),), "a.pdf", "0")
    row = snippet(version, [Window(start, end) for start, end in windows])
    assert "".join(piece.text for piece in row) == expected
