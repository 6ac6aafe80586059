"""Margin: signs that stand apart to the left of lines, read again beside the text that they belong to.

Tesseract leaves out numbers that hang in a margin, or reads them wrongly, as it takes them for specks or for a column
of their own. So each is cut out and put close to the first words of its line, and all these beginnings are read as one
picture.
"""

# ARCHITECTURE.md: What hangs in a margin is read beside its text.

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from indexer.extract.ocr.picture import Picture
from indexer.extract.ocr.tesseract import ONE_BLOCK, RecognizedWord, sureness

Reader = Callable[[Picture, str], list[RecognizedWord]]
"""A function that reads a picture by a segmentation."""

# Lengths are in sizes of the letters of a line.
_SAME_LINE = 0.4  # baselines that are one
_APART = 1.0  # the least gap between a sign and its text, and between columns
_REACH = 8.0  # a number and its text are at most as far apart
_WIDEST = 5.0  # the widest sign: a number of several parts
_WITHIN = 0.6  # the widest gap within a sign
_BESIDE = 0.25  # what is nearer to a text is a part of its letters
_ABOVE, _BELOW = 0.85, 0.25  # the reach of letters from their baseline
_LEAST = 0.25  # the least width or height of a sign; smaller ones are specks
_DIGIT = 0.45  # the least height of a digit
_AROUND = 0.5  # what reaches as far above and below a line is a rule or a picture
_BLANK = 0.35  # the gap that makes two words
_SHOWN = 9.0  # the text that is shown beside a sign
_BETWEEN = 1.0  # the space between two lines of the sheet

_LONGEST = 6
"""Letters of the longest sign."""

_LEAST_TEXT = 3
"""Letters and digits of the shortest text beside a sign."""

_LEAST_SURE = 40
"""Confidence in percent from which a sign counts as read."""

_SIGN = re.compile(
    r"[(\[]?(?:[A-Z]{1,2}-?)?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLCivxlc]{1,7}|[A-Za-z])[.)\]°º]{0,2}[-–]?|[-–—•*·▪]"
)
"""A sign that may open an item."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign in the margin of a line, in dots.

    Attributes:
        box: of its ink: left, top, right, bottom.
        text: the words of the line beside it.
        read: the words that were read at its place.
    """

    box: tuple[int, int, int, int]
    text: Sequence[RecognizedWord]
    read: Sequence[RecognizedWord]

    @property
    def size(self) -> float:
        """The size of the letters beside it."""
        return self.text[0].size

    @property
    def baseline(self) -> float:
        """The baseline of its line."""
        return self.text[0].baseline


def add_margin(picture: Picture, words: Sequence[RecognizedWord], read: Reader) -> tuple[list[RecognizedWord], int]:
    """Add the signs in the margin of a page to its words.

    Args:
        picture: the page with level lines.
        words: what was read of it.
        read: reads pictures.

    Returns:
        The words with those signs, and the number of signs that look like numbers and could not be read.
    """
    signs = [sign for line in _lines(words) for sign in _signs(picture, line)]
    if not signs:
        return list(words), 0
    sheet, places = _sheet(picture, signs)
    beginnings = read(sheet, ONE_BLOCK)
    found: list[RecognizedWord] = []
    left_out: set[int] = set()
    unread = 0
    for sign, place in zip(signs, places, strict=True):
        better = _read_of(sign, place, beginnings)
        if better and (not sign.read or _is_better(better, sign.read)):
            found.append(better)
            left_out.update(map(id, sign.read))
        elif not sign.read and sign.box[3] - sign.box[1] >= _DIGIT * sign.size:
            unread += 1
    return [*(word for word in words if id(word) not in left_out), *found], unread


def _lines(words: Sequence[RecognizedWord]) -> list[list[RecognizedWord]]:
    """Words by baseline, from left to right."""
    found: list[list[RecognizedWord]] = []
    for word in sorted(words, key=lambda word: (word.baseline, word.x0)):
        if found and word.baseline - found[-1][0].baseline <= _SAME_LINE * min(word.size, found[-1][0].size):
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(line, key=lambda word: word.x0) for line in found]


def _signs(picture: Picture, line: Sequence[RecognizedWord]) -> list[_Sign]:
    """The signs in the margins of a line; each column may have one."""
    parts: list[list[RecognizedWord]] = []
    for word in line:
        if parts and word.x0 - parts[-1][-1].x1 <= _APART * word.size:
            parts[-1].append(word)
        else:
            parts.append([word])
    found = []
    for number, text in enumerate(parts):
        before = parts[number - 1] if number else None
        if sum(map(str.isalnum, "".join(word.text for word in text))) < _LEAST_TEXT:
            continue
        if before and _may_be_sign(before, text):
            found.append(_Sign(_box(before), text, before))
        elif box := _ink_before(picture, text, before[-1].x1 if before else 0.0):
            found.append(_Sign(box, text, ()))
    return found


def _may_be_sign(words: Sequence[RecognizedWord], text: Sequence[RecognizedWord]) -> bool:
    """Tell whether words left of a text may be a sign that opens it."""
    letters = sum(len(word.text) for word in words)
    return letters <= _LONGEST and text[0].x0 - words[-1].x1 <= _REACH * text[0].size


def _box(words: Sequence[RecognizedWord]) -> tuple[int, int, int, int]:
    return (
        int(words[0].x0),
        int(min(word.top for word in words)),
        int(words[-1].x1),
        int(max(word.bottom for word in words)),
    )


def _ink_before(picture: Picture, text: Sequence[RecognizedWord], limit: float) -> tuple[int, int, int, int] | None:
    """The box of a sign left of a text; None where there is none.

    ``limit`` is where the print before it ends.
    """
    size, baseline = text[0].size, text[0].baseline
    first = int(max(limit + _BESIDE * size if limit else 0, text[0].x0 - (_REACH + _WIDEST) * size, 0))
    last = int(text[0].x0 - _BESIDE * size)
    top, bottom = max(int(baseline - _ABOVE * size), 0), min(int(baseline + _BELOW * size), picture.height)
    if last - first < _LEAST * size or top >= bottom:
        return None
    columns = picture.columns_with_ink(first, top, last, bottom)
    end = columns.rfind(1) + 1
    blank = columns.rfind(bytes(max(1, int(_WITHIN * size))), 0, end)
    start = columns.find(1, max(blank, 0))
    # What begins at the limit goes on behind it.
    if not end or start <= 0 or end - start > _WIDEST * size:
        return None
    around = max(top - int(_AROUND * size), 0), min(bottom + int(_AROUND * size), picture.height)
    tall = picture.rows_with_ink(first + start, around[0], first + end, around[1])
    rows = tall[top - around[0] : bottom - around[0]]
    upper, lower = rows.find(1), rows.rfind(1) + 1
    if (tall[0] and tall[-1]) or max(end - start, lower - upper) < _LEAST * size:
        return None
    return first + start, top + upper, first + end, top + lower


def _sheet(picture: Picture, signs: Sequence[_Sign]) -> tuple[Picture, list[tuple[int, int, int]]]:
    """A picture of signs, each close to its text.

    Beside it are, for each sign, its upper and lower row and the column in which its text begins.
    """
    paper = bytes([picture.paper])
    cuts = []
    for sign in signs:
        size = sign.size
        top, bottom = int(sign.baseline - _BETWEEN * size), int(sign.baseline + _BELOW * 2 * size)
        pad = int(_BLANK * size / 2)
        x0, _, x1, _ = sign.box
        shown = [word.x1 for word in sign.text if word.x1 <= sign.text[0].x0 + _SHOWN * size] or [sign.text[0].x1]
        number = picture.cut(x0 - pad, top, x1 + pad, bottom)
        cuts.append((number, picture.cut(int(sign.text[0].x0) - pad, top, int(shown[-1]) + pad, bottom)))
    left = int(max(sign.size for sign in signs))
    width = 2 * left + max(number.width + text.width for number, text in cuts)
    rows: list[bytes] = []
    places = []
    for sign, (number, text) in zip(signs, cuts, strict=True):
        rows += [paper * width] * int(_BETWEEN * sign.size)
        places.append((len(rows), len(rows) + number.height, left + number.width))
        rest = paper * (width - left - number.width - text.width)
        rows += [paper * left + number.row(row) + text.row(row) + rest for row in range(number.height)]
    rows += [paper * width] * left
    return Picture(width, len(rows), b"".join(rows)), places


def _read_of(sign: _Sign, place: tuple[int, int, int], words: Sequence[RecognizedWord]) -> RecognizedWord | None:
    """A sign as it was read on the sheet; None where it was not."""
    top, bottom, right = place
    own = [word for word in words if top <= (word.top + word.bottom) / 2 <= bottom and word.x0 < right]
    if not own:
        return None
    last = own[-1]
    if last.x1 > right + _BLANK * sign.size:  # read as one with the text
        opening = _SIGN.match(last.text)
        if not opening:
            return None
        own = [*own[:-1], replace(last, text=opening[0])]
    text, sure = "".join(word.text for word in own), sureness(own)
    if sure < _LEAST_SURE or not _SIGN.fullmatch(text):
        return None
    return RecognizedWord(text, *sign.box, sign.baseline, sign.size, sure)


def _is_better(word: RecognizedWord, before: Sequence[RecognizedWord]) -> bool:
    """Tell whether a sign was read better than before."""
    text = "".join(each.text for each in before)
    return not _SIGN.fullmatch(text) or word.text.startswith(text) or word.sure > sureness(before)
