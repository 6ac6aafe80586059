"""A stretch of text cut where marks begin and end, so that every rendering can show them in its own way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.model import As, Span, Version, Window


@dataclass(frozen=True, slots=True)
class Piece:
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
    for left, right, matched in _joined(text, marks):
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
    """The windows of a hit in one row, an ellipsis wherever text is left out."""
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


def _joined(text: str, marks: Iterable[Span]) -> Iterator[tuple[int, int, As]]:
    present: tuple[int, int, As] | None = None
    for span in sorted(marks, key=lambda each: (each.start, each.end)):
        left, right = _whole_words(text, span)
        if present and left < present[1]:
            present = (present[0], max(right, present[1]), present[2])
            continue
        if present:
            yield present
        present = (left, right, span.matched)
    if present:
        yield present


def _whole_words(text: str, span: Span) -> tuple[int, int]:
    left, right = span.start, span.end
    if text[left : left + 1].isalnum():
        while left and _is_of_word(text[left - 1]):
            left -= 1
    if text[right - 1 : right].isalnum():
        while right < len(text) and _is_of_word(text[right]):
            right += 1
    return left, right


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
