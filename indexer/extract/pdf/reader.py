"""A PDF file ─▶ its pages, in this process."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import Matrix

from indexer.extract.pdf.columns import reading_order
from indexer.extract.pdf.document import OpenDocument
from indexer.extract.pdf.files import check_file, printable, unreadable
from indexer.extract.pdf.interpreter import TextInterpreter, TooMuch
from indexer.extract.pdf.lines import RowSegment, by_angle, rows
from indexer.extract.pdf.runs import RunDevice, TextRun
from indexer.model import Box, Caution, Line, Page

_MOST_FONTS = 256  # kept in memory; documents have some ten, and one with a font a page makes them again


def read_pages(path: Path, *, after: int = 0, begun: Callable[[int], None] | None = None) -> Iterator[Page]:
    """The pages of a PDF in order, in this process and without a budget; those up to number ``after`` are stepped over.

    ``begun`` is called with the number of each page before work on it begins. A page that cannot be read comes
    without lines and with a caution that says why.

    Raises:
        PdfError: the file cannot be read or opened, or has no pages.
    """
    check_file(path)
    try:
        with path.open("rb") as stream:
            yield from _pages(OpenDocument(stream, printable(path)), after, begun)
    except OSError as error:
        raise unreadable(path, error) from error


def _pages(document: OpenDocument, after: int, begun: Callable[[int], None] | None) -> Iterator[Page]:
    manager = PDFResourceManager()
    for number, node in enumerate(document.nodes(), start=1):
        if number <= after:
            continue
        if begun:
            begun(number)
        yield _page(document, manager, number, node)
        document.forget()
        if len(manager._cached_fonts) > _MOST_FONTS:
            manager._cached_fonts.clear()


def _page(document: OpenDocument, manager: PDFResourceManager, number: int, node: dict[str, Any] | None) -> Page:
    width, height = 612.0, 792.0
    if node is None:
        return _unreadable(number, width, height, "its description is damaged")
    try:
        page = document.page(node)
        ctm, width, height = _as_shown(page)
        device = RunDevice(manager)
        interpreter = TextInterpreter(manager, device)
        interpreter.paint(page.resources, page.contents, ctm)
        lines = tuple(_lines(device.runs, width, height))
    except MemoryError:
        raise
    except TooMuch as error:
        return _unreadable(number, width, height, str(error))
    except Exception as error:  # noqa: BLE001 - pdfminer raises whatever the damage brings about
        return _unreadable(number, width, height, f"it is damaged ({type(error).__name__})")
    return Page(number, width, height, lines, warnings=tuple(_cautions(number, lines, interpreter.faults)))


def _unreadable(number: int, width: float, height: float, why: str) -> Page:
    return Page(
        number,
        width,
        height,
        (),
        warnings=(Caution("page-unreadable", f"Page {number} cannot be read: {why}.", number),),
    )


def _as_shown(page: PDFPage) -> tuple[Matrix, float, float]:
    """The matrix from the page's own coordinates to those of the page as shown, its width and its height."""
    x0, y0, x1, y1 = _visible(page)
    quarter = round(page.rotate / 90) % 4
    if quarter == 1:
        return (0, 1, 1, 0, -y0, -x0), _rounded(y1 - y0), _rounded(x1 - x0)
    if quarter == 2:
        return (-1, 0, 0, 1, x1, -y0), _rounded(x1 - x0), _rounded(y1 - y0)
    if quarter == 3:
        return (0, -1, -1, 0, y1, x1), _rounded(y1 - y0), _rounded(x1 - x0)
    return (1, 0, 0, -1, -x0, y1), _rounded(x1 - x0), _rounded(y1 - y0)


def _visible(page: PDFPage) -> tuple[float, float, float, float]:
    media, crop = page.mediabox, page.cropbox
    both = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    for box in (both, media):
        if box[2] - box[0] > 1 and box[3] - box[1] > 1:
            return box
    return (0.0, 0.0, 612.0, 792.0)


def _lines(runs: list[TextRun], width: float, height: float) -> Iterator[Line]:
    for angle, part in by_angle(runs):
        for segment in reading_order(rows(part)):
            box = _box(segment, angle)
            if box.x1 > 0 and box.x0 < width and box.bottom > 0 and box.top < height:
                yield Line(segment.text, box, _rounded(segment.size), segment.bold)


def _box(segment: RowSegment, angle: int) -> Box:
    corners = [(x, y) for x in (segment.x0, segment.x1) for y in (segment.top, segment.bottom)]
    if angle:
        cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        corners = [(x * cosine - y * sine, x * sine + y * cosine) for x, y in corners]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return Box(_rounded(min(across)), _rounded(min(down)), _rounded(max(across)), _rounded(max(down)))


def _rounded(value: float) -> float:
    return round(value, 1) + 0.0


def _cautions(number: int, lines: tuple[Line, ...], faults: list[str]) -> Iterator[Caution]:
    for fault in dict.fromkeys(faults):
        yield Caution("page-damaged", f"Page {number} may lack text: {fault}.", number)
    if not lines:
        yield Caution("no-text", f"Page {number} has no text; it may be a scan.", number)
    unmapped = sum(line.text.count("(cid:") for line in lines)
    if unmapped:
        yield Caution(
            "unmapped-glyphs", f"Page {number} has {unmapped} letters whose meaning its fonts do not tell.", number
        )
    broken = sum(line.text.count("\ufffd") for line in lines)
    if broken:
        yield Caution(
            "broken-decoding", f"Page {number} has {broken} letters that stand for nothing that can be read.", number
        )
