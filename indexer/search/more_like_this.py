"""More like this: the telling words of an item as a plan."""

from collections import Counter
from collections.abc import Callable

from indexer.analysis.language import is_stop_word
from indexer.analysis.schema import STEM, Term
from indexer.analysis.tokenizer import tokenize
from indexer.model import Everything, Item
from indexer.query.boosts import WEIGHTS
from indexer.query.plan import OrQuery, Pattern, Plan, TermsQuery
from indexer.search.bm25f import idf

MOST_WORDS = 25
"""How many of an item's words are looked for: the usual number (Lucene's MoreLikeThis)."""


def like(item: Item, rows: int, frequency: Callable[[Term], int]) -> Plan:
    """A plan that finds what shares the most telling words with an item, those with the highest frequency times idf.

    ``frequency`` says in how many of the index's ``rows`` a term stands.
    """
    counts: Counter[Term] = Counter()
    for version in item.versions:
        for token in tokenize(version.text, version.language):
            if not is_stop_word(token.exact[0], version.language):
                counts.update((STEM + version.language, stem) for stem in token.stems)
    worth = {term: count * idf(rows, frequency(term)) for term, count in counts.items() if frequency(term) > 1}
    best = sorted(worth, key=lambda term: (-worth[term], term))[:MOST_WORDS]
    leaves = tuple(
        TermsQuery(text, (Pattern((((field, text),),), WEIGHTS["stem"], "stem", text),)) for field, text in best
    )
    return Plan(OrQuery(leaves), leaves, (), False, Everything(), ())
