"""Explanation of a score: the share of each query term."""

from collections.abc import Sequence

from indexer.analysis.schema import HEADING_AT
from indexer.model import Explained, Version
from indexer.query.plan import Leaf, Pattern, Plan
from indexer.search.bm25f import HEADING
from indexer.search.hits import Occurrence
from indexer.search.offsets import TokenOffsets


def shares(
    leaf: Leaf,
    version: Version,
    places: TokenOffsets,
    found: Sequence[Occurrence],
    score: float,
    factors: tuple[float, float],
) -> list[Explained]:
    """How much each form of a leaf brought to its score in a version, largest first.

    ``factors`` are the length factors of text and heading.
    """
    heading = TokenOffsets.of_text(version.heading, version.language)
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
    text = " ".join(part for part, _ in plan.ways())
    return [Explained(text, text, "proximity", lift)] if lift else []
