"""Spelling: hyphens at line ends, judged by the document's own words.

The rule, for a letter, a hyphen at the line end, and a small letter on the next line:

1. The document prints the word inside a line: as it does there, with the hyphen or without, whichever is more frequent;
   with the hyphen when both are equally so.
2. It prints another form of the word with or without a hyphen (``exclusive`` for ``ex-`` / ``clusion``): likewise.
3. Its lines hardly ever end with a hyphen, or only within what may be compounds; or the first part is always joined by
   one (``self-``), or is one letter, which no typesetting leaves alone; or the second is ``up``: with the hyphen.
4. It prints other compounds with the same first part (``cyber-security`` for ``cyber-`` / ``crime``), or the first is a
   combining form (``semi-``): with the hyphen, where the second part is a word of the document by itself, or more
   compounds than plain words begin so.
5. The second part ends other compounds of the document or of English, and the first is a word (``torna-`` / ``se``,
   ``victim-`` / ``friendly``): with the hyphen.
6. Both parts are words of the document, the second maybe in another form (``long-`` / ``term``): with the hyphen. Else
   it is the typesetting's: a compound is made of words, a broken word is not. Words of grammar and those of fewer than
   four letters say nothing, for they are parts of too many others: ``capacita-`` / ``dos``. In a compound that has
   another hyphen they do (``up-`` / ``to-date``).

No word of Spanish or Portuguese is stressed before its third syllable from the end: what bears an accent there is two
words (``técnico-`` / ``legal``).

A soft hyphen at a line end is the typesetting's by the file's own word. Where most are such, all others are printed.
Between digits, before capitals and beside anything but letters a hyphen always stays: ``12-13``, ``Inter-American``.
"""

# ARCHITECTURE.md: A hyphen at a line end is judged by the document.

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from indexer.analysis.language_data import STOP_WORDS
from indexer.model import Page
from indexer.segment.repair.dashes import DashHabits, dash_habits

HYPHENS = "-\u2010"
SOFT_HYPHEN = "\u00ad"
LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{LETTER}+(?:[{HYPHENS}]{LETTER}+)*")
_HYPHEN_ENDS = (*HYPHENS, SOFT_HYPHEN)
LONGEST_END = 80
"""Characters at a line end that are looked at: to search all of a text for each of its lines would take ever longer."""
_LAST = re.compile(rf"((?:\w+[{HYPHENS}])*)({LETTER}+)[{HYPHENS}{SOFT_HYPHEN}]$")
_FIRST = re.compile(rf"({LETTER}+)((?:[{HYPHENS}]\w+)*)")

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


_COMBINING_IN_ENGLISH = frozenset(("co", "cross", "mid", "neo", "post"))
"""Those of English alone: Spanish and Portuguese write ``coordinar``."""

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
        "franco",
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

_SHARED_APART = 5
"""The same where it has a hyphen: ``ex-post`` says nothing of ``expose``."""

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

_LAST_PARTS = frozenset(
    (
        "based",
        "building",
        "cutting",
        "driven",
        "equipped",
        "friendly",
        "funded",
        "generating",
        "level",
        "making",
        "mandated",
        "motivated",
        "oriented",
        "owned",
        "positive",
        "ranking",
        "related",
        "sensitive",
        "specific",
        "term",
    )
)
"""Words that end compounds of English and hardly any words without a hyphen, where the first part is one by itself."""

_PREFIXES = frozenset(("anti", "hyper", "infra", "inter", "intra", "macro", "meta", "micro", "multi"))
_PREFIXES |= frozenset(("over", "photo", "semi", "super", "trans", "ultra", "under"))
"""First parts of four letters or more that are no words by themselves."""

_PARTICLES = frozenset(("up", "ups", "off", "offs"))
"""Ends of English compounds that end hardly any word without a hyphen: ``follow-`` / ``up``."""

_ENOUGH_BREAKS = 4
"""Line ends with hyphens that show whether a document breaks words: most broken words leave parts of no meaning."""

_FORMS = r"s|es|d|ed|ings?|ers?|ors?"
"""Endings of English words in other forms: ``generating`` for ``generate``."""

_FORM = re.compile(rf"(?:{_FORMS})$")
_OTHER_FORM = re.compile(rf"(?:e|{_FORMS})?")

_ACCENT = re.compile("[áéíóúâêô]")
_SYLLABLES = re.compile("[aeiouáéíóúâêôãõü]+")
_STRESSED_LATE = ("es", "pt")
_STRESSED = 2
"""Syllables behind the accent of a word of Spanish or Portuguese, at most; adverbs in ``-mente`` apart."""


class BrokenWord(NamedTuple):
    """A word broken at a line end: what stands before its last hyphen and behind, and parts joined to these."""

    before: str
    first: str
    second: str
    behind: str


@dataclass(frozen=True, slots=True)
class SpellingHabits:
    """Spelling habits of a document: the evidence for hyphens at line ends.

    Attributes:
        words: counts of the words that stand inside lines, folded to small letters, compounds with their hyphens.
        firsts: counts of the first parts of compounds, by compound.
        lasts: last parts of compounds.
        plain: the words without hyphens, in order.
        compounds: the words with hyphens, in order.
        breaks_words: its lines may end within words, with hyphens that look like printed ones.
        marks_breaks: the file marks the hyphens of the typesetting, so that all others are printed.
        language: the code of its language, as far as its words of grammar tell.
        dashes: how its dashes are set.
    """

    words: Counter[str] = field(default_factory=Counter)
    firsts: Counter[str] = field(default_factory=Counter)
    lasts: frozenset[str] = frozenset()
    plain: Sequence[str] = ()
    compounds: Sequence[str] = ()
    breaks_words: bool = True
    marks_breaks: bool = False
    language: str = "en"
    dashes: DashHabits = field(default_factory=Counter)

    @classmethod
    def of(cls, pages: Iterable[Page]) -> "SpellingHabits":
        """Gather the habits that the lines of ``pages`` show."""
        return cls.of_lines([line.text.strip() for page in pages for line in page.lines])

    @classmethod
    def of_lines(cls, lines: Sequence[str]) -> "SpellingHabits":
        """Gather the habits that ``lines`` show, given in reading order."""
        words: Counter[str] = Counter()
        broken: list[BrokenWord] = []
        ends = {SOFT_HYPHEN: 0, "-": 0}
        # The parts of a word broken at a line end are no words: they would be evidence for what is to be decided.
        for above, line in pairwise(["", *lines]):
            inside = _LAST.sub("", line) if line.endswith(_HYPHEN_ENDS) else line
            if parts := broken_word(above, line):
                broken.append(parts)
                inside = _FIRST.sub("", inside, count=1)
                ends[_fold(above[-1])] += 1
                # What the file itself says of one line end holds for the others.
                if above.endswith(SOFT_HYPHEN):
                    words[_fold(parts.first + parts.second)] += 1
            # The words of ASCII are the same before and behind folding, which is quicker of a whole line.
            words.update(_WORD.findall(inside.lower()) if inside.isascii() else map(_fold, _WORD.findall(inside)))
        compounds = sorted(word for word in words if "-" in word)
        firsts = Counter(word.split("-", 1)[0] for word in compounds)
        lasts = frozenset(word.rsplit("-", 1)[1] for word in compounds)
        plain = sorted(word for word in words if "-" not in word)
        seldom = len(lines) >= _ENOUGH_LINES and ends["-"] < _FEW_ENDS * len(lines)
        whole = len(broken) >= _ENOUGH_BREAKS and all(_may_be_compound(parts, words) for parts in broken)
        marks = ends[SOFT_HYPHEN] > ends["-"]
        language = max(STOP_WORDS, key=lambda each: sum(words[word] for word in STOP_WORDS[each]))
        return cls(words, firsts, lasts, plain, compounds, not (seldom or whole), marks, language, dash_habits(lines))

    def keeps_hyphen(self, word: BrokenWord) -> bool:
        """Tell whether the hyphen of a word broken at a line end stays."""
        if self.marks_breaks:
            return True
        as_printed = self._printed_with_hyphen(word)
        if as_printed is not None:
            return as_printed
        first, second = _fold(word.first), _fold(word.second)
        as_relative = self._relative_has_hyphen(first, second)
        if as_relative is not None:
            return as_relative
        compounds = self.firsts[first]
        if (
            not self.breaks_words
            or first in _ALWAYS_JOINED
            or len(first) == 1
            or (self.language == "en" and second in _PARTICLES)
            or self._is_link(word)
            or self._is_stressed_twice(first, second)
        ):
            return True
        is_word = self._is_word(second)
        if compounds or first in _COMBINING or (self.language == "en" and first in _COMBINING_IN_ENGLISH):
            return (
                is_word
                or compounds > self._begun_with(first)
                or (self.language == "en" and (second in _LAST_PARTS or first + second[0] == "coo"))
            )
        grammar = first in _FUNCTION_WORDS
        if second in self.lasts and first in self.words and not grammar:
            return True
        stands_alone = first in self.words and len(first) >= _SHARED and not grammar
        long_enough = len(first) >= _LONG_ENOUGH and first not in _PREFIXES and not grammar
        if self.language == "en" and second in _LAST_PARTS and (stands_alone or long_enough):
            return True
        return is_word and stands_alone

    def _is_word(self, second: str) -> bool:
        """Tell whether a second part is a word of the document.

        In English another form of one counts too.
        """
        if len(second) < _LONG_ENOUGH or second in _NO_EVIDENCE:
            return False
        if second in self.words:
            return True
        base = _FORM.sub("", second)
        if self.language != "en" or len(base) < _LONG_ENOUGH:
            return False
        begin, end = bisect_left(self.plain, base), bisect_left(self.plain, base + "\U0010ffff")
        return any(_OTHER_FORM.fullmatch(word, len(base)) for word in self.plain[begin:end])

    def _is_link(self, word: BrokenWord) -> bool:
        """Tell whether both parts are words of a longer compound: ``up-`` / ``to-date``."""
        first, second, before, behind = map(_fold, (word.first, word.second, word.before, word.behind))
        if behind and second in _FUNCTION_WORDS:
            return True
        parts = [part for part in before.split("-") if part]
        if not parts and not behind:
            return False
        known = len(second) >= _SHARED and (second in self.words or second in _FUNCTION_WORDS)
        if parts and first in _FUNCTION_WORDS:
            return known or parts[-1] in _FUNCTION_WORDS
        return known and len(first) >= _SHARED and first in self.words

    def _is_stressed_twice(self, first: str, second: str) -> bool:
        """Tell whether two parts are stressed as two words are in Spanish and Portuguese."""
        accents = list(_ACCENT.finditer(first))
        if (
            self.language not in _STRESSED_LATE
            or not accents
            or second.endswith("mente")
            or len(_SYLLABLES.findall(second)) < _STRESSED
        ):
            return False
        behind = _SYLLABLES.findall(first, accents[-1].end())
        # What is left of the accented syllable is no syllable of its own.
        own = bool(_SYLLABLES.match(first, accents[-1].end()))
        return len(behind) - own + len(_SYLLABLES.findall(second)) > _STRESSED

    def _relative_has_hyphen(self, first: str, second: str) -> bool | None:
        """Tell whether words that begin as both parts do have the hyphen.

        None where none is printed, or both are.
        """
        if len(second) < _SHARED:
            return None
        joined = self._begun(first + second[:_SHARED])
        apart = self._begun(f"{first}-{second[:_SHARED_APART]}")
        return None if joined == apart else apart

    def _begun(self, stem: str) -> bool:
        """Tell whether a word of the document begins so."""
        words = self.compounds if "-" in stem else self.plain
        place = bisect_left(words, stem)
        return place < len(words) and words[place].startswith(stem)

    def _begun_with(self, first: str) -> int:
        """Count the words without hyphen that begin with a first part and go on."""
        begin = bisect_left(self.plain, first)
        end = bisect_left(self.plain, first + "\U0010ffff")
        return sum(len(word) > len(first) + 1 for word in self.plain[begin:end])

    def _printed_with_hyphen(self, word: BrokenWord) -> bool | None:
        """Tell whether the document prints the word with its hyphen; None where it does not print it inside a line."""
        before, first, second, behind = map(_fold, word)
        apart = self.words[f"{before}{first}-{second}{behind}"]
        joined = self.words[f"{before}{first}{second}{behind}"]
        return apart >= joined if apart or joined else None


def _may_be_compound(word: BrokenWord, words: Counter[str]) -> bool:
    """Tell whether the first part of a broken word stands before hyphens."""
    first = _fold(word.first)
    known = first in words or first in _COMBINING or first in _COMBINING_IN_ENGLISH or first in _PREFIXES
    return len(first) == 1 or known or first in _ALWAYS_JOINED


def broken_word(line: str, following: str) -> BrokenWord | None:
    """Find the parts of a word broken at a line end; the second begins with a small letter."""
    # Nearly all lines end otherwise, and need no pattern.
    if not line.endswith(_HYPHEN_ENDS):
        return None
    first, second = _LAST.search(line[-LONGEST_END:]), _FIRST.match(following)
    return BrokenWord(*first.groups(), *second.groups()) if first and second and second[1][0].islower() else None


def _fold(word: str) -> str:
    """Fold a word to small letters and plain hyphens; accents stay."""
    return word.lower().replace("\u2010", "-")
