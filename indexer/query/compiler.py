"""Compiler of syntax trees to plans for one index: its languages, values, words, thesaurus."""

# ARCHITECTURE.md: Where any word may match, operators make no difference.
# ARCHITECTURE.md: The thesaurus comes before a dictionary.
# ARCHITECTURE.md: Words of grammar need not match where others stand beside them.

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import pairwise

from indexer.analysis.fields import FieldVocabulary
from indexer.analysis.language import LANGUAGES, is_stop_word
from indexer.analysis.query_forms import open_compound
from indexer.analysis.schema import Term
from indexer.analysis.tokenizer import words_of
from indexer.model import (
    And,
    Dictionary,
    Everything,
    Filter,
    Match,
    Message,
    Node,
    Not,
    Or,
    Prefix,
    Query,
    Synonym,
    Word,
    message,
)
from indexer.query.dictionaries import Dictionaries
from indexer.query.expansion import MAX_WORDS, Expansion, Part
from indexer.query.fields import accepted_values, value_notes
from indexer.query.lexicon import Lexicon
from indexer.query.plan import (
    AndQuery,
    FieldFilter,
    Leaf,
    MatchAll,
    NotQuery,
    OrQuery,
    Plan,
    PlanNode,
    is_branched,
    leaves_of,
)
from indexer.query.query_language import QueryLanguage
from indexer.query.thesaurus import Thesaurus
from indexer.storage.memory_cache import MemoryCache

_Groups = Mapping[int, tuple[int, tuple[Synonym, ...]]]
"""By the index of its first part: the end of a stretch of parts, and the terms that can stand for it."""

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
        self._plans: MemoryCache[tuple[str, Match, bool], Plan] = MemoryCache(memory // 2, _size)

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

    def plan(self, query: Query) -> Plan:
        """Compile a query; its plan.

        Raises:
            BadQuery: a filter cannot be read.
        """
        # By text, from which the tree follows: to hash a tree takes longer.
        key = query.text, query.match, query.equivalents
        plan = self._plans.get(key) or self._plans.put(key, self._compile(query))
        if not query.chosen:
            return plan
        return replace(plan, chosen=self._choices(query.chosen), notes=plan.notes + self.value_notes(query.chosen))

    def relax(self, query: Query) -> Plan | None:
        """Compile a query for partial matches; None where they make no sense.

        The plan finds versions that have some of the words that must all match.
        """
        # With match=any the plan of the query itself finds them already.
        if query.match != "all":
            return None
        work = _Compilation(self, query)
        root = work.relax(query.tree)
        plan = _plan(root, work, self._choices(query.chosen), partial=True) if root else None
        # Alternatives of filters are parts as well, of which a text lacks none: (year:2006 OR year:2010).
        return plan if plan and plan.leaves else None

    def _compile(self, query: Query) -> Plan:
        """Compile a query without the facets chosen: the plan that its pages and its facets share."""
        work = _Compilation(self, query)
        partial = query.match == "any"
        root = work.some_word(query.tree) if partial else work.plan_node(query.tree)
        return _plan(root, work, (), partial=partial)

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

    @cached_property
    def dictionaries(self) -> Dictionaries:
        """Dictionaries of the index."""
        # Likewise.
        return Dictionaries(self._read_dictionaries())


def _plan(root: PlanNode, work: "_Compilation", chosen: tuple[FieldFilter, ...], *, partial: bool) -> Plan:
    # A word that is typed twice is one leaf that counts twice: see `Plan.times`.
    leaves = tuple(dict.fromkeys(leaves_of(root)))
    return Plan(root, leaves, chosen, partial, notes=tuple(work.notes), branched=is_branched(root))


def _size(plan: Plan) -> int:
    """Estimate the bytes that a plan takes, its leaves' own apart."""
    return _BYTES_OF_PLAN + _BYTES_OF_LEAF * len(plan.leaves)


def _all_of(nodes: Sequence[PlanNode]) -> PlanNode:
    """Join nodes that must all match; one alone needs no node around it."""
    return nodes[0] if len(nodes) == 1 else AndQuery(tuple(nodes))


class _Compilation:
    """One query on its way to a plan; gathers notes."""

    def __init__(self, compiler: Compiler, query: Query) -> None:
        self._compiler = compiler
        self._text = query.text
        self._tree = query.tree
        self._words_each = MAX_WORDS // max(1, _count_prefixes(query.tree))
        self._equivalents = query.equivalents
        self._any = False
        # A dict, as each note is given once, in the order in which it was made.
        self.notes: dict[Message, None] = {}

    def plan_node(self, node: Node) -> PlanNode:
        """Compile a node of the syntax tree."""
        match node:
            case Everything():
                return MatchAll()
            case Filter():
                self.notes |= dict.fromkeys(self._compiler.value_notes((node,)))
                return self._compiler.field_filter(node)
            case Not(part):
                return NotQuery(self.plan_node(part))
            case And(parts):
                return _all_of(tuple(self._parts(parts, together=True, but=self._grammar(parts))))
            case Or(parts):
                return OrQuery(tuple(map(self.plan_node, parts)))
            case Word():
                return next(iter(self._parts((node,), together=True)))
            case _:
                return self._leaf(node)

    @cached_property
    def _translations(self) -> Mapping[str, tuple[Synonym, ...]]:
        """Translations of the plain words of the query."""
        known = self._compiler.dictionaries
        return known.translate(self._tree, self._text, self._compiler.language) if self._equivalents else {}

    def _leaf(self, part: Part, others: tuple[Synonym, ...] = ()) -> Leaf:
        # What the thesaurus says of a word is more than what a dictionary does.
        translations = self._translations.get(part.text, ()) if isinstance(part, Word) and not others else ()
        leaf, notes = self._compiler.expansion.leaf(part, others, translations, self._words_each)
        if notes:
            self.notes |= dict.fromkeys(notes)
        return leaf

    def _grammar(self, parts: Sequence[Node]) -> Collection[int]:
        """Find the words among parts that are grammar and need not match.

        There are none where nothing but grammar, filters and exclusions stands there.
        """
        words = {place: part.text for place, part in enumerate(parts) if isinstance(part, Word)}
        # To identify the language takes longer than to see that no word is grammar in any.
        if not any(map(_is_grammar_somewhere, words.values())):
            return ()
        found = self._compiler.language.grammar_places(words, self._text)
        return found if len(found) < sum(not isinstance(part, Filter | Not) for part in parts) else ()

    def _parts(self, parts: Sequence[Node], *, together: bool, but: Collection[int] = ()) -> Iterable[PlanNode]:
        """Compile parts side by side, with what can stand for several words of them.

        Args:
            parts: the parts, in order.
            together: all parts must match: then what can stand for several words is an alternative to them.
            but: the places of words that are left out, unless a stretch that something can stand for tells too little
                without: ``on line``.
        """
        groups = self._groups(parts, but) if len(parts) > 1 or self._equivalents else {}
        if groups or but or not together:
            return self._in_groups(parts, groups, together=together, but=but)
        return [self._leaf(part) if isinstance(part, Word) else self.plan_node(part) for part in parts]

    def _in_groups(
        self, parts: Sequence[Node], groups: _Groups, *, together: bool, but: Collection[int]
    ) -> Iterator[PlanNode]:
        stretches = [range(start, end) for start, (end, _) in groups.items()]
        # A term of which one word would remain is looked for as a whole: without its grammar it would be another word.
        kept = {place for each in stretches if together and len({*each} - {*but}) < 2 for place in each}
        left_out = [place for place in but if place not in kept]
        self._note_left_out([part.text for place in left_out if isinstance(part := parts[place], Word)])
        index = 0
        while index < len(parts):
            part = parts[index]
            end, others = groups.get(index, (index + 1, ()))
            if end == index + 1:
                if not isinstance(part, Word):
                    yield self.plan_node(part)
                elif index not in left_out:
                    yield from self._word(part, others)
            else:
                words = [each for each in parts[index:end] if isinstance(each, Word)]
                apart = [self._leaf(word) for place, word in enumerate(words, start=index) if place not in left_out]
                compound = len(words) == 2 and _is_compound(words[0].text, words[1].text)
                texts = tuple(word.text for word in words)
                whole = self._compiler.expansion.group(texts, others, " ".join(texts) if compound else "")
                if together:
                    yield OrQuery((AndQuery(tuple(apart)), whole))
                else:
                    # Any of them counts, so that they stand beside the rest of the query as its own words do.
                    yield from (*apart, whole)
            index = end

    def _word(self, part: Word, others: tuple[Synonym, ...]) -> Iterator[PlanNode]:
        """Compile a word; where any word may match, its parts too: ``real-time`` is ``time`` as well."""
        words = words_of(part.text) if self._any else ()
        if len(words) < 2:
            yield self._leaf(part, others)
            return
        grammar = self._grammar([Word(word) for word in words])
        yield from (self._leaf(Word(word)) for place, word in enumerate(words) if place not in grammar)
        yield self._compiler.expansion.group(words, others, part.text)

    def _note_left_out(self, words: Sequence[str]) -> None:
        if words:
            listed = ", ".join(dict.fromkeys(words))
            self.notes[message("grammar-left-out", listed)] = None

    def _groups(self, parts: Sequence[Node], but: Collection[int]) -> _Groups:
        """Find stretches of words that equivalent terms or a compound can stand for.

        Words that are left out make no compound: ``para las`` is none.
        """
        groups: dict[int, tuple[int, tuple[Synonym, ...]]] = {}
        for first, words in _runs(parts):
            if self._equivalents:
                for start, end, _, others in self._compiler.thesaurus.equivalents(words):
                    # A word of grammar that is left out is not replaced either.
                    if end > start + 1 or first + start not in but:
                        # A term of two concepts gives two stretches at one place: the terms of both stand for it.
                        known = groups.get(first + start, (0, ()))[1]
                        groups[first + start] = first + end, known + others
            # Compounds come second: what the thesaurus says of words is more than that they are written together.
            taken = {*but} | {place for start, (end, _) in groups.items() for place in range(start, end)}
            for place, (left, right) in enumerate(pairwise(words), start=first):
                if _is_compound(left, right) and taken.isdisjoint((place, place + 1)):
                    groups[place] = place + 2, ()
                    taken.update((place, place + 1))
        return groups

    def some_word(self, tree: Node) -> PlanNode:
        """Compile a query of which any word may match; grammar is left out, if others remain."""
        self._any = True
        return self._of_some(tuple(_alternatives(tree)))

    def relax(self, tree: Node) -> PlanNode | None:
        """Compile a query of which some parts are enough; None where that makes no sense."""
        if not isinstance(tree, And):
            return None
        # Without grammar and conditions there must be two parts or more: some of one part is nothing.
        asked = sum(not isinstance(part, Filter | Not) for part in tree.parts) - len(self._grammar(tree.parts))
        return self._of_some(tree.parts) if asked > 1 else None

    def _of_some(self, parts: Sequence[Node]) -> PlanNode:
        # Filters and exclusions are conditions, not words that one could do without: all of them are heeded.
        conditions = [self.plan_node(part) for part in parts if isinstance(part, Filter | Not)]
        asked = [part for part in parts if not isinstance(part, Filter | Not | Everything)]
        words = tuple(self._parts(asked, together=False, but=self._grammar(asked)))
        if words:
            conditions.insert(0, words[0] if len(words) == 1 else OrQuery(words))
        return _all_of(conditions) if conditions else MatchAll()


def _count_prefixes(node: Node) -> int:
    """Count the prefixes of a query: they share the words of the index."""
    match node:
        case Prefix():
            return 1
        case Not(part):
            return _count_prefixes(part)
        case And(parts) | Or(parts):
            return sum(map(_count_prefixes, parts))
    return 0


def _alternatives(node: Node) -> Iterator[Node]:
    """Parts of a query of which any may match.

    AND and OR make no difference then, but for alternatives to a condition: ``law OR lang:es``.
    """
    match node:
        case And(parts):
            for part in parts:
                yield from _alternatives(part)
        case Or(parts) if not any(isinstance(part, Filter | Not) for part in parts):
            for part in parts:
                yield from _alternatives(part)
        case _:
            yield node


def _runs(parts: Sequence[Node]) -> Iterator[tuple[int, list[str]]]:
    """Plain words that stand side by side: the index of the first, and their texts."""
    first, words = 0, list[str]()
    for index, part in enumerate(parts):
        if isinstance(part, Word):
            words.append(part.text)
            continue
        if words:
            yield first, words
        first, words = index + 1, []
    if words:
        yield first, words


# Queries share most of their words, and both answers depend on the words alone.
@lru_cache(maxsize=8192)
def _is_grammar_somewhere(word: str) -> bool:
    return any(is_stop_word(word, language) for language in LANGUAGES)


@lru_cache(maxsize=8192)
def _is_compound(left: str, right: str) -> bool:
    return open_compound(left, right) is not None
