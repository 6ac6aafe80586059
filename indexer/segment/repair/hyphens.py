"""Hyphens: lines joined to text, their last hyphens judged by the document's own words.

Spanish may repeat the hyphen of a compound on the next line (``ex-`` / ``-rector``).
"""

import re
from collections.abc import Iterable

from indexer.segment.repair.dashes import blank_at_dash
from indexer.segment.repair.spelling import HYPHENS, LETTER, LONGEST_END, SOFT_HYPHEN, SpellingHabits, broken_word

_REPEATED = re.compile(rf"[{HYPHENS}]{LETTER}")
_GLUED_END = re.compile(rf"\w[{HYPHENS}/]$|\d\u2013$")
"""Ends of lines after which no space is printed: ``12-``, ``cyber-``, ``AG/``, ``5–`` before a digit."""


def join_lines(lines: Iterable[str], habits: SpellingHabits | None = None) -> str:
    """Join lines that follow each other to one text, white space folded.

    Args:
        lines: the lines' texts in reading order.
        habits: the evidence for hyphens at line ends; without it the last rules decide.

    Returns:
        The characters of the lines in their order, apart from white space, soft hyphens and hyphens taken away.
    """
    return join_and_place(lines, habits)[0]


def join_and_place(lines: Iterable[str], habits: SpellingHabits | None = None) -> tuple[str, list[int]]:
    """Join lines as ``join_lines`` does; with the character of the text at which each begins."""
    habits = habits or SpellingHabits()
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    # The end of the text so far: to look at all of it for each line would take ever longer.
    end = ""
    for line in lines:
        following = " ".join(line.split())
        if following and end:
            kept, joint = _joint(end, following, habits)
            if kept < len(end):
                parts[-1] = parts[-1][:-1]
                length -= 1
            end = end[:kept] + joint
            parts.append(joint)
            length += len(joint)
        starts.append(length)
        if following:
            # Inside a line a soft hyphen prints nothing.
            bare = following[:-1].replace(SOFT_HYPHEN, "") + following[-1]
            parts.append(bare)
            length += len(bare)
            end = (end + bare)[-LONGEST_END:]
    return "".join(parts).removesuffix(SOFT_HYPHEN), starts


def _joint(text: str, following: str, habits: SpellingHabits) -> tuple[int, str]:
    """Joint of a text and the line that follows: how many of its characters stay, and what stands between."""
    if text.endswith(SOFT_HYPHEN) and _REPEATED.match(following):
        return len(text) - 1, ""
    if text.endswith(SOFT_HYPHEN):
        # No word is broken before a capital or a figure, unless it is all in capitals.
        printed = text[-2:-1].isdigit() or following[0].isdigit() or (text[-2:-1].islower() and following[0].isupper())
        return len(text) - 1, "-" if printed else ""
    if text[-1] in HYPHENS and _REPEATED.match(following):
        return len(text) - 1, ""
    word = broken_word(text, following)
    if word and not habits.keeps_hyphen(word):
        return len(text) - 1, ""
    blank = blank_at_dash(text, following, habits.dashes, brackets=habits.language == "es")
    if blank is not None:
        return len(text), " " if blank else ""
    glued = _GLUED_END.search(text[-2:]) and (text[-1] != "\u2013" or following[0].isdigit())
    return len(text), "" if glued else " "
