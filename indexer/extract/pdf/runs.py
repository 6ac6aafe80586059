"""Runs of text: a device of pdfminer's that makes an object for each run, not for each character."""

# ARCHITECTURE.md: Text is kept as runs with geometry.

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager, PDFTextState
from pdfminer.utils import MATRIX_IDENTITY, mult_matrix

from indexer.extract.pdf.accents import overstrike
from indexer.extract.pdf.fonts import NO_BLANK, Face

# Steps are in font sizes.
_WORD_GAP = 0.1  # a wider step inside a string is a space between words
_JUMP = 0.9  # a wider step is another column or a tab
_BACK = -0.5  # a step back as wide begins anew
_OVER = -0.15  # a step back as wide draws an accent over its letter
_SEAMLESS = 0.02  # a string that begins as near to the end of the last one carries it on

_FEWEST_TRACKED = 8
"""Elements of the shortest array whose letters may be spaced: five letters with a step between each two."""

_LONGEST_CARRIED_ON = 1000
"""Letters of the longest run that is carried on, for each addition copies the run."""

_ASKEW = 3
"""Degrees from a right angle that count as one: scans lie askew."""


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


class RunDevice(PDFTextDevice):
    """Collector of the runs of a page, in the order of drawing.

    Attributes:
        runs: the runs so far.
    """

    def __init__(self, rsrcmgr: PDFResourceManager) -> None:
        super().__init__(rsrcmgr)
        self.runs: list[TextRun] = []
        self._faces: dict[int, Face] = {}

    def render_string(
        self,
        textstate: PDFTextState,
        seq: PDFTextSeq,
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
        # A size may be negative.
        reach = abs(em)
        start = place
        behind = place
        gap = 0.0
        under = -math.inf
        texts: list[str] = []
        pieces: list[tuple[str, float, float]] = []
        tracking = _tracking(seq, face, step) if isinstance(seq, list) and len(seq) > _FEWEST_TRACKED else 0.0
        word_gap, jump = _WORD_GAP * reach + tracking, _JUMP * reach + tracking
        for part in seq:
            if isinstance(part, bytes):
                text, width, count = face.read(part)
                if NO_BLANK in text:
                    # The blank itself takes no room, but spacing between words may make some.
                    text = text.replace(NO_BLANK, " " if wordspace > _WORD_GAP * reach else "")
                if texts and gap:
                    if gap <= _OVER * reach and (both := overstrike(texts[-1], text)):
                        texts[-1], text, under = both, "", behind
                    elif gap > jump or gap < _BACK * reach:
                        pieces.append(("".join(texts), start, behind))
                        texts = []
                    elif gap > word_gap:
                        texts.append(" ")
                if not texts:
                    start = place
                gap = 0.0
                texts.append(text)
                place += width * em + charspace * count
                if wordspace:
                    place += wordspace * part.count(b" ")
                behind = place
                if under > place:  # the letter reaches farther than the accent over it
                    gap, behind, under = place - under, under, -math.inf
            elif isinstance(part, (int, float)):
                gap -= part * step
                place -= part * step
        if texts:
            pieces.append(("".join(texts), start, behind))
        textstate.linematrix = (across, -place) if face.vertical else (place, across)
        if pieces:
            self._append(pieces, textstate, face, across)

    def _append(self, pieces: list[tuple[str, float, float]], state: PDFTextState, face: Face, across: float) -> None:
        """Append pieces of a string as runs, or carry on the last run.

        Each piece has its text, and where it starts and ends along the line in the text's own coordinates. ``across``
        is the distance of all from the line.
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
            angle = _direction(a, b)
            cosine, sine = _TURN.get(angle) or (math.cos(math.radians(angle)), math.sin(math.radians(angle)))
            along, over = e * cosine + f * sine, f * cosine - e * sine
        above, below = face.above * height, face.below * height
        for text, start, end in pieces:
            x0, x1 = along + start * stretch, along + end * stretch
            last = self.runs[-1] if self.runs else None
            if (
                last
                and abs(x0 - last.x1) <= _SEAMLESS * height
                and (last.y, last.size, last.angle, last.bold) == (over, height, angle, face.bold)
                and len(last.text) < _LONGEST_CARRIED_ON
                and x1 >= x0
            ):
                last.text += text
                last.x1 = x1
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
                    )
                )


def _tracking(seq: Sequence[int | float | bytes], face: Face, step: float) -> float:
    """The space between all letters of an array that shows them one by one; 0 where they are not spaced.

    What is farther apart by as much as words are begins a new word. ``step`` is the length of a unit of the array.
    """
    one = 2 if face.multibyte else 1
    sizes = [len(part) for part in seq if isinstance(part, bytes)]
    if 3 * sizes.count(one) < 2 * len(sizes):
        return 0.0
    return spacing([-part * step for part in seq if isinstance(part, (int, float))])


def spacing(gaps: Sequence[float]) -> float:
    """The gap that letters have at least, given the gaps between neighbours; 0 where letters touch."""
    # Even in a text of short words a quarter of the gaps stand within words.
    return max(0.0, sorted(gaps)[len(gaps) // 4]) if gaps else 0.0


# Exact, so that lines along a side of the page have exactly one baseline: sines of right angles are not exact.
_TURN = {0: (1.0, 0.0), 90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}


def _direction(a: float, b: float) -> int:
    """The direction of a vector in degrees; a right angle where nearly one."""
    degrees = math.degrees(math.atan2(b, a)) % 360
    quarter = round(degrees / 90) * 90
    return (quarter if abs(degrees - quarter) <= _ASKEW else round(degrees)) % 360
