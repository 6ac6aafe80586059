"""What a row looks like: a heading, the heading of recommendations, an annex, a line of a table of contents."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from indexer.segment.rows import Row, usual_pitch, usual_size

_OPEN_SPACE = 1.2
"""Rows further apart than so many usual line spacings do not flow into each other."""

_LARGER = 0.8
_HEADING_LETTERS = 240
_END = re.compile(r"[.;:!?][\"”’»)\]]*(?:\s*(?:\d{1,2}|\*{1,3}|\[\d{1,2}\]))?$|[)\]»”]$")
_NOTE_MARK = re.compile(r"\s*(?:\*(?:\s?\*){0,2}|\[\d{1,2}\]|\d{1,2}/|[¹²³⁰-⁹]+)\s*$")
_LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}|_{5,}\s*\d+$")
_SEPARATOR = re.compile(r"[\W_]*[-_–—=*~.][\W_]*")

_KEYWORD = r"(?:RECOMMENDATIONS|RECOMENDACIONES|RECOMENDACOES|RECOMMANDATIONS)"
_BEFORE = (
    r"(?:DRAFT|FINAL|PROPOSED|LIST|GENERAL|MAIN|CONCLUSIONS?|CONCLUSIONES|CONCLUSOES|THE|OF|AND|OR|AND/OR|PROYECTO|LISTA|"
    r"DE|LAS?|LES|LOS|Y|O|U|Y/O|PROJETO|AS|OS|DAS|E|OU|E/OU|PROJET|LISTE|DES|ET|ET/OU|FINALES|FINAIS|GENERALES|GERAIS)"
)
_RECOMMENDATIONS = re.compile(rf"(?:{_BEFORE}[\s,/–-]+)*{_KEYWORD}\b(?P<more>.*)")
_ANNEX = re.compile(r"(?:ANNEX|ANNEXES|ANNEXE|ANEXO|ANEXOS|APPENDIX|APPENDICES|APENDICE|APPENDICE)\b(?:\W.{0,12})?")
_CONTENTS = re.compile(
    r"(?:TABLE OF )?CONTENTS|INDICE(?: GENERAL)?|INDEX|SUMARIO|CONTENIDO|TABLE DES MATIERES|SOMMAIRE"
)


class HeadingLook(IntEnum):
    """How much a row looks like a heading."""

    TEXT = 0
    WEAK = 1
    """Short and apart, but set as the text is."""
    STRONG = 2
    """Larger, bold or in capitals."""


@dataclass(frozen=True, slots=True)
class UsualMeasures:
    """The usual measures of a document: letters' size, line spacing (in letters' heights) and width of a full line."""

    size: float
    pitch: float
    width: float

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "UsualMeasures":
        """The measures of ``rows``."""
        widths = sorted(row.right - row.left for row in rows)
        return cls(usual_size(rows), usual_pitch(rows), widths[len(widths) * 9 // 10] if widths else 0.0)

    def breaks(self, row: Row) -> bool:
        """Whether open space stands above ``row`` on its page."""
        return row.pitch is not None and row.pitch > _OPEN_SPACE * self.pitch


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as sentences, items and introductions end."""
    return bool(_END.search(text.rstrip()))


def fold_heading(text: str) -> str:
    """``text`` in capitals without accents, white space and note marks at its end folded away."""
    bare = _NOTE_MARK.sub("", " ".join(text.split()))
    if bare.isascii():
        return bare.upper()
    return "".join(letter for letter in unicodedata.normalize("NFD", bare.upper()) if not unicodedata.combining(letter))


def in_capitals(text: str) -> bool:
    """Whether ``text`` is set in capitals: two words, or one of four letters or more."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 4 and sum(letter.isupper() for letter in letters) >= 0.9 * len(letters)


def says_recommendations(text: str) -> bool:
    """Whether a heading announces recommendations, in one of four languages."""
    match = _RECOMMENDATIONS.fullmatch(fold_heading(text))
    return bool(match) and (in_capitals(text) or len(text.split()) <= 12) and not _LEADERS.search(text)


def is_bare_announcement(text: str) -> bool:
    """Whether ``text`` is nothing but such an announcement: no heading's look is needed then."""
    match = _RECOMMENDATIONS.fullmatch(fold_heading(text))
    return bool(match and not match["more"].strip(" :*.") and text[:1].isupper())


def says_annex(text: str) -> bool:
    """Whether a heading opens an annex."""
    return bool(_ANNEX.fullmatch(fold_heading(text)))


def is_separator(row: Row) -> bool:
    """Whether a row is a drawn rule: dashes, underscores, asterisks."""
    return bool(_SEPARATOR.fullmatch(row.text)) and len(row.text) >= 3


def contents(rows: Sequence[Row]) -> frozenset[int]:
    """The indices of the rows of tables of contents: where three or more rows of a page have leaders, all from the
    first to the last of them, with the heading above.
    """
    found: set[int] = set()
    for page in {row.page for row in rows}:
        own = [index for index, row in enumerate(rows) if row.page == page]
        leaders = [index for index in own if _LEADERS.search(rows[index].text)]
        if len(leaders) < 3:
            continue
        titles = [index for index in own if index < leaders[0] and _CONTENTS.fullmatch(fold_heading(rows[index].text))]
        first = titles[-1] if titles else leaders[0]
        bottom = max(rows[index].bottom for index in leaders)
        found.update(index for index in own if index >= first and rows[index].top <= bottom)
    return frozenset(found)


def looks(rows: Sequence[Row], usual: UsualMeasures) -> list[HeadingLook]:
    """How much each of the rows of a document looks like a heading."""
    found: list[HeadingLook] = []
    for index, row in enumerate(rows):
        above = rows[index - 1] if index else None
        below = rows[index + 1] if index + 1 < len(rows) else None
        found.append(_look(row, above, below, found[-1] if found else HeadingLook.STRONG, usual))
    return found


def _look(row: Row, above: Row | None, below: Row | None, look_above: HeadingLook, usual: UsualMeasures) -> HeadingLook:
    text = row.text
    if row.piece or len(text) > _HEADING_LETTERS or not (text[0].isupper() or text[0].isdigit()):
        return HeadingLook.TEXT
    flows_on = above is not None and look_above == HeadingLook.TEXT and not _apart(above, row, usual)
    if look_above == HeadingLook.STRONG and above is not None and not _apart(above, row, usual):
        return (
            HeadingLook.STRONG if _alike(above, row) else HeadingLook.TEXT if flows_on else _own_look(row, below, usual)
        )
    return HeadingLook.TEXT if flows_on else _own_look(row, below, usual)


def _own_look(row: Row, below: Row | None, usual: UsualMeasures) -> HeadingLook:
    open_end = not ends_sentence(_NOTE_MARK.sub("", row.text)) or row.text.endswith(")")
    if row.size >= usual.size + _LARGER or in_capitals(row.text):
        return HeadingLook.STRONG
    if row.bold and open_end and not row.text.endswith(",") and below is not None and not below.bold:
        return HeadingLook.STRONG
    free_below = below is None or below.pitch is None or usual.breaks(below)
    short = row.right - row.left < 0.75 * usual.width and len(row.text.split()) <= 12
    return (
        HeadingLook.WEAK
        if open_end and free_below and short and not row.text.endswith((",", ")"))
        else HeadingLook.TEXT
    )


def _apart(above: Row, row: Row, usual: UsualMeasures) -> bool:
    if row.pitch is None:
        return ends_sentence(above.text) or abs(above.size - row.size) >= _LARGER
    return usual.breaks(row) or abs(above.size - row.size) >= _LARGER


def _alike(one: Row, other: Row) -> bool:
    capitals = in_capitals(one.text) == in_capitals(other.text)
    return abs(one.size - other.size) < _LARGER / 2 and one.bold == other.bold and capitals
