"""Overlays: watermarks, and notes upright in the margin, which are none of the text.

A page's text has one direction of writing. A page whose text lies on its side is turned as a reader turns it.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.extract.pdf.ink import Rectangle
from indexer.extract.pdf.runs import TextRun, on_page

_MOSTLY = 0.8
"""Share of the letters of a page that lie on their side for the page to be turned."""

_FEWEST = 40
"""Letters of such a page, at least: a page of one title on its side is not turned."""

_EDGE = 0.1
"""Share of a page's height and width at each side in which what a file calls no text is believed to be none."""

_PALE = 0.6
"""Lightness from which letters are pale."""

_WHITE = 0.97
"""Lightness from which letters are white: they are seen on a dark ground alone, and are no mark."""

_TILES = 3
"""Times that a page shows a pale text for it to be a mark."""

_LARGE = 1.8
"""Size of the letters of a pale mark that is shown once, in those of the text."""

_BAND = (0.7, 0.0)
"""Reach above and below the baseline, in sizes, of what a mark lies over."""


def reading_angle(runs: Sequence[TextRun]) -> int:
    """The direction of writing of nearly all text of a page, a quarter of degrees; 0 where there is no such other."""
    if not any(run.angle for run in runs):
        return 0
    letters = _letters_by_angle(runs)
    total = sum(letters.values())
    return next((angle for angle in (90, 180, 270) if total >= _FEWEST and letters[angle] >= _MOSTLY * total), 0)


def turn_back(runs: Sequence[TextRun], angle: int, width: float, height: float) -> list[TextRun]:
    """Runs on a page turned back by an angle, so that its text stands upright.

    Args:
        runs: the runs of the page as shown.
        angle: a quarter of degrees, clockwise.
        width: of the page as shown.
        height: its height likewise.
    """
    right, down = {90: (0.0, width), 180: (width, height), 270: (height, 0.0)}[angle]
    found = []
    for run in runs:
        left = (run.angle - angle) % 360
        cosine, sine = math.cos(math.radians(left)), math.sin(math.radians(left))
        if left % 90 == 0:
            cosine, sine = round(cosine), round(sine)
        along, over = right * cosine + down * sine, down * cosine - right * sine
        moved = replace(run, x0=run.x0 + along, x1=run.x1 + along, y=run.y + over, angle=left, strings=[])
        found.append(moved)
    return found


def overlays(runs: Sequence[TextRun]) -> list[TextRun]:
    """Watermarks of an upright page, and what stands sideways in its margins."""
    letters = _letters_by_angle(runs)
    if not letters or letters[0] * 2 <= sum(letters.values()):
        return []
    level = [run for run in runs if not run.angle and run.text.strip()]
    found = [run for run in runs if run.angle % 90 and run.text.strip()]
    found += [run for run in runs if run.angle in (90, 270) and _is_beside(run, level)]
    return found + _pale_marks(level)


def artifacts(runs: Sequence[TextRun], width: float, height: float) -> list[TextRun]:
    """Runs beyond the text of a page that the file calls no text.

    A file is not believed that calls most of a page so, or what stands within the text.

    Args:
        runs: the runs of a page whose text stands upright.
        width: of the page, in points.
        height: its height likewise.
    """
    marked = [run for run in runs if run.ink.artifact and run.text.strip()]
    if not marked:
        return []
    others = [_box(run) for run in runs if not run.ink.artifact and run.text.strip()]
    if not others or _count(marked) * 2 >= _count(runs):
        return []
    text = Rectangle(
        min(box.x0 for box in others),
        min(box.top for box in others),
        max(box.x1 for box in others),
        max(box.bottom for box in others),
    )
    across, down = _EDGE * width, _EDGE * height
    return [
        run
        for run, box in zip(marked, map(_box, marked), strict=True)
        if (box.bottom <= min(text.top, down) or box.top >= max(text.bottom, height - down))
        or (box.x1 <= min(text.x0, across) or box.x0 >= max(text.x1, width - across))
    ]


def _count(runs: Sequence[TextRun]) -> int:
    return sum(sum(map(str.isalnum, run.text)) for run in runs)


def _letters_by_angle(runs: Sequence[TextRun]) -> Counter[int]:
    letters: Counter[int] = Counter()
    for run in runs:
        letters[run.angle] += sum(map(str.isalnum, run.text))
    return letters


def _is_beside(run: TextRun, level: Sequence[TextRun]) -> bool:
    """Tell whether a run that stands sideways is in a margin: left or right of all text of the page."""
    # Labels of tables and drawings stand at the edge of the text, not outside of it.
    box = _box(run)
    others = [_box(other) for other in level]
    return bool(others) and (min(other.x0 for other in others) >= box.x1 or max(other.x1 for other in others) <= box.x0)


def _pale_marks(level: Sequence[TextRun]) -> list[TextRun]:
    """Pale texts that lie over other text, large or shown again and again."""
    pale = [run for run in level if _is_pale(run)]
    dark = [run for run in level if not _is_pale(run)]
    if not pale or not dark:
        return []
    usual = sorted(run.size for run in dark)[len(dark) // 2]
    boxes = [_box(run) for run in dark]
    over = [run for run in pale if any(box.touches(_box(run)) for box in boxes)]
    shown = Counter(run.text.strip() for run in pale)
    tiles = {run.text.strip() for run in over if shown[run.text.strip()] >= _TILES}
    large = {id(run) for run in over if run.size >= _LARGE * usual}
    return [run for run in pale if id(run) in large or run.text.strip() in tiles]


def _is_pale(run: TextRun) -> bool:
    colour = run.ink.colour
    return colour is not None and _PALE <= min(colour) < _WHITE


def _box(run: TextRun) -> Rectangle:
    return on_page(run, run.x0, run.x1, *_BAND)
