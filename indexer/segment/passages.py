"""Passages: rows and their markers put together, with the kind, path and heading of each.

Here it is decided where recommendations begin and end.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.model import Caution, Kind, Passage, Strategy, message
from indexer.segment.bullets import FEWEST, bullet_rows
from indexer.segment.ends import ItemEnds
from indexer.segment.evidence import NumberEvidence
from indexer.segment.headings import HeadingLook, UsualMeasures, ends_sentence, fold_heading, is_separator
from indexer.segment.markers import Style
from indexer.segment.numbering import NumberedMark
from indexer.segment.repair import SpellingHabits, join_and_place
from indexer.segment.rows import Row, confidence_in, places_of
from indexer.segment.vocabulary import EVERY

_PREAMBLES = frozenset(EVERY.preamble)
_BY_NUMBERS = (Strategy.NUMBERED, Strategy.DECIMAL, Strategy.SECTIONED)
_SHORT = 0.75
"""Share of the usual width up to which a line is short."""

_OTHER_SIZE = 1
"""Points by which the letters of another paragraph differ, where it stands close to the one above."""


@dataclass(frozen=True, slots=True)
class AnnotatedRows:
    """Rows of a document's text with the findings on each, as parallel sequences.

    Attributes:
        rows: the rows in reading order.
        look: how much each looks like a heading.
        announced: for each whether it announces recommendations.
        marks: the marker that each begins with, or None.
        usual: the document's measures.
        evidence: what tells where their paragraphs begin.
    """

    rows: Sequence[Row]
    look: Sequence[HeadingLook]
    announced: Sequence[bool]
    marks: Sequence[NumberedMark | None]
    usual: UsualMeasures
    evidence: NumberEvidence


@dataclass(slots=True)
class PassageDraft:
    """A passage that is being gathered.

    Attributes:
        kind: its kind, as far as known.
        heading: the headings above it.
        path: its path; None where it prints no number.
        width: the characters of the first row before its text.
        odd: true where its number is printed otherwise than those around it.
        rows: its rows.
    """

    kind: Kind
    heading: str
    path: str | None = None
    width: int = 0
    odd: bool = False
    rows: list[Row] = field(default_factory=list)

    @property
    def opening(self) -> str:
        """The text of its first row, without its number."""
        return self.rows[0].text[self.width :]


def choose_strategy(body: AnnotatedRows, inside: Sequence[bool]) -> Strategy:
    """Choose the strategy by which the recommendations of a document are told apart."""
    marks = [mark for mark, within in zip(body.marks, inside, strict=True) if mark and within and not mark.is_section]
    if any(mark.restarted for mark in marks):
        return Strategy.SECTIONED
    if any(len(mark.path) > 1 for mark in marks):
        return Strategy.DECIMAL
    if marks:
        return Strategy.NUMBERED
    dashes = bullet_rows(body.rows, inside, body.evidence)
    return Strategy.DASH if len(dashes) >= FEWEST else Strategy.NONE


class Assembly:
    """Assembly of the rows of a document into passages, in reading order."""

    def __init__(self, body: AnnotatedRows, inside: Sequence[bool], strategy: Strategy) -> None:
        self._body = body
        self._inside = inside
        self._strategy = strategy
        self._dashes = bullet_rows(body.rows, inside, body.evidence) if strategy is Strategy.DASH else {}
        self._parents = _parents(body.marks)
        self._items = self._item_rows() if strategy in _BY_NUMBERS else set()
        # Paths name their sections only where lists begin anew in each: else numbers alone are unique, and cited so.
        self._sections = any(mark and mark.restarted for mark in body.marks)
        self._drafts: list[PassageDraft] = []
        self._heading: list[str] = []
        self._open: PassageDraft | None = None
        self._first = 0
        self._ends = ItemEnds(body.rows, body.look, [*self._items, *self._dashes])
        self._numbered_yet = False
        self._in_title = False
        self._section = ""
        # The head of a document, with its date and venue, ends with the first number: on a later page there is none.
        opening = [row.page for row, mark in zip(body.rows, body.marks, strict=True) if mark]
        opening += [body.rows[index].page for index in self._dashes]
        self._first_page = min(opening, default=1)

    def drafts(self) -> list[PassageDraft]:
        """Gather the passages as drafts, in order."""
        for index in range(len(self._body.rows)):
            self._take(index)
        return [draft for draft in self._drafts if not self._is_display(draft)]

    def _is_display(self, draft: PassageDraft) -> bool:
        """Tell whether a draft is a line of the head: a date, a venue, a symbol.

        Such lines are short, no sentences, and stand before all numbers.
        """
        if draft.path is not None or draft.kind is Kind.RECOMMENDATION or draft.rows[0].page > self._first_page:
            return False
        return all(map(self._is_short, draft.rows)) and not ends_sentence(draft.rows[-1].text)

    def _is_short(self, row: Row) -> bool:
        return row.right - row.left < _SHORT * self._body.usual.width

    def _item_rows(self) -> set[int]:
        """Find the rows that open a recommendation, by their indices.

        They have numbers of a list that began after the announcement or below one of its paragraphs; failing these, all
        numbers after the announcement.
        """
        own = [
            (index, mark)
            for index, mark in enumerate(self._body.marks)
            if mark and not mark.is_section and self._inside[index]
        ]
        # `1. Cybercrime` above 1.1 and 1.2 is their heading.
        childless = [(index, mark) for index, mark in own if index not in self._parents]
        chosen = {index for index, mark in childless if len(mark.path) > 1 or mark.fresh}
        return chosen or {index for index, _ in own}

    def _take(self, index: int) -> None:
        """Add a row to the open passage, another one or the headings."""
        body = self._body
        row, mark, look = body.rows[index], body.marks[index], body.look[index]
        if is_separator(row):
            return
        if body.announced[index] or (mark and mark.is_section):
            self._head(row, index)
        elif mark:
            self._number(index, mark)
        elif index in self._dashes:
            draft = PassageDraft(Kind.RECOMMENDATION, self._heading_text(), None, self._dashes[index])
            self._begin(draft, index)
            self._numbered_yet = True
        elif self._open and self._goes_on_title(self._open, index):
            self._open.rows.append(row)
        elif (
            look is HeadingLook.STRONG
            or fold_heading(row.text) in _PREAMBLES
            or (look is HeadingLook.WEAK and self._before_a_number(index))
        ):
            self._head(row, index)
        elif self._open and not self._breaks(index):
            self._open.rows.append(row)
        else:
            self._begin(PassageDraft(self._plain_kind(index), self._heading_text()), index)

    def _head(self, row: Row, index: int) -> None:
        """Read a heading, which stands above the passages that follow it.

        What announces recommendations, and the title below it, say nothing of one rather than another, and stand above
        none.
        """
        mark, announced = self._body.marks[index], self._body.announced[index]
        # Headings that follow each other without text between stand above the same passages, all of them.
        if self._open is not None or announced:
            self._heading = []
        self._in_title = announced or (self._in_title and not (mark and mark.is_section))
        if mark and mark.is_section:
            self._section = row.text if mark.style is Style.ROMAN else self._section
            self._heading = [self._section] if self._section and mark.style is not Style.ROMAN else []
        if not self._in_title:
            self._heading.append(row.text)
        self._open = None
        # What was a preamble before a second announcement introduced other things.
        if announced:
            self._numbered_yet = False
            for draft in self._drafts:
                if draft.kind is Kind.PREAMBLE:
                    draft.kind = Kind.PARAGRAPH

    def _number(self, index: int, mark: NumberedMark) -> None:
        row = self._body.rows[index]
        # A number with others below it, short and no sentence, is their heading.
        if index in self._parents and self._is_short(row) and not ends_sentence(row.text):
            self._heading = [row.text]
            self._open = None
            return
        kind = Kind.RECOMMENDATION if index in self._items else Kind.PARAGRAPH
        path = ".".join((*mark.sections, *mark.path) if self._sections else mark.path)
        self._begin(PassageDraft(kind, self._heading_text(), path, mark.width, mark.odd), index)
        self._numbered_yet = self._numbered_yet or kind is Kind.RECOMMENDATION

    def _begin(self, draft: PassageDraft, index: int) -> None:
        draft.rows.append(self._body.rows[index])
        self._first = index
        self._drafts.append(draft)
        self._open = draft
        self._in_title = self._in_title and self._is_display(draft)

    def _goes_on_title(self, draft: PassageDraft, index: int) -> bool:
        """Tell whether a row goes on with the title that an item begins with: it is set as all rows before it are."""
        own = self._body.look[self._first : index + 1]
        titled = draft.path is not None and all(look is HeadingLook.STRONG for look in own)
        return titled and not self._body.usual.begins(self._body.rows[index])

    def _heading_text(self) -> str:
        return " ".join(self._heading)

    def _plain_kind(self, index: int) -> Kind:
        """Tell the kind of a paragraph without a number.

        Before the first recommendation it is the preamble, as is what is called so.
        """
        if self._heading and fold_heading(self._heading[-1]) in _PREAMBLES:
            return Kind.PREAMBLE
        return Kind.PREAMBLE if self._inside[index] and not self._numbered_yet else Kind.PARAGRAPH

    def _breaks(self, index: int) -> bool:
        """Tell whether a row begins a paragraph of its own.

        Within an item it does so by tags alone: its paragraphs belong together.
        """
        row, above = self._body.rows[index], self._body.rows[index - 1]
        if self._open is None:
            return False
        if self._open.path is not None or self._open.kind is Kind.RECOMMENDATION:
            return self._ends.has_ended(self._first, index)
        if row.structure and above.structure and row.structure.block == above.structure.block:
            return False
        if row.pitch is None:
            return ends_sentence(above.text) and row.text[:1].isupper()
        return self._body.usual.begins(row) or abs(row.size - above.size) > _OTHER_SIZE

    def _before_a_number(self, index: int) -> bool:
        """Tell whether a row that weakly looks like a heading stands as one."""
        following = self._body.marks[index + 1 : index + 2]
        return self._open is None or bool(following and following[0])


def _parents(marks: Sequence[NumberedMark | None]) -> set[int]:
    """Find the marks below which another list begins: its numbers follow, and begin with theirs."""
    items = [(index, mark) for index, mark in enumerate(marks) if mark and not mark.is_section]
    return {
        index
        for (index, mark), (_, following) in pairwise(items)
        if len(following.path) > len(mark.path) and following.path[: len(mark.path)] == mark.path
    }


def finish_passages(drafts: Sequence[PassageDraft], habits: SpellingHabits) -> tuple[list[Passage], list[Caution]]:
    """Finish drafts: their passages, each with a path of its own, and cautions.

    There are cautions on empty and on repeated ones.
    """
    passages: list[Passage] = []
    cautions: list[Caution] = []
    paths = _paths(drafts)
    for draft, (path, count) in zip(drafts, paths, strict=True):
        page = draft.rows[0].page
        lines = [draft.opening, *(row.text for row in draft.rows[1:])]
        text, starts = join_and_place(lines, habits)
        if not text.strip():
            cautions.append(Caution(message("empty-item", path), page))
            continue
        # Paragraphs of a report have numbers of their own, which may be those of its recommendations.
        if count > 1 and draft.kind is Kind.RECOMMENDATION:
            cautions.append(Caution(message("repeated-number", path, count), page))
        path = path if count == 1 else f"{path}~{count}"
        places = places_of(draft.rows, starts)
        numbered, confidence = draft.path is not None, confidence_in(draft.rows)
        passages.append(
            Passage(path, draft.kind, text, places, heading=draft.heading, numbered=numbered, confidence=confidence)
        )
    return passages, cautions


def _paths(drafts: Sequence[PassageDraft]) -> list[tuple[str, int]]:
    """Give each draft its path, and how often that has occurred.

    It counts from the recommendations on, which are cited, and from numbers that are printed as their neighbours are.
    """
    counted: Counter[str] = Counter()
    found: list[str] = []
    for draft in drafts:
        path = draft.path
        # Counted even where it turns out to be empty, so that the paths after it say where they stand.
        if path is None:
            kind = "" if draft.kind is Kind.RECOMMENDATION else f"{draft.kind.value}."
            counted[kind] += 1
            path = f"{kind}{counted[kind]}"
        found.append(path)
    seen: Counter[str] = Counter()
    counts = [1] * len(drafts)
    later = [(draft.kind is not Kind.RECOMMENDATION, draft.odd) for draft in drafts]
    for place in sorted(range(len(drafts)), key=later.__getitem__):
        if drafts[place].opening.strip() or len(drafts[place].rows) > 1:
            seen[found[place]] += 1
            counts[place] = seen[found[place]]
    return list(zip(found, counts, strict=True))
