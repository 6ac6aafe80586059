"""The pages of a document ─▶ its passages: recommendations, preambles, other paragraphs and notes."""

from collections.abc import Sequence

from indexer.model import Kind, Override, Page, Passage, Segmented, Strategy
from indexer.segment.headings import (
    HeadingLook,
    UsualMeasures,
    contents,
    is_bare_announcement,
    looks,
    says_recommendations,
)
from indexer.segment.markers import Style, read_markers
from indexer.segment.notes import Footnote, foot_notes, front_notes
from indexer.segment.numbering import Numbering
from indexer.segment.passages import AnnotatedRows, Assembly, PassageDraft, choose, finish_passages, gaps, region
from indexer.segment.repair import SpellingHabits
from indexer.segment.rows import Row, rows_of

__all__ = ["says_recommendations", "segment"]


def segment(pages: Sequence[Page], override: Override | None = None) -> Segmented:
    """The passages of a document.

    Args:
        pages: its pages after ``text.repair``, in order.
        override: what the catalogue says about cutting this document.

    Returns:
        Passages in reading order, notes after the passage in which they stand, paths unique; the strategy that was
        chosen; and cautions. A document that announces no recommendations has none: its numbers are paragraphs.
    """
    every = rows_of(pages)
    usual = UsualMeasures.of(every)
    in_contents = contents(every)
    text = _Rows([row for place, row in enumerate(every) if place not in in_contents])
    foot = text.take_out(foot_notes(text.rows, usual))
    headings = looks(text.rows, usual)
    front = text.take_out(front_notes(text.rows, [look > HeadingLook.TEXT for look in headings], usual))
    look = looks(text.rows, usual) if front else headings
    if override and override.start:
        announced = [row.text.startswith(override.start) for row in text.rows]
    else:
        announced = [_announces(row.text, each) for row, each in zip(text.rows, look, strict=True)]
    marks = Numbering(text.rows, look, announced, usual).marks()
    body = AnnotatedRows(text.rows, look, announced, marks, usual)
    inside = region(body, override)
    strategy = (override and override.strategy) or choose(body, inside)
    drafts = [*Assembly(body, inside, strategy).drafts(), *foot, *front]
    order = {id(row): place for place, row in enumerate(every)}
    drafts.sort(key=lambda draft: order[id(draft.rows[0])])
    passages, cautions = finish_passages(drafts, SpellingHabits.of(pages))
    return Segmented(tuple(passages), _reported(strategy, passages), (*gaps(marks, text.rows), *cautions))


class _Rows:
    """The rows of the text, out of which notes are taken."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    def take_out(self, notes: Sequence[Footnote]) -> list[PassageDraft]:
        """The notes as drafts; their rows are no longer among ``rows``."""
        drafts = [
            PassageDraft(Kind.NOTE, "", None, note.width, [self.rows[place] for place in note.rows]) for note in notes
        ]
        taken = {place for note in notes for place in note.rows}
        self.rows = [row for place, row in enumerate(self.rows) if place not in taken]
        return drafts


def _announces(text: str, look: HeadingLook) -> bool:
    """Whether a row is a heading that announces recommendations, a section's numeral before it left out."""
    bare = [text[reading.width :] for reading in read_markers(text) if reading.style in (Style.ROMAN, Style.CAPITAL)]
    return is_bare_announcement(text) or bool(look and any(says_recommendations(each) for each in (text, *bare)))


def _reported(strategy: Strategy, passages: Sequence[Passage]) -> Strategy:
    found = any(passage.kind is Kind.RECOMMENDATION for passage in passages)
    return strategy if found else Strategy.NONE
