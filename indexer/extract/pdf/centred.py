"""Centred numbers: numbers set at half the height of their cells ─▶ at its first line.

Where all numbers of a column stand in the middle of the lines beside them, each begins these lines.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.extract.pdf.runs import TextRun

_NUMBER = re.compile(r"\s*[(\[]?(\d{1,3})[.)\]]?\s*")

_SAME_EDGE = 0.6
"""Sizes within which the middles of the numbers of a column agree."""

_FAR = 8.0
"""Sizes between a number and its text, at most."""

_SAME_LINE = 0.3
"""Sizes within which baselines are the same."""

_APART = 1.2
"""How many times as far apart as the lines of a cell those of two cells are, at least."""

_CENTRED = 0.3
"""Share of the distance of lines within which a number stands in the middle of a cell."""

_WIDEST_STEP = 3.0
"""Sizes between the lines of a cell, at most."""

_FEWEST = 2
"""Numbers of the shortest column."""


def with_centred_numbers(runs: Sequence[TextRun]) -> list[TextRun]:
    """The runs of a page, centred numbers moved to the first lines of their cells."""
    found = list(runs)
    numbers = sorted((run for run in runs if _NUMBER.fullmatch(run.text)), key=lambda run: run.y)
    while len(numbers) >= _FEWEST:
        first = numbers[0]
        column = [run for run in numbers if abs(_middle(run) - _middle(first)) <= _SAME_EDGE * first.size]
        numbers = [run for run in numbers if run not in column]
        tops = _tops(column, runs) if _counts(column) else []
        moved = {id(run): replace(run, y=top) for run, top in zip(column, tops, strict=False)}
        found = [moved.get(id(run), run) for run in found]
    return found


def _middle(run: TextRun) -> float:
    return (run.x0 + run.x1) / 2


def _counts(column: Sequence[TextRun]) -> bool:
    """Tell whether the numbers of a column follow each other."""
    values = [int(match[1]) for run in column if (match := _NUMBER.fullmatch(run.text))]
    return len(values) >= _FEWEST and all(after == before + 1 for before, after in pairwise(values))


def _tops(column: Sequence[TextRun], runs: Sequence[TextRun]) -> list[float]:
    """The first baselines of the cells of a column of numbers; none where the numbers are not centred in them."""
    # Blanks behind a number may reach to its text, or over it.
    size, right = (
        column[0].size,
        max(run.x0 + (run.x1 - run.x0) * len(run.text.rstrip()) / len(run.text) for run in column),
    )
    beside = [run for run in runs if right < run.x0 <= right + _FAR * size and run.text.strip()]
    if not beside:
        return []
    left = min(run.x0 for run in beside)
    lines: list[float] = []
    for y in sorted(run.y for run in beside if run.x0 <= left + size):
        if not lines or y - lines[-1] > _SAME_LINE * size:
            lines.append(y)
    steps = [after - before for before, after in pairwise(lines)]
    if not steps:
        return []
    step = min(steps)
    if step > _WIDEST_STEP * size:
        return []
    cells = [[lines[0]]]
    for before, after in pairwise(lines):
        if after - before > _APART * step:
            cells.append([])
        cells[-1].append(after)
    own = [[cell for cell in cells if cell[0] - step / 2 < run.y < cell[-1] + step / 2] for run in column]
    if not all(len(each) == 1 for each in own) or len({each[0][0] for each in own}) < len(own):
        return []
    centred = [
        abs((cell[0] + cell[-1]) / 2 - run.y) <= _CENTRED * step for run, (cell,) in zip(column, own, strict=True)
    ]
    moved = any(run.y - cell[0] > _CENTRED * step for run, (cell,) in zip(column, own, strict=True))
    return [cell[0] for (cell,) in own] if all(centred) and moved else []
