"""A font of pdfminer's ─▶ the text and the width of a string, from tables made once."""

import re

from pdfminer.pdffont import PDFFont, PDFType3Font, PDFUnicodeNotDefined

_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_FORCE_BOLD = 1 << 18


class Face:
    """What lines need of a font: ``read`` for its strings, ``bold``, and the reach of its letters for a size of 1.

    ``scale`` is the height of its letters for a font size of 1, which differs from 1 in fonts made of drawings.
    """

    def __init__(self, font: PDFFont) -> None:
        self._font = font
        self._letters: dict[int, tuple[str, float]] = {}
        self.multibyte = font.is_multibyte()
        self.vertical = font.is_vertical()
        name = str(font.fontname)
        self.bold = bool(_BOLD.search(name) or font.flags & _FORCE_BOLD)
        self.scale = 1.0
        if isinstance(font, PDFType3Font):
            self.scale = abs(font.get_height()) or 1.0
        above, below = font.get_ascent(), -font.get_descent()
        sane = not isinstance(font, PDFType3Font) and 0.5 <= above <= 1.1 and 0.05 <= below <= 0.5
        self.above, self.below = (above, below) if sane else (0.8, 0.2)
        if self.vertical:  # letters hang below their origin and are centred on it
            self.above = self.below = 0.5

    def read(self, data: bytes) -> tuple[str, float, int]:
        """The text of a string, its width for a size of 1, and the number of its characters.

        A character of unknown meaning is written ``(cid:n)``; one that is no character at all becomes U+FFFD.
        """
        letters = self._letters
        codes = self._font.decode(data) if self.multibyte else data
        try:
            found = [letters[code] for code in codes]
        except KeyError:
            found = [letters.get(code) or self._letter(code) for code in self._font.decode(data)]
        return "".join([text for text, _ in found]), sum([width for _, width in found]), len(found)

    def _letter(self, code: int) -> tuple[str, float]:
        try:
            text = self._font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = f"(cid:{code})"
        width = self._font.char_width(code)
        letter = self._letters[code] = (_UNUSABLE.sub("\ufffd", text), abs(width) if self.vertical else width)
        return letter
