"""Markers: openings of items and sections, such as ``12.``, ``1.4``, ``II.``, ``A.``, ``•``, ``Article 3``.

A text can be read in several ways (``I.`` is one and the letter I, ``C.`` a hundred and the letter C): every reading is
given, and the sequence decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from indexer.analysis.folding import NOTE_FIGURES
from indexer.analysis.numerals import roman_value
from indexer.extract.pdf.signs import BULLETS


class Style(Enum):
    """Kinds of markers."""

    NUMBER = auto()
    DECIMAL = auto()
    ROMAN = auto()
    CAPITAL = auto()
    DASH = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Marker:
    """One way to read the opening of a row.

    Attributes:
        style: its kind.
        values: its numbers: none for a dash, several for a decimal, else one.
        label: the number or letter as printed, without its signs.
        width: the characters before the item's text.
    """

    style: Style
    values: tuple[int, ...]
    label: str
    width: int


# The mark of a note may stand between a number and its text.
_NOTE = rf"(?:\s*(?:\*{{1,3}}|[{NOTE_FIGURES}]{{1,3}}))?"
# No digit after the sign: `2.5` is a decimal. A hyphen needs a letter after it: `5-10` is a range.
_NUMBER = re.compile(rf"(?:\((\d{{1,4}})\)|(\d{{1,4}})\s?[.)](?!\d)|(\d{{1,3}})-(?=\s?[^\W\d_])){_NOTE}\s*")
# A percentage, or a number that goes on after a comma, is a quantity of the text.
_DECIMAL = re.compile(rf"\(?(\d{{1,4}}(?:\s?\.{{1,2}}\s?\d{{1,3}}){{1,3}})(?!\d)(?!,\d)[.)]{{0,2}}{_NOTE}\s*(?![%‰])")
_ROMAN = re.compile(r"([IVXLC]{1,7})\s?(?:[.)]|\s[-–—])\s*")
_CAPITAL = re.compile(r"([A-Z])\s?(?:[.)]|\s[-–—])\s*")
# Bullets come as characters of symbol fonts, and as glyphs that the file tells no character of.
_DASH = re.compile(rf"(?:[-–—{BULLETS}\uf020-\uf0ff]|▯)\s*(?=[^\W\d_]|[«“\"‘'¿(])")
# Numerals are letters of either case, named: where case is ignored İ and ı would be i, which they are not in a numeral.
_WORD = re.compile(
    r"(?:art[ií]c(?:le|ulo)|artigo|recommendation|recomendaci[oó]n|recomenda[cç][aã]o|recommandation)"
    r"\s+(?:n(?:o\.|[.º°])\s*)?(\d{1,3}|(?-i:[IVXLCivxlc]{1,7}))(?:er|[ºª°])?(?:\s*$|\s*[.:)–—-]+\s*|\s+(?=[(«“]))",
    re.IGNORECASE,
)


def read_markers(text: str) -> Iterator[Marker]:
    """Read the opening of a text as markers, in all ways, the longest first."""
    if match := _WORD.match(text):
        value = int(match[1]) if match[1].isdigit() else roman_value(match[1].upper())
        if value:
            yield Marker(Style.WORD, (value,), match[1], match.end())
    if match := _DECIMAL.match(text):
        values = tuple(int(part) for part in re.findall(r"\d+", match[1]))
        yield Marker(Style.DECIMAL, values, ".".join(map(str, values)), match.end())
    if match := _NUMBER.match(text):
        digits = match[1] or match[2] or match[3]
        yield Marker(Style.NUMBER, (int(digits),), str(int(digits)), match.end())
    if (match := _ROMAN.match(text)) and (value := roman_value(match[1])):
        yield Marker(Style.ROMAN, (value,), match[1], match.end())
    if match := _CAPITAL.match(text):
        yield Marker(Style.CAPITAL, (ord(match[1]) - ord("A") + 1,), match[1], match.end())
    if match := _DASH.match(text):
        yield Marker(Style.DASH, (), "", match.end())
