"""Pages of a PDF: lines with boxes, as they were extracted."""

import math
from dataclasses import dataclass

from indexer.model.messages import Message


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    def turn(self, angle: int, width: float, height: float) -> "Box":
        """The box on its page turned counterclockwise by quarters.

        ``angle`` is in degrees; ``width`` and ``height`` are those of the page before.
        """
        if angle == 90:
            return Box(self.top, width - self.x1, self.bottom, width - self.x0)
        if angle == 180:
            return Box(width - self.x1, height - self.bottom, width - self.x0, height - self.top)
        if angle == 270:
            return Box(height - self.bottom, self.x0, height - self.top, self.x1)
        return self


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element of a tagged PDF: a block of text, and what the file says it is.

    Attributes:
        number: tells it from the others of the document, and where in the file's own order it stands, from 1.
        role: its standard role (``P``, ``LI``, ``H2``; ISO 32000-1, 14.8.4); empty where it has none.
        within: the number of the block around it; 0 for none.
    """

    number: int
    role: str
    within: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as printed. ``size`` is the height of its letters in points, ``bold`` whether most of them are.

    ``confidence`` is how sure OCR was of it, in percent; None where the PDF itself says what the letters are.
    ``elements`` are the structure elements that its parts stand in: the character at which each part begins, and the
    element's number, 0 for none. It is empty where the file says nothing of the line.
    """

    text: str
    box: Box
    # Segmentation tells headings by size and weight; the font's name says less, as producers rename fonts.
    size: float
    bold: bool = False
    confidence: int | None = None
    elements: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Caution:
    """A note on a page or document, for readers of the ledger."""

    message: Message
    page: int | None = None

    @property
    def code(self) -> str:
        """The code of its message."""
        return self.message.code


UNFOUND = "not-found-by-words"
"""The code of the caution on a document of which the search does not find an item by its own words."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its lines in reading order, and those set aside (running headers, page marks), which are not its text.

    A page whose text lies on its side is turned by ``turn`` degrees counterclockwise for reading: all lengths are of
    the page so turned. ``label`` is what the file calls the page (``iii``, ``A-2``); empty where it says nothing.
    ``structure`` holds the elements that its lines stand in, and those around them, in the file's own order.
    ``skew`` is the degrees by which the lines of a picture fall to the right on the page so turned; all lengths are of
    the page with level lines, turned about its middle.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    set_aside: tuple[Line, ...] = ()
    warnings: tuple[Caution, ...] = ()
    turn: int = 0
    label: str = ""
    structure: tuple[Element, ...] = ()
    skew: float = 0.0

    def as_shown(self, box: Box) -> Box:
        """The box on the page as shown of one on the page as read."""
        if self.skew:
            angle = math.radians(self.skew)
            x, y = self.width / 2, self.height / 2
            corners = ((side, end) for side in (box.x0, box.x1) for end in (box.top, box.bottom))
            moved = [_rotate(side - x, end - y, angle) for side, end in corners]
            sides, ends = [x + across for across, _ in moved], [y + down for _, down in moved]
            box = Box(round(min(sides), 1), round(min(ends), 1), round(max(sides), 1), round(max(ends), 1))
        return box.turn(-self.turn % 360, self.width, self.height)

    def as_read(self, box: Box) -> Box:
        """The box on the page as read of one on the page as shown.

        It is moved with its middle, and level.
        """
        width, height = (self.height, self.width) if self.turn % 180 else (self.width, self.height)
        box = box.turn(self.turn, width, height)
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        across, down = _rotate(x - self.width / 2, y - self.height / 2, math.radians(-self.skew))
        right, lower = self.width / 2 + across - x, self.height / 2 + down - y
        return Box(box.x0 + right, box.top + lower, box.x1 + right, box.bottom + lower)


def _rotate(x: float, y: float, angle: float) -> tuple[float, float]:
    """A point turned clockwise about the origin, by radians; ``y`` goes downwards."""
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)


def page_place(number: int, label: str) -> str:
    """The place of a page in words, for the terminal: ``page 5``, ``page iii (5)``."""
    return f"page {page_number(number, label)}"


def page_number(number: int, label: str) -> str:
    """The number of a page, behind its label in the file where that differs: ``iii (5)``."""
    return f"{label} ({number})" if label else str(number)


@dataclass(frozen=True, slots=True)
class Extraction:
    """Pages read from one PDF file.

    ``failure`` says why nothing or not everything could be read; ``pages`` then holds what could be.
    ``sha256`` is None where not even the bytes could be read.
    """

    file: str
    sha256: str | None
    pages: tuple[Page, ...]
    failure: Message | None = None
