"""The values of postings as Whoosh's format ``Positions`` encodes them: how many positions, and their deltas, pickled.

Many are made at once, as one array of bytes: one by one they take longer than all else of writing postings.
"""

# ARCHITECTURE.md: Values of postings are encoded many at a time.

import pickle
from struct import Struct

import numpy as np

from indexer.engines.whoosh.arrays import Numbers, ranges

_COUNT = Struct("!I")
_LIST, _END = b"\x80\x02]q\x00(", b"e."
_HEAD = _COUNT.size + len(_LIST)

_SIZES = (2, 3, 5)
"""How many bytes a number takes in a pickle, below 2**8, below 2**16, and below 2**31."""

_OPCODES = np.frombuffer(b"KMJ", np.uint8)


class PositionEncoder:
    """Gives the values of postings; equal ones with a single position are one object, which pickles as such."""

    def __init__(self) -> None:
        self._single = _Single()

    def of(self, counts: Numbers, positions: Numbers) -> list[bytes]:
        """The value of each of some postings, given how many positions each has and these, posting after posting."""
        firsts = counts.cumsum() - counts
        values = list(map(self._single.__getitem__, positions[firsts].tolist()))
        several = np.flatnonzero(counts > 1)
        if len(several):
            own = counts[several]
            encoded = _encoded(own, positions[ranges(firsts[several], own)])
            for place, value in zip(several.tolist(), encoded, strict=True):
                values[place] = value
        return values


class _Single(dict[int, bytes]):
    def __missing__(self, position: int) -> bytes:
        value = self[position] = _COUNT.pack(1) + pickle.dumps([position], 2)
        return value


def _encoded(counts: Numbers, positions: Numbers) -> list[bytes]:
    """The values of postings with several positions each: what ``pickle.dumps`` gives for up to 1000."""
    firsts = counts.cumsum() - counts
    deltas = np.diff(positions, prepend=0)
    deltas[firsts] = positions[firsts]
    kinds = (deltas >> 8 > 0).astype(np.int64) + (deltas >> 16 > 0)
    sizes = np.array(_SIZES)[kinds]
    posting = np.arange(len(counts)).repeat(counts)
    places = sizes.cumsum() - sizes + (posting + 1) * _HEAD + posting * len(_END)
    starts = places[firsts] - _HEAD
    ends = np.append(starts[1:], places[-1] + sizes[-1] + len(_END))

    data = np.empty(ends[-1], np.uint8)
    heads = np.empty((len(counts), _HEAD), np.uint8)
    heads[:, : _COUNT.size] = counts.astype(">u4").view(np.uint8).reshape(-1, _COUNT.size)
    heads[:, _COUNT.size :] = np.frombuffer(_LIST, np.uint8)
    data[starts[:, None] + np.arange(_HEAD)] = heads
    data[ends[:, None] - np.arange(len(_END), 0, -1)] = np.frombuffer(_END, np.uint8)
    data[places] = _OPCODES[kinds]
    for byte in range(_SIZES[-1] - 1):
        long = sizes > byte + 1
        data[places[long] + byte + 1] = deltas[long] >> 8 * byte & 255
    content = data.tobytes()
    return [content[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
