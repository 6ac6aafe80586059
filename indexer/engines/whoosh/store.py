"""Items as they were published, and where the words of questions stand in them, kept as far as memory goes."""

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from indexer.engines.whoosh.codec.layout import ITEM, PLACES
from indexer.engines.whoosh.codec.reader import IndexReader
from indexer.engines.whoosh.postings import Postings
from indexer.model import Item, Version, json
from indexer.model.errors import BadIndex
from indexer.query.plan import Leaf
from indexer.search.hits import TermMark, place_marks
from indexer.search.offsets import TokenOffsets
from indexer.storage.memory_cache import MemoryCache

Shown = tuple[int, Version]
"""A row and its version."""


class ItemStore:
    """The items of an index. Safe with threads."""

    def __init__(self, folder: Path, files: IndexReader, postings: Postings, memory: int) -> None:
        self._folder = folder
        self._files = files
        self._postings = postings
        self._items: MemoryCache[int, Item] = MemoryCache(memory // 3, _size_of_item)
        self._places: MemoryCache[int, TokenOffsets] = MemoryCache(memory // 3, lambda places: places.nbytes)
        self._marks: MemoryCache[tuple[Leaf, int], tuple[TermMark, ...]] = MemoryCache(
            memory // 3, lambda marks: 300 + 200 * len(marks)
        )

    @property
    def nbytes(self) -> int:
        """How much memory is taken by what is kept."""
        return self._items.nbytes + self._places.nbytes + self._marks.nbytes

    def clear(self) -> None:
        """Let go of what is kept."""
        for cache in (self._items, self._places, self._marks):
            cache.clear()

    def item(self, first: int) -> Item:
        """The item whose first row this is.

        Raises:
            BadIndex: what is stored is no item.
        """
        kept = self._items.get(first)
        return kept if kept is not None else self._items.put(first, self.read(first))

    def read(self, first: int) -> Item:
        """The same, not to be kept."""
        try:
            return json.decode(self._files.stored_value(ITEM, first), Item)
        except json.CodecError as error:
            raise self._damaged(error) from error

    def places(self, row: int) -> TokenOffsets:
        """The places of the words of a row's text.

        Raises:
            BadIndex: what is stored are none.
        """
        kept = self._places.get(row)
        if kept is not None:
            return kept
        try:
            return self._places.put(row, TokenOffsets.unpack(self._files.stored_value(PLACES, row)))
        except json.CodecError as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> BadIndex:
        return BadIndex(f"{self._folder}: the index is damaged ({error}). `indexer build` makes a new one.")

    def marks(self, leaf: Leaf, rows: Sequence[Shown]) -> list[tuple[TermMark, ...]]:
        """Where a leaf stands in the texts of some rows."""
        get = self._marks.get
        kept = [get((leaf, row)) for row, _ in rows]
        if None in kept:
            missing = [row for (row, _), marks in zip(rows, kept, strict=True) if marks is None]
            found = dict(zip(missing, self._postings.matches(leaf).occurrences(leaf, missing), strict=True))
            try:
                for place, (row, _) in enumerate(rows):
                    if row in found:
                        kept[place] = self._marks.put((leaf, row), place_marks(self.places(row), found[row]))
            except struct.error as error:
                raise self._damaged(error) from error
        return cast("list[tuple[TermMark, ...]]", kept)


def _size_of_item(item: Item) -> int:
    """About how many bytes an item takes."""
    return 500 + sum(600 + 2 * len(version.text) + 250 * len(version.places) for version in item.versions)
