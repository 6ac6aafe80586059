"""Phrases that recur in the recommendations: searches worth trying."""

import re
from collections import defaultdict
from collections.abc import Iterable

from indexer.analysis.language import is_stop_word
from indexer.model import Item, Kind

OFFERED = 3
"""Phrases offered."""

READ = 500
"""Items that are read: enough to see what recurs, and few enough for the first visitor of a generation to wait."""

Pair = tuple[str, str]

_PAIR = re.compile(r"\b([^\W\d_]{4,}) (?=([^\W\d_]{4,})\b)")


def recurring_phrases(items: Iterable[Item], language: str) -> tuple[str, ...]:
    """Phrases of two words in a language that most meetings have.

    No two of them share a word, and none has a word that says nothing of a subject.

    Args:
        items: the items in which they are counted.
        language: the language of the texts.
    """
    meetings: dict[Pair, set[str]] = defaultdict(set)
    texts: dict[Pair, int] = defaultdict(int)
    printed: dict[Pair, str] = {}
    for item in items:
        if item.kind is Kind.RECOMMENDATION:
            for pair, as_printed in _pairs_of(item, language).items():
                meetings[pair].add(f"{item.body}/{item.meeting}")
                texts[pair] += 1
                printed.setdefault(pair, as_printed)
    recurring = sorted((-len(held), -texts[pair], pair) for pair, held in meetings.items() if len(held) > 1)
    chosen: list[Pair] = []
    for *_, pair in recurring:
        if len(chosen) < OFFERED and not any(set(pair) & set(other) for other in chosen):
            chosen.append(pair)
    return tuple(printed[pair] for pair in chosen)


def _pairs_of(item: Item, language: str) -> dict[Pair, str]:
    """Pairs of words side by side in small letters, each as it is printed."""
    texts = (version.text for version in item.versions if version.language == language)
    found = (pair for text in texts for pair in _PAIR.findall(text))
    return {
        (first.lower(), second.lower()): f"{first} {second}"
        for first, second in found
        if not (is_stop_word(first, language) or is_stop_word(second, language))
    }
