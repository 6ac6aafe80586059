"""Accents: those drawn apart from their letters ─▶ accented letters.

Old fonts have no accented letters. What sets type in them draws the accent, steps back, and draws the letter over or
under it, or the other way about; the two are one letter to whoever reads the page.
"""

import re
import unicodedata

COMBINING = {
    "`": "\u0300",
    "\u02cb": "\u0300",
    "\u00b4": "\u0301",
    "\u02ca": "\u0301",
    "^": "\u0302",
    "\u02c6": "\u0302",
    "~": "\u0303",
    "\u02dc": "\u0303",
    "\u00af": "\u0304",
    "\u02c9": "\u0304",
    "\u02d8": "\u0306",
    "\u02d9": "\u0307",
    "\u00a8": "\u0308",
    "\u02da": "\u030a",
    "\u02dd": "\u030b",
    "\u02c7": "\u030c",
    "\u00b8": "\u0327",
    "\u02db": "\u0328",
    **{chr(point): chr(point) for point in range(0x300, 0x370)},
}
"""The combining form of each accent that stands by itself."""

_WITH_DOT = {"\u0131": "i", "\u0237": "j"}
"""The letters that the dotless ones are below an accent."""

_DECOMPOSED = re.compile("[^\\W\\d_][\u0300-\u036f]+")


def compose(text: str) -> str:
    """Compose the combining marks of a text with their letters: where there is such a letter."""
    return _DECOMPOSED.sub(_as_one, text)


def _as_one(match: re.Match[str]) -> str:
    composed = unicodedata.normalize("NFC", match[0])
    return composed if len(composed) == 1 else match[0]


def add_accent(letter: str, accent: str) -> str | None:
    """A letter with an accent; None where the two make none."""
    mark = COMBINING.get(accent)
    if mark is None:
        return None
    composed = unicodedata.normalize("NFC", _WITH_DOT.get(letter, letter) + mark)
    return composed if len(composed) == 1 and letter.isalpha() else None


def overstrike(left: str, right: str) -> str | None:
    """Join two texts that are drawn over each other; None where no accent is involved."""
    if not left or not right:
        return None
    if both := add_accent(right[0], left[-1]):
        return left[:-1] + both + right[1:]
    if both := add_accent(left[-1], right[0]):
        return left[:-1] + both + right[1:]
    return None
