"""The stretches of a text that are worth showing in a list of results, as offsets; never HTML."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from indexer.marks import merged
from indexer.model import Span, Window

LENGTH = 300
"""About how many characters a snippet has, all its windows together."""

MOST_WINDOWS = 3
_SLACK = 60
_SENTENCE = re.compile(r"[.!?;:…][\"'”’»)]*\s+")
_SPACE = re.compile(r"\s")


def snippet(text: str, marks: Sequence[Span], words: Sequence[int]) -> tuple[Window, ...]:
    """The best windows of a text, in order, not overlapping.

    Args:
        text: the whole text.
        marks: what matched, by start; they may overlap. The windows' marks are merged.
        words: for each mark, which word of the question it is.

    Where one window of LENGTH characters holds all words that the text holds, it is that with the most marks, the
    first of equals. Otherwise up to MOST_WINDOWS shorter ones, each the best for the words that are still missing.
    Windows begin and end with a word, with a sentence where one begins or ends nearby, and never cut a mark.
    """
    if len(text) <= LENGTH:
        return (Window(0, len(text), merged(marks)),) if text else ()
    if not marks:
        return (Window(0, _end(text, 0, LENGTH), ()),)
    if marks[-1].end - marks[0].start <= LENGTH:
        chosen = [(0, len(marks) - 1)]
    else:
        wanted = set(words)
        first, last, covered = _best(marks, words, LENGTH, wanted)
        chosen = [(first, last)] if covered == wanted else _several(marks, words, wanted)
    budget = LENGTH // len(chosen)
    return _joined(marks, [_around(text, marks[first].start, marks[last].end, budget) for first, last in chosen])


def _best(marks: Sequence[Span], words: Sequence[int], length: int, wanted: set[int]) -> tuple[int, int, set[int]]:
    """The first and last mark of the best stretch of this length, and which wanted words it holds."""
    best: tuple[tuple[int, int], int, int] = ((-1, 0), 0, 0)
    held: dict[int, int] = {}
    last = -1
    for first, mark in enumerate(marks):
        while last + 1 < len(marks) and (last < first or marks[last + 1].end <= mark.start + length):
            last += 1
            held[words[last]] = held.get(words[last], 0) + 1
        worth = len(wanted.intersection(held)), last - first
        if worth > best[0]:
            best = worth, first, last
        held[words[first]] -= 1
        if not held[words[first]]:
            del held[words[first]]
    _, first, last = best
    return first, last, wanted.intersection(words[first : last + 1])


def _several(marks: Sequence[Span], words: Sequence[int], wanted: set[int]) -> list[tuple[int, int]]:
    missing = set(wanted)
    chosen: list[tuple[int, int]] = []
    while missing and len(chosen) < MOST_WINDOWS:
        first, last, covered = _best(marks, words, LENGTH // MOST_WINDOWS, missing)
        chosen.append((first, last))
        missing -= covered
    return sorted(set(chosen))


def _around(text: str, start: int, end: int, budget: int) -> tuple[int, int]:
    """A stretch of about ``budget`` characters that holds this one and is cut where words or sentences end."""
    spare = max(0, budget - (end - start))
    begin = _begin(text, start, spare // 2 if start > spare // 2 else start)
    return begin, _end(text, end, max(0, begin + budget - end))


def _begin(text: str, start: int, spare: int) -> int:
    """Where to begin, at most ``spare`` characters before ``start``, preferably with a sentence."""
    earliest = start - spare
    if earliest <= 0:
        return 0
    sentences = [match.end() for match in _SENTENCE.finditer(text, max(0, earliest - _SLACK), start)]
    near = [place for place in sentences if place <= earliest + _SLACK] or sentences[-1:]
    if near and near[0] <= start:
        return near[0]
    space = _SPACE.search(text, earliest, start)
    return space.end() if space else start


def _end(text: str, end: int, spare: int) -> int:
    """Where to end, at most ``spare`` characters after ``end``, preferably with a sentence."""
    latest = end + spare
    if latest + 1 >= len(text):
        return len(text)
    sentences = [match.start() + 1 for match in _SENTENCE.finditer(text, max(end, latest - _SLACK), latest + 1)]
    if sentences:
        return sentences[-1]
    cut = max(text.rfind(" ", end, latest + 1), text.rfind("\n", end, latest + 1))
    return cut if cut >= end else end


def _joined(marks: Sequence[Span], stretches: Sequence[tuple[int, int]]) -> tuple[Window, ...]:
    """Windows of these stretches with their marks; what touches or overlaps becomes one."""
    stretched: list[tuple[int, int]] = []
    for start, end in stretches:
        if stretched and start <= stretched[-1][1] + 1:
            stretched[-1] = stretched[-1][0], max(end, stretched[-1][1])
        else:
            stretched.append((start, end))
    starts = [mark.start for mark in marks]
    windows = []
    for start, end in stretched:
        inside = marks[bisect_left(starts, start) : bisect_left(starts, end)]
        windows.append(Window(start, end, merged([mark for mark in inside if mark.end <= end])))
    return tuple(windows)
