"""Ordinals as they are printed: ``IX``, ``Ninth``, ``Novena``, ``Neuvième``, ``9th``, ``Twenty-first``.

Words are those of English, Spanish, Portuguese and French, up to the ninety-ninth.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from indexer.analysis.numerals import roman_value


def _number_rows(rows: Iterable[str], step: int = 1) -> dict[str, int]:
    """Number the words of rows: those of the first row are ``step``, those of the second twice as much."""
    return {word: number * step for number, words in enumerate(rows, start=1) for word in words.split()}


_UNITS = _number_rows(
    (
        "first primera primero primer primeira primeiro premiere premier unieme",
        "second segunda segundo deuxieme seconde",
        "third tercera tercero tercer terceira terceiro troisieme",
        "fourth cuarta cuarto quarta quarto quatrieme",
        "fifth quinta quinto cinquieme",
        "sixth sexta sexto sixieme",
        "seventh septima septimo setima setimo septieme",
        "eighth octava octavo oitava oitavo huitieme",
        "ninth novena noveno nona nono neuvieme",
        "tenth decima decimo dixieme",
        "eleventh undecima undecimo onzieme",
        "twelfth duodecima duodecimo douzieme",
        "thirteenth treizieme",
        "fourteenth quatorzieme",
        "fifteenth quinzieme",
        "sixteenth seizieme",
        "seventeenth dix-septieme",
        "eighteenth dix-huitieme",
        "nineteenth dix-neuvieme",
    )
)
_TENS = _number_rows(
    (
        "",  # ten is among the units
        "twentieth vigesima vigesimo vingtieme",
        "thirtieth trigesima trigesimo trentieme",
        "fortieth cuadragesima cuadragesimo quadragesima quadragesimo quarantieme",
        "fiftieth quincuagesima quincuagesimo quinquagesima quinquagesimo cinquantieme",
        "sixtieth sexagesima sexagesimo soixantieme",
        "seventieth septuagesima septuagesimo setuagesima setuagesimo septantieme",
        "eightieth octogesima octogesimo quatre-vingtieme huitantieme",
        "ninetieth nonagesima nonagesimo nonantieme",
    ),
    step=10,
)
# ``decim`` and the like lose their last vowel before ``octava``: ``decimoctava``.
_TENS_BEFORE_A_UNIT = _number_rows(
    (
        "decima decimo decim",
        "twenty vigesima vigesimo vigesim vingt",
        "thirty trigesima trigesimo trigesim trente",
        "forty cuadragesima cuadragesimo cuadragesim quadragesima quadragesimo quarante",
        "fifty quincuagesima quincuagesimo quincuagesim quinquagesima quinquagesimo cinquante",
        "sixty sexagesima sexagesimo sexagesim soixante",
        "seventy septuagesima septuagesimo septuagesim setuagesima setuagesimo septante",
        "eighty octogesima octogesimo octogesim quatre-vingt huitante",
        "ninety nonagesima nonagesimo nonagesim nonante",
    ),
    step=10,
)
_LAST_WORDS = _UNITS | _TENS
_BEFORE_TEENS = (60, 80)
"""In French only: ``soixante-douzième``, ``quatre-vingt-douzième``."""

_APART = "[\\s\\xad\u2010-\u2015-]"
"""Signs between the words of one ordinal, a hyphen or space: ``twenty-first``, ``décima primera``."""


def _any_of(words: Iterable[str]) -> str:
    """A pattern of some words, whose hyphens may be printed as spaces."""
    # The longest first, since the first alternative that matches is taken: ``premier`` begins ``premiere``.
    return "|".join(f"{_APART}+".join(word.split("-")) for word in sorted(words, key=len, reverse=True))


# Words may be joined (``decimoprimera``) or apart, with ``et`` in French: ``vingt et unième``.
_BEFORE = rf"(?:{_any_of(_TENS_BEFORE_A_UNIT)})"
_LAST = rf"(?:{_any_of(_LAST_WORDS)})"
_ET = rf"{_APART}*(?:et{_APART}+)?"
_HUNDREDS = rf"(?:(?:hundred|centesim[ao]?|cent){_APART}+(?:(?:and|et){_APART}+)?)?"

# French has the Spanish word, once its accent is gone.
MEETING = frozenset(("meeting", "reunion", "reuniao"))
"""Words for a meeting, without case and accents."""

ORDINAL = (
    r"(?:(?-i:[IVXLC]+)|\d{1,3}(?:st|nd|rd|th|e|eme|er|\.?(?:[ªº°]|[rdtmvn]?[ao]))?|"
    rf"{_HUNDREDS}(?:{_BEFORE}{_ET})?{_LAST})"
)
"""A pattern of ordinals in a text without accents (see ``strip_accents``), to be used ignoring case.

What it finds need not be one that ``ordinal`` reads: ``hundred and first`` is not.
"""


def strip_accents(text: str) -> str:
    """A text without accents, in which every character keeps its place and its case.

    ``analysis.folding.fold`` takes off more and moves characters (``Straße`` becomes ``strasse``); here a place found
    in the result is one in the text, and patterns that tell ``IX`` from ``ix`` still do.
    """
    # A letter's first part is its letter without accents. Letter by letter, for the whole text decomposed is longer.
    return "".join(unicodedata.normalize("NFD", character)[0] for character in text)


def ordinal(printed: str) -> int | None:
    """The number of an ordinal in English, Spanish, Portuguese or French; None where it is none.

    Roman numerals count in capitals only: ``ix`` is no number, as ``mi`` and ``di`` are words. Digits count with an
    ending of up to three characters (``9th``, ``9.ª``) or without. Case and accents of words do not matter.
    """
    if number := roman_value(printed):
        return number
    if digits := re.fullmatch(r"(\d{1,3})(?:\D{0,3})", printed):
        return int(digits[1]) or None  # nothing is the zeroth
    # Composed first: of a decomposed text the accents would stay, each as a character of its own.
    words = _words().fullmatch(strip_accents(unicodedata.normalize("NFC", printed)).lower())
    return _of_words(words["before"], words["last"]) if words else None


@cache
def _words() -> re.Pattern[str]:
    """A pattern of ordinals in words, made when the first is read: that takes a hundredth of a short command."""
    return re.compile(rf"(?:(?P<before>{_BEFORE}){_ET})?(?P<last>{_LAST})")


def _of_words(before: str | None, last: str) -> int | None:
    """The number of an ordinal in words; None where the two parts make none: ``twenty-thirtieth``."""
    tens = _TENS_BEFORE_A_UNIT[_hyphenate(before)] if before else 0
    number = _LAST_WORDS[_hyphenate(last)]
    fits = not tens or number < 10 or (tens in _BEFORE_TEENS and number < 20)
    return tens + number if fits else None


def _hyphenate(printed: str) -> str:
    """A printed number as the tables have it, with a hyphen between its words."""
    return re.sub(r"\W+", "-", printed)
