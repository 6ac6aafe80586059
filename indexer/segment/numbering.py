"""Numbering: rows that begin with a marker, as told by sequence, left edge and headings.

Many rows look as if they began with one. A number opens an item when it is the next one expected at its level and
stands at its level's left edge. A number that skips some, or repeats the last, is taken only at the beginning of a
paragraph, and if the missing one does not follow. Anything else, a year or a quantity at the beginning of a line, is
text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.segment.headings import HeadingLook, UsualMeasures, ends_sentence, says_annex
from indexer.segment.markers import Marker, Style, read_markers
from indexer.segment.rows import Row

EDGE = 0.9
"""Letters' heights within which left edges are the same: numbers of one and two digits may be set flush right."""

_SKIP = 30
"""Numbers that are believed to be missing at once, at most: those of a page without text; a year is far beyond."""

_SKIPPED_SECTIONS = 2
"""Sections that are believed to be missing at once, at most, before one that looks clearly like a heading."""

_SURE_SKIP = 1
"""Numbers that are believed to be missing even where the next one does not follow, at most."""

_FIRST_DECIMALS = 3
"""Largest decimal with which a list may begin: those before it are told as missing."""

_WINDOW = 400
"""Rows after a number in which its successors are looked for: some pages. It bounds the work for each row."""


@dataclass(frozen=True, slots=True)
class NumberedMark:
    """A marker that opens a section or an item.

    Attributes:
        path: its label as printed, after those of its parents, without the sections.
        width: the characters before the text of its row.
        style: its kind.
        sections: the labels of the sections that it stands in; for a section, with its own at the end.
        is_section: true where it opens a section.
        fresh: true where its list began after the heading of recommendations.
        restarted: true where its list began anew after a section had begun.
        skipped: the numbers missing before it.
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
    """A list that is open: the kind, prefix and last number of its items, and where they stand."""

    style: Style
    prefix: tuple[int, ...]
    last: int
    left: float
    piece: bool
    fresh: bool = False

    def at_edge(self, row: Row) -> bool:
        """Tell whether a row stands at the left edge of the list."""
        return self.piece or row.piece or abs(row.left - self.left) <= EDGE * row.size


class Numbering:
    """Reader of the markers of a document's rows, one after the other.

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
        # Whether recommendations have been announced; and, since an item last opened a list, whether a heading allows
        # another list to begin, and whether a section has begun.
        self._in_region = False
        self._may_restart = True
        self._section_since = False

    def marks(self) -> list[NumberedMark | None]:
        """Read for each row the marker that it begins with, or None."""
        return [self._read(index) for index in range(len(self._rows))]

    # ------------------------------------------------------------------------------------------------- one row

    def _read(self, index: int) -> NumberedMark | None:
        self._notice_heading(index)
        # The first reading that the sequence takes; those after it read less of the row.
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
        # An annex has sections of its own, and no recommendations.
        if self._look[index] and says_annex(self._rows[index].text):
            self._roman = self._capital = None
            self._in_region = False

    # ------------------------------------------------------------------------------------------------- sections

    def _section(self, index: int, reading: Marker) -> NumberedMark | None:
        # A letter or Roman numeral before plain text is the next item of a sentence, which belongs to what is open.
        if not self._look[index]:
            return None
        value = reading.values[0]
        level = self._roman if reading.style is Style.ROMAN else self._capital
        expected = level[0] + 1 if level else 1
        farthest = expected + _SKIPPED_SECTIONS
        skips = self._look[index] == HeadingLook.STRONG and level is not None and level[0] < value <= farthest
        if value not in (1, expected) and not skips:
            return None
        # Letters count anew below each Roman numeral: II.A comes after I.C.
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
        # `Article 1` may be that of another text; a list of articles has a second one.
        if outer is None and not (self._follows(index, Style.WORD, (value + 1,)) and (alone or self._begins(index))):
            return None
        skipped = value - expected
        self._inner.clear()
        return self._open_outer(index, replace(reading, label=str(value)), skipped=skipped)

    def _decimal(self, index: int, reading: Marker) -> NumberedMark | None:
        # Below articles numbers are paragraphs of theirs.
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
        """Read a misprinted decimal: it goes on with the list, but begins as another list does.

        The next one must be right again.
        """
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
        may_be_first = value == 1 or (value <= _FIRST_DECIMALS and self._begins(index))
        if not may_be_first or not self._parent_is_open(index, prefix, value):
            return None
        fresh = self._outer.fresh if self._outer else self._in_region
        restarted = self._outer is None and bool(self._inner) and self._section_since
        # Lists that the new one stands below stay open.
        keep = [level for level in self._inner if (*level.prefix, level.last) == prefix[: len(level.prefix) + 1]]
        self._inner = [*keep, self._level(index, Style.DECIMAL, prefix, value, fresh)]
        self._section_since = False
        # `4.1` opens 4, which may have no row of its own: the next number of the outer list is 5.
        if self._outer and len(prefix) == 1 and prefix[0] > self._outer.last:
            self._outer = replace(self._outer, last=prefix[0])
        return self._mark(reading, tuple(map(str, reading.values)), fresh, restarted=restarted, skipped=value - 1)

    def _parent_is_open(self, index: int, prefix: tuple[int, ...], value: int) -> bool:
        """Tell whether the parent of a decimal is open or passes for open."""
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
        # No list expects the number: it is one after a gap, or a repeated one, where the evidence is good.
        for level in (inner, outer):
            if level and self._believable(index, level, value):
                skipped = max(0, value - level.last - 1)
                if level is inner:
                    return self._open_inner(index, reading, level, skipped)
                self._inner.clear()
                return self._open_outer(index, reading, skipped=skipped)
        return None

    def _is_next(self, index: int, value: int, level: _Level) -> bool:
        """Tell whether a number is the one that a list expects.

        It stands at the list's edge, and not within a sentence if it comes again later.
        """
        if value != level.last + 1 or not level.at_edge(self._rows[index]):
            return False
        return self._begins(index) or not self._comes_again(index, value, level)

    def _comes_again(self, index: int, value: int, level: _Level) -> bool:
        """Tell whether a later row has the same number before one has the next."""
        for later in self._window(index):
            for reading in self._readings[later]:
                if reading.style is level.style and level.at_edge(self._rows[later]):
                    if reading.values[-1] == value + 1:
                        return False
                    if reading.values[-1] == value and self._begins(later):
                        return True
        return False

    def _nearer_outer(self, row: Row, value: int, inner: _Level) -> bool:
        """Tell whether a number that both lists expect stands nearer to the outer."""
        outer = self._outer
        if outer is None or value != outer.last + 1:
            return False
        return abs(row.left - outer.left) < abs(row.left - inner.left)

    def _first_number(self, index: int, reading: Marker) -> NumberedMark | None:
        row, outer = self._rows[index], self._outer
        if outer is None:
            return self._open_outer(index, reading) if self._begins(index) or self._look[index] else None
        indented = row.left > outer.left + EDGE * row.size
        # Recommendations that begin with 1 within a paragraph of a report: `24. The Group recommended:` 1., 2., 3.
        introduces = self._in_region and not outer.fresh
        if introduces and (indented or self._stands_below_colon(index)) and not self._restarts(index):
            return self._open_inner(index, reading, None)
        if self._may_restart and self._begins(index) and (outer.at_edge(row) or self._restarts(index)):
            self._inner.clear()
            return self._open_outer(index, reading, restart=True)
        return None

    def _restarts(self, index: int) -> bool:
        """Tell whether a heading stands between the last marker and this row.

        Then a 1 begins a list of its own.
        """
        return self._may_restart and (
            self._section_since or bool(index and self._look[index - 1] == HeadingLook.STRONG)
        )

    def _stands_below_colon(self, index: int) -> bool:
        return bool(index) and self._rows[index - 1].text.endswith(":")

    def _believable(self, index: int, level: _Level, value: int) -> bool:
        """Tell whether a number is of a list without being its next one."""
        row = self._rows[index]
        if not level.last <= value <= level.last + _SKIP or not level.at_edge(row) or not self._begins(index):
            return False
        # Where the expected number is still to come, this one is a year or a quantity.
        if self._follows(index, Style.NUMBER, (level.last + 1,), level):
            return False
        return value <= level.last + 1 + _SURE_SKIP or self._follows(index, Style.NUMBER, (value + 1,), level)

    # ------------------------------------------------------------------------------------------------- evidence

    def _begins(self, index: int) -> bool:
        """Tell whether a row begins a paragraph: after open space, a heading or the end of a sentence."""
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
        """Tell whether a later row begins with these numbers, before their list begins anew."""
        return any(
            reading.style is style and reading.values == values and (level is None or level.at_edge(self._rows[later]))
            for later in self._window(index)
            for reading in self._readings[later]
        )

    def _window(self, index: int) -> Iterator[int]:
        """Find the rows after one that may go on with its lists; an announcement ends them."""
        for later in range(index + 1, min(index + _WINDOW, len(self._rows))):
            if self._announced[later]:
                return
            yield later

    # ------------------------------------------------------------------------------------------------- opening

    def _level(self, index: int, style: Style, prefix: tuple[int, ...], value: int, fresh: bool) -> _Level:
        row = self._rows[index]
        return _Level(style, prefix, last=value, left=row.left, piece=row.piece, fresh=fresh)

    def _open_outer(self, index: int, reading: Marker, *, restart: bool = False, skipped: int = 0) -> NumberedMark:
        begins = self._outer is None or restart
        # A list that began before the announcement and goes on after it stays what it was: paragraphs of a report.
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
        return NumberedMark(
            path, reading.width, reading.style, self._sections(), fresh=fresh, restarted=restarted, skipped=skipped
        )
