"""Counter of the items that a query finds, without their scores."""

from collections.abc import Sequence

import numpy as np

from indexer.analysis.fields import FieldVocabulary
from indexer.engines.whoosh.arrays import Mask
from indexer.engines.whoosh.doc_values import DocValues
from indexer.engines.whoosh.evaluator import Evaluator
from indexer.engines.whoosh.postings import Postings
from indexer.model import Filter, Phrase
from indexer.query.compiler import Compiler
from indexer.query.lexicon import Lexicon
from indexer.query.parser import parse
from indexer.search.completion import Completer, CountBeside, Part


class ItemCounter:
    """Counter of items for the completions of one index."""

    def __init__(self, compiler: Compiler, evaluator: Evaluator, postings: Postings, doc_values: DocValues) -> None:
        self._compiler = compiler
        self._evaluator = evaluator
        self._postings = postings
        self._doc_values = doc_values

    def completer(self, lexicon: Lexicon, vocabulary: FieldVocabulary) -> Completer:
        """Make the completer of the index."""
        return Completer(lexicon, self._compiler.thesaurus.concepts, vocabulary, self.count, self.beside)

    def count(self, text: str) -> int:
        """Count the items that a text finds as a query.

        Raises:
            BadQuery: a filter cannot be read.
        """
        return self._items(self._evaluator.mask(self._compiler.plan(parse(text)).step))

    def beside(self, parts: Sequence[Part]) -> CountBeside:
        """Make the counter of items of which a version has all parts of a query.

        Raises:
            BadQuery: a filter among the parts cannot be read.
        """
        held = np.logical_and.reduce([self._mask(part) for part in parts]) if parts else None

        def count(part: str | Phrase | Filter) -> int:
            # A word of the lexicon needs no leaf, with its stems and scores: many are tried for a few completions.
            mask = self._postings.mask_of_word(part) if isinstance(part, str) else self._mask(part)
            return self._items(mask if held is None else held & mask)

        return count

    def _mask(self, part: Part) -> Mask:
        if isinstance(part, Filter):
            chosen = self._compiler.field_filter(part)
            return self._doc_values.mask(chosen.field, chosen.values)
        return self._evaluator.mask(self._compiler.expansion.leaf(part)[0])

    def _items(self, rows: Mask) -> int:
        return len(self._doc_values.one_per_item(np.flatnonzero(rows)))
