"""Windows of a text that are worth showing."""

import itertools
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Span, Window
from indexer.search.snippet import LENGTH, snippet


def shown(text: str, windows: tuple[Window, ...]) -> list[str]:
    return [text[window.start : window.end] for window in windows]


def marked(text: str, *words: str) -> tuple[list[Span], list[int]]:
    """Each place of each word as a mark, by start."""
    found = sorted(
        (place, place + len(word), number)
        for number, word in enumerate(words)
        for place in range(len(text))
        if text.startswith(word, place)
    )
    return [Span(start, end) for start, end, _ in found], [number for _, _, number in found]


def test_a_text_without_spaces_is_cut_all_the_same() -> None:
    for text in ("犯罪" * 400, "ก็" * 400, "x" * 1000):
        (window,) = snippet(text, [], [])
        assert LENGTH / 2 < window.end - window.start <= LENGTH
        assert not unicodedata.combining(text[window.end])


def test_a_mark_in_a_text_without_spaces_is_shown_with_what_surrounds_it() -> None:
    text = "字" * 500 + "犯罪" + "字" * 500
    (window,) = snippet(text, *marked(text, "犯罪"))
    assert window.marks == (Span(500, 502),)
    assert window.start < 450
    assert window.end > 550


def test_a_sentence_does_not_end_with_an_abbreviation() -> None:
    text = (
        "Filler words stand here. " * 8
        + "See resolution AG/RES. 2894 and document doc. 3 on evidence "
        + "and more " * 60
    )
    (window,) = snippet(text, *marked(text, "evidence"))
    assert not text[: window.start].rstrip().endswith(("RES.", "doc."))
    assert not text[: window.end].rstrip().endswith(("RES.", "doc."))


def test_no_window_shows_half_a_phrase_that_is_marked_elsewhere() -> None:
    text = "law points of contact " + "other " * 44 + "points of contact end " + "other " * 60 + "unit"
    windows = snippet(text, *marked(text, "law", "points of contact", "unit"))
    for window in windows:
        for start in (place for place in range(len(text)) if text.startswith("points of contact", place)):
            end = start + len("points of contact")
            assert end <= window.start or start >= window.end or (window.start <= start and end <= window.end)


words = st.sampled_from(
    ["law", "points of contact", "unit", "other words", "犯罪", "e\u0301", "AG/RES. 2", "end.", "\n"]
)


@given(
    st.lists(words, max_size=150).map(" ".join), st.sampled_from([("law",), ("law", "unit"), ("points of contact",)])
)
def test_windows_follow_each_other_hold_whole_marks_and_are_not_too_long(text: str, asked: tuple[str, ...]) -> None:
    marks, numbers = marked(text, *asked)
    windows = snippet(text, marks, numbers)
    assert all(before.end < after.start for before, after in itertools.pairwise(windows))
    for window in windows:
        assert 0 <= window.start <= window.end <= len(text)
        for mark in marks:
            inside = window.start <= mark.start and mark.end <= window.end
            assert inside or mark.end <= window.start or mark.start >= window.end
            assert (mark in window.marks) == inside
    if marks:
        assert any(window.marks for window in windows)
    assert sum(window.end - window.start for window in windows) <= max(2 * LENGTH, max(map(len, asked)))
