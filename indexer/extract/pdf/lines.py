"""Runs of text ─▶ lines of print, from baselines and gaps alone.

All lengths are compared with the size of the letters. Runs on one baseline make a row; raised or lowered small print
(note marks) joins the row that it touches; a row falls into segments at its wide gaps, and a number or a bullet is one
segment with the text that stands beside it, whatever the order in which they were drawn.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.extract.pdf.runs import TextRun

WIDE = 0.9
"""A gap of as many sizes divides a row: it may be the space between two columns."""

_SAME_BASELINE = 0.3  # of the smaller size
_WORD_GAP = 0.1
_TWICE = 0.12  # a letter drawn again as near as this is bold print
_SMALL = 0.85  # print of as much of its neighbour's size may be a note mark
_RAISED = 0.75  # of the neighbour's size: the farthest that a note mark stands from its baseline
_TOUCHING = 0.45
_NUMBER_GAP = 8.0  # sizes between a number such as ``12.`` and its text
_BARE_NUMBER_GAP = 4.0  # the same for a number or a letter without a dot

_MARKER = re.compile(
    r"""(?:
        [(\[]?(?:\d{1,4}(?:\.\d{1,3}){0,4}|[IVXLCivxlc]{1,7}|[A-Za-z]{1,2})(?P<closed>[.)\]]{1,2}|\.[-–])
      | \d{1,4}(?:\.\d{1,3}){1,4}
      | \d{1,3}
      | [-–—•·▪●○◦■□➢✓\uf0a7\uf0b7\uf0d8\uf02d*oo]
    )""",
    re.VERBOSE,
)
_LEADER = re.compile(r"(?:(?:\.\s?){3,}|…\s?)[\divxlcIVXLC\s–—-]*$|^(?:\.\s?){4,}")
_PAGE_NUMBERS = re.compile(r"[\dIVXLCivxlc\s–—-]{1,12}")
_SPACES = re.compile(r"\s+")
_TAB = re.compile(r"\s{4,}")


@dataclass(slots=True)
class RowSegment:
    """A piece of a row without wide gaps: text, and its place in the frame of its direction of writing."""

    text: str
    x0: float
    x1: float
    y: float
    top: float
    bottom: float
    size: float
    bold: bool


TextRow = list[RowSegment]
"""The segments of a row from left to right."""


def rows(runs: Iterable[TextRun]) -> list[TextRow]:
    """The rows that runs of one direction make, from top to bottom."""
    found = _note_marks(_baselines(_split_at_tabs(runs)))
    return [segments for segments in map(_segments, found) if segments]


def join_segments(segments: Sequence[RowSegment]) -> RowSegment:
    """Segments of one row as one, with a space between them."""
    first = segments[0]
    if len(segments) == 1:
        return first
    main = max(segments, key=lambda segment: len(segment.text))
    letters = sum(len(segment.text) for segment in segments)
    return RowSegment(
        " ".join(segment.text for segment in segments),
        min(segment.x0 for segment in segments),
        max(segment.x1 for segment in segments),
        main.y,
        min(segment.top for segment in segments),
        max(segment.bottom for segment in segments),
        main.size,
        2 * sum(len(segment.text) for segment in segments if segment.bold) > letters,
    )


def _split_at_tabs(runs: Iterable[TextRun]) -> list[TextRun]:
    """Runs without the white space at their ends, divided where many spaces stand for a tab."""
    found = []
    for run in runs:
        text = run.text
        if "   " not in text:
            found.append(run)
            continue
        weights = [0.5 if letter.isspace() else 1.0 for letter in text]
        unit = (run.x1 - run.x0) / sum(weights)
        start = 0
        for end, behind in [*(space.span() for space in _TAB.finditer(text)), (len(text), len(text))]:
            if end > start:
                x0 = run.x0 + unit * sum(weights[:start])
                x1 = x0 + unit * sum(weights[start:end])
                found.append(
                    TextRun(text[start:end], x0, x1, run.y, run.size, run.bold, run.above, run.below, run.angle)
                )
            start = behind
    return found


def _baselines(runs: list[TextRun]) -> list[list[TextRun]]:
    """Runs grouped by baseline, from top to bottom; within a row from left to right."""
    found: list[list[TextRun]] = []
    base = size = 0.0
    for run in sorted(runs, key=lambda run: (run.y, run.x0)):
        if found and run.y - base <= _SAME_BASELINE * min(size, run.size):
            found[-1].append(run)
        else:
            found.append([run])
            base, size = run.y, run.size
    for row in found:
        row.sort(key=lambda run: (run.x0, run.x1))
    return found


def _note_marks(found: list[list[TextRun]]) -> list[list[TextRun]]:
    """Rows with small print moved into the row that it touches."""
    for index, row in enumerate(found):
        for other in (index + 1, index - 1, index + 2):
            if not row or not 0 <= other < len(found) or not found[other]:
                continue
            host = found[other]
            largest = max(run.size for run in host)
            if abs(host[0].y - row[0].y) > _RAISED * largest:
                continue
            small = [run for run in row if run.size <= _SMALL * largest]
            moved = [run for run in small if _touches(run, host)] if small else []
            if moved:
                row[:] = [run for run in row if run not in moved]
                host.extend(moved)
                host.sort(key=lambda run: (run.x0, run.x1))
    return [row for row in found if row]


def _touches(mark: TextRun, host: list[TextRun]) -> bool:
    for run in host:
        if mark.size <= _SMALL * run.size and abs(mark.y - run.y) <= _RAISED * run.size:
            reach = _TOUCHING * run.size
            if -reach <= mark.x0 - run.x1 <= reach or -reach <= run.x0 - mark.x1 <= reach:
                return True
    return False


def _segments(row: list[TextRun]) -> TextRow:
    """A row divided at its wide gaps, markers joined to their text."""
    found: TextRow = []
    part: list[TextRun] = []
    texts: list[str] = []
    right = 0.0
    space = False
    for run in row:
        text = run.text
        bare = text.strip()
        if not bare:
            space = True
            continue
        x0 = run.x0 + 0.25 * run.size * (len(text) - len(text.lstrip()))
        if part:
            last = part[-1]
            size = max(last.size, run.size)
            if bare == last.text.strip() and abs(run.x0 - last.x0) <= _TWICE * size and run.size == last.size:
                last.bold = True
                continue
            gap = x0 - right
            if gap > WIDE * size:
                found.append(_segment(part, texts, right))
                part, texts = [], []
            elif space or text[0].isspace() or gap > _WORD_GAP * min(last.size, run.size):
                texts.append(" ")
        space = text[-1].isspace()
        right = max(right, run.x1) if part else run.x1
        if space:
            right = max(run.x1 - 0.25 * run.size * (len(text) - len(text.rstrip())), run.x0)
        part.append(run)
        texts.append(bare)
    if part:
        found.append(_segment(part, texts, right))
    return _with_markers(found)


def _segment(part: list[TextRun], texts: list[str], right: float) -> RowSegment:
    first = part[0]
    if len(part) == 1:
        main, bold = first, first.bold
    else:
        letters: dict[tuple[float, float], int] = {}
        heavy = total = 0
        for run in part:
            count = len(run.text)
            letters[run.size, run.y] = letters.get((run.size, run.y), 0) + count
            total += count
            heavy += count if run.bold else 0
        most = max(letters, key=lambda key: (letters[key], key))
        main = next(run for run in part if (run.size, run.y) == most)
        bold = 2 * heavy > total
    return RowSegment(
        _SPACES.sub(" ", "".join(texts)),
        first.x0 + 0.25 * first.size * (len(first.text) - len(first.text.lstrip())),
        right,
        main.y,
        min(run.y - run.above for run in part),
        max(run.y + run.below for run in part),
        main.size,
        bold,
    )


def _with_markers(row: TextRow) -> TextRow:
    """A row whose numbers and bullets are one segment with the text to their right, leaders with what they lead to."""
    found: TextRow = []
    for segment in reversed(_with_page_numbers(row)):
        behind = found[-1] if found else None
        if behind and behind.x0 - segment.x1 <= _reach(segment):
            found[-1] = join_segments((segment, behind))
        else:
            found.append(segment)
    found.reverse()
    return found


def _reach(segment: RowSegment) -> float:
    """How far to its right the text of a number or bullet may begin; 0 for other segments."""
    marker = _MARKER.fullmatch(segment.text)
    if not marker:
        return 0.0
    return (_NUMBER_GAP if marker["closed"] else _BARE_NUMBER_GAP) * segment.size


def _with_page_numbers(row: TextRow) -> TextRow:
    """A row of a table of contents whose dots are one segment with the title before and the numbers behind them."""
    found: TextRow = []
    led = False
    for segment in row:
        leader = _LEADER.search(segment.text) is not None
        if found and (segment.text[0] in ".…" if leader else led and _PAGE_NUMBERS.fullmatch(segment.text)):
            found[-1] = join_segments((found[-1], segment))
        else:
            found.append(segment)
            led = False
        led = led or leader
    return found


def by_angle(runs: Iterable[TextRun]) -> list[tuple[int, list[TextRun]]]:
    """Runs by direction of writing, upright ones first."""
    ordered = sorted(runs, key=lambda run: run.angle)
    return [(angle, list(part)) for angle, part in groupby(ordered, key=lambda run: run.angle)]
