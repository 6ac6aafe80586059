"""Text layers of scans by somebody else's OCR, compared with the pictures below them."""

# ARCHITECTURE.md: A layer by others is compared before the picture is read.

from collections.abc import Sequence

from indexer.extract.ocr.picture import Picture
from indexer.extract.ocr.tesseract import RecognizedWord
from indexer.model import Page

_OUTSIDE = 0.2
"""Share of the ink of a page outside of the lines of its layer from which the layer may lack some."""

_AROUND = 2.0
"""Points around a line that are taken for its own: layers are laid roughly."""

_EDGE = 0.03
"""Share of the width and height at each edge where scanners leave shadows."""

_LEAST_INK = 200
"""Dots of ink that a line has at least."""

_FEWER = 0.8
"""Share of the words of a reading below which a layer lacks too many."""

_LEAST_SURE = 60
"""Confidence in percent from which a word of a reading counts."""


def may_lack_words(page: Page, picture: Picture) -> bool:
    """Tell whether a page has much ink where its layer has no line.

    ``picture`` is that of the page as it is shown.
    """
    ink = bytearray(picture.ink)
    width, height = picture.width, picture.height
    across, down = round(_EDGE * width), round(_EDGE * height)
    blank = bytes(width)
    for row in range(height):
        start = row * width
        if row < down or row >= height - down:
            ink[start : start + width] = blank
        else:
            ink[start : start + across] = ink[start + width - across : start + width] = bytes(across)
    whole = ink.count(1)
    scale = width / (page.height if page.turn % 180 else page.width)
    for line in (*page.lines, *page.set_aside):
        box = page.as_shown(line.box)
        left, right = (min(max(round(side * scale), 0), width) for side in (box.x0 - _AROUND, box.x1 + _AROUND))
        upper, lower = (round(end * scale) for end in (box.top - _AROUND, box.bottom + _AROUND))
        for row in range(max(upper, 0), min(lower, height)):
            ink[row * width + left : row * width + right] = bytes(max(right - left, 0))
    return whole >= _LEAST_INK and ink.count(1) > _OUTSIDE * whole


def has_far_fewer_words(page: Page, words: Sequence[RecognizedWord]) -> bool:
    """Tell whether a layer has far fewer words than a reading of its page."""
    layer = [word for line in (*page.lines, *page.set_aside) for word in line.text.split()]
    return _count(layer) < _FEWER * _count([word.text for word in words if word.sure >= _LEAST_SURE])


def _count(words: Sequence[str]) -> int:
    """The number of words with two letters or digits."""
    return sum(sum(map(str.isalnum, word)) > 1 for word in words)
