"""Segmentation: the pages of a document to its passages.

Passages are recommendations, preambles, other paragraphs and notes.
"""

from collections.abc import Sequence

from indexer.model import Kind, Override, Page, Passage, Segmented, Strategy
from indexer.segment.annotation import annotate
from indexer.segment.announcements import says_recommendations
from indexer.segment.doubts import number_cautions
from indexer.segment.losses import loss_cautions, word_cautions
from indexer.segment.passages import Assembly, finish_passages
from indexer.segment.repair import SpellingHabits

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
    found = annotate(pages, override)
    drafts = [*Assembly(found.body, found.items).drafts(), *found.notes]
    drafts.sort(key=lambda draft: found.place(draft.rows[0]))
    passages, cautions = finish_passages(drafts, SpellingHabits.of(pages))
    marks, rows = found.body.marks, found.body.rows
    warnings = (
        *word_cautions(found, override),
        *loss_cautions(passages),
        *number_cautions(marks, rows, found.body.evidence.readings),
        *cautions,
    )
    return Segmented(tuple(passages), _successful_strategy(found.items.strategy, passages), warnings)


def _successful_strategy(strategy: Strategy, passages: Sequence[Passage]) -> Strategy:
    """Give the strategy that was chosen, or NONE where it found no recommendation."""
    found = any(passage.kind is Kind.RECOMMENDATION for passage in passages)
    return strategy if found else Strategy.NONE
