"""A source document set on pages: which words stand where, and on which page each passage can be found."""

from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from indexer.model import Kind

from .page import LEFT, RIGHT, Pages
from .paper import Sheet, face, width_of
from .source import SourceDocument, SourcePassage, load_furniture
from .typeset import SetLine, break_lines, hyphenations, undecoded

_MARGIN, _BULLET_MARGIN, _PART_MARGIN = 30.0, 18.0, 18.0
_HEADER_SIZE, _NOTE_SIZE = 9.5, 9.0
_LEADING, _GAP = 1.5, 0.8  # of the size, and of the leading
_LIGATURES = (("fi", "ﬁ"), ("fl", "ﬂ"))


@dataclass(frozen=True, slots=True)
class Printed:
    """A document as it is printed: its sheets, and the pages of each passage by path."""

    sheets: list[Sheet]
    pages: dict[str, list[int]]


def print_document(document: SourceDocument) -> Printed:
    """Set a document: header, title, notes and passages."""
    draft = _set(document, {})
    press = _set(document, draft.placed) if document.layout.contents else draft
    return Printed(press.pages.finish(), press.placed)


def printed_marker(passage: SourcePassage, bullet: str) -> str:
    """The marker of a passage: its number as its document writes it, a dash, or nothing."""
    if passage.marker is not None:
        return passage.marker
    if passage.kind is not Kind.RECOMMENDATION:
        return ""
    parts = passage.path.split(".")
    return bullet or (passage.path if parts[0].isdecimal() and len(parts) == 2 else f"{parts[-1]}.")


def printed_text(passage: SourcePassage, language: str, revision: int) -> str:
    """The words as printed. What cannot be read is set in a font that does not say which letters it holds."""
    text = passage.text(language, revision)
    readable = passage.readable.get(language, ())
    if len(readable) == 1:
        return readable[0]
    for before, after in pairwise(readable):
        begin = text.index(before) + len(before)
        end = text.index(after, begin)
        text = text[:begin] + undecoded(text[begin:end]) + text[end:]
    return text


def _set(document: SourceDocument, known: dict[str, list[int]]) -> "_Press":
    """The document set once; ``known`` are the pages that its table of contents prints, by path."""
    press = _Press(document, known)
    press.front()
    for passage, notes in _with_notes(document.passages):
        press.passage(passage, notes)
    return press


def _with_notes(passages: tuple[SourcePassage, ...]) -> list[tuple[SourcePassage, list[SourcePassage]]]:
    """Each passage of the body with the foot notes that follow it in the source, which it calls."""
    body: list[tuple[SourcePassage, list[SourcePassage]]] = []
    for passage in passages:
        if passage.place == "foot":
            body[-1][1].append(passage)
        elif passage.place == "body":
            body.append((passage, []))
    return body


@dataclass(slots=True)
class _Press:
    document: SourceDocument
    known: dict[str, list[int]]
    placed: dict[str, list[int]] = field(default_factory=dict)
    pages: Pages = field(init=False)
    hyphenation: dict[str, tuple[str, ...]] = field(init=False)
    upright: str = field(init=False)
    bold: str = field(init=False)
    lost_before: bool = False

    def __post_init__(self) -> None:
        self.pages = Pages(self.document, load_furniture()[self.document.language])
        self.hyphenation = hyphenations(self.pages.furniture.hyphenation if self.document.layout.hyphenate else ())
        self.upright, self.bold = face(self.document.layout.font), face(self.document.layout.font, 1)

    @property
    def leading(self) -> float:
        return self.document.layout.size * _LEADING

    def front(self) -> None:
        """The header, the title (twice where there is a cover), the heading and the note that it calls."""
        self._header()
        if self.document.layout.cover:
            self.pages.y += 120
            self._title()
            self.pages.y += 90
            self._heading("", self.document.layout.size + 4)
            self.pages.unmarked = 1
            self.pages.turn()
            self._heading("", self.document.layout.size)
            self._title()
        else:
            self.pages.y += 22
            self._title()
            if self.document.layout.contents:
                self._contents()
            notes = [passage for passage in self.document.passages if passage.place == "front"]
            self._heading("".join(note.marker or "" for note in notes), self.document.layout.size + 1)
            for note in notes:
                self._front_note(note)
        self.pages.y += 8

    def passage(self, passage: SourcePassage, notes: list[SourcePassage]) -> None:
        """A passage or a heading, and the foot notes that it calls."""
        self._turn_for_scan(passage)
        text = printed_text(passage, self.document.language, self.document.revision)
        if passage.kind is None:
            self._section(passage, text)
            return
        layout, marker = self.document.layout, printed_marker(passage, self.document.layout.bullet)
        first, *parts = text.split("\n")
        self.pages.need(self.leading)
        style = layout.marker if passage.kind is Kind.RECOMMENDATION else "inline"
        hanging = bool(marker) and (style in ("hanging", "column") or bool(layout.bullet))
        x = LEFT + (_BULLET_MARGIN if layout.bullet else _MARGIN) if hanging else LEFT
        if style == "alone" and marker:
            self.pages.need(2 * self.leading)
            self.pages.put(LEFT, marker, self.upright, layout.size)
            self.pages.y += self.leading
        elif hanging:
            self.pages.put(LEFT, marker, self.upright, layout.size, column=style == "column")
        elif marker:
            first = f"{marker}{'' if passage.path in layout.glued else ' '}{first}"
        self._paragraph(passage, first, x, notes)
        for part in parts:
            self._paragraph(passage, part, x + _PART_MARGIN, notes)
        self.pages.skip(self.leading * _GAP)

    def _turn_for_scan(self, passage: SourcePassage) -> None:
        lost = self.document.language in passage.lost
        if lost and not self.lost_before:
            self.pages.turn_to_scan()
        elif self.lost_before and not lost:
            self.pages.turn()
        self.lost_before = lost

    def _header(self) -> None:
        furniture, document = self.pages.furniture, self.document
        left = furniture.header
        right = (furniture.series, document.symbol, document.date, document.original)
        widest = max(width_of(line, self.upright, _HEADER_SIZE) for line in left)
        x = LEFT + widest if document.layout.touching else RIGHT - 122
        self.pages.y = 62
        for row, (name, value) in enumerate(zip_longest(left, right, fillvalue="")):
            self.pages.y = 62 + row * 12.5
            if name:
                self.pages.put(LEFT, name, self.upright, _HEADER_SIZE)
            self.pages.put(x, value, self.upright, _HEADER_SIZE)
        self.pages.y += 14

    def _title(self) -> None:
        size = self.document.layout.size + 1
        lines = self._lines(self.document.title, RIGHT - LEFT - 40, self.bold, size)
        for line in lines:
            self.pages.centred(line.text, self.bold, size, size * 1.3)
        self.pages.y += 4
        for text in self.document.place.split("\n"):
            self.pages.centred(text, self.upright, self.document.layout.size, self.leading)
        self.pages.y += 12

    def _heading(self, mark: str, size: float) -> None:
        self.pages.centred(self.document.heading + mark, self.bold, size, size * 1.8)

    def _contents(self) -> None:
        """The headings with dot leaders and the pages on which they stand, on a page with the title."""
        size = self.document.layout.size
        self.pages.centred(self.pages.furniture.contents, self.bold, size, size * 2.4)
        for passage in self.document.passages:
            if passage.kind is None:
                x = LEFT + _PART_MARGIN * passage.path.count(".")
                text = passage.text(self.document.language)
                number = "".join(str(page) for page in self.known.get(passage.path, []))
                dots = int(
                    (RIGHT - 24 - x - width_of(f"{text} ", self.upright, size)) / width_of(".", self.upright, size)
                )
                self.pages.put(x, f"{text} {'.' * dots}", self.upright, size)
                self.pages.put(RIGHT - width_of(number, self.upright, size), number, self.upright, size)
                self.pages.y += self.leading
        self.pages.turn()

    def _front_note(self, note: SourcePassage) -> None:
        self.placed[note.path] = [self.pages.number]
        for line in self._note_lines(note):
            self.pages.put(LEFT, line, self.upright, _NOTE_SIZE)
            self.pages.y += _NOTE_SIZE * 1.3
        self.pages.y += 6

    def _section(self, passage: SourcePassage, text: str) -> None:
        size = self.document.layout.size
        self.pages.need(5 * self.leading)
        self.pages.skip(4)
        if passage.path in self.document.layout.glued:
            text = text.replace(". ", ".", 1)
        self.pages.put(LEFT, text, self.bold, size)
        self._note_place(passage.path)
        self.pages.y += self.leading * 1.4

    def _paragraph(self, passage: SourcePassage, text: str, x: float, notes: list[SourcePassage]) -> None:
        if self.document.layout.ligatures:
            for letters, ligature in _LIGATURES:
                text = text.replace(letters, ligature)
        lines = self._lines(text, RIGHT - x, self.upright, self.document.layout.size)
        for line in lines:
            called = [note for note in notes if note.marker and note.marker in line.text]
            self._make_room(called)
            self._line(line, x)
            self._note_place(passage.path)
            for note in called:
                notes.remove(note)
                self.pages.add_note(self._note_lines(note))
                self._note_place(note.path)

    def _make_room(self, called: list[SourcePassage]) -> None:
        """Room for a line and the notes that it calls."""
        notes = sum(self.pages.note_height(len(self._note_lines(note))) for note in called)
        self.pages.need(self.leading + notes)

    def _line(self, line: SetLine, x: float) -> None:
        size, spaces = self.document.layout.size, line.text.count(" ")
        spread = 0.0
        if self.document.layout.justify and not line.last and spaces:
            spread = round((RIGHT - x - width_of(line.text, self.upright, size)) / spaces, 3)
        self.pages.put(x, line.text, self.upright, size, spread=spread)
        self.pages.y += self.leading

    def _note_place(self, path: str) -> None:
        pages = self.placed.setdefault(path, [])
        if self.pages.number not in pages:
            pages.append(self.pages.number)

    def _note_lines(self, note: SourcePassage) -> list[str]:
        text = f"{note.marker} {printed_text(note, self.document.language, self.document.revision)}"
        return [line.text for line in self._lines(text, RIGHT - LEFT, self.upright, _NOTE_SIZE)]

    def _lines(self, text: str, width: float, font: str, size: float) -> list[SetLine]:
        return break_lines(text, width, lambda words: width_of(words, font, size), self.hyphenation)
