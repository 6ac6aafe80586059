"""Segmentation: the pages of a document to its passages.

Passages are recommendations, preambles, other paragraphs and notes.
"""

from collections.abc import Sequence

from indexer.model import Kind, Override, Page, Passage, Segmented, Strategy
from indexer.segment.announcements import says_recommendations
from indexer.segment.contents import contents_rows
from indexer.segment.doubts import number_cautions
from indexer.segment.drafts import PassageDraft
from indexer.segment.headings import (
    HeadingLook,
    UsualMeasures,
    heading_looks,
)
from indexer.segment.inline import cut_inline_lists
from indexer.segment.items import AnnotatedRows, find_items
from indexer.segment.margin import with_margin_headings
from indexer.segment.notes import Footnote, foot_notes, front_notes
from indexer.segment.numbering import Numbering
from indexer.segment.openings import find_announcements
from indexer.segment.passages import (
    Assembly,
    finish_passages,
)
from indexer.segment.regions import find_regions
from indexer.segment.repair import SpellingHabits
from indexer.segment.rows import Row, rows_of

__all__ = ["says_recommendations", "segment"]


def segment(pages: Sequence[Page], override: Override | None = None) -> Segmented:
    """Segment a document into passages.

    Args:
        pages: its pages after ``repair``, in order.
        override: the catalogue's word on cutting this document.

    Returns:
        Passages in reading order, notes after the passage in which they stand, paths unique; the strategy that was
        chosen; and cautions. A document that announces no recommendations has none: its numbers are paragraphs.
    """
    every = rows_of(pages)
    usual = UsualMeasures.of(every)
    # Lines of a table of contents look like the headings and numbers that they name: they go before anything is read.
    in_contents = contents_rows(every)
    kept = with_margin_headings([row for place, row in enumerate(every) if place not in in_contents], usual)
    text = _Rows(kept)
    # Foot notes go before headings are looked for, since a row looks like one by what stands above and below it.
    foot = text.take_out(foot_notes(text.rows, usual))
    first_look = heading_looks(text.rows, usual)
    front = text.take_out(front_notes(text.rows, [look > HeadingLook.TEXT for look in first_look], usual))
    look = heading_looks(text.rows, usual) if front else first_look
    announcements = find_announcements(text.rows, look, usual, override)
    if text.replace(cut_inline_lists(text.rows, look, announcements.announced, usual)):
        look = heading_looks(text.rows, usual)
        announcements = find_announcements(text.rows, look, usual, override)
    numbering = Numbering(text.rows, look, announcements.announced, usual)
    marks = numbering.marks()
    regions = find_regions(text.rows, look, marks, announcements, usual, override)
    headings = announcements.headings(look)
    body = AnnotatedRows(text.rows, look, announcements.groups, headings, marks, regions, usual, numbering.evidence)
    items = find_items(body, override.strategy if override else None)
    drafts = [*Assembly(body, items).drafts(), *foot, *front]
    drafts.sort(key=lambda draft: text.place(draft.rows[0]))
    passages, cautions = finish_passages(drafts, SpellingHabits.of(pages))
    warnings = (*number_cautions(marks, text.rows, numbering.evidence.readings), *cautions)
    return Segmented(tuple(passages), _successful_strategy(items.strategy, passages), warnings)


class _Rows:
    """Rows of the text, out of which notes are taken, and which may be cut."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        # By identity: to hash rows would hash all of their lines.
        self._places = {id(row): place for place, row in enumerate(rows)}

    def place(self, row: Row) -> int:
        """The place in the document of a row: that of the one that it was cut out of."""
        return self._places[id(row)]

    def replace(self, pieces: Sequence[Sequence[Row]]) -> bool:
        """Put the pieces of each row in its place; tell whether one was cut."""
        before, self.rows = self.rows, [piece for own in pieces for piece in own]
        for row, own in zip(before, pieces, strict=True):
            self._places.update((id(piece), self._places[id(row)]) for piece in own)
        return len(self.rows) > len(before)

    def take_out(self, notes: Sequence[Footnote]) -> list[PassageDraft]:
        """Make drafts of notes, and take their rows out of ``rows``."""
        drafts = [
            PassageDraft(Kind.NOTE, "", width=note.width, rows=[self.rows[place] for place in note.rows])
            for note in notes
        ]
        taken = {place for note in notes for place in note.rows}
        self.rows = [row for place, row in enumerate(self.rows) if place not in taken]
        return drafts


def _successful_strategy(strategy: Strategy, passages: Sequence[Passage]) -> Strategy:
    """Give the strategy that was chosen, or NONE where it found no recommendation."""
    found = any(passage.kind is Kind.RECOMMENDATION for passage in passages)
    return strategy if found else Strategy.NONE
