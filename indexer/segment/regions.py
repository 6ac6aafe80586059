"""Regions: where recommendations may stand, from what announces them to what ends them."""

# ARCHITECTURE.md: A region ends at a heading of the rank of what opened it.

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from indexer.segment.headings import (
    HeadingLook,
    UsualMeasures,
    ends_sentence,
    in_capitals,
    says_annex,
)
from indexer.segment.item_words import ItemWords
from indexer.segment.markers import Style, read_markers
from indexer.segment.numbering import NumberedMark
from indexer.segment.openings import Announcements, Rank
from indexer.segment.rows import Row

_ROWS_OF_WHEREAS = 60
"""Rows between the title of a resolution and its operative verb, at most."""

_ROWS_OF_INTRODUCTION = 25
"""Rows of the longest introduction between an announcement and the first heading within its list."""

_ROWS_OF_HEADING = 8
"""Rows below a heading within which its list begins."""

_ASIDE = 2.0
"""Points by which a row stands further left or right than another, at least."""

_SHARE_OF_EDGE = 0.05
"""Share of a document's letters that begin at the left edge of its text, at least."""

_FEWEST_LABELS = 3
"""Labels that announce themselves, at least: `Recommendation 1` alone may be that of another document."""

_LABELS = ("recommendation", "r")
"""Words of labels of recommendations, as `markers` names them."""

_POINTS = (Style.DASH, Style.LETTER, Style.SMALL_ROMAN)


class Why(Enum):
    """Reason why recommendations may stand in a region."""

    HEADING = auto()
    VERB = auto()
    INTRODUCTION = auto()
    LABEL = auto()


@dataclass(slots=True, eq=False)
class Region:
    """A stretch of rows in which recommendations may stand.

    Attributes:
        why: what opened it.
        start: the index of the row that did.
        left: the left edge of that row, in points.
        rank: the rank of what opened it, or None.
        numeral: the number or section that the row begins with, or None.
        items_from: the index of the row after which points without numbers are recommendations.
    """

    why: Why
    start: int
    left: float
    rank: Rank | None = None
    numeral: NumberedMark | None = None
    items_from: int = 0


def find_regions(
    rows: Sequence[Row],
    look: Sequence[HeadingLook],
    marks: Sequence[NumberedMark | None],
    announcements: Announcements,
    usual: UsualMeasures,
    words: ItemWords,
) -> list[Region | None]:
    """Find for each row the region of recommendations that it stands in, or None.

    A region goes from what announces recommendations to an annex, the next section or the next heading of the
    announcement's rank; or as the catalogue says.
    """
    reader = _Regions(rows, look, marks, announcements, usual, words)
    return [reader.take(index) for index in range(len(rows))]


class _Regions:
    """Reader of regions, one row after the other."""

    def __init__(
        self,
        rows: Sequence[Row],
        look: Sequence[HeadingLook],
        marks: Sequence[NumberedMark | None],
        announcements: Announcements,
        usual: UsualMeasures,
        words: ItemWords,
    ) -> None:
        self._rows = rows
        self._look = look
        self._marks = marks
        self._found = announcements
        self._usual = usual
        self._next = _next_numbers(marks)
        self._words = words
        self._edge = _usual_edge(rows)
        self._labelled = words.names_items or has_label_sequence(marks)
        self._open: Region | None = None
        # Since the announcement: the rows of text, the last number, and whether headings of its rank stand in its list.
        self._text_since = 0
        self._last: NumberedMark | None = None
        self._is_divided = False

    def take(self, index: int) -> Region | None:
        """Give the region that a row stands in, the next one."""
        mark = self._marks[index]
        # In a region that has no number yet a verb ends the introduction: `the Working Group recommends:`.
        introduces = self._found.introducing[index] or self._found.operative[index]
        if introduces and self._open and not self._last:
            self._open.items_from = index
        elif self._found.announced[index]:
            self._begin(index)
            return None
        elif self._labelled and is_label(mark) and (self._open is None or self._open.why is Why.LABEL):
            self._open = self._region(Why.LABEL, index)
        elif self._open and self._ends(index, mark, self._open):
            self._open = None
        if self._open is None:
            return None
        if mark and not mark.is_section:
            self._last = mark
        self._text_since += self._found.ranks[index] is None
        return self._open

    def _region(self, why: Why, index: int) -> Region:
        rank = self._title_rank(index) if why is Why.VERB else self._found.ranks[index]
        self._text_since, self._last, self._is_divided = 0, None, False
        return Region(why, index, self._rows[index].left, rank, self._marks[index], index)

    def _begin(self, index: int) -> None:
        before, text_since = self._open, self._text_since
        verb = Why.INTRODUCTION if self._found.introducing[index] else Why.VERB
        announces = self._found.introducing[index] or self._found.operative[index]
        self._open = self._region(verb if announces else Why.HEADING, index)
        # The title below an announcement, which says it again, is of the same heading.
        if before and not text_since:
            self._open.numeral = before.numeral
            self._open.rank = max((rank for rank in (before.rank, self._open.rank) if rank), default=None)

    def _title_rank(self, index: int) -> Rank | None:
        """Find the highest rank of the headings above an operative verb: that of the title of what is resolved."""
        above = self._found.ranks[max(0, index - _ROWS_OF_WHEREAS) : index]
        return max((rank for rank in above if rank is not None), default=None)

    def _ends(self, index: int, mark: NumberedMark | None, region: Region) -> bool:
        row, look = self._rows[index], self._look[index]
        if (look or in_capitals(row.text)) and says_annex(row.text, look):
            return True
        if self._words.ends(row.text):
            return True
        if region.why is Why.LABEL:
            return self._ends_label(index, mark, region)
        if region.why is Why.INTRODUCTION and self._ends_introduced(index, mark, region):
            return True
        # An announcement as section II ends with III, not with A.
        numeral = region.numeral
        if mark and mark.is_section and numeral and numeral.is_section and mark.style is numeral.style:
            return True
        return look is HeadingLook.STRONG and self._is_next_heading(index, region)

    def _ends_label(self, index: int, mark: NumberedMark | None, region: Region) -> bool:
        """Tell whether the recommendation below a label ends: no heading announces a list."""
        row, start = self._rows[index], self._rows[region.start]
        if index == region.start or self._is_of_title(index):
            return False
        if mark:
            return True
        if self._look[index] is HeadingLook.STRONG:
            return True
        if not self._begins_paragraph(index):
            return False
        if row.left < start.left - _ASIDE:
            return True
        # What stands in a box goes on to its end, and what stands below a title to the next heading.
        in_box = start.left > self._edge + _ASIDE
        return not in_box and self._look[region.start] is not HeadingLook.STRONG and not self._goes_on_as_list(index)

    def _ends_introduced(self, index: int, mark: NumberedMark | None, region: Region) -> bool:
        """Tell whether the list that a paragraph introduces ends: there no heading announces one."""
        if mark and not mark.is_section:
            return mark.path not in _successors(self._last.path) if self._last else mark.path[-1] != "1"
        if self._look[index] is HeadingLook.STRONG:
            return not self._goes_on(index)
        plain = self._begins_paragraph(index) and not self._is_point(index)
        return plain and self._rows[index].left <= region.left + _ASIDE

    def _begins_paragraph(self, index: int) -> bool:
        return self._usual.begins_paragraph(self._rows[index - 1], self._rows[index])

    def _goes_on_as_list(self, index: int) -> bool:
        above = self._rows[index - 1].text
        return not ends_sentence(above) or above.endswith((":", ";", ",")) or self._is_point(index)

    def _is_point(self, index: int) -> bool:
        """Tell whether a row begins as a point of a list does: with a dash or a letter."""
        return any(reading.style in _POINTS for reading in read_markers(self._rows[index].text))

    def _is_of_title(self, index: int) -> bool:
        """Tell whether a row goes on with the heading of the row above."""
        return self._found.groups[index] == self._found.groups[index - 1] is not None

    def _is_next_heading(self, index: int, region: Region) -> bool:
        """Tell whether a heading has the rank of the announcement, or a higher one.

        It must not stand within the list.
        """
        rank = self._found.ranks[index]
        if rank is None or region.rank is None or not self._text_since:
            return False
        if rank < region.rank or self._goes_on(index):
            return False
        if rank > region.rank:
            return True
        if region.numeral and region.numeral.is_section:
            return False
        if self._last is None and self._text_since <= _ROWS_OF_INTRODUCTION and self._next_number(index) is not None:
            self._is_divided = True
        return not self._is_divided

    def _next_number(self, index: int) -> NumberedMark | None:
        """Find the number that stands close below a heading."""
        following = self._next[index]
        return following if following in self._marks[index : index + _ROWS_OF_HEADING] else None

    def _goes_on(self, index: int) -> bool:
        """Tell whether the list goes on below a heading: its next number is the first one there."""
        following = self._next[index]
        if self._last is None or following is None or following.restarted:
            return False
        if self._open and self._open.numeral and following.path in _successors(self._open.numeral.path):
            return False
        return following.path in _successors(self._last.path)


def _next_numbers(marks: Sequence[NumberedMark | None]) -> list[NumberedMark | None]:
    """Find for each row the first number that begins it or a later one."""
    found: list[NumberedMark | None] = []
    following: NumberedMark | None = None
    for mark in reversed(marks):
        following = mark if mark and not mark.is_section else following
        found.append(following)
    return found[::-1]


def is_label(mark: NumberedMark | None) -> bool:
    """Tell whether a mark is the label of a recommendation: ``Recommendation 3``, ``R3``."""
    return mark is not None and mark.style is Style.WORD and mark.sign in _LABELS


def has_label_sequence(marks: Sequence[NumberedMark | None]) -> bool:
    """Tell whether a document labels its recommendations: three or more, from 1."""
    values = {mark.path[-1] for mark in marks if mark and is_label(mark)}
    return values.issuperset(map(str, range(1, _FEWEST_LABELS + 1)))


def _usual_edge(rows: Sequence[Row]) -> float:
    """Find the left edge of the text, in points: the first at which a good part of it stands."""
    letters: Counter[int] = Counter()
    for row in rows:
        letters[round(row.left)] += len(row.text)
    least = _SHARE_OF_EDGE * sum(letters.values())
    return float(min((left for left, count in letters.items() if count >= least), default=0))


def _successors(path: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Make the paths of the numbers that may come next after one."""
    following = [(*path, "1")]
    for depth, label in enumerate(path):
        if label.isdigit():
            following.append((*path[:depth], str(int(label) + 1)))
    return following
