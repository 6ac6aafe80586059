"""Numbers of lines: columns of counting numbers in a margin, which are none of the text.

Drafts and judgments print one at each line or at each fifth. They count lines, so that texts beside them begin within
sentences, or there is no text beside some of them; numbers of a list stand where items begin.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from indexer.extract.pdf.runs import TextRun

_LONGEST = 4
"""Digits of the largest number of a line."""

_STEPS = {1: 5, 2: 4, 5: 3, 10: 3}
"""The steps by which lines are numbered, and the fewest numbers of a column that counts by each."""

_SAME_EDGE = 0.5
"""Sizes within which the left or the right edges of a column agree."""

_APART = 0.8
"""Sizes between a column and the text, at least."""

_ON_LINE = 0.5
"""Sizes of text within which a number stands on the baseline of a line."""

_WITHIN_TEXT = 0.95
"""Share of the runs that stand beside a column and not in or across it: a headline may reach over it."""

_CARRIED_ON = 0.2
"""Share of the numbers of a column beside which no item could begin, at least."""

_FEW_OTHERS = 1.2
"""How many times as many numbers as count by its step a column has at most."""

_UNEVEN = 1.5
"""How many times as many lines as numbers may stand beside a column: a heading or a blank line has none at times."""


def line_numbers(runs: Sequence[TextRun]) -> list[TextRun]:
    """The runs of a page that number its lines, from top to bottom."""
    digits = [run for run in runs if not run.angle and len(run.text) <= _LONGEST + 2 and _is_number(run.text)]
    if len(digits) < min(_STEPS.values()):
        return []
    texts = [run for run in runs if not run.angle and run.text.strip() and not _is_number(run.text)]
    found = [
        chain
        for column in (*_columns(digits, "x1"), *_columns(digits, "x0"))
        for step, fewest in _STEPS.items()
        if len(chain := _longest_chain(column, step)) >= fewest and _numbers_lines(chain, texts, step)
    ]
    return max(found, key=len, default=[])


def _is_number(text: str) -> bool:
    bare = text.strip()
    return bare.isascii() and bare.isdigit()


def _columns(digits: Sequence[TextRun], edge: str) -> list[list[TextRun]]:
    """Numbers whose left or right edges agree, from top to bottom."""
    found: list[list[TextRun]] = []
    last = 0.0
    for run in sorted(digits, key=lambda run: float(getattr(run, edge))):
        place = getattr(run, edge)
        if found and place - last <= _SAME_EDGE * run.size:
            found[-1].append(run)
        else:
            found.append([run])
        last = place
    return [sorted(column, key=lambda run: run.y) for column in found]


def _longest_chain(column: Sequence[TextRun], step: int) -> list[TextRun]:
    """The longest part of a column that counts by a step; a few others may stand between."""
    # By number: the chain that ends with it.
    chains: dict[int, list[TextRun]] = {}
    for run in column:
        value = int(run.text)
        if value % step == 0:
            chains[value] = [*chains.get(value - step, []), run]
    longest = max(chains.values(), key=len, default=[])
    between = [run for run in column if longest and longest[0].y < run.y < longest[-1].y]
    return longest if len(between) <= _FEW_OTHERS * len(longest) else []


def _numbers_lines(chain: Sequence[TextRun], texts: Sequence[TextRun], step: int) -> bool:
    """Tell whether the numbers of a column count the lines beside them."""
    size = Counter(run.size for run in chain).most_common(1)[0][0]
    top, bottom = chain[0].y - step * size, chain[-1].y + step * size
    beside = [run for run in texts if top <= run.y <= bottom]
    left, right = min(run.x0 for run in chain), max(run.x1 for run in chain)
    to_right = [run for run in beside if run.x0 >= right + _APART * size]
    to_left = [run for run in beside if run.x1 <= left - _APART * size]
    own = max(to_right, to_left, key=len)
    if not own or len(own) < _WITHIN_TEXT * len(beside):
        return False
    lines = _first_runs(own)
    inner = sum(chain[0].y - run.size < run.y < chain[-1].y + run.size for run in lines)
    if step > 1:
        return inner > len(chain) and inner <= step * len(chain) * _UNEVEN
    if inner > _UNEVEN * len(chain):
        return False
    # An item begins beside its number: with a capital, after the line above has ended.
    carried_on = 0
    for number in chain:
        line = next((run for run in lines if abs(run.y - number.y) <= _ON_LINE * run.size), None)
        carried_on += line is None or not _may_begin(line.text)
    return carried_on >= _CARRIED_ON * len(chain)


def _first_runs(runs: Sequence[TextRun]) -> list[TextRun]:
    """The first run of each line, from top to bottom."""
    ordered = sorted(runs, key=lambda run: run.y)
    lines = [[run] for run in ordered[:1]]
    for above, run in pairwise(ordered):
        if run.y - above.y <= _ON_LINE * min(run.size, above.size):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [min(line, key=lambda run: run.x0) for line in lines]


def _may_begin(text: str) -> bool:
    """Tell whether an item may begin so: not with a small letter, nor with a number of its own."""
    bare = text.lstrip()
    return not (bare[:1].islower() or bare[:1].isdigit())
