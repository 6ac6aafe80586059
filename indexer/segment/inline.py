"""Inline lists: items that run on in one paragraph, as in ``the experts recommend: 1) that …; 2) that …``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.model import Box, Line
from indexer.segment.headings import HeadingLook, UsualMeasures
from indexer.segment.markers import Marker, Style, read_markers
from indexer.segment.rows import Row

_FEWEST = 2
"""Numbers of the shortest list within a paragraph."""

_STYLES = (Style.NUMBER, Style.LETTER, Style.SMALL_ROMAN, Style.WORD)

# A number stands behind a sign of the sentence, with or without a conjunction: `1) act, 2) meet and 3) report`.
_PLACES = re.compile(
    r"(?:^|(?:[:;,.]|[;,.]\s+(?:and|or|y|e|o|u|ou|et)|\s(?:and|y|e|et))\s+)"
    r"(?=\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})(?:[.)]|\.?[º°ª][.)]?))"
)


def cut_inline_lists(
    rows: Sequence[Row], look: Sequence[HeadingLook], announced: Sequence[bool], usual: UsualMeasures
) -> list[list[Row]]:
    """Cut the rows of lists within paragraphs at their numbers: the pieces of each row.

    These are lists from 1 on in paragraphs after an announcement, before the next one; where rows begin with a list of
    numbers there, what runs on in a paragraph is part of its items.
    """
    cuts: dict[int, list[int]] = {}
    starts = [index for index, each in enumerate(announced) if each]
    for start, end in pairwise([*starts, len(rows)]):
        if not _has_list(rows, range(start + 1, end)):
            for paragraph in _paragraphs(rows, look, usual, range(start + 1, end)):
                for index, place in _list_within(rows, paragraph):
                    cuts.setdefault(index, []).append(place)
    return [_cut(row, cuts[index]) if index in cuts else [row] for index, row in enumerate(rows)]


def _has_list(rows: Sequence[Row], within: range) -> bool:
    """Tell whether a first and a second number, letter or bullet begin rows."""
    found: set[tuple[Style, str, tuple[int, ...]]] = set()
    for index in within:
        for reading in read_markers(rows[index].text):
            if not reading.sign:
                continue
            if reading.style is Style.DASH or reading.style is Style.DECIMAL:
                return True
            before = tuple(value - 1 for value in reading.values)
            if before == (1,) and (reading.style, reading.sign, before) in found:
                return True
            found.add((reading.style, reading.sign, reading.values))
    return False


def _paragraphs(
    rows: Sequence[Row], look: Sequence[HeadingLook], usual: UsualMeasures, within: range
) -> Iterator[range]:
    """Give the paragraphs of some rows, as ranges."""
    first = within.start
    for index in within:
        if index > first and (usual.begins(rows[index]) or look[index] is HeadingLook.STRONG):
            yield range(first, index)
            first = index
    yield range(first, within.stop)


def _list_within(rows: Sequence[Row], paragraph: range) -> list[tuple[int, int]]:
    """Find the numbers of a list that runs on in a paragraph: the row of each, and its place there."""
    open_lists: dict[tuple[Style, str], list[tuple[int, int]]] = {}
    for index, place, reading in _numbers(rows, paragraph):
        found = open_lists.setdefault((reading.style, reading.sign), [])
        if reading.values == (len(found) + 1,):
            found.append((index, place))
    longest = max(open_lists.values(), key=len, default=[])
    return longest if len(longest) >= _FEWEST else []


def _numbers(rows: Sequence[Row], paragraph: range) -> Iterator[tuple[int, int, Marker]]:
    """Read the numbers within a paragraph, with the row and the place of each."""
    for index in paragraph:
        for match in _PLACES.finditer(rows[index].text):
            for reading in read_markers(rows[index].text[match.end() :]):
                if reading.style in _STYLES and reading.sign:
                    yield index, match.end(), reading


def _cut(row: Row, places: Sequence[int]) -> list[Row]:
    """Cut a row before some of its characters."""
    bounds = sorted({0, *places, len(row.text)})
    pieces = [_part(row, start, end) for start, end in pairwise(bounds)]
    later = row.structure and replace(row.structure, begins=False)
    return [pieces[0], *(replace(piece, pitch=0.0, structure=later) for piece in pieces[1:])]


def _part(row: Row, start: int, end: int) -> Row:
    """Make a row of some characters of another; their places are estimated by their share of its lines."""
    lines: list[Line] = []
    before = 0
    for line in row.lines:
        text = " ".join(line.text.split())
        first, last = max(start - before, 0), min(end - before, len(text))
        if first < last:
            width = (line.box.x1 - line.box.x0) / len(text)
            left, right = line.box.x0 + first * width, line.box.x0 + last * width
            box = Box(left, line.box.top, right, line.box.bottom)
            lines.append(replace(line, text=text[first:last].strip(), box=box, elements=()))
        before += len(text) + 1
    left, right = lines[0].box.x0, max(line.box.x1 for line in lines)
    shift = row.lines[0].box.x0 - row.left
    return replace(
        row, lines=tuple(lines), text=row.text[start:end].strip(), left=left - shift, right=right - shift, piece=True
    )
