"""Doc values: one array a field or property, for filters, facets and sorting.

Rows are versions, in the order of their items; the rows of an item follow each other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from indexer.analysis.fields import FIELDS, Field
from indexer.engines.whoosh.arrays import Mask, Narrow, Numbers, changes, narrow
from indexer.engines.whoosh.codec.layout import DAY, ITEM_OF_ROW, TIE
from indexer.engines.whoosh.codec.reader import IndexReader
from indexer.model import Count, Facet, message
from indexer.model.errors import BadIndex
from indexer.storage.memory_cache import MemoryCache

NO_VALUE = 0
"""Code of the empty set: that of a row without a value in a field."""

# An estimate for the array object, the key, and the entry in the dictionary.
_MASK_OVERHEAD = 200
"""Bytes that a cached mask is taken to need beside its elements."""

_COUNTS_CACHED = 1 << 16
"""Distinct counts of facets that are cached."""


class DocValues:
    """The doc values of an index.

    Args:
        item_of_row: the item of each row, from 0, ascending.
        codes: for each field, the code of the set of values that each row has; NO_VALUE where it has none.
        sets: for each field, the sets of values by code, sorted.
        ties: for each row, its item's place among items of equal score.
        days: for each row, the number of its meeting's first day, the oldest as 1; 0 where it is not known.
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
        sets: Mapping[str, Sequence[tuple[str, ...]]],
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
        self._sets = sets
        # Most fields have one value a row, by code, and the codes in their order.
        self._values = {
            field: [own[0] for own in sets[field][NO_VALUE + 1 :]]
            for field in codes
            if all(len(own) == 1 for own in sets[field][NO_VALUE + 1 :])
        }
        # Where all rows have the same value (none has NO_VALUE), a facet needs no counting.
        self._only_value = {
            field: values[0] for field, values in self._values.items() if len(values) == 1 and codes[field].all()
        }
        self._distinct: dict[str, bool] = {}
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
        return self._masks.put((field, accepted), self._make_mask(field, accepted))

    def _make_mask(self, field: str, accepted: frozenset[str]) -> Mask:
        # Sets are compared once each, not once a row: the rows look up what became of their code.
        by_code = np.array([not accepted.isdisjoint(own) for own in self._sets[field]], np.bool_)
        return np.asarray(by_code[self._codes[field]])

    def one_per_item(self, rows: Numbers) -> Numbers:
        """The first row of each item among some rows, which ascend."""
        if self.one_row_each or not len(rows):
            return rows
        return np.asarray(rows[changes(self.item_of_row[rows])])

    def others(self, rows: Numbers, taken: Numbers) -> Numbers:
        """Places of the rows whose items have none of the rows taken."""
        free = np.ones(self.items, np.bool_)
        free[self.item_of_row[taken]] = False
        return free[self.item_of_row[rows]].nonzero()[0]

    def count_others(self, mask: Mask, taken: Numbers) -> int:
        """Number of items with a row in a mask, and none taken."""
        if self.one_row_each:
            return int(np.count_nonzero(mask)) - int(np.count_nonzero(mask[taken]))
        rows = mask.nonzero()[0]
        # The rows of an item follow each other.
        return int(np.count_nonzero(changes(self.item_of_row[rows[self.others(rows, taken)]])))

    def facet(self, field: Field, rows: Numbers, items: Numbers) -> Facet:
        """Facet of a field: the number of items with each value.

        Args:
            field: the field.
            rows: the matching rows.
            items: one row of each matching item.
        """
        name = field.name
        # An index without any value of a field, such as one whose catalogues list none, has nothing to count.
        if len(self._sets[name]) == NO_VALUE + 1:
            return Facet(name, ())
        if name in self._only_value:
            return Facet(name, (Count(self._only_value[name], len(items)),) if len(items) else ())
        if field.per_version and not self._is_distinct(name):
            totals = [(value, len(self.one_per_item(own))) for value, own in self._rows_by_value(name, rows)]
        else:
            totals = self._totals(name, rows if field.per_version else items)
        found = [_count(value, count) for value, count in totals if count]
        if field.newest_first:
            found.reverse()
        else:
            # Sorting is stable: equal counts stay in the order of their values.
            found.sort(key=_largest_first)
        return Facet(name, tuple(found))

    def _totals(self, field: str, rows: Numbers) -> list[tuple[str, int]]:
        """The number of rows with each value, by value; some may be 0."""
        sets = self._sets[field]
        counts = np.bincount(self._codes[field].take(rows), minlength=len(sets)).tolist()
        if field in self._values:
            return list(zip(self._values[field], counts[NO_VALUE + 1 :], strict=True))
        totals: dict[str, int] = {}
        for values, count in zip(sets, counts, strict=True):
            for value in values:
                totals[value] = totals.get(value, 0) + count
        return sorted(totals.items())

    def _rows_by_value(self, field: str, rows: Numbers) -> Iterator[tuple[str, Numbers]]:
        """The rows with each value, by value."""
        for value in sorted(set().union(*self._sets[field])):
            yield value, rows[self._make_mask(field, frozenset((value,)))[rows]]

    def _is_distinct(self, field: str) -> bool:
        """Tell whether no two rows of an item share a value."""
        # Then rows can be counted in place of items, all values at once.
        if field not in self._distinct:
            every = self.every_row
            shared = (len(own) > len(self.one_per_item(own)) for _, own in self._rows_by_value(field, every))
            self._distinct[field] = not any(shared)
        return self._distinct[field]


# The same counts are given time and again, and making one takes longer than looking it up.
_count = lru_cache(maxsize=_COUNTS_CACHED)(Count)


def read_doc_values(
    folder: Path, reader: IndexReader, sets: Mapping[str, Sequence[tuple[str, ...]]], memory: int
) -> DocValues:
    """Read the doc values of an index.

    Args:
        folder: the folder of the index.
        reader: its open files.
        sets: for each field, the sets of values by code.
        memory: the bound of the cached masks, in bytes.

    Raises:
        BadIndex: the files are damaged.
    """
    codes = {field: reader.numbers(field) for field in FIELDS}
    # The metadata have no check sum of their own, and a code without a value would break a search.
    if any(code.max(initial=NO_VALUE) >= len(sets.get(field, ())) for field, code in codes.items()):
        raise BadIndex(message("values-damaged", str(folder)))
    ties, days = reader.numbers(TIE), reader.numbers(DAY)
    return DocValues(reader.numbers(ITEM_OF_ROW), codes, sets, ties=ties, days=days, memory=memory)


def _largest_first(count: Count) -> int:
    return -count.count


def encode_values(sets: Iterable[tuple[str, ...]]) -> tuple[list[int], tuple[tuple[str, ...], ...]]:
    """Encode sets of values as numbers.

    Returns:
        The code of each set, and the sets by code: first the empty one for NO_VALUE, then sorted.
    """
    given = list(sets)
    by_code = ((), *sorted({own for own in given if own}))
    code = {own: place for place, own in enumerate(by_code)}
    return [code[own] for own in given], by_code
