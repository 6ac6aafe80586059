"""A generation as the peers get it: passages analysed once, by the product's own analysis, in its two layers.

All engines thus hold the same terms, so that their counts can be compared; what differs is what they make of them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from bench.passages import LANGUAGE, years
from indexer.analysis.tokenizer import tokenize
from indexer.model import Publication


class Analysed(NamedTuple):
    """A passage: its place in the generation, what is stored of it, and its terms in order, in both layers."""

    number: int
    id: str
    text: str
    meeting: str
    year: int
    stems: list[str]
    words: list[str]


def analysed(generation: Publication) -> Iterator[Analysed]:
    """The passages of a generation in order, one term a word in each layer."""
    year_of = years(generation)
    for number, item in enumerate(generation.items):
        text = item.versions[0].text
        tokens = tokenize(text, LANGUAGE)
        stems, words = [token.stems[0] for token in tokens], [token.exact[0] for token in tokens]
        meeting = f"{item.body}/{item.meeting}"
        yield Analysed(
            number=number, id=item.id, text=text, meeting=meeting, year=year_of[meeting], stems=stems, words=words
        )


def stem(word: str) -> str:
    """The term of the stem layer of a word of a query."""
    return tokenize(word, LANGUAGE)[0].stems[0]


class Statistics:
    """Facts of a generation that need no engine.

    ``stems`` and ``words`` say in how many passages each term of a layer stands; ``postings`` is the sum of both.
    """

    def __init__(self, generation: Publication) -> None:
        self.passages = len(generation.items)
        self.stems: dict[str, int] = {}
        self.words: dict[str, int] = {}
        for passage in analysed(generation):
            _count(self.stems, passage.stems)
            _count(self.words, passage.words)

    @property
    def postings(self) -> int:
        """Pairs of a term and a passage that holds it, in both layers."""
        return sum(self.stems.values()) + sum(self.words.values())


def _count(counts: dict[str, int], terms: list[str]) -> None:
    for term in set(terms):
        counts[term] = counts.get(term, 0) + 1
