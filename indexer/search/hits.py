"""Hits: marks and snippet of a version that matches."""

from collections.abc import Iterable, Sequence

from indexer.analysis.schema import HEADING_AT
from indexer.model import Span, Version, Window
from indexer.query.plan import Pattern
from indexer.search.offsets import TokenOffsets, merge_spans
from indexer.search.snippet import snippet

Occurrence = tuple[int, Pattern]
"""The position at which a pattern begins, and the pattern."""

TermMark = tuple[int, int, Span | None]
"""Start of a mark, its end as a negative number, and the mark; None for a match in the heading, which has none."""

# One object for all matches in headings: only that there is one counts, not where.
_IN_HEADING: TermMark = (-1, 0, None)


def place_marks(places: TokenOffsets, found: Iterable[Occurrence]) -> tuple[TermMark, ...]:
    """Place the occurrences of a leaf as marks of a text, by start; empty where it does not occur."""
    result: list[TermMark] = []
    for position, pattern in found:
        # Positions ascend, and those of the heading come after all of the text: nothing follows.
        if position >= HEADING_AT:
            result.append(_IN_HEADING)
            break
        span = places.span(pattern, position)
        result.append((span.start, -span.end, span))
    return tuple(result)


def _merge_leaves(marks: Sequence[tuple[TermMark, ...]]) -> tuple[list[Span], list[int]]:
    """Merge the spans of all leaves, by start, the longer first; and number their leaves."""
    # Most queries are of one word, whose marks are in order.
    if len(marks) == 1:
        spans = [span for _, _, span in marks[0] if span is not None]
        return spans, [0] * len(spans)
    found = [(start, end, leaf, span) for leaf, own in enumerate(marks) for start, end, span in own if span is not None]
    # The end counts down, so that of two that begin alike the longer comes first. Spans, which have no order, are never
    # compared: no two marks of a leaf are at one place.
    found.sort()
    return [span for _, _, _, span in found], [leaf for _, _, leaf, _ in found]


def snippet_of(version: Version, marks: Sequence[tuple[TermMark, ...]]) -> tuple[Window, ...]:
    """Choose the snippet of a version.

    Args:
        version: the version that is shown.
        marks: for each leaf of the plan that found it, its marks in the version.
    """
    spans, leaves = _merge_leaves(marks)
    return snippet(version.text, spans, leaves)


def visible_spans(marks: Sequence[tuple[TermMark, ...]]) -> tuple[Span, ...]:
    """Marks of a whole text, none overlapping."""
    return merge_spans(_merge_leaves(marks)[0])
