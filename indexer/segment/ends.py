"""Ends of items: paragraphs that stand in an item's place, and are none of it by the tags of the file.

Without tags all that follows an item is of it, up to what opens another passage.
"""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from indexer.segment.headings import HeadingLook, ends_sentence
from indexer.segment.markers import read_markers
from indexer.segment.rows import Row
from indexer.segment.sequences import EDGE
from indexer.segment.structure import RowStructure

_FEWEST = 2
"""Items that another follows which show whether those of a document have several paragraphs, at least."""

_SELDOM = 0.1
"""Share of these that other paragraphs follow, up to which items have none: a list may go on after a remark."""


class ItemEnds:
    """Ends of the items of a document.

    Args:
        rows: the rows of the text in reading order.
        look: how much each looks like a heading.
        items: the rows that open a recommendation.
    """

    def __init__(self, rows: Sequence[Row], look: Sequence[HeadingLook], items: Sequence[int]) -> None:
        self._rows = rows
        self._look = look
        self._items = frozenset(items)
        self._have_one_block = self._measure(sorted(items))

    def has_ended(self, first: int, index: int) -> bool:
        """Tell whether the item that a row opened has ended before another row."""
        opening, own = self._rows[first].structure, self._rows[index].structure
        if opening is None or own is None:
            return False
        item = opening.item
        row, marker = self._rows[index], self._rows[first]
        if item and own.is_within(item):
            # Some programs put all that follows a list into its last item.
            return own.begins and self._begins_sentence(index) and row.left < marker.left - EDGE * row.size
        if not self._is_beyond(opening, index):
            return False
        if opening.table_row or (first in self._items and self._have_one_block):
            return True
        return item > 0 and row.left <= marker.left + EDGE * row.size

    def _is_beyond(self, opening: RowStructure, index: int) -> bool:
        """Tell whether a row begins a block beyond an item: in no list, and in no row of a table with it."""
        own = self._rows[index].structure
        if own is None or not own.begins or own.item or not self._begins_sentence(index):
            return False
        return not (opening.table_row and own.is_within(opening.table_row))

    def _begins_sentence(self, index: int) -> bool:
        """Tell whether a row begins a text of its own, with no marker before it."""
        row, above = self._rows[index], self._rows[index - 1]
        if row.text[:1].islower() or above.text.endswith((":", ";", ",")) or not ends_sentence(above.text):
            return False
        return not any(read_markers(row.text))

    def _measure(self, items: Sequence[int]) -> bool:
        """Tell whether items are one block each: others hardly ever begin between two of them."""
        followed = apart = 0
        for first, following in pairwise(items):
            between = range(first + 1, following)
            opening = self._rows[first].structure
            if opening is None or any(self._look[index] for index in between):
                continue
            followed += 1
            apart += opening.rank > 0 or any(map(partial(self._is_beyond, opening), between))
        return followed >= _FEWEST and apart <= _SELDOM * followed
