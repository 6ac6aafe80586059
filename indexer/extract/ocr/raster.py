"""Rasterizer process: a page of a PDF ─▶ a picture; the only importer of pypdfium2.

``python -m indexer.extract.ocr.raster FILE PAGE`` writes a grey picture in the form PGM (netpbm, pgm(5)) to the
standard output. A file that breaks it hurts nothing else.
"""

import contextlib
import sys

import pypdfium2

DOTS = 300
"""Dots per inch, for which Tesseract is made."""

_MOST_DOTS = 25_000_000
"""Dots of the whole picture. A sheet of A3 has 17 million; a larger one is drawn coarser."""

_POINTS = 72
"""Points per inch (ISO 32000-1, 8.3.2.3)."""

_MEMORY = 2**31
"""Bytes. A picture of A3 at 600 dots in four colours takes 280 million unpacked, and a page may have several."""


def main() -> None:
    """Draw the page with the number given, counted from 1, on the file given."""
    _, path, number = sys.argv
    _limit_memory()
    page = pypdfium2.PdfDocument(path)[int(number) - 1]
    width, height = page.get_size()
    scale = min(DOTS / _POINTS, (_MOST_DOTS / max(width * height, 1.0)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True)
    # Row by row: PDFium may fill up each with bytes that are no dots (its stride), and so the whole is not copied.
    rows = memoryview(picture.buffer).cast("B")
    out = sys.stdout.buffer
    out.write(b"P5 %d %d 255\n" % (picture.width, picture.height))
    for start in range(0, picture.height * picture.stride, picture.stride):
        out.write(rows[start : start + picture.width])


def _limit_memory() -> None:
    """Limit the memory of this process, where the system can."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # no such limit on this system: the time remains
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
