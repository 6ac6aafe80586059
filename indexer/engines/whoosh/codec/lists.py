"""Reader of posting lists and stored values, in place in Whoosh's files.

Whoosh's own reader seeks and unpacks its way through the same bytes, which takes more than twice as long. The layout
is that of ``whoosh.filedb.filetables`` (a hash of terms, after Bernstein's cdb) and ``whoosh.codec.whoosh3``
(blocks of postings), as ``writer`` writes it: not compressed.
"""

# ARCHITECTURE.md: Posting lists are read in place.

import os
import pickle
import re
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from hashlib import md5
from itertools import accumulate, chain
from pathlib import Path
from struct import Struct

import numpy as np

from indexer.engines.whoosh.arrays import Numbers
from indexer.engines.whoosh.codec.layout import BLOCK_SIZE, FIELD_NUMBER, HEAD_PROTOCOL

_SLOT = Struct("!Iq")
"""Slot of the hash: the hash of a key, and the place of the entry in the file; a place of 0 is an empty slot."""

_SLOTS = np.dtype([("hash", ">u4"), ("place", ">i8")])
"""The same, many at once."""

_LENGTHS = Struct("!ii")
"""Lengths of an entry's key and of its value, with which the entry begins."""

# Whoosh's W3TermInfo, and after it the extent of the list. Whoosh could also put short lists into the entry itself; the
# writer never does, so that there is one form to read.
_ENTRY = Struct("!BfIBBfIIqi")
"""Value of an entry: flag, weight, rows, shortest, longest, heaviest, first row, last row, place and length of list."""

_TAG_BYTES = 4
"""Length of the tag ``W3Bl``, with which a list begins."""

# Most posting values of an index are the same few; the bound keeps the others from taking memory without end.
_MOST_DECODED = 100_000
"""Distinct posting values that are cached decoded."""


class PostingLists:
    """The posting lists of an index. Safe with threads.

    Args:
        terms: the file of the terms.
        postings: the file of the postings.
        tables: for each of the 256 tables of the hash, its place in the file and the number of its slots.
        fields: the number of each field.
        rows: the number of rows in the index.

    Raises:
        OSError: a file is not there.
        ValueError: it is damaged.
    """

    # Of the slots, two for each term, a byte each is kept in memory: half of the terms asked for are in no text, and
    # need not be looked for in the file.

    def __init__(
        self,
        terms: Path,
        postings: Path,
        tables: Sequence[tuple[int, int]],
        fields: Mapping[str, int],
        rows: int,
    ) -> None:
        # The tables lie one behind the other, so that slots can be numbered through.
        self._tables = [((start - tables[0][0]) // _SLOT.size, slots) for start, slots in tables]
        self._fields = {field: FIELD_NUMBER.pack(number) for field, number in fields.items()}
        self._rows = rows
        self._decoded = _DecodedPositions()
        # Plain file descriptors and pread: threads can read at once, as no place in the file is shared.
        self._terms = os.open(terms, os.O_RDONLY)
        try:
            self._slots = tables[0][0]
            self._fingerprints = _fingerprints(self._terms, self._slots, sum(slots for _, slots in tables))
            self._postings = os.open(postings, os.O_RDONLY)
        except (OSError, ValueError, MemoryError):
            os.close(self._terms)
            raise

    def find(self, field: str, text: str) -> tuple[Numbers, Numbers] | None:
        """The row and the position of each occurrence of a term, ascending; None where there is no such term.

        Raises:
            ValueError and what damaged bytes raise when they are unpacked: the files are damaged.
        """
        extent = self._extent(field, text)
        if extent is None:
            return None
        rows: list[int] = []
        decoded: list[tuple[int, ...]] = []
        for deltas, values in self._blocks(*extent):
            # Each block begins its deltas anew: Whoosh decodes one without those before it.
            rows += accumulate(deltas)
            decoded += map(self._decoded.__getitem__, values)
        row_array = np.array(rows, np.int64)
        positions = np.array([*chain.from_iterable(decoded)], np.int64)
        # The list has no check sum of its own. What could send later code out of the arrays is refused here.
        ascending = row_array[0] >= 0 and row_array[-1] < self._rows and not (row_array[1:] <= row_array[:-1]).any()
        if not ascending or positions.min() < 0:
            raise ValueError(f"the postings of {text!r} are damaged")
        # As many positions as rows means one each, since no value is without a position.
        one_each = len(row_array) == len(positions)
        return row_array if one_each else row_array.repeat([*map(len, decoded)]), positions

    def close(self) -> None:
        """Close the files."""
        os.close(self._terms)
        os.close(self._postings)

    def _extent(self, field: str, text: str) -> tuple[int, int] | None:
        """The place of a term's list in the file and its length in bytes; None where there is no such term."""
        number = self._fields.get(field)
        if number is None:
            return None
        key = number + text.encode("utf-8")
        # Whoosh takes MD5 as a number and its lowest 32 bits: the low 8 choose the table, the others the first slot.
        hashed = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        start, slots = self._tables[hashed & 255]
        fingerprint = hashed >> 24 or 1
        for probe in range(slots):
            slot = start + ((hashed >> 8) + probe) % slots
            in_slot = self._fingerprints[slot]
            # An empty slot ends the search: the writer would have put the term there.
            if not in_slot:
                return None
            if in_slot != fingerprint:
                continue
            hash_in_slot, place = _SLOT.unpack(os.pread(self._terms, _SLOT.size, self._slots + slot * _SLOT.size))
            if hash_in_slot == hashed:
                entry = os.pread(self._terms, _LENGTHS.size + len(key) + _ENTRY.size, place)
                # Two keys can have one hash, so that the key itself decides.
                if _LENGTHS.unpack_from(entry)[0] == len(key) and entry.startswith(key, _LENGTHS.size):
                    *_, offset, length = _ENTRY.unpack_from(entry, _LENGTHS.size + len(key))
                    return offset, length
        return None

    def _blocks(self, offset: int, length: int) -> Iterator[tuple[Sequence[int], Sequence[bytes]]]:
        """The blocks of a list: the differences between the rows, and the value of each posting."""
        # One read for the whole list: all of it is wanted, and heads are of use only to those who skip blocks.
        data = memoryview(os.pread(self._postings, length, offset))
        start, size = _TAG_BYTES, 1
        while size > 0:
            (size,) = BLOCK_SIZE.unpack_from(data, start)
            start += BLOCK_SIZE.size
            head = pickle.loads(data[start:])  # noqa: S301 - our own index folder is trusted
            # The length of the head stands nowhere. Pickled again as it was written, it has as many bytes.
            body = data[start + len(pickle.dumps(head, HEAD_PROTOCOL)) :]
            deltas, _, values = pickle.loads(body)  # noqa: S301 - as above
            yield deltas, values
            start += size


_SLOTS_AT_ONCE = 1 << 18
"""Slots read at once when an index is opened: 3 MB of the file."""


def _fingerprints(file: int, start: int, slots: int) -> bytes:
    """The fingerprint of each slot: the first byte of its hash (1 instead of 0), or 0 for an empty slot."""
    fingerprints = bytearray()
    for first in range(0, slots, _SLOTS_AT_ONCE):
        count = min(_SLOTS_AT_ONCE, slots - first)
        read = np.frombuffer(os.pread(file, count * _SLOT.size, start + first * _SLOT.size), _SLOTS, count)
        # The first byte, since the last one chooses the table and is the same for all slots of it.
        fingerprints += np.where(read["place"], np.maximum(read["hash"] >> 24, 1), 0).astype(np.uint8).tobytes()
    return bytes(fingerprints)


class _DecodedPositions(dict[bytes, tuple[int, ...]]):
    """Cache of the positions of posting values, filled as they are asked for."""

    def __missing__(self, value: bytes) -> tuple[int, ...]:
        # The count before the pickle is of no use here: the list is decoded whole.
        positions = tuple(accumulate(pickle.loads(value[4:])))  # noqa: S301 - our own index folder is trusted
        # No old value makes room for a new one, so that looking up stays a plain dict's.
        if len(self) < _MOST_DECODED:
            self[value] = positions
        return positions


_LENGTH_BYTES = 4
"""Size of a value's length in a column of bytes."""

_TYPE_CODES = re.compile(b"i([IQ])X")
"""Last bytes of a column of bytes: the type codes of its lengths and places; X, as the places are there."""

_TYPE_CODES_BYTES = 3
"""Length of these."""


class StoredValues:
    """The values of a column of bytes, by row. Safe with threads.

    Args:
        file: the column's file: the values one after the other, their lengths, and the place where each begins.
        rows: the number of rows, one at least.

    Raises:
        OSError: the file is not there.
        ValueError: it is damaged.
    """

    def __init__(self, file: Path, rows: int) -> None:
        self._file = os.open(file, os.O_RDONLY)
        try:
            self._ends = _ends(self._file, rows)
        except (OSError, ValueError, MemoryError):
            os.close(self._file)
            raise

    def __getitem__(self, row: int) -> bytes:
        start, end = self._ends[row - 1] if row else 0, self._ends[row]
        return os.pread(self._file, end - start, start)

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def _ends(file: int, rows: int) -> Sequence[int]:
    """The place in the file where each value of a column ends."""
    codes_at = os.fstat(file).st_size - _TYPE_CODES_BYTES
    codes = _TYPE_CODES.fullmatch(os.pread(file, _TYPE_CODES_BYTES, codes_at)) if codes_at > 0 else None
    if codes is None:
        raise ValueError("it is no column of values")
    begins = array(codes[1].decode())
    begins_at = codes_at - rows * begins.itemsize
    lengths_at = begins_at - rows * _LENGTH_BYTES
    if lengths_at < 0:
        raise ValueError("it is cut short")
    begins.frombytes(os.pread(file, codes_at - begins_at, begins_at))
    # The file is big-endian on any machine.
    if sys.byteorder == "little":
        begins.byteswap()
    # A value ends where the next one begins, and the last where the lengths do.
    ends = begins[1:]
    ends.append(lengths_at)
    return ends
