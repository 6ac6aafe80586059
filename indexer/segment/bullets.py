"""Bullets: items without numbers, each behind a dash, a drawn sign or a word such as ``Recommendation:``."""

from collections.abc import Iterator, Sequence

from indexer.segment.evidence import NumberEvidence
from indexer.segment.markers import Marker, Style, read_markers
from indexer.segment.rows import Row
from indexer.segment.sequences import Level

FEWEST = 2
"""Bullets of the shortest list: one alone is a dash of the text."""

_DASHES = "-–—"


def bullet_rows(rows: Sequence[Row], inside: Sequence[bool], evidence: NumberEvidence) -> dict[int, int]:
    """Find the rows that open an item with a bullet: the characters before their text.

    They bear the sign of the first one and begin paragraphs at its edge. On another page or in another column it is the
    same edge from there, or the one furthest left. At other edges, and with other signs, stand the points of an item.
    """
    found: dict[int, int] = {}
    level: Level | None = None
    candidates = list(_candidates(rows, inside, evidence))
    furthest: dict[int, float] = {}
    for index, _ in candidates:
        number = evidence.columns[index].number
        furthest[number] = min(rows[index].left, furthest.get(number, rows[index].left))
    last = 0
    for index, reading in candidates:
        row, column = rows[index], evidence.columns[index]
        if level is None:
            level = Level(Style.DASH, (), 0, _sign(reading), (row.left,), column, row.piece)
        moved = level.at_edge_of_column(row, column) or row.left < min(level.edges)
        anew = row.page != rows[last].page and row.left == furthest[column.number]
        if _sign(reading) == level.sign and (level.at_edge(row) or moved or anew):
            found[index] = reading.width
            level, last = level.advance(0, row, column), index
    return found


def _candidates(rows: Sequence[Row], inside: Sequence[bool], evidence: NumberEvidence) -> Iterator[tuple[int, Marker]]:
    """Find the rows with bullets that begin paragraphs."""
    for index, row in enumerate(rows):
        if inside[index]:
            bullets = (reading for reading in read_markers(row.text) if reading.style is Style.DASH)
            if (bullet := next(bullets, None)) and evidence.begins(index):
                yield index, bullet


def _sign(reading: Marker) -> str:
    """The sign of a bullet: dashes of any length are one."""
    return "-" if reading.sign in _DASHES else reading.sign
