"""Highlighter: text cut where marks begin and end, for every rendering to show."""

from collections.abc import Iterable

from indexer.model import As, Span, Version, Window, json


# The OpenAPI document publishes this docstring: its words are part of the interface for programs.
class Piece(json.Record, frozen=True):
    """A stretch of text, and as what it matched where it did."""

    text: str
    matched: As | None = None


def pieces(text: str, marks: Iterable[Span], start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """The text from ``start`` to ``end`` cut into pieces; joined, they give the text back.

    A mark is widened to whole words, because a mark inside a word makes screen readers say it as two. Marks that
    overlap become one.
    """
    stop = len(text) if end is None else end
    found: list[Piece] = []
    position = start
    for left, right, matched in _merge_marks(text, marks):
        # A mark may reach beyond the window: the snippet ends inside it.
        left, right = max(left, position), min(right, stop)
        if left < right:
            if position < left:
                found.append(Piece(text[position:left]))
            found.append(Piece(text[left:right], matched))
            position = right
    if position < stop:
        found.append(Piece(text[position:stop]))
    return tuple(found)


def snippet(version: Version, windows: Iterable[Window]) -> tuple[Piece, ...]:
    """The windows of a hit in a row, with ellipses for omitted text."""
    row: list[Piece] = []
    end = 0
    for window in windows:
        if window.start > end:
            row.append(Piece(" … " if row else "… "))
        row.extend(pieces(version.text, window.marks, window.start, window.end))
        end = window.end
    if row and end < len(version.text):
        row.append(Piece(" …"))
    return tuple(row)


def _merge_marks(text: str, marks: Iterable[Span]) -> list[tuple[int, int, As]]:
    merged: list[tuple[int, int, As]] = []
    for mark in sorted(marks, key=lambda each: (each.start, each.end)):
        left, right = _whole_words(text, mark.start, mark.end)
        if merged and left < merged[-1][1]:
            first, last, matched = merged[-1]
            merged[-1] = first, max(right, last), matched
        else:
            merged.append((left, right, mark.matched))
    return merged


def _whole_words(text: str, left: int, right: int) -> tuple[int, int]:
    if left and _is_of_word(text[left - 1]) and text[left : left + 1].isalnum():
        while left and _is_of_word(text[left - 1]):
            left -= 1
    if right < len(text) and _is_of_word(text[right]) and text[right - 1 : right].isalnum():
        while right < len(text) and _is_of_word(text[right]):
            right += 1
    return left, right


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
