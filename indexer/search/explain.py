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
    """Share a leaf's score in a version among its forms, largest first.

    Args:
        leaf: the leaf.
        version: the version.
        places: the offsets of the words of the version's text.
        found: the leaf's occurrences in text and heading.
        score: the leaf's score in the version.
        factors: the length factors of text and heading.
    """
    # Headings are tokenized here, and not kept as texts are: an explanation is asked for seldom.
    heading = TokenOffsets.of_text(version.heading, version.language)
    worth: dict[tuple[str, Pattern], float] = {}
    for position, pattern in found:
        if position < HEADING_AT:
            span, text, weight = places.span(pattern, position), version.text, 1 / factors[0]
        else:
            span, text, weight = heading.span(pattern, position - HEADING_AT), version.heading, HEADING / factors[1]
        key = text[span.start : span.end].lower(), pattern
        worth[key] = worth.get(key, 0.0) + pattern.weight * weight
    # Saturation and idf apply to all occurrences at once: of the score each form has the share of its frequency.
    whole = sum(worth.values())
    parts = [
        Explained(leaf.part, term, pattern.matched, score * part / whole) for (term, pattern), part in worth.items()
    ]
    return sorted(parts, key=lambda each: (-each.score, each.term, each.matched))


def proximity(plan: Plan, boost: float) -> list[Explained]:
    """Share that the parts of a query brought by standing close together; empty where that is nothing."""
    text = " ".join(part.text for part in plan.words())
    return [Explained(text, text, "proximity", boost)] if boost else []
