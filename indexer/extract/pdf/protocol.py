"""Protocol between a process and the workers that read PDFs for it: marshalled tuples behind their length.

It stands apart from what reads, so that a process that only asks does not wait for pdfminer.
"""

import marshal
import struct
from typing import Any, BinaryIO

from indexer.model import Box, Caution, Element, Line, Message, Page

UNKNOWN_SIZE = (612.0, 792.0)
"""Width and height, in points, of a page whose size cannot be read: US Letter, as pdfminer has it for want of one."""

_LENGTH = struct.Struct("<Q")

BEGUN = "begun"
"""``(BEGUN, page number)``: work on a page begins."""

PAGE = "page"
"""``(PAGE, flat page)``: a page has been read."""

OUT_OF_MEMORY = "out of memory"
"""``(OUT_OF_MEMORY,)``: the memory of the budget did not do; the rest of the file was not read."""

DONE = "done"
"""``(DONE, flat failure or None)``: the file has been read as far as it can be."""


def send(stream: BinaryIO, message: Any) -> None:
    """Write a message: any value that ``marshal`` knows."""
    # Not pickled: marshal is faster, and both sides are always of one Python.
    data = marshal.dumps(message)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read a message; None when the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return marshal.loads(data) if len(data) == length else None  # noqa: S302 - it comes from a process of our own


def message_to_tuple(message: Message) -> tuple[Any, ...]:
    """A message as plain tuples, which ``marshal`` knows."""
    parts = (message_to_tuple(part) if isinstance(part, Message) else part for part in message.parts)
    return message.code, tuple(parts)


def message_from_tuple(values: tuple[Any, ...]) -> Message:
    """The message that ``message_to_tuple`` made plain."""
    code, parts = values
    return Message(code, tuple(message_from_tuple(part) if isinstance(part, tuple) else part for part in parts))


def page_to_tuple(page: Page) -> tuple[Any, ...]:
    """A page as plain tuples and lists, which ``marshal`` knows."""
    return (
        page.number,
        page.width,
        page.height,
        [_line_to_tuple(line) for line in page.lines],
        [_line_to_tuple(line) for line in page.set_aside],
        [(message_to_tuple(caution.message), caution.page) for caution in page.warnings],
        page.turn,
        page.label,
        [(element.number, element.role, element.within) for element in page.structure],
    )


def _line_to_tuple(line: Line) -> tuple[Any, ...]:
    return (line.text, line.box.x0, line.box.top, line.box.x1, line.box.bottom, line.size, line.bold, line.elements)


def page_from_tuple(values: tuple[Any, ...]) -> Page:
    """The page that ``page_to_tuple`` made plain."""
    number, width, height, lines, set_aside, warnings, turn, label, structure = values
    return Page(
        number,
        width,
        height,
        _lines_from_tuples(lines),
        _lines_from_tuples(set_aside),
        warnings=tuple(Caution(message_from_tuple(message), page) for message, page in warnings),
        turn=turn,
        label=label,
        structure=tuple(Element(*element) for element in structure),
    )


def _lines_from_tuples(lines: list[tuple[Any, ...]]) -> tuple[Line, ...]:
    return tuple(
        Line(text, Box(x0, top, x1, bottom), size, bold, elements=elements)
        for text, x0, top, x1, bottom, size, bold, elements in lines
    )
