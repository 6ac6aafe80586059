"""More like this: the telling words of an item as a plan."""

from collections import Counter
from collections.abc import Callable

from indexer.analysis.language import is_stop_word
from indexer.analysis.schema import STEM, Term
from indexer.analysis.tokenizer import tokenize
from indexer.model import Item
from indexer.query.boosts import WEIGHTS
from indexer.query.plan import OrQuery, Pattern, Plan, TermsQuery
from indexer.search.bm25f import idf

MOST_WORDS = 25
"""Words of an item that are looked for: the usual number (Lucene's MoreLikeThis)."""


def like(item: Item, rows: int, frequency: Callable[[Term], int]) -> Plan:
    """Plan a search for items that share telling words with this one.

    Those are the words with the highest frequency times idf.

    Args:
        item: the item.
        rows: the number of versions in the index.
        frequency: gives the number of versions in which a term stands.
    """
    counts: Counter[Term] = Counter()
    for version in item.versions:
        for token in tokenize(version.text, version.language):
            if not is_stop_word(token.exact[0], version.language):
                counts.update((STEM + version.language, stem) for stem in token.stems)
    # A word of this version alone finds nothing else.
    worth = {term: count * idf(rows, frequency(term)) for term, count in counts.items() if frequency(term) > 1}
    best = sorted(worth, key=lambda term: (-worth[term], term))[:MOST_WORDS]
    leaves = tuple(
        TermsQuery(text, (Pattern((((field, text),),), WEIGHTS["stem"], "stem", text),)) for field, text in best
    )
    # Not partial, although few items have all words: nobody asked for these, so that none is said to lack.
    return Plan(OrQuery(leaves), leaves, chosen=(), parts=(), partial=False)
