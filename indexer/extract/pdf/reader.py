"""Reader of PDFs: a file ─▶ its pages, in this process."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.utils import Matrix

from indexer.extract.pdf.document import OpenDocument, PageNode
from indexer.extract.pdf.doubles import without_doubles
from indexer.extract.pdf.files import check_file, printable, unreadable
from indexer.extract.pdf.fonts import UNKNOWN, Face
from indexer.extract.pdf.interpreter import PageLimitExceeded, TextInterpreter
from indexer.extract.pdf.labels import page_labels
from indexer.extract.pdf.layer import seems_wrong
from indexer.extract.pdf.layers import Layers
from indexer.extract.pdf.margin import line_numbers
from indexer.extract.pdf.overlays import artifacts, overlays, reading_angle, turn_back
from indexer.extract.pdf.page_lines import lines_of, tenth
from indexer.extract.pdf.protocol import UNKNOWN_SIZE
from indexer.extract.pdf.runs import RunDevice, TextRun
from indexer.extract.pdf.structure import StructureTree
from indexer.extract.pdf.visibility import Sight, sight
from indexer.model import Caution, Line, Message, Page, all_of, message

_MOST_FONTS = 256
"""Fonts kept in memory. Documents have some ten, and one with a font a page makes them again."""

_LARGEST_UNIT = 75_000.0
"""Points of the largest unit that is believed (ISO 32000-1, Annex C)."""

_FEW_UNKNOWN = 10
"""Unknown letters of a page that may be bullets and signs, however little else it has."""

_LEAST_SIDE = 1.0
"""Points of the least side of a page that is believed."""


def read_pages(path: Path, *, after: int = 0, begun: Callable[[int], None] | None = None) -> Iterator[Page]:
    """Read the pages of a PDF in order, here and without a budget.

    A page that cannot be read comes without lines and with a caution that says why.

    Args:
        path: the file.
        after: the number of the last page that is stepped over.
        begun: is called with the number of each page before work on it begins.

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
    layers = Layers(document.catalog)
    structure = StructureTree(document.catalog, document.forget)
    faces: dict[int, Face] = {}
    for number, (node, label) in enumerate(zip(document.nodes(), page_labels(document.catalog), strict=False), start=1):
        if number <= after:
            continue
        if begun:
            begun(number)
        page = _page(document, RunDevice(manager, faces), layers, structure, number, node)
        if number == 1 and document.has_wrong_table:
            page = replace(page, warnings=(Caution(message("objects-searched"), number), *page.warnings))
        if number == 1 and structure.is_too_large:
            unread = Caution(message("tags-not-believed", message("tags-too-many")))
            page = replace(page, warnings=(*page.warnings, unread))
        yield replace(page, label=label)
        # pdfminer itself keeps all that it has parsed and each font that it has made.
        document.forget()
        if len(manager._cached_fonts) > _MOST_FONTS or len(faces) > _MOST_FONTS:
            manager._cached_fonts.clear()
            faces.clear()


def _page(
    document: OpenDocument, device: RunDevice, layers: Layers, structure: StructureTree, number: int, node: PageNode
) -> Page:
    """A page of a document, with lines as far as it can be read."""
    width, height = UNKNOWN_SIZE
    if node.entries is None:
        return _unreadable_page(number, width, height, message("description-damaged"))
    try:
        page = document.page(node.entries)
        ctm, width, height = _page_transform(page)
        interpreter = TextInterpreter(device.rsrcmgr, device, layers, structure)
        interpreter.paint(page.resources, page.contents, ctm, node.number)
        typed = interpreter.paint_annotations(page.annots, ctm)
        seen = sight(device.runs, interpreter.areas, width, height)
        runs = without_doubles(seen.runs)
        turn = reading_angle(runs)
        if turn:
            runs = turn_back(runs, turn, width, height)
            width, height = (width, height) if turn == 180 else (height, width)
        over = overlays(runs)
        aside = [*line_numbers(runs), *over, *artifacts(runs, width, height)]
        # By identity: a number of the text may look like one of a line.
        known = {id(run) for run in aside}
        lines = tuple(lines_of([run for run in runs if id(run) not in known], width, height))
        set_aside = tuple(lines_of(aside, width, height))
        unknown = sum(line.text.count(UNKNOWN) for line in lines)
        if unknown > max(_FEW_UNKNOWN, sum(sum(map(str.isalnum, line.text)) for line in lines)):
            lines = ()  # what is told is no text, and left to OCR
    except MemoryError:  # the budget's, which the worker tells of
        raise
    except PageLimitExceeded as error:
        return _unreadable_page(number, width, height, error.why)
    except Exception as error:  # noqa: BLE001 - pdfminer raises whatever the damage brings about
        return _unreadable_page(number, width, height, message("damaged-page", type(error).__name__))
    cautions = tuple(_cautions(number, lines, interpreter, seen, typed, over, unknown))
    elements = structure.elements({element for line in lines for _, element in line.elements})
    return Page(number, width, height, lines, set_aside, cautions, turn, structure=elements)


def _unreadable_page(number: int, width: float, height: float, why: Message) -> Page:
    return Page(
        number,
        width,
        height,
        (),
        warnings=(Caution(message("page-unreadable", number, why), number),),
    )


def _page_transform(page: PDFPage) -> tuple[Matrix, float, float]:
    """The matrix of a page, its width and its height as shown.

    The matrix leads from the page's own coordinates, which go upwards from anywhere, to those of the page as shown,
    which go downwards from its upper left corner, in points.
    """
    unit = _user_unit(page)
    x0, y0, x1, y1 = (unit * side for side in _visible_box(page))
    # Pages are turned clockwise by quarters (ISO 32000-1, 7.7.3.3). Any other angle is taken for the nearest.
    quarter = round(page.rotate / 90) % 4
    if quarter == 1:
        return (0, unit, unit, 0, -y0, -x0), tenth(y1 - y0), tenth(x1 - x0)
    if quarter == 2:
        return (-unit, 0, 0, unit, x1, -y0), tenth(x1 - x0), tenth(y1 - y0)
    if quarter == 3:
        return (0, -unit, -unit, 0, y1, x1), tenth(y1 - y0), tenth(x1 - x0)
    return (unit, 0, 0, -unit, -x0, y1), tenth(x1 - x0), tenth(y1 - y0)


def _user_unit(page: PDFPage) -> float:
    """Points for a unit of the page's own coordinates (ISO 32000-1, 7.7.3.3)."""
    unit = resolve1(page.attrs.get("UserUnit"))
    return float(unit) if isinstance(unit, (int, float)) and 0 < unit <= _LARGEST_UNIT else 1.0


def _visible_box(page: PDFPage) -> tuple[float, float, float, float]:
    """The crop box within the media box, or else the media box."""
    media, crop = page.mediabox, page.cropbox
    both = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    for box in (both, media):
        if box[2] - box[0] > _LEAST_SIDE and box[3] - box[1] > _LEAST_SIDE:
            return box
    return (0.0, 0.0, *UNKNOWN_SIZE)


def _cautions(
    number: int,
    lines: tuple[Line, ...],
    interpreter: TextInterpreter,
    seen: Sight,
    typed: int,
    over: list[TextRun],
    unknown: int,
) -> Iterator[Caution]:
    """Cautions about a page that was read: what is damaged, missing, hidden or unreadable in it."""
    for fault in dict.fromkeys(interpreter.faults):
        yield Caution(message("page-damaged", number, fault), number)
    if not lines:
        yield Caution(message("no-text", number, _state_without_text(seen, interpreter, unknown)), number)
    elif seen.scanned:
        yield Caution(message("no-text", number, message("picture-with-little-text")), number)
    hidden = [message("hidden-letters", count, why) for why, count in seen.hidden.items() if count]
    if hidden:
        yield Caution(message("hidden-text", number, all_of(hidden)), number)
    if seen.covered:
        yield Caution(message("covered-text", str(number), seen.covered), number)
    if typed:
        yield Caution(message("form-fields", str(number), typed), number)
    marks = sum(sum(map(str.isalnum, run.text)) for run in over)
    if marks:
        yield Caution(message("overlay-text", str(number), marks), number)
    if seen.layered:
        yield Caution(message("ocr-by-others", number), number)
        if seems_wrong(lines):
            yield Caution(message("layer-seems-wrong", number), number)
    if unknown:
        yield Caution(message("unmapped-glyphs", str(number), unknown), number)


def _state_without_text(seen: Sight, interpreter: TextInterpreter, unknown: int) -> Message:
    """The state of a page that gives no text."""
    if unknown:
        return message("letters-unknown")
    if seen.pictures:
        return message("maybe-scan")
    return message("drawn-only") if interpreter.painted else message("maybe-blank")
