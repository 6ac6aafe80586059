"""Runs of text: a device of pdfminer's that makes an object for each run, not for each character."""

# ARCHITECTURE.md: Text is kept as runs with geometry.

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager, PDFTextState
from pdfminer.utils import MATRIX_IDENTITY, Matrix, mult_matrix

from indexer.extract.pdf.content_stream import Strings
from indexer.extract.pdf.fonts import Face
from indexer.extract.pdf.ink import PLAIN, Ink, Rectangle
from indexer.extract.pdf.pieces import Advance, Drawn, Piece, pieces_of, places_of

_SEAMLESS = 0.02
"""Sizes between a string and the end of the last one up to which it carries that on."""

_LONGEST_CARRIED_ON = 1000
"""Letters of the longest run that is carried on, for each addition copies the run."""

_USUAL_WIDTH = 0.5
"""Width of a letter whose font is not known, for a size of 1."""

_ABOVE, _BELOW = 0.8, 0.2
"""Reach of such letters from the baseline likewise."""

_ASKEW = 3
"""Degrees from a right angle that count as one: scans lie askew."""


class LetterPlace(NamedTuple):
    """A letter of a run: its text, its reach along the baseline, and its place in the run."""

    text: str
    x0: float
    x1: float
    number: int


class StringPlace(NamedTuple):
    """Strings of one run, from which the places of their letters can be told.

    Attributes:
        origin: where the strings' own coordinates begin along the baseline.
        stretch: points for one of their units.
        advance: how they move along the line.
        face: their font.
        start: where they begin.
        drawn: the strings.
    """

    origin: float
    stretch: float
    advance: Advance
    face: Face
    start: float
    drawn: Drawn


@dataclass(slots=True)
class TextRun:
    """A piece of text drawn in one go.

    Lengths are points in the frame turned by its direction of writing, in which the run stands upright.

    Attributes:
        text: its characters, white space included.
        x0, x1: its reach along the baseline.
        y: the baseline, downwards.
        size: the height of its font.
        bold: its font is bold.
        above, below: the reach of its letters from the baseline.
        angle: its direction of writing in whole degrees, clockwise from rightwards, as the page is shown.
        ink: with what it is drawn.
        strings: that from which the places of its letters can be told; or the places themselves.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    above: float
    below: float
    angle: int
    ink: Ink = PLAIN
    strings: list[StringPlace | Sequence[LetterPlace]] = field(default_factory=list)


def letters_of(run: TextRun) -> list[LetterPlace]:
    """The letters of a run with their places; the spaces between words among them, as wide as they are drawn."""
    found: list[LetterPlace] = []
    for place in run.strings:
        if not isinstance(place, StringPlace):
            found += place
            continue
        em, charspace, wordspace, _ = place.advance
        for at, string in places_of(place.drawn, place.face, place.advance, place.start):
            letters = string[4]
            for text, width in place.face.letters(letters) if isinstance(letters, bytes) else letters:
                end = at + width * em
                x0, x1 = place.origin + at * place.stretch, place.origin + end * place.stretch
                found.append(LetterPlace(text, min(x0, x1), max(x0, x1), 0))
                at = end + charspace + (wordspace if text == " " else 0.0)
    if "".join(letter.text for letter in found) != run.text:
        # Its text is not what was drawn: the letters share its width alike.
        width = (run.x1 - run.x0) / max(len(run.text), 1)
        found = [LetterPlace(text, run.x0 + n * width, run.x0 + (n + 1) * width, n) for n, text in enumerate(run.text)]
    return [letter._replace(number=number) for number, letter in enumerate(found)]


def carries_on(last: TextRun, run: TextRun) -> bool:
    """Tell whether a run begins where another one of its kind ends."""
    return (
        abs(run.x0 - last.x1) <= _SEAMLESS * run.size
        and (last.y, last.size, last.angle, last.bold) == (run.y, run.size, run.angle, run.bold)
        and len(last.text) < _LONGEST_CARRIED_ON
    )


def on_page(run: TextRun, x0: float, x1: float, above: float, below: float) -> Rectangle:
    """The box around a part of a run on the page as shown.

    ``above`` and ``below`` are its reach from the baseline, in sizes.
    """
    top, bottom = run.y - above * run.size, run.y - below * run.size
    if not run.angle:
        return Rectangle(x0, top, x1, bottom)
    cosine, sine = _TURN.get(run.angle) or (math.cos(math.radians(run.angle)), math.sin(math.radians(run.angle)))
    corners = [(x * cosine - y * sine, x * sine + y * cosine) for x in (x0, x1) for y in (top, bottom)]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return Rectangle(min(across), min(down), max(across), max(down))


class RunDevice(PDFTextDevice):
    """Collector of the runs of a page, in the order of drawing.

    Args:
        rsrcmgr: pdfminer's fonts.
        faces: the faces of fonts by identity, which pages share: their letters are told once.

    Attributes:
        runs: the runs so far.
        ink: with what strings are drawn.
    """

    def __init__(self, rsrcmgr: PDFResourceManager, faces: dict[int, Face] | None = None) -> None:
        super().__init__(rsrcmgr)
        self.runs: list[TextRun] = []
        self.ink = PLAIN
        self._faces = {} if faces is None else faces
        self._first = 0

    def render_string(
        self,
        textstate: PDFTextState,
        seq: PDFTextSeq | Strings,
        ncs: PDFColorSpace,  # noqa: ARG002 - pdfminer's signature
        graphicstate: PDFGraphicState,  # noqa: ARG002 - as above
    ) -> None:
        """Collect a string, and move the text state's place behind it (ISO 32000-1, 9.4.4).

        Args:
            textstate: font, size, spacing and place.
            seq: strings, and steps between them in thousandths of the size.
            ncs: not used.
            graphicstate: not used.
        """
        font = textstate.font
        if font is None:
            return
        # By identity: the face holds its font, so that no later font can have the same.
        face = self._faces.get(id(font))
        if face is None:
            face = self._faces[id(font)] = Face(font)
        size = textstate.fontsize
        scaling = textstate.scaling * 0.01
        em = size * scaling
        charspace = textstate.charspace * scaling
        # Word spacing applies to single bytes of value 32, which a font of longer codes does not have.
        wordspace = 0.0 if face.multibyte else textstate.wordspace * scaling
        place, across = textstate.linematrix
        step = em * 0.001
        if face.vertical:  # writing runs down the second axis, and the standard's displacements along it
            place, across = -across, place
            em, step = size, size * -0.001
            charspace, wordspace = -textstate.charspace, 0.0
        advance = Advance(em, charspace, wordspace, step)
        pieces, place = pieces_of(seq if isinstance(seq, Strings) else list(seq), face, advance, place)
        textstate.linematrix = (across, -place) if face.vertical else (place, across)
        if pieces:
            self._append(pieces, textstate, face, across, advance)

    def begin_span(self) -> None:
        """Begin a span of runs: none before it is carried on."""
        self._first = len(self.runs)

    def end_span(self, change: Callable[[list[TextRun]], list[TextRun]]) -> None:
        """End the span, and change its runs by a function."""
        changed = change(self.runs[self._first :])
        del self.runs[self._first :]
        self._first = 0
        for run in changed:
            last = self.runs[-1] if self.runs else None
            if last and last.ink == run.ink and carries_on(last, run):
                last.text += run.text
                last.x1 = run.x1
                last.strings += run.strings
            else:
                self.runs.append(run)

    def add_text(self, text: str, x: float, y: float, size: float, ctm: Matrix) -> None:
        """Add a line of upright text whose letters nothing draws.

        Args:
            text: the line.
            x: where it begins, in the coordinates that ``ctm`` turns into the device's.
            y: its baseline likewise.
            size: the size of its letters.
            ctm: the matrix.
        """
        a, b, c, d, e, f = mult_matrix((1, 0, 0, 1, x, y), ctm)
        angle = _direction(a, b)
        cosine, sine = _TURN.get(angle) or (math.cos(math.radians(angle)), math.sin(math.radians(angle)))
        along, over, height = e * cosine + f * sine, f * cosine - e * sine, size * math.hypot(c, d)
        end = along + len(text) * _USUAL_WIDTH * height
        self.runs.append(
            TextRun(text, along, end, over, height, False, _ABOVE * height, _BELOW * height, angle, ink=self.ink)
        )

    def _append(
        self,
        pieces: list[Piece],
        state: PDFTextState,
        face: Face,
        across: float,
        advance: Advance,
    ) -> None:
        """Append pieces of a string as runs, or carry on the last run.

        ``across`` is the distance of all from the line.
        """
        a, b, c, d, e, f = mult_matrix(state.matrix, self.ctm or MATRIX_IDENTITY)
        if face.vertical:
            a, b, c, d = -c, -d, a, b
        else:
            across += state.rise
        stretch = math.hypot(a, b)
        height = math.hypot(c, d) * abs(state.fontsize) * face.scale
        # Text of no size, or at no place, is not seen.
        if not stretch or not height or not math.isfinite(stretch + height + e + f):
            return
        e += across * c
        f += across * d
        if b == 0 and a > 0:  # nearly all text stands upright, and needs no sines
            angle, along, over = 0, e, f
        else:
            # Letters of a negative size go backwards: with a line that does so too they stand as they should.
            backwards = state.fontsize < 0 and not face.vertical
            angle = _direction(-a, -b) if backwards else _direction(a, b)
            stretch = -stretch if backwards else stretch
            cosine, sine = _TURN.get(angle) or (math.cos(math.radians(angle)), math.sin(math.radians(angle)))
            along, over = e * cosine + f * sine, f * cosine - e * sine
        above, below = face.above * height, face.below * height
        # A font made of drawings has colours of its own.
        ink = self.ink._replace(colour=None) if face.drawn else self.ink
        for text, start, end, drawn in pieces:
            x0, x1 = along + start * stretch, along + end * stretch
            strings = StringPlace(along, stretch, advance, face, start, drawn)
            last = self.runs[-1] if len(self.runs) > self._first else None
            if (
                last
                and (last.ink is ink or last.ink == ink)
                and abs(x0 - last.x1) <= _SEAMLESS * height
                and (last.y, last.size, last.angle, last.bold) == (over, height, angle, face.bold)
                and len(last.text) < _LONGEST_CARRIED_ON
                and x1 >= x0
            ):
                last.text += text
                last.x1 = x1
                last.strings.append(strings)
            else:
                self.runs.append(
                    TextRun(
                        text=text,
                        x0=min(x0, x1),
                        x1=max(x0, x1),
                        y=over,
                        size=height,
                        bold=face.bold,
                        above=above,
                        below=below,
                        angle=angle,
                        ink=ink,
                        strings=[strings],
                    )
                )


# Exact, so that lines along a side of the page have exactly one baseline: sines of right angles are not exact.
_TURN = {0: (1.0, 0.0), 90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}


def _direction(a: float, b: float) -> int:
    """The direction of a vector in degrees; a right angle where nearly one."""
    degrees = math.degrees(math.atan2(b, a)) % 360
    quarter = round(degrees / 90) * 90
    return (quarter if abs(degrees - quarter) <= _ASKEW else round(degrees)) % 360
