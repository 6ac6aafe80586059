"""Hyphens: lines joined to text, their last hyphens judged by the document's own words.

The rule, for a letter, a hyphen at the line end, and a small letter on the next line:

1. The document prints the word inside a line: as it does there, with the hyphen or without, whichever is more frequent;
   with the hyphen when both are equally so.
2. It prints another form of the word without a hyphen (``exclusive`` for ``ex-`` / ``clusion``): without.
3. Its lines hardly ever end with a hyphen, or the file marks those of the typesetting, or the first part is always
   joined by one (``self-``): with the hyphen.
4. It prints other compounds with the same first part (``cyber-security`` for ``cyber-`` / ``crime``), or the first is a
   combining form (``semi-``): with the hyphen, where the second part is a word of the document by itself, or more
   compounds than plain words begin so.
5. The second part ends other compounds, and the first is a word (``torna-`` / ``se``): with the hyphen.
6. Both parts are words of the document (``long-`` / ``term``): with the hyphen. Else it is the typesetting's: a
   compound is made of words, a broken word is not. Words of grammar and those of fewer than four letters say nothing,
   for they are parts of too many others: ``capacita-`` / ``dos``.

A soft hyphen at a line end is the typesetting's by the file's own word.
Between digits, before capitals and beside anything but letters a hyphen always stays: ``12-13``, ``Inter-American``.
"""

# ARCHITECTURE.md: A hyphen at a line end is judged by the document.

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.analysis.language_data import STOP_WORDS
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


_ALWAYS_JOINED = frozenset(
    (
        "cyber",
        "non",
        "self",
        "well",
        "vice",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
    )
)
"""First parts that begin hardly any word without a hyphen."""

_LONG_ENOUGH = 4
"""Letters of the shortest second part that counts as a word: ``dos`` ends too many others."""

_SHARED = 3
"""Letters behind the hyphen that a word has to share to be told for a form of the same word."""

_ENOUGH_LINES = 100
"""Lines of the shortest document that shows whether it breaks words."""

_FEW_ENDS = 0.02
"""Share of lines that end with a hyphen below which a document breaks no words: reports that do not have up to one in a
hundred, those that do one in twenty and more.
"""

_FUNCTION_WORDS = frozenset().union(*STOP_WORDS.values())
"""Words that are parts of other words more often than of compounds: ``how-`` / ``ever``, ``capacita-`` / ``dos``."""

_ENDINGS = frozenset(("able", "form", "full", "land", "less", "like", "ship", "some", "ward", "wise"))
"""Words that end other words more often than compounds."""

_NO_EVIDENCE = _FUNCTION_WORDS | _ENDINGS


@dataclass(frozen=True, slots=True)
class SpellingHabits:
    """Spelling habits of a document: the evidence for hyphens at line ends.

    Attributes:
        words: counts of the words that stand inside lines, folded to small letters, compounds with their hyphens.
        firsts: counts of the first parts of compounds, by compound.
        lasts: last parts of compounds.
        plain: the words without hyphens, in order.
        breaks_words: its lines may end within words, with hyphens that look like printed ones.
    """

    words: Counter[str] = field(default_factory=Counter)
    firsts: Counter[str] = field(default_factory=Counter)
    lasts: frozenset[str] = frozenset()
    plain: Sequence[str] = ()
    breaks_words: bool = True

    @classmethod
    def of(cls, pages: Iterable[Page]) -> "SpellingHabits":
        """Gather the habits that the lines of ``pages`` show."""
        return cls.of_lines([line.text.strip() for page in pages for line in page.lines])

    @classmethod
    def of_lines(cls, lines: Sequence[str]) -> "SpellingHabits":
        """Gather the habits that ``lines`` show, given in reading order."""
        words: Counter[str] = Counter()
        ends = {_SOFT: 0, "-": 0}
        # The parts of a word broken at a line end are no words: they would be evidence for what is to be decided.
        for above, line in pairwise(["", *lines]):
            inside = _LAST.sub("", line) if line.endswith(_HYPHEN_ENDS) else line
            if parts := _broken_word(above, line):
                inside = _FIRST.sub("", inside, count=1)
                ends[_fold(above[-1])] += 1
                # What the file itself says of one line end holds for the others.
                if above.endswith(_SOFT):
                    words[_fold("".join(parts))] += 1
            words.update(_fold(word) for word in _WORD.findall(inside))
        compounds = [word for word in words if "-" in word]
        firsts = Counter(word.split("-", 1)[0] for word in compounds)
        lasts = frozenset(word.rsplit("-", 1)[1] for word in compounds)
        plain = sorted(word for word in words if "-" not in word)
        seldom = len(lines) >= _ENOUGH_LINES and ends["-"] < _FEW_ENDS * len(lines)
        # Where the file marks the hyphens of its typesetting, all others are printed.
        return cls(words, firsts, lasts, plain, breaks_words=not seldom and ends[_SOFT] <= ends["-"])

    def keeps_hyphen(self, first: str, second: str) -> bool:
        """Tell whether ``first-`` at a line end and ``second`` below are a compound."""
        as_printed = self._printed_with_hyphen(first, second)
        if as_printed is not None:
            return as_printed
        first, second = _fold(first), _fold(second)
        if self._prints_relative(first, second):
            return False
        is_word = len(second) >= _LONG_ENOUGH and second in self.words and second not in _NO_EVIDENCE
        compounds = self.firsts[first]
        if not self.breaks_words or first in _ALWAYS_JOINED:
            return True
        if compounds or first in _COMBINING:
            return is_word or compounds > self._begun_with(first)
        if second in self.lasts and first in self.words:
            return True
        stands_alone = first in self.words and len(first) >= _SHARED and first not in _FUNCTION_WORDS
        return is_word and (stands_alone or len(first) == 1)

    def _prints_relative(self, first: str, second: str) -> bool:
        """Tell whether the document prints a word that begins as both parts do together."""
        stem = first + second[:_SHARED]
        place = bisect_left(self.plain, stem)
        return len(second) >= _SHARED and place < len(self.plain) and self.plain[place].startswith(stem)

    def _begun_with(self, first: str) -> int:
        """Count the words without hyphen that begin with a first part and go on."""
        begin = bisect_left(self.plain, first)
        end = bisect_left(self.plain, first + "\U0010ffff")
        return sum(len(word) > len(first) + 1 for word in self.plain[begin:end])

    def _printed_with_hyphen(self, first: str, second: str) -> bool | None:
        """Tell whether the document prints the word with its hyphen; None where it does not print it inside a line."""
        apart = self.words[_fold(f"{first}-{second}")]
        joined = self.words[_fold(first + second)]
        return apart >= joined if apart or joined else None


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
