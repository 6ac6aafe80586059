"""Numbering: rows that begin with a marker, as told by sequence, place and look.

Many rows look as if they began with one. A number opens an item when it is the next one expected at its level and
stands at a left edge of its list. Elsewhere it must begin a paragraph, bear the sign of its list, and have the next
number in sight, or stand in another column as the last item stood in its own. A number that skips some, or repeats the
last, is taken only at the beginning of a paragraph, and if the missing one does not follow. Anything else, a year or a
quantity at the beginning of a line, is text.
"""

# ARCHITECTURE.md: A number is told by its neighbours before its place.

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.segment.evidence import SKIP, NumberEvidence
from indexer.segment.headings import HeadingLook, UsualMeasures, says_annex
from indexer.segment.item_words import ItemWords
from indexer.segment.labels import Labels
from indexer.segment.markers import Marker, Style, read_markers
from indexer.segment.rows import Row
from indexer.segment.sequences import EDGE, Level, NestedList

_SKIPPED_SECTIONS = 2
"""Sections that are believed to be missing at once, at most, before one that looks clearly like a heading."""

_FIRST_DECIMALS = 3
"""Largest decimal with which a list may begin: those before it are told as missing."""


@dataclass(frozen=True, slots=True)
class NumberedMark:
    """A marker that opens a section or an item.

    Attributes:
        path: its label as printed, after those of its parents, without the sections.
        width: the characters before the text of its row.
        style: its kind.
        sign: its sign, or the word before it (``recommendation``, ``article``); empty where it has none.
        values: its numbers, as in ``Marker``.
        sections: the labels of the sections that it stands in; for a section, with its own at the end.
        is_section: true where it opens a section.
        fresh: true where its list began after the heading of recommendations.
        restarted: true where its list began anew after a section had begun.
        skipped: the numbers missing before it.
        odd: true where it is printed otherwise than the numbers around it.
    """

    path: tuple[str, ...]
    width: int
    style: Style
    sign: str = ""
    values: tuple[int, ...] = ()
    sections: tuple[str, ...] = ()
    is_section: bool = False
    fresh: bool = False
    restarted: bool = False
    skipped: int = 0
    odd: bool = False


class Numbering:
    """Reader of the markers of a document's rows, one after the other.

    Args:
        rows: the rows of the text in reading order.
        look: how much each looks like a heading.
        announced: for each whether it announces recommendations.
        usual: the document's measures.
        words: what the catalogue says of it.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        look: Sequence[HeadingLook],
        announced: Sequence[bool],
        usual: UsualMeasures,
        words: ItemWords,
    ) -> None:
        self._rows = rows
        self._look = look
        self._announced = announced
        self._usual = usual
        self._readings = [(*_own_label(row.text, words), *read_markers(row.text)) for row in rows]
        self.evidence = NumberEvidence(rows, look, announced, usual, self._readings)
        self._labels = Labels(rows, self.evidence)
        self._roman: tuple[int, str] | None = None
        self._capital: tuple[int, str] | None = None
        self._outer: Level | None = None
        self._inner: list[Level] = []
        self._nested = NestedList()
        # Whether recommendations have been announced; and, since a list last began or went on, whether a heading allows
        # another to begin, whether a section has begun, and whether recommendations have been announced.
        self._in_region = False
        self._may_restart = True
        self._section_since = False
        self._announced_since = False

    def marks(self) -> list[NumberedMark | None]:
        """Read for each row the marker that it begins with, or None."""
        return [self._read(index) for index in range(len(self._rows))]

    # ------------------------------------------------------------------------------------------------- one row

    def _read(self, index: int) -> NumberedMark | None:
        self._notice_heading(index)
        # The first reading that the sequence takes; those after it read less of the row.
        for reading in self._readings[index]:
            mark = self._section(index, reading) if reading.style in (Style.ROMAN, Style.CAPITAL) else None
            if mark is None and reading.style is not Style.DASH:
                mark = self._item(index, reading)
            if mark:
                self._nested.level = None
                return mark
        return None

    def _item(self, index: int, reading: Marker) -> NumberedMark | None:
        if reading.style is Style.WORD:
            return self._label(index, reading)
        if reading.style is Style.DECIMAL:
            return self._decimal(index, reading)
        if reading.style is Style.NUMBER:
            return self._number(index, reading)
        return self._letter(index, reading)

    def _notice_heading(self, index: int) -> None:
        if self._announced[index]:
            self._in_region = self._announced_since = True
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
        self._labels.open = None
        self._may_restart = self._section_since = True
        sections = self._sections()
        return NumberedMark(
            sections, reading.width, reading.style, reading.sign, reading.values, sections, is_section=True
        )

    def _sections(self) -> tuple[str, ...]:
        return tuple(level[1] for level in (self._roman, self._capital) if level)

    # ------------------------------------------------------------------------------------------------- items

    def _label(self, index: int, reading: Marker) -> NumberedMark | None:
        found = self._labels.read(index, reading, in_region=self._in_region)
        if found is None:
            return None
        level, skipped = found
        self._inner.clear()
        self._may_restart = self._section_since = self._announced_since = False
        return self._mark(reading, (reading.label,), level.fresh, skipped=skipped)

    def _decimal(self, index: int, reading: Marker) -> NumberedMark | None:
        prefix, value = reading.values[:-1], reading.values[-1]
        level = next((level for level in self._inner if level.prefix == prefix and level.style is Style.DECIMAL), None)
        if level is None or not reading.sign:
            slip = self._slip(index, reading)
            # Below labels numbers are paragraphs of what is labelled.
            return slip or (None if self._labels.open or not reading.sign else self._first_decimal(index, reading))
        if value != level.last + 1:
            missing_follows = self.evidence.follows(index, reading, level.last + 1)
            believable = level.last <= value <= level.last + SKIP and level.at_edge(self._rows[index])
            if not believable or missing_follows or not self.evidence.begins(index):
                return None
        del self._inner[self._inner.index(level) :]
        self._inner.append(self._advance(level, value, index))
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
        right_again = any(self.evidence.sightings.after(index, Style.DECIMAL, (*level.prefix, value + 1), "."))
        if not level.at_edge(self._rows[index]) or not right_again:
            return None
        self._inner[-1] = self._advance(level, value, index)
        return self._mark(reading, tuple(map(str, reading.values)), level.fresh, odd=True)

    def _first_decimal(self, index: int, reading: Marker) -> NumberedMark | None:
        prefix, value = reading.values[:-1], reading.values[-1]
        may_be_first = value == 1 or (value <= _FIRST_DECIMALS and self.evidence.begins(index))
        if not may_be_first or not self._parent_is_open(index, reading):
            return None
        fresh = self._outer.fresh if self._outer else self._in_region
        restarted = self._outer is None and bool(self._inner) and self._section_since
        # Lists that the new one stands below stay open.
        keep = [level for level in self._inner if (*level.prefix, level.last) == prefix[: len(level.prefix) + 1]]
        self._inner = [*keep, self.evidence.begin(index, reading, prefix, fresh=fresh)]
        self._section_since = False
        # `4.1` opens 4, which may have no row of its own: the next number of the outer list is 5.
        if self._outer and len(prefix) == 1 and prefix[0] > self._outer.last:
            self._outer = replace(self._outer, last=prefix[0])
        return self._mark(reading, tuple(map(str, reading.values)), fresh, restarted=restarted, skipped=value - 1)

    def _parent_is_open(self, index: int, reading: Marker) -> bool:
        """Tell whether the parent of a decimal is open or passes for open."""
        prefix, value = reading.values[:-1], reading.values[-1]
        if len(prefix) > 1:
            return any((*level.prefix, level.last) == prefix for level in self._inner)
        if self._outer is None:
            return self.evidence.begins(index) or self._look[index] > HeadingLook.TEXT
        if prefix[0] == self._outer.last:
            return True
        ahead = self._outer.last < prefix[0] <= self._outer.last + SKIP
        return ahead and self.evidence.begins(index) and self.evidence.follows(index, reading, value + 1)

    def _number(self, index: int, reading: Marker) -> NumberedMark | None:
        value, row, outer = reading.values[0], self._rows[index], self._outer
        inner = self._inner[-1] if self._inner and self._inner[-1].style is Style.NUMBER else None
        levels = [level for level in (inner, outer) if level and level.style is Style.NUMBER]
        expecting = [level for level in levels if level.last + 1 == value]
        # Of two lists that expect the number, the nearer one.
        expecting.sort(key=lambda level: abs(row.left - level.edges[0]))
        for level in expecting:
            if self._is_next(index, reading, level):
                return self._continue(index, reading, level)
        if self._nested.has_next(reading, self._rows[index]):
            self._nested.advance(reading, self._rows[index], self.evidence.columns[index])
            return None
        if value == 1:
            first = self._first_number(index, reading)
            if first is None and self.evidence.begins(index):
                self._nested.level = self.evidence.begin(index, reading, fresh=False)
            return first
        for level in expecting:
            if self.evidence.stands_elsewhere(index, reading, level):
                return self._continue(index, reading, level)
        # No list expects the number: it is one after a gap, or a repeated one, where the evidence is good.
        for level in levels:
            if self.evidence.believable(index, level, reading):
                return self._continue(index, reading, level, skipped=max(0, value - level.last - 1))
        return None

    def _is_next(self, index: int, reading: Marker, level: Level) -> bool:
        """Tell whether a number that a list expects stands at its edge.

        It does not stand within a sentence if it comes again later.
        """
        if not level.at_edge(self._rows[index]) or (
            self._labels.open and self._nested.has_next(reading, self._rows[index])
        ):
            return False
        again = self.evidence.comes_again(index, reading, level)
        if reading.sign != level.sign:
            # A number without a sign, or with another one, among its neighbours.
            named = bool(reading.sign) or self.evidence.follows(index, reading, reading.values[-1] + 1, level)
            return named and self.evidence.begins(index) and not again
        return self.evidence.begins(index) or not again

    def _first_number(self, index: int, reading: Marker) -> NumberedMark | None:
        row, outer = self._rows[index], self._outer
        if self._labels.open or (not reading.sign and not self._opens_bare(index, reading)):
            return None
        if outer is None:
            return self._open_outer(index, reading) if self.evidence.begins(index) or self._look[index] else None
        indented = row.left > outer.edges[0] + EDGE * row.size
        # Recommendations that begin with 1 within a paragraph of a report: `24. The Group recommended:` 1., 2., 3.
        introduces = self._in_region and not outer.fresh and not self._announced_since
        introduced = indented or self._stands_below_colon(index) or self.evidence.has_second(index, reading, outer)
        if introduces and introduced and not self._restarts(index):
            return self._open_inner(index, reading)
        if self._may_restart and self.evidence.begins(index) and (outer.at_edge(row) or self._restarts(index)):
            self._inner.clear()
            return self._open_outer(index, reading, restart=True)
        return None

    def _opens_bare(self, index: int, reading: Marker) -> bool:
        return self._in_region and self.evidence.opens_bare(index, reading)

    def _restarts(self, index: int) -> bool:
        """Tell whether a heading stands between the last marker and this row.

        Then a 1 begins a list of its own.
        """
        below_heading = bool(index) and self._look[index - 1] == HeadingLook.STRONG
        return self._may_restart and (self._section_since or self._announced_since or below_heading)

    def _stands_below_colon(self, index: int) -> bool:
        return bool(index) and self._rows[index - 1].text.endswith(":")

    # ------------------------------------------------------------------------------------------------- letters

    def _letter(self, index: int, reading: Marker) -> NumberedMark | None:
        """Read a letter or numeral as an item: of a list that follows an announcement, where no numbers do."""
        open_lists = [*self._inner[-1:], *([self._outer] if self._outer else [])]
        level = next((each for each in open_lists if each.style is reading.style and each.sign == reading.sign), None)
        if level and reading.values[0] == level.last + 1:
            goes_on = self._is_next(index, reading, level) or self.evidence.stands_elsewhere(index, reading, level)
            return self._continue(index, reading, level) if goes_on else None
        if (
            level
            or reading.values[0] != 1
            or not self._in_region
            or self._labels.open
            or not self.evidence.begins(index)
        ):
            return None
        if self._inner or (self._outer and self._outer.fresh):
            return None
        # What stands before the numbers of a list is its introduction: `having considered a) …`.
        if any(self.evidence.sightings.after(index, Style.NUMBER, (1,))):
            return None
        second = self.evidence.later(index, self.evidence.begin(index, reading, fresh=True), 2)
        if not self.evidence.begins(index) or not any(map(self.evidence.begins, second)):
            return None
        return self._open_inner(index, reading) if self._outer else self._open_outer(index, reading)

    # ------------------------------------------------------------------------------------------------- opening

    def _advance(self, level: Level, value: int, index: int) -> Level:
        return level.advance(value, self._rows[index], self.evidence.columns[index])

    def _continue(self, index: int, reading: Marker, level: Level, *, skipped: int = 0) -> NumberedMark:
        """Go on with a list that is open."""
        level_now = self._advance(level, reading.values[0], index)
        self._labels.open = None
        odd = not reading.sign and bool(level.sign)
        if level is self._outer:
            self._outer = level_now
            self._inner.clear()
            self._may_restart = self._section_since = self._announced_since = False
            return self._mark(reading, (reading.label,), level.fresh, skipped=skipped, odd=odd)
        del self._inner[self._inner.index(level) :]
        self._inner.append(level_now)
        return self._mark(reading, (*self._parent(), reading.label), False, skipped=skipped, odd=odd)

    def _open_outer(self, index: int, reading: Marker, *, restart: bool = False) -> NumberedMark:
        restarted = restart and self._section_since
        self._outer = self.evidence.begin(index, reading, fresh=self._in_region)
        self._inner.clear()
        self._may_restart = self._section_since = self._announced_since = False
        return self._mark(reading, (reading.label,), self._in_region, restarted=restarted)

    def _open_inner(self, index: int, reading: Marker) -> NumberedMark:
        self._inner = [self.evidence.begin(index, reading, fresh=False)]
        return self._mark(reading, (*self._parent(), reading.label), False)

    def _parent(self) -> tuple[str, ...]:
        return (str(self._outer.last) if self._outer else "0",)

    def _mark(
        self,
        reading: Marker,
        path: tuple[str, ...],
        fresh: bool,
        *,
        restarted: bool = False,
        skipped: int = 0,
        odd: bool = False,
    ) -> NumberedMark:
        sections = self._sections()
        return NumberedMark(
            path,
            reading.width,
            reading.style,
            reading.sign,
            reading.values,
            sections,
            fresh=fresh,
            restarted=restarted,
            skipped=skipped,
            odd=odd,
        )


def _own_label(text: str, words: ItemWords) -> tuple[Marker, ...]:
    label = words.read_label(text)
    return (label,) if label else ()
