"""Bullets: round dots before a text, which Tesseract takes for letters and signs that it knows."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.extract.ocr.picture import Picture
from indexer.extract.ocr.tesseract import RecognizedWord

BULLET = "•"

_TAKEN_FOR = frozenset("¢©®°º*«»+eoOcQ@0.·")
"""Signs that a round dot was read as; no text begins with any of them by itself."""

_ROUND = 0.25
"""Share of its height by which the width of a round dot may differ."""

_FILLED = 0.68
"""Share of its box that a dot fills: a circle fills 0.79 of it, letters with holes half."""

_HEIGHT = (0.15, 0.6)
"""Heights of bullets, in sizes of the letters of their line."""


def with_bullets(picture: Picture, words: Sequence[RecognizedWord]) -> list[RecognizedWord]:
    """Words of a picture, those that are round dots written as bullets."""
    return [replace(word, text=BULLET) if _is_bullet(picture, word) else word for word in words]


def _is_bullet(picture: Picture, word: RecognizedWord) -> bool:
    width, height = word.x1 - word.x0, word.bottom - word.top
    least, most = _HEIGHT
    if word.text not in _TAKEN_FOR or not least * word.size <= height <= most * word.size:
        return False
    if abs(width - height) > _ROUND * height:
        return False
    part = picture.cut(int(word.x0), int(word.top), int(word.x1), int(word.bottom))
    dark = sum(part.dots.count(grey) for grey in range(picture.threshold))
    return dark >= _FILLED * len(part.dots)
