"""Tables whose rows have numbers: bands of columns ─▶ their rows, each with cells of several lines.

In columns of prose the lines of one column say nothing of those beside them. In a table each numbered row begins all of
its cells, and cells end before the next number.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from indexer.analysis.numerals import roman_value
from indexer.extract.pdf.lines import RowSegment, TextRow

_NUMBER = re.compile(
    r"(?:[^\W\d_]{1,15}[.\s-]{0,2}(?:n[.º°o]{0,2}\s)?|§\s?)?[(\[]?(?P<figures>\d{1,3})[.)\]º°ª:/–-]{0,3}(?:\s|$)"
    r"|\(?(?P<letters>[A-Za-z]|[IVX]{2,5}|[ivx]{2,5})[.)][–-]?(?:\s|$)",
    re.IGNORECASE,
)
"""Numbers of rows: in figures, behind a word or not, by letters, or in Roman numerals."""

OPENS_ITEM = re.compile(
    r"(?:[^\W\d_]{1,15}[.\s-]{0,2}(?:n[.º°o]{0,2}\s)?|§\s?)?[(\[]?\d{1,3}\s?[.)\]º°ª:/–-]{1,3}(?:\s|$)"
    r"|(?:R[.\s-]?|§\s?)\d{1,3}(?:\s|$)|\(?(?:[A-Za-z]|[IVX]{2,5}|[ivx]{2,5})[.)][–-]?(?:\s|$)",
    re.IGNORECASE,
)
"""Numbers of items: with a sign, since quantities and days have none."""

_FEWEST = 2
"""Numbered rows of the shortest table."""

_ALIGNED = 0.8
"""Share of a column's cells that begin beside their number or are centred, at least."""

_CENTRED = 0.3
"""Sizes within which the middle of a cell is that of its row."""

_ENDED = 0.5
"""Share of the rows whose cell in a column ends before the last line of the row, or before open space, at least."""

_OPEN = 1.4
"""Sizes between lines of a cell, at most: farther lines are of two cells."""


def table_rows(rows: Sequence[TextRow], column_of: Callable[[RowSegment], int]) -> list[list[TextRow]] | None:
    """The rows of a table, each as the rows of print that it takes; None where a band is no such table.

    What stands above the first number, the heads of the columns, is a row of its own.
    """
    starts = _starts(rows, column_of)
    if len(starts) < _FEWEST:
        return None
    bounds = [*pairwise([*starts, len(rows)])]
    others = {column_of(segment) for row in rows for segment in row} - {0}
    if not others or not all(_has_cells(rows, bounds, column, column_of) for column in others):
        return None
    head = [list(rows[: starts[0]])] if starts[0] else []
    return [*head, *(list(rows[start:end]) for start, end in bounds)]


def _starts(rows: Sequence[TextRow], column_of: Callable[[RowSegment], int]) -> list[int]:
    """The rows that begin with the next number in the first column."""
    found: list[int] = []
    expected: frozenset[int] = frozenset()
    for index, row in enumerate(rows):
        numbers = _numbers(row[0].text) if column_of(row[0]) == 0 else frozenset()
        if numbers and (not found or numbers & expected):
            numbers = numbers & expected or numbers
            found.append(index)
            expected = frozenset(number + 1 for number in numbers)
    return found


def _numbers(text: str) -> frozenset[int]:
    """The numbers that the beginning of a row can be read as: ``i)`` is the ninth letter and the first numeral."""
    match = _NUMBER.match(text)
    if not match:
        return frozenset()
    if match["figures"]:
        return frozenset((int(match["figures"]),))
    letters = match["letters"].upper()
    alphabet = {ord(letters) - ord("A") + 1} if len(letters) == 1 else set()
    return frozenset(alphabet | ({value} if (value := roman_value(letters)) else set()))


def _has_cells(
    rows: Sequence[TextRow], bounds: Sequence[tuple[int, int]], column: int, column_of: Callable[[RowSegment], int]
) -> bool:
    """Tell whether a column has cells beside the numbers: they begin with them, and end before the next."""
    aligned = filled = ended = 0
    last: RowSegment | None = None
    for start, end in bounds:
        own = [
            (index, segment) for index in range(start, end) for segment in rows[index] if column_of(segment) == column
        ]
        if last is not None:
            first = own[0][1] if own else None
            ended += first is None or first.y - last.y > _OPEN * first.size
        if own:
            filled += 1
            text = [segment.y for row in rows[start:end] for segment in row if column_of(segment) == 0]
            middles = (own[0][1].y + own[-1][1].y) / 2 - (text[0] + text[-1]) / 2
            aligned += own[0][0] == start or abs(middles) <= _CENTRED * own[0][1].size
            # Two lists beside each other are two columns.
            if OPENS_ITEM.match(own[0][1].text):
                return False
            last = own[-1][1]
    return filled >= _FEWEST and aligned >= _ALIGNED * filled and ended >= _ENDED * (len(bounds) - 1)
