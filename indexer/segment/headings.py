"""Headings: rows that look like one, announce recommendations, open an annex or list contents."""

# ARCHITECTURE.md: A heading above a passage is a section's.

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from indexer.analysis.folding import NOTE_FIGURES
from indexer.segment.rows import Row, usual_pitch, usual_size

_OPEN_SPACE = 1.2
"""Rows further apart than so many usual line spacings do not flow into each other."""

_LARGER = 0.8
"""Points by which letters are larger, or otherwise of another size, at least: sizes as read differ by fractions."""

_HEADING_LETTERS = 240
"""Letters of the longest heading: a paragraph in capitals is none."""

_HEADING_WORDS = 12
"""Words of the longest heading that is not told by its letters alone."""

_SHORT = 0.75
"""Share of the usual width up to which a row is short."""

_FULL_LINES = 0.9
"""Share of the rows that are no wider than a full line: the widest may be titles and tables."""

_CAPITAL_LETTERS = 4
"""Letters of the shortest text that can be in capitals: ``OAS`` alone is an acronym."""

_CAPITAL_SHARE = 0.9
"""Share of capitals among the letters of a text in capitals: a small word may stand among them."""

_LEADERS_OF_CONTENTS = 3
"""Rows with leaders that make a table of contents: fewer are blanks to be filled in."""

# A bracket or quotation mark may follow the sign, and the mark of a note all of it.
_END = re.compile(
    rf"[.;:!?][\"”’»)\]]*(?:\s*(?:\d{{1,2}}|\*{{1,3}}|\[\d{{1,2}}\]|[{NOTE_FIGURES}]{{1,3}}/?))?$"
    rf"|[)\]»”][{NOTE_FIGURES}]{{0,3}}$"
)
_NOTE_MARK = re.compile(rf"\s*(?:\*(?:\s?\*){{0,2}}|\[\d{{1,2}}\]|\d{{1,2}}/|[{NOTE_FIGURES}⁽⁾]+/?)\s*$")
_LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}|_{5,}\s*\d+$")
_SEPARATOR = re.compile(r"[\W_]*[-_–—=*~.][\W_]*")
_SHORTEST_SEPARATOR = 3
"""Characters of the shortest drawn rule: a dash or an asterisk alone is a bullet or a note's mark."""

# All of these are looked for in what `fold_heading` gives: capitals without accents.
_KEYWORD = r"(?:RECOMMENDATIONS|RECOMENDACIONES|RECOMENDACOES|RECOMMANDATIONS)"
_BEFORE = (
    r"(?:DRAFT|FINAL|PROPOSED|LIST|GENERAL|MAIN|CONCLUSIONS?|CONCLUSIONES|CONCLUSOES|THE|OF|AND|OR|AND/OR|PROYECTO|LISTA|"
    r"DE|LAS?|LES|LOS|Y|O|U|Y/O|PROJETO|AS|OS|DAS|E|OU|E/OU|PROJET|LISTE|DES|ET|ET/OU|FINALES|FINAIS|GENERALES|GERAIS)"
)
_RECOMMENDATIONS = re.compile(rf"(?:{_BEFORE}[\s,/–-]+)*{_KEYWORD}\b(?P<more>.*)")
# No more than a number or letter may follow: `Annex I to the Convention provides` is a sentence.
_ANNEX = re.compile(r"(?:ANNEX|ANNEXES|ANNEXE|ANEXO|ANEXOS|APPENDIX|APPENDICES|APENDICE|APPENDICE)\b(?:\W.{0,12})?")
_CONTENTS = re.compile(
    r"(?:TABLE OF )?CONTENTS|INDICE(?: GENERAL)?|INDEX|SUMARIO|CONTENIDO|TABLE DES MATIERES|SOMMAIRE"
)


class HeadingLook(IntEnum):
    """Degree to which a row looks like a heading."""

    TEXT = 0
    WEAK = 1
    """Short and apart, but set as the text is."""
    STRONG = 2
    """Larger, bold or in capitals."""


@dataclass(frozen=True, slots=True)
class UsualMeasures:
    """Usual measures of a document.

    Attributes:
        size: the size of most letters, in points.
        pitch: the line spacing of most rows, in letters' heights.
        width: the width of a full line, in points.
    """

    size: float
    pitch: float
    width: float

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "UsualMeasures":
        """Measure ``rows``."""
        widths = sorted(row.right - row.left for row in rows)
        return cls(usual_size(rows), usual_pitch(rows), widths[int(len(widths) * _FULL_LINES)] if widths else 0.0)

    def breaks(self, row: Row) -> bool:
        """Tell whether open space stands above ``row`` on its page."""
        return row.pitch is not None and row.pitch > _OPEN_SPACE * self.pitch


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as sentences, items and introductions end."""
    return bool(_END.search(text.rstrip()))


def fold_heading(text: str) -> str:
    """Fold a heading: capitals without accents, single spaces, no note mark at its end."""
    bare = _NOTE_MARK.sub("", " ".join(text.split()))
    # Most rows are looked at this way, and in ASCII there is no accent to take apart.
    if bare.isascii():
        return bare.upper()
    return "".join(letter for letter in unicodedata.normalize("NFD", bare.upper()) if not unicodedata.combining(letter))


def in_capitals(text: str) -> bool:
    """Tell whether a text of four letters or more is set in capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return len(letters) >= _CAPITAL_LETTERS and capitals >= _CAPITAL_SHARE * len(letters)


def says_recommendations(text: str) -> bool:
    """Tell whether a heading announces recommendations, in one of four languages."""
    match = _RECOMMENDATIONS.fullmatch(fold_heading(text))
    # Long headings are set in capitals; what is long and not so is a sentence that begins with the word.
    fits = in_capitals(text) or len(text.split()) <= _HEADING_WORDS
    return bool(match) and fits and not _LEADERS.search(text)


def is_bare_announcement(text: str) -> bool:
    """Tell whether a text is nothing but such an announcement: it needs no heading's look then."""
    match = _RECOMMENDATIONS.fullmatch(fold_heading(text))
    return bool(match and not match["more"].strip(" :*.") and text[:1].isupper())


def says_annex(text: str) -> bool:
    """Tell whether a heading opens an annex."""
    return bool(_ANNEX.fullmatch(fold_heading(text)))


def is_separator(row: Row) -> bool:
    """Tell whether a row is a drawn rule: dashes, underscores, asterisks."""
    return bool(_SEPARATOR.fullmatch(row.text)) and len(row.text) >= _SHORTEST_SEPARATOR


def contents_rows(rows: Sequence[Row]) -> frozenset[int]:
    """Find the rows of tables of contents, by their indices.

    Where three or more rows of a page have leaders, these are all from the first to the last of them, with the heading
    above.
    """
    found: set[int] = set()
    pages: dict[int, list[int]] = {}
    for index, row in enumerate(rows):
        pages.setdefault(row.page, []).append(index)
    for own in pages.values():
        leaders = [index for index in own if _LEADERS.search(rows[index].text)]
        if len(leaders) < _LEADERS_OF_CONTENTS:
            continue
        titles = [index for index in own if index < leaders[0] and _CONTENTS.fullmatch(fold_heading(rows[index].text))]
        first = titles[-1] if titles else leaders[0]
        # By height, not by order: entries of several lines and page numbers apart lie between the leaders.
        bottom = max(rows[index].bottom for index in leaders)
        found.update(index for index in own if index >= first and rows[index].top <= bottom)
    return frozenset(found)


def heading_looks(rows: Sequence[Row], usual: UsualMeasures) -> list[HeadingLook]:
    """Tell for each row of a document how much it looks like a heading."""
    found: list[HeadingLook] = []
    for index, row in enumerate(rows):
        above = rows[index - 1] if index else None
        below = rows[index + 1] if index + 1 < len(rows) else None
        # In order, since the second line of a heading is told by the first.
        found.append(_look(row, above, below, found[-1] if found else HeadingLook.STRONG, usual))
    return found


def _look(row: Row, above: Row | None, below: Row | None, look_above: HeadingLook, usual: UsualMeasures) -> HeadingLook:
    """Judge the look of a row as a heading, among the rows around it."""
    text = row.text
    # Pages hold no blank lines, so that each row has a first letter.
    if row.piece or len(text) > _HEADING_LETTERS or not (text[0].isupper() or text[0].isdigit()):
        return HeadingLook.TEXT
    if above is None or _apart(above, row, usual):
        return _own_look(row, below, usual)
    if look_above == HeadingLook.TEXT:
        return HeadingLook.TEXT
    if look_above == HeadingLook.STRONG and _alike(above, row):
        return HeadingLook.STRONG
    return _own_look(row, below, usual)


def _own_look(row: Row, below: Row | None, usual: UsualMeasures) -> HeadingLook:
    """Tell how much a row looks like a heading, whatever stands above it."""
    # A heading has no full stop; a bracket at its end is of the heading, as in `(2016-2022)`.
    open_end = not ends_sentence(_NOTE_MARK.sub("", row.text)) or row.text.endswith(")")
    if row.size >= usual.size + _LARGER or in_capitals(row.text):
        return HeadingLook.STRONG
    # Bold above what is not: where all is bold it tells nothing.
    if row.bold and open_end and not row.text.endswith(",") and below is not None and not below.bold:
        return HeadingLook.STRONG
    free_below = below is None or below.pitch is None or usual.breaks(below)
    short = row.right - row.left < _SHORT * usual.width and len(row.text.split()) <= _HEADING_WORDS
    looks_apart = open_end and free_below and short and not row.text.endswith((",", ")"))
    return HeadingLook.WEAK if looks_apart else HeadingLook.TEXT


def _apart(above: Row, row: Row, usual: UsualMeasures) -> bool:
    """Tell whether a row does not flow from the one above it."""
    # At the top of a page or column there is no space to measure: a sentence goes on there until it ends.
    if row.pitch is None:
        return ends_sentence(above.text) or abs(above.size - row.size) >= _LARGER
    return usual.breaks(row) or abs(above.size - row.size) >= _LARGER


def _alike(one: Row, other: Row) -> bool:
    """Tell whether two rows are set alike, as the lines of one heading are."""
    capitals = in_capitals(one.text) == in_capitals(other.text)
    return abs(one.size - other.size) < _LARGER / 2 and one.bold == other.bold and capitals
