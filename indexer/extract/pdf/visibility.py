"""Visibility: runs of text and what is painted ─▶ the runs that a reader of the page sees.

What is drawn without ink, in a layer that is switched off, outside its clip, in the colour of its ground or under
something painted later is not seen. One kind of such text counts: what OCR has laid over or under the picture of a
page, where nothing else is written.
"""

# ARCHITECTURE.md: Only what a reader sees is text.

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from indexer.extract.pdf.ink import WHITE, Area, Colour, Rectangle
from indexer.extract.pdf.painting import OFF
from indexer.extract.pdf.runs import LetterPlace, TextRun, carries_on, letters_of, on_page
from indexer.model import Message, message

COVER = "█"
"""The sign for letters under a dark box, as the page prints it."""

_BAND = (0.45, 0.08)
"""Reach above the baseline, in sizes, of the band in which a letter must be covered to be hidden."""

_ALIKE = 0.03
"""Difference of colours, in each of their three parts, up to which one does not show on the other."""

_DARK = 0.35
"""Lightness up to which a box over letters is one that blackens them."""

_BAR = 3.0
"""Sizes of letters that a box which blackens a line is high at most."""

_PICTURED = 0.5
"""Share of a page that pictures take at least where it is a scan, with text below them or a little over them."""

_LITTLE = 0.06
"""Share of a page that the lines of such text take at most: numbers, stamps, and headers of a few lines."""

_WRITTEN_OVER = 0.3
"""Share of the width of a text on which other text stands, for the two to be in one place."""

_BUCKET = 40.0
"""Points of the strips across a page by which things are found."""


@dataclass(slots=True)
class Sight:
    """Visible text of a page, and counts of the rest.

    Attributes:
        runs: the runs that are seen, and a scan's text layer.
        hidden: letters and digits left out that are nowhere seen, by the reason.
        covered: letters and digits left out under something painted over them.
        layered: letters and digits of a scan's text layer.
        pictures: the share of the page that pictures take.
        scanned: most of the page is pictures, and has little text but in them.
    """

    runs: list[TextRun]
    hidden: Counter[Message] = field(default_factory=Counter)
    covered: int = 0
    layered: int = 0
    pictures: float = 0.0
    scanned: bool = False


class _Strips:
    """Numbered boxes by the strips of the page that they lie in."""

    def __init__(self, boxes: Iterable[tuple[int, Rectangle]]) -> None:
        self._strips: dict[int, list[tuple[int, Rectangle]]] = {}
        for number, box in boxes:
            for strip in _strips(box):
                self._strips.setdefault(strip, []).append((number, box))

    def touching(self, box: Rectangle) -> Iterator[int]:
        """The numbers of the boxes that touch another one, each once or more."""
        for strip in _strips(box):
            for number, other in self._strips.get(strip, ()):
                if other.touches(box):
                    yield number


def _strips(box: Rectangle) -> range:
    low, high = max(box.top, -_BUCKET), min(box.bottom, _FARTHEST)
    return range(int(low // _BUCKET), int(high // _BUCKET) + 1) if low <= high else range(0)


_FARTHEST = 20_000.0
"""Points from the top of a page beyond which nothing is looked for: no page is higher (ISO 32000-1, Annex C)."""


def sight(runs: Sequence[TextRun], areas: Sequence[Area], width: float, height: float) -> Sight:
    """Tell what of the runs of a page is seen.

    Args:
        runs: the runs, in the order of drawing.
        areas: what the page paints besides, in order.
        width: of the page as shown, in points.
        height: its height likewise.
    """
    return _Judge(areas, width, height).judge(runs)


class _Judge:
    """The judge of what a page shows."""

    def __init__(self, areas: Sequence[Area], width: float, height: float) -> None:
        self._areas = areas
        self._page = Rectangle(0, 0, width, height)
        self._strips = _Strips((number, area.box) for number, area in enumerate(areas))
        self._colours = {area.colour for area in areas if area.full and area.colour}
        self._last_cover = max((number for number, area in enumerate(areas) if area.full), default=-1)

    def judge(self, runs: Sequence[TextRun]) -> Sight:
        """The runs that are seen."""
        found = Sight([])
        unseen: list[TextRun] = []
        for run in runs:
            ink = run.ink
            if ink.unseen == OFF:
                found.hidden[message("in-layer-off")] += _count(run.text)
            elif ink.unseen:
                unseen.append(run)
            elif not run.text.strip():
                found.runs.append(run)
            else:
                self._judge_run(run, found, unseen)
        if unseen:
            self._add_layer(unseen, found)
        found.runs = list(_carried_on(found.runs))
        found.pictures = self._pictures()
        found.scanned = not found.layered and found.pictures >= _PICTURED and self._has_little_text(found.runs)
        return found

    def _judge_run(self, run: TextRun, found: Sight, unseen: list[TextRun]) -> None:
        """Add the visible parts of a run to what was found; those under a picture to the unseen."""
        ink = run.ink
        if ink.clip and not ink.clip.holds(on_page(run, run.x0, run.x1, *_BAND)):
            kept = [letter for letter in letters_of(run) if ink.clip.touches(_band(run, letter))]
            found.hidden[message("outside-of-clip")] += _count(run.text) - _count_of(kept)
            pieces = _runs_of(run, kept)
        else:
            pieces = [run]
        for piece in pieces:
            if self._blends(piece):
                found.hidden[message("in-colour-of-ground")] += _count(piece.text)
            elif ink.order <= self._last_cover:
                self._uncover(piece, found, unseen)
            else:
                found.runs.append(piece)

    def _blends(self, run: TextRun) -> bool:
        """Tell whether a run has the colour of its ground."""
        colour = run.ink.colour
        if colour is None or not (_alike(colour, WHITE) or any(_alike(colour, c) for c in self._colours)):
            return False
        box = on_page(run, run.x0, run.x1, *_BAND)
        below = max((number for number in self._strips.touching(box) if number < run.ink.order), default=None)
        if below is None:
            return _alike(colour, WHITE)
        ground = self._areas[below]
        return ground.full and ground.colour is not None and ground.box.holds(box) and _alike(colour, ground.colour)

    def _uncover(self, run: TextRun, found: Sight, unseen: list[TextRun]) -> None:
        """Add what of a run is not under something painted later."""
        box = on_page(run, run.x0, run.x1, *_BAND)
        covers = [
            area
            for number in sorted(set(self._strips.touching(box)))
            if number >= run.ink.order and (area := self._areas[number]).full
        ]
        if not covers:
            found.runs.append(run)
            return
        letters = letters_of(run)
        over = [next((area for area in reversed(covers) if _covers(area, run, letter)), None) for letter in letters]
        if all(area is None for area in over):
            found.runs.append(run)
            return
        for area, group in groupby(zip(over, letters, strict=True), key=lambda pair: pair[0]):
            part = [letter for _, letter in group]
            if area is None:
                found.runs += _runs_of(run, part)
            elif area.picture and self._pictures() >= _PICTURED:
                unseen += _runs_of(run, part)
            elif any(letter.text.strip() for letter in part):
                found.covered += _count_of(part)
                if _blackens(area, run):
                    _mark_cover(run, part, found)
                elif _is_bar(area, run):
                    _bridge(run, part, found)

    def _pictures(self) -> float:
        """The share of the page that pictures take."""
        whole = self._page
        parts = (area.box.meet(whole) for area in self._areas if area.picture)
        taken = sum(max(box.x1 - box.x0, 0) * max(box.bottom - box.top, 0) for box in parts)
        return taken / (whole.x1 * whole.bottom)

    def _has_little_text(self, runs: Sequence[TextRun]) -> bool:
        """Tell whether lines of text take little of the page."""
        taken = sum((run.x1 - run.x0) * run.size for run in runs if run.text.strip())
        return taken <= _LITTLE * self._page.x1 * self._page.bottom

    def _add_layer(self, unseen: Sequence[TextRun], found: Sight) -> None:
        """Add the text that OCR has laid over a picture, where nothing else is written; the others are hidden."""
        written = [(on_page(run, run.x0, run.x1, *_BAND)) for run in found.runs if run.text.strip()]
        strips = _Strips(enumerate(written))
        for run in unseen:
            box = on_page(run, run.x0, run.x1, *_BAND)
            if not run.text.strip():
                continue
            ground = [self._areas[number] for number in sorted(set(self._strips.touching(box)))]
            pictures = [number for number, area in enumerate(ground) if area.picture or not area.full]
            boxed = pictures and any(_hides(area, box) for area in ground[pictures[-1] + 1 :] if area.full)
            others = {number for number in strips.touching(box) if _beside(written[number], box)}
            if others:
                continue  # a copy of what is seen
            if pictures and not boxed:
                found.runs.append(run)
                found.layered += _count(run.text)
            elif boxed:
                found.covered += _count(run.text)
            else:
                found.hidden[message("without-ink")] += _count(run.text)


def _carried_on(runs: Sequence[TextRun]) -> Iterator[TextRun]:
    """Runs joined where only their ink kept them apart."""
    last: TextRun | None = None
    for run in runs:
        if last and last.ink != run.ink and COVER not in (last.text, run.text) and carries_on(last, run):
            last = replace(
                last, text=last.text + run.text, x1=run.x1, strings=[*last.strings, *run.strings], ink=run.ink
            )
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _blackens(area: Area, run: TextRun) -> bool:
    """Tell whether an area is a bar that blackens letters."""
    return area.colour is not None and sum(area.colour) / 3 <= _DARK and _is_bar(area, run)


def _is_bar(area: Area, run: TextRun) -> bool:
    """Tell whether an area is about as high as a line."""
    return min(area.box.x1 - area.box.x0, area.box.bottom - area.box.top) <= _BAR * run.size


def _bridge(run: TextRun, part: Sequence[LetterPlace], found: Sight) -> None:
    """Let what stands before covered letters reach over them, so that a line stays one."""
    last = found.runs[-1] if found.runs else None
    if last and last.y == run.y and last.angle == run.angle and 0 <= part[0].x0 - last.x1 + run.size <= 2 * run.size:
        found.runs[-1] = replace(last, text=f"{last.text} ", x1=part[-1].x1, strings=[])


def _mark_cover(run: TextRun, part: Sequence[LetterPlace], found: Sight) -> None:
    """Put one sign for letters under a dark box, or widen the last one."""
    last = found.runs[-1] if found.runs else None
    x0, x1 = part[0].x0, part[-1].x1
    if last and last.text == COVER and last.y == run.y and last.angle == run.angle and x0 - last.x1 <= run.size:
        last.x1 = x1
    else:
        found.runs.append(replace(run, text=COVER, x0=x0, x1=x1, strings=[]))


def _runs_of(run: TextRun, letters: Sequence[LetterPlace]) -> list[TextRun]:
    """The parts of a run that some of its letters make."""
    parts: list[list[LetterPlace]] = []
    for letter in letters:
        if parts and letter.number == parts[-1][-1].number + 1:
            parts[-1].append(letter)
        else:
            parts.append([letter])
    return [
        replace(run, text="".join(each.text for each in part), x0=part[0].x0, x1=part[-1].x1, strings=[part])
        for part in parts
        if any(each.text.strip() for each in part)
    ]


def _band(run: TextRun, letter: LetterPlace) -> Rectangle:
    return on_page(run, letter.x0, letter.x1, *_BAND)


def _covers(area: Area, run: TextRun, letter: LetterPlace) -> bool:
    """Tell whether an area lies over the middle of a letter."""
    aside = (letter.x1 - letter.x0) * 0.4
    return area.box.holds(on_page(run, letter.x0 + aside, letter.x1 - aside, *_BAND))


def _hides(area: Area, box: Rectangle) -> bool:
    """Tell whether an area lies over most of a line of text."""
    both = area.box.meet(box)
    return both.bottom - both.top >= (box.bottom - box.top) / 2 and both.x1 - both.x0 >= (box.x1 - box.x0) / 2


def _beside(other: Rectangle, box: Rectangle) -> bool:
    """Tell whether two texts stand in one place."""
    return min(other.x1, box.x1) - max(other.x0, box.x0) >= _WRITTEN_OVER * min(box.x1 - box.x0, other.x1 - other.x0)


def _alike(one: Colour, other: Colour) -> bool:
    # Without a loop: this is asked of every run.
    (red, green, blue), (other_red, other_green, other_blue) = one, other
    return abs(red - other_red) <= _ALIKE and abs(green - other_green) <= _ALIKE and abs(blue - other_blue) <= _ALIKE


def _count(text: str) -> int:
    """Letters and digits of a text."""
    return sum(map(str.isalnum, text))


def _count_of(letters: Iterable[LetterPlace]) -> int:
    return sum(_count(letter.text) for letter in letters)
