"""Doubles: letters drawn again at their own place, as bold print and shadows are made ─▶ each letter once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from indexer.extract.pdf.runs import LetterPlace, TextRun, letters_of

_SAME_LINE = 0.15
"""Distance of baselines, in sizes, up to which a letter and its double stand on one line."""

_SAME_SIZE = 0.05
"""Share by which their sizes may differ."""

_OVERLAP = 0.1
"""Sizes by which runs overlap that may hold doubles: kerning moves letters by less."""

_SAME_PLACE = 0.5
"""Share of its width by which a double is moved, at most."""

_FARTHEST = 0.2
"""The same in sizes."""

_WORD_GAP = 0.1
"""Sizes of the least gap between letters that is a space between words."""

_JUMP = 0.9
"""Sizes of a gap between letters that divides a run."""

_TWICE_DRAWN = frozenset("‹›")
"""Signs of which two are drawn for one, as for quotation marks by fonts that have but the single ones."""

_EACH_TWICE = re.compile(r"(\w)\1\s?(\w)\2\s?(\w)\3")
"""Letters that may be doubles within one run. Words have two such pairs at most: committee."""


@dataclass(slots=True)
class _Drawn:
    """A letter of some run, and whether it was drawn again."""

    run: TextRun
    letter: LetterPlace
    again: bool = False


def without_doubles(runs: Sequence[TextRun]) -> list[TextRun]:
    """The runs of a page with each letter once, in the order of drawing; lines with doubles come last."""
    lines = list(_lines(runs))
    doubled = [line for line in lines if _overlaps(line)]
    if not doubled:
        return list(runs)
    gone: set[int] = set()
    found: list[TextRun] = []
    for line in doubled:
        letters = _letters(line)
        if letters is not None:
            gone |= {id(run) for run in line}
            found += _runs_of(letters)
    return [*(run for run in runs if id(run) not in gone), *found]


def _lines(runs: Sequence[TextRun]) -> Iterator[list[TextRun]]:
    """Runs of one direction and about one size and baseline."""
    for _, turned in groupby(sorted(runs, key=lambda run: (run.angle, run.y, run.x0)), key=lambda run: run.angle):
        line: list[TextRun] = []
        for run in turned:
            if line and run.y - line[0].y > _SAME_LINE * line[0].size:
                yield line
                line = []
            line.append(run)
        yield line


def _overlaps(line: Sequence[TextRun]) -> bool:
    """Tell whether a line may hold doubles."""
    right: float | None = None
    for run in sorted(line, key=lambda run: run.x0):
        if run.text.isspace():
            continue
        if right is not None and right - run.x0 > _OVERLAP * run.size:
            return True
        right = run.x1 if right is None else max(right, run.x1)
    return any(_EACH_TWICE.search(run.text) for run in line)


def _letters(line: Sequence[TextRun]) -> list[_Drawn] | None:
    """The letters of a line from left to right, each once; None where none is drawn again."""
    drawn = [_Drawn(run, letter) for run in line for letter in letters_of(run)]
    drawn.sort(key=lambda each: each.letter.x0)
    kept: list[_Drawn] = []
    found = False
    for each in drawn:
        double = next((other for other in reversed(kept[-_NEAREST:]) if _is_double(each, other)), None)
        if double:
            double.again = found = True
        elif each.letter.text.strip() or not any(_is_over(each, other) for other in kept[-_NEAREST:]):
            kept.append(each)
    return kept if found else None


_NEAREST = 6
"""Letters before one among which its double is looked for."""


def _is_double(one: _Drawn, other: _Drawn) -> bool:
    size, width = one.run.size, one.letter.x1 - one.letter.x0
    return (
        one.letter.text == other.letter.text
        and one.letter.text not in _TWICE_DRAWN
        and abs(size - other.run.size) <= _SAME_SIZE * size
        and one.letter.x0 - other.letter.x0 <= min(_SAME_PLACE * width, _FARTHEST * size)
    )


def _is_over(blank: _Drawn, other: _Drawn) -> bool:
    """Tell whether a blank lies over a letter, as the end of a double may."""
    return bool(other.letter.text.strip()) and other.letter.x1 - blank.letter.x0 > _OVERLAP * blank.run.size


def _runs_of(letters: Sequence[_Drawn]) -> Iterator[TextRun]:
    """The runs that letters from left to right make; those drawn again are bold."""
    part: list[_Drawn] = []
    text = ""
    for each in letters:
        last = part[-1] if part else None
        gap = each.letter.x0 - last.letter.x1 if last else 0.0
        if last and (
            gap > _JUMP * each.run.size
            or (last.run.size, last.run.bold, last.again) != (each.run.size, each.run.bold, each.again)
        ):
            yield _run_of(part, text)
            part, text = [], " " if gap > _WORD_GAP * each.run.size and not text.endswith(" ") else ""
        elif last and gap > _WORD_GAP * each.run.size and not text.endswith(" ") and each.letter.text != " ":
            text += " "
        part.append(each)
        text += each.letter.text
    if part:
        yield _run_of(part, text)


def _run_of(part: Sequence[_Drawn], text: str) -> TextRun:
    first = part[0].run
    x0, x1 = part[0].letter.x0, max(each.letter.x1 for each in part)
    return replace(first, text=text, x0=x0, x1=x1, bold=first.bold or part[0].again, strings=[])
