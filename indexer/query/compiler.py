"""Compiler of syntax trees to plans for one index: its languages, values, words, thesaurus."""

# ARCHITECTURE.md: Words of grammar need not match where others stand beside them.

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal

from indexer.analysis.fields import FieldVocabulary
from indexer.analysis.language import identify
from indexer.analysis.schema import Term
from indexer.analysis.tokenizer import words_of
from indexer.model import And, Dictionary, Filter, Message, Node, Or, Prefix, Query, Synonym, Typo, Word
from indexer.query.dictionaries import Dictionaries
from indexer.query.expansion import Expansion
from indexer.query.fields import accepted_values, value_notes
from indexer.query.lexicon import Lexicon
from indexer.query.plan import FieldFilter, Plan, is_branched, leaves_of
from indexer.query.plan_builder import BuiltNode, PlanBuilder
from indexer.query.query_language import QueryLanguage
from indexer.query.thesaurus import Thesaurus
from indexer.storage.memory_cache import MemoryCache

_Words = Literal["all", "any", "near"]
"""The words of a query that a plan asks for: all, any, or any of those of which all are asked for."""

_LEAST_PART = 3
"""Letters of each part of a compound that is near to what has one of them: ``24/7`` is not near to ``24``."""

# Bytes that a plan and each of its leaves are taken to need, the leaves' own apart: rather too many than too few, since
# they are counted against a bound that must hold.
_BYTES_OF_PLAN, _BYTES_OF_LEAF = 2000, 1000


class Compiler:
    """Compiler of the queries of one index. Safe with threads.

    Plans are kept, since a visitor who turns a page, chooses a facet or another order asks the same query.

    Args:
        vocabulary: the values of the index's fields.
        lexicon: gives its words, which are read when a query first needs them.
        thesaurus: gives its equivalent terms, likewise.
        dictionaries: gives its dictionaries, likewise.
        frequency: gives the number of versions in which a term stands.
        memory: how many bytes the plans and their leaves may take.
    """

    def __init__(
        self,
        vocabulary: FieldVocabulary,
        lexicon: Callable[[], Lexicon],
        thesaurus: Callable[[], Thesaurus],
        dictionaries: Callable[[], Iterable[Dictionary]],
        frequency: Callable[[Term], int],
        memory: int,
    ) -> None:
        self._vocabulary = vocabulary
        self._thesaurus = thesaurus
        self._read_dictionaries = dictionaries
        self.language = QueryLanguage(vocabulary.languages, frequency)
        # Half for leaves, half for plans: several plans share a leaf, and a leaf outlives a plan that was let go.
        self.expansion = Expansion(vocabulary.languages, lexicon, memory // 2)
        self._plans: MemoryCache[tuple[str, _Words, bool], Plan] = MemoryCache(memory // 2, _size)

    @property
    def nbytes(self) -> int:
        """Bytes that the plans and leaves kept take."""
        return self.expansion.nbytes + self._plans.nbytes

    def clear(self) -> None:
        """Let go of the plans and leaves kept."""
        self.expansion.clear()
        self._plans.clear()

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """Equivalent terms of the index."""
        # Read when a query first needs it: not everybody who opens an index searches in it.
        return self._thesaurus()

    @cached_property
    def dictionaries(self) -> Dictionaries:
        """Dictionaries of the index."""
        # Likewise.
        return Dictionaries(self._read_dictionaries())

    def plan(self, query: Query) -> Plan:
        """Compile a query; its plan.

        Raises:
            BadQuery: a filter cannot be read.
        """
        plan = self._plan_for(query, "any" if query.match == "any" else "all")
        if not query.chosen:
            return plan
        return replace(plan, chosen=self._choices(query.chosen), notes=plan.notes + self.value_notes(query.chosen))

    def relax(self, query: Query, *, found: bool = False) -> Plan | None:
        """Compile a query for partial matches; None where nothing can be near that does not match.

        The plan finds versions that have some of the words that must all match, and those that have all of them.
        ``found`` says that something has all of them: then nothing is near to a single quotation or compound.
        """
        if found and not isinstance(query.tree, And | Or):
            return None
        # Where any word may match, the plan of the query itself finds them already.
        if query.match == "any" or _is_single(query.tree):
            return None
        plan = self._plan_for(query, "near")
        if not plan.leaves:
            return None
        return replace(plan, chosen=self._choices(query.chosen)) if query.chosen else plan

    def _plan_for(self, query: Query, words: _Words) -> Plan:
        # By text, from which the tree follows: to hash a tree takes longer.
        key = query.text, words, query.equivalents
        return self._plans.get(key) or self._plans.put(key, self._compile(query, words))

    def _compile(self, query: Query, words: _Words) -> Plan:
        """Compile a query without the facets chosen: the plan that its pages and its facets share."""
        builder = PlanBuilder(
            self,
            query.tree,
            lambda words: self.language.grammar_places(words, identify(query.text), in_capitals=query.text.isupper()),
            lambda: self._translate(query),
            equivalents=query.equivalents,
        )
        if words == "all":
            return _plan(builder.all_words(), builder, partial=False)
        plan = _plan(builder.some_words(), builder, partial=True)
        if words == "any":
            return plan
        whole = self._plan_for(query, "all")
        # Nothing is near to alternatives of single words: what has any of them matches. Such a plan has no leaves.
        return replace(plan, parts=whole.parts, leaves=plan.leaves if plan.step != whole.step else ())

    def _translate(self, query: Query) -> Mapping[str, tuple[Synonym, ...]]:
        """Translations of the plain words of a query."""
        # To identify a language takes longer than to see that there is no dictionary.
        if not self.dictionaries.languages:
            return {}
        return self.dictionaries.translate(query.tree, identify(query.text), self.language)

    def _choices(self, filters: Sequence[Filter]) -> tuple[FieldFilter, ...]:
        """Compile choices to one filter for each field."""
        chosen: dict[str, frozenset[str]] = {}
        for choice in filters:
            chosen[choice.field] = chosen.get(choice.field, frozenset()) | self.field_filter(choice).values
        return tuple(FieldFilter(field, values) for field, values in chosen.items())

    def value_notes(self, filters: Sequence[Filter]) -> tuple[Message, ...]:
        """Notes on filters whose values the index does not have."""
        return value_notes(filters, self._vocabulary)

    def field_filter(self, choice: Filter) -> FieldFilter:
        """Compile a filter to values of this index.

        Raises:
            BadQuery: it cannot be read.
        """
        return FieldFilter(choice.field, accepted_values(choice, self._vocabulary))


def _plan(piece: BuiltNode, builder: PlanBuilder, *, partial: bool) -> Plan:
    # A word that is typed twice is one leaf that counts twice: see `Plan.times`.
    leaves = tuple(dict.fromkeys(leaves_of(piece.node)))
    return Plan(
        piece.node, leaves, (), piece.asked, partial, notes=tuple(builder.notes), branched=is_branched(piece.node)
    )


def _is_single(node: Node) -> bool:
    """Tell whether a query is one word, of which no part would be near."""
    if not isinstance(node, Word | Prefix | Typo):
        return False
    parts = words_of(node.text)
    return len(parts) < 2 or not all(len(part) >= _LEAST_PART and part.isalpha() for part in parts)


def _size(plan: Plan) -> int:
    """Estimate the bytes that a plan takes, its leaves' own apart."""
    return _BYTES_OF_PLAN + _BYTES_OF_LEAF * len(plan.leaves)
