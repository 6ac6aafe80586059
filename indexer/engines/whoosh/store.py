"""Store of items, token offsets, marks and snippets, cached within a bound of bytes."""

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from indexer.engines.whoosh.codec.layout import STORED_ITEM, TOKEN_OFFSETS
from indexer.engines.whoosh.codec.reader import IndexReader
from indexer.engines.whoosh.postings import Postings
from indexer.model import Item, Version, Window, json, message
from indexer.model.errors import BadIndex
from indexer.query.plan import Leaf
from indexer.search.hits import TermMark, place_marks, snippet_of
from indexer.search.offsets import TokenOffsets
from indexer.storage.memory_cache import MemoryCache

RowVersion = tuple[int, Version]
"""A row and its version."""

Snippet = tuple[Window, ...]
"""The windows of a text, in order."""

# Estimates, since Python tells the size of an object but not of all that it refers to.
_ITEM_BYTES, _VERSION_BYTES, _PLACE_BYTES = 500, 600, 250
"""Bytes of an item without its versions, of a version without its text and places, and of a place."""

# One typographic quote in a text makes each of its characters take two bytes (PEP 393).
_CHARACTER_BYTES = 2

_MARKS_BYTES, _MARK_BYTES = 300, 200
"""Bytes of an entry in the cache of marks or of snippets, or of a window, and of a mark."""


class ItemStore:
    """The items of an index. Safe with threads.

    Args:
        folder: the folder of the index, for messages.
        reader: the open index.
        postings: the postings, which know where leaves occur.
        memory: the bound of the caches, in bytes.
    """

    def __init__(self, folder: Path, reader: IndexReader, postings: Postings, memory: int) -> None:
        self._folder = folder
        self._reader = reader
        self._postings = postings
        self._items: MemoryCache[int, Item] = MemoryCache(memory // 4, _size_of_item)
        self._offsets: MemoryCache[int, TokenOffsets] = MemoryCache(memory // 4, lambda offsets: offsets.nbytes)
        self._marks: MemoryCache[tuple[Leaf, int], tuple[TermMark, ...]] = MemoryCache(
            memory // 4, lambda marks: _MARKS_BYTES + _MARK_BYTES * len(marks)
        )
        self._snippets: MemoryCache[tuple[tuple[Leaf, ...], int], Snippet] = MemoryCache(memory // 4, _size_of_snippet)

    @property
    def nbytes(self) -> int:
        """Memory taken by the caches, in bytes."""
        return self._items.nbytes + self._offsets.nbytes + self._marks.nbytes + self._snippets.nbytes

    def clear(self) -> None:
        """Empty the caches."""
        for cache in (self._items, self._offsets, self._marks, self._snippets):
            cache.clear()

    def item(self, first: int) -> Item:
        """The item whose first row this is.

        Raises:
            BadIndex: the stored value is no item.
        """
        cached = self._items.get(first)
        return cached if cached is not None else self._items.put(first, self.read_item(first))

    # For those who go through all items: cached, they would put out what queries need.
    def read_item(self, first: int) -> Item:
        """The same, past the cache."""
        try:
            return json.decode(self._reader.stored_value(STORED_ITEM, first), Item)
        except json.CodecError as error:
            raise self._bad_index(error) from error

    def token_offsets(self, row: int) -> TokenOffsets:
        """The character offsets of the words of a row's text.

        Raises:
            BadIndex: the stored value holds none.
        """
        cached = self._offsets.get(row)
        if cached is not None:
            return cached
        # Stored by the build, since to tokenize the texts that are shown took a fifth of an answer.
        try:
            return self._offsets.put(row, TokenOffsets.unpack(self._reader.stored_value(TOKEN_OFFSETS, row)))
        except json.CodecError as error:
            raise self._bad_index(error) from error

    def _bad_index(self, error: Exception) -> BadIndex:
        return BadIndex(message("index-damaged", str(self._folder), str(error)))

    def marks(self, leaf: Leaf, rows: Sequence[RowVersion]) -> list[tuple[TermMark, ...]]:
        """The marks of a leaf in the texts of some rows."""
        get = self._marks.get
        marks = [get((leaf, row)) for row, _ in rows]
        if None in marks:
            # All rows of a page at once: to look up the occurrences one row after the other takes longer.
            missing = [row for (row, _), own in zip(rows, marks, strict=True) if own is None]
            found = dict(zip(missing, self._postings.matches(leaf).occurrences(leaf, missing), strict=True))
            try:
                for place, (row, _) in enumerate(rows):
                    if row in found:
                        marks[place] = self._marks.put((leaf, row), place_marks(self.token_offsets(row), found[row]))
            except struct.error as error:  # a damaged position, at which the text has no word
                raise self._bad_index(error) from error
        return cast("list[tuple[TermMark, ...]]", marks)

    def snippets(self, leaves: tuple[Leaf, ...], rows: Sequence[RowVersion]) -> list[Snippet]:
        """The snippets of some rows, in each of which all matches of the leaves count."""
        # A visitor who turns a page back, chooses a facet or another order sees the same snippets, and to choose them
        # takes a third of an answer.
        found = [self._snippets.get((leaves, row)) for row, _ in rows]
        if None in found:
            marks = [self.marks(leaf, rows) for leaf in leaves]
            for place, (row, version) in enumerate(rows):
                if found[place] is None:
                    chosen = snippet_of(version, [own[place] for own in marks])
                    found[place] = self._snippets.put((leaves, row), chosen)
        return cast("list[Snippet]", found)


def _size_of_snippet(windows: Snippet) -> int:
    """About the bytes of memory that a snippet takes, its key included."""
    return _MARKS_BYTES + sum([_MARKS_BYTES + _MARK_BYTES * len(window.marks) for window in windows])


def _size_of_item(item: Item) -> int:
    """About the bytes of memory that an item takes."""
    of_versions = (
        _VERSION_BYTES + _CHARACTER_BYTES * len(version.text) + _PLACE_BYTES * len(version.places)
        for version in item.versions
    )
    return _ITEM_BYTES + sum(of_versions)
