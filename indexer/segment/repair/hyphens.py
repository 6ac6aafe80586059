"""Lines of a paragraph joined to its text, with the hyphens at line ends judged by the document's own evidence.

The rule, for a letter, a hyphen at the line end, and a small letter on the next line:

1. The document prints the word inside a line: as it does there, with the hyphen or without, whichever is more frequent;
   with the hyphen when both are equally so.
2. It does not, but it prints another word with the same first part and a hyphen (``cyber-security`` for ``cyber-`` /
   ``crime``): with the hyphen.
3. It prints neither. Where the second part is a word of the document by itself (``long-`` / ``term``), or the first is
   a combining form that is customarily joined by a hyphen (``cyber-``, ``self-``): with the hyphen. Else it is the
   typesetting's: a compound is made of words, a broken word is not.

Between digits, before capitals and beside anything but letters a hyphen always stays: ``12-13``, ``Inter-American``.
"""

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
_HYPHEN_ENDS = tuple(_HYPHENS)
_LONGEST = 80
"""No part of a word at a line end is looked at beyond so many characters."""
_LAST = re.compile(rf"({_LETTER}+)[{_HYPHENS}]$")
_FIRST = re.compile(rf"({_LETTER}+)")
_GLUED_END = re.compile(rf"\w[{_HYPHENS}/]$|\d\u2013$")
"""Ends of lines after which no space is printed: ``12-``, ``cyber-``, ``AG/``, ``5–`` before a digit."""


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
    """How a document writes its words: the evidence for hyphens at line ends.

    ``words`` counts the words that stand inside lines, folded to small letters, compounds with their hyphens;
    ``firsts`` are first parts of compounds.
    """

    words: Counter[str] = field(default_factory=Counter)
    firsts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, pages: Iterable[Page]) -> "SpellingHabits":
        """The habits that the lines of ``pages`` show."""
        return cls.of_lines([line.text.strip() for page in pages for line in page.lines])

    @classmethod
    def of_lines(cls, lines: Sequence[str]) -> "SpellingHabits":
        """The habits that ``lines`` show, given in reading order."""
        words: Counter[str] = Counter()
        for above, line in pairwise(["", *lines]):
            inside = _LAST.sub("", line) if line.endswith(_HYPHEN_ENDS) else line
            if _broken(above, line):
                inside = _FIRST.sub("", inside, count=1)
            words.update(_folded(word) for word in _WORD.findall(inside))
        firsts = frozenset(word.split("-", 1)[0] for word in words if "-" in word)
        return cls(words, firsts)

    def keeps_hyphen(self, first: str, second: str) -> bool:
        """Whether ``first-`` at a line end and ``second`` on the next line are a compound."""
        attested = self._attested(first, second)
        if attested is not None:
            return attested
        first, second = _folded(first), _folded(second)
        return first in self.firsts or first in _COMBINING or second in self.words

    def _attested(self, first: str, second: str) -> bool | None:
        apart = self.words[_folded(f"{first}-{second}")]
        joined = self.words[_folded(first + second)]
        return apart >= joined if apart or joined else None


def join_lines(lines: Iterable[str], habits: SpellingHabits | None = None) -> str:
    """The text of lines that follow each other, white space folded, on one line.

    Args:
        lines: the lines' texts in reading order.
        habits: the evidence for hyphens at line ends; without it the third rule decides.

    Returns:
        The characters of the lines in their order, apart from white space, soft hyphens and hyphens taken away.
    """
    habits = habits or SpellingHabits()
    text = ""
    for line in lines:
        following = " ".join(line.split())
        if not following:
            continue
        text = _joined(text, following, habits) if text else following
    return text.replace(_SOFT, "")


def _joined(text: str, following: str, habits: SpellingHabits) -> str:
    if text.endswith(_SOFT):
        return text[:-1] + following
    parts = _broken(text, following)
    if parts and not habits.keeps_hyphen(*parts):
        return text[:-1] + following
    glued = _GLUED_END.search(text[-2:]) and (text[-1] != "\u2013" or following[0].isdigit())
    return text + following if glued else f"{text} {following}"


def _broken(line: str, following: str) -> tuple[str, str] | None:
    """The parts of a word broken at a line end, where the second one begins with a small letter."""
    if not line.endswith(_HYPHEN_ENDS):
        return None
    first, second = _LAST.search(line[-_LONGEST:]), _FIRST.match(following)
    return (first[1], second[1]) if first and second and second[1][0].islower() else None


def _folded(word: str) -> str:
    return word.lower().replace("\u2010", "-")
