"""Replacement text: what a file says stands for runs that a page draws, ``ActualText`` (ISO 32000-1, 14.9.4)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from indexer.extract.pdf.runs import LetterPlace, TextRun

_WHITE = re.compile(r"[\t\n\v\f\r\u2028\u2029]+")

_MOST_SILENCED = 20
"""Letters and digits that are drawn where the file says that nothing stands, at most: more are text all the same."""

_SOFT_HYPHEN = "\u00ad"
_HYPHENS = ("-", "\u2010", _SOFT_HYPHEN)

_SAME_LINE = 0.3
"""Distance of baselines, in sizes, up to which runs stand on one line."""


def say_instead(runs: Sequence[TextRun], text: str) -> list[TextRun]:
    """Put in place of runs what a file says of them; many letters stay where that is nothing.

    Text over several lines is divided among them by the number of their letters, at its blanks.
    """
    text = _WHITE.sub(" ", text)
    if _SOFT_HYPHEN in text and len(text) > 1 and not any(hyphen in run.text for run in runs for hyphen in _HYPHENS):
        text = text.replace(_SOFT_HYPHEN, "")  # where a word might be divided, and is not
    if not text:
        if [run.text.strip() in _HYPHENS for run in runs] == [True]:  # the typesetting's, or a printed one
            return [replace(runs[0], text=_SOFT_HYPHEN)]
        many = sum(map(str.isalnum, "".join(run.text for run in runs))) > _MOST_SILENCED
        return list(runs) if many else []
    if not runs:
        return []
    lines: list[list[TextRun]] = []
    for run in runs:
        last = lines[-1][-1] if lines else None
        if last and last.angle == run.angle and abs(last.y - run.y) <= _SAME_LINE * max(run.size, last.size):
            lines[-1].append(run)
        else:
            lines.append([run])
    weights = [sum(len(run.text) for run in line) for line in lines]
    return [_one_run(line, part) for line, part in zip(lines, _shares(text, weights), strict=True) if part.strip()]


def _shares(text: str, weights: Sequence[int]) -> list[str]:
    """A text divided at its blanks into parts about as long as weights say."""
    if len(weights) == 1:
        return [text]
    words = text.split(" ")
    whole, total = max(sum(weights), 1), len(text)
    ends = [sum(weights[: number + 1]) / whole * total for number in range(len(weights))]
    shares: list[list[str]] = [[] for _ in weights]
    line = place = 0
    for word in words:
        middle = place + len(word) / 2
        while line < len(weights) - 1 and middle > ends[line]:
            line += 1
        shares[line].append(word)
        place += len(word) + 1
    return [" ".join(share) for share in shares]


def _one_run(line: Sequence[TextRun], text: str) -> TextRun:
    """One run in place of those of a line, with another text."""
    x0, x1 = min(run.x0 for run in line), max(run.x1 for run in line)
    width = (x1 - x0) / len(text)
    places = [LetterPlace(letter, x0 + n * width, x0 + (n + 1) * width, n) for n, letter in enumerate(text)]
    # The look of most of its letters: a mark may begin with a blank of another font.
    looks = {key: list(group) for key, group in groupby(line, key=lambda run: (run.size, run.y, run.bold))}
    most = max(looks.values(), key=lambda group: sum(len(run.text) for run in group))
    return replace(most[0], text=text, x0=x0, x1=x1, strings=[places])
