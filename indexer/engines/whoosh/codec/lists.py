"""Posting lists and values as Whoosh 2.7 keeps them, found and read in place.

Whoosh's own reader seeks and unpacks its way through the same bytes, which takes more than twice as long. The layout
is that of ``whoosh.filedb.filetables`` (a hash of terms, after Bernstein's cdb) and ``whoosh.codec.whoosh3``
(blocks of postings), as ``files`` writes it: not compressed.
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

_FIELD = Struct("!H")
_SLOT = Struct("!Iq")
_SLOTS = np.dtype([("hash", ">u4"), ("place", ">i8")])
"""The same, many at once."""

_LENGTHS = Struct("!ii")
_ENTRY = Struct("!BfIBBfIIqi")
_TAG = 4
"""The bytes before the first block."""

_SIZE = Struct("!i")
"""The bytes of a block that follow, as a negative number where it is the last."""

_MOST_KEPT = 100_000
"""How many different values of postings are kept decoded: most posting values of an index are the same few."""


class PostingLists:
    """The posting lists of an index. Safe with threads.

    Args:
        terms: the file of the terms.
        postings: the file of the postings.
        tables: for each of the 256 tables of the hash, where it begins and how many slots it has.
        fields: the number of each field.
        rows: how many rows the index has.

    Of the slots, two for each term, a byte each is kept in memory: half of the terms asked for are in no text, and need
    not be looked for in the file.

    Raises:
        OSError: a file is not there.
        ValueError: it is damaged.
    """

    def __init__(
        self,
        terms: Path,
        postings: Path,
        tables: Sequence[tuple[int, int]],
        fields: Mapping[str, int],
        rows: int,
    ) -> None:
        self._tables = [((start - tables[0][0]) // _SLOT.size, slots) for start, slots in tables]
        self._fields = {field: _FIELD.pack(number) for field, number in fields.items()}
        self._rows = rows
        self._decoded = _Decoded()
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
            rows += accumulate(deltas)
            decoded += map(self._decoded.__getitem__, values)
        held = np.array(rows, np.int64)
        positions = np.array([*chain.from_iterable(decoded)], np.int64)
        if held[0] < 0 or held[-1] >= self._rows or (held[1:] <= held[:-1]).any() or positions.min() < 0:
            raise ValueError(f"the postings of {text!r} are damaged")
        return held if len(held) == len(positions) else held.repeat([*map(len, decoded)]), positions

    def close(self) -> None:
        """Close the files."""
        os.close(self._terms)
        os.close(self._postings)

    def _extent(self, field: str, text: str) -> tuple[int, int] | None:
        """Where the list of a term begins, and how many bytes it has."""
        number = self._fields.get(field)
        if number is None:
            return None
        key = number + text.encode("utf-8")
        hashed = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        start, slots = self._tables[hashed & 255]
        fingerprint = hashed >> 24 or 1
        for probe in range(slots):
            slot = start + ((hashed >> 8) + probe) % slots
            found = self._fingerprints[slot]
            if not found:
                return None
            if found != fingerprint:
                continue
            found, place = _SLOT.unpack(os.pread(self._terms, _SLOT.size, self._slots + slot * _SLOT.size))
            if found == hashed:
                entry = os.pread(self._terms, _LENGTHS.size + len(key) + _ENTRY.size, place)
                if _LENGTHS.unpack_from(entry)[0] == len(key) and entry.startswith(key, _LENGTHS.size):
                    *_, offset, length = _ENTRY.unpack_from(entry, _LENGTHS.size + len(key))
                    return offset, length
        return None

    def _blocks(self, offset: int, length: int) -> Iterator[tuple[Sequence[int], Sequence[bytes]]]:
        """The differences between the rows of each block of a list, and the value of each posting."""
        data = memoryview(os.pread(self._postings, length, offset))
        start, size = _TAG, 1
        while size > 0:
            (size,) = _SIZE.unpack_from(data, start)
            start += _SIZE.size
            head = pickle.loads(data[start:])  # noqa: S301 - our own index folder is trusted
            deltas, _, values = pickle.loads(data[start + len(pickle.dumps(head, 2)) :])  # noqa: S301 - as above
            yield deltas, values
            start += size


_AT_ONCE = 1 << 18
"""How many slots are read at once."""


def _fingerprints(file: int, start: int, slots: int) -> bytes:
    """Of each slot the first byte of the hash, or 1 where that is 0; 0 of an empty slot."""
    fingerprints = bytearray()
    for first in range(0, slots, _AT_ONCE):
        count = min(_AT_ONCE, slots - first)
        read = np.frombuffer(os.pread(file, count * _SLOT.size, start + first * _SLOT.size), _SLOTS, count)
        fingerprints += np.where(read["place"], np.maximum(read["hash"] >> 24, 1), 0).astype(np.uint8).tobytes()
    return bytes(fingerprints)


class _Decoded(dict[bytes, tuple[int, ...]]):
    """The positions that values of postings stand for."""

    def __missing__(self, value: bytes) -> tuple[int, ...]:
        positions = tuple(accumulate(pickle.loads(value[4:])))  # noqa: S301 - our own index folder is trusted
        if len(self) < _MOST_KEPT:
            self[value] = positions
        return positions


_LENGTH = 4
"""The bytes of a length."""

_CODES = re.compile(b"i([IQ])X")
"""The last bytes of a column of bytes: the type codes of its lengths and of its offsets, and that it has these."""


class StoredValues:
    """The values of a column of bytes, by row. Safe with threads.

    Args:
        file: the column's file: the values one after the other, their lengths, and where each begins.
        rows: how many there are, one at least.

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
    """Where each value of a column ends: where the next begins, and the last where the lengths do."""
    codes_at = os.fstat(file).st_size - 3
    codes = _CODES.fullmatch(os.pread(file, 3, codes_at)) if codes_at > 0 else None
    if codes is None:
        raise ValueError("it is no column of values")
    begins = array(codes[1].decode())
    begins_at = codes_at - rows * begins.itemsize
    lengths_at = begins_at - rows * _LENGTH
    if lengths_at < 0:
        raise ValueError("it is cut short")
    begins.frombytes(os.pread(file, codes_at - begins_at, begins_at))
    if sys.byteorder == "little":
        begins.byteswap()
    ends = begins[1:]
    ends.append(lengths_at)
    return ends
