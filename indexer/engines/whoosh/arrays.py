"""The kinds of arrays, and what NumPy lacks."""

# ARCHITECTURE.md: Doc values take as few bytes as their largest number needs, slots of the dictionary one.

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]
Kinds = NDArray[np.int16]
Column = NDArray[np.int32]
"""Numbers as they are written, 4 bytes each."""

Narrow = NDArray[np.unsignedinteger[Any]]
"""Numbers from 0 in as few bytes as the largest takes: to look up and to compare, not to calculate with."""


def narrow(numbers: NDArray[np.signedinteger[Any]]) -> Narrow:
    """Numbers from 0 in as few bytes as the largest takes."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def changes(numbers: Numbers | Narrow) -> Mask:
    """Which numbers differ from the one before; the first does."""
    changed = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=changed[1:])
    return changed


def ranges(starts: Numbers, counts: Numbers) -> Numbers:
    """The numbers from each start on, as many as counted, one range after the other."""
    ends = counts.cumsum()
    if not len(ends):
        return ends
    result: Numbers = (starts + counts - ends).repeat(counts)
    result += np.arange(ends.item(-1))
    return result
