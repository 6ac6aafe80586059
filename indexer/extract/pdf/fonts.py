"""Fonts: a string's codes ─▶ its text and its width, from tables made once."""

import re
from codecs import charmap_decode
from collections.abc import Mapping, Sequence

from pdfminer.cmapdb import FileUnicodeMap
from pdfminer.pdffont import PDFFont, PDFType1Font, PDFType3Font, PDFUnicodeNotDefined
from pdfminer.pdftypes import list_value, num_value

from indexer.extract.pdf.accents import COMBINING
from indexer.extract.pdf.code_map import CodeMap
from indexer.extract.pdf.exchanged import exchanged_back, summed_signs
from indexer.extract.pdf.figures import small_figures
from indexer.extract.pdf.signs import is_told, sign, signs_of

UNKNOWN = "\u25af"
"""The sign for a letter whose meaning a file does not tell: it is part of no word."""

# Replacement signs, control characters and halves of surrogate pairs: no reader sees them, UTF-8 holds no halves.
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
"""The flag ForceBold of a font descriptor (ISO 32000-1, 9.8.2)."""

_BLANK = 0x20

_BULLETS = frozenset((0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D))
"""The codes that mean nothing in WinAnsiEncoding, for which viewers draw a bullet (ISO 32000-1, D.2, note 3)."""

_HYPHEN_OF_WINDOWS = 0xAD
"""The code of the second hyphen in WinAnsiEncoding (ISO 32000-1, D.2, note 6)."""

_ABOVE, _BELOW = 0.8, 0.2
"""Reach of letters above and below the baseline where a font tells none, for a size of 1."""

_SANE_ABOVE, _SANE_BELOW = (0.5, 1.1), (0.05, 0.5)
"""Least and greatest reach that is believed: a font without a descriptor has 0."""


NO_BLANK = "\u200b"
"""What a blank without width is read as: it separates nothing by itself."""

_BLANKS = frozenset(" \u00a0\u2009\u200a\u202f")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_SOFT_HYPHEN = "\u00ad"

Letters = list[tuple[str, float]]
"""Characters of a string, each with its text and its width for a size of 1."""

Decoded = tuple[str, float, int, int, bytes | Letters]
"""A string: its text, its width for a size of 1, its numbers of characters and of bytes 32, and its letters.

These are the string itself, of which ``Face.letters`` tells them, where they differ from those in nothing.
"""

_NOTHING = "\ufffe"
"""The mark of a code without a letter in a table that ``charmap_decode`` reads."""

_MOST_STRINGS = 20_000
"""Strings of a font that are remembered; justified text is drawn in pieces of a few letters, which recur."""


def widths_of_file(font: PDFFont, description: Mapping[str, object]) -> None:
    """Give a font the widths that the file tells of it.

    pdfminer takes those that it knows by its name, and finds them by letters. A standard font may be set in other
    codes, and its ligatures told as several letters: none is found then.
    """
    by_letters = isinstance(next(iter(font.widths), None), str)
    if by_letters and isinstance(font, PDFType1Font) and "Widths" in description:
        first = num_value(description.get("FirstChar", 0))
        told: dict[int | str, float] = {
            int(first) + place: num_value(width) for place, width in enumerate(list_value(description["Widths"]))
        }
        font.widths = {**font.widths, **told}


class Face:
    """The decoder of a font's strings, with the measures of its letters.

    Attributes:
        multibyte: its codes may be longer than a byte.
        vertical: it is written from top to bottom.
        drawn: its letters are drawings, which may have colours of their own.
        bold: its name or its flags say so.
        scale: the height of its letters for a font size of 1, which differs from 1 in fonts made of drawings.
        above, below: the reach of its letters from the baseline, for a size of 1.
        strings: those that were read lately, as ``read`` gives them.
    """

    def __init__(self, font: PDFFont) -> None:
        self._font = font
        self._texts: dict[int, str] = {}
        self._widths: dict[int, float] = {}
        self.strings: dict[bytes, Decoded] = {}
        self.multibyte = font.is_multibyte()
        # The letters of a simple font by its codes, as long as each is one character.
        self._table = "" if self.multibyte else _NOTHING * 256
        codes = getattr(font, "cmap", None)
        self._codes = codes if isinstance(codes, CodeMap) else None
        self._told = isinstance(getattr(font, "unicode_map", None), FileUnicodeMap)
        self.vertical = font.is_vertical()
        name = str(font.fontname)
        self.bold = bool(_BOLD.search(name) or font.flags & _FORCE_BOLD)
        self._signs = signs_of(str(getattr(font, "basefont", name)))
        self._summed = summed_signs(font)
        self._small = {code: text for code, text in small_figures(font).items() if code not in self._summed}
        self.scale = 1.0
        self.drawn = isinstance(font, PDFType3Font)
        if isinstance(font, PDFType3Font):
            self.scale = abs(font.get_height()) or 1.0
        above, below = font.get_ascent(), -font.get_descent()
        sane = (
            not isinstance(font, PDFType3Font)  # whose numbers are in a unit of their own
            and _SANE_ABOVE[0] <= above <= _SANE_ABOVE[1]
            and _SANE_BELOW[0] <= below <= _SANE_BELOW[1]
        )
        self.above, self.below = (above, below) if sane else (_ABOVE, _BELOW)
        if self.vertical:  # letters hang below their origin and are centred on it
            self.above = self.below = 0.5

    def read(self, data: bytes) -> Decoded:
        """Decode a string.

        For a character of unknown meaning, or one that is no character at all, ``UNKNOWN`` stands.
        """
        codes = self._decode(data)
        text_of, width_of = self._texts.__getitem__, self._widths.__getitem__
        # After a page or so all letters of a font are known, and an exception costs nothing where none is raised.
        try:
            text = charmap_decode(data, "strict", self._table)[0] if self._table else "".join(map(text_of, codes))
            width = sum(map(width_of, codes))
        except (KeyError, UnicodeDecodeError):
            for code in codes:
                if code not in self._widths:
                    self._learn(code)
            text, width = "".join(map(text_of, codes)), sum(map(width_of, codes))
        decoded = text, width, len(codes), data.count(b" "), data
        if len(self.strings) < _MOST_STRINGS:
            self.strings[data] = decoded
        return decoded

    def letters(self, data: bytes) -> Letters:
        """The letters of a string."""
        return [(self._texts[code], self._widths[code]) for code in self._decode(data)]

    def _decode(self, data: bytes) -> Sequence[int]:
        """The codes of a string: those of a simple font are its bytes."""
        return tuple(self._font.decode(data)) if self.multibyte else data

    def _learn(self, code: int) -> None:
        """Put the text and the width of a character into the tables."""
        glyph = self._codes.glyph(code) if self._codes else code
        try:
            # A table in the file tells texts by codes, those of pdfminer by glyphs.
            text = self._font.to_unichr(code if self._told else glyph)
        except PDFUnicodeNotDefined:
            text = UNKNOWN
        text = self._summed.get(code) or (exchanged_back(text) if len(text) > 1 else text)
        unknown = _UNUSABLE.sub(UNKNOWN, text) == UNKNOWN
        if self._signs is not None and not self.multibyte and (unknown or not is_told(text, self._signs)):
            text = self._signs.get(code, text)
        elif self._signs is not None:
            told = self.multibyte or getattr(self._font, "unicode_map", None) is not None
            text = sign(text, None if told else code, self._signs)
        text = self._small.get(code) or _UNUSABLE.sub(UNKNOWN, text)
        width = self._font.char_width(glyph)
        if text == UNKNOWN and code == _BLANK and not self.multibyte:
            text = " "  # drawn or not, nothing else has this code in practice
        elif text == UNKNOWN and code in _BULLETS and not self.multibyte and not self.drawn:
            text = "•"
        elif text == " " and code == _HYPHEN_OF_WINDOWS and not self.multibyte:
            text = _SOFT_HYPHEN  # pdfminer reads a blank
        elif text in _INVISIBLE:
            text = ""
        elif len(text) == 2 and text[0] == " " and text[1] in COMBINING:  # an accent by itself, as Unicode spells it
            text = text[1]
        # Only where the font says so: a width that it does not tell is 0 as well.
        if self._font.widths.get(code) == 0 and (text in _BLANKS or text == _SOFT_HYPHEN):
            text = NO_BLANK if text in _BLANKS else ""
        # Displacements of vertical writing are negative; ``read`` gives lengths.
        self._texts[code], self._widths[code] = text, abs(width) if self.vertical else width
        if self._table:
            single = len(text) == 1 and text != _NOTHING
            self._table = self._table[:code] + text + self._table[code + 1 :] if single else ""
