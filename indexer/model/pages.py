"""Pages of a PDF: lines with boxes, as they were extracted."""

from dataclasses import dataclass

from indexer.model.messages import Message


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    def turn_back(self, angle: int, width: float, height: float) -> "Box":
        """The box on the page as shown of one on the page turned for reading.

        ``width`` and ``height`` are those of the page that was turned.
        """
        if angle == 90:
            return Box(height - self.bottom, self.x0, height - self.top, self.x1)
        if angle == 180:
            return Box(width - self.x1, height - self.bottom, width - self.x0, height - self.top)
        if angle == 270:
            return Box(self.top, width - self.x1, self.bottom, width - self.x0)
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
