"""Markers: openings of items and sections, such as ``12.``, ``1.4``, ``II.``, ``a)``, ``•``, ``Art. 3``, ``Segundo.``.

A text can be read in several ways (``I.`` is one and the letter I, ``C.`` a hundred and the letter C): every reading is
given, and the sequence decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from indexer.analysis.folding import NOTE_FIGURES
from indexer.analysis.numerals import is_roman, roman_value
from indexer.analysis.ordinals import ordinal, strip_accents
from indexer.extract.pdf.signs import BULLETS


class Style(Enum):
    """Kinds of markers."""

    NUMBER = auto()
    DECIMAL = auto()
    ROMAN = auto()
    CAPITAL = auto()
    SMALL_ROMAN = auto()
    LETTER = auto()
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
        sign: its sign (``.``, ``)``, ``()``) or word (``article``): those of one list are alike. Empty where a number
            has neither, as ``12 That States`` has not, which may as well be a quantity.
    """

    style: Style
    values: tuple[int, ...]
    label: str
    width: int
    sign: str = ""


# The mark of a note may stand between a number and its text.
_NOTE = rf"(?:\s*(?:\*{{1,3}}|[{NOTE_FIGURES}]{{1,3}}))?"
_OPENS_TEXT = r"(?=[^\W\d_]|[«“\"‘'¿¡(])"
_DASHES = r"[-–—]"
# No digit after the sign: `2.5` is a decimal. `1.-` and `1º.-` are usual in Spanish. Dashes and ordinal signs need a
# letter after them, since `5-10` is a range and `5°` a quantity; `1º de` is a day.
_NUMBER = re.compile(
    rf"(?:\((?P<round>\d{{1,4}})\)|\[(?P<square>\d{{1,3}})\]"
    rf"|(?P<ordinal>\d{{1,3}})\s?\.?[ºª°](?:\s?[.):](?!\d))?(?:\s?{_DASHES})?(?=\s*(?!(?:de|del|do|da)\s)[^\W\d_]|\s*$|\s*[«“\"(¿])"
    rf"|(?P<point>\d{{1,4}})\s?\.(?!\d)(?:\s?{_DASHES}(?!\d))?|(?P<bracket>\d{{1,4}})\s?\)(?:\s?{_DASHES}(?!\d))?"
    rf"|(?P<stroke>\d{{1,3}})\s?/(?=\s+[^\W\d_]|\s+[«“\"‘'¿¡(]|$)|(?P<dash>\d{{1,3}})(?:-(?=\s?[^\W\d_])|\s[–—-]\s(?=[^\W\d_]))"
    rf"){_NOTE}\s*"
)
_SIGNS = {"round": "()", "square": "[]", "ordinal": "º", "point": ".", "bracket": ")", "stroke": "/", "dash": "-"}
_BARE = re.compile(r"(\d{1,3})\s+(?=[«“\"‘'¿¡]?[^\W\d_])")
# A percentage, or a number that goes on after a comma, is a quantity of the text.
# `125-15.` is a slip among `125.14.` and `125.16.`.
_DECIMAL_SLIP = re.compile(r"(\d{1,4}\s?[-,]\s?\d{1,3})(?:[.)]\s*|\s+(?=[^\W\d_]))")
_DECIMAL = re.compile(rf"\(?(\d{{1,4}}(?:\s?\.{{1,2}}\s?\d{{1,3}}){{1,3}})(?!\d)(?!,\d)[.)]{{0,2}}{_NOTE}\s*(?![%‰])")
_AFTER_LETTER = rf"(?:\s?(?P<sign>[.)])(?:{_DASHES}(?!\d))?|\s(?P<dash>{_DASHES}))\s*"
_ROMAN = re.compile(rf"(?P<label>[IVXLC]{{1,7}}){_AFTER_LETTER}")
_CAPITAL = re.compile(rf"(?P<label>[A-Z]){_AFTER_LETTER}")
_SMALL = re.compile(r"\((?P<round>[a-z]|[ivxl]{2,6})\)\s*|(?P<open>[a-z]|[ivxl]{2,6})\s?(?P<sign>[.)])\s*")
# Bullets come as characters of symbol fonts, and as glyphs that the file tells no character of.
_DASH = re.compile(rf"(?P<sign>[-–—{BULLETS}\uf020-\uf0ff]|▯)\s*{_OPENS_TEXT}")
_LABELS = {
    "recommendation": r"recommendation|recomendaci[oó]n|recomenda[cç][aã]o|recommandation|rec(?:om)?\.|rec(?=\s?\d)",
    "article": r"art[ií]c(?:le|ulo)|artigo|art\.",
    "paragraph": r"§",
    "r": r"(?-i:R)\.?\s?-?(?=\s?\d)",
}
_UNNUMBERED = re.compile(
    rf"(?P<sign>recommendation|recomendaci[oó]n|recomenda[cç][aã]o|recommandation)\s?[:.–—]\s+{_OPENS_TEXT}",
    re.IGNORECASE,
)
# Numerals are letters of either case, named: where case is ignored İ and ı would be i, which they are not in a numeral.
_WORD = re.compile(
    rf"(?:{'|'.join(f'(?P<{word}>{forms})' for word, forms in _LABELS.items())})"
    r"\s*(?:(?:n(?:o\.?|\.?[º°ᵒo]|r\.|[uú]m(?:ero|\.)|umber)|\#)\s*)?"
    r"(?P<value>\d{1,3}|(?-i:[IVXLC]{1,7}|[ivxlc]{1,7})|[^\W\d_]{5,}(?:\s[^\W\d_]{5,})?)(?:er\b|\.?[ºª°]|o(?=[\s.:–—-]))?"
    rf"(?P<sign>\s*$|(?:\s*[.:)]\s*{_DASHES}?|\s*{_DASHES})\s*|\s+(?=[(«“]|(?-i:[A-ZÀ-Þ])))",
    re.IGNORECASE,
)
# `PRIMERO.`, `Segunda:`, `Décimo tercero.-`: one or two words before a sign.
_ORDINAL = re.compile(
    rf"([A-ZÀ-Þ][^\W\d_]{{3,}}(?:[\s-][^\W\d_]{{4,}})?)(?:\s?[.:](?:\s?{_DASHES})?|\s?{_DASHES})(?!\d)\s*"
)
_ADVERB = re.compile(r"(?:mente|ment|ly)$", re.IGNORECASE)


def read_markers(text: str) -> Iterator[Marker]:
    """Read the opening of a text as markers, in all ways, the longest first."""
    if match := _WORD.match(text):
        yield from _read_word(match)
    elif match := _ORDINAL.match(text):
        value = None if is_roman(match[1]) else ordinal(_ADVERB.sub("", match[1]))
        if value:
            yield Marker(Style.WORD, (value,), str(value), match.end(), "ordinal")
    if match := _DECIMAL.match(text):
        values = tuple(int(part) for part in re.findall(r"\d+", match[1]))
        yield Marker(Style.DECIMAL, values, ".".join(map(str, values)), match.end(), ".")
    elif match := _DECIMAL_SLIP.match(text):
        values = tuple(int(part) for part in re.findall(r"\d+", match[1]))
        yield Marker(Style.DECIMAL, values, "".join(match[1].split()), match.end())
    if match := _NUMBER.match(text):
        kind = match.lastgroup or ""
        yield Marker(Style.NUMBER, (int(match[kind]),), str(int(match[kind])), match.end(), _SIGNS[kind])
    elif match := _BARE.match(text):
        yield Marker(Style.NUMBER, (int(match[1]),), str(int(match[1])), match.end())
    if (match := _ROMAN.match(text)) and (value := roman_value(match["label"])):
        yield Marker(Style.ROMAN, (value,), match["label"], match.end(), match["sign"] or "-")
    if match := _CAPITAL.match(text):
        label = match["label"]
        yield Marker(Style.CAPITAL, (ord(label) - ord("A") + 1,), label, match.end(), match["sign"] or "-")
    if match := _SMALL.match(text):
        yield from _read_small(match)
    if match := _DASH.match(text) or _UNNUMBERED.match(text):
        yield Marker(Style.DASH, (), "", match.end(), match["sign"])


def _read_word(match: re.Match[str]) -> Iterator[Marker]:
    """Read the number behind a word: in figures, as a numeral, or as an ordinal in words."""
    printed, word = match["value"], next(word for word in _LABELS if match[word])
    value = int(printed) if printed.isdigit() else roman_value(printed.upper()) or ordinal(strip_accents(printed))
    if value:
        yield Marker(Style.WORD, (value,), str(value), match.end(), word)


def _read_small(match: re.Match[str]) -> Iterator[Marker]:
    """Read small letters: as a numeral, as a letter of the alphabet, or as either."""
    label, sign = match["round"] or match["open"], "()" if match["round"] else match["sign"]
    if value := roman_value(label.upper()):
        yield Marker(Style.SMALL_ROMAN, (value,), label, match.end(), sign)
    if len(label) == 1:
        yield Marker(Style.LETTER, (ord(label) - ord("a") + 1,), label, match.end(), sign)
