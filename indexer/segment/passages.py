"""Rows and their markers to passages: where recommendations begin and end, what kind each passage is, and its path."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from indexer.model import Caution, Kind, Override, Passage, Strategy
from indexer.segment.headings import HeadingLook, UsualMeasures, ends_sentence, fold_heading, is_separator, says_annex
from indexer.segment.markers import Style, read_markers
from indexer.segment.numbering import NumberedMark
from indexer.segment.repair import SpellingHabits, join_lines
from indexer.segment.rows import Row, confidence_in, places_of

_PREAMBLES = frozenset({"PREAMBLE", "PREAMBULO", "PREAMBULE"})
_DECLARED = (Strategy.NUMBERED, Strategy.DECIMAL, Strategy.SECTIONED)
_EDGE = 0.9
_SHORT = 0.75
"""The share of the usual width up to which a line is short."""


@dataclass(frozen=True, slots=True)
class AnnotatedRows:
    """The rows of a document's text with what was found out about each; parallel sequences."""

    rows: Sequence[Row]
    look: Sequence[HeadingLook]
    announced: Sequence[bool]
    marks: Sequence[NumberedMark | None]
    usual: UsualMeasures


@dataclass(slots=True)
class PassageDraft:
    """A passage that is being gathered. ``path`` is None for one that prints no number."""

    kind: Kind
    heading: str
    path: str | None = None
    width: int = 0
    rows: list[Row] = field(default_factory=list)


def region(body: AnnotatedRows, override: Override | None) -> list[bool]:
    """For each row whether recommendations may stand there: after the heading that announces them, until an annex or
    the next section of the announcement's rank; or as the catalogue says.
    """
    inside: list[bool] = []
    opened: Style | None = None
    is_open = False
    for index, row in enumerate(body.rows):
        mark = body.marks[index]
        ends = body.look[index] and says_annex(row.text)
        if override and override.end and row.text.startswith(override.end) and is_open:
            ends = True
        if mark and mark.is_section and opened and mark.style is opened and not body.announced[index]:
            ends = True
        is_open = is_open and not ends
        inside.append(is_open and not body.announced[index])
        if body.announced[index]:
            is_open, opened = True, mark.style if mark and mark.is_section else None
    return inside


def choose(body: AnnotatedRows, inside: Sequence[bool]) -> Strategy:
    """How the recommendations of a document are told apart."""
    marks = [mark for mark, within in zip(body.marks, inside, strict=True) if mark and within and not mark.is_section]
    if any(mark.restarted for mark in marks):
        return Strategy.SECTIONED
    if any(len(mark.path) > 1 for mark in marks):
        return Strategy.DECIMAL
    if marks:
        return Strategy.NUMBERED
    return Strategy.DASH if len(list(dashes(body, inside))) > 1 else Strategy.NONE


def dashes(body: AnnotatedRows, inside: Sequence[bool]) -> Iterator[int]:
    """The rows that open an item with a dash or a bullet: at the edge of the first, at the beginning of a paragraph."""
    edge: float | None = None
    for index, row in enumerate(body.rows):
        if not inside[index] or not any(reading.style is Style.DASH for reading in read_markers(row.text)):
            continue
        above = body.rows[index - 1] if index else None
        begins = above is None or body.usual.breaks(row) or body.look[index - 1] or ends_sentence(above.text)
        if not begins or (edge is not None and abs(row.left - edge) > _EDGE * row.size):
            continue
        edge = row.left if edge is None else edge
        yield index


class Assembly:
    """Gathers the rows of a document into passages, in reading order."""

    def __init__(self, body: AnnotatedRows, inside: Sequence[bool], strategy: Strategy) -> None:
        self._body = body
        self._inside = inside
        self._strategy = strategy
        self._dashes = set(dashes(body, inside)) if strategy is Strategy.DASH else set()
        self._parents = {mark.path[:-1] for mark in body.marks if mark and len(mark.path) > 1}
        self._items = self._items_of() if strategy in _DECLARED else set()
        self._sections = any(mark and mark.restarted for mark in body.marks)
        self._drafts: list[PassageDraft] = []
        self._heading: list[str] = []
        self._open: PassageDraft | None = None
        self._numbered_yet = False
        self._in_title = False
        self._section = ""
        opening = [row.page for row, mark in zip(body.rows, body.marks, strict=True) if mark]
        opening += [body.rows[index].page for index in self._dashes]
        self._first_page = min(opening, default=1)

    def drafts(self) -> list[PassageDraft]:
        """The passages as drafts, in order."""
        for index in range(len(self._body.rows)):
            self._take(index)
        return [draft for draft in self._drafts if not self._is_display(draft)]

    def _is_display(self, draft: PassageDraft) -> bool:
        """Whether a draft is a line of the head: a date, a venue, a symbol; short, no sentence, before all numbers."""
        if draft.path is not None or draft.kind is Kind.RECOMMENDATION or draft.rows[0].page > self._first_page:
            return False
        return all(map(self._is_short, draft.rows)) and not ends_sentence(draft.rows[-1].text)

    def _is_short(self, row: Row) -> bool:
        return row.right - row.left < _SHORT * self._body.usual.width

    def _items_of(self) -> set[int]:
        """The rows that open a recommendation: numbers of a list that began after the announcement or below one of its
        paragraphs; failing these, all numbers after the announcement.
        """
        own = [
            (index, mark)
            for index, mark in enumerate(self._body.marks)
            if mark and not mark.is_section and self._inside[index]
        ]
        childless = [(index, mark) for index, mark in own if mark.path not in self._parents]
        chosen = {index for index, mark in childless if len(mark.path) > 1 or mark.fresh}
        return chosen or {index for index, _ in own}

    def _take(self, index: int) -> None:
        body = self._body
        row, mark, look = body.rows[index], body.marks[index], body.look[index]
        if is_separator(row):
            return
        if body.announced[index] or (mark and mark.is_section):
            self._head(row, index)
        elif mark:
            self._number(index, mark)
        elif index in self._dashes:
            reading = next(reading for reading in read_markers(row.text) if reading.style is Style.DASH)
            self._begin(PassageDraft(Kind.RECOMMENDATION, self._heading_text(), None, reading.width), row)
            self._numbered_yet = True
        elif (
            look is HeadingLook.STRONG
            or fold_heading(row.text) in _PREAMBLES
            or (look is HeadingLook.WEAK and self._before_a_number(index))
        ):
            self._head(row, index)
        elif self._open and not self._breaks(index):
            self._open.rows.append(row)
        else:
            self._begin(PassageDraft(self._plain_kind(index), self._heading_text()), row)

    def _head(self, row: Row, index: int) -> None:
        """A heading stands above the passages that follow it; what announces recommendations, and the title below it,
        say nothing of one rather than another, and stand above none.
        """
        mark, announced = self._body.marks[index], self._body.announced[index]
        if self._open is not None or announced:
            self._heading = []
        self._in_title = announced or (self._in_title and not (mark and mark.is_section))
        if mark and mark.is_section:
            self._section = row.text if mark.style is Style.ROMAN else self._section
            self._heading = [self._section] if self._section and mark.style is not Style.ROMAN else []
        if not self._in_title:
            self._heading.append(row.text)
        self._open = None
        if announced:
            self._numbered_yet = False
            for draft in self._drafts:
                if draft.kind is Kind.PREAMBLE:
                    draft.kind = Kind.PARAGRAPH

    def _number(self, index: int, mark: NumberedMark) -> None:
        row = self._body.rows[index]
        if mark.path in self._parents and self._is_short(row) and not ends_sentence(row.text):
            self._heading = [row.text]
            self._open = None
            return
        kind = Kind.RECOMMENDATION if index in self._items else Kind.PARAGRAPH
        path = ".".join((*mark.sections, *mark.path) if self._sections else mark.path)
        self._begin(PassageDraft(kind, self._heading_text(), path, mark.width), row)
        self._numbered_yet = self._numbered_yet or kind is Kind.RECOMMENDATION

    def _begin(self, draft: PassageDraft, row: Row) -> None:
        draft.rows.append(row)
        self._drafts.append(draft)
        self._open = draft
        self._in_title = self._in_title and self._is_display(draft)

    def _heading_text(self) -> str:
        return " ".join(self._heading)

    def _plain_kind(self, index: int) -> Kind:
        """Words without a number before the first recommendation are its preamble, as is what is called so."""
        if self._heading and fold_heading(self._heading[-1]) in _PREAMBLES:
            return Kind.PREAMBLE
        return Kind.PREAMBLE if self._inside[index] and not self._numbered_yet else Kind.PARAGRAPH

    def _breaks(self, index: int) -> bool:
        """Whether a row begins a paragraph of its own: never within an item, whose paragraphs belong together."""
        row, above = self._body.rows[index], self._body.rows[index - 1]
        if self._open is None or self._open.path is not None or self._open.kind is Kind.RECOMMENDATION:
            return False
        if row.pitch is None:
            return ends_sentence(above.text) and row.text[:1].isupper()
        return self._body.usual.breaks(row) or abs(row.size - above.size) > 1

    def _before_a_number(self, index: int) -> bool:
        following = self._body.marks[index + 1 : index + 2]
        return self._open is None or bool(following and following[0])


def finish_passages(drafts: Sequence[PassageDraft], habits: SpellingHabits) -> tuple[list[Passage], list[Caution]]:
    """The passages of drafts, each with a path of its own, and cautions on empty and repeated ones."""
    passages: list[Passage] = []
    cautions: list[Caution] = []
    counted: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for draft in drafts:
        page = draft.rows[0].page
        opening = draft.rows[0].text[draft.width :]
        lines = [opening, *(row.text for row in draft.rows[1:])]
        text = join_lines(lines, habits)
        path = draft.path
        if path is None:
            kind = "" if draft.kind is Kind.RECOMMENDATION else f"{draft.kind.value}."
            counted[kind] += 1
            path = f"{kind}{counted[kind]}"
        if not text.strip():
            cautions.append(Caution("empty-item", f"Number {path} has no text.", page))
            continue
        seen[path] += 1
        if seen[path] > 1:
            cautions.append(Caution("repeated-number", f"Number {path} occurs {seen[path]} times.", page))
            path = f"{path}~{seen[path]}"
        places = places_of(draft.rows, partial(_begins, lines, habits))
        numbered, confidence = draft.path is not None, confidence_in(draft.rows)
        passages.append(Passage(path, draft.kind, text, places, draft.heading, numbered, confidence))
    return passages, cautions


def _begins(lines: Sequence[str], habits: SpellingHabits, row: int) -> int:
    """Where the text of a row begins in that of all: a line is joined to the next without regard to what precedes."""
    return len(join_lines(lines, habits)) - len(join_lines(lines[row:], habits)) if row else 0


def gaps(marks: Sequence[NumberedMark | None], rows: Sequence[Row]) -> list[Caution]:
    """A caution for each place where numbers are missing."""
    return [
        Caution(
            "number-missing",
            f"{mark.skipped} number{'s' if mark.skipped > 1 else ''} missing before {'.'.join(mark.path)}.",
            row.page,
        )
        for mark, row in zip(marks, rows, strict=True)
        if mark and mark.skipped
    ]
