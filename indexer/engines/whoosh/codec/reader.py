"""The files of an index, read by the term and by the row, where ``layout`` says that things lie."""

# ARCHITECTURE.md: Whoosh is the distribution `whoosh-reloaded` 2.7.5, pinned.

import pickle
import struct
import zlib
from collections.abc import Mapping
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np

from indexer.engines.whoosh.arrays import Narrow, Numbers, narrow
from indexer.engines.whoosh.codec.layout import KEPT, NUMBER, IndexLayout
from indexer.engines.whoosh.codec.lists import PostingLists, StoredValues
from indexer.model.errors import BadIndex

_DAMAGE = (
    *(OSError, EOFError, ValueError, TypeError, LookupError, AttributeError, AssertionError, MemoryError, ImportError),
    *(pickle.UnpicklingError, struct.error, zlib.error, ArithmeticError, RecursionError, NameError),
)
"""What reading a damaged index raises."""


_TERMS = b"HSH3"
"""How Whoosh's hash of terms begins."""


class IndexReader:
    """An open Whoosh index. Its methods may be called by several threads.

    Args:
        folder: where it lies.
        layout: where things lie in it.
        checks: the CRC-32 of each file, by name; those that are read as a whole are checked.

    Raises:
        BadIndex: here and in any method, where the files cannot be read.
    """

    def __init__(self, folder: Path, layout: IndexLayout, checks: Mapping[str, int]) -> None:
        self._layout = layout
        self._checks = checks
        self._folder = folder
        self._files = ExitStack()
        self.rows = layout.rows
        try:
            self._open()
        except _DAMAGE as error:
            self.close()
            raise self._damaged(error) from error

    def _open(self) -> None:
        for name in self._checks:
            if name.endswith(".toc"):
                self._checked(name)
        layout = self._layout
        with self._path(layout.terms).open("rb") as terms:
            if terms.read(len(_TERMS)) != _TERMS:
                raise ValueError(f"{layout.terms} holds no terms")
        lists = PostingLists(
            self._path(layout.terms), self._path(layout.postings), layout.tables, layout.fields, self.rows
        )
        self._lists = self._files.enter_context(closing(lists))
        self._values: dict[str, StoredValues] = {}
        for name in KEPT if self.rows else ():
            values = StoredValues(self._path(layout.columns[name]), self.rows)
            self._values[name] = self._files.enter_context(closing(values))

    def _path(self, name: str) -> Path:
        return self._folder / name

    def _damaged(self, error: Exception) -> BadIndex:
        problem = f"{self._folder}: the index cannot be read ({type(error).__name__}: {error})"
        return BadIndex(f"{problem}. `indexer build` makes a new one.")

    def postings(self, field: str, text: str) -> tuple[Numbers, Numbers] | None:
        """The row and the position of each occurrence of a term, ascending; None where there is no such term."""
        try:
            return self._lists.find(field, text)
        except _DAMAGE as error:
            raise self._damaged(error) from error

    def numbers(self, name: str) -> Narrow:
        """A column, by row."""
        try:
            return narrow(np.frombuffer(self._checked(self._layout.columns[name]), NUMBER))
        except _DAMAGE as error:
            raise self._damaged(error) from error

    def _checked(self, name: str) -> bytes:
        content = self._path(name).read_bytes()
        if zlib.crc32(content) != self._checks[name]:
            raise ValueError(f"the check sum of {name} is wrong")
        return content

    def stored_value(self, name: str, row: int) -> bytes:
        """What was kept of a row under one of the names in ``KEPT``."""
        try:
            return self._values[name][row]
        except _DAMAGE as error:
            raise self._damaged(error) from error

    def close(self) -> None:
        """Close the files."""
        self._files.close()
