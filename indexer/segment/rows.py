"""Rows: the text on one baseline, whatever order and pieces the file draws it in."""

# ARCHITECTURE.md: Rows are read, not the order of drawing.

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from indexer.analysis.folding import NOTE_FIGURES
from indexer.extract.pdf.signs import BULLETS
from indexer.model import Box, Line, Page, Place
from indexer.segment.markers import Style, read_markers
from indexer.segment.structure import RowStructure, row_structures

_BARE = re.compile(
    rf"[(\[]?(?:\d{{1,4}}(?:\s?\.\s?\d{{1,4}})*|[IVXLC]{{1,6}}|[A-Za-z])\s?[.)\]]*\s*(?:\*{{0,3}}|[{NOTE_FIGURES}]{{1,3}})"
    rf"|[-–—{BULLETS}\uf020-\uf0ff]|▯|\*{{1,3}}"
)
"""A number, letter, bullet or note's mark with nothing after it: ``104.1``, ``12.``, ``a)``, ``1.4 *``, ``•``."""

_LONGEST_BARE = 30
"""Characters of the longest marker that stands apart from its text."""

_REACH = 8.0
"""Letters' heights by which a number may stand apart from its text, at most."""

_REACH_OF_WORDS = 4.0
"""Letters' heights by which a marker of words may do so: it may stand alone in a column, beside another one."""

_SHORT_MARKER = 6
"""Characters of the longest marker that stands apart as numbers do."""

_RAISED = 0.88
"""Share of its text's size up to which a mark may be raised."""

_SPACE = 1.3
"""Pieces of a line no further apart than so many letters' heights belong together."""

_WIDEST_SHIFT = 90
"""Points by which the margins of odd and even pages may differ: no more than a margin is wide."""

_CLEARLY_MORE = 1.5
"""Share of edges by which a shift must do better than none: some edges agree at any shift, by indents."""

_FEWEST_PAGES = 4
"""Pages of the shortest document whose margins are compared: two of each side."""

_LEAST_PITCH = 0.5
"""Letters' heights: what stands closer to the row above is no line below it, but a raised or lowered part of it."""

_SAME_PITCH = 0.1
"""Letters' heights by which the line spacings of a document differ from the most frequent one."""

_FREQUENT = 0.5
"""Share of the most frequent line spacing from which a smaller one is that of the lines of paragraphs."""

_USUAL_PITCH = 1.2
"""Line spacing of documents that show none, in letters' heights: that of most typesetting."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a page. Lengths are in points, from the left and from the top.

    Attributes:
        page: the number of its page, from 1.
        lines: the lines that it is made of, left to right.
        text: their text, white space folded.
        left: its left edge as if recto and verso had the same margin.
        right: its right edge, likewise.
        top: the top of its longest line.
        bottom: the bottom of that line.
        size: the size of that line's letters.
        bold: whether that line is bold.
        pitch: its distance from the row above, top to top, in letters' heights; None for the first row of a page or
            column.
        piece: true for a row that was cut out of a line, which says nothing about edges and gaps.
        structure: what the tags of the file say of it; None where they say nothing.
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
    structure: RowStructure | None = None


def rows_of(pages: Sequence[Page]) -> tuple[Row, ...]:
    """Make the rows of a document, in reading order.

    Every line of every page is in exactly one of them.
    """
    shift = _shift(pages)
    found = [(page.number, lines) for page in pages for lines in _baselines(page)]
    elements = {element.number: element for page in pages for element in page.structure}
    structures = row_structures([lines for _, lines in found], elements) if elements else [None] * len(found)
    rows: list[Row] = []
    for (number, lines), structure in zip(found, structures, strict=True):
        above = rows[-1] if rows and rows[-1].page == number else None
        rows.append(_row(number, lines, shift if number % 2 else 0.0, above, structure))
    return tuple(rows)


def places_of(rows: Iterable[Row], starts: Sequence[int]) -> tuple[Place, ...]:
    """Make the places of rows in reading order: one box for each run down a page or column.

    ``starts`` are the characters of the text at which the rows begin.
    """
    runs: list[tuple[Row, int, list[Box]]] = []
    above: Row | None = None
    for row, start in zip(rows, starts, strict=True):
        # A row that stands higher than the one before begins another column.
        if above is None or above.page != row.page or row.top < above.top - above.size / 2:
            runs.append((row, start, []))
        runs[-1][2].extend(line.box for line in row.lines)
        above = row
    return tuple(Place(row.page, _around(boxes), start) for row, start, boxes in runs)


def confidence_in(rows: Iterable[Row]) -> int | None:
    """Confidence of OCR in the letters that it read, in percent; None where it read none of these rows."""
    read = [(line.confidence, len(line.text)) for row in rows for line in row.lines if line.confidence is not None]
    return round(sum(sure * letters for sure, letters in read) / sum(letters for _, letters in read)) if read else None


def _around(boxes: Iterable[Box]) -> Box:
    """Make the smallest box around some."""
    every = list(boxes)
    if len(every) == 1:
        return every[0]
    return Box(
        min(box.x0 for box in every),
        min(box.top for box in every),
        max(box.x1 for box in every),
        max(box.bottom for box in every),
    )


def _baselines(page: Page) -> list[tuple[Line, ...]]:
    """Group the lines of a page by baseline, in order.

    A bare number comes before the text to its right; the pieces of a line come together.
    """
    partners = _partners(page.lines)
    taken = set(partners.values())
    groups: list[list[Line]] = []
    numbers = {text: number for number, text in partners.items()}
    for index, line in enumerate(page.lines):
        if index in partners:
            continue
        own = [page.lines[numbers[index]], line] if index in taken else [line]
        # Text that has a number begins a row, however close the line before it ends.
        if groups and index not in taken and _continues(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append(own)
    return [tuple(group) for group in groups]


def _partners(lines: Sequence[Line]) -> dict[int, int]:
    """Find the text to the right of each bare number on its baseline; by index."""
    partners: dict[int, int] = {}
    bare = [_is_bare(line.text.strip()) for line in lines]
    for index, line in enumerate(lines):
        if not bare[index]:
            continue
        reach = (_REACH if len(line.text.strip()) <= _SHORT_MARKER else _REACH_OF_WORDS) * max(line.size, 1.0)
        beside = [
            (other.box.x0, place)
            for place, other in enumerate(lines)
            if place != index
            and place not in partners.values()
            and not bare[place]
            and _level(line, other)
            and -line.size / 2 <= other.box.x0 - line.box.x1 <= reach
        ]
        if beside:
            partners[index] = min(beside)[1]
    return partners


def _is_bare(text: str) -> bool:
    """Tell whether a text is a marker with nothing after it."""
    if _BARE.fullmatch(text):
        return True
    readings = read_markers(text) if len(text) <= _LONGEST_BARE else ()
    return any(reading.width == len(text) for reading in readings if reading.style in (Style.NUMBER, Style.WORD))


def _level(one: Line, other: Line) -> bool:
    """Tell whether two lines share a baseline.

    Their middles are less than half a letter's height apart then; a raised mark shares the larger part of its height.
    """
    middles = (one.box.top + one.box.bottom) / 2 - (other.box.top + other.box.bottom) / 2
    if one.size <= _RAISED * other.size and one.text.strip(" *") == "":
        shared = min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
        return shared > (one.box.bottom - one.box.top) / 2
    return abs(middles) < min(one.size, other.size) / 2


def _continues(left: Line, right: Line) -> bool:
    """Tell whether a line is the next piece of the same one; pieces may overlap a little."""
    gap = right.box.x0 - left.box.x1
    return _level(left, right) and -left.size / 2 <= gap <= _SPACE * left.size


def _row(page: int, lines: tuple[Line, ...], shift: float, above: Row | None, structure: RowStructure | None) -> Row:
    """Make a row of lines below another; ``shift`` is how much further right its page stands, in points."""
    # Of a number and its text, or of a text and a note's mark, the text tells the measures.
    main = max(lines, key=lambda line: len(line.text))
    box = main.box if len(lines) == 1 else _around(line.box for line in lines)
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
        pitch=_pitch(above, main),
        structure=structure,
    )


def _pitch(above: Row | None, main: Line) -> float | None:
    """Measure the distance from the row above, in letters' heights; None where none stands above."""
    if above is None or main.box.top < above.top - above.size / 2:
        return None
    return (main.box.top - above.top) / max(main.size, above.size, 1.0)


def _shift(pages: Sequence[Page]) -> float:
    """Measure how much further right the text of odd pages stands, in points.

    It is the shift that lets most left edges of both sides agree; 0 where none is clearly better than the others.
    """
    odd, even = (
        Counter(round(line.box.x0) for page in pages if page.number % 2 == side for line in page.lines)
        for side in (1, 0)
    )
    if len(pages) < _FEWEST_PAGES or not odd or not even:
        return 0.0

    def agreement(shift: int) -> int:
        return sum(min(count, odd[edge + shift]) for edge, count in even.items())

    best = max(range(-_WIDEST_SHIFT, _WIDEST_SHIFT + 1), key=lambda shift: (agreement(shift), -abs(shift)))
    return float(best) if agreement(best) > _CLEARLY_MORE * agreement(0) else 0.0


def usual_size(rows: Iterable[Row]) -> float:
    """Find the size of most letters, in points."""
    letters: Counter[float] = Counter()
    for row in rows:
        letters[row.size] += len(row.text)
    return max(letters, key=lambda size: (letters[size], -size), default=0.0)


def usual_pitch(rows: Iterable[Row]) -> float:
    """Find the line spacing of most rows, in letters' heights."""
    pitches = [row.pitch for row in rows if row.pitch is not None and row.pitch > _LEAST_PITCH]
    # Rounded to find the most frequent one; the median of those near it is exact.
    counted = Counter(round(pitch, 1) for pitch in pitches)
    if not counted:
        return _USUAL_PITCH
    # Where many paragraphs are of one line, the space between them is as frequent as that between lines.
    often = max(counted.values())
    common = min(pitch for pitch, count in counted.items() if count >= _FREQUENT * often)
    return median(pitch for pitch in pitches if abs(pitch - common) <= _SAME_PITCH)
