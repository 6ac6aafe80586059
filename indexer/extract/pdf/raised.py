"""Raised print: the marks of notes and exponents ─▶ superscript characters.

A raised figure is no figure of the number that it stands behind, nor a letter of the word.
"""

# ARCHITECTURE.md: Raised print is written as superscripts.

import re

from indexer.extract.pdf.runs import TextRun

SAME_BASELINE = 0.3
"""Distance of baselines, in the smaller size, up to which runs stand on one row."""

_LIFTED = 0.12
"""Sizes by which small print stands higher than its line, to be more than small: note marks do by a third."""

SMALL = 0.88
"""Share of its neighbour's size up to which print may be a note mark."""

_RAISED = 0.75
"""Distance of a note mark from the baseline of its neighbour, in the neighbour's size, at most."""

_LONGEST_MARK = 3
"""Figures of the largest note mark that is set as large as its text."""

_TOUCHING = 0.45
"""Gap or overlap of a note mark and its neighbour, in the neighbour's size, at most."""

_BESIDE = 0.12
"""Gap of a note mark as large as its neighbour, in sizes, at most."""

_FIGURES = re.compile(r"\s*[(+–-]?\d[\d\s,;()+–-]*/?\s*")
_SUPERSCRIPTS = str.maketrans("0123456789+-–()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_NOTE_LETTERS = str.maketrans("abcdfgh", "ᵃᵇᶜᵈᶠᵍʰ")
_NOTES = re.compile(r"[a-df-h](?:,\s?[a-df-h])*")
_ORDINAL = {"o": "º", "a": "ª"}
_BEFORE_ORDINAL = re.compile(r"(?:^|\D)\d{1,2}\s?$|[Nn]$")
_BEFORE_NOTE = re.compile(r"[^\W\d_]{3}[^\w\s]?$|\d{3}$")


def superscript(text: str, before: str, after: str) -> str:
    """The text of raised print as superscripts, where there are such characters.

    ``before`` and ``after`` are the texts on either side: of a fraction only the line through it is a sign, and ``1st``
    has letters.
    """
    if _FIGURES.fullmatch(text):
        return text if after[:1] in ("/", "⁄") else text.translate(_SUPERSCRIPTS)
    bare = text.strip()
    if bare in _ORDINAL and _BEFORE_ORDINAL.search(before):
        return _ORDINAL[bare]
    if _NOTES.fullmatch(bare) and _BEFORE_NOTE.search(before) and not after[:1].isalpha():
        return text.translate(_NOTE_LETTERS)
    return text


def note_marks(found: list[list[TextRun]]) -> list[list[TextRun]]:
    """Rows with small print moved into the row that it touches."""
    for index, row in enumerate(found):
        # A raised mark belongs to the next row, a lowered one to the last; the row between may be other marks.
        for other in (index + 1, index - 1, index + 2):
            if not row or not 0 <= other < len(found) or not found[other]:
                continue
            host = found[other]
            largest = max(run.size for run in host)
            if abs(host[0].y - row[0].y) > _RAISED * largest:
                continue
            moved = [run for run in row if _is_small(run, largest) and _touches(run, host)]
            if moved:
                row[:] = [run for run in row if run not in moved]
                host.extend(moved)
                host.sort(key=lambda run: (run.x0, run.x1))
    return [row for row in found if row]


def _is_small(run: TextRun, size: float) -> bool:
    """Tell whether a run may be a note's mark: a figure may be as large as the text."""
    return run.size <= SMALL * size or (len(run.text) <= _LONGEST_MARK and run.text.strip().isdecimal())


def is_raised(run: TextRun, main: TextRun) -> bool:
    """Tell whether a run stands higher than its line; one that is as large as that stands clearly higher."""
    least = _LIFTED if run.size <= SMALL * main.size else SAME_BASELINE
    return _is_small(run, main.size) and least * main.size <= main.y - run.y <= _RAISED * main.size


def _touches(mark: TextRun, host: list[TextRun]) -> bool:
    """Tell whether a mark stands right beside a run of a row."""
    for run in host:
        if mark.size > SMALL * run.size:
            if is_raised(mark, run) and abs(mark.x0 - run.x1) <= _BESIDE * run.size:
                return True
        elif abs(mark.y - run.y) <= _RAISED * run.size:
            reach = _TOUCHING * run.size
            if -reach <= mark.x0 - run.x1 <= reach or -reach <= run.x0 - mark.x1 <= reach:
                return True
    return False
