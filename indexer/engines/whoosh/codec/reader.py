"""Reader of a Whoosh index on disk, term by term and row by row.

It finds its way by the ``IndexLayout`` that the writer has left in the metadata, and loads no Whoosh; posting lists and
stored values are read in place (``lists``).
"""

import pickle
import struct
import zlib
from collections.abc import Mapping
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np

from indexer.engines.whoosh.arrays import Narrow, Numbers, narrow
from indexer.engines.whoosh.codec.layout import NUMBER, STORED_COLUMNS, IndexLayout
from indexer.engines.whoosh.codec.lists import PostingLists, StoredValues
from indexer.model import message
from indexer.model.errors import BadIndex

# Unpickling and unpacking damaged bytes can raise nearly anything.
_DAMAGE_ERRORS = (
    *(OSError, EOFError, ValueError, TypeError, LookupError, AttributeError, AssertionError, MemoryError, ImportError),
    *(pickle.UnpicklingError, struct.error, zlib.error, ArithmeticError, RecursionError, NameError),
)
"""Exceptions that a damaged index raises when it is read."""

_TERMS_TAG = b"HSH3"
"""Tag with which Whoosh's hash of terms begins."""


class IndexReader:
    """An open Whoosh index. Its methods may be called by several threads.

    Args:
        folder: the folder of the index.
        layout: the places of things in its files.
        checks: the CRC-32 of each file, by name.

    Attributes:
        rows: the number of rows.

    Raises:
        BadIndex: here and in any method, where the files cannot be read.
    """

    # Only files that are read as a whole are compared with their CRC-32: the table of contents and the columns of
    # numbers. To compare the others would mean to read all of them when an index is opened.

    def __init__(self, folder: Path, layout: IndexLayout, checks: Mapping[str, int]) -> None:
        self._layout = layout
        self._checks = checks
        self._folder = folder
        self._opened = ExitStack()
        self.rows = layout.rows
        try:
            self._open()
        except _DAMAGE_ERRORS as error:
            self.close()
            raise self._bad_index(error) from error

    def _open(self) -> None:
        # Nothing is read from it, but any Whoosh that opens the index unpickles it: damage shall be known here first.
        for name in self._checks:
            if name.endswith(".toc"):
                self._read_checked(name)
        layout = self._layout
        with self._path(layout.terms).open("rb") as terms:
            if terms.read(len(_TERMS_TAG)) != _TERMS_TAG:
                raise ValueError(f"{layout.terms} holds no terms")
        lists = PostingLists(
            terms=self._path(layout.terms),
            postings=self._path(layout.postings),
            tables=layout.tables,
            fields=layout.fields,
            rows=self.rows,
        )
        self._lists = self._opened.enter_context(closing(lists))
        self._values: dict[str, StoredValues] = {}
        # An index without rows has columns of no length, in which there is nothing to find.
        for name in STORED_COLUMNS if self.rows else ():
            values = StoredValues(self._path(layout.columns[name]), self.rows)
            self._values[name] = self._opened.enter_context(closing(values))

    def _path(self, name: str) -> Path:
        return self._folder / name

    def _bad_index(self, error: Exception) -> BadIndex:
        return BadIndex(message("index-unreadable", str(self._folder), f"{type(error).__name__}: {error}"))

    def postings(self, field: str, text: str) -> tuple[Numbers, Numbers] | None:
        """The row and the position of each occurrence of a term, ascending; None where there is no such term."""
        try:
            return self._lists.find(field, text)
        except _DAMAGE_ERRORS as error:
            raise self._bad_index(error) from error

    def numbers(self, name: str) -> Narrow:
        """A column of numbers, by row."""
        try:
            return narrow(np.frombuffer(self._read_checked(self._layout.columns[name]), NUMBER))
        except _DAMAGE_ERRORS as error:
            raise self._bad_index(error) from error

    def _read_checked(self, name: str) -> bytes:
        content = self._path(name).read_bytes()
        if zlib.crc32(content) != self._checks[name]:
            raise ValueError(f"the check sum of {name} is wrong")
        return content

    def stored_value(self, name: str, row: int) -> bytes:
        """The value of a row in one of the ``STORED_COLUMNS``."""
        try:
            return self._values[name][row]
        except _DAMAGE_ERRORS as error:
            raise self._bad_index(error) from error

    def close(self) -> None:
        """Close the files."""
        self._opened.close()
