"""Regions: where recommendations may stand, from what announces them to what ends them."""

# ARCHITECTURE.md: A region ends at a heading of the rank of what opened it.

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.model import Override
from indexer.segment.announcements import (
    is_bare_announcement,
    is_operative,
    says_recommendations,
)
from indexer.segment.headings import (
    HeadingLook,
    UsualMeasures,
    ends_sentence,
    heading_groups,
    in_capitals,
    says_annex,
)
from indexer.segment.numbering import NumberedMark
from indexer.segment.rows import Row

_ROWS_OF_WHEREAS = 60
"""Rows between the title of a resolution and its operative verb, at most."""

_ROWS_OF_INTRODUCTION = 25
"""Rows of the longest introduction between an announcement and the first heading within its list."""

_ROWS_OF_HEADING = 8
"""Rows below a heading within which its list begins."""

_SAME_SIZE = 0.4
"""Points within which the letters of two headings are of one size."""


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """Rank of a heading by its look: the larger stands above the smaller."""

    size: float
    bold: bool
    capitals: bool

    @classmethod
    def of(cls, row: Row) -> "Rank":
        """Rank of the heading that a row begins."""
        return cls(round(row.size / _SAME_SIZE) * _SAME_SIZE, row.bold, in_capitals(row.text))


@dataclass(frozen=True, slots=True)
class Announcements:
    """Announcements of a document by rows, as parallel sequences.

    Attributes:
        announced: for each row whether it is of an announcement.
        ranks: for each row the rank of the heading that it is of, or None for text.
        operative: for each row whether it is an operative verb alone.
    """

    announced: Sequence[bool]
    ranks: Sequence[Rank | None]
    operative: Sequence[bool]

    def headings(self, look: Sequence[HeadingLook]) -> list[bool]:
        """Tell for each row whether it announces as a heading does.

        A verb may do so as the end of a sentence.
        """
        return [
            announced and (not operative or each is HeadingLook.STRONG)
            for announced, operative, each in zip(self.announced, self.operative, look, strict=True)
        ]


def find_announcements(
    rows: Sequence[Row], look: Sequence[HeadingLook], usual: UsualMeasures, override: Override | None
) -> Announcements:
    """Find the rows that announce recommendations."""
    ranks: list[Rank | None] = [None] * len(rows)
    announced = [False] * len(rows)
    for group in heading_groups(rows, look, usual):
        texts = [rows[index].text for index in group]
        # A heading in two languages has a row for each; one of several rows is read as a whole.
        says = any(map(says_recommendations, {" ".join(texts), *texts}))
        for index in group:
            ranks[index] = Rank.of(rows[group.start])
            announced[index] = says
    operative = [is_operative(row.text) for row in rows]
    for index, row in enumerate(rows):
        begins = index == 0 or usual.begins(row) or ends_sentence(rows[index - 1].text) or look[index - 1] > 0
        bare = is_bare_announcement(row.text) and begins and not row.text.endswith(".")
        announced[index] = announced[index] or bare or operative[index]
    if override and override.start:
        announced = [row.text.startswith(override.start) for row in rows]
    return Announcements(announced, ranks, operative)


def region(
    rows: Sequence[Row],
    look: Sequence[HeadingLook],
    marks: Sequence[NumberedMark | None],
    announcements: Announcements,
    override: Override | None,
) -> list[bool]:
    """Tell for each row whether recommendations may stand there.

    They may after what announces them, until an annex, the next section or the next heading of the announcement's rank;
    or as the catalogue says.
    """
    reader = _Regions(rows, look, marks, announcements, override)
    return [reader.take(index) for index in range(len(rows))]


class _Regions:
    """Reader of regions, one row after the other."""

    def __init__(
        self,
        rows: Sequence[Row],
        look: Sequence[HeadingLook],
        marks: Sequence[NumberedMark | None],
        announcements: Announcements,
        override: Override | None,
    ) -> None:
        self._rows = rows
        self._look = look
        self._marks = marks
        self._found = announcements
        self._next = _next_numbers(marks)
        self._end = override.end if override else None
        self._is_open = False
        # Of the announcement: its numeral, its rank, and whether text has come after it.
        self._opened: NumberedMark | None = None
        self._rank: Rank | None = None
        self._text_since = 0
        # Of the list: its last number, and whether headings of the announcement's rank stand within it.
        self._last: NumberedMark | None = None
        self._is_divided = False

    def take(self, index: int) -> bool:
        """Tell whether recommendations may stand in a row, the next one."""
        mark = self._marks[index]
        # In a region that has no number yet a verb ends the introduction: `the Working Group recommends:`.
        if self._found.announced[index] and not (self._found.operative[index] and self._is_open and not self._last):
            self._open(index, mark)
            return False
        if not self._is_open:
            return False
        if self._ends(index, mark):
            self._is_open = False
            return False
        if mark and not mark.is_section:
            self._last = mark
        self._text_since += self._found.ranks[index] is None
        return True

    def _open(self, index: int, mark: NumberedMark | None) -> None:
        goes_on = self._is_open and not self._text_since
        self._is_open, self._text_since = True, 0
        self._last, self._is_divided = None, False
        rank = self._title_rank(index) if self._found.operative[index] else self._found.ranks[index]
        # The title below an announcement, which says it again, is of the same heading.
        if not goes_on:
            self._opened, self._rank = mark, rank
        elif rank is not None and (self._rank is None or rank > self._rank):
            self._rank = rank

    def _title_rank(self, index: int) -> Rank | None:
        """Find the highest rank of the headings above an operative verb: that of the title of what is resolved."""
        above = self._found.ranks[max(0, index - _ROWS_OF_WHEREAS) : index]
        return max((rank for rank in above if rank is not None), default=None)

    def _ends(self, index: int, mark: NumberedMark | None) -> bool:
        row, look = self._rows[index], self._look[index]
        if (look or in_capitals(row.text)) and says_annex(row.text, look):
            return True
        if self._end and row.text.startswith(self._end):
            return True
        # An announcement as section II ends with III, not with A.
        if mark and mark.is_section and self._opened and self._opened.is_section and mark.style is self._opened.style:
            return True
        return look is HeadingLook.STRONG and self._is_next_heading(index)

    def _is_next_heading(self, index: int) -> bool:
        """Tell whether a heading has the rank of the announcement, or a higher one.

        It must not stand within the list.
        """
        rank = self._found.ranks[index]
        if rank is None or self._rank is None or not self._text_since:
            return False
        if rank < self._rank or self._goes_on(index):
            return False
        if rank > self._rank:
            return True
        if self._opened and self._opened.is_section:
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
        if self._opened and following.path in _successors(self._opened.path):
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


def _successors(path: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Make the paths of the numbers that may come next after one."""
    following = [(*path, "1")]
    for depth, label in enumerate(path):
        if label.isdigit():
            following.append((*path[:depth], str(int(label) + 1)))
    return following
