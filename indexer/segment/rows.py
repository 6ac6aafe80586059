"""Rows: what stands on one baseline, as a reader sees it, whatever order and pieces the file draws it in."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from indexer.model import Box, Line, Page, Place

_BARE = re.compile(
    r"[(\[]?(?:\d{1,4}(?:\s?\.\s?\d{1,4})*|[IVXLC]{1,6}|[A-Za-z])\s?[.)\]]*\s*\*{0,3}|[-–—·•▪●○◦■□➢►‣∙]|\(cid:\d+\)"
)
"""A marker with nothing after it: ``104.1``, ``12.``, ``II.``, ``a)``, ``1.4 *``, ``•``."""

_REACH = 8.0
"""How many letters' heights a number may stand apart from its text."""

_SPACE = 1.3
"""Pieces of a line no further apart than so many letters' heights belong together."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a page.

    ``lines`` are the lines that it is made of, left to right; ``left`` is its left edge as if recto and verso had the
    same margin; ``pitch`` its distance from the row above, top to top, in letters' heights (None for the first row of a
    page or column); ``piece`` tells a row that was cut out of a line, which says nothing about edges and gaps.
    """

    page: int
    lines: tuple[Line, ...]
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    pitch: float | None = None
    piece: bool = False


def rows_of(pages: Sequence[Page]) -> tuple[Row, ...]:
    """The rows of a document in reading order; every line of every page is in exactly one of them."""
    shift = _shift(pages)
    rows: list[Row] = []
    for page in pages:
        found = [_row(page.number, lines, shift if page.number % 2 else 0.0) for lines in _baselines(page)]
        rows += [replace(row, pitch=_pitch(above, row)) for above, row in zip([None, *found], found, strict=False)]
    return tuple(rows)


def places_of(rows: Iterable[Row], start: Callable[[int], int]) -> tuple[Place, ...]:
    """The boxes of rows in reading order: one for each run of rows down a page or a column.

    ``start`` says where in the text a row begins, by its number from 0.
    """
    places: list[Place] = []
    above: Row | None = None
    for number, row in enumerate(rows):
        box = _around(line.box for line in row.lines)
        if above is not None and above.page == row.page and row.top >= above.top - above.size / 2:
            places[-1] = replace(places[-1], box=_around((places[-1].box, box)))
        else:
            places.append(Place(row.page, box, start(number)))
        above = row
    return tuple(places)


def confidence_in(rows: Iterable[Row]) -> int | None:
    """How sure OCR was of the letters that it read, in percent; None where it read none of these rows."""
    read = [(line.confidence, len(line.text)) for row in rows for line in row.lines if line.confidence is not None]
    return round(sum(sure * letters for sure, letters in read) / sum(letters for _, letters in read)) if read else None


def _around(boxes: Iterable[Box]) -> Box:
    every = list(boxes)
    return Box(
        min(box.x0 for box in every),
        min(box.top for box in every),
        max(box.x1 for box in every),
        max(box.bottom for box in every),
    )


def _baselines(page: Page) -> list[tuple[Line, ...]]:
    """The lines of a page, in order, each bare number before the text to its right and pieces of a line together."""
    partners = _partners(page.lines)
    taken = set(partners.values())
    groups: list[list[Line]] = []
    numbers = {text: number for number, text in partners.items()}
    for index, line in enumerate(page.lines):
        if index in partners:
            continue
        own = [page.lines[numbers[index]], line] if index in taken else [line]
        if groups and index not in taken and _continues(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append(own)
    return [tuple(group) for group in groups]


def _partners(lines: Sequence[Line]) -> dict[int, int]:
    """For each line that is a bare number the line of text to its right on the same baseline, by their indices."""
    partners: dict[int, int] = {}
    for index, line in enumerate(lines):
        if not _BARE.fullmatch(line.text.strip()):
            continue
        beside = [
            (other.box.x0, place)
            for place, other in enumerate(lines)
            if place != index
            and place not in partners.values()
            and not _BARE.fullmatch(other.text.strip())
            and _level(line, other)
            and -line.size / 2 <= other.box.x0 - line.box.x1 <= _REACH * max(line.size, 1.0)
        ]
        if beside:
            partners[index] = min(beside)[1]
    return partners


def _level(one: Line, other: Line) -> bool:
    """Whether two lines share a baseline: their middles are less than half a letter's height apart."""
    middles = (one.box.top + one.box.bottom) / 2 - (other.box.top + other.box.bottom) / 2
    return abs(middles) < min(one.size, other.size) / 2


def _continues(left: Line, right: Line) -> bool:
    gap = right.box.x0 - left.box.x1
    return _level(left, right) and -left.size / 2 <= gap <= _SPACE * left.size


def _row(page: int, lines: tuple[Line, ...], shift: float) -> Row:
    main = max(lines, key=lambda line: len(line.text))
    box = _around(line.box for line in lines)
    return Row(
        page=page,
        lines=lines,
        text=" ".join(" ".join(line.text.split()) for line in lines).strip(),
        left=box.x0 - shift,
        right=box.x1 - shift,
        top=main.box.top,
        bottom=main.box.bottom,
        size=main.size,
        bold=main.bold,
    )


def _pitch(above: Row | None, row: Row) -> float | None:
    if above is None or row.top < above.top - above.size / 2:
        return None
    return (row.top - above.top) / max(row.size, above.size, 1.0)


def _shift(pages: Sequence[Page]) -> float:
    """How much further right the text of odd pages stands: the shift that lets most left edges of both sides agree."""
    odd, even = (
        Counter(round(line.box.x0) for page in pages if page.number % 2 == side for line in page.lines)
        for side in (1, 0)
    )
    if len(pages) < 4 or not odd or not even:
        return 0.0

    def agreement(shift: int) -> int:
        return sum(min(count, odd[edge + shift]) for edge, count in even.items())

    best = max(range(-90, 91), key=lambda shift: (agreement(shift), -abs(shift)))
    return float(best) if agreement(best) > 1.5 * agreement(0) else 0.0


def usual_size(rows: Iterable[Row]) -> float:
    """The size of most letters."""
    letters: Counter[float] = Counter()
    for row in rows:
        letters[row.size] += len(row.text)
    return max(letters, key=lambda size: (letters[size], -size), default=0.0)


def usual_pitch(rows: Iterable[Row]) -> float:
    """The line spacing of most rows, in letters' heights."""
    pitches = [row.pitch for row in rows if row.pitch is not None and row.pitch > 0.5]
    counted = Counter(round(pitch, 1) for pitch in pitches)
    if not counted:
        return 1.2
    common = max(counted, key=lambda pitch: (counted[pitch], -pitch))
    return median(pitch for pitch in pitches if abs(pitch - common) <= 0.1)
