"""Ends of items: the paragraphs below a recommendation that are none of its text."""

# ARCHITECTURE.md: A reply is none of the text that it answers.

import re
from collections.abc import Iterable
from itertools import pairwise

from indexer.analysis.dates import printed_days
from indexer.model import Kind
from indexer.segment.drafts import PassageDraft
from indexer.segment.headings import ends_sentence, fold_heading
from indexer.segment.items import AnnotatedRows
from indexer.segment.markers import read_markers
from indexer.segment.rows import Row
from indexer.segment.vocabulary import EVERY, any_of

_ASIDE = 2.0
"""Points by which a paragraph stands further left than the item above it, at least."""

_FEWEST_ROWS = 2
"""Rows of an item that show its edges."""

_ANSWERS = re.compile(rf"{any_of(EVERY.answers)}\s*(?::.*|\.?)|{any_of(EVERY.answering)}\b.*")

_CLOSES = re.compile(r"(?:Dad[oa] en|Done at|Given at|Feit[oa] em|Dad[oa] em|Fait à)\s.+")
_PLACE = re.compile(
    r"[A-ZÀ-Þ][\w’'.-]+(?:\s(?:[A-ZÀ-Þ][\w’'.-]+|de|del|da|do|la|las|los|of)){0,4},(?:\s(?:a|el|em|le|on|the))?\s*"
)
_ENDS_WITH_YEAR = re.compile(r"\d{4}\s?\.?")


def ended_by(item: PassageDraft, body: AnnotatedRows, index: int, *, bold: bool) -> Kind | None:
    """Tell the kind of what a row begins below a recommendation; None where it is text of that.

    ``bold`` says that recommendations are in bold.
    """
    row, above = body.rows[index], body.rows[index - 1]
    if item.kind is not Kind.RECOMMENDATION:
        return None
    if body.regions[index] is not item.region:
        return Kind.PARAGRAPH
    if not body.usual.begins_paragraph(above, row):
        return None
    if ends_sentence(above.text) and _is_closing(row.text):
        return Kind.PARAGRAPH
    if _ANSWERS.fullmatch(fold_heading(row.text)):
        return Kind.REPLY
    if bold and not row.piece and _is_set_otherwise(item, row):
        return Kind.PARAGRAPH
    if row.piece or any(read_markers(row.text)) or len(item.rows) < _FEWEST_ROWS:
        return None
    return Kind.PARAGRAPH if _stands_outside(item, row.left, above.text) else None


def _is_closing(text: str) -> bool:
    """Tell whether a row closes a document above its signatures: a place with the day, as ``Lakeville, 3 May 2012``."""
    if _CLOSES.fullmatch(text):
        return True
    place = _PLACE.match(text)
    if place is None or not _ENDS_WITH_YEAR.fullmatch(text[-5:].strip()):
        return False
    found = printed_days(text)
    return found is not None and found[2] == place.end()


def _is_set_otherwise(item: PassageDraft, row: Row) -> bool:
    """Tell whether a paragraph is not bold, as the item above it is: a whole sentence."""
    return not row.bold and all(each.bold for each in item.rows) and ends_sentence(item.rows[-1].text)


def are_bold(body: AnnotatedRows, items: Iterable[int]) -> bool:
    """Tell whether the recommendations of a document are in bold: one is so, and nothing follows it.

    Else what is bold may be a title above the text of a recommendation.
    """
    bounds = sorted({*items, *(index for index, mark in enumerate(body.marks) if mark), len(body.rows)})
    opening = set(items)
    return any(
        start in opening and all(row.bold for row in body.rows[start:end]) and ends_sentence(body.rows[end - 1].text)
        for start, end in pairwise(bounds)
    )


def _stands_outside(item: PassageDraft, left: float, above: str) -> bool:
    """Tell whether a paragraph stands outside an item: left of all of it, or at its number above hanging text."""
    first, *others = [row.left for row in item.rows]
    if left < min(first, *others) - _ASIDE:
        return True
    hangs = min(others) > first + _ASIDE
    return hangs and left <= first + _ASIDE and not above.endswith(":")
