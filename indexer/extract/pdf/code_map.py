"""Code map: the table in a file that says which bytes of a font's strings are a character (ISO 32000-1, 9.7.5)."""

import re
from collections.abc import Iterator

from pdfminer.cmapdb import CMapBase

_BLOCK = re.compile(rb"begin(codespacerange|cidrange|cidchar)(.*?)end\1", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(\d{1,7})")
_CHAR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*(\d{1,7})")
_VERTICAL = re.compile(rb"/WMode\s+1\b")
_IDENTITY = re.compile(rb"/[\w-]*Identity-[HV]\s+usecmap")

_MOST_BYTES = 4
"""Bytes of the longest code."""


class CodeMap(CMapBase):
    """Map of the codes of a font that lies in its file.

    Unlike pdfminer's maps it gives codes, not numbers of glyphs: the text of a character is told by its code, and its
    width by its glyph.

    Args:
        data: the map as it is written.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(WMode=int(_VERTICAL.search(data) is not None))
        self._spaces: list[tuple[bytes, bytes]] = []
        self._ranges: list[tuple[int, int, int, int]] = []
        for kind, block in _BLOCK.findall(data):
            if kind == b"codespacerange":
                self._spaces += [(low, high) for low, high in _pairs(block) if len(low) == len(high) <= _MOST_BYTES]
            elif kind == b"cidrange":
                for low, high, glyph in _RANGE.findall(block):
                    start, end = _bytes(low), _bytes(high)
                    self._ranges.append((len(start), int.from_bytes(start), int.from_bytes(end), int(glyph)))
            else:
                for one, glyph in _CHAR.findall(block):
                    code = _bytes(one)
                    self._ranges.append((len(code), int.from_bytes(code), int.from_bytes(code), int(glyph)))
        if not self._spaces:
            widths = {width for width, *_ in self._ranges if 0 < width <= _MOST_BYTES} or {2}
            self._spaces = [(bytes(width), b"\xff" * width) for width in sorted(widths)]
        self._identity = _IDENTITY.search(data) is not None or not self._ranges
        self._least = min(len(low) for low, _ in self._spaces)
        self._glyphs: dict[int, int] = {}

    def decode(self, code: bytes) -> Iterator[int]:
        """The codes in a string; bytes that are none count as codes without a meaning."""
        place = 0
        while place < len(code):
            length = next(
                (len(low) for low, high in self._spaces if _within(code[place : place + len(low)], low, high)),
                self._least,
            )
            yield int.from_bytes(code[place : place + length])
            place += length

    def glyph(self, code: int) -> int:
        """The number of the glyph of a code; 0 where it has none."""
        found = self._glyphs.get(code)
        if found is None:
            ranges = (first + code - low for _, low, high, first in self._ranges if low <= code <= high)
            found = self._glyphs[code] = next(ranges, code if self._identity else 0)
        return found


def _pairs(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    return ((_bytes(low), _bytes(high)) for low, high in _PAIR.findall(block))


def _bytes(figures: bytes) -> bytes:
    written = b"".join(figures.split())
    return bytes.fromhex((written + b"0" * (len(written) % 2)).decode("ascii"))


def _within(code: bytes, low: bytes, high: bytes) -> bool:
    """Tell whether each byte of a code lies between those of two others."""
    return len(code) == len(low) and all(a <= b <= c for a, b, c in zip(low, code, high, strict=True))
