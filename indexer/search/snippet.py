"""Snippets: stretches of a text for a list of results, as offsets; never HTML."""

import re
import unicodedata
from collections.abc import Sequence

from indexer.model import Span, Window
from indexer.search.offsets import merge_spans

LENGTH = 300
"""Characters that a snippet has about, all its windows together."""

MOST_WINDOWS = 3
"""Windows of a snippet at most: so each is still long enough to be understood."""

_SLACK = 60
"""Characters by which a window may miss its length to begin or end with a sentence."""

_LONGEST_WORD = 60
"""Characters after which what has no space is no word, but a text written without spaces, that may be cut anywhere."""

_SENTENCE = re.compile(
    r"(?:\.[\"'”’»)]*\s+(?![\da-zß-ÿ])"  # not the point of an abbreviation: AG/RES. 2894, rev. 1, art. primero
    r"|[!?;:…][\"'”’»)]*\s+|[。！？；：])"
)
_SPACE = re.compile(r"\s")


def snippet(text: str, marks: Sequence[Span], words: Sequence[int]) -> tuple[Window, ...]:
    """Choose the best windows of a text, in order, not overlapping.

    Args:
        text: the whole text.
        marks: what matched, by start; they may overlap. The windows' marks are merged.
        words: for each mark, which word of the query it is.

    Where one window of LENGTH characters holds all words that the text holds, it is that with the most marks, the
    first of equals. Otherwise up to MOST_WINDOWS shorter ones, each the best for the words that are still missing.
    Windows begin and end with a word, with a sentence where one begins or ends nearby, and never cut a mark.
    """
    if len(text) <= LENGTH:
        return (Window(0, len(text), merge_spans(marks)),) if text else ()
    if not marks:
        return (Window(0, _end(text, 0, LENGTH), ()),)
    # Most texts are short and most matches close together: in both cases there is nothing to choose.
    start, end = marks[0].start, max([mark.end for mark in marks])
    if end - start <= LENGTH:
        return (Window(*_around(text, start, end, LENGTH), merge_spans(marks)),)
    wanted = set(words)
    first, last, covered = _best(marks, words, LENGTH, wanted)
    chosen = [(first, last)] if covered == wanted else _several(marks, words, wanted)
    budget = LENGTH // len(chosen)
    stretches = ((marks[first].start, max([mark.end for mark in marks[first : last + 1]])) for first, last in chosen)
    return _windows(marks, [_around(text, start, end, budget) for start, end in stretches])


def _best(marks: Sequence[Span], words: Sequence[int], length: int, wanted: set[int]) -> tuple[int, int, set[int]]:
    """Find the best stretch of this length: its first and last mark, and the wanted words in it.

    That is the one with the most wanted words, then with the most marks, then the first.
    """
    best = most = chosen = 0
    # The stretch moves over the marks, each of which enters and leaves it once: the work grows with their number alone.
    counts = dict.fromkeys(wanted, 0)
    covered = last = 0  # how many wanted words stand in the stretch; its end, exclusive
    for first, mark in enumerate(marks):
        while last < len(marks) and (last <= first or marks[last].end <= mark.start + length):
            word = words[last]
            if word in counts:
                if counts[word] == 0:
                    covered += 1
                counts[word] += 1
            last += 1
        if covered > best or (covered == best and last - first > most):
            best, most, chosen = covered, last - first, first
        word = words[first]
        if word in counts:
            counts[word] -= 1
            if counts[word] == 0:
                covered -= 1
    return chosen, chosen + most - 1, wanted.intersection(words[chosen : chosen + most])


def _several(marks: Sequence[Span], words: Sequence[int], wanted: set[int]) -> list[tuple[int, int]]:
    missing = set(wanted)
    chosen: list[tuple[int, int]] = []
    while missing and len(chosen) < MOST_WINDOWS:
        first, last, covered = _best(marks, words, LENGTH // MOST_WINDOWS, missing)
        chosen.append((first, last))
        missing -= covered
    return sorted(set(chosen))


def _around(text: str, start: int, end: int, budget: int) -> tuple[int, int]:
    """Widen a stretch to about ``budget`` characters, cut where words or sentences end."""
    spare = max(0, budget - (end - start))
    # Half of what is spare goes before, or all of the text there if that is not more: the rest is left for after.
    before = spare // 2 if start > spare // 2 else start
    begin = _begin(text, start, start - before) if start > before else 0
    return begin, _end(text, end, max(0, begin + budget - end))


def _begin(text: str, start: int, earliest: int) -> int:
    """Find a beginning from ``earliest`` on and before ``start``, preferably of a sentence.

    The first sentence that begins near ``earliest`` is taken, else the last one.
    """
    begin = 0
    for sentence in _SENTENCE.finditer(text, max(0, earliest - _SLACK), start + 1):
        begin = sentence.end()
        if begin <= earliest + _SLACK:
            return begin
    if begin:
        return begin
    space = _SPACE.search(text, earliest, start)
    if space:
        return space.end()
    return start if start - earliest < _LONGEST_WORD else _between_characters(text, earliest)


def _end(text: str, end: int, spare: int) -> int:
    """Find an end at most ``spare`` characters after ``end``, preferably of a sentence."""
    latest = end + spare
    # To leave out a last character would save nothing.
    if latest + 1 >= len(text):
        return len(text)
    ends = [found.start() + 1 for found in _SENTENCE.finditer(text, max(end, latest - _SLACK), latest + 2)]
    if ends and ends[-1] <= latest + 1:
        return ends[-1]
    cut = max(text.rfind(" ", end, latest + 1), text.rfind("\n", end, latest + 1))
    if cut >= end:
        return cut
    return end if spare < _LONGEST_WORD else _between_characters(text, latest)


def _between_characters(text: str, place: int) -> int:
    """Move a place back to where no letter is cut from its combining marks."""
    while place and unicodedata.category(text[place]).startswith("M"):
        place -= 1
    return place


def _windows(marks: Sequence[Span], stretches: Sequence[tuple[int, int]]) -> tuple[Window, ...]:
    """Make windows of stretches, with their marks; stretches that touch or overlap become one."""
    stretched: list[tuple[int, int]] = []
    for begin, stop in stretches:
        start, end = begin, stop
        # A mark is never cut: one that a stretch would show half of is left out of it.
        for mark in marks:
            if mark.start < start < mark.end:
                start = mark.end
            if mark.start < end < mark.end:
                end = mark.start
        if stretched and start <= stretched[-1][1] + 1:
            stretched[-1] = stretched[-1][0], max(end, stretched[-1][1])
        else:
            stretched.append((start, end))
    return tuple(
        [
            Window(start, end, merge_spans([mark for mark in marks if start <= mark.start and mark.end <= end]))
            for start, end in stretched
        ]
    )
