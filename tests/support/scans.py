"""Scans made in the tests: pages drawn as pictures, askew and with noise as a scanner makes them."""

import random
import shutil
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.conftest import OPTIONAL

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason=OPTIONAL + "Tesseract is not installed")


def hanging_list(
    path: Path, items: Sequence[str], *, indent: float = 18, first: int = 1, title: str = "RECOMMENDATIONS"
) -> None:
    """A page of numbered items, whose numbers hang some points left of their text."""
    canvas = Canvas(str(path), pagesize=(612, 792), invariant=1)
    canvas.setFont("Times-Roman", 12)
    canvas.drawCentredString(306, 740, title)
    canvas.setFont("Times-Roman", 10)
    y = 700.0
    for number, item in enumerate(items, first):
        canvas.drawString(72, y, f"{number}.")
        for line in _lines_of(item, 468 - indent):
            canvas.drawString(72 + indent, y, line)
            y -= 13
        y -= 7
    canvas.save()


def _lines_of(text: str, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        if stringWidth(f"{lines[-1]} {word}", "Times-Roman", 10) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def picture_of(path: Path, page: int = 0, *, dots: int = 300, turned: float = 0.0, noise: float = 0.0) -> Image.Image:
    """A page as a grey picture.

    Args:
        path: its file.
        page: its index.
        dots: per inch.
        turned: degrees counterclockwise.
        noise: greys by which dots differ from what is printed, as a standard deviation.
    """
    drawn = pypdfium2.PdfDocument(path)[page].render(scale=dots / 72, grayscale=True)
    picture: Image.Image = drawn.to_pil().convert("L")
    if noise:
        dust = random.Random(1)
        grain = bytes(min(255, max(0, round(dust.gauss(128, noise)))) for _ in range(65536))
        tile = Image.frombytes("L", (256, 256), grain)
        speckled = Image.new("L", picture.size, 128)
        for x in range(0, picture.width, 256):
            for y in range(0, picture.height, 256):
                speckled.paste(tile, (x, y))
        picture = Image.blend(picture, speckled, 0.3)
    return picture.rotate(turned, resample=Image.Resampling.BICUBIC, expand=turned % 90 == 0, fillcolor=_paper(picture))


def _paper(picture: Image.Image) -> int:
    histogram = picture.histogram()
    return max(range(len(histogram)), key=histogram.__getitem__)


def write_scan(path: Path, *pictures: Image.Image, over: str = "", layer: Sequence[str] = ()) -> None:
    """A PDF of pages that are pictures.

    ``over`` is text of the last one, in its lower margin. ``layer`` are lines without ink, as OCR lays them over it.
    """
    canvas = Canvas(str(path), invariant=1)
    for picture in pictures:
        # As large as a sheet whose longer side has eleven inches.
        scale = 792 / max(picture.size)
        width, height = (side * scale for side in picture.size)
        canvas.setPageSize((width, height))
        packed = BytesIO()
        picture.save(packed, "JPEG", quality=85)
        canvas.drawImage(ImageReader(packed), 0, 0, width, height)
        if over and picture is pictures[-1]:
            canvas.drawString(300, 30, over)
        for number, line in enumerate(layer):
            text = canvas.beginText(72, 700 - 13 * number)
            text.setTextRenderMode(3)
            text.textOut(line)
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
