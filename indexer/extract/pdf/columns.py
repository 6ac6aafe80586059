"""Reading order: rows of segments ─▶ columns one after the other, everything else row by row.

A band of neighbouring rows that leave the same upright strip free (a gutter) is read column by column. What crosses
the strip ends the band. Rows that merely hold a wide space are put together again.
"""

from collections.abc import Sequence

from indexer.extract.pdf.lines import RowSegment, TextRow, join_segments

_Gutter = tuple[float, float]
"""An upright strip that is free of print: its left and its right edge."""

# Lengths are in sizes of the letters beside them.
_APART = 2.5  # segments of one row that far apart are never one line
_NARROW = 0.8  # the least width of a gutter that at least three rows share
_CLEAR = 1.8  # the least width of a gutter that two rows share: two may leave a space free by chance
_TIGHT = 1.7  # the farthest that the next line of the same column stands below the last
_FAR = 5.0  # a band does not reach over a wider empty space

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
        found.extend(_join_near_segments(row))
        index += 1
    return found


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
    least = _NARROW if several >= _SEVERAL else _CLEAR
    gutters = [gutter for gutter in gutters if gutter[1] - gutter[0] >= least * size]
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


def _on_both_sides(row: TextRow, gutters: Sequence[_Gutter]) -> bool:
    """Tell whether a row has print on both sides of one of the gutters."""
    return any(row[0].x1 <= left and row[-1].x0 >= right for left, right in gutters)


def _end_of_columns(rows: Sequence[TextRow], last_full: int, end: int, gutters: Sequence[_Gutter]) -> int:
    """The end of a band, behind the lines that plainly carry on a column."""
    above = {_column(segment, gutters): segment for segment in rows[last_full]}
    for index in range(last_full + 1, end):
        for segment in rows[index]:
            before = above.get(_column(segment, gutters))
            if before is None or segment.y - before.y > _TIGHT * max(segment.size, before.size):
                return index
            above[_column(segment, gutters)] = segment
    return end


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
    if len(columns) > 2 and full >= _FULL_SHARE * len(rows):
        return [segment for row in rows for segment in _join_near_segments(row)]
    return [segment for column in columns for segment in reading_order(column, depth + 1)]


def _join_near_segments(row: TextRow) -> list[RowSegment]:
    """The lines of a row that is in no band: segments that are not far apart are one."""
    found: list[TextRow] = [[row[0]]]
    for segment in row[1:]:
        last = found[-1][-1]
        if segment.x0 - last.x1 <= _APART * max(last.size, segment.size):
            found[-1].append(segment)
        else:
            found.append([segment])
    return [join_segments(part) for part in found]
