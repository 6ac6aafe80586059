"""Corrections of the unknown words of a query."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from indexer.analysis.folding import fold
from indexer.analysis.schema import EXACT, Term
from indexer.model import And, Filter, Node, Or, Word
from indexer.query.lexicon import Lexicon
from indexer.query.plan import Leaf, Plan

MOST_CORRECTED = 8
"""Unknown words of a query that are corrected: it is one slip of the pen, not a text, that can be mended."""

_DIGIT = re.compile(r"\d")


def lexicon_counts(rows: Iterable[Mapping[Term, object]]) -> Counter[tuple[str, str]]:
    """Count the versions in which each word stands, by its folded and printed form.

    ``rows`` are the terms of each version.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for terms in rows:
        counts.update((fold(text), text) for field, text in terms if field == EXACT)
    return counts


def correct_tree(
    tree: Node, meant: Iterable[tuple[str, Filter]], plan: Plan, lexicon: Lexicon, unknown: Collection[Leaf]
) -> Node | None:
    """Correct the unknown plain words of a query; None where nothing is better.

    The first MOST_CORRECTED of them are replaced by the words that were probably meant. A word that something else
    stands for is known, and one with a digit is a number or a symbol, of which another is never meant. Words that look
    like filters are replaced by those that were meant.

    Args:
        tree: the syntax tree of the query.
        meant: its words that look like filters, with those that were meant.
        plan: its plan.
        lexicon: the words of the index.
        unknown: the leaves that occur nowhere.
    """
    missing = {text for part in plan.words() for text in part.lacking(lambda leaf: leaf not in unknown)}
    better: dict[str, Node] = {word: wanted for word, wanted in meant if word in missing}
    words = dict.fromkeys(word for word in _words(tree) if word in missing and not _DIGIT.search(word))
    for word in islice(words, MOST_CORRECTED):
        if word not in better and (corrected := lexicon.correction(fold(word))):
            better[word] = Word(corrected)
    return _replace(tree, better) if better else None


def _words(node: Node) -> Iterator[str]:
    """Plain words of a tree, in order: nothing that is quoted, begun, excluded or a filter."""
    match node:
        case Word(text):
            yield text
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words(part)


def _replace(node: Node, better: Mapping[str, Node]) -> Node:
    """Replace the plain words of a tree for which there is something better."""
    match node:
        case Word(text):
            return better.get(text, node)
        case And(parts):
            return And(tuple(_replace(part, better) for part in parts))
        case Or(parts):
            return Or(tuple(_replace(part, better) for part in parts))
        case _:
            return node
