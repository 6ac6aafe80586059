"""Hyphens: lines joined to text, their last hyphens judged by the document's own words.

The rule, for a letter, a hyphen at the line end, and a small letter on the next line:

1. The document prints the word inside a line: as it does there, with the hyphen or without, whichever is more frequent;
   with the hyphen when both are equally so.
2. It does not, but it prints another word with the same first part and a hyphen (``cyber-security`` for ``cyber-`` /
   ``crime``): with the hyphen.
3. It prints neither. Where the second part is a word of the document by itself (``long-`` / ``term``), or the first is
   a combining form that is customarily joined by a hyphen (``cyber-``, ``self-``): with the hyphen. Else it is the
   typesetting's: a compound is made of words, a broken word is not.

A soft hyphen at a line end is the typesetting's by the file's own word.
Between digits, before capitals and beside anything but letters a hyphen always stays: ``12-13``, ``Inter-American``.
"""

# ARCHITECTURE.md: A hyphen at a line end is judged by the document.

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.model import Page

_HYPHENS = "-\u2010"
_SOFT = "\u00ad"
_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}+(?:[{_HYPHENS}]{_LETTER}+)*")
_HYPHEN_ENDS = (*_HYPHENS, _SOFT)
_LONGEST = 80
"""Characters at a line end that are looked at: to search all of a text for each of its lines would take ever longer."""
_LAST = re.compile(rf"({_LETTER}+)[{_HYPHENS}{_SOFT}]$")
_FIRST = re.compile(rf"({_LETTER}+)")
_GLUED_END = re.compile(rf"\w[{_HYPHENS}/]$|\d\u2013$")
"""Ends of lines after which no space is printed: ``12-``, ``cyber-``, ``AG/``, ``5–`` before a digit."""

# A list of our own, shorter than that of the tokenizer: `co-` and `inter-` begin too many words that are no compounds.
_COMBINING = frozenset(
    (
        "afro",
        "anti",
        "ciber",
        "cyber",
        "euro",
        "ex",
        "ibero",
        "multi",
        "non",
        "pseudo",
        "quasi",
        "self",
        "semi",
        "socio",
    )
)
"""Combining forms that are customarily joined by a hyphen and are no syllable of many other words."""


@dataclass(frozen=True, slots=True)
class SpellingHabits:
    """Spelling habits of a document: the evidence for hyphens at line ends.

    Attributes:
        words: counts of the words that stand inside lines, folded to small letters, compounds with their hyphens.
        firsts: first parts of compounds.
    """

    words: Counter[str] = field(default_factory=Counter)
    firsts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, pages: Iterable[Page]) -> "SpellingHabits":
        """Gather the habits that the lines of ``pages`` show."""
        return cls.of_lines([line.text.strip() for page in pages for line in page.lines])

    @classmethod
    def of_lines(cls, lines: Sequence[str]) -> "SpellingHabits":
        """Gather the habits that ``lines`` show, given in reading order."""
        words: Counter[str] = Counter()
        # The parts of a word broken at a line end are no words: they would be evidence for what is to be decided.
        for above, line in pairwise(["", *lines]):
            inside = _LAST.sub("", line) if line.endswith(_HYPHEN_ENDS) else line
            if parts := _broken_word(above, line):
                inside = _FIRST.sub("", inside, count=1)
                # What the file itself says of one line end holds for the others.
                if above.endswith(_SOFT):
                    words[_fold("".join(parts))] += 1
            words.update(_fold(word) for word in _WORD.findall(inside))
        firsts = frozenset(word.split("-", 1)[0] for word in words if "-" in word)
        return cls(words, firsts)

    def keeps_hyphen(self, first: str, second: str) -> bool:
        """Tell whether ``first-`` at a line end and ``second`` below are a compound."""
        as_printed = self._printed_with_hyphen(first, second)
        if as_printed is not None:
            return as_printed
        first, second = _fold(first), _fold(second)
        return first in self.firsts or first in _COMBINING or second in self.words

    def _printed_with_hyphen(self, first: str, second: str) -> bool | None:
        """Tell whether the document prints the word with its hyphen; None where it does not print it inside a line."""
        apart = self.words[_fold(f"{first}-{second}")]
        joined = self.words[_fold(first + second)]
        return apart >= joined if apart or joined else None


def join_lines(lines: Iterable[str], habits: SpellingHabits | None = None) -> str:
    """Join lines that follow each other to one text, white space folded.

    Args:
        lines: the lines' texts in reading order.
        habits: the evidence for hyphens at line ends; without it the third rule decides.

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
            bare = following[:-1].replace(_SOFT, "") + following[-1]
            parts.append(bare)
            length += len(bare)
            end = (end + bare)[-_LONGEST:]
    return "".join(parts).removesuffix(_SOFT), starts


def _joint(text: str, following: str, habits: SpellingHabits) -> tuple[int, str]:
    """Joint of a text and the line that follows: how many of its characters stay, and what stands between."""
    if text.endswith(_SOFT):
        # No word is broken before a capital or a figure, unless it is all in capitals.
        printed = text[-2:-1].isdigit() or following[0].isdigit() or (text[-2:-1].islower() and following[0].isupper())
        return len(text) - 1, "-" if printed else ""
    parts = _broken_word(text, following)
    if parts and not habits.keeps_hyphen(*parts):
        return len(text) - 1, ""
    glued = _GLUED_END.search(text[-2:]) and (text[-1] != "\u2013" or following[0].isdigit())
    return len(text), "" if glued else " "


def _broken_word(line: str, following: str) -> tuple[str, str] | None:
    """Find the parts of a word broken at a line end; the second begins with a small letter."""
    # Nearly all lines end otherwise, and need no pattern.
    if not line.endswith(_HYPHEN_ENDS):
        return None
    first, second = _LAST.search(line[-_LONGEST:]), _FIRST.match(following)
    return (first[1], second[1]) if first and second and second[1][0].islower() else None


def _fold(word: str) -> str:
    """Fold a word to small letters and plain hyphens; accents stay."""
    return word.lower().replace("\u2010", "-")
