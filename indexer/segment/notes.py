"""Notes: at the feet of pages, or between a heading with a mark and the text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.analysis.folding import NOTE_FIGURES
from indexer.segment.headings import UsualMeasures, ends_sentence, is_separator
from indexer.segment.rows import Row

_SMALLER = 0.45
"""Points by which a foot note's letters are smaller than the text's, at least."""

_LOWER_HALF = 0.4
"""Foot notes stand below this share of the way from a page's first to its last row."""

# The first is a note's mark wherever it stands; a bare number is one among small letters alone, and before a capital.
_SIGN = re.compile(
    rf"(?:\*(?:\s?\*){{0,2}}|\[\d{{1,3}}\]/?|\d{{1,3}}\s?/|[†‡]|§(?!\s*\d)|[{NOTE_FIGURES}⁽⁾]+/?)\s*(?=[^\s*])"
)
_NUMBER = re.compile(r"(\d{1,3})\s*(?=[^\W\d_a-z]|[«“\"(])")
# A list's number is a note's where the text above bears its mark.
_LISTED = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_CITED = re.compile(rf"(?<=\S)[{NOTE_FIGURES}]+")
_TAGGED = re.compile(r"\d{1,3}\s+(?=\D)")
_MARKED = re.compile(rf"\*(?:\s?\*){{0,2}}\s*$|\[\d{{1,3}}\]\s*$|\d/\s*$|[{NOTE_FIGURES}]+/?\s*$")


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note: the indices of its rows, and the characters that its mark takes."""

    rows: tuple[int, ...]
    width: int


def foot_notes(rows: Sequence[Row], usual: UsualMeasures) -> list[Footnote]:
    """Find the notes at the feet of pages.

    The continuation of one from the page before is a note of its own.
    """
    notes: list[Footnote] = []
    pages: dict[int, list[int]] = {}
    for index, row in enumerate(rows):
        pages.setdefault(row.page, []).append(index)
    unfinished = False
    for own in pages.values():
        # By height: in pages of two columns the foot may come before the second column.
        in_order = sorted(own, key=lambda index: rows[index].top)
        foot = _tagged_foot(in_order, rows) or _foot(in_order, rows, usual, goes_on=unfinished)
        unfinished = bool(foot) and not ends_sentence(rows[foot[-1]].text)
        notes += _split(foot, rows) if foot else _split_list(_listed_foot(in_order, rows, usual), rows)
    return notes


def _tagged_foot(own: list[int], rows: Sequence[Row]) -> list[int]:
    """Find the foot of a page by the tags of its notes: all from the first of them, if text stands above it."""
    first = next((place for place, index in enumerate(own) if _note(rows[index])), 0)
    marked = first > 0 and _mark_width(rows[own[first]])
    return own[first:] if marked and not _stands_high(rows, own, first) else []


def _note(row: Row) -> int:
    """The number of the structure element of the note that a row is of; 0 for none."""
    return row.structure.note if row.structure else 0


def _foot(own: list[int], rows: Sequence[Row], usual: UsualMeasures, *, goes_on: bool) -> list[int]:
    """Find the foot of a page, given its rows from top to bottom.

    That is all small rows at the end, or all from a note's mark that is set apart. ``goes_on`` says that a note of the
    page before may end there.
    """
    small = len(own)
    while small and (rows[own[small - 1]].size <= usual.size - _SMALLER or is_separator(rows[own[small - 1]])):
        small -= 1
    if small < len(own) and any(_width(rows[index].text, small=True) for index in own[small:]):
        # Small rows that begin high on the page are a table or a quotation: the foot begins with the first mark then.
        first = next(n for n in range(small, len(own)) if _width(rows[own[n]].text, small=True))
        return own[first if _stands_high(rows, own, small) else small :]
    if goes_on and 0 < small < len(own) and not _stands_high(rows, own, small):
        return own[small:]
    for place in range(1, len(own)):
        row, above = rows[own[place]], rows[own[place - 1]]
        ruled = is_separator(above)
        sign = _SIGN.match(row.text)
        apart = sign and usual.breaks(row) and not _stands_high(rows, own, place) and _is_of(sign[0], own[:place], rows)
        if (ruled and _width(row.text, small=True) and not _stands_high(rows, own, place)) or apart:
            return own[place:]
    return []


def _is_of(sign: str, above: list[int], rows: Sequence[Row]) -> bool:
    """Tell whether a sign is the mark of a note, not an item: the page bears it above.

    What is no number needs no such proof.
    """
    number = re.fullmatch(r"\[?(\d{1,3})\W*", sign)
    if not number:
        return True
    raised = number[1].translate(_RAISED)
    mark = re.compile(
        rf"(?<!^)(?:\[{number[1]}\]|(?<!\d){number[1]}/|(?<![{NOTE_FIGURES}]){raised}(?![{NOTE_FIGURES}]))"
    )
    return any(mark.search(rows[index].text) for index in above)


def _listed_foot(own: list[int], rows: Sequence[Row], usual: UsualMeasures) -> list[int]:
    """Find the foot of a page whose notes are numbered as a list is.

    The rows above bear their marks.
    """
    small = len(own)
    while small and (rows[own[small - 1]].size <= usual.size - _SMALLER or is_separator(rows[own[small - 1]])):
        small -= 1
    cited = {_plain(mark) for index in own[:small] for mark in _CITED.findall(rows[index].text)}
    labels = [match[1] for index in own[small:] if (match := _LISTED.match(rows[index].text))]
    return own[small:] if labels and cited.issuperset(labels) else []


def _split_list(foot: list[int], rows: Sequence[Row]) -> list[Footnote]:
    """Split the foot of a page into notes that are numbered as a list is."""
    notes: list[list[int]] = []
    for index in foot:
        if not notes or _LISTED.match(rows[index].text):
            notes.append([])
        notes[-1].append(index)
    found = []
    for note in notes:
        match = _LISTED.match(rows[note[0]].text)
        found.append(Footnote(tuple(note), match.end() if match else 0))
    return found


def _plain(figures: str) -> str:
    """Raised figures as plain ones."""
    return unicodedata.normalize("NFKC", figures)


def _stands_high(rows: Sequence[Row], own: list[int], place: int) -> bool:
    """Tell whether a row stands too high on its page for a foot note."""
    top, bottom = rows[own[0]].top, rows[own[-1]].bottom
    return rows[own[place]].top < top + _LOWER_HALF * (bottom - top)


def _split(foot: list[int], rows: Sequence[Row]) -> list[Footnote]:
    """Split the foot of a page into its notes."""
    notes: list[list[int]] = []
    # Bare numbers count only in sequence: a year or an amount at the beginning of a line opens no note.
    expected = 0
    for index in foot:
        if is_separator(rows[index]):
            continue
        number = _NUMBER.match(rows[index].text)
        opens = _SIGN.match(rows[index].text) or (number and (not expected or int(number[1]) == expected))
        if number and opens:
            expected = int(number[1]) + 1
        if opens or not notes or 0 < _note(rows[notes[-1][-1]]) != _note(rows[index]) > 0:
            notes.append([])
        notes[-1].append(index)
    return [Footnote(tuple(note), _mark_width(rows[note[0]])) for note in notes]


def _mark_width(row: Row) -> int:
    """Count the characters of the mark of the note that a row begins; of a tagged one any number is it."""
    tagged = _TAGGED.match(row.text) if row.structure and row.structure.note and row.structure.begins else None
    return tagged.end() if tagged else _width(row.text, small=True)


def _width(text: str, *, small: bool) -> int:
    """Count the characters of a note's mark; 0 where there is none. ``small`` says that a bare number is one."""
    match = _SIGN.match(text) or (_NUMBER.match(text) if small else None)
    return match.end() if match else 0


def front_notes(rows: Sequence[Row], headings: Sequence[bool], usual: UsualMeasures) -> list[Footnote]:
    """Find notes within the text whose mark a heading bears: ``RECOMMENDATIONS*``."""
    # Without that heading a text with an asterisk before it would be taken for a note.
    marks = {
        _sign(match[0])
        for row, heading in zip(rows, headings, strict=True)
        if heading and (match := _MARKED.search(row.text))
    }
    notes: list[Footnote] = []
    index = 0
    while index < len(rows):
        match = _SIGN.match(rows[index].text)
        if not match or headings[index] or _sign(match[0]) not in marks:
            index += 1
            continue
        last = index
        while last + 1 < len(rows) and not headings[last + 1] and _flows(rows[last], rows[last + 1], usual):
            last += 1
        notes.append(Footnote(tuple(range(index, last + 1)), match.end()))
        index = last + 1
    return notes


def _flows(row: Row, below: Row, usual: UsualMeasures) -> bool:
    """Tell whether a note goes on from a row to the one below."""
    if _SIGN.match(below.text) or abs(row.size - below.size) > _SMALLER or usual.breaks(below):
        return False
    return below.pitch is not None or not ends_sentence(row.text)


def _sign(mark: str) -> str:
    """Fold the white space of a mark away: ``* *`` is ``**``."""
    return "".join(mark.split())
