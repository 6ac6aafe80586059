"""Doubts: what the numbers of a document leave open, as cautions for people."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.model import Caution, message
from indexer.segment.markers import Marker
from indexer.segment.numbering import NumberedMark
from indexer.segment.rows import Row

_FEWEST = 2
"""Next numbers that begin rows of an item from which on it seems to hold others: one may do so by chance."""


def number_cautions(
    marks: Sequence[NumberedMark | None], rows: Sequence[Row], readings: Sequence[Sequence[Marker]]
) -> Iterator[Caution]:
    """Make cautions on numbers that are missing or odd, and on items that hold others."""
    places = [index for index, mark in enumerate(marks) if mark]
    for index, end in pairwise([*places, len(rows)]):
        mark, page = marks[index], rows[index].page
        if mark is None or mark.is_section:
            continue
        path = ".".join(mark.path)
        if mark.skipped:
            yield Caution(message("number-missing", mark.skipped, path), page)
        if mark.odd:
            yield Caution(message("number-odd", path), page)
        within = _numbers_within(mark, readings[index + 1 : end])
        if len(within) >= _FEWEST:
            yield Caution(message("numbers-within", path, within[0], within[-1]), page)


def _numbers_within(mark: NumberedMark, readings: Sequence[Sequence[Marker]]) -> list[str]:
    """Find the next numbers of an item's own list that begin rows of it; a list within it begins with 1."""
    expected, nested = mark.values[-1] + 1, 0
    found: list[str] = []
    for own in readings:
        for reading in own:
            if (reading.style, reading.sign, reading.values[:-1]) != (mark.style, mark.sign, mark.values[:-1]):
                continue
            value = reading.values[-1]
            if value in (1, nested):
                nested = value + 1
            elif value == expected:
                found.append(reading.label)
                expected += 1
    return found
