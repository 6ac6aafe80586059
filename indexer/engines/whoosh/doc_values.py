"""What is known of every row and item beside its words, as arrays: for filters, facets and sorting.

Rows are versions, in the order of their items; the rows of an item follow each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np

from indexer.engines.whoosh.arrays import Mask, Narrow, Numbers, changes, narrow
from indexer.model import Count, Facet
from indexer.storage.memory_cache import MemoryCache

NO_VALUE = 0
"""The code of a row without a value in a field."""


class DocValues:
    """The columns of an index.

    Args:
        item_of_row: the item of each row, from 0, ascending.
        codes: for each field, the code of each row's value; NO_VALUE where it has none.
        values: for each field, the values by code, in the order in which equal counts are shown.
        ties: for each row, its item's place among items of equal score.
        days: for each row, its item's place among items by date.
        memory: how many bytes of masks are kept, at most.
    """

    def __init__(
        self,
        item_of_row: Narrow,
        codes: Mapping[str, Narrow],
        values: Mapping[str, Sequence[str]],
        ties: Narrow,
        days: Narrow,
        memory: int,
    ) -> None:
        self.rows = len(item_of_row)
        self.items = int(item_of_row[-1]) + 1 if self.rows else 0
        self.item_of_row = item_of_row
        self.one_row_each = self.rows == self.items
        self.first_row = narrow(np.append(np.flatnonzero(changes(item_of_row)), self.rows))
        self.ties = ties
        self.days = days
        self._codes = codes
        self._same = {field: values[field][1] for field in codes if len(values[field]) == 2 and codes[field].all()}
        self._values = values
        self._masks: MemoryCache[tuple[str, frozenset[str]], Mask] = MemoryCache(memory, lambda mask: mask.nbytes + 200)

    @property
    def nbytes(self) -> int:
        """How much memory is taken by what is kept."""
        return self._masks.nbytes

    def clear(self) -> None:
        """Let go of what is kept."""
        self._masks.clear()

    @cached_property
    def every_row(self) -> Numbers:
        """All rows."""
        return np.arange(self.rows)

    def first_rows(self, rows: Numbers) -> list[int]:
        """The first row of the item of each of some rows."""
        firsts = rows if self.one_row_each else self.first_row.take(self.item_of_row.take(rows))
        return list(firsts.tolist())

    def mask(self, field: str, accepted: frozenset[str]) -> Mask:
        """Which rows have one of these values in a field."""
        kept = self._masks.get((field, accepted))
        if kept is not None:
            return kept
        by_code = np.array([value in accepted for value in self._values[field]], np.bool_)
        by_code[NO_VALUE] = False
        return self._masks.put((field, accepted), by_code[self._codes[field]])

    def one_per_item(self, rows: Numbers) -> Numbers:
        """The first of some rows, ascending, of each item."""
        if self.one_row_each or not len(rows):
            return rows
        return np.asarray(rows[changes(self.item_of_row[rows])])

    def facet(self, field: str, rows: Numbers) -> Facet:
        """How many items have each value in a field. ``rows`` are one of each item, for ``lang`` all that match."""
        if field in self._same:
            return Facet(field, (Count(self._same[field], len(rows)),) if len(rows) else ())
        values = self._values[field]
        counts = np.bincount(self._codes[field].take(rows), minlength=len(values)).tolist()
        counts[NO_VALUE] = 0
        found = [_count(value, count) for value, count in zip(values, counts, strict=True) if count]
        if field != "year":
            found.sort(key=_largest_first)
        return Facet(field, tuple(found))


_count = lru_cache(maxsize=1 << 16)(Count)
"""The same counts are given time and again, and making one takes longer than looking it up."""


def _largest_first(count: Count) -> int:
    return -count.count


def encode_values(values: Iterable[str | None], *, newest_first: bool) -> tuple[list[int], tuple[str, ...]]:
    """Values as codes, and the values by code: NO_VALUE first, then in the order of ``DocValues``."""
    held = list(values)
    known = ("", *sorted({value for value in held if value is not None}, reverse=newest_first))
    code = {value: place for place, value in enumerate(known)}
    return [NO_VALUE if value is None else code[value] for value in held], known
