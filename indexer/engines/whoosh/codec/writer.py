"""A Whoosh index on disk, written in one go: the only importer of whoosh.

The writer hands finished postings to Whoosh's codec instead of one posting at a time to its writer, which spends most
of its time sorting and encoding them in Python. It lays out columns itself, as Whoosh holds two numbers of each value
until the end. What lies on disk is in Whoosh's own format, with one segment, and any Whoosh 2.7 opens it. Whoosh opens
it here as well, to say where things lie (``layout_of``), so that those who read it (``files``) need not load Whoosh.
"""

import pickle
import shutil
import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import chain, groupby
from operator import itemgetter, sub
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from whoosh import columns, fields, index
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3TermInfo
from whoosh.filedb.filestore import FileStorage

from indexer.engines.whoosh.arrays import Column
from indexer.engines.whoosh.codec.layout import KEPT, NUMBER, IndexLayout
from indexer.storage.external_sort import Scratch, Series

_NAME = "index"
_GENERATION = 1
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


class TermPostings(NamedTuple):
    """Where a term stands: the rows, ascending; how often in each; and the values that hold the positions there.

    Those of a frequent term come in several pieces, one after the other.
    """

    field: str
    text: str
    rows: Sequence[int]
    counts: Sequence[int]
    values: Sequence[bytes]


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
        create(name, columns.NumericColumn("i", default=-1)).write_bytes(of_rows.astype(NUMBER).tobytes())
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
        self._file.write(lengths.astype(NUMBER).tobytes())
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


def layout_of(folder: Path) -> IndexLayout:
    """Where things are in an index that ``write`` wrote, from Whoosh, which opens it: another layout is noticed."""
    with closing(index.FileIndex(FileStorage(str(folder), readonly=True), indexname=_NAME).reader()) as reader:
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
