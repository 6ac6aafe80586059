"""Headings in the margin: brought in front of the text beside which they stand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.segment.headings import UsualMeasures, stands_out
from indexer.segment.rows import Row

_FEWEST_ROWS = 5
"""Rows of the text of a page, at least, beside which headings stand in the margin."""

_SHARE_OF_MARGIN = 0.1
"""Share of a page's letters beside the text that may be no headings: more is a column of its own."""


def with_margin_headings(rows: Sequence[Row], usual: UsualMeasures) -> list[Row]:
    """Put the headings in the margins of pages where a reader reads them: before the text beside them."""
    pages: dict[int, list[Row]] = {}
    for row in rows:
        pages.setdefault(row.page, []).append(row)
    return [row for own in pages.values() for row in _in_order(own, usual)]


def _in_order(own: list[Row], usual: UsualMeasures) -> list[Row]:
    """Order the rows of a page."""
    letters: Counter[float] = Counter()
    for row in own:
        letters[round(row.left)] += len(row.text)
    edge = max(letters, key=lambda left: letters[left])
    beside = [row for row in own if row.right <= edge]
    margin = [row for row in beside if stands_out(row, usual)]
    if not margin or len(own) - len(beside) < _FEWEST_ROWS:
        return own
    other = sum(len(row.text) for row in beside) - sum(len(row.text) for row in margin)
    if other > _SHARE_OF_MARGIN * sum(letters.values()):
        return own
    headings = {id(row) for row in margin}
    waiting = _groups(margin, usual)
    found: list[Row] = []
    above: Row | None = None
    for row in own:
        if id(row) in headings:
            continue
        while waiting and row.top >= waiting[0][0].top - waiting[0][0].size / 2:
            found += waiting.pop(0)
        found.append(replace(row, pitch=_pitch(above, row)))
        above = row
    return [*found, *(row for group in waiting for row in group)]


def _groups(margin: Sequence[Row], usual: UsualMeasures) -> list[list[Row]]:
    """Group the rows in the margin of a page by headings, from top to bottom."""
    groups: list[list[Row]] = []
    for row in sorted(margin, key=lambda row: row.top):
        close = groups and row.top - groups[-1][-1].top <= 1.5 * max(usual.pitch, 1.0) * row.size
        if close:
            groups[-1].append(replace(row, pitch=_pitch(groups[-1][-1], row)))
        else:
            groups.append([replace(row, pitch=None)])
    return groups


def _pitch(above: Row | None, row: Row) -> float | None:
    """Measure the distance from the row above, as `rows_of` does."""
    if above is None or row.top < above.top - above.size / 2:
        return None
    return (row.top - above.top) / max(row.size, above.size, 1.0)
