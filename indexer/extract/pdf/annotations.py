"""Annotations: form fields, notes and stamps, by the drawings that a viewer shows on a page (ISO 32000-1, 12.5)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import Matrix

from indexer.extract.pdf.ink import Rectangle, box_around
from indexer.extract.pdf.objects import array, dictionary, matrix_of, name_of, numbers_of, text_of

_HIDDEN = 1 << 1 | 1 << 5
"""The flags Hidden and NoView of an annotation."""

_PRINT = 1 << 2
_PUSH_BUTTON = 1 << 16
_PASSWORD = 1 << 13
_MULTILINE = 1 << 12

_UNSHOWN = frozenset(("Popup", "Link"))
_SEE_THROUGH = frozenset(("Highlight", "Underline", "StrikeOut", "Squiggly", "Ink"))
"""Kinds that mark text and never hide it, whatever their drawings say of blending."""

_DEEPEST = 16
"""Fields within fields."""

_SIZE = re.compile(r"([\d.]+)\s+Tf")
_USUAL_SIZE = 12.0
"""Size of letters in a field that leaves it to the viewer, where the field is high enough."""

_LINE = 1.2
"""Distance of the lines of a field, in sizes of its letters."""

_INSET = 2.0
"""Points between the border of a field and its text."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """The drawing of an annotation.

    Attributes:
        form: the drawing.
        matrix: puts it on its place, in the page's own coordinates.
        content: the layer that it belongs to, or None.
        hides: what it fills may hide what lies below.
    """

    form: PDFStream
    matrix: Matrix
    content: object
    hides: bool


@dataclass(frozen=True, slots=True)
class FieldText:
    """The text of a form field or note that has no drawing of its own: viewers make one.

    Attributes:
        text: a line of it.
        x, y: where its baseline begins, in the page's own coordinates.
        size: the size of its letters.
        content: the layer that it belongs to, or None.
    """

    text: str
    x: float
    y: float
    size: float
    content: object


def shown_annotations(annotations: object) -> Iterator[Appearance | FieldText]:
    """Drawings that a viewer shows of the annotations of a page, in order.

    An annotation that makes no sense is stepped over.
    """
    for reference in array(annotations):
        annotation = dictionary(reference)
        flags, rectangle = _integer(annotation.get("F")), numbers_of(annotation.get("Rect"), 4)
        if not rectangle or flags & _HIDDEN or name_of(annotation.get("Subtype")) in _UNSHOWN:
            continue
        field = _field(annotation)
        kind, field_flags = name_of(field.get("FT")), _integer(field.get("Ff"))
        # A button to press is no part of what is printed, unless it says so.
        if kind == "Btn" and field_flags & _PUSH_BUTTON and not flags & _PRINT:
            continue
        x0, x1 = sorted((rectangle[0], rectangle[2]))
        y0, y1 = sorted((rectangle[1], rectangle[3]))
        drawing = resolve1(dictionary(annotation.get("AP")).get("N"))
        if isinstance(drawing, dict):
            drawing = resolve1(drawing.get(name_of(annotation.get("AS")) or "Off"))
        if isinstance(drawing, PDFStream):
            yield _fit(drawing, (x0, y0, x1, y1), annotation)
        elif kind in ("Tx", "Ch") and not (kind == "Tx" and field_flags & _PASSWORD):
            yield from _lines_of(field, Rectangle(x0, y0, x1, y1), annotation.get("OC"))
        elif name_of(annotation.get("Subtype")) == "FreeText":
            note = {"V": annotation.get("Contents"), "DA": annotation.get("DA"), "Ff": _MULTILINE}
            yield from _lines_of(note, Rectangle(x0, y0, x1, y1), annotation.get("OC"))


def _fit(drawing: PDFStream, place: tuple[float, float, float, float], annotation: dict[str, Any]) -> Appearance:
    """The drawing of an annotation, fitted into its rectangle (ISO 32000-1, 12.5.5)."""
    x0, y0, x1, y1 = place
    box = numbers_of(drawing.get("BBox"), 4) or [0.0, 0.0, x1 - x0, y1 - y0]
    corners = [(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])]
    around = box_around(corners, matrix_of(drawing.get("Matrix")))
    width, height = around.x1 - around.x0, around.bottom - around.top
    across = (x1 - x0) / width if width else 1.0
    up = (y1 - y0) / height if height else 1.0
    matrix = (across, 0.0, 0.0, up, x0 - around.x0 * across, y0 - around.top * up)
    hides = name_of(annotation.get("Subtype")) not in _SEE_THROUGH
    return Appearance(drawing, matrix, annotation.get("OC"), hides)


def _lines_of(field: dict[str, Any], place: Rectangle, content: object) -> Iterator[FieldText]:
    """The lines of a field without a drawing, about where viewers put them."""
    value = resolve1(field.get("V"))
    values = value if isinstance(value, list) else [value]
    shown = {export: label for export, label in _options(field) if export}
    lines = [line for each in values for line in _text(resolve1(each), shown).splitlines()]
    height = place.bottom - place.top
    found = _SIZE.search(_text(resolve1(field.get("DA")), {}))
    size = float(found[1]) if found and found[1].count(".") <= 1 and found[1] != "." else 0.0
    several = len(lines) > 1 or bool(_integer(field.get("Ff")) & _MULTILINE)
    if not size:
        size = _USUAL_SIZE if several else max(min(_USUAL_SIZE, height / _LINE), 1.0)
    top = place.bottom - _INSET if several else (place.top + place.bottom) / 2 + size / 2
    for number, line in enumerate(lines, start=1):
        yield FieldText(line, place.x0 + _INSET, top - size * (1 + _LINE * (number - 1)) + size / 5, size, content)


def _options(field: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The values of a field to choose from, with what is shown for each."""
    for option in array(field.get("Opt")):
        pair = resolve1(option)
        if isinstance(pair, list) and len(pair) == 2:
            yield _text(resolve1(pair[0]), {}), _text(resolve1(pair[1]), {})


def _text(value: object, shown: dict[str, str]) -> str:
    text = text_of(value) or ""
    return shown.get(text, text)


def _field(annotation: dict[str, Any]) -> dict[str, Any]:
    """Entries of a field, with those that it inherits."""
    entries: dict[str, Any] = {}
    node = annotation
    for _ in range(_DEEPEST):
        entries = {**node, **entries}
        node = dictionary(node.get("Parent"))
        if not node:
            break
    return entries


def _integer(value: object) -> int:
    number = resolve1(value)
    return number if isinstance(number, int) else 0
