"""Interpreter of content streams: pdfminer's with a faster lexer, for text and what hides it."""

# ARCHITECTURE.md: pdfminer.six opens files, and we run their content.

from collections.abc import Callable, Sequence
from typing import Any

from pdfminer.pdffont import PDFCIDFont, PDFFont
from pdfminer.pdfinterp import LITERAL_FORM, LITERAL_IMAGE, PDFResourceManager
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, resolve1, stream_value
from pdfminer.utils import Matrix, mult_matrix

from indexer.extract.pdf.annotations import FieldText, shown_annotations
from indexer.extract.pdf.code_map import CodeMap
from indexer.extract.pdf.content_stream import Operand, Strings, operations
from indexer.extract.pdf.fonts import widths_of_file
from indexer.extract.pdf.ink import Ink, box_around, is_level
from indexer.extract.pdf.layers import Layers
from indexer.extract.pdf.look import Look
from indexer.extract.pdf.objects import matrix_of, numbers_of
from indexer.extract.pdf.painting import INVISIBLE, OFF, PaintInterpreter
from indexer.extract.pdf.runs import RunDevice
from indexer.extract.pdf.structure import StructureTree
from indexer.model import Message, message

MOST_BYTES = 64 * 2**20
"""The longest content stream that is read, decoded, in bytes. A page of print has some ten thousand, up to a hundred
thousand; what is longer is a map or a bomb, and must fit into the memory that a page may take.
"""

_DEEPEST = 12
"""Forms within forms. Real ones stop at three or four, and each level takes calls from Python's stack."""

_MOST_FORMS = 20_000
"""Forms painted by one page. As deep as forms may be, ones that each paint the next nine times never end."""


class PageLimitExceeded(Exception):  # noqa: N818 - not an error of the program
    """A page asks for more than any page of print does; ``why`` says of what."""

    def __init__(self, why: Message) -> None:
        self.why = why
        super().__init__(str(why))


class TextInterpreter(PaintInterpreter):
    """Interpreter of the operations of a page that matter to text.

    Its device gets the strings that the page shows. One interpreter can run several pages, one after the other.

    Attributes:
        faults: what could not be done.
    """

    def __init__(
        self, rsrcmgr: PDFResourceManager, device: RunDevice, layers: Layers, structure: StructureTree
    ) -> None:
        super().__init__(rsrcmgr, device, layers, structure)
        self.faults: list[Message] = []
        self._ink_of: tuple[Look, int, int, int, int, int] | None = None
        self._depth = 0
        self._forms = 0
        self._painting: set[int] = set()

    def paint(self, resources: object, contents: Sequence[object], ctm: Matrix, number: int = 0) -> None:
        """Run the content streams of a page.

        Args:
            resources: the page's, or a reference to them.
            contents: the streams, or references to them, in order.
            ctm: turns the page's coordinates into the device's.
            number: of the page's object, by which its structure names it; 0 for none.

        Raises:
            PageLimitExceeded: the page is larger than any page of print.
        """
        self._depth = self._forms = 0
        self._painting.clear()
        self.begin_page(number)
        self._run(dict_value(resources), contents, ctm)
        self._end_marks()

    def paint_annotations(self, annotations: object, ctm: Matrix) -> int:
        """Run the drawings of a page's annotations, after its own content.

        Returns:
            The number of lines of form fields that have no drawing.

        Raises:
            PageLimitExceeded: as in ``paint``.
        """
        try:
            return self._paint_annotations(annotations, ctm)
        except (MemoryError, PageLimitExceeded):
            raise
        except Exception as error:  # noqa: BLE001 - as in _content
            self.faults.append(message("annotations-damaged", type(error).__name__))
            return 0

    def _paint_annotations(self, annotations: object, ctm: Matrix) -> int:
        self.begin_annotations()
        typed = 0
        for annotation in shown_annotations(annotations):
            before = len(self.areas)
            self._off = int(not self._layers.shows(annotation.content))
            if isinstance(annotation, FieldText):
                typed += 1
                self.textstate.render = 0
                self._device.ink = self._ink()
                self._device.add_text(annotation.text, annotation.x, annotation.y, annotation.size, ctm)
                continue
            self._depth = 0
            self.paint_form(annotation.form, mult_matrix(annotation.matrix, ctm))
            if not annotation.hides:
                self.areas[before:] = [area._replace(full=False) for area in self.areas[before:]]
        return typed

    def _run(self, resources: dict[Any, Any], contents: Sequence[object], ctm: Matrix) -> None:
        render = self.textstate.render if self._depth else 0
        self.init_state(ctm)
        self.textstate.render = render
        # Not by pdfminer's ``init_resources``, which makes all fonts that a page names, used or not.
        self.resources = resources
        self.fontmap = {}
        self.xobjmap = dict_value(resources.get("XObject"))
        self.execute(contents)

    def execute(self, streams: Sequence[object]) -> None:
        """Run content streams as one: an operation may begin in one and end in the next (ISO 32000-1, 7.8.2)."""
        # Methods are looked up once, not for each operation.
        table: dict[bytes, tuple[Callable[..., None], int]] = {
            name: (getattr(self, method), count) for name, (method, count) in _OPERATORS.items()
        }
        for name, operands in operations(self._content(streams)):
            known = table.get(name)
            if known is None:
                continue
            method, count = known
            if len(operands) != count and count >= 0:
                if len(operands) < count:
                    continue
                # The last ones: what stands before them is left over from damage.
                operands = operands[len(operands) - count :]
            try:
                method(*operands)
            except (TypeError, ValueError, OverflowError):  # an operand of the wrong type: as if it were not there
                continue

    def _content(self, streams: Sequence[object]) -> bytes:
        """The bytes of streams, unpacked, with white space between them."""
        parts = []
        for reference in streams:
            try:
                parts.append(stream_value(reference).get_data())
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 - pdfminer raises whatever the damage brings about
                self.faults.append(message("content-damaged", type(error).__name__))
        size = sum(map(len, parts))
        if size > MOST_BYTES:
            raise PageLimitExceeded(message("content-too-long", size // 2**20))
        return b"\n".join(parts)

    def do_q(self) -> None:
        """Save the graphics state."""
        state = self.textstate
        self.gstack.append(
            (  # type: ignore[arg-type] # tuples in place of copied objects
                self.ctm,
                (
                    state.font,
                    state.fontsize,
                    state.charspace,
                    state.wordspace,
                    state.scaling,
                    state.leading,
                    state.rise,
                    state.render,
                ),
                self._look,
            )
        )

    def do_Q(self) -> None:  # noqa: N802 - the operator's name
        """Restore the graphics state."""
        # One too many, as in damaged files, restores nothing.
        if self.gstack:
            self.ctm, saved, self._look = self.gstack.pop()  # type: ignore[assignment]
            state = self.textstate
            (
                state.font,
                state.fontsize,
                state.charspace,
                state.wordspace,
                state.scaling,
                state.leading,
                state.rise,
                state.render,
            ) = saved  # type: ignore[misc]
            self.device.set_ctm(self.ctm)

    def do_Tf(self, fontid: Operand, fontsize: Operand) -> None:  # type: ignore[override] # noqa: N802
        """Set font and size. A font is made when it is first used: a broken one hurts only its own text."""
        if not isinstance(fontid, str):
            return
        font = self.fontmap.get(fontid)
        if font is None:
            font = self.fontmap[fontid] = self._font(fontid)
        self.textstate.font = font
        if isinstance(fontsize, float):
            self.textstate.fontsize = fontsize

    def _font(self, name: str) -> PDFFont:
        reference = dict_value(self.resources.get("Font")).get(name)
        objid = reference.objid if isinstance(reference, PDFObjRef) else None
        try:
            font = self.rsrcmgr.get_font(objid, dict_value(reference))
            widths_of_file(font, dict_value(reference))
            if isinstance(font, PDFCIDFont) and not isinstance(font.cmap, CodeMap):
                codes = resolve1(dict_value(reference).get("Encoding"))
                if isinstance(codes, PDFStream):  # which pdfminer does not read
                    font.cmap = CodeMap(codes.get_data())
            return font
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - as in _content
            self.faults.append(message("font-damaged", name, type(error).__name__))
            # A font without attributes stands in, which reads codes by the standard encoding.
            return self.rsrcmgr.get_font(None, {})

    def do_Tc(self, space: Operand) -> None:  # type: ignore[override] # noqa: N802
        """Set the space behind letters."""
        if isinstance(space, float):
            self.textstate.charspace = space

    def do_Tw(self, space: Operand) -> None:  # type: ignore[override] # noqa: N802
        """Set the space behind blanks."""
        if isinstance(space, float):
            self.textstate.wordspace = space

    def do_Td(self, tx: Operand, ty: Operand) -> None:  # type: ignore[override] # noqa: N802
        """Go to the next line. Here and below operands are numbers, which pdfminer makes of anything, slowly."""
        state = self.textstate
        a, b, c, d, e, f = state.matrix
        state.matrix = (a, b, c, d, tx * a + ty * c + e, tx * b + ty * d + f)  # type: ignore[operator] # else it raises
        state.linematrix = (0, 0)

    def do_TD(self, tx: Operand, ty: Operand) -> None:  # type: ignore[override] # noqa: N802
        """Go to the next line and set its distance."""
        self.do_Td(tx, ty)
        self.textstate.leading = ty  # type: ignore[assignment] # else do_Td raises

    def do_TJ(self, seq: Operand) -> None:  # type: ignore[override] # noqa: N802
        """Show text."""
        if self.textstate.font is not None and isinstance(seq, (Strings, list)):
            key = (self._look, self.textstate.render, self._off, self._artifacts, self._element, len(self.areas))
            if key != self._ink_of:
                self._ink_of = key
                self._device.ink = self._ink()
            self._device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)

    def _ink(self) -> Ink:
        """The ink of text that is shown now."""
        look = self._look
        colour, seen = look.text_colour(self.textstate.render)
        unseen = OFF if self._off else "" if seen else INVISIBLE
        clip = look.clip.box if look.clip else None
        return Ink(colour, unseen, clip, len(self.areas), self._artifacts > 0, self._element)

    def do_Do(self, xobjid_arg: Operand) -> None:  # type: ignore[override] # noqa: N802
        """Paint a form; images and unknown things are stepped over, and a form that paints itself is not followed."""
        reference = self.xobjmap.get(xobjid_arg)
        drawn = resolve1(reference)
        if not isinstance(drawn, PDFStream):
            return
        off = not self._layers.shows(drawn.get("OC"))
        # What is off is run all the same: text that is left out is counted.
        self._off += off
        try:
            if drawn.get("Subtype") is LITERAL_FORM:
                self.paint_form(drawn, self.ctm)
            elif drawn.get("Subtype") is LITERAL_IMAGE:
                self._paint_picture(whole=not any(key in drawn for key in _MASKS))
        finally:
            self._off -= off

    def paint_form(self, form: PDFStream, ctm: Matrix) -> None:
        """Paint a form; one that paints itself is not followed.

        Raises:
            PageLimitExceeded: the page paints more forms than any page of print.
        """
        # A form without an object number is told by itself: it lives as long as it is being painted.
        identity = form.objid if form.objid is not None else id(form)
        if identity in self._painting or self._depth >= _DEEPEST:
            self.faults.append(message("drawing-in-itself" if identity in self._painting else "drawings-too-deep"))
            return
        self._forms += 1
        if self._forms > _MOST_FORMS:
            raise PageLimitExceeded(message("too-many-drawings", _MOST_FORMS))
        matrix = mult_matrix(matrix_of(form.get("Matrix")), ctm)
        # A form without resources uses those of what paints it, as old files do (ISO 32000-1, 7.8.3).
        resources = dict_value(form.get("Resources")) or self.resources
        saved = self.ctm, self.textstate, self.graphicstate, self.gstack, self.resources, self.fontmap, self.xobjmap
        look, marks, off, artifacts = self._look, self._marks, self._off, self._artifacts
        replacing, stream = self._replacing, self._stream
        self._stream = form.objid or 0
        self._replacing = replacing or any(mark.text is not None for mark in marks)
        self._marks = []
        box = _box(form.get("BBox"))
        if box:
            self._clip_to(box_around(box, matrix), exact=is_level(matrix))
        self._painting.add(identity)
        self._depth += 1
        # This interpreter itself, not another one as in pdfminer: so faults and limits are the page's.
        try:
            self._run(resources, [form], matrix)
            self._end_marks()
        finally:
            self._painting.discard(identity)
            self._depth -= 1
            (
                self.ctm,
                self.textstate,
                self.graphicstate,
                self.gstack,
                self.resources,
                self.fontmap,
                self.xobjmap,
            ) = saved
            self._look, self._marks, self._off, self._artifacts = look, marks, off, artifacts
            self._replacing, self._stream = replacing, stream
            self.device.set_ctm(self.ctm)


_MASKS = ("SMask", "Mask", "ImageMask")


def _box(value: object) -> list[tuple[float, float]]:
    """The corners of the box of a form; none where it has none that can be read."""
    numbers = numbers_of(value, 4)
    if not numbers:
        return []
    x0, y0, x1, y1 = numbers
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


_OPERATORS = {
    b"q": ("do_q", 0),
    b"Q": ("do_Q", 0),
    b"cm": ("do_cm", 6),
    b"BT": ("do_BT", 0),
    b"Tc": ("do_Tc", 1),
    b"Tw": ("do_Tw", 1),
    b"Tz": ("do_Tz", 1),
    b"TL": ("do_TL", 1),
    b"Tf": ("do_Tf", 2),
    b"Ts": ("do_Ts", 1),
    b"Td": ("do_Td", 2),
    b"TD": ("do_TD", 2),
    b"Tm": ("do_Tm", 6),
    b"T*": ("do_T_a", 0),
    b"TJ": ("do_TJ", 1),
    b"Tj": ("do_Tj", 1),
    b"'": ("do__q", 1),
    b'"': ("do__w", 3),
    b"Do": ("do_Do", 1),
    b"Tr": ("do_Tr", 1),
    b"BI": ("do_BI", 0),
    b"BMC": ("do_BMC", 1),
    b"BDC": ("do_BDC", 2),
    b"EMC": ("do_EMC", 0),
    b"f": ("do_f", 1),
    b"F": ("do_f", 1),
    b"f*": ("do_f_a", 1),
    b"B": ("do_B", 1),
    b"b": ("do_B", 1),
    b"B*": ("do_B_a", 1),
    b"b*": ("do_B_a", 1),
    b"S": ("do_S", 1),
    b"s": ("do_S", 1),
    b"n": ("do_n", 1),
    b"sh": ("do_sh", 1),
    b"w": ("do_w", 1),
    b"gs": ("do_gs", 1),
    b"g": ("_device_fill", 1),
    b"rg": ("_device_fill", 3),
    b"k": ("_device_fill", 4),
    b"G": ("_device_stroke", 1),
    b"RG": ("_device_stroke", 3),
    b"K": ("_device_stroke", 4),
    b"cs": ("do_cs", 1),
    b"CS": ("do_CS", 1),
    b"sc": ("_set_fill", -1),
    b"scn": ("_set_fill", -1),
    b"SC": ("_set_stroke", -1),
    b"SCN": ("_set_stroke", -1),
}
"""The method of the interpreter for each operator, and the number of its operands; -1 for all that there are."""
