"""Openings: the rows of a document that announce recommendations, and the ranks of its headings."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.segment.announcements import (
    introduces_recommendations,
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
from indexer.segment.item_words import ItemWords
from indexer.segment.markers import Style, read_markers
from indexer.segment.rows import Row

_ROWS_OF_INTRODUCTION = 25
"""Rows of the longest paragraph that introduces a list."""

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
        groups: for each row the heading that it is of, by the index of its first row, or None for text.
        operative: for each row whether it is an operative verb alone.
        introducing: for each row whether it ends a paragraph that introduces recommendations.
    """

    announced: Sequence[bool]
    ranks: Sequence[Rank | None]
    groups: Sequence[int | None]
    operative: Sequence[bool]
    introducing: Sequence[bool]

    def headings(self, look: Sequence[HeadingLook]) -> list[bool]:
        """Tell for each row whether it announces as a heading does.

        A verb may do so as the end of a sentence.
        """
        return [
            announced and not introducing and (not operative or each is HeadingLook.STRONG)
            for announced, operative, introducing, each in zip(
                self.announced, self.operative, self.introducing, look, strict=True
            )
        ]


def find_announcements(
    rows: Sequence[Row], look: Sequence[HeadingLook], usual: UsualMeasures, words: ItemWords
) -> Announcements:
    """Find the rows that announce recommendations."""
    ranks: list[Rank | None] = [None] * len(rows)
    groups: list[int | None] = [None] * len(rows)
    announced = [False] * len(rows)
    for group in heading_groups(rows, look, usual):
        says = _group_announces(rows, group, words) and not _is_table_head(rows[group.start], look[group.start], usual)
        for index in group:
            ranks[index], groups[index] = Rank.of(rows[group.start]), group.start
            announced[index] = says
    operative = [is_operative(row.text) for row in rows]
    introducing = [_introduces(rows, index, usual) for index in range(len(rows))]
    for index, row in enumerate(rows):
        small = row.size < usual.size - _SAME_SIZE
        begins = index == 0 or usual.begins(row) or ends_sentence(rows[index - 1].text) or look[index - 1] > 0
        bare = begins and is_bare_announcement(row.text) and not row.text.endswith(".") and not small
        announced[index] = announced[index] or bare or operative[index] or introducing[index]
    in_annex = _annex_rows(rows, look, ranks, announced)
    # An annex has recommendations where a heading of its own says so: else it quotes those of others.
    announced = [
        each and (not within or each_look is HeadingLook.STRONG)
        for each, within, each_look in zip(announced, in_annex, look, strict=True)
    ]
    if words.has_start:
        announced = [words.starts(row.text) for row in rows]
        operative = introducing = [False] * len(rows)
    return Announcements(announced, ranks, groups, operative, introducing)


def _group_announces(rows: Sequence[Row], group: range, words: ItemWords) -> bool:
    """Tell whether a heading announces recommendations: all of its rows, or one of them in another language."""
    texts = [rows[index].text for index in group]
    whole = " ".join(texts)
    return says_recommendations(whole) or words.announces(whole) or any(map(is_bare_announcement, texts))


def _is_table_head(row: Row, look: HeadingLook, usual: UsualMeasures) -> bool:
    """Tell whether what looks weakly like a heading is smaller than the text: the head of a table, a caption."""
    return look is HeadingLook.WEAK and row.size < usual.size - _SAME_SIZE


def _annex_rows(
    rows: Sequence[Row], look: Sequence[HeadingLook], ranks: Sequence[Rank | None], announced: Sequence[bool]
) -> list[bool]:
    """Tell for each row whether it stands in an annex: one that is no list of recommendations."""
    found: list[bool] = []
    annex: Rank | None = None
    for row, each, rank, announces in zip(rows, look, ranks, announced, strict=True):
        if each is HeadingLook.STRONG and rank is not None:
            if says_annex(row.text, each):
                annex = None if announces else rank
            elif annex is not None and rank > annex:
                annex = None
        found.append(annex is not None)
    return found


def _introduces(rows: Sequence[Row], index: int, usual: UsualMeasures) -> bool:
    """Tell whether a row ends a paragraph that introduces a list of recommendations.

    A paragraph with a number of its own is an item, and its list is text of it.
    """
    if not rows[index].text.endswith(":") or index + 1 >= len(rows):
        return False
    if not any(
        reading.style is Style.DASH or (reading.style is Style.NUMBER and reading.values == (1,))
        for reading in read_markers(rows[index + 1].text)
    ):
        return False
    first = index
    while first and index - first < _ROWS_OF_INTRODUCTION and not usual.begins(rows[first]):
        first -= 1
    if any(read_markers(rows[first].text)):
        return False
    return introduces_recommendations(" ".join(row.text for row in rows[max(first, index - 1) : index + 1]))
