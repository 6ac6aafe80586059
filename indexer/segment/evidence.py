"""Evidence on a number: what stands above it, where it stands, and which numbers come after it."""

import re
from collections.abc import Iterator, Sequence

from indexer.segment.headings import HeadingLook, UsualMeasures, ends_sentence
from indexer.segment.markers import Marker
from indexer.segment.rows import Row
from indexer.segment.sequences import EDGE, Level, Sightings, columns_of

SKIP = 30
"""Numbers that are believed to be missing at once, at most: those of a page without text; a year is far beyond."""

_SURE_SKIP = 1
"""Numbers that are believed to be missing even where the next one does not follow, at most."""


_OPENING = re.compile(r"\S+\s+\S+")


class NumberEvidence:
    """Evidence on the numbers of a document's rows.

    Args:
        rows: the rows of the text in reading order.
        look: how much each looks like a heading.
        announced: for each whether it announces recommendations.
        usual: the document's measures.
        readings: the markers that each may begin with.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        look: Sequence[HeadingLook],
        announced: Sequence[bool],
        usual: UsualMeasures,
        readings: Sequence[Sequence[Marker]],
    ) -> None:
        self._rows = rows
        self._look = look
        self._announced = announced
        self._usual = usual
        self.readings = readings
        self.sightings = Sightings(readings, announced)
        self.columns = columns_of(rows)

    def begins(self, index: int) -> bool:
        """Tell whether a row begins a paragraph.

        It does after open space, a heading, the end of a sentence or a line that was broken early. Where tags say what
        is a block, they stand for sentences and lines.
        """
        row = self._rows[index]
        if index == 0 or row.piece or self._announced[index - 1] or self._usual.begins(row):
            return True
        above = self._rows[index - 1]
        if row.structure and above.structure and row.structure.block == above.structure.block:
            return row.structure.label > 0
        return (
            self._look[index - 1] > HeadingLook.TEXT
            or ends_sentence(above.text)
            or self._is_broken_early(index - 1, row)
            or self._hangs(row, above)
        )

    def _is_broken_early(self, index: int, below: Row) -> bool:
        """Tell whether a row had room for the number below it and a word."""
        opening = _OPENING.match(below.text)
        letters = len(opening[0]) if opening else len(below.text)
        width = (below.right - below.left) / max(len(below.text), 1)
        return self.columns[index].right - self._rows[index].right > letters * width + below.size

    def _hangs(self, row: Row, above: Row) -> bool:
        """Tell whether a number hangs out of the text: this begins where the row above does."""
        return len(row.lines) > 1 and abs(row.right - row.lines[-1].box.x1 + row.lines[1].box.x0 - above.left) < 1

    def follows(self, index: int, reading: Marker, value: int, level: Level | None = None) -> bool:
        """Tell whether a later row of the window has a number of the same list."""
        found = self.sightings.after(index, reading.style, (*reading.values[:-1], value))
        return any(level is None or level.at_edge(self._rows[row]) for row in found)

    def later(self, index: int, level: Level, value: int) -> Iterator[int]:
        """Find the later rows at a list's edge that bear its sign and a number."""
        found = self.sightings.after(index, level.style, (*level.prefix, value), level.sign)
        return (row for row in found if level.at_edge(self._rows[row]))

    def comes_again(self, index: int, reading: Marker, level: Level) -> bool:
        """Tell whether a later row has the same number: better placed, before one has the next."""
        value = reading.values[-1]
        end = next(self.later(index, level, value + 1), len(self._rows))
        return any(row < end and self.begins(row) for row in self.later(index, level, value))

    def stands_elsewhere(self, index: int, reading: Marker, level: Level) -> bool:
        """Tell whether a number that a list expects opens an item away from its edges."""
        row = self._rows[index]
        if reading.sign != level.sign or not self.begins(index):
            return False
        if self._look[index] is HeadingLook.STRONG or self.comes_again(index, reading, level):
            return False
        moved = level.at_edge_of_column(row, self.columns[index])
        hangs = bool(reading.sign) and row.left < min(level.edges)
        return moved or hangs or self._has_next(index, level)

    def _has_next(self, index: int, level: Level) -> bool:
        """Tell whether the number after that of a row begins a paragraph: at the edge of its list or of the row."""
        row = self._rows[index]
        return any(
            self.begins(later)
            and (level.at_edge(self._rows[later]) or abs(self._rows[later].left - row.left) <= EDGE * row.size)
            for later in self.sightings.after(index, level.style, (*level.prefix, level.last + 2), level.sign)
        )

    def opens_bare(self, index: int, reading: Marker) -> bool:
        """Tell whether a 1 without a sign opens a list: a second and a third such number begin paragraphs below it."""
        level = self.begin(index, reading, fresh=True)
        second, third = (any(map(self.begins, self.later(index, level, value))) for value in (2, 3))
        return self.begins(index) and second and third

    def has_second(self, index: int, reading: Marker, outer: Level) -> bool:
        """Tell whether a 1 has its 2 before the list around it goes on."""
        end = next(self.later(index, outer, outer.last + 1), len(self._rows))
        second = self.later(index, self.begin(index, reading, fresh=False), 2)
        return self.begins(index) and any(row < end and self.begins(row) for row in second)

    def believable(self, index: int, level: Level, reading: Marker) -> bool:
        """Tell whether a number is of a list without being its next one."""
        row, value = self._rows[index], reading.values[0]
        if not reading.sign or not level.at_edge(row) or not self.begins(index):
            return False
        # Where the expected number is still to come, this one is a year or a quantity.
        if not level.last <= value <= level.last + SKIP or self.follows(index, reading, level.last + 1, level):
            return False
        return value <= level.last + 1 + _SURE_SKIP or self.follows(index, reading, value + 1, level)

    def begin(self, index: int, reading: Marker, prefix: tuple[int, ...] = (), *, fresh: bool) -> Level:
        """Begin a list with a number."""
        return Level.begin(reading, self._rows[index], self.columns[index], prefix, fresh=fresh)
