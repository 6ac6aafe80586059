"""Pages in the making: sheets filled from top to foot, each with what every page carries."""

from dataclasses import dataclass, field

from .paper import WIDTH, Run, Sheet, face, width_of
from .source import SOURCE, Furniture, SourceDocument

LEFT, RIGHT = 78.0, WIDTH - 78.0
_TOP, _FOOT = 84.0, 716.0
_NOTE_SIZE, _NOTE_LEADING = 9.0, 11.0
_SMALL = 8.0


@dataclass(slots=True)
class Pages:
    """The sheets of a document, the last of which is being filled.

    ``y`` is where the next line's top stands. ``unmarked`` counts the pages before the one that is marked 1 (a cover).
    """

    document: SourceDocument
    furniture: Furniture
    sheets: list[Sheet] = field(default_factory=list)
    y: float = _TOP
    unmarked: int = 0
    _notes: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.turn()

    @property
    def number(self) -> int:
        """The current page's number, from 1, covers included."""
        return len(self.sheets)

    @property
    def empty(self) -> bool:
        """True where nothing has been set on the current page."""
        return not self.sheets[-1].runs

    def turn(self) -> None:
        """Begin a page."""
        self.sheets.append(Sheet(rotated=len(self.sheets) + 1 in self.document.layout.rotated))
        self._notes.append([])
        self.y = _TOP

    def turn_to_scan(self) -> None:
        """Begin a page of which the PDF shows the image alone."""
        self.turn()
        self.sheets[-1].scan = SOURCE / self.document.layout.scan

    def need(self, height: float) -> None:
        """Begin a page unless this much room is left."""
        if self.y + height > _FOOT - self._notes_height() and not self.empty:
            self.turn()

    def skip(self, height: float) -> None:
        """Leave room, except at the top of a page."""
        if not self.empty:
            self.y += height

    def put(self, x: float, text: str, font: str, size: float, *, spread: float = 0.0, column: bool = False) -> None:
        """Set words on the current line, whose top is ``y``."""
        self.sheets[-1].runs.append(
            Run(x=x, baseline=self.y + size, text=text, font=font, size=size, spread=spread, column=column)
        )

    def centred(self, text: str, font: str, size: float, leading: float) -> None:
        """Set a line in the middle and go on to the next."""
        self.need(leading)
        self.put((WIDTH - width_of(text, font, size)) / 2, text, font, size)
        self.y += leading

    def note_height(self, lines: int) -> float:
        """The room that a foot note of so many lines takes."""
        return lines * _NOTE_LEADING + (0 if self._notes[-1] else 8)

    def add_note(self, lines: list[str]) -> None:
        """Set a note at the foot of the current page."""
        self._notes[-1].extend(lines)

    def finish(self) -> list[Sheet]:
        """Add to every sheet its notes, its running header, its page mark and the line that says that it is fiction."""
        for number, sheet in enumerate(self.sheets, start=1):
            self._foot(sheet, self._notes[number - 1])
            mark = number - self.unmarked
            if mark > 1:
                self._running(sheet)
            if mark >= 1:
                self._mark(sheet, mark)
        return self.sheets

    def _notes_height(self) -> float:
        notes = self._notes[-1]
        return len(notes) * _NOTE_LEADING + 8 if notes else 0.0

    def _foot(self, sheet: Sheet, notes: list[str]) -> None:
        upright, _, italic = (face(self.document.layout.font, style) for style in range(3))
        top = _FOOT - len(notes) * _NOTE_LEADING
        if notes:
            sheet.rules.append((LEFT, LEFT + 120, top - 4))
        for row, note in enumerate(notes):
            sheet.runs.append(Run(LEFT, top + row * _NOTE_LEADING + _NOTE_SIZE, note, upright, _NOTE_SIZE))
        text = self.furniture.fictional
        size = min(_SMALL, _SMALL * (RIGHT - LEFT) / width_of(text, italic, _SMALL))
        sheet.rules.append((LEFT, RIGHT, 735.0))
        sheet.runs.append(Run((WIDTH - width_of(text, italic, size)) / 2, 747.0, text, italic, size))

    def _running(self, sheet: Sheet) -> None:
        if not self.document.layout.running:
            return
        font = face(self.document.layout.font, 2)
        symbol = self.document.symbol
        sheet.runs.insert(0, Run(LEFT, 52.0, self.furniture.running, font, _SMALL))
        sheet.runs.insert(1, Run(RIGHT - width_of(symbol, font, _SMALL), 52.0, symbol, font, _SMALL))
        sheet.rules.append((LEFT, RIGHT, 57.0))

    def _mark(self, sheet: Sheet, number: int) -> None:
        layout = self.document.layout
        pattern = self.furniture.page if layout.page_mark == "page" else layout.page_mark
        text, font = pattern.format(number=number), face(layout.font)
        width = width_of(text, font, 10)
        x = RIGHT - width if layout.mark_at == "right" else (WIDTH - width) / 2
        if layout.mark_at == "top":
            sheet.runs.insert(0, Run(x, 38.0, text, font, 10))
        else:
            sheet.runs.append(Run(x, 766.0, text, font, 10))
