"""Overprint: accents that are runs of their own ─▶ part of the letters that they stand over."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.extract.pdf.accents import COMBINING, add_accent
from indexer.extract.pdf.runs import TextRun

_NARROW = frozenset("iıjȷlt.,;:'!|()[]fr")
"""Letters about half as wide as others."""

_REACH = 2
"""Letters on either side of the one that an accent seems to stand over: widths of letters are estimated."""


def with_accents(row: list[TextRun]) -> list[TextRun]:
    """Put the accents of a row that are runs of their own on their letters."""
    marks = [run for run in row if run.text.strip() in COMBINING]
    if not marks:
        return row
    others = [run for run in row if run.text.strip() not in COMBINING]
    left = [mark for mark in marks if not _put_on(mark, others)]
    return sorted([*others, *left], key=lambda run: (run.x0, run.x1)) if len(left) < len(marks) else row


def _put_on(mark: TextRun, runs: list[TextRun]) -> bool:
    """Put an accent on the letter of a run that it stands over; tell whether there is one."""
    middle = (mark.x0 + mark.x1) / 2
    for number, run in enumerate(runs):
        if not run.text or not run.x0 <= middle <= run.x1:
            continue
        for place in _letters_near(run, middle):
            if both := add_accent(run.text[place], mark.text.strip()):
                runs[number] = replace(run, text=run.text[:place] + both + run.text[place + 1 :])
                return True
    return False


def _letters_near(run: TextRun, middle: float) -> Sequence[int]:
    """The places of letters of a run about a place on its line, nearest first."""
    weights = [0.5 if letter in _NARROW or letter.isspace() else 1.0 for letter in run.text]
    unit = (run.x1 - run.x0) / sum(weights)
    distances = []
    x = run.x0
    for place, weight in enumerate(weights):
        distances.append((abs(x + unit * weight / 2 - middle), place))
        x += unit * weight
    nearest = min(distances)[1]
    return [place for _, place in sorted(distances) if abs(place - nearest) <= _REACH]
