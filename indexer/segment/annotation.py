"""Annotation: the rows of a document with all that is found of each, before passages are made of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.model import Kind, Override, Page
from indexer.segment.contents import contents_rows
from indexer.segment.drafts import PassageDraft
from indexer.segment.headings import (
    HeadingLook,
    UsualMeasures,
    heading_looks,
)
from indexer.segment.inline import cut_inline_lists
from indexer.segment.item_words import ItemWords
from indexer.segment.items import AnnotatedRows, Items, find_items
from indexer.segment.margin import with_margin_headings
from indexer.segment.notes import Footnote, foot_notes, front_notes
from indexer.segment.numbering import Numbering
from indexer.segment.openings import find_announcements
from indexer.segment.regions import find_regions
from indexer.segment.rows import Row, rows_of


@dataclass(frozen=True, slots=True)
class Annotation:
    """Rows of a document with the findings on each.

    Attributes:
        body: the rows of the text and the findings on them.
        items: the rows that open recommendations.
        notes: the notes that were taken out of the text.
        place: gives the place of a row in the document.
        words: what the catalogue says of it.
    """

    body: AnnotatedRows
    items: Items
    notes: Sequence[PassageDraft]
    place: Callable[[Row], int]
    words: ItemWords


def annotate(pages: Sequence[Page], override: Override | None = None) -> Annotation:
    """Find the rows of a document, after ``repair``, with what each is."""
    words = ItemWords(override)
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
    announcements = find_announcements(text.rows, look, usual, words)
    if text.replace(cut_inline_lists(text.rows, look, announcements.announced, usual)):
        look = heading_looks(text.rows, usual)
        announcements = find_announcements(text.rows, look, usual, words)
    numbering = Numbering(text.rows, look, announcements.announced, usual, words)
    marks = numbering.marks()
    regions = find_regions(text.rows, look, marks, announcements, usual, words)
    headings = announcements.headings(look)
    body = AnnotatedRows(text.rows, look, announcements.groups, headings, marks, regions, usual, numbering.evidence)
    items = find_items(body, override.strategy if override else None)
    return Annotation(body, items, (*foot, *front), text.place, words)


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
