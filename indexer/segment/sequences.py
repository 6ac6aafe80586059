"""Sequences: lists of numbers that are open, and where in a document the numbers after them are read."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.segment.markers import Marker, Style
from indexer.segment.rows import Row

EDGE = 0.9
"""Letters' heights within which left edges are the same: numbers of one and two digits may be set flush right."""

_EDGES = 3
"""Left edges of a list that are kept: those of its last items that stand otherwise than those before."""

WINDOW = 400
"""Rows after a number in which its successors are looked for: some pages."""


@dataclass(frozen=True, slots=True)
class Column:
    """A run of rows down a page or column: its number within the document, and its edges in points."""

    number: int
    left: float
    right: float


def columns_of(rows: Sequence[Row]) -> list[Column]:
    """Find for each row the column in which it stands."""
    starts = [0] + [
        index for index in range(1, len(rows)) if rows[index].pitch is None or rows[index].page != rows[index - 1].page
    ]
    found: list[Column] = []
    for number, (start, end) in enumerate(pairwise([*starts, len(rows)])):
        left = min((row.left for row in rows[start:end]), default=0.0)
        right = max((row.right for row in rows[start:end]), default=0.0)
        found += [Column(number, left, right)] * (end - start)
    return found


@dataclass(frozen=True, slots=True)
class Level:
    """A list that is open.

    Attributes:
        style: the kind of its numbers.
        prefix: the numbers before the last part of its decimals.
        last: its last number.
        sign: the sign of its first number.
        edges: the left edges at which its items stand, the latest first.
        column: the column of its last item.
        piece: true where that is a row cut out of a line.
        fresh: true where it began after the heading of recommendations.
    """

    style: Style
    prefix: tuple[int, ...]
    last: int
    sign: str
    edges: tuple[float, ...]
    column: Column
    piece: bool = False
    fresh: bool = False

    @classmethod
    def begin(cls, reading: Marker, row: Row, column: Column, prefix: tuple[int, ...] = (), *, fresh: bool) -> "Level":
        """Begin a list with the number that a row begins with."""
        return cls(reading.style, prefix, reading.values[-1], reading.sign, (row.left,), column, row.piece, fresh)

    def advance(self, value: int, row: Row, column: Column) -> "Level":
        """Go on with a number, whose row may stand at another edge."""
        others = tuple(edge for edge in self.edges if abs(edge - row.left) > EDGE * row.size)
        edges = (row.left, *others)[:_EDGES]
        return replace(self, last=value, edges=edges, column=column, piece=row.piece)

    def at_edge(self, row: Row) -> bool:
        """Tell whether a row stands at a left edge of the list."""
        return self.piece or row.piece or any(abs(row.left - edge) <= EDGE * row.size for edge in self.edges)

    def at_edge_of_column(self, row: Row, column: Column) -> bool:
        """Tell whether a row stands in its column as the last item does in another."""
        moved = (row.left - column.left) - (self.edges[0] - self.column.left)
        return column.number != self.column.number and abs(moved) <= EDGE * row.size


class NestedList:
    """List within an item, which is text of it: its numbers must not be taken for those of the lists around."""

    def __init__(self) -> None:
        self.level: Level | None = None

    def has_next(self, reading: Marker, row: Row) -> bool:
        """Tell whether the number that a row begins with goes on with the list."""
        level = self.level
        if level is None or (reading.values[-1], reading.sign) != (level.last + 1, level.sign):
            return False
        return level.at_edge(row)

    def advance(self, reading: Marker, row: Row, column: Column) -> None:
        """Go on with such a number."""
        if self.level:
            self.level = self.level.advance(reading.values[-1], row, column)


class Sightings:
    """Index of the readings of all rows: a look ahead takes no longer in long documents.

    Args:
        readings: the markers that each row may begin with.
        announced: for each row whether it announces recommendations: what comes after is of another list.
    """

    def __init__(self, readings: Sequence[Sequence[Marker]], announced: Sequence[bool]) -> None:
        self._rows: dict[tuple[Style, tuple[int, ...]], list[tuple[int, str]]] = {}
        for index, found in enumerate(readings):
            for reading in found:
                self._rows.setdefault((reading.style, reading.values), []).append((index, reading.sign))
        self._ends = [index for index, each in enumerate(announced) if each] + [len(announced)]

    def after(
        self, index: int, style: Style, values: tuple[int, ...], sign: str | None = None, *, everywhere: bool = False
    ) -> Iterator[int]:
        """Find the later rows that can be read as a number, in order.

        These are the rows of the window up to the next announcement; ``everywhere`` are all. ``sign`` asks for one.
        """
        found = self._rows.get((style, values), [])
        end = len(found) and found[-1][0] + 1
        if not everywhere:
            end = min(index + WINDOW, self._ends[min(bisect_right(self._ends, index), len(self._ends) - 1)])
        for place in range(bisect_right(found, index, key=lambda each: each[0]), len(found)):
            row, own = found[place]
            if row >= end:
                return
            if sign is None or own == sign:
                yield row
