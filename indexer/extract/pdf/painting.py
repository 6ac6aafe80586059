"""Painting: the operators that decide what is seen of a page's text, colours, clips and areas."""

from typing import NamedTuple

from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import dict_value, resolve1

from indexer.extract.pdf.content_stream import Operand, Path
from indexer.extract.pdf.ink import Area, Clip, Colour, Rectangle, box_around, filled_boxes, is_level, path_points
from indexer.extract.pdf.layers import Layers
from indexer.extract.pdf.look import Look, colour_in, device_colour, initial_colour, space_kind
from indexer.extract.pdf.objects import dictionary, text_of
from indexer.extract.pdf.replacement import say_instead
from indexer.extract.pdf.runs import RunDevice
from indexer.extract.pdf.structure import StructureTree

_MOST_AREAS = 20_000
"""Areas of a page that are kept. Maps and drawings have more, and hide no words."""

_THICK = 3.0
"""Points of the width of a line that may lie behind letters as a bar."""

_UNIT_SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))

OFF, INVISIBLE = "off", "invisible"
"""Why nothing of a text is seen: its layer is switched off, or it is drawn without ink."""

_ANYWHERE = Rectangle(-1e6, -1e6, 1e6, 1e6)


class _Mark(NamedTuple):
    """Marked content that has begun.

    Attributes:
        off: its layer is switched off.
        artifact: it is an artifact.
        text: what replaces it; None for nothing.
        element: the structure element around it.
    """

    off: bool
    artifact: bool
    text: str | None
    element: int


class PaintInterpreter(PDFPageInterpreter):
    """Interpreter of the operators that paint areas, set colours and clips, and mark content.

    Attributes:
        areas: what the page paints beside text, in order, but for what is too thin to hide a letter.
        painted: the page paints anything beside text.
    """

    def __init__(
        self, rsrcmgr: PDFResourceManager, device: RunDevice, layers: Layers, structure: StructureTree
    ) -> None:
        super().__init__(rsrcmgr, device)
        self.areas: list[Area] = []
        self.painted = False
        self._device = device
        self._layers = layers
        self._structure = structure
        self.begin_page(0)

    def begin_page(self, number: int) -> None:
        """Begin a page, whose object has a number: nothing is painted, marked or clipped yet."""
        self.areas = []
        self.painted = False
        self._stream = number
        self.begin_annotations()

    def begin_annotations(self) -> None:
        """Begin with what lies over a page: nothing is marked or clipped yet."""
        self._look = Look()
        self._marks: list[_Mark] = []
        self._off = 0
        self._artifacts = 0
        self._element = 0
        self._replacing = False

    def do_BI(self) -> None:  # noqa: N802 - the operator's name
        """Paint a picture that stands in the content stream."""
        self._paint_picture(whole=False)

    def _paint_picture(self, *, whole: bool) -> None:
        box = box_around(_UNIT_SQUARE, self.ctm)
        self._paint(box, None, full=whole and is_level(self.ctm), picture=True)

    def _paint(self, box: Rectangle, colour: Colour | None, *, full: bool, picture: bool = False) -> None:
        """Note an area, cut to what may be painted."""
        look = self._look
        if self._off or look.fill_opacity <= 0:
            return
        self.painted = True
        if look.clip:
            full = full and look.clip.exact
            box = box.meet(look.clip.box)
            if box.x0 >= box.x1 or box.top >= box.bottom:
                return
        full = full and look.plain and look.fill_opacity >= 1
        if len(self.areas) < _MOST_AREAS:
            self.areas.append(Area(box, colour, full, picture))

    def _fill(self, path: Path, *, even_odd: bool) -> None:
        self.painted = self.painted or not self._off
        for box, full in filled_boxes(path, self.ctm, even_odd=even_odd):
            self._paint(box, self._look.fill, full=full and self._look.fill_space != "Pattern")

    def _stroke(self, path: Path) -> None:
        """Note the line along a path where it is thick as a bar."""
        a, b, c, d, _, _ = self.ctm
        self.painted = self.painted or not self._off
        width = self._look.width * max(abs(a), abs(b), abs(c), abs(d))
        if width < _THICK:
            return
        points = path_points(path)
        if points:
            x0, top, x1, bottom = box_around(points, self.ctm)
            half = width / 2
            level = is_level(self.ctm) and len(points) == 2 and (x0 == x1 or top == bottom)
            reach = (0.0, half) if top == bottom else (half, 0.0) if x0 == x1 else (half, half)
            box = Rectangle(x0 - reach[0], top - reach[1], x1 + reach[0], bottom + reach[1])
            self._paint(box, self._look.stroke, full=level)

    def _end_path(self, path: Path, *, fill: bool = False, stroke: bool = False, even_odd: bool = False) -> None:
        """Paint a path, and clip by it where it says so."""
        if fill:
            self._fill(path, even_odd=even_odd)
        if stroke:
            self._stroke(path)
        clip = next((operator for operator, _ in path if operator[:1] == b"W"), None)
        if clip:
            points = path_points(path)
            if points:
                boxes = filled_boxes(path, self.ctm, even_odd=clip == b"W*")
                self._clip_to(box_around(points, self.ctm), exact=len(boxes) == 1 and boxes[0][1])

    def _clip_to(self, box: Rectangle, *, exact: bool) -> None:
        """Let nothing be seen any more outside of a box."""
        clip = self._look.clip
        if clip:
            box, exact = box.meet(clip.box), exact and clip.exact
        self._look = self._look._replace(clip=Clip(box, exact))

    def do_f(self, path: Operand) -> None:  # type: ignore[override]
        """Fill a path."""
        self._end_path(path, fill=True)  # type: ignore[arg-type] # the lexer gives paths to these operators

    def do_f_a(self, path: Operand) -> None:  # type: ignore[override]
        """Fill a path, the other way of telling its inside."""
        self._end_path(path, fill=True, even_odd=True)  # type: ignore[arg-type] # as in do_f

    def do_B(self, path: Operand) -> None:  # type: ignore[override] # noqa: N802
        """Fill and stroke a path."""
        self._end_path(path, fill=True, stroke=True)  # type: ignore[arg-type] # as in do_f

    def do_B_a(self, path: Operand) -> None:  # type: ignore[override] # noqa: N802
        """Fill and stroke a path, the other way of telling its inside."""
        self._end_path(path, fill=True, stroke=True, even_odd=True)  # type: ignore[arg-type] # as in do_f

    def do_S(self, path: Operand) -> None:  # type: ignore[override] # noqa: N802
        """Stroke a path."""
        self._end_path(path, stroke=True)  # type: ignore[arg-type] # as in do_f

    def do_n(self, path: Operand) -> None:  # type: ignore[override]
        """End a path that only clips."""
        self._end_path(path)  # type: ignore[arg-type] # as in do_f

    def do_sh(self, name: object) -> None:  # noqa: ARG002 - the operator has one
        """Paint a shading over all that may be painted."""
        clip = self._look.clip
        self._paint(clip.box if clip else _ANYWHERE, None, full=False)

    def do_w(self, width: Operand) -> None:  # type: ignore[override]
        """Set the width of lines."""
        if isinstance(width, float) and width != self._look.width:
            self._look = self._look._replace(width=width)

    def do_gs(self, name: Operand) -> None:  # type: ignore[override]
        """Set what a dictionary of graphics state says."""
        state = resolve1(dict_value(self.resources.get("ExtGState")).get(name))
        if isinstance(state, dict):
            self._look = self._look.with_state(state)

    def _device_fill(self, *numbers: Operand) -> None:
        colour = device_colour(numbers)
        if colour != self._look.fill or self._look.fill_space != "DeviceRGB":
            self._look = self._look._replace(fill=colour, fill_space="DeviceRGB")

    def _device_stroke(self, *numbers: Operand) -> None:
        colour = device_colour(numbers)
        if colour != self._look.stroke or self._look.stroke_space != "DeviceRGB":
            self._look = self._look._replace(stroke=colour, stroke_space="DeviceRGB")

    def do_cs(self, name: Operand) -> None:  # type: ignore[override]
        """Set the colour space of what is filled."""
        space = space_kind(name, dict_value(self.resources.get("ColorSpace")))
        self._look = self._look._replace(fill_space=space, fill=initial_colour(space))

    def do_CS(self, name: Operand) -> None:  # type: ignore[override] # noqa: N802
        """Set the colour space of lines."""
        space = space_kind(name, dict_value(self.resources.get("ColorSpace")))
        self._look = self._look._replace(stroke_space=space, stroke=initial_colour(space))

    def _set_fill(self, *numbers: Operand) -> None:
        self._look = self._look._replace(fill=colour_in(self._look.fill_space, numbers))

    def _set_stroke(self, *numbers: Operand) -> None:
        self._look = self._look._replace(stroke=colour_in(self._look.stroke_space, numbers))

    def do_BMC(self, tag: Operand) -> None:  # type: ignore[override] # noqa: N802
        """Begin marked content."""
        self._begin_mark(tag, None)

    def do_BDC(self, tag: Operand, properties: Operand) -> None:  # type: ignore[override] # noqa: N802
        """Begin marked content with properties."""
        if isinstance(properties, str):
            properties = dict_value(self.resources.get("Properties")).get(properties)
        self._begin_mark(tag, properties)

    def _begin_mark(self, tag: Operand, properties: object) -> None:
        off = tag == "OC" and not self._layers.shows(properties)
        artifact = tag == "Artifact"
        text = None
        # Within what is replaced as a whole nothing is replaced by itself.
        if all(mark.text is None for mark in self._marks) and not self._replacing:
            text = text_of(dictionary(properties).get("ActualText"))
        if text is not None:
            self._device.begin_span()
        self._off += off
        self._artifacts += artifact
        self._marks.append(_Mark(off, artifact, text, self._element))
        if self._structure:
            mcid = dictionary(properties).get("MCID")
            if artifact:
                self._element = 0
            elif isinstance(mcid, (int, float)):
                self._element = self._structure.block_of(self._stream, int(mcid)) or self._element

    def do_EMC(self) -> None:  # noqa: N802 - the operator's name
        """End marked content."""
        if self._marks:
            mark = self._marks.pop()
            self._off -= mark.off
            self._artifacts -= mark.artifact
            self._element = mark.element
            if mark.text is not None:
                text = mark.text
                self._device.end_span(lambda runs: say_instead(runs, text))

    def _end_marks(self) -> None:
        """End all marked content, as where a stream ends."""
        while self._marks:
            self.do_EMC()
