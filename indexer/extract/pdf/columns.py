"""Reading order: rows of segments ─▶ columns one after the other, everything else row by row.

A band of neighbouring rows that leave the same upright strip free (a gutter) is read column by column. What crosses
the strip ends the band. Rows that merely hold a wide space are put together again. Rows of columns that are not level
are taken together to find bands, and apart again to read them.
"""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from indexer.extract.pdf.lines import RowSegment, TextRow, join_segments
from indexer.extract.pdf.raised import SAME_BASELINE
from indexer.extract.pdf.tables import OPENS_ITEM, table_rows

_Gutter = tuple[float, float]
"""An upright strip that is free of print: its left and its right edge."""

# Lengths are in sizes of the letters beside them.
_APART = 2.5  # segments of one row that far apart are never one line
_NARROW = 0.8  # the least width of a gutter that at least three rows share
_CLEAR = 1.8  # the least width of a gutter that two rows share: two may leave a space free by chance
_WIDE = 3.0  # wider gutters are hardly ever spaces of justified lines
_SAME_EDGE = 0.4  # the edges of a column's lines agree to within it
_BESIDE = 0.9  # rows that are not as far apart overlap
_TIGHT = 1.7  # the farthest that the next line of the same column stands below the last
_PARAGRAPH = 2.6  # the farthest that the next paragraph of the same column stands below the last
_FAR = 5.0  # a band does not reach over a wider empty space

_HALF = 0.5
"""Share of a column's width of a line that goes on with it after a space, at least: titles are short."""

_RECENT = 40
"""Lines of a column that are looked at above another: a page's."""

_SEVERAL = 3
"""Rows with print on both sides of a gutter from which on it may be narrow."""

_FULL_SHARE = 2 / 3
"""Share of rows with print in each of three or more columns from which on a band is a table."""

_DEEPEST = 8
"""Columns within columns, more than any page has; each level takes calls from Python's stack."""


def reading_order(rows: Sequence[TextRow], depth: int = 0) -> list[RowSegment]:
    """The segments of rows in the order in which they are read.

    ``rows`` go from top to bottom. ``depth`` is the number of columns that they stand within.
    """
    rows = _pair_up(rows)
    found: list[RowSegment] = []
    index = 0
    while index < len(rows):
        row = rows[index]
        if len(row) > 1 and depth < _DEEPEST:
            end, gutters = _band(rows, index)
            if gutters:
                pulled = _take_back(found, gutters, row)
                found.extend(_by_column([*pulled, *rows[index:end]], gutters, depth))
                index = end
                continue
        found.extend([join_segments(row)] if _is_justified(rows, index) else _join_near_segments(row))
        index += 1
    return found


def _is_justified(rows: Sequence[TextRow], index: int) -> bool:
    """Tell whether a row is a line of a paragraph, however wide its spaces are.

    A line above or below it ends where it ends, and has print where it has spaces.
    """
    row = rows[index]
    if len(row) == 1 or len(_levels(row)) > 1:
        return False
    size = max(segment.size for segment in row)
    spaces = [(left.x1, right.x0) for left, right in pairwise(row) if right.x0 - left.x1 > _APART * size]
    return any(
        abs(other[0].y - row[0].y) <= _TIGHT * size
        and abs(other[-1].x1 - row[-1].x1) <= _SAME_EDGE * size
        and abs(other[0].x0 - row[0].x0) <= _WIDE * size
        and any(each.x0 < (left + right) / 2 < each.x1 for left, right in spaces for each in other)
        for other in (rows[place] for place in (index - 1, index + 1) if 0 <= place < len(rows))
    )


def _pair_up(rows: Sequence[TextRow]) -> list[TextRow]:
    """Rows in which those that stand beside each other without being level are one."""
    found: list[TextRow] = []
    for row in rows:
        if found and _stand_beside(found[-1], row):
            found[-1] = sorted([*found[-1], *row], key=lambda segment: segment.x0)
        else:
            found.append(row)
    return found


def _stand_beside(row: TextRow, below: TextRow) -> bool:
    """Tell whether a row stands beside the next one without being level."""
    size = min(segment.size for segment in (*row, *below))
    if below[0].y - min(segment.y for segment in row) > _BESIDE * size:
        return False
    return all(
        one.x1 + _NARROW * size <= other.x0 or other.x1 + _NARROW * size <= one.x0 for one in row for other in below
    )


def _band(rows: Sequence[TextRow], start: int) -> tuple[int, list[_Gutter]]:
    """The band that begins with a row: its end and its gutters; none if it is no band.

    Gutters only become narrower from row to row: what a row leaves free of those of the rows before.
    """
    gutters = [(left.x1, right.x0) for left, right in zip(rows[start], rows[start][1:], strict=False)]
    size = max(segment.size for segment in rows[start])
    end, shared, several = start + 1, gutters, 1
    last_full = start
    for index in range(start + 1, len(rows)):
        row = rows[index]
        if row[0].y - rows[index - 1][0].y > _FAR * size:
            break
        left = _free_gutters(shared, row, _NARROW * size)
        if not left:
            break
        shared = left
        end = index + 1
        if len(row) > 1 and _on_both_sides(row, shared):
            several += 1
            last_full = index
            gutters = shared
    # Rows with print in one column alone may belong to what follows; those behind the last full row have to show that
    # they do not.
    end = _end_of_columns(rows, last_full, end, gutters)
    for index in range(last_full + 1, end):
        gutters = _free_gutters(gutters, rows[index], _NARROW * size)
    least = _NARROW if several >= _SEVERAL else _CLEAR if several > 1 else _APART
    gutters = [gutter for gutter in gutters if gutter[1] - gutter[0] >= least * size]
    band = rows[start:end]
    if all(len(_levels(row)) == 1 for row in band):  # else no space of a line made the gutter
        around = [rows[index] for index in (start - 1, end) if 0 <= index < len(rows)]
        gutters = [
            gutter
            for gutter in gutters
            if (gutter[1] - gutter[0] >= _WIDE * size or _is_edge(band, gutter, size))
            and not any(_is_of_paragraph(row, band, gutter, size) for row in around)
        ]
    return (end, gutters) if several >= 2 or end - start >= 2 else (end, [])


def _free_gutters(gutters: Sequence[_Gutter], row: TextRow, least: float) -> list[_Gutter]:
    """The parts of gutters that a row leaves free, where they are wide enough."""
    found = []
    for left, right in gutters:
        for segment in row:
            if segment.x1 <= left or segment.x0 >= right:
                continue
            # A segment that reaches into a gutter leaves two parts of it; the wider one may still be a gutter.
            if segment.x0 - left >= right - segment.x1:
                right = segment.x0
            else:
                left = segment.x1
        if right - left >= least:
            found.append((left, right))
    return found


def _is_edge(rows: Sequence[TextRow], gutter: _Gutter, size: float) -> bool:
    """Tell whether print behind a gutter is set as columns are: to one edge, or centred.

    Wide spaces of justified lines that happen to stand below each other leave a gutter as well.
    """
    behind = [next((each for each in row if each.x0 >= gutter[1]), None) for row in rows if row[0].x1 <= gutter[0]]
    cells = [each for each in behind if each is not None]
    if all(cell.text[-1].isdigit() for cell in cells):  # numbers may be set to the right
        return True
    lefts, middles = [cell.x0 for cell in cells], [(cell.x0 + cell.x1) / 2 for cell in cells]
    return any(
        sum(abs(place - edge) <= _SAME_EDGE * size for place in places) > len(cells) / 2
        for places in (lefts, middles)
        for edge in places
    )


def _is_of_paragraph(row: TextRow, band: Sequence[TextRow], gutter: _Gutter, size: float) -> bool:
    """Tell whether a row above or below a band carries on its lines: it has print where the band has a gutter."""
    near = band[0] if row[0].y < band[0][0].y else band[-1]
    if abs(near[0].y - row[0].y) > _TIGHT * size or abs(row[0].x0 - near[0].x0) > _SAME_EDGE * size:
        return False
    ends = [each[-1].x1 for each in band if each[-1].x0 >= gutter[1]]
    flush = all(abs(end - ends[0]) <= _SAME_EDGE * size for end in ends)
    return flush and any(each.x0 < gutter[1] and each.x1 > gutter[0] for each in row)


def _on_both_sides(row: TextRow, gutters: Sequence[_Gutter]) -> bool:
    """Tell whether a row has print on both sides of one of the gutters."""
    return any(row[0].x1 <= left and row[-1].x0 >= right for left, right in gutters)


def _end_of_columns(rows: Sequence[TextRow], last_full: int, end: int, gutters: Sequence[_Gutter]) -> int:
    """The end of a band, behind the lines that plainly carry on a column.

    They follow closely; or after the space between paragraphs, set as the column is and half as wide at least.
    """
    above = {_column(segment, gutters): segment for segment in rows[last_full]}
    for index in range(last_full + 1, end):
        for segment in rows[index]:
            column = _column(segment, gutters)
            before = above.get(column)
            if before is None:
                return index
            apart = (segment.y - before.y) / max(segment.size, before.size)
            own = [each for row in rows[:index] for each in row if _column(each, gutters) == column]
            if apart > _TIGHT and not (apart <= _PARAGRAPH and _is_set_as(segment, own[-_RECENT:])):
                return index
            above[column] = segment
    return end


def _is_set_as(segment: RowSegment, column: Sequence[RowSegment]) -> bool:
    """Tell whether a segment is set as lines of a column are: at an edge, as large, and half as wide at least."""
    width = max(each.x1 for each in column) - min(each.x0 for each in column)
    return segment.x1 - segment.x0 >= _HALF * width and any(
        abs(each.x0 - segment.x0) <= _SAME_EDGE * segment.size and abs(each.size - segment.size) < _SAME_EDGE
        for each in column
    )


def _column(segment: RowSegment, gutters: Sequence[_Gutter]) -> int:
    """The number of the column that a segment stands in, from 0."""
    # By middles: a segment of a row that the gutters were not made of may reach into one.
    middle = (segment.x0 + segment.x1) / 2
    return sum(middle > (left + right) / 2 for left, right in gutters)


def _take_back(found: list[RowSegment], gutters: Sequence[_Gutter], row: TextRow) -> list[TextRow]:
    """Take lines back out of ``found`` that begin a column of a band.

    They stand right above it, in another column than its first: a column may begin higher than the one to its left.
    ``row`` is the first row of the band.
    """
    taken: list[TextRow] = []
    following = {_column(segment, gutters): segment for segment in row}
    while found:
        line = found[-1]
        below = following.get(_column(line, gutters))
        if (
            below is None
            or line.x0 < gutters[0][1]
            or any(line.x0 < right and line.x1 > left for left, right in gutters)
            or not 0 < below.y - line.y <= _TIGHT * max(line.size, below.size)
        ):
            break
        following[_column(line, gutters)] = line
        taken.insert(0, [found.pop()])
    return taken


def _by_column(rows: Sequence[TextRow], gutters: Sequence[_Gutter], depth: int) -> list[RowSegment]:
    """The segments of a band, column by column; those of a table row by row."""
    columns: list[list[TextRow]] = [[] for _ in range(len(gutters) + 1)]
    full = 0
    for row in rows:
        parts: dict[int, TextRow] = {}
        for segment in row:
            parts.setdefault(_column(segment, gutters), []).append(segment)
        full += len(parts) == len(columns)
        for column, part in parts.items():
            columns[column].append(part)
    # A table of one line a row: its cells say something only beside each other.
    if len(columns) > 2 and full >= _FULL_SHARE * len(rows) and not all(map(_is_prose, columns)):
        return [cell for row in rows for cell in (_join_near_segments(row) if len(_levels(row)) == 1 else row)]
    table = table_rows(rows, partial(_column, gutters=gutters))
    if table and len(table) > 1:
        return [segment for row in table for segment in _by_cell(row, gutters, depth)]
    return [segment for column in columns for segment in reading_order(column, depth + 1)]


def _is_prose(column: Sequence[TextRow]) -> bool:
    """Tell whether a column is prose or a list: most lines go on with a sentence or begin an item."""
    first = [row[0] for row in column]
    near = [below.text for line, below in pairwise(first) if below.y - line.y <= _TIGHT * below.size]
    items = sum(OPENS_ITEM.match(line.text) is not None for line in first)
    going_on = sum(text[:1].islower() for text in near)
    return len(first) >= _SEVERAL and items + going_on > len(first) / 2


def _by_cell(rows: Sequence[TextRow], gutters: Sequence[_Gutter], depth: int) -> list[RowSegment]:
    """The segments of one row of a table, cell by cell."""
    cells: list[list[TextRow]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        for column, cell in enumerate(cells):
            if part := [segment for segment in row if _column(segment, gutters) == column]:
                cell.append(part)
    return [segment for cell in cells for segment in reading_order(cell, depth + 1)]


def _join_near_segments(row: TextRow) -> list[RowSegment]:
    """The lines of a row that is in no band: segments that are not far apart are one."""
    found: list[TextRow] = []
    # What was paired comes apart again; from top to bottom.
    for level in _levels(row):
        found.append([level[0]])
        for segment in level[1:]:
            last = found[-1][-1]
            if segment.x0 - last.x1 <= _APART * max(last.size, segment.size):
                found[-1].append(segment)
            else:
                found.append([segment])
    return [join_segments(part) for part in found]


def _levels(row: TextRow) -> list[TextRow]:
    """The rows that a row was paired up of, from top to bottom."""
    if len(row) == 1:
        return [row]
    levels: list[TextRow] = []
    for segment in sorted(row, key=lambda segment: (segment.y, segment.x0)):
        if levels and segment.y - levels[-1][0].y <= SAME_BASELINE * min(segment.size, levels[-1][0].size):
            levels[-1].append(segment)
        else:
            levels.append([segment])
    return [sorted(level, key=lambda segment: segment.x0) for level in levels]
