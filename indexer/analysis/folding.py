"""Characters of a word: its classes, and folding of case and accents."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"

_CHARACTER_SCRIPTS = (
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)

_FOOTNOTE_DIGITS = "\u00b9\u00b2\u00b3\u2070-\u2079\u2080-\u2089"

HYPHENS = frozenset("-\u2010\u2011\u2013")

APOSTROPHES = "'’ʼ＇‘"

_STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-"))

_PLAIN = _STRAIGHT | str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)

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
    """A word without case and accents: ``Résolución`` is ``resolucion``, ``Straße`` is ``strasse``, ``№`` is ``no``."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    bare = _ACCENTS.sub("", _INVISIBLES.sub("", decomposed)).translate(_PLAIN)
    return unicodedata.normalize("NFC", bare)


def _combining_marks() -> str:
    """The marks that belong to the letter before them, as the inside of a character class."""
    points = [point for point in range(0x300, 0x20000) if unicodedata.category(chr(point)) in ("Mn", "Mc", "Me")]
    starts = [point for before, point in zip([0, *points], points, strict=False) if point != before + 1]
    ends = [point for point, after in zip(points, [*points[1:], 0], strict=False) if after != point + 1]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


LETTER = rf"[^\W_{_CHARACTER_SCRIPTS}{_FOOTNOTE_DIGITS}]"

# No group here is possessive: Python before 3.11.5 matches such groups wrongly (python/cpython#106052).
CONTRACTED = "(?:s|t|d|m|re|ve|ll|S|T|D|M|RE|VE|LL)"


class WordPattern(NamedTuple):
    """A word of some kind of text: ``one`` finds it, ``apart`` takes a text apart into words and what is between."""

    one: re.Pattern[str]
    apart: re.Pattern[str]

    @classmethod
    def of(cls, pattern: str) -> "WordPattern":
        """The two patterns made of the pattern of one word."""
        return cls(re.compile(pattern), re.compile(f"({pattern})"))


_IN_ASCII = WordPattern.of(f"[0-9A-Za-z]+(?:'{CONTRACTED}(?![0-9A-Za-z]))?")
"""In texts of plain letters alone, most of English: found in two thirds of the time."""

_LATIN = re.compile("[\\0-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205f]*")
"""A text of Latin letters and the signs that go with them, without combining marks and what takes no room."""

_LATIN_LETTER = rf"[^\W_{_FOOTNOTE_DIGITS}]"

_IN_LATIN = WordPattern.of(
    rf"{_LATIN_LETTER}+(?:\u00ad+{_LATIN_LETTER}+)*(?:[{APOSTROPHES}]{CONTRACTED}(?!{_LATIN_LETTER}))?"
)
"""In such texts: to make the patterns for any text takes a tenth of a short command."""


@cache
def _in_any_text() -> WordPattern:
    mark = f"[{_combining_marks()}]"
    return WordPattern.of(
        rf"{LETTER}+(?:{mark}+{LETTER}*|[{_INVISIBLE}]+{LETTER}+)*"
        rf"(?:[{APOSTROPHES}]{CONTRACTED}(?!{LETTER}))?"
        rf"|[{_CHARACTER_SCRIPTS}]{mark}*"
    )


def word_pattern(text: str) -> WordPattern:
    """A word of a text, by the plainest pattern that does for it."""
    if text.isascii():
        return _IN_ASCII
    return _IN_LATIN if _LATIN.fullmatch(text) else _in_any_text()
