"""Which of the rows that look as if they began with a marker do so: the sequence, the edge and the heading decide.

A number opens an item when it is the next one expected at its level and stands at its level's left edge. A number that
skips some, or repeats the last, is taken only at the beginning of a paragraph, and if the missing one does not follow.
Anything else, a year or a quantity at the beginning of a line, is text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.segment.headings import HeadingLook, UsualMeasures, ends_sentence, says_annex
from indexer.segment.markers import Marker, Style, read_markers
from indexer.segment.rows import Row

_EDGE = 0.9
"""Letters' heights within which left edges are the same: numbers of one and two digits may be set flush right."""

_SKIP = 30
"""No more numbers than these are believed to be missing at once."""


@dataclass(frozen=True, slots=True)
class NumberedMark:
    """A marker that opens something.

    ``path`` is what it prints, its parents before it, without the sections; ``sections`` the labels of the sections
    that it stands in (for a section, with its own at the end). ``fresh`` tells that its list began after the heading of
    recommendations, ``restarted`` that its list began anew after a section had begun.
    ``skipped`` counts the numbers missing before it.
    """

    path: tuple[str, ...]
    width: int
    style: Style
    sections: tuple[str, ...] = ()
    is_section: bool = False
    fresh: bool = False
    restarted: bool = False
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class _Level:
    style: Style
    prefix: tuple[int, ...]
    last: int
    left: float
    piece: bool
    fresh: bool = False

    def at_edge(self, row: Row) -> bool:
        return self.piece or row.piece or abs(row.left - self.left) <= _EDGE * row.size


class Numbering:
    """Reads the markers of a document's rows, one after the other.

    Args:
        rows: the rows of the text in reading order.
        look: how much each looks like a heading.
        announced: for each whether it announces recommendations.
        usual: the document's measures.
    """

    def __init__(
        self, rows: Sequence[Row], look: Sequence[HeadingLook], announced: Sequence[bool], usual: UsualMeasures
    ) -> None:
        self._rows = rows
        self._look = look
        self._announced = announced
        self._usual = usual
        self._readings = [tuple(read_markers(row.text)) for row in rows]
        self._roman: tuple[int, str] | None = None
        self._capital: tuple[int, str] | None = None
        self._outer: _Level | None = None
        self._inner: list[_Level] = []
        self._in_region = False
        self._may_restart = True
        self._section_since = False

    def marks(self) -> list[NumberedMark | None]:
        """For each row the marker that it begins with, or None."""
        return [self._read(index) for index in range(len(self._rows))]

    # ------------------------------------------------------------------------------------------------- one row

    def _read(self, index: int) -> NumberedMark | None:
        self._notice_heading(index)
        for reading in self._readings[index]:
            mark = self._section(index, reading) if reading.style in (Style.ROMAN, Style.CAPITAL) else None
            if reading.style is Style.WORD:
                mark = self._word(index, reading)
            elif reading.style is Style.DECIMAL:
                mark = self._decimal(index, reading)
            elif reading.style is Style.NUMBER:
                mark = self._number(index, reading)
            if mark:
                return mark
        return None

    def _notice_heading(self, index: int) -> None:
        if self._announced[index]:
            self._in_region = True
        if self._look[index] == HeadingLook.STRONG or self._announced[index]:
            self._may_restart = True
        if self._look[index] and says_annex(self._rows[index].text):
            self._roman = self._capital = None
            self._in_region = False

    # ------------------------------------------------------------------------------------------------- sections

    def _section(self, index: int, reading: Marker) -> NumberedMark | None:
        if not self._look[index]:
            return None
        value = reading.values[0]
        level = self._roman if reading.style is Style.ROMAN else self._capital
        expected = level[0] + 1 if level else 1
        skips = self._look[index] == HeadingLook.STRONG and level is not None and level[0] < value <= level[0] + 3
        if value not in (1, expected) and not skips:
            return None
        if reading.style is Style.ROMAN:
            self._roman, self._capital = (value, reading.label), None
        else:
            self._capital = (value, reading.label)
        self._inner.clear()
        self._may_restart = self._section_since = True
        sections = self._sections()
        return NumberedMark(sections, reading.width, reading.style, sections, is_section=True)

    def _sections(self) -> tuple[str, ...]:
        return tuple(level[1] for level in (self._roman, self._capital) if level)

    # ------------------------------------------------------------------------------------------------- items

    def _word(self, index: int, reading: Marker) -> NumberedMark | None:
        value = reading.values[0]
        outer = self._outer if self._outer and self._outer.style is Style.WORD else None
        expected = outer.last + 1 if outer else 1
        alone = reading.width == len(self._rows[index].text)
        if value != expected and not (outer and expected < value <= expected + _SKIP and self._begins(index)):
            return None
        if outer is None and not (self._follows(index, Style.WORD, (value + 1,)) and (alone or self._begins(index))):
            return None
        skipped = value - expected
        self._inner.clear()
        return self._open_outer(index, replace(reading, label=str(value)), skipped=skipped)

    def _decimal(self, index: int, reading: Marker) -> NumberedMark | None:
        if self._outer and self._outer.style is Style.WORD:
            return None
        prefix, value = reading.values[:-1], reading.values[-1]
        level = next((level for level in self._inner if level.prefix == prefix and level.style is Style.DECIMAL), None)
        if level is None:
            return self._slip(index, reading) or self._first_decimal(index, reading)
        if value != level.last + 1:
            missing_follows = self._follows(index, Style.DECIMAL, (*prefix, level.last + 1))
            believable = level.last <= value <= level.last + _SKIP and level.at_edge(self._rows[index])
            if not believable or missing_follows or not self._begins(index):
                return None
        del self._inner[self._inner.index(level) :]
        self._inner.append(replace(level, last=value, left=self._rows[index].left))
        skipped = max(0, value - level.last - 1)
        return self._mark(reading, tuple(map(str, reading.values)), level.fresh, skipped=skipped)

    def _slip(self, index: int, reading: Marker) -> NumberedMark | None:
        """A number that goes on with the list but has another list's beginning, while the next is right again."""
        level = self._inner[-1] if self._inner and self._inner[-1].style is Style.DECIMAL else None
        value = reading.values[-1]
        if level is None or value != level.last + 1 or len(reading.values) != len(level.prefix) + 1:
            return None
        if not level.at_edge(self._rows[index]) or not self._follows(index, Style.DECIMAL, (*level.prefix, value + 1)):
            return None
        self._inner[-1] = replace(level, last=value)
        return self._mark(reading, tuple(map(str, reading.values)), level.fresh)

    def _first_decimal(self, index: int, reading: Marker) -> NumberedMark | None:
        prefix, value = reading.values[:-1], reading.values[-1]
        if not (value == 1 or (value <= 3 and self._begins(index))) or not self._parent_is_open(index, prefix, value):
            return None
        fresh = self._outer.fresh if self._outer else self._in_region
        restarted = self._outer is None and bool(self._inner) and self._section_since
        keep = [level for level in self._inner if (*level.prefix, level.last) == prefix[: len(level.prefix) + 1]]
        self._inner = [*keep, self._level(index, Style.DECIMAL, prefix, value, fresh)]
        self._section_since = False
        if self._outer and len(prefix) == 1 and prefix[0] > self._outer.last:
            self._outer = replace(self._outer, last=prefix[0])
        return self._mark(reading, tuple(map(str, reading.values)), fresh, restarted=restarted, skipped=value - 1)

    def _parent_is_open(self, index: int, prefix: tuple[int, ...], value: int) -> bool:
        if len(prefix) > 1:
            return any((*level.prefix, level.last) == prefix for level in self._inner)
        if self._outer is None:
            return self._begins(index) or self._look[index] > HeadingLook.TEXT
        if prefix[0] == self._outer.last:
            return True
        ahead = self._outer.last < prefix[0] <= self._outer.last + _SKIP
        return ahead and self._begins(index) and self._follows(index, Style.DECIMAL, (*prefix, value + 1))

    def _number(self, index: int, reading: Marker) -> NumberedMark | None:
        row, value = self._rows[index], reading.values[0]
        outer = self._outer
        inner = self._inner[-1] if self._inner and self._inner[-1].style is Style.NUMBER else None
        if outer and outer.style is Style.WORD:
            return None
        if inner and self._is_next(index, value, inner) and not self._nearer_outer(row, value, inner):
            return self._open_inner(index, reading, inner)
        if outer and self._is_next(index, value, outer):
            self._inner.clear()
            return self._open_outer(index, reading)
        if value == 1:
            return self._first_number(index, reading)
        for level in (inner, outer):
            if level and self._believable(index, level, value):
                skipped = max(0, value - level.last - 1)
                if level is inner:
                    return self._open_inner(index, reading, level, skipped)
                self._inner.clear()
                return self._open_outer(index, reading, skipped=skipped)
        return None

    def _is_next(self, index: int, value: int, level: _Level) -> bool:
        """Whether a number is the one expected: at the edge, and not within a sentence while it comes again."""
        if value != level.last + 1 or not level.at_edge(self._rows[index]):
            return False
        return self._begins(index) or not self._comes_again(index, value, level)

    def _comes_again(self, index: int, value: int, level: _Level) -> bool:
        """Whether a later row has the same number before one has the next."""
        for later in self._window(index):
            for reading in self._readings[later]:
                if reading.style is level.style and level.at_edge(self._rows[later]):
                    if reading.values[-1] == value + 1:
                        return False
                    if reading.values[-1] == value and self._begins(later):
                        return True
        return False

    def _nearer_outer(self, row: Row, value: int, inner: _Level) -> bool:
        outer = self._outer
        if outer is None or value != outer.last + 1:
            return False
        return abs(row.left - outer.left) < abs(row.left - inner.left)

    def _first_number(self, index: int, reading: Marker) -> NumberedMark | None:
        row, outer = self._rows[index], self._outer
        if outer is None:
            return self._open_outer(index, reading) if self._begins(index) or self._look[index] else None
        indented = row.left > outer.left + _EDGE * row.size
        introduces = self._in_region and not outer.fresh
        if introduces and (indented or self._introduced(index)) and not self._restarts(index):
            return self._open_inner(index, reading, None)
        if self._may_restart and self._begins(index) and (outer.at_edge(row) or self._restarts(index)):
            self._inner.clear()
            return self._open_outer(index, reading, restart=True)
        return None

    def _restarts(self, index: int) -> bool:
        """Whether a heading stands between the last marker and this row: then the number begins a list of its own."""
        return self._may_restart and (
            self._section_since or bool(index and self._look[index - 1] == HeadingLook.STRONG)
        )

    def _introduced(self, index: int) -> bool:
        return bool(index) and self._rows[index - 1].text.endswith(":")

    def _believable(self, index: int, level: _Level, value: int) -> bool:
        row = self._rows[index]
        if not level.last <= value <= level.last + _SKIP or not level.at_edge(row) or not self._begins(index):
            return False
        if self._follows(index, Style.NUMBER, (level.last + 1,), level):
            return False
        return value <= level.last + 2 or self._follows(index, Style.NUMBER, (value + 1,), level)

    # ------------------------------------------------------------------------------------------------- evidence

    def _begins(self, index: int) -> bool:
        """Whether a row begins a paragraph: after open space, a heading or the end of a sentence."""
        if index == 0 or self._rows[index].piece:
            return True
        row, above = self._rows[index], self._rows[index - 1]
        return (
            self._announced[index - 1]
            or self._usual.breaks(row)
            or self._look[index - 1] > HeadingLook.TEXT
            or ends_sentence(above.text)
        )

    def _follows(self, index: int, style: Style, values: tuple[int, ...], level: _Level | None = None) -> bool:
        """Whether a later row begins with these numbers, before their list begins anew."""
        return any(
            reading.style is style and reading.values == values and (level is None or level.at_edge(self._rows[later]))
            for later in self._window(index)
            for reading in self._readings[later]
        )

    def _window(self, index: int) -> Iterator[int]:
        for later in range(index + 1, min(index + 400, len(self._rows))):
            if self._announced[later]:
                return
            yield later

    # ------------------------------------------------------------------------------------------------- opening

    def _level(self, index: int, style: Style, prefix: tuple[int, ...], value: int, fresh: bool) -> _Level:
        return _Level(style, prefix, value, self._rows[index].left, self._rows[index].piece, fresh)

    def _open_outer(self, index: int, reading: Marker, *, restart: bool = False, skipped: int = 0) -> NumberedMark:
        begins = self._outer is None or restart
        fresh = self._in_region if begins else bool(self._outer and self._outer.fresh)
        restarted = restart and self._section_since
        self._outer = self._level(index, reading.style, (), reading.values[0], fresh)
        self._inner.clear()
        self._may_restart = self._section_since = False
        return self._mark(reading, (reading.label,), fresh, restarted=restarted, skipped=skipped)

    def _open_inner(self, index: int, reading: Marker, level: _Level | None, skipped: int = 0) -> NumberedMark:
        parent = self._outer.last if self._outer else 0
        if level is not None:
            del self._inner[self._inner.index(level) :]
        else:
            self._inner.clear()
        self._inner.append(self._level(index, Style.NUMBER, (parent,), reading.values[0], False))
        return self._mark(reading, (str(parent), reading.label), False, skipped=skipped)

    def _mark(
        self, reading: Marker, path: tuple[str, ...], fresh: bool, *, restarted: bool = False, skipped: int = 0
    ) -> NumberedMark:
        return NumberedMark(path, reading.width, reading.style, self._sections(), False, fresh, restarted, skipped)
