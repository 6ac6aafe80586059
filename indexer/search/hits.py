"""A hit, from where the words of the question stand in a version: marks, snippet, words that lack, explanation."""

from collections.abc import Iterable, Sequence

from indexer.analysis.schema import HEADING_AT
from indexer.model import Explained, Hit, Item, Span, Version
from indexer.query.plan import Pattern, Plan
from indexer.search.offsets import TokenOffsets, merge_spans
from indexer.search.snippet import snippet

Occurrence = tuple[int, Pattern]
"""The position at which a pattern begins, and the pattern."""

TermMark = tuple[int, int, Span | None]
"""Where a mark begins, its end as a negative number, and the mark; None for a match in the heading, which has none."""

_IN_HEADING: TermMark = (-1, 0, None)


def place_marks(places: TokenOffsets, found: Iterable[Occurrence]) -> tuple[TermMark, ...]:
    """Occurrences of a leaf as marks of a text, by start; empty where it does not occur."""
    result: list[TermMark] = []
    for position, pattern in found:
        if position >= HEADING_AT:
            result.append(_IN_HEADING)
            break
        span = places.span(pattern, position)
        result.append((span.start, -span.end, span))
    return tuple(result)


def _together(marks: Sequence[tuple[TermMark, ...]]) -> tuple[list[Span], list[int]]:
    """The spans of all leaves, by start, the longer first, and for each the leaf that it belongs to."""
    if len(marks) == 1:
        spans = [span for _, _, span in marks[0] if span is not None]
        return spans, [0] * len(spans)
    found = [(start, end, leaf, span) for leaf, own in enumerate(marks) for start, end, span in own if span is not None]
    found.sort()  # never compares spans: no two marks of a leaf are at one place
    return [span for _, _, _, span in found], [leaf for _, _, leaf, _ in found]


def hit(
    plan: Plan,
    item: Item,
    version: Version,
    languages: tuple[str, ...],
    score: float,
    marks: Sequence[tuple[TermMark, ...]],
    explained: tuple[Explained, ...] = (),
) -> Hit:
    """The hit of an item, by its best version. ``marks`` are those of each of the plan's leaves in it."""
    spans, leaves = _together(marks)
    lacking: tuple[str, ...] = ()
    if plan.partial and not all(marks):
        lacking = plan.lacking([leaf for leaf, own in zip(plan.leaves, marks, strict=True) if own])
    return Hit(item, version, score, languages, snippet(version.text, spans, leaves), lacking, explained)


def visible_spans(marks: Sequence[tuple[TermMark, ...]]) -> tuple[Span, ...]:
    """The marks of a whole text, none overlapping."""
    return merge_spans(_together(marks)[0])
