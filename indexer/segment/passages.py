"""Passages: rows and their markers put together, with the kind, path and heading of each.

Here it is decided where recommendations begin and end.
"""

from collections import Counter
from collections.abc import Sequence

from indexer.model import Caution, Kind, Passage, message
from indexer.segment.announcements import says_that_it_recommends
from indexer.segment.drafts import PassageDraft
from indexer.segment.ends import ItemEnds
from indexer.segment.headings import HeadingLook, ends_sentence, fold_heading, is_separator
from indexer.segment.item_ends import are_bold, ended_by
from indexer.segment.items import AnnotatedRows, Items
from indexer.segment.markers import Style
from indexer.segment.numbering import NumberedMark
from indexer.segment.repair import SpellingHabits, join_and_place
from indexer.segment.repeats import settle_repeats
from indexer.segment.rows import Row, confidence_in, places_of
from indexer.segment.vocabulary import EVERY

_PREAMBLES = frozenset(EVERY.preamble)
_SHORT = 0.75
"""Share of the usual width up to which a line is short."""

_OTHER_SIZE = 1
"""Points by which the letters of another paragraph differ, where it stands close to the one above."""


class Assembly:
    """Assembly of the rows of a document into passages, in reading order."""

    def __init__(self, body: AnnotatedRows, items: Items) -> None:
        self._body = body
        self._items = items
        # Paths name their sections only where lists begin anew in each: else numbers alone are unique, and cited so.
        self._sections = any(mark and mark.restarted for mark in body.marks)
        self._drafts: list[PassageDraft] = []
        self._heading: list[str] = []
        self._open: PassageDraft | None = None
        self._first = 0
        self._ends = ItemEnds(body.rows, body.look, [*items.numbers, *items.dashes])
        self._bold = are_bold(body, [*items.numbers, *items.dashes])
        self._numbered_yet = False
        self._in_title = False
        self._section = ""
        # The head of a document, with its date and venue, ends with the first number: on a later page there is none.
        opening = [row.page for row, mark in zip(body.rows, body.marks, strict=True) if mark]
        opening += [body.rows[index].page for index in items.dashes]
        self._first_page = min(opening, default=1)

    def drafts(self) -> list[PassageDraft]:
        """Gather the passages as drafts, in order."""
        for index in range(len(self._body.rows)):
            self._take(index)
        for draft in self._drafts:
            self._name(draft)
        return settle_repeats([draft for draft in self._drafts if not self._is_display(draft)])

    def _name(self, draft: PassageDraft) -> None:
        """Call a paragraph of a region without numbers and dashes a recommendation, where it recommends."""
        plain = draft.path is None and draft.kind in (Kind.PARAGRAPH, Kind.PREAMBLE)
        if plain and draft.region in self._items.prose and says_that_it_recommends(draft.text):
            draft.kind = Kind.RECOMMENDATION

    def _is_display(self, draft: PassageDraft) -> bool:
        """Tell whether a draft is a line of the head: a date, a venue, a symbol.

        Such lines are short, no sentences, and stand before all numbers.
        """
        if draft.path is not None or draft.kind is Kind.RECOMMENDATION or draft.rows[0].page > self._first_page:
            return False
        return all(map(self._is_short, draft.rows)) and not ends_sentence(draft.rows[-1].text)

    def _is_short(self, row: Row) -> bool:
        return row.right - row.left < _SHORT * self._body.usual.width

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
        elif index in self._items.dashes:
            draft = PassageDraft(Kind.RECOMMENDATION, self._heading_text(), None, self._items.dashes[index])
            self._begin(draft, index)
            self._numbered_yet = True
        elif self._open and self._goes_on_title(self._open, index):
            self._open.rows.append(row)
            self._open.title_rows += 1
        elif (
            look is HeadingLook.STRONG
            or fold_heading(row.text) in _PREAMBLES
            or (look is HeadingLook.WEAK and self._before_a_number(index))
        ):
            self._head(row, index)
        elif self._open and (kind := ended_by(self._open, body, index, bold=self._bold)):
            answers = self._open if kind is Kind.REPLY else None
            self._begin(PassageDraft(kind, self._heading_text(), answers=answers), index)
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
        if index in self._items.parents and self._is_short(row) and not ends_sentence(row.text):
            self._heading = [row.text]
            self._open = None
            return
        kind = Kind.RECOMMENDATION if index in self._items.numbers else Kind.PARAGRAPH
        path = ".".join((*mark.sections, *mark.path) if self._sections else mark.path)
        titled = int(self._body.look[index] is HeadingLook.STRONG)
        self._begin(PassageDraft(kind, self._heading_text(), path, mark.width, mark.odd, title_rows=titled), index)
        self._numbered_yet = self._numbered_yet or kind is Kind.RECOMMENDATION

    def _begin(self, draft: PassageDraft, index: int) -> None:
        draft.rows.append(self._body.rows[index])
        self._first = index
        draft.region = self._body.regions[index]
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
        return Kind.PREAMBLE if self._body.regions[index] and not self._numbered_yet else Kind.PARAGRAPH

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
        for repeat in draft.repeats:
            _, starts = join_and_place([repeat.opening, *(row.text for row in repeat.rows[1:])], habits)
            places += places_of(repeat.rows, starts)
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
        if path is None and draft.answers:
            path = f"reply.{draft.answers.path or ''}".rstrip(".")
        elif path is None:
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
