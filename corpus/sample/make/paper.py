"""Sheets of paper, and how they become a PDF. The only module that imports ReportLab.

Coordinates are points from the top left corner of the sheet as a reader sees it, y growing downwards. Nothing is
compressed and no date is written, so that the same sheets give the same bytes wherever they are drawn.
"""

import io
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from .typeset import UNDECODED

WIDTH, HEIGHT = 612.0, 792.0
"""The size of a sheet, in points: letter format."""

_FACES = {
    "Times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "Vera": ("Vera", "VeraBd", "VeraIt"),
}
_SQUARE, _DOT = 0x25AA, 0xB7
_SQUARE_SCALE = 1.6
_UNDECODED_SCALE = 0.9  # the letters of Vera are taller than those beside them


class _SilentFont(TTFont):  # type: ignore[misc]  # ReportLab ships no types
    """A font that does not say which letters its glyphs stand for, as some programs embed them."""

    def addObjects(self, document: Any) -> None:  # noqa: N802 - ReportLab's name
        super().addObjects(document)
        for font in document.idToObject["BasicFonts"].dict.values():
            if self.face.name.decode() in str(getattr(font, "BaseFont", "")):
                del font.ToUnicode


@dataclass(frozen=True, slots=True)
class Run:
    """Words on a line: where they begin, the baseline, and the points added to each space."""

    x: float
    baseline: float
    text: str
    font: str
    size: float
    spread: float = 0.0
    column: bool = False


@dataclass(slots=True)
class Sheet:
    """One page: runs in the order in which they are set, and rules (x0, x1, y). ``scan`` replaces them by an image."""

    runs: list[Run] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    rotated: bool = False
    scan: Path | None = None


def face(family: str, style: int = 0) -> str:
    """The name of a family's font: style 0 upright, 1 bold, 2 italic."""
    return _FACES[family][style]


def width_of(text: str, font: str, size: float) -> float:
    """The width of a text when it is printed, in points."""
    _fonts()
    return sum(float(pdfmetrics.stringWidth(part, name, points)) for part, name, points in _parts(text, font, size))


def write_pdf(sheets: list[Sheet], title: str, subject: str) -> bytes:
    """The bytes of a PDF with these pages."""
    _fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=0)
    canvas.setTitle(title)
    canvas.setSubject(subject)
    for sheet in sheets:
        _draw(canvas, sheet)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Any, sheet: Sheet) -> None:
    canvas.setPageRotation(90 if sheet.rotated else 0)
    if sheet.rotated:
        canvas.transform(0, 1, -1, 0, HEIGHT, 0)
    if sheet.scan:
        canvas.drawImage(ImageReader(io.BytesIO(sheet.scan.read_bytes())), 0, 0, WIDTH, HEIGHT)
        return
    canvas.setLineWidth(0.5)
    for x0, x1, y in sheet.rules:
        canvas.line(x0, HEIGHT - y, x1, HEIGHT - y)
    for run in sorted(sheet.runs, key=lambda run: not run.column):
        _write(canvas, run)


def _write(canvas: Any, run: Run) -> None:
    words = canvas.beginText(run.x, HEIGHT - run.baseline)
    words.setWordSpace(run.spread)
    for part, name, size in _parts(run.text, run.font, run.size):
        words.setFont(name, size)
        words.textOut(part)
    canvas.drawText(words)


def _parts(text: str, font: str, size: float) -> list[tuple[str, str, float]]:
    parts = []
    for silent, group in groupby(text, key=lambda character: ord(character) >= UNDECODED):
        letters = "".join(group)
        if silent:
            parts.append((_decoded(letters), "Silent", size * _UNDECODED_SCALE))
        elif chr(_SQUARE) in letters:
            parts.append((letters, "Vera", size * _SQUARE_SCALE))
        else:
            parts.append((letters, font, size))
    return parts


def _decoded(letters: str) -> str:
    return "".join(chr(ord(letter) - UNDECODED) for letter in letters)


def _fonts() -> None:
    if "Silent" in pdfmetrics.getRegisteredFontNames():
        return
    for name in _FACES["Vera"]:
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    letters = pdfmetrics.getFont("Vera").face.charToGlyph
    letters.setdefault(_SQUARE, letters[_DOT])  # Vera has no small square, but its dot is one
    silent = _SilentFont("Silent", "Vera.ttf", asciiReadable=0)
    silent.face.name = b"Silent"  # ReportLab takes fonts whose faces have one name for one font
    pdfmetrics.registerFont(silent)
