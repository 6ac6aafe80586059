"""Writer of a Whoosh index on disk: stored values, doc values, terms and posting lists.

It hands finished postings to Whoosh's codec instead of one posting at a time to Whoosh's writer, which spends most of
its time sorting and encoding them in Python. It lays out columns itself, as Whoosh holds two numbers of each value
until the end. The files are in Whoosh's own format, with one segment, and any Whoosh 2.7 opens them. Whoosh opens them
here as well, to say where things lie in them, so that the reader need not load it: no other module imports Whoosh. The
attributes of Whoosh's objects that begin with an underscore are those of the pinned release.
"""

# ARCHITECTURE.md: Whoosh is the distribution `whoosh-reloaded` 2.7.5, pinned.

import pickle
import shutil
import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from itertools import chain, groupby
from operator import itemgetter, sub
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from whoosh import columns, fields, index
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3TermInfo
from whoosh.filedb.filestore import FileStorage

from indexer.engines.whoosh.arrays import Column
from indexer.engines.whoosh.codec.layout import (
    BLOCK_SIZE,
    FIELD_NUMBER,
    HEAD_PROTOCOL,
    NUMBER,
    PICKLE_PROTOCOL,
    STORED_COLUMNS,
    IndexLayout,
)
from indexer.storage.external_sort import Scratch, Series

_INDEX_NAME = "index"
"""Name of the index in its folder, with which Whoosh begins the names of its files."""

# Whoosh counts a commit as a generation of its index. Ours is written in one commit and never changed.
_SEGMENT_GENERATION = 1

_EXTENT = struct.Struct("!qi")
"""Place and length of a posting list in its file."""

# A block is made in memory. Whoosh's own blocks hold 128 postings, so that its matchers can skip some; we skip none.
POSTINGS_PER_BLOCK = 1 << 15
"""Postings in a block, at most."""

# There are 256 buckets, each of which would hold the 20,000 numbers that a Series holds where nothing is said.
_NUMBERS_HELD = 512
"""Numbers of a bucket's slots that are held in memory, at most."""

# The lengths of texts are columns of ours, so that Whoosh is told the widest bounds: from 0 to the byte of the longest.
_SHORTEST, _LONGEST = 0, 255

# Whoosh gives the default of a column for rows without a number. It is one that no row has, as numbers begin with 0.
_NO_NUMBER = -1

# From here on, the places of stored values take 8 bytes instead of 4.
_FOUR_GIGABYTES = 1 << 32


class TermPostings(NamedTuple):
    """The posting list of a term, or the next piece of a frequent term's.

    Attributes:
        field: the field of the term.
        text: its text.
        rows: the rows in which it stands, ascending.
        counts: the number of its occurrences in each.
        values: the encoded positions in each.
    """

    field: str
    text: str
    rows: Sequence[int]
    counts: Sequence[int]
    values: Sequence[bytes]


class IndexWriter:
    """Writes an index of one segment, in this order: doc store, doc values, postings, table of contents.

    Args:
        folder: an existing, empty folder.

    Raises:
        OSError: here and in any method, where the disk is full or the folder cannot be written.
    """

    # The order is that in which the parts of an index get complete: doc values and terms when all rows are taken in.
    # The table of contents comes last, since without it no reader takes the folder for an index.

    def __init__(self, folder: Path) -> None:
        folder.stat()  # Whoosh would make a folder that is not there
        self._folder = folder
        self._schema = fields.Schema()
        self._storage = FileStorage(str(folder))
        # Not compressed, as the reader takes blocks in place.
        self._codec = W3Codec(compression=0)
        self._segment = self._codec.new_segment(self._storage, _INDEX_NAME)

    @contextmanager
    def doc_store(self) -> Iterator["DocStoreWriter"]:
        """The doc store. It takes in all rows within the ``with`` block, and is complete after it."""
        with ExitStack() as opened:
            scratch = opened.enter_context(closing(Scratch(self._folder)))
            paths = [self._add_column(name, columns.VarBytesColumn()) for name in STORED_COLUMNS]
            of_columns = [_ValuesWriter(opened.enter_context(path.open("wb")), scratch) for path in paths]
            yield DocStoreWriter(of_columns)
            for column in of_columns:
                column.finish()
            self._segment.set_doc_count(len(of_columns[0]))
            # Whoever still has the doc store holds nothing of what it gathered.
            of_columns.clear()

    def write_doc_values(self, doc_values: Iterable[tuple[str, Column]]) -> None:
        """Write columns of numbers, one at a time.

        Args:
            doc_values: the columns by name; in each a number from 0 for each row.
        """
        for name, of_rows in doc_values:
            path = self._add_column(name, columns.NumericColumn("i", default=_NO_NUMBER))
            path.write_bytes(of_rows.astype(NUMBER).tobytes())

    def write_postings(self, terms: Iterable[TermPostings]) -> None:
        """Write terms with their posting lists.

        Args:
            terms: the terms, field by field, those of a field sorted by text in UTF-8.
        """
        writer: Any = self._codec.field_writer(self._storage, self._segment)
        with closing(Scratch(self._folder)) as scratch:
            writer._tindex.buckets = [_Bucket(scratch) for _ in writer._tindex.buckets]
            # What the codec's start_term, add and finish_term do, but a posting list at a time.
            field = None
            for (own, text), pieces in groupby(terms, itemgetter(0, 1)):
                if own != field:
                    field = own
                    self._schema.add(field, fields.TEXT(phrase=True))
                    writer.start_field(field, self._schema[field])
                entry = _write_list(writer._postfile, pieces)
                writer._tindex.add(FIELD_NUMBER.pack(writer._fieldid) + text.encode("utf-8"), entry)
            writer.close()

    def finish(self) -> IndexLayout:
        """Write the table of contents, with which the folder becomes an index; the places of things in its files."""
        # Whoosh wants a column of its own stored fields, if empty.
        writer = self._codec.per_document_writer(self._storage, self._segment)
        writer._doccount = self._segment.doc_count_all()
        writer.close()
        index.TOC(self._schema, [self._segment], _SEGMENT_GENERATION).write(self._storage, _INDEX_NAME)
        # Whoosh leaves the empty folder of its temporary files behind.
        shutil.rmtree(self._folder / f"{_INDEX_NAME}.tmp", ignore_errors=True)
        return self._layout()

    def _layout(self) -> IndexLayout:
        # Asked of Whoosh, which opens the index for it, so that another layout than its own is noticed.
        stored = FileStorage(str(self._folder), readonly=True)
        with closing(index.FileIndex(stored, indexname=_INDEX_NAME).reader()) as reader:
            segment, terms = reader.segment(), reader._terms
            return IndexLayout(
                rows=reader.doc_count_all(),
                terms=segment.make_filename(W3Codec.TERMS_EXT),
                postings=segment.make_filename(W3Codec.POSTS_EXT),
                columns={
                    name: W3Codec.column_filename(segment, name)
                    for name, field in reader.schema.items()
                    if isinstance(field, fields.COLUMN)
                },
                tables=tuple(terms._tindex.tables),
                fields=dict(terms._fieldmap),
            )

    def _add_column(self, name: str, kind: Any) -> Path:
        """Add a column to the schema; the path of its file."""
        self._schema.add(name, fields.COLUMN(kind))
        return self._folder / str(W3Codec.column_filename(self._segment, name))


class DocStoreWriter:
    """Writes the stored values of the rows, one file a column."""

    def __init__(self, columns: Sequence["_ValuesWriter"]) -> None:
        self._columns = columns

    def add(self, *values: bytes) -> None:
        """Take in the next row: its value in each of the ``STORED_COLUMNS``."""
        for column, value in zip(self._columns, values, strict=True):
            column.add(value)


class _ValuesWriter:
    """Writes a column of bytes as Whoosh's ``VarBytesColumn`` does.

    The values come first, one after the other, and are followed by their lengths, the place where each begins, and the
    type codes of these numbers.
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
        # Whoosh's writer leaves the places out of short columns. They are always written, so that a reader need not
        # add up lengths, and there is one form to read.
        kind = "I" if self._file.tell() < _FOUR_GIGABYTES else "Q"
        self._file.write(lengths.astype(NUMBER).tobytes())
        begins = lengths.cumsum(dtype=np.uint64) - lengths.astype(np.uint64)
        self._file.write(begins.astype(np.dtype(kind).newbyteorder(">")).tobytes())
        # An X at the end tells Whoosh that the places are there.
        self._file.write(f"i{kind}X".encode())


class _Bucket:
    """Bucket of the dictionary's hash, in a file instead of memory.

    Whoosh keeps two numbers of each term in it until the end: the hash and the place of the entry.
    """

    # It has what Whoosh asks of the list that it stands for: to append, to count and to go through.

    def __init__(self, scratch: Scratch) -> None:
        self._numbers = Series(scratch, "Q", _NUMBERS_HELD)

    def __len__(self) -> int:
        return len(self._numbers) // 2

    def __iter__(self) -> Iterator[tuple[int, int]]:
        numbers = iter(array("Q", self._numbers.read()))
        return zip(numbers, numbers, strict=True)

    def append(self, pair: tuple[int, int]) -> None:
        for number in pair:
            self._numbers.append(number)


def _write_list(file: Any, pieces: Iterable[TermPostings]) -> bytes:
    """Write a posting list; the value of the term's entry in the dictionary."""
    start = file.tell()
    file.write(WHOOSH3_HEADER_MAGIC)
    length = len(WHOOSH3_HEADER_MAGIC)
    first_row, rows_in_all, occurrences, heaviest = -1, 0, 0, 1
    for rows, counts, values, last in _blocks(pieces):
        most = max(counts)
        # Whoosh's short form leaves out weights that are all 1.
        weights = None if most == 1 else tuple(map(float, counts))
        deltas = tuple(map(sub, rows, chain((0,), rows)))
        block = pickle.dumps((deltas, weights, tuple(values)), PICKLE_PROTOCOL)
        head = pickle.dumps((len(rows), rows[-1], float(most), 0, _SHORTEST, _LONGEST), HEAD_PROTOCOL)
        size = len(head) + len(block)
        file.write(b"".join((BLOCK_SIZE.pack(-size if last else size), head, block)))
        length += BLOCK_SIZE.size + size
        first_row = rows[0] if first_row < 0 else first_row
        rows_in_all, occurrences, heaviest = rows_in_all + len(rows), occurrences + sum(counts), max(heaviest, most)
    # The fields of Whoosh's W3TermInfo: not in the entry itself, weight, rows, and so on to the first and last row.
    weight, top = float(occurrences), float(heaviest)
    summary = (False, weight, rows_in_all, _SHORTEST, _LONGEST, top, first_row, rows[-1])
    return bytes(W3TermInfo._struct.pack(*summary)) + _EXTENT.pack(start, length)


def _blocks(pieces: Iterable[TermPostings]) -> Iterator[tuple[list[int], list[int], list[bytes], bool]]:
    """Blocks of a list: rows, counts and values of the postings, and the mark of the last block."""
    rows: list[int] = []
    counts: list[int] = []
    values: list[bytes] = []
    for piece in pieces:
        rows += piece.rows
        counts += piece.counts
        values += piece.values
        # More than a block, not as many: the last block must be known as such, and may not be empty.
        while len(rows) > POSTINGS_PER_BLOCK:
            yield rows[:POSTINGS_PER_BLOCK], counts[:POSTINGS_PER_BLOCK], values[:POSTINGS_PER_BLOCK], False
            del rows[:POSTINGS_PER_BLOCK], counts[:POSTINGS_PER_BLOCK], values[:POSTINGS_PER_BLOCK]
    yield rows, counts, values, True
