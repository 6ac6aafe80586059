"""Doc values: one array a field or property, for filters, facets and sorting.

Rows are versions, in the order of their items; the rows of an item follow each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np

from indexer.engines.whoosh.arrays import Mask, Narrow, Numbers, changes, narrow
from indexer.model import Count, Facet
from indexer.storage.memory_cache import MemoryCache

NO_VALUE = 0
"""Code of a row without a value in a field."""

# An estimate for the array object, the key, and the entry in the dictionary.
_MASK_OVERHEAD = 200
"""Bytes that a cached mask is taken to need beside its elements."""

_COUNTS_CACHED = 1 << 16
"""Distinct counts of facets that are cached."""


class DocValues:
    """The doc values of an index.

    Args:
        item_of_row: the item of each row, from 0, ascending.
        codes: for each field, the code of each row's value; NO_VALUE where it has none.
        values: for each field, the values by code, in the order in which equal counts are shown.
        ties: for each row, its item's place among items of equal score.
        days: for each row, its item's place among items by date.
        memory: the bound of the cached masks, in bytes.

    Attributes:
        rows: the number of rows.
        items: the number of items.
        one_row_each: every item has one row, so that rows are items.
        first_row: the first row of each item, and at the end the number of rows.
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
        # Where all rows have the same value (two codes with NO_VALUE, which none has), a facet needs no counting.
        self._only_value = {
            field: values[field][1] for field in codes if len(values[field]) == 2 and codes[field].all()
        }
        self._values = values
        self._masks: MemoryCache[tuple[str, frozenset[str]], Mask] = MemoryCache(
            memory, lambda mask: mask.nbytes + _MASK_OVERHEAD
        )

    @property
    def nbytes(self) -> int:
        """Memory taken by the cached masks, in bytes."""
        return self._masks.nbytes

    def clear(self) -> None:
        """Empty the cache."""
        self._masks.clear()

    # Made on first use, as few queries need it.
    @cached_property
    def every_row(self) -> Numbers:
        """All rows."""
        return np.arange(self.rows)

    def first_rows(self, rows: Numbers) -> list[int]:
        """The first row of the item of each of some rows."""
        firsts = rows if self.one_row_each else self.first_row.take(self.item_of_row.take(rows))
        return list(firsts.tolist())

    def mask(self, field: str, accepted: frozenset[str]) -> Mask:
        """Mask of the rows that have one of these values in a field."""
        cached = self._masks.get((field, accepted))
        if cached is not None:
            return cached
        # Values are compared once each, not once a row: the rows look up what became of their code.
        by_code = np.array([value in accepted for value in self._values[field]], np.bool_)
        by_code[NO_VALUE] = False
        return self._masks.put((field, accepted), by_code[self._codes[field]])

    def one_per_item(self, rows: Numbers) -> Numbers:
        """The first row of each item among some rows, which ascend."""
        if self.one_row_each or not len(rows):
            return rows
        return np.asarray(rows[changes(self.item_of_row[rows])])

    def facet(self, field: str, rows: Numbers) -> Facet:
        """Facet of a field: the number of items with each value.

        Args:
            field: the field.
            rows: one row of each matching item; for ``lang``, in which an item has a value a row, all that match.
        """
        if field in self._only_value:
            return Facet(field, (Count(self._only_value[field], len(rows)),) if len(rows) else ())
        values = self._values[field]
        counts = np.bincount(self._codes[field].take(rows), minlength=len(values)).tolist()
        counts[NO_VALUE] = 0
        found = [_count(value, count) for value, count in zip(values, counts, strict=True) if count]
        # Years stay in the order of their codes. Sorting is stable, so that equal counts do as well.
        if field != "year":
            found.sort(key=_largest_first)
        return Facet(field, tuple(found))


# The same counts are given time and again, and making one takes longer than looking it up.
_count = lru_cache(maxsize=_COUNTS_CACHED)(Count)


def _largest_first(count: Count) -> int:
    return -count.count


def encode_values(values: Iterable[str | None], *, newest_first: bool) -> tuple[list[int], tuple[str, ...]]:
    """Encode values as numbers.

    Args:
        values: the values; None where there is none.
        newest_first: sort the values in descending order instead of ascending.

    Returns:
        The code of each value, and the values by code: first an empty one for NO_VALUE, then sorted.
    """
    given = list(values)
    by_code = ("", *sorted({value for value in given if value is not None}, reverse=newest_first))
    code = {value: place for place, value in enumerate(by_code)}
    # Not code[""]: a value that is an empty string has a code of its own.
    return [NO_VALUE if value is None else code[value] for value in given], by_code
