"""A hit, from where the words of the question stand in a version: marks, snippet, words that lack, explanation."""

from collections.abc import Sequence

from indexer.marks import WordPlaces, merged
from indexer.model import Explained, Hit, Item, Span, Version
from indexer.plan import HEADING_AT, Leaf, Pattern, Plan
from indexer.ranking import HEADING
from indexer.snippet import snippet

Occurrence = tuple[int, Pattern]
"""The position at which a pattern begins, and the pattern."""


def marks(places: WordPlaces, occurrences: Sequence[Sequence[Occurrence]]) -> tuple[list[Span], list[int]]:
    """The spans of occurrences in a text, by start, the longer first, and for each the leaf that it belongs to."""
    spans = [
        (places.span(pattern, position), leaf)
        for leaf, found in enumerate(occurrences)
        for position, pattern in found
        if position < HEADING_AT
    ]
    if len(spans) > 1:
        spans.sort(key=_by_start)
    return [span for span, _ in spans], [leaf for _, leaf in spans]


def _by_start(mark: tuple[Span, int]) -> tuple[int, int, int]:
    return mark[0].start, -mark[0].end, mark[1]


def hit(
    plan: Plan,
    item: Item,
    version: Version,
    languages: tuple[str, ...],
    score: float,
    places: WordPlaces,
    occurrences: Sequence[Sequence[Occurrence]],
    explained: tuple[Explained, ...] = (),
    *,
    partial: bool,
) -> Hit:
    """The hit of an item, by its best version.

    ``occurrences`` are those of each of the plan's leaves in it; ``partial`` says that it may lack some.
    """
    spans, leaves = marks(places, occurrences)
    lacking: tuple[str, ...] = ()
    if partial and not all(occurrences):
        lacking = plan.lacking([leaf for leaf, found in zip(plan.leaves, occurrences, strict=True) if found])
    return Hit(item, version, score, languages, snippet(version.text, spans, leaves), lacking, explained)


def shown(places: WordPlaces, occurrences: Sequence[Sequence[Occurrence]]) -> tuple[Span, ...]:
    """The marks of a whole text, none overlapping."""
    return merged(marks(places, occurrences)[0])


def shares(
    leaf: Leaf,
    version: Version,
    places: WordPlaces,
    found: Sequence[Occurrence],
    score: float,
    factors: tuple[float, float],
) -> list[Explained]:
    """How much each form of a leaf brought to its score in a version, largest first.

    ``factors`` are the length factors of text and heading.
    """
    heading = WordPlaces(version.heading, version.language)
    worth: dict[tuple[str, Pattern], float] = {}
    for position, pattern in found:
        if position < HEADING_AT:
            span, text, weight = places.span(pattern, position), version.text, 1 / factors[0]
        else:
            span, text, weight = heading.span(pattern, position - HEADING_AT), version.heading, HEADING / factors[1]
        key = text[span.start : span.end].lower(), pattern
        worth[key] = worth.get(key, 0.0) + pattern.weight * weight
    whole = sum(worth.values())
    parts = [
        Explained(leaf.part, term, pattern.matched, score * part / whole) for (term, pattern), part in worth.items()
    ]
    return sorted(parts, key=lambda each: (-each.score, each.term, each.matched))


def proximity(plan: Plan, lift: float) -> list[Explained]:
    """What the parts of the question brought by standing close together, if anything."""
    text = " ".join(leaf.part for leaf in plan.leaves)
    return [Explained(text, text, "proximity", lift)] if lift else []
