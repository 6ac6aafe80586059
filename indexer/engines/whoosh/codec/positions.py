"""Encoder of posting values in Whoosh's format ``whoosh.formats.Positions``.

A value is the number of positions, four bytes, and a pickled list of their deltas. Many values are made at once, as
one array of bytes: one by one they take longer than all else of writing postings.
"""

# ARCHITECTURE.md: Values of postings are encoded many at a time.

import pickle
from struct import Struct

import numpy as np

from indexer.engines.whoosh.arrays import Numbers, ranges

_COUNT = Struct("!I")

# A list in a pickle of protocol 2 is this head, its items, and this end. The opcodes are PROTO 2, EMPTY_LIST, BINPUT 0
# and MARK; APPENDS and STOP (see the standard library's pickletools).
_LIST_HEAD, _LIST_END = b"\x80\x02]q\x00(", b"e."

_HEAD_BYTES = _COUNT.size + len(_LIST_HEAD)

_SIZES = (2, 3, 5)
"""Bytes that a number takes in a pickle, opcode included: below 2**8, below 2**16, and below 2**31."""

# The opcodes of numbers of these sizes: BININT1, BININT2, BININT.
_OPCODES = np.frombuffer(b"KMJ", np.uint8)


class PositionEncoder:
    """Encodes the values of postings.

    Equal values with a single position are one object, which a pickled block holds once and refers to afterwards.
    """

    def __init__(self) -> None:
        self._single = _SinglePositionValues()

    def of(self, counts: Numbers, positions: Numbers) -> list[bytes]:
        """Encode the values of some postings.

        Args:
            counts: the number of positions of each posting, at least 1.
            positions: the positions, ascending within a posting, posting after posting.
        """
        firsts = counts.cumsum() - counts
        # Single positions come again and again: they are looked up, not encoded.
        values = list(map(self._single.__getitem__, positions[firsts].tolist()))
        several = np.flatnonzero(counts > 1)
        if len(several):
            own = counts[several]
            encoded = _encode_lists(own, positions[ranges(firsts[several], own)])
            for place, value in zip(several.tolist(), encoded, strict=True):
                values[place] = value
        return values


class _SinglePositionValues(dict[int, bytes]):
    """Cache of the values with one position, filled as they are asked for."""

    def __missing__(self, position: int) -> bytes:
        value = self[position] = _COUNT.pack(1) + pickle.dumps([position], 2)
        return value


def _encode_lists(counts: Numbers, positions: Numbers) -> list[bytes]:
    """Encode the values of postings with several positions each.

    They are what ``pickle.dumps`` gives for lists of up to 1000; it writes longer ones in batches, which reads alike.
    """
    firsts = counts.cumsum() - counts
    # The first position of a posting stands as it is, not as a difference from the posting before.
    deltas = np.diff(positions, prepend=0)
    deltas[firsts] = positions[firsts]
    size_classes = (deltas >> 8 > 0).astype(np.int64) + (deltas >> 16 > 0)
    sizes = np.array(_SIZES)[size_classes]
    # Each number's place among the bytes is known from the sizes before it and the heads and ends between postings.
    posting = np.arange(len(counts)).repeat(counts)
    places = sizes.cumsum() - sizes + (posting + 1) * _HEAD_BYTES + posting * len(_LIST_END)
    starts = places[firsts] - _HEAD_BYTES
    ends = np.append(starts[1:], places[-1] + sizes[-1] + len(_LIST_END))

    data = np.empty(ends[-1], np.uint8)
    heads = np.empty((len(counts), _HEAD_BYTES), np.uint8)
    heads[:, : _COUNT.size] = counts.astype(">u4").view(np.uint8).reshape(-1, _COUNT.size)
    heads[:, _COUNT.size :] = np.frombuffer(_LIST_HEAD, np.uint8)
    data[starts[:, None] + np.arange(_HEAD_BYTES)] = heads
    data[ends[:, None] - np.arange(len(_LIST_END), 0, -1)] = np.frombuffer(_LIST_END, np.uint8)
    data[places] = _OPCODES[size_classes]
    # Numbers in a pickle are little-endian. The first pass writes the lowest byte of all, the later ones of long ones.
    for byte in range(_SIZES[-1] - 1):
        long = sizes > byte + 1
        data[places[long] + byte + 1] = deltas[long] >> 8 * byte & 255
    content = data.tobytes()
    return [content[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
