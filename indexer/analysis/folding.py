"""Characters of a word: their classes, and folding of case and accents.

``fold`` is the folding of the search: all that people may type otherwise than it is printed becomes one. Other rooms
fold less, or otherwise, and mean to:

- ``printed_form`` (here) keeps accents, for what is printed with them is the better match;
- ``analysis.ordinals.strip_accents`` keeps case and the place of each character, since patterns are matched in the
  result and say where they stand in the text;
- ``segment.headings`` matches patterns written in capitals, and takes note marks off the end of a heading;
- ``segment.repair`` folds case alone: it compares words and lines of one document, which spells them in one way;
- ``catalogue.scan`` keeps accents, since names of files that differ in accents are different files;
- ``catalogue.propose`` makes names for files and addresses, and drops what is not ASCII.
"""

# ARCHITECTURE.md: Groups in patterns are not possessive.

import re
import unicodedata
from functools import cache
from typing import NamedTuple

# Soft hyphens, joiners, marks of direction: print shows none of them, so they neither separate words nor tell them
# apart.
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"

# Kana and Chinese characters are written without spaces: each is a word by itself.
_CHARACTER_SCRIPTS = (
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)

NOTE_FIGURES = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
"""Superscript figures, as the inside of a character class.

The number of a note stands right behind a word and is no part of it: ``Estados²`` is ``Estados``. Subscripts are:
``CO₂`` is one word.
"""

_NOTE_LETTERS = "\u1d43\u1d47\u1d48\u1da0\u1d4d\u1d9c\u02b0"

HYPHENS = frozenset("-\u2010\u2011\u2013")
"""Signs that join the parts of a compound: hyphen-minus, hyphen, non-breaking hyphen, and the en dash."""

APOSTROPHES = "'’ʼ＇‘"
"""Signs that are printed or typed for an apostrophe."""

_STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-"))

# Letters that Unicode does not decompose, as people type them on a keyboard that lacks them.
_PLAIN = _STRAIGHT | str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)

# Of the combining marks only those that a reader may leave out: accents, and the points of Hebrew and Arabic. The
# vowel signs of Indian scripts are combining marks as well, and without them a word is another one.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]+"
)

_INVISIBLES = re.compile(f"[{_INVISIBLE}]+")


def printed_form(word: str) -> str:
    """A word as printed, in lower case: composed, without invisible characters, with straight apostrophes."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", _INVISIBLES.sub("", word).translate(_STRAIGHT).lower())


def fold(word: str) -> str:
    """A word without case and accents: ``Résolución`` is ``resolucion``, ``Straße`` is ``strasse``, ``№`` is ``no``.

    Folding again changes nothing. The length may change, so places in the result are none in the word.
    """
    if word.isascii():
        return word.lower()
    # Decomposed before case is folded, as ``ᴬ`` has a case only as ``A``, and once more behind, as Unicode has it for
    # caseless matching (The Unicode Standard, 3.13, D146).
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    bare = _ACCENTS.sub("", _INVISIBLES.sub("", decomposed)).translate(_PLAIN)
    return unicodedata.normalize("NFC", bare)


def _combining_marks() -> str:
    """Combining marks, as the inside of a character class."""
    points = [point for point in range(0x300, 0x20000) if unicodedata.category(chr(point)) in ("Mn", "Mc", "Me")]
    # Ranges in place of some two thousand single characters keep the patterns that are made of them short.
    starts = [point for before, point in zip([0, *points], points, strict=False) if point != before + 1]
    ends = [point for point, after in zip(points, [*points[1:], 0], strict=False) if after != point + 1]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


LETTER = rf"[^\W_{_CHARACTER_SCRIPTS}{NOTE_FIGURES}{_NOTE_LETTERS}]"
"""A pattern of one letter or digit of the scripts that are written with spaces."""

# No group here is possessive: Python before 3.11.5 matches such groups wrongly (python/cpython#106052).
CONTRACTED = "(?:s|t|d|m|re|ve|ll|S|T|D|M|RE|VE|LL)"
"""A pattern of the endings of English contractions, which do not stand apart from their word: ``State's``."""


class WordPattern(NamedTuple):
    """Patterns of a word in one kind of text.

    ``one`` finds a word; ``apart`` splits a text into words and what stands between them.
    """

    one: re.Pattern[str]
    apart: re.Pattern[str]

    @classmethod
    def of(cls, pattern: str) -> "WordPattern":
        """The two patterns made of the pattern of one word."""
        return cls(re.compile(pattern), re.compile(f"({pattern})"))


_IN_ASCII = WordPattern.of(f"[0-9A-Za-z]+(?:'{CONTRACTED}(?![0-9A-Za-z]))?")
"""In texts of plain letters alone, most of English: found in two thirds of the time."""

_LATIN = re.compile("[\\0-\u02ff\u1d00-\u1dbf\u1e00-\u1eff\u2010-\u2027\u2030-\u205f\u2070-\u209c]*")
"""A text of Latin letters and the signs that go with them, without combining marks and what takes no room."""

_LATIN_LETTER = rf"[^\W_{NOTE_FIGURES}{_NOTE_LETTERS}]"

_IN_LATIN = WordPattern.of(
    rf"{_LATIN_LETTER}+(?:\u00ad+{_LATIN_LETTER}+)*(?:[{APOSTROPHES}]{CONTRACTED}(?!{_LATIN_LETTER}))?"
)
"""In such texts: to make the patterns for any text takes a tenth of a short command."""


# Made when a text first needs it: to find all combining marks takes a tenth of a short command.
@cache
def _in_any_text() -> WordPattern:
    mark = f"[{_combining_marks()}]"
    return WordPattern.of(
        rf"{LETTER}+(?:{mark}+{LETTER}*|[{_INVISIBLE}]+{LETTER}+)*"
        rf"(?:[{APOSTROPHES}]{CONTRACTED}(?!{LETTER}))?"
        rf"|[{_CHARACTER_SCRIPTS}]{mark}*"
    )


def word_pattern(text: str) -> WordPattern:
    """The plainest pattern that finds the words of a text."""
    if text.isascii():
        return _IN_ASCII
    return _IN_LATIN if _LATIN.fullmatch(text) else _in_any_text()
