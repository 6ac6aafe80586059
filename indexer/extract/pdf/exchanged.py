"""Exchanged bytes: signs as a re-distiller tells them ─▶ the signs that its source told.

Ghostscript 10.0 writes the letters of a ligature with the bytes of each exchanged, so that ``fi`` is told as two signs
of Chinese, and adds the last two of three letters up. Of dashes and quotation marks that its source tells as a range it
adds both bytes up: ``27–29`` is told as ``27329``.
"""

from collections import Counter

from pdfminer.pdffont import PDFCIDFont, PDFFont

_FIRST_EXCHANGED = 0x4100
"""The least letter with its bytes exchanged: ``A``."""

_LETTER_F = ord("f")

_SUMS = {chr(0x20 + low): chr(0x2000 + low) for low in (0x13, 0x14, 0x18, 0x19, 0x1C, 0x1D)}
"""Dashes and quotation marks by the sums of their bytes."""

_OTHER_FIGURES = frozenset("012567")
"""Figures that no sum gives: a font that has other drawings for them has others for all."""

_IN_ORDER = 10
"""Letters that stand in Unicode's order in a font, at least, for one out of that order to say something."""

_AS_WIDE = 0.9
"""Share of a figure's width from which a sign is no raised one."""


def exchanged_back(text: str) -> str:
    """The letters of a ligature whose bytes were exchanged; any other text as it is."""
    if len(text) < 2 or any(ord(sign) & 0xFF or ord(sign) < _FIRST_EXCHANGED for sign in text):
        return text
    codes = [ord(sign) >> 8 for sign in text]
    letters = [chr(code) for code in codes]
    if len(codes) == 2 and codes[0] == _LETTER_F and ord("a") <= codes[1] - _LETTER_F <= ord("z"):
        letters[1] = "f" + chr(codes[1] - _LETTER_F)
    whole = "".join(letters)
    return whole if whole.isascii() and whole.isalpha() else text


def summed_signs(font: PDFFont) -> dict[int, str]:
    """Signs of a font by the codes that tell the sums of their bytes.

    Fonts have their letters in Unicode's order. A figure that is told far from its place, while other letters have
    theirs, is none.
    """
    table = getattr(getattr(font, "unicode_map", None), "cid2unichr", None) if isinstance(font, PDFCIDFont) else None
    if not table or not any(text in _SUMS for text in table.values()):
        return {}
    shown = {code: text for code, text in table.items() if len(text) == 1 and text.isascii() and text > " "}
    (shift, count), *_ = Counter(code - ord(text) for code, text in shown.items()).most_common(1) or [(0, 0)]
    astray = {code: text for code, text in shown.items() if code - ord(text) != shift}
    if count < _IN_ORDER or not _OTHER_FIGURES.isdisjoint(astray.values()):
        return {}
    figure = max(
        (font.char_width(code) for code, text in shown.items() if text.isdigit() and code not in astray), default=0
    )
    return {
        code: _SUMS[text]
        for code, text in astray.items()
        if text in _SUMS and (not text.isdigit() or text in "89" or font.char_width(code) >= _AS_WIDE * figure)
    }
