"""A Whoosh index on disk, written in one go and read by the term: the only importer of whoosh.

The writer hands finished postings to Whoosh's codec instead of one posting at a time to its writer, which spends most
of its time sorting and encoding them in Python. It lays out columns itself, as Whoosh holds two numbers of each value
until the end. What lies on disk is in Whoosh's own format, with one segment, and any Whoosh 2.7 opens it. Whoosh opens
it here as well; postings and values are then read in place (``disk``).
"""

import pickle
import shutil
import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from itertools import chain, groupby
from operator import itemgetter, sub
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from whoosh import columns, fields, index
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3TermInfo
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import FileFormatError

from indexer.engines.whoosh.arrays import Column, Narrow, Numbers, narrow
from indexer.engines.whoosh.disk import Lists, Values
from indexer.errors import BadIndex
from indexer.sorting import Scratch, Series

_NAME = "index"
_GENERATION = 1
ITEM, PLACES = "stored", "places"
KEPT = (ITEM, PLACES)
"""What is kept of rows as bytes: the item, with its first row; the places of the words of each."""

_NUMBER = np.dtype(">i4")
_PROTOCOL = 4
"""Of the pickled blocks: that of Whoosh's own writer knows no bytes, and writes them as text to be encoded again."""

_SIZE = struct.Struct("!i")
_EXTENT = struct.Struct("!qi")
POSTINGS = 1 << 15
"""How many postings a block holds, at most: a block is made in memory."""

_SLOTS_HELD = 512
"""How many numbers of the dictionary's slots are held, at most, in each of its 256 buckets."""

_LONGEST = 255
"""The byte of the longest length of a field: lengths are kept by ourselves, so Whoosh is given the widest bounds."""

_DAMAGE = (
    *(OSError, EOFError, ValueError, TypeError, LookupError, AttributeError, AssertionError, MemoryError, ImportError),
    *(pickle.UnpicklingError, struct.error, zlib.error, ArithmeticError, RecursionError, NameError),
    *(FileFormatError, index.EmptyIndexError, index.IndexVersionError, index.IndexError),
)
"""What reading a damaged index raises, in Whoosh and below it."""


class TermPostings(NamedTuple):
    """Where a term stands: the rows, ascending; how often in each; and the values that hold the positions there.

    Those of a frequent term come in several pieces, one after the other.
    """

    field: str
    text: str
    rows: Sequence[int]
    counts: Sequence[int]
    values: Sequence[bytes]


# ------------------------------------------------------------------------------------------------------------- writing


def write(
    folder: Path,
    kept: Iterable[tuple[bytes, ...]],
    numbers: Iterable[tuple[str, Column]],
    terms: Iterable[TermPostings],
) -> None:
    """Write an index of one segment. What is given is taken in one after the other, each to its end.

    Args:
        folder: an existing, empty folder.
        kept: of each row what is kept under the names in ``KEPT``.
        numbers: columns of numbers from 0, by name, one for each row.
        terms: field by field, those of each sorted by text in UTF-8.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    folder.stat()  # Whoosh would make a folder that is not there
    schema = fields.Schema()
    storage = FileStorage(str(folder))
    codec = W3Codec(compression=0)
    segment = codec.new_segment(storage, _NAME)
    segment.set_doc_count(_write_columns(folder, segment, schema, kept, numbers))
    with closing(Scratch(folder)) as scratch:
        _write_terms(codec.field_writer(storage, segment), schema, terms, scratch)
    writer = codec.per_document_writer(storage, segment)  # Whoosh wants a column of stored fields, if empty
    writer._doccount = segment.doc_count_all()
    writer.close()
    index.TOC(schema, [segment], _GENERATION).write(storage, _NAME)
    shutil.rmtree(folder / f"{_NAME}.tmp", ignore_errors=True)  # Whoosh leaves its empty folder behind


def _write_columns(
    folder: Path,
    segment: Any,
    schema: Any,
    kept: Iterable[tuple[bytes, ...]],
    numbers: Iterable[tuple[str, Column]],
) -> int:
    """Write the columns as Whoosh's ``VarBytesColumn`` and ``NumericColumn`` lay them out; how many rows they have."""

    def create(name: str, kind: Any) -> Path:
        schema.add(name, fields.COLUMN(kind))
        return folder / str(W3Codec.column_filename(segment, name))

    with ExitStack() as opened:
        scratch = opened.enter_context(closing(Scratch(folder)))
        paths = [create(name, columns.VarBytesColumn()) for name in KEPT]
        written = [_ValuesWriter(opened.enter_context(path.open("wb")), scratch) for path in paths]
        for values in kept:
            for column, value in zip(written, values, strict=True):
                column.add(value)
        for column in written:
            column.finish()
    for name, of_rows in numbers:
        create(name, columns.NumericColumn("i", default=-1)).write_bytes(of_rows.astype(_NUMBER).tobytes())
    return len(written[0])


class _ValuesWriter:
    """Writes values of any length, one after the other, and then their lengths, where each begins, and the type codes
    of these numbers.
    """

    def __init__(self, file: IO[bytes], scratch: Scratch) -> None:
        self._file = file
        self._lengths = Series(scratch, "i")

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, value: bytes) -> None:
        self._lengths.append(self._file.write(value))

    def finish(self) -> None:
        lengths = np.frombuffer(self._lengths.read(), np.int32)
        kind = "I" if self._file.tell() < 1 << 32 else "Q"
        self._file.write(lengths.astype(_NUMBER).tobytes())
        begins = lengths.cumsum(dtype=np.uint64) - lengths.astype(np.uint64)
        self._file.write(begins.astype(np.dtype(kind).newbyteorder(">")).tobytes())
        self._file.write(f"i{kind}X".encode())


def _write_terms(writer: Any, schema: Any, terms: Iterable[TermPostings], scratch: Scratch) -> None:
    """Write the terms: what the codec's ``start_term``, ``add`` and ``finish_term`` do, a posting list at a time."""
    field = None
    writer._tindex.buckets = [_Slots(scratch) for _ in writer._tindex.buckets]
    for (own, text), pieces in groupby(terms, itemgetter(0, 1)):
        if own != field:
            field = own
            schema.add(field, fields.TEXT(phrase=True))
            writer.start_field(field, schema[field])
        entry = _write_postings(writer._postfile, pieces)
        writer._tindex.add(struct.pack("!H", writer._fieldid) + text.encode("utf-8"), entry)
    writer.close()


class _Slots:
    """The pairs of numbers that Whoosh keeps of each term until the end, in a file instead of memory."""

    def __init__(self, scratch: Scratch) -> None:
        self._numbers = Series(scratch, "Q", _SLOTS_HELD)

    def __len__(self) -> int:
        return len(self._numbers) // 2

    def __iter__(self) -> Iterator[tuple[int, int]]:
        numbers = iter(array("Q", self._numbers.read()))
        return zip(numbers, numbers, strict=True)

    def append(self, pair: tuple[int, int]) -> None:
        for number in pair:
            self._numbers.append(number)


def _write_postings(file: Any, pieces: Iterable[TermPostings]) -> bytes:
    """Write a posting list; the bytes of the term's entry in the dictionary."""
    start = file.tell()
    file.write(WHOOSH3_HEADER_MAGIC)
    length = len(WHOOSH3_HEADER_MAGIC)
    first, found, occurrences, heaviest = -1, 0, 0, 1
    for rows, counts, values, last in _blocks(pieces):
        most = max(counts)
        weights = None if most == 1 else tuple(map(float, counts))
        deltas = tuple(map(sub, rows, chain((0,), rows)))
        block = pickle.dumps((deltas, weights, tuple(values)), _PROTOCOL)
        head = pickle.dumps((len(rows), rows[-1], float(most), 0, 0, _LONGEST), 2)
        size = len(head) + len(block)
        file.write(b"".join((_SIZE.pack(-size if last else size), head, block)))
        length += _SIZE.size + size
        first = rows[0] if first < 0 else first
        found, occurrences, heaviest = found + len(rows), occurrences + sum(counts), max(heaviest, most)
    summary = (False, float(occurrences), found, 0, _LONGEST, float(heaviest), first, rows[-1])
    return bytes(W3TermInfo._struct.pack(*summary)) + _EXTENT.pack(start, length)


def _blocks(pieces: Iterable[TermPostings]) -> Iterator[tuple[list[int], list[int], list[bytes], bool]]:
    """Rows, counts and values of as many postings as a block holds, and whether it is the last block."""
    rows: list[int] = []
    counts: list[int] = []
    values: list[bytes] = []
    for piece in pieces:
        rows += piece.rows
        counts += piece.counts
        values += piece.values
        while len(rows) > POSTINGS:
            yield rows[:POSTINGS], counts[:POSTINGS], values[:POSTINGS], False
            del rows[:POSTINGS], counts[:POSTINGS], values[:POSTINGS]
    yield rows, counts, values, True


# ------------------------------------------------------------------------------------------------------------- reading


class Files:
    """An open Whoosh index. Its methods may be called by several threads.

    Args:
        folder: where it lies.
        checks: the CRC-32 of each file, by name; those that are read as a whole are checked.

    Raises:
        BadIndex: here and in any method, where the files cannot be read.
    """

    def __init__(self, folder: Path, checks: Mapping[str, int]) -> None:
        self._checks = checks
        self._folder = folder
        self._files = ExitStack()
        try:
            self._open()
        except Exception as error:  # Whoosh raises bare ones too
            self.close()
            raise self._damaged(error) from error

    def _open(self) -> None:
        for name in self._checks:
            if name.endswith(".toc"):
                self._checked(name)
        reader = index.FileIndex(FileStorage(str(self._folder), readonly=True), indexname=_NAME).reader()
        with closing(reader):
            self._segment = reader.segment()
            self.rows: int = reader.doc_count_all()
            terms = reader._terms
            files = [self._path(self._segment.make_filename(end)) for end in (W3Codec.TERMS_EXT, W3Codec.POSTS_EXT)]
            lists = Lists(files[0], files[1], terms._tindex.tables, terms._fieldmap, self.rows)
            self._lists = self._files.enter_context(closing(lists))
            self._values: dict[str, Values] = {}
            for name in KEPT if self.rows else ():
                column = reader.column_reader(name, translate=False)
                ends = column._offsets[1:]
                ends.append(column._offsets[-1] + column._lengths[-1])
                values = Values(self._path(W3Codec.column_filename(self._segment, name)), ends)
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
            return narrow(np.frombuffer(self._checked(W3Codec.column_filename(self._segment, name)), _NUMBER))
        except _DAMAGE as error:
            raise self._damaged(error) from error

    def _checked(self, name: str) -> bytes:
        content = self._path(name).read_bytes()
        if zlib.crc32(content) != self._checks[name]:
            raise ValueError(f"the check sum of {name} is wrong")
        return content

    def kept(self, name: str, row: int) -> bytes:
        """What was kept of a row under one of the names in ``KEPT``."""
        try:
            return self._values[name][row]
        except _DAMAGE as error:
            raise self._damaged(error) from error

    def close(self) -> None:
        """Close the files."""
        self._files.close()
