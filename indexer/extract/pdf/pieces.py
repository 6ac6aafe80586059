"""Pieces: an array of strings and steps ─▶ the texts that it shows, cut where a step is wide."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from indexer.extract.pdf.accents import overstrike
from indexer.extract.pdf.content_stream import Strings
from indexer.extract.pdf.fonts import NO_BLANK, Decoded, Face

# Steps are in font sizes.
_WORD_GAP = 0.1  # a wider step inside a string is a space between words
_JUMP = 0.9  # a wider step is another column or a tab
_BACK = -0.5  # a step back as wide begins anew
_OVER = -0.15  # a step back as wide draws an accent over its letter

_NO_ROOM = 0.05  # the widest blank that is none, once the next letter has stepped back
_NOT_SEEN = (" ", "\u00a0", "\u00ad")

_FEWEST_TRACKED = 8
"""Elements of the shortest array whose letters may be spaced: five letters with a step between each two."""

_GAP: Decoded = (" ", 0.0, 1, 0, [(" ", 0.0)])
"""The space between words that only a step makes."""

Drawn = list[tuple[float, Decoded]] | Strings
"""Strings of a piece, each with the place where it begins; or an array, which begins where the piece does."""

Piece = tuple[str, float, float, Drawn]
"""A piece of a string: its text, where it starts and ends along the line, and its strings.

Places are in the text's own coordinates.
"""


class Advance(NamedTuple):
    """Lengths by which text moves along its line, in its own coordinates.

    Attributes:
        em: the width of a letter's 1.
        charspace: what comes after each letter.
        wordspace: what comes after each byte 32.
        step: the unit of the steps of an array.
    """

    em: float
    charspace: float
    wordspace: float
    step: float


def pieces_of(
    array: Strings | Sequence[float | bytes], face: Face, advance: Advance, place: float
) -> tuple[list[Piece], float]:
    """The pieces of an array that begins at a place, and the place behind it."""
    if isinstance(array, Strings):
        return _even_pieces(array, face, advance, place) or _pieces(_alternating(array), face, advance, place)
    return _pieces(array, face, advance, place)


def _even_pieces(array: Strings, face: Face, advance: Advance, place: float) -> tuple[list[Piece], float] | None:
    """The one piece of strings, and the place behind it.

    None where a step is more than a space between words.
    """
    em, charspace, wordspace, step = advance
    known, read = face.strings, face.read
    decoded = [known.get(string) or read(string) for string in array.strings]
    text = "".join([string[0] for string in decoded])
    if NO_BLANK in text:
        return None
    gaps = [-moved * step for moved in array.steps]
    if gaps:
        reach = abs(em)
        if min(gaps) <= _OVER * reach:
            return None
        if max(gaps) > _WORD_GAP * reach:
            return _spaced_piece(array, gaps, decoded, face, advance, place)
    gaps.append(0.0)
    end = place
    for (_, width, count, blanks, _), gap in zip(decoded, gaps, strict=True):
        end += width * em + charspace * count
        end += wordspace * blanks
        end += gap
    return [(text, place, end, array)], end


def places_of(drawn: Drawn, face: Face, advance: Advance, place: float) -> list[tuple[float, Decoded]]:
    """The strings of a piece that begins at a place, each with its own place."""
    if isinstance(drawn, list):
        return drawn
    em, charspace, wordspace, step = advance
    found: list[tuple[float, Decoded]] = []
    for data, moved in zip(drawn.strings, (*drawn.steps, 0.0), strict=True):
        string = face.strings.get(data) or face.read(data)
        found.append((place, string))
        place += string[1] * em + charspace * string[2]
        place += wordspace * string[3]
        place -= moved * step
    return found


def _spaced_piece(
    array: Strings, gaps: list[float], decoded: list[Decoded], face: Face, advance: Advance, place: float
) -> tuple[list[Piece], float] | None:
    """The same of strings with spaces between words; ``gaps`` are their steps as lengths."""
    em, charspace, wordspace, _ = advance
    tracking = _tracking(list(map(len, array.strings)), gaps, face) if 2 * len(gaps) >= _FEWEST_TRACKED else 0.0
    if max(gaps) > _JUMP * abs(em) + tracking:
        return None
    word_gap = _WORD_GAP * abs(em) + tracking
    start = place
    texts: list[str] = []
    drawn: list[tuple[float, Decoded]] = []
    for string, gap in zip(decoded, (*gaps, 0.0), strict=True):
        text, width, count, blanks, _ = string
        texts.append(text)
        drawn.append((place, string))
        place += width * em + charspace * count
        place += wordspace * blanks
        if gap > word_gap:
            texts.append(" ")
            drawn.append((place, _GAP))
        place += gap
    return [("".join(texts), start, place, drawn)], place


def _pieces(seq: Sequence[float | bytes], face: Face, advance: Advance, place: float) -> tuple[list[Piece], float]:
    """The pieces of an array, and the place behind it."""
    em, charspace, wordspace, step = advance
    # A size may be negative.
    reach = abs(em)
    start = place
    behind = place
    gap = 0.0
    under = -math.inf
    texts: list[str] = []
    drawn: list[tuple[float, Decoded]] = []
    pieces: list[Piece] = []
    word_gap, jump = _WORD_GAP * reach, _JUMP * reach
    # Looked for where there is a wide gap at all: most strings have blanks instead.
    may_be_spaced = len(seq) > _FEWEST_TRACKED
    known = face.strings
    for part in seq:
        if isinstance(part, bytes):
            if not part:
                continue
            string = known.get(part) or face.read(part)
            text, width, count, blanks, _ = string
            if NO_BLANK in text:
                # The blank itself takes no room, but spacing between words may make some.
                blank = " " if wordspace > _WORD_GAP * reach else ""
                text = text.replace(NO_BLANK, blank)
                letters = [(letter.replace(NO_BLANK, blank), wide) for letter, wide in face.letters(part)]
                string = (text, width, count, blanks, letters)
            if texts and gap:
                if may_be_spaced and gap > word_gap:
                    may_be_spaced = False
                    tracking = _tracking(*_sizes_and_gaps(seq, step), face)
                    word_gap, jump = word_gap + tracking, jump + tracking
                if gap <= _OVER * reach and (bare := _without_blank(drawn[-1][1], gap, face, advance)):
                    texts[-1], drawn[-1] = texts[-1][:-1], (drawn[-1][0], bare)
                elif gap <= _OVER * reach and (both := overstrike(texts[-1], text)):
                    texts[-1], text, under = "", both, behind  # its last letter may bear the next accent
                elif gap > jump or gap < _BACK * reach:
                    pieces.append(("".join(texts), start, behind, drawn))
                    texts, drawn = [], []
                elif gap > word_gap:
                    texts.append(" ")
                    drawn.append((behind, _GAP))
            if not texts:
                start = place
            gap = 0.0
            texts.append(text)
            drawn.append((place, string))
            place += width * em + charspace * count
            place += wordspace * blanks
            behind = place
            if under > place:  # the letter reaches farther than the accent over it
                gap, behind, under = place - under, under, -math.inf
        elif isinstance(part, (int, float)):
            gap -= part * step
            place -= part * step
    if texts:
        pieces.append(("".join(texts), start, behind, drawn))
    return pieces, place


def _without_blank(string: Decoded, gap: float, face: Face, advance: Advance) -> Decoded | None:
    """A string without the blank at its end, over which the next letter is drawn; None where there is no such blank."""
    text, width, count, blanks, drawn = string
    if text[-1:] not in _NOT_SEEN:
        return None
    letters = face.letters(drawn) if isinstance(drawn, bytes) else drawn
    last, wide = letters[-1]
    room = wide * advance.em + advance.charspace + (advance.wordspace if blanks else 0.0)
    if last != text[-1] or room + gap > _NO_ROOM * abs(advance.em):
        return None
    return text[:-1], width, count, blanks, [*letters[:-1], ("", wide)]


def _tracking(sizes: Sequence[int], gaps: Sequence[float], face: Face) -> float:
    """The space between all letters of an array that shows them one by one; 0 where they are not spaced.

    What is farther apart by as much as words are begins a new word. ``sizes`` are the bytes of its strings, ``gaps``
    lie between them.
    """
    one = 2 if face.multibyte else 1
    return spacing(gaps) if 3 * sizes.count(one) >= 2 * len(sizes) else 0.0


def _sizes_and_gaps(seq: Sequence[float | bytes], step: float) -> tuple[list[int], list[float]]:
    """The bytes of the strings of an array, and the gaps between them."""
    sizes: list[int] = []
    gaps: list[float] = []
    gap = 0.0
    for part in seq:
        if not isinstance(part, bytes):
            gap -= part * step
        elif part:
            if sizes:
                gaps.append(gap)
            sizes.append(len(part))
            gap = 0.0
    return sizes, gaps


def _alternating(array: Strings) -> list[float | bytes]:
    """The strings and steps of an array as they are written."""
    found: list[float | bytes] = [0.0] * (len(array.strings) + len(array.steps))
    found[::2], found[1::2] = array.strings, array.steps
    return found


def spacing(gaps: Sequence[float]) -> float:
    """The gap that letters have at least, given the gaps between neighbours; 0 where letters touch."""
    # Even in a text of short words a quarter of the gaps stand within words.
    return max(0.0, sorted(gaps)[len(gaps) // 4]) if gaps else 0.0
