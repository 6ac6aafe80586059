"""Rasterizer process: a page of a PDF ─▶ a picture; the only importer of pypdfium2.

``python -m indexer.extract.ocr.raster FILE PAGE [small]`` writes a grey picture in the form PGM (netpbm, pgm(5)) to the
standard output, drawn so that its lines are level. Its comment says by how many degrees it was turned: quarters
counterclockwise, and the skew clockwise that is left then. A small one is coarse, and of the page as it is shown. A
file that breaks it hurts nothing else.
"""

import contextlib
import ctypes
import math
import sys
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.extract.ocr import skew
from indexer.extract.ocr.picture import Picture

DOTS = 300
"""Dots per inch, for which Tesseract is made."""

_MOST_DOTS = 25_000_000
"""Dots of the whole picture. A sheet of A3 has 17 million; a larger one is drawn coarser."""

_POINTS = 72
"""Points per inch (ISO 32000-1, 8.3.2.3)."""

_MEMORY = 2**31
"""Bytes. A picture of A3 at 600 dots in four colours takes 280 million unpacked, and a page may have several."""

_WHITE = (255, 255, 255, 255)


def main() -> None:
    """Draw the page with the number given, counted from 1, on the file given."""
    _, path, number, *small = sys.argv
    _limit_memory()
    page = pypdfium2.PdfDocument(path)[int(number) - 1]
    width, height = page.get_size()
    most = (_MOST_DOTS / max(width * height, 1.0)) ** 0.5
    coarse = _draw(page, min(skew.DOTS / _POINTS, most), 0, 0.0)
    if small:
        sys.stdout.buffer.write(coarse.to_pgm())
        return
    lie = skew.measure(coarse)
    turn = 90 if lie.sideways else 0
    sys.stdout.buffer.write(_draw(page, min(DOTS / _POINTS, most), turn, lie.skew).to_pgm())


def _draw(page: Any, scale: float, turn: int, askew: float) -> Picture:
    """Draw a page, turned about its middle by an angle counterclockwise and by its skew.

    ``scale`` is dots for a point.
    """
    across, down = (side * scale for side in page.get_size())
    width, height = math.ceil(down if turn else across), math.ceil(across if turn else down)
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_Gray)
    bitmap.fill_rect(_WHITE, 0, 0, width, height)
    angle = math.radians(-turn - askew)
    cosine, sine = scale * math.cos(angle), scale * math.sin(angle)
    # From the middle of the page to the middle of the picture.
    x, y = across / scale / 2, down / scale / 2
    matrix = pdfium.FS_MATRIX(
        a=cosine,
        b=sine,
        c=-sine,
        d=cosine,
        e=(down if turn else across) / 2 - cosine * x + sine * y,
        f=(across if turn else down) / 2 - sine * x - cosine * y,
    )
    clip = pdfium.FS_RECTF(0, 0, width, height)
    flags = pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE
    pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, page, ctypes.byref(matrix), ctypes.byref(clip), flags)
    # Row by row: PDFium may fill up each with bytes that are no dots (its stride).
    rows = memoryview(bitmap.buffer).cast("B")
    starts = range(0, height * bitmap.stride, bitmap.stride)
    dots = b"".join(rows[start : start + width] for start in starts)
    return Picture(width, height, dots, f"{turn} {askew:g}")


def _limit_memory() -> None:
    """Limit the memory of this process, where the system can."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # no such limit on this system: the time remains
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
