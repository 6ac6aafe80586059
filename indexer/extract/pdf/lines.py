"""Rows of print: runs of text ─▶ rows of segments, from baselines and gaps alone.

All lengths are compared with the size of the letters. Runs on one baseline make a row; raised or lowered small print
(note marks) joins the row that it touches; a row falls into segments at its wide gaps, and a number or a bullet is one
segment with the text that stands beside it, whatever the order in which they were drawn.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from indexer.extract.pdf.accents import compose, overstrike
from indexer.extract.pdf.figures import settle_figures
from indexer.extract.pdf.overprint import with_accents
from indexer.extract.pdf.pieces import spacing
from indexer.extract.pdf.raised import SAME_BASELINE, SMALL, is_raised, note_marks, superscript
from indexer.extract.pdf.runs import TextRun, letters_of
from indexer.extract.pdf.signs import BULLETS, whole_quotes

_WIDE = 0.9
"""Sizes of the least gap that divides a row: it may be the space between two columns."""

_WORD_GAP = 0.1
"""Sizes of the least gap that is a space between words; kerning moves letters by less."""

_SPACE = 0.25
"""Sizes of a space character: it is 0.25 wide in Times and 0.28 in Helvetica.

A run tells the width of its text as a whole. Where spaces stand at its ends, its letters begin and end so much
farther inside.
"""

_SPACE_WEIGHT = 0.5
"""Width of a space beside that of a usual letter, about twice as wide."""

_TWICE = 0.12
"""Sizes up to which a letter drawn again beside itself is bold print."""

_OVER = -0.15
"""Sizes by which print overlaps where one draws an accent over the other."""

_NO_ROOM = 0.05
"""Sizes of the widest blank that is none."""

_FEWEST_LETTERS = 5
"""Letters of the shortest row that is looked at for spaced letters."""

_NUMBER_GAP = 8.0
"""Sizes between a number such as ``12.`` and its text, at most."""

_BARE_NUMBER_GAP = 4.0
"""The same for a number or a letter without a dot, which may be a cell of a table."""

# What may stand in the margin beside a text: numbers, decimals, letters, bullets. A symbol of Unicode's private area is
# one that a font of symbols draws.
_MARKER = re.compile(
    r"""(?:
        [(\[]?(?:\d{1,4}(?:\.\d{1,3}){0,4}|[IVXLCivxlc]{1,7}|[A-Za-z]{1,2})(?P<closed>[.)\]]{1,2}|\.[-–])[⁰¹²³⁴-⁹]{0,3}
      | \d{1,4}(?:\.\d{1,3}){1,4}
      | \d{1,3}
      | [-–—*oо"""
    + BULLETS
    + r"""\uf020-\uf0ff]
    )""",
    re.VERBOSE,
)
_FEWEST_DOTS = 3
# Dots to a page number, with the number or numbers that they lead to, or without.
_LEADER = re.compile(r"(?:(?:\.\s?){3,}|…\s?)[\divxlcIVXLC\s–—-]*$|^(?:\.\s?){4,}")
_PAGE_NUMBERS = re.compile(r"[\dIVXLCivxlc\s–—-]{1,12}")
_SPACES = re.compile(r"\s+")
# Where text is folded: a single blank, as nearly all are, stays without being matched.
_UNFOLDED = re.compile(r"\s{2,}|[^\S ]")
_SOFT_HYPHEN = "\u00ad"
_NOT_SEEN = (" ", "\u00a0", _SOFT_HYPHEN)
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]+")
_SPACED_OUT = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]\s{1,3}){4,}[A-ZÀ-ÖØ-Þ](?:\s?[:.*])?")
_TAB = re.compile(r"\s{4,}")


@dataclass(slots=True)
class RowSegment:
    """A piece of a row without wide gaps.

    Attributes:
        text: its text, white space folded.
        x0, x1: its left and right edges, in points in the frame of its direction of writing.
        y: the baseline of most of its letters.
        top, bottom: the reach of its letters, downwards.
        size: the size of most of its letters.
        bold: most of its letters are bold.
        elements: the structure elements that its parts stand in, as those of a line; empty where it has none.
    """

    text: str
    x0: float
    x1: float
    y: float
    top: float
    bottom: float
    size: float
    bold: bool
    elements: tuple[tuple[int, int], ...] = ()


TextRow = list[RowSegment]
"""The segments of a row from left to right."""


def rows(runs: Iterable[TextRun]) -> list[TextRow]:
    """The rows of runs of one direction, from top to bottom."""
    found = note_marks(_baselines(_split_at_tabs(runs)))
    return [segments for segments in map(_segments, found) if segments]


def join_segments(segments: Sequence[RowSegment]) -> RowSegment:
    """Segments of one row as one, with a space between them."""
    first = segments[0]
    if len(segments) == 1:
        return first
    main = max(segments, key=lambda segment: len(segment.text))
    letters = sum(len(segment.text) for segment in segments)
    return RowSegment(
        text=" ".join(segment.text for segment in segments),
        x0=min(segment.x0 for segment in segments),
        x1=max(segment.x1 for segment in segments),
        y=main.y,
        top=min(segment.top for segment in segments),
        bottom=max(segment.bottom for segment in segments),
        size=main.size,
        bold=2 * sum(len(segment.text) for segment in segments if segment.bold) > letters,
        elements=_elements_of_segments(segments),
    )


def _elements_of_segments(segments: Sequence[RowSegment]) -> tuple[tuple[int, int], ...]:
    """The structure elements of the text of segments with a space between them."""
    if not any(segment.elements for segment in segments):
        return ()
    start = 0
    found: list[tuple[int, int]] = []
    for segment in segments:
        found += [(start + place, element) for place, element in segment.elements or ((0, 0),)]
        start += len(segment.text) + 1
    return _changes(found)


def _changes(parts: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Parts of a line without those that carry on the element of the one before."""
    return tuple(part for before, part in pairwise([(0, -1), *parts]) if part[1] != before[1])


def _split_at_tabs(runs: Iterable[TextRun]) -> list[TextRun]:
    """Divide runs where many spaces stand for a tab; those spaces are dropped."""
    found = []
    for run in runs:
        text = run.text
        if "   " not in text:  # told much faster than by the pattern, and true of nearly all runs
            found.append(run)
            continue
        # The run's width is known, not those of its letters: they are estimated.
        weights = [_SPACE_WEIGHT if letter.isspace() else 1.0 for letter in text]
        unit = (run.x1 - run.x0) / sum(weights)
        start = 0
        for end, behind in [*(space.span() for space in _TAB.finditer(text)), (len(text), len(text))]:
            if end > start:
                x0 = run.x0 + unit * sum(weights[:start])
                x1 = x0 + unit * sum(weights[start:end])
                found.append(replace(run, text=text[start:end], x0=x0, x1=x1))
            start = behind
    return found


def _baselines(runs: list[TextRun]) -> list[list[TextRun]]:
    """Runs grouped by baseline, from top to bottom; within a row from left to right."""
    found: list[list[TextRun]] = []
    base = size = 0.0
    for run in sorted(runs, key=lambda run: (run.y, run.x0)):
        # Each is compared with the first of its row, not with the last: a row must not creep down a slope.
        if found and run.y - base <= SAME_BASELINE * min(size, run.size):
            found[-1].append(run)
        else:
            found.append([run])
            base, size = run.y, run.size
    for row in found:
        row.sort(key=lambda run: (run.x0, run.x1))
    return found


def _segments(row: list[TextRun]) -> TextRow:
    """A row divided at its wide gaps, markers joined to their text."""
    row = with_accents(row)
    tracking = _tracking(row)
    found: TextRow = []
    pieces: list[_Piece] = []
    right = 0.0
    space = False
    for run in row:
        text = run.text
        bare = text.strip()
        if not bare:
            space = space or text != ""  # a sign that nobody sees is no blank
            continue
        x0 = _start(run)
        between = ""
        if pieces:
            last = pieces[-1].run
            size = max(last.size, run.size)
            # The same letters again at nearly the same place: bold print by striking twice.
            if bare == last.text.strip() and abs(run.x0 - last.x0) <= _TWICE * size and run.size == last.size:
                last.bold = True
                continue
            if _takes_no_room(last, run):
                space = False
                pieces[-1].text = pieces[-1].text.rstrip(_SOFT_HYPHEN)
            gap = x0 - right
            if gap <= _OVER * size and (both := overstrike(pieces[-1].text, bare)):
                pieces[-1] = replace(pieces[-1], text=both)
                right = max(right, run.x1)
                space = text[-1].isspace()
                continue
            if gap > _WIDE * size + tracking:
                found.append(_segment(pieces, right))
                pieces = []
            elif space or text[0].isspace() or gap > _WORD_GAP * size + tracking:
                between = " "
        space = text[-1].isspace()
        right = max(right, run.x1) if pieces else run.x1
        if space:
            right = max(run.x1 - _SPACE * run.size * (len(text) - len(text.rstrip())), run.x0)
        pieces.append(_Piece(run, bare, between))
    if pieces:
        found.append(_segment(pieces, right))
    return _with_markers(found)


def _takes_no_room(run: TextRun, following: TextRun) -> bool:
    """Tell whether the next run is drawn over the blank at a run's end."""
    if run.text[-1:] not in _NOT_SEEN or following.x0 - run.x1 > _OVER * run.size or following.x1 <= run.x1:
        return False
    return following.x0 - letters_of(run)[-1].x0 <= _NO_ROOM * run.size


@dataclass(slots=True)
class _Piece:
    """A run of a segment: its text without blanks at its ends, and what stands between it and the one before."""

    run: TextRun
    text: str
    between: str


def _tracking(row: list[TextRun]) -> float:
    """The space between all letters of a row that draws them one by one; 0 where they are not spaced."""
    if len(row) < _FEWEST_LETTERS:
        return 0.0
    letters = [run for run in row if not run.text.isspace()]
    if len(letters) < _FEWEST_LETTERS or 3 * sum(len(run.text) == 1 for run in letters) < 2 * len(letters):
        return 0.0
    return spacing([right.x0 - left.x1 for left, right in pairwise(letters)])


def _start(run: TextRun) -> float:
    """The left edge of a run's letters, behind the spaces before them."""
    return run.x0 + _SPACE * run.size * (len(run.text) - len(run.text.lstrip()))


def _segment(pieces: list[_Piece], right: float) -> RowSegment:
    """A segment of pieces; ``right`` is the right edge of its letters."""
    first = pieces[0].run
    main, bold = first, first.bold
    if len(pieces) > 1:
        # Size and baseline are those of most letters: note marks and initials have others.
        letters: dict[tuple[float, float], int] = {}
        heavy = total = 0
        for piece in pieces:
            run = piece.run
            count = len(run.text)
            letters[run.size, run.y] = letters.get((run.size, run.y), 0) + count
            total += count
            heavy += count if run.bold else 0
        most = max(letters, key=lambda key: (letters[key], key))
        main = next(piece.run for piece in pieces if (piece.run.size, piece.run.y) == most)
        bold = 2 * heavy > total
        if len(letters) > 1:
            _raise(pieces, main)
    # What is raised or lowered makes its line no higher: lines are told apart by where they stand.
    level = [main]
    if len(pieces) > 1:
        runs = [piece.run for piece in pieces]
        level = [run for run in runs if run.size > SMALL * main.size and not is_raised(run, main)] or level
    printed = "".join([piece.between + piece.text for piece in pieces])
    text = _close_up(printed) if _SPACED_OUT.fullmatch(printed) else _fold(printed)
    return RowSegment(
        text=text,
        x0=_start(first),
        x1=right,
        y=main.y,
        top=min([run.y - run.above for run in level]),
        bottom=max([run.y + run.below for run in level]),
        size=main.size,
        bold=bold,
        elements=_elements(pieces) if any(piece.run.ink.element for piece in pieces) else (),
    )


def _fold(text: str) -> str:
    """A text as it is read: white space folded, accents on their letters."""
    text = _UNFOLDED.sub(" ", text)
    return text if text.isascii() else settle_figures(compose(whole_quotes(_INVISIBLE.sub("", text))))


def _elements(pieces: Sequence[_Piece]) -> tuple[tuple[int, int], ...]:
    """The structure elements of the text of pieces."""
    before = ""
    found: list[tuple[int, int]] = []
    for piece in pieces:
        before += piece.between
        if not found or found[-1][1] != piece.run.ink.element:
            found.append((len(_fold(before)), piece.run.ink.element))
        before += piece.text
    return tuple(found)


def _close_up(text: str) -> str:
    """A text in capitals that was typed with a blank behind each letter, without those."""
    least = min(map(len, _SPACES.findall(text)))
    words = [_SPACES.sub("", word) for word in re.split(rf"\s{{{least + 1},}}", text)]
    # Letters in alphabetical order stand for themselves.
    return " ".join(words if any(ord(b) - ord(a) != 1 for a, b in pairwise("".join(words))) else text.split())


def _raise(pieces: list[_Piece], main: TextRun) -> None:
    """Write small print that stands higher than the line as superscripts."""
    for number, piece in enumerate(pieces):
        run = piece.run
        if is_raised(run, main):
            before = pieces[number - 1].text + piece.between if number else ""
            after = pieces[number + 1] if number + 1 < len(pieces) else None
            piece.text = superscript(piece.text, before, after.between + after.text if after else "")


def _with_markers(row: TextRow) -> TextRow:
    """A row whose markers are one segment with the text to their right.

    So are the dots of tables of contents and what stands on either side of them.
    """
    found: TextRow = []
    # From the right, so that several markers in a row join one after the other: ``104.`` ``(a)``.
    for segment in reversed(_with_page_numbers(row)):
        behind = found[-1] if found else None
        if behind and behind.x0 - segment.x1 <= _reach(segment):
            found[-1] = join_segments((segment, behind))
        else:
            found.append(segment)
    found.reverse()
    return found


def _reach(segment: RowSegment) -> float:
    """Points from a marker to its text, at most; 0 for other segments."""
    marker = _MARKER.fullmatch(segment.text)
    if not marker:
        return 0.0
    return (_NUMBER_GAP if marker["closed"] else _BARE_NUMBER_GAP) * segment.size


def _with_page_numbers(row: TextRow) -> TextRow:
    """A row whose dots are one segment with the title and page numbers."""
    found: TextRow = []
    led = False
    for segment in row:
        text = segment.text
        # Few rows have as many dots, and only those are looked at by the pattern.
        leader = (text.count(".") >= _FEWEST_DOTS or "…" in text) and _LEADER.search(text) is not None
        if found and (text[0] in ".…" if leader else led and _PAGE_NUMBERS.fullmatch(text)):
            found[-1] = join_segments((found[-1], segment))
        else:
            found.append(segment)
            led = False
        led = led or leader
    return found


def by_angle(runs: Iterable[TextRun]) -> list[tuple[int, list[TextRun]]]:
    """Runs by direction of writing, in degrees, upright ones first."""
    ordered = sorted(runs, key=lambda run: run.angle)
    return [(angle, list(part)) for angle, part in groupby(ordered, key=lambda run: run.angle)]
