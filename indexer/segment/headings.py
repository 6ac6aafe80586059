"""Headings: rows that look like one, open an annex."""

# ARCHITECTURE.md: A heading above a passage is a section's.

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from indexer.analysis.folding import NOTE_FIGURES
from indexer.segment.rows import Row, usual_pitch, usual_size
from indexer.segment.vocabulary import EVERY, any_of

_OPEN_SPACE = 1.2
"""Rows further apart than so many usual line spacings do not flow into each other."""

_LARGER = 0.8
"""Points by which letters are larger, or otherwise of another size, at least: sizes as read differ by fractions."""

_HEADING_ROWS = 4
"""Rows of the longest heading in bold: a paragraph in bold is none."""

_PARAGRAPH_ROWS = 3
"""Rows that make a paragraph of what ends as a sentence, however it is set."""

_HEADING_PITCH = 1.2
"""Line spacing of headings in documents that are set more closely, in letters' heights."""

_HEADING_LETTERS = 240
"""Letters of the longest heading: a paragraph in capitals is none."""

_BELIEVED = 0.8
"""Share of the elements tagged as headings that could be some, at least, for any to be believed."""

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

# A bracket or quotation mark may follow the sign, and the mark of a note all of it.
_END = re.compile(
    rf"[.;:!?][\"”’»)\]]*(?:\s*(?:\d{{1,2}}|\*{{1,3}}|\[\d{{1,2}}\]|[{NOTE_FIGURES}]{{1,3}}/?))?$"
    rf"|[)\]»”][{NOTE_FIGURES}]{{0,3}}$"
)
_NOTE_MARK = re.compile(rf"\s*(?:\*(?:\s?\*){{0,2}}|\[\d{{1,2}}\]|\d{{1,2}}/|[{NOTE_FIGURES}⁽⁾]+/?)\s*$")
LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}|_{5,}\s*\d+$")
_SEPARATOR = re.compile(r"[\W_]*[-_–—=*~.][\W_]*")
_SHORTEST_SEPARATOR = 3
"""Characters of the shortest drawn rule: a dash or an asterisk alone is a bullet or a note's mark."""

# No more than a number or letter may follow in a text that does not look like a heading: `Annex I to the Convention
# provides` is a sentence.
_ANNEX = re.compile(rf"{any_of(EVERY.annexes)}\b(?:\W.{{0,12}})?")
_ANNEX_WITH_TITLE = re.compile(rf"{any_of(EVERY.annexes)}\s+(?:\d{{1,2}}|[IVXLC]{{1,6}}|[A-Z])\b.*")


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

    def begins(self, row: Row) -> bool:
        """Tell whether a paragraph begins with ``row``: open space stands above it, or the file's tags say so."""
        return self.breaks(row) or (row.structure is not None and row.structure.begins)

    def begins_paragraph(self, above: Row, row: Row) -> bool:
        """Tell whether a row begins a paragraph: below open space, or below the short last line of a sentence."""
        ends = ends_sentence(above.text) and row.text[:1].isupper()
        return self.begins(row) or (ends and (row.pitch is None or above.right - above.left < _SHORT * self.width))


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as sentences, items and introductions end."""
    return bool(_END.search(text.rstrip()))


@lru_cache(maxsize=4096)
def fold_heading(text: str) -> str:
    """Fold a heading: capitals without accents, single spaces, no note mark at its end."""
    bare = _NOTE_MARK.sub("", " ".join(text.split()))
    # Most rows are looked at this way, and in ASCII there is no accent to take apart.
    if bare.isascii():
        return bare.upper()
    return "".join(letter for letter in unicodedata.normalize("NFD", bare.upper()) if not unicodedata.combining(letter))


def in_capitals(text: str) -> bool:
    """Tell whether a text of four letters or more is set in capitals."""
    letters = list(filter(str.isalpha, text))
    capitals = sum(map(str.isupper, letters))
    return len(letters) >= _CAPITAL_LETTERS and capitals >= _CAPITAL_SHARE * len(letters)


def says_annex(text: str, look: HeadingLook = HeadingLook.WEAK) -> bool:
    """Tell whether a heading opens an annex; a title may follow in what looks strongly like a heading."""
    folded = fold_heading(text)
    return bool(_ANNEX.fullmatch(folded) or (look is HeadingLook.STRONG and _ANNEX_WITH_TITLE.fullmatch(folded)))


def is_separator(row: Row) -> bool:
    """Tell whether a row is a drawn rule: dashes, underscores, asterisks."""
    return bool(_SEPARATOR.fullmatch(row.text)) and len(row.text) >= _SHORTEST_SEPARATOR


def heading_looks(rows: Sequence[Row], usual: UsualMeasures) -> list[HeadingLook]:
    """Tell for each row of a document how much it looks like a heading."""
    found: list[HeadingLook] = []
    tagged = _tagged_headings(rows)
    for index in range(len(rows)):
        if index in tagged:
            found.append(HeadingLook.STRONG)
            continue
        # In order, since the second line of a heading is told by the first; by tags it has ended.
        above = HeadingLook.TEXT if index - 1 in tagged else found[-1] if found else HeadingLook.STRONG
        found.append(_look(rows, index, above, usual))
    for group in heading_groups(rows, found, usual):
        if not tagged.intersection(group) and _is_large_paragraph(rows, group):
            found[group.start : group.stop] = [HeadingLook.TEXT] * len(group)
    return found


def _tagged_headings(rows: Sequence[Row]) -> frozenset[int]:
    """Find the rows that the file tags as headings, and that could be some: few, and no sentence.

    Where many could not, the program that made the file knew nothing of headings.
    """
    blocks: dict[int, list[int]] = {}
    for index, row in enumerate(rows):
        if row.structure and row.structure.rank:
            blocks.setdefault(row.structure.block.number, []).append(index)
    believed = [own for own in blocks.values() if _may_be_heading([rows[index] for index in own])]
    if len(believed) < _BELIEVED * len(blocks):
        return frozenset()
    return frozenset(index for own in believed if not _interrupts(rows, own) for index in own)


def _may_be_heading(own: Sequence[Row]) -> bool:
    """Tell whether the rows of an element could be a heading."""
    if len(own) > _HEADING_ROWS or sum(len(row.text) for row in own) > _HEADING_LETTERS:
        return False
    # Points of a list begin with brackets: `(a)`.
    return _is_open(own[-1]) and (own[0].text[0].isupper() or own[0].text[0].isdigit())


def _interrupts(rows: Sequence[Row], own: Sequence[int]) -> bool:
    """Tell whether rows stand within another element, as headings in the margin do."""
    above, below = (rows[index].structure if 0 <= index < len(rows) else None for index in (own[0] - 1, own[-1] + 1))
    return above is not None and below is not None and above.block == below.block


def _is_large_paragraph(rows: Sequence[Row], group: range) -> bool:
    """Tell whether rows with a heading's look are a paragraph: three or more, to a stop."""
    last = rows[group.stop - 1].text
    return len(group) >= _PARAGRAPH_ROWS and last.endswith((".", ";", ":")) and not in_capitals(last)


def heading_groups(rows: Sequence[Row], look: Sequence[HeadingLook], usual: UsualMeasures) -> list[range]:
    """Find the headings of a document, each with all of its rows: those of one look that follow each other closely."""
    groups: list[range] = []
    for index, row in enumerate(rows):
        if not look[index]:
            continue
        if groups and groups[-1].stop == index and _is_same_heading(rows[index - 1], row, usual):
            groups[-1] = range(groups[-1].start, index + 1)
        else:
            groups.append(range(index, index + 1))
    return groups


def _is_same_heading(above: Row, row: Row, usual: UsualMeasures) -> bool:
    # The line spacing of large letters is wider than that of the text.
    close = row.pitch is not None and row.pitch <= _OPEN_SPACE * max(usual.pitch, _HEADING_PITCH)
    return close and _alike(above, row)


def _look(rows: Sequence[Row], index: int, look_above: HeadingLook, usual: UsualMeasures) -> HeadingLook:
    """Judge the look of a row as a heading, among the rows around it."""
    row, above = rows[index], rows[index - 1] if index else None
    text = row.text
    # Pages hold no blank lines, so that each row has a first letter.
    if row.piece or len(text) > _HEADING_LETTERS:
        return HeadingLook.TEXT
    if not (text[0].isupper() or text[0].isdigit()):
        goes_on = above is not None and look_above == HeadingLook.STRONG and _is_same_heading(above, row, usual)
        return HeadingLook.STRONG if goes_on and stands_out(row, usual) else HeadingLook.TEXT
    if above is None or _apart(above, row, usual):
        return _own_look(rows, index, usual)
    if look_above == HeadingLook.TEXT:
        return HeadingLook.TEXT
    if look_above == HeadingLook.STRONG and _alike(above, row):
        return HeadingLook.STRONG
    return _own_look(rows, index, usual)


def stands_out(row: Row, usual: UsualMeasures) -> bool:
    """Tell whether a row is bold, or larger than the text."""
    return row.bold or row.size >= usual.size + _LARGER


def _own_look(rows: Sequence[Row], index: int, usual: UsualMeasures) -> HeadingLook:
    """Tell how much a row looks like a heading, whatever stands above it."""
    row = rows[index]
    if row.size >= usual.size + _LARGER or in_capitals(row.text):
        return HeadingLook.STRONG
    if row.bold and _is_bold_heading(rows, index, usual):
        return HeadingLook.STRONG
    below = rows[index + 1] if index + 1 < len(rows) else None
    free_below = below is None or below.pitch is None or usual.breaks(below)
    short = row.right - row.left < _SHORT * usual.width and len(row.text.split()) <= _HEADING_WORDS
    looks_apart = _is_open(row) and free_below and short and not row.text.endswith((",", ")"))
    return HeadingLook.WEAK if looks_apart else HeadingLook.TEXT


def _is_open(row: Row) -> bool:
    """Tell whether a row ends without a full stop; a bracket at its end is of the heading, as in `(2016-2022)`."""
    return not ends_sentence(_NOTE_MARK.sub("", row.text)) or row.text.endswith(")")


def _is_bold_heading(rows: Sequence[Row], index: int, usual: UsualMeasures) -> bool:
    """Tell whether a bold row begins a heading: rows above what is not bold. Where all is bold it tells nothing."""
    last = index
    while last + 1 < len(rows) and rows[last + 1].bold and not _apart(rows[last], rows[last + 1], usual):
        last += 1
        if last - index >= _HEADING_ROWS:
            return False
    below = rows[last + 1 : last + 1 + _HEADING_ROWS]
    return _is_open(rows[last]) and not rows[last].text.endswith(",") and not all(row.bold for row in below)


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
