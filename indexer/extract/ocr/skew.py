"""Skew: how the lines of a page lie, told from its picture.

The ink of each row is counted along lines of many slopes. Where the slope is that of the text, rows with much ink and
rows without any follow each other, so that the counts differ most from row to row (Postl 1986).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import radians, tan

from indexer.extract.ocr.picture import Picture

DOTS = 100
"""Dots per inch of the picture that is enough: lines are then told apart, and angles to a twentieth of a degree."""

_MOST_SKEW = 7.0
"""Degrees by which a page that somebody laid on a scanner may be askew."""

_STEPS = (0.5, 0.1, 0.025)
"""Degrees from one slope that is tried to the next, first over all of them and then around the best."""

_LEAST_SKEW = 0.05
"""Degrees up to which a page is level: its rows fall by less than a point from side to side."""

_STRIPS = 48
"""Upright strips in which ink is counted: within each the slope does not tell."""

_SIDEWAYS = 2.0
"""Ratio of the differences of columns to those of rows, from which lines run up or down the page."""

_LEAST_INK = 200
"""Dots of ink that a page with a line on it has."""


@dataclass(frozen=True, slots=True)
class Lie:
    """The direction in which lines run.

    Attributes:
        sideways: they run up or down the page.
        skew: degrees by which they fall to the right, once a page with lines that run down is turned upright.
    """

    sideways: bool = False
    skew: float = 0.0


def measure(picture: Picture) -> Lie:
    """Tell how the lines of a page lie; level where it has none."""
    if picture.ink.count(1) < _LEAST_INK:
        return Lie()
    level, skew = _best_slope(picture)
    turned, skew_of_turned = _best_slope(picture.on_its_side())
    if turned > _SIDEWAYS * level:
        return Lie(sideways=True, skew=skew_of_turned)
    return Lie(skew=skew)


def _best_slope(picture: Picture) -> tuple[float, float]:
    """The best slope in degrees, behind a measure of how good it is."""
    strips = _counts(picture)
    width = picture.width / len(strips)
    best = (_differences(strips, width, 0.0), 0.0)
    for step, wide in zip(_STEPS, (_MOST_SKEW, *_STEPS), strict=False):
        middle, tries = best[1], round(wide / step)
        for number in range(-tries, tries + 1):
            slope = middle + number * step
            # The flattest of those that are as good.
            best = max(best, (_differences(strips, width, slope), slope), key=lambda each: (each[0], -abs(each[1])))
    skew = round(best[1], 3)
    return best[0], skew if abs(skew) > _LEAST_SKEW else 0.0


def _counts(picture: Picture) -> list[list[int]]:
    """The dots of ink in each row, by upright strips."""
    edges = [round(picture.width * number / _STRIPS) for number in range(_STRIPS + 1)]
    ink, width = picture.ink, picture.width
    starts = range(0, len(ink), width)
    return [[ink.count(1, start + x0, start + x1) for start in starts] for x0, x1 in pairwise(edges)]


def _differences(strips: Sequence[Sequence[int]], width: float, slope: float) -> float:
    """The sum of the squared differences between neighbouring rows along a slope."""
    rise = tan(radians(slope)) * width
    middle = (len(strips) - 1) / 2
    moved = (_move(strip, round((number - middle) * rise)) for number, strip in enumerate(strips))
    rows = list(map(sum, zip(*moved, strict=True)))
    return float(sum((above - below) ** 2 for above, below in pairwise(rows)))


def _move(strip: Sequence[int], rows: int) -> Iterator[int] | Sequence[int]:
    """A strip moved up by a number of rows; what is moved out of it comes in again at its other end."""
    return [*strip[rows:], *strip[:rows]] if rows else strip
