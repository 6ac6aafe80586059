"""Lines of a page: runs of text ─▶ lines with boxes, in reading order."""

import math
from collections.abc import Iterator

from indexer.extract.pdf.centred import with_centred_numbers
from indexer.extract.pdf.columns import reading_order
from indexer.extract.pdf.initials import with_initials
from indexer.extract.pdf.lines import RowSegment, by_angle, rows
from indexer.extract.pdf.runs import TextRun
from indexer.model import Box, Line


def lines_of(runs: list[TextRun], width: float, height: float) -> Iterator[Line]:
    """The lines of a page in reading order, from runs in any order.

    ``width`` and ``height`` are those of the page, in points. Lines that stand wholly beside it are left out, as nobody
    sees them.
    """
    for angle, part in by_angle(runs):
        for segment in reading_order(rows(with_centred_numbers(with_initials(part)))):
            box = _box(segment, angle)
            if box.x1 > 0 and box.x0 < width and box.bottom > 0 and box.top < height:
                yield Line(segment.text, box, tenth(segment.size), segment.bold, elements=segment.elements)


def _box(segment: RowSegment, angle: int) -> Box:
    """The box of a segment on the page, turned back by its angle."""
    x0, top, x1, bottom = segment.x0, segment.top, segment.x1, segment.bottom
    if not angle and x0 <= x1 and top <= bottom:
        return Box(tenth(x0), tenth(top), tenth(x1), tenth(bottom))
    corners = [(x, y) for x in (x0, x1) for y in (top, bottom)]
    if angle:
        cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        corners = [(x * cosine - y * sine, x * sine + y * cosine) for x, y in corners]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return Box(tenth(min(across)), tenth(min(down)), tenth(max(across)), tenth(max(down)))


def tenth(value: float) -> float:
    """A length to a tenth of a point."""
    return round(value, 1) + 0.0  # which makes 0 of -0
