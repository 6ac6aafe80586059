"""The number of a meeting as it is printed: ``IX``, ``Ninth``, ``Novena``, ``Nona``, ``Neuvième``, ``9th``."""

import re
import unicodedata

_NUMERALS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "first primera primer primeira premiere 1st 1er",
            "second segunda deuxieme seconde 2nd",
            "third tercera tercer terceira troisieme 3rd",
            "fourth cuarta quarta quatrieme",
            "fifth quinta cinquieme",
            "sixth sexta sixieme",
            "seventh septima setima septieme",
            "eighth octava oitava huitieme",
            "ninth novena nona neuvieme",
            "tenth decima dixieme",
            "eleventh undecima decimoprimera onzieme",
            "twelfth duodecima decimosegunda douzieme",
            "thirteenth decimotercera treizieme",
            "fourteenth decimocuarta quatorzieme",
            "fifteenth decimoquinta quinzieme",
            "sixteenth decimosexta seizieme",
            "seventeenth decimoseptima",
            "eighteenth decimoctava",
            "nineteenth decimonovena",
            "twentieth vigesima vingtieme",
        ),
        start=1,
    )
    for word in words.split()
}
_ROMAN = re.compile(r"(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")

MEETING = frozenset(("meeting", "reunion", "reuniao"))
"""Words for a meeting, without case and accents."""

ORDINAL = (
    r"(?:(?-i:[IVXLC]+)|\d{1,3}(?:st|nd|rd|th|\.?[ªº°a]|e|eme|er)?|"
    + "|".join(sorted((word for word in _WORDS if word.isalpha()), key=len, reverse=True))
    + ")"
)
"""A pattern of ordinals in a text without accents (see ``unaccented``), to be used ignoring case."""


def unaccented(text: str) -> str:
    """The text with each letter's accents taken off; every character keeps its place."""
    return "".join(unicodedata.normalize("NFD", character)[0] for character in text)


def ordinal(printed: str) -> int | None:
    """The number that an ordinal stands for in English, Spanish, Portuguese or French; None where it is none.

    Roman numerals count in capitals only: ``ix`` is no number, as ``mi`` and ``di`` are words.
    """
    if printed and _ROMAN.fullmatch(printed):
        values = [_NUMERALS[letter] for letter in printed]
        return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
    if digits := re.fullmatch(r"(\d{1,3})(?:\D{0,3})", printed):
        return int(digits[1]) or None
    return _WORDS.get(unaccented(unicodedata.normalize("NFC", printed)).lower())
