"""Pages set by hand: lines with the sizes, weights and edges that layouts of institutions have."""

from dataclasses import dataclass

from indexer.model import Line, Page
from indexer.model.pages import Box

WIDTH, HEIGHT = 612.0, 792.0
_LETTER = 0.5
"""Width of a letter, in its height."""


@dataclass(frozen=True, slots=True)
class Set:
    """A line as a layout sets it.

    Lengths are in points; ``gap`` is the distance from the line above, top to top. Without one it follows that line as
    lines of a paragraph do.
    """

    text: str
    size: float = 11.0
    bold: bool = False
    left: float = 72.0
    gap: float | None = None
    top: float | None = None


def heading(text: str, *, size: float = 14.0, gap: float = 40.0, left: float = 72.0) -> Set:
    """A line of a heading in bold."""
    return Set(text, size, True, left, gap)


def paragraph(*texts: str, left: float = 72.0, hanging: float | None = None, bold: bool = False) -> list[Set]:
    """The lines of a paragraph, each but the first at ``hanging``."""
    first = Set(texts[0], bold=bold, left=left, gap=28.0)
    return [first, *(Set(text, bold=bold, left=left if hanging is None else hanging) for text in texts[1:])]


def page(*parts: Set | list[Set] | str, number: int = 1) -> Page:
    """A page of lines; a text alone is a paragraph of one line."""
    lines: list[Line] = []
    top = 60.0
    for part in parts:
        for each in paragraph(part) if isinstance(part, str) else [part] if isinstance(part, Set) else part:
            top = each.top if each.top is not None else top + (each.gap or 1.2 * each.size)
            width = _LETTER * each.size * len(each.text)
            box = Box(each.left, top, each.left + width, top + each.size)
            lines.append(Line(each.text, box, each.size, each.bold))
    return Page(number, WIDTH, HEIGHT, tuple(lines))
