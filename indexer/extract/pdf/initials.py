"""Initials: large letters and numbers beside several lines ─▶ the beginning of the first of these lines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.extract.pdf.runs import TextRun

_LARGER = 1.6
"""How many times as large as the text an initial is, at least."""

_LONGEST = 3
"""Letters of the longest initial: a quotation mark and a letter, or a number with its point."""

_NEAR = 0.5
"""Sizes of an initial within which the lines beside it begin; a number may stand farther."""

_CAPITAL = 0.75
"""Height of a capital, in sizes: lines that begin between it and the baseline stand beside an initial."""

_BLANK = 0.15
"""Sizes by which the first line begins farther right than the others where a blank follows the initial."""

_SAME_LINE = 0.3
"""Sizes of text within which baselines are the same."""


def with_initials(runs: Sequence[TextRun]) -> list[TextRun]:
    """The runs of a page, each initial a part of the line that it begins."""
    initials = [run for run in runs if len(run.text) <= _LONGEST and _reads_as_initial(run.text)]
    if not initials:
        return list(runs)
    usual = _usual_size(runs)
    found = list(runs)
    for initial in initials:
        if initial.size >= _LARGER * usual:
            _put_first(initial, found)
    return found


def _reads_as_initial(text: str) -> bool:
    bare = text.strip().strip("«“\"'‘¿¡.)")
    return bare.isdigit() or (len(bare) == 1 and bare.isupper())


def _usual_size(runs: Sequence[TextRun]) -> float:
    letters: Counter[float] = Counter()
    for run in runs:
        letters[run.size] += len(run.text)
    return max(letters, key=lambda size: letters[size])


def _put_first(initial: TextRun, runs: list[TextRun]) -> None:
    """Put an initial before the first of two or more lines beside it."""
    is_number = initial.text.strip()[:1].isdigit()
    reach = (4 if is_number else 1) * _NEAR * initial.size
    top = initial.y - _CAPITAL * initial.size
    beside = [
        run
        for run in runs
        if run.angle == initial.angle
        and _LARGER * run.size <= initial.size
        and run.text.strip()
        and top < run.y <= initial.y + _CAPITAL * run.size
        and -_BLANK * initial.size <= run.x0 - initial.x1 <= reach
    ]
    beside.sort(key=lambda run: run.y)
    if not beside or beside[-1].y - beside[0].y <= _SAME_LINE * beside[0].size:
        return
    first = beside[0]
    place = next(place for place, run in enumerate(runs) if run is first)
    others = min(run.x0 for run in beside if run.y - first.y > _SAME_LINE * first.size)
    if is_number:
        # A run of its own: it may be a marker.
        number = replace(initial, y=first.y, size=first.size, above=first.above, below=first.below, bold=first.bold)
        runs[place:place] = [number]
    else:
        blank = first.text[:1].isspace() or first.x0 - others > _BLANK * first.size
        text = initial.text.strip() + (" " if blank else "") + first.text.lstrip()
        runs[place] = replace(first, text=text, x0=initial.x0)
    del runs[next(index for index, run in enumerate(runs) if run is initial)]
