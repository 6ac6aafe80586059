"""Types of arrays, and functions on them that NumPy lacks."""

# ARCHITECTURE.md: Doc values take as few bytes as their largest number needs, slots of the dictionary one.

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Rows, positions and keys are calculated with in 8 bytes: a key holds a row and a position in one number.
Numbers = NDArray[np.int64]
Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]

# Patterns by their place in their leaf. Two bytes are enough, as every expansion of a word is bounded.
PatternNumbers = NDArray[np.int16]

Column = NDArray[np.int32]
"""Numbers as they are written, 4 bytes each."""

# Each worker of the service holds the columns of its index, and so does a build that verifies one: most numbers fit
# into one or two bytes instead of eight.
Narrow = NDArray[np.unsignedinteger[Any]]
"""Numbers from 0 in as few bytes as the largest takes: to look up and to compare, not to calculate with."""


def narrow(numbers: NDArray[np.signedinteger[Any]]) -> Narrow:
    """Copy numbers from 0 into as few bytes as the largest takes."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def changes(numbers: Numbers | Narrow) -> Mask:
    """Mask of the numbers that differ from the one before; the first does."""
    # Compared, not subtracted: differences of narrow numbers would wrap around.
    changed = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=changed[1:])
    return changed


def ranges(starts: Numbers, counts: Numbers) -> Numbers:
    """Ranges of numbers, one after the other: from each start on, as many as counted."""
    # What np.arange would give for each, in one piece: a counter over all, shifted for each range to its start.
    ends = counts.cumsum()
    if not len(ends):
        return ends
    result: Numbers = (starts + counts - ends).repeat(counts)
    result += np.arange(ends.item(-1))
    return result
