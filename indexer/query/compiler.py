"""The syntax tree of a question to a plan, for one index: its languages, its values, its words, its thesaurus."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import pairwise

from indexer.analysis.language import LANGUAGES, identify, is_stop_word
from indexer.analysis.query_forms import open_compound
from indexer.analysis.schema import STEM, Term
from indexer.analysis.tokenizer import tokenize, words_of
from indexer.model import And, Everything, Filter, Match, Node, Not, Note, Or, Prefix, Question, Synonym, Word
from indexer.model.errors import BadQuery
from indexer.query.expansion import MAX_WORDS, Expansion, Part
from indexer.query.fields import FieldVocabulary
from indexer.query.lexicon import Lexicon
from indexer.query.notes import note
from indexer.query.parser import ParsedQuery, parse
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
from indexer.query.thesaurus import Thesaurus
from indexer.storage.memory_cache import MemoryCache

_Groups = Mapping[int, tuple[int, tuple[Synonym, ...]]]
"""By the index of its first part: the end of a stretch of parts, and the terms that can stand for it."""

_SHORTEST_SENTENCE = 3
"""Words of the shortest question in capitals that may be a sentence."""


class Compiler:
    """Compiles questions for one index. Safe with threads.

    ``lexicon`` and ``thesaurus`` are asked for when a question needs them; ``frequency`` says in how many versions a
    term stands. Plans are kept, since a visitor who turns a page, chooses a facet or another order asks the same
    question; ``memory`` is how many bytes they and their leaves may take.
    """

    def __init__(
        self,
        holdings: FieldVocabulary,
        lexicon: Callable[[], Lexicon],
        thesaurus: Callable[[], Thesaurus],
        frequency: Callable[[Term], int],
        memory: int,
    ) -> None:
        self._holdings = holdings
        self._frequency = frequency
        self._thesaurus = thesaurus
        self.expansion = Expansion(holdings.languages, lexicon, memory // 2)
        self._plans: MemoryCache[tuple[str, Match, bool], Plan] = MemoryCache(memory // 2, _size)

    @property
    def nbytes(self) -> int:
        """How much memory is taken by what is kept."""
        return self.expansion.nbytes + self._plans.nbytes

    def clear(self) -> None:
        """Let go of what is kept."""
        self.expansion.clear()
        self._plans.clear()

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """The equivalent terms of the index."""
        return self._thesaurus()

    def plan(self, question: Question) -> Plan:
        """The plan of a question.

        Raises:
            BadQuery: a filter cannot be read, or two are chosen for one field.
        """
        key = question.text, question.match, question.equivalents
        plan = self._plans.get(key) or self._plans.put(key, self._compile(*key))
        return replace(plan, chosen=self._chosen(question.chosen)) if question.chosen else plan

    def relax(self, question: Question) -> Plan | None:
        """The plan of what has some of the words that must all match, where lacking some makes sense."""
        if question.match != "all":
            return None
        parsed = parse(question.text)
        work = _Compilation(self, question.text, parsed.tree, equivalents=question.equivalents)
        step = work.relax(parsed.tree)
        return _plan(step, work, parsed, self._chosen(question.chosen), partial=True) if step else None

    def _compile(self, text: str, match: Match, equivalents: bool) -> Plan:
        """The plan of a question without the facets chosen, which its pages and its facets share."""
        parsed = parse(text)
        work = _Compilation(self, text, parsed.tree, equivalents=equivalents)
        partial = match == "any"
        step = work.some_word(parsed.tree) if partial else work.step(parsed.tree)
        return _plan(step, work, parsed, (), partial=partial)

    def _chosen(self, filters: Sequence[Filter]) -> tuple[FieldFilter, ...]:
        if not filters:
            return ()
        if len({choice.field for choice in filters}) < len(filters):
            raise BadQuery("Two values are chosen for one field", 0, "Choose at most one value in each field.")
        return tuple(self.within(choice) for choice in filters)

    def within(self, choice: Filter) -> FieldFilter:
        """A filter as values of this index.

        Raises:
            BadQuery: it cannot be read.
        """
        return FieldFilter(choice.field, self._holdings.accepted_values(choice))

    def grammar(self, words: Mapping[int, str], text: str) -> list[int]:
        """The places of those words of a question that carry no subject in its language or, where that is unknown, in
        all languages of the index that know the most of its words. What is written in capitals alone is a name among
        small letters, and in a question too short for a sentence: ``IT``, ``WHO``.
        """
        asked_in = identify(text)
        languages = (asked_in,) if asked_in else self._knowing_most(words.values())
        shouted = text.isupper() and len(words) >= _SHORTEST_SENTENCE
        return [
            place
            for place, word in words.items()
            if languages
            and all(is_stop_word(word, language) for language in languages)
            and (len(word) < 2 or not word.isupper() or shouted)
        ]

    def _knowing_most(self, words: Collection[str]) -> list[str]:
        """The languages of the index in which the most words carry grammar or stand in a text."""
        known = {
            language: sum(is_stop_word(word, language) or self._is_known(word, language) for word in words)
            for language in self._holdings.languages
        }
        most = max(known.values(), default=0)
        return [language for language, count in known.items() if count == most]

    def _is_known(self, word: str, language: str) -> bool:
        return all(
            any(self._frequency((STEM + language, stem)) for stem in token.stems) for token in tokenize(word, language)
        )


def _plan(
    step: PlanNode, work: "_Compilation", parsed: ParsedQuery, chosen: tuple[FieldFilter, ...], *, partial: bool
) -> Plan:
    leaves = tuple(dict.fromkeys(leaves_of(step)))
    notes = (*parsed.notes, *work.notes) if work.notes else parsed.notes
    return Plan(step, leaves, chosen, partial, parsed.tree, notes, is_branched(step))


def _size(plan: Plan) -> int:
    """About how many bytes a plan takes, its leaves apart."""
    return 2000 + 1000 * len(plan.leaves)


class _Compilation:
    """One question on its way to a plan; gathers notes."""

    def __init__(self, compiler: Compiler, text: str, tree: Node, *, equivalents: bool) -> None:
        self._compiler = compiler
        self._text = text
        self._words_each = MAX_WORDS // max(1, _prefixes(tree))
        self._equivalents = equivalents
        self._any = False
        self.notes: dict[Note, None] = {}

    def step(self, node: Node) -> PlanNode:
        """The step of a node."""
        match node:
            case Everything():
                return MatchAll()
            case Filter():
                return self._compiler.within(node)
            case Not(part):
                return NotQuery(self.step(part))
            case And(parts):
                steps = tuple(self._parts(parts, together=True, but=self._grammar(parts)))
                return steps[0] if len(steps) == 1 else AndQuery(steps)
            case Or(parts):
                return OrQuery(tuple(map(self.step, parts)))
            case Word():
                return next(iter(self._parts((node,), together=True)))
            case _:
                return self._leaf(node)

    def _leaf(self, part: Part, others: tuple[Synonym, ...] = ()) -> Leaf:
        leaf, notes = self._compiler.expansion.leaf(part, others, self._words_each)
        if notes:
            self.notes |= dict.fromkeys(notes)
        return leaf

    def _grammar(self, parts: Sequence[Node]) -> Collection[int]:
        """The places of words that carry grammar alone and need not match, where others stand beside them."""
        words = {place: part.text for place, part in enumerate(parts) if isinstance(part, Word)}
        if not any(map(_is_grammar_somewhere, words.values())):
            return ()
        found = self._compiler.grammar(words, self._text)
        return found if len(found) < sum(not isinstance(part, Filter | Not) for part in parts) else ()

    def _parts(self, parts: Sequence[Node], *, together: bool, but: Collection[int] = ()) -> Iterable[PlanNode]:
        """The steps of parts side by side; with what can stand for several words of them.

        ``together`` says that all parts must match: then that stands for those words. ``but`` are the places of words
        that are left out, unless a stretch that something can stand for tells too little without: ``on line``.
        """
        groups = self._groups(parts, but) if len(parts) > 1 or self._equivalents else {}
        if groups or but or not together:
            return self._in_groups(parts, groups, together=together, but=but)
        return [self._leaf(part) if isinstance(part, Word) else self.step(part) for part in parts]

    def _in_groups(
        self, parts: Sequence[Node], groups: _Groups, *, together: bool, but: Collection[int]
    ) -> Iterator[PlanNode]:
        stretches = [range(start, end) for start, (end, _) in groups.items()]
        kept = {place for each in stretches if together and len({*each} - {*but}) < 2 for place in each}
        left_out = [place for place in but if place not in kept]
        self._note_left_out([part.text for place in left_out if isinstance(part := parts[place], Word)])
        index = 0
        while index < len(parts):
            part = parts[index]
            end, others = groups.get(index, (index + 1, ()))
            if end == index + 1:
                if not isinstance(part, Word):
                    yield self.step(part)
                elif index not in left_out:
                    yield from self._word(part, others)
            else:
                words = [each for each in parts[index:end] if isinstance(each, Word)]
                apart = [self._leaf(word) for place, word in enumerate(words, start=index) if place not in left_out]
                compound = len(words) == 2 and _is_compound(words[0].text, words[1].text)
                texts = tuple(word.text for word in words)
                whole = self._compiler.expansion.group(texts, others, " ".join(texts) if compound else "")
                yield from (OrQuery((AndQuery(tuple(apart)), whole)),) if together else (*apart, whole)
            index = end

    def _word(self, part: Word, others: tuple[Synonym, ...]) -> Iterator[PlanNode]:
        """A word and, where any word may match, the words that it is made of: ``real-time`` is ``time`` as well."""
        words = words_of(part.text) if self._any else ()
        if len(words) < 2:
            yield self._leaf(part, others)
            return
        grammar = self._grammar([Word(word) for word in words])
        yield from (self._leaf(Word(word)) for place, word in enumerate(words) if place not in grammar)
        yield self._compiler.expansion.group(words, others, part.text)

    def _note_left_out(self, words: Sequence[str]) -> None:
        if words:
            told = ", ".join(dict.fromkeys(words))
            self.notes[note("grammar-left-out", told)] = None

    def _groups(self, parts: Sequence[Node], but: Collection[int]) -> _Groups:
        """The stretches of plain words that equivalent terms can stand for, or a compound: ``para las`` is none."""
        groups: dict[int, tuple[int, tuple[Synonym, ...]]] = {}
        for first, words in _runs(parts):
            if self._equivalents:
                for start, end, _, others in self._compiler.thesaurus.equivalents(words):
                    if end > start + 1 or first + start not in but:
                        known = groups.get(first + start, (0, ()))[1]
                        groups[first + start] = first + end, known + others
            taken = {*but} | {place for start, (end, _) in groups.items() for place in range(start, end)}
            for place, (left, right) in enumerate(pairwise(words), start=first):
                if _is_compound(left, right) and taken.isdisjoint((place, place + 1)):
                    groups[place] = place + 2, ()
                    taken.update((place, place + 1))
        return groups

    def some_word(self, tree: Node) -> PlanNode:
        """A question of which any word may match; words that carry grammar alone are left out, if others remain."""
        self._any = True
        return self._of_some(tuple(_alternatives(tree)))

    def relax(self, tree: Node) -> PlanNode | None:
        """What has some of the parts that must all match, for questions that nothing answers in full."""
        if not isinstance(tree, And):
            return None
        asked = sum(not isinstance(part, Filter | Not) for part in tree.parts) - len(self._grammar(tree.parts))
        return self._of_some(tree.parts) if asked > 1 else None

    def _of_some(self, parts: Sequence[Node]) -> PlanNode:
        conditions = [self.step(part) for part in parts if isinstance(part, Filter | Not)]
        asked = [part for part in parts if not isinstance(part, Filter | Not | Everything)]
        steps = tuple(self._parts(asked, together=False, but=self._grammar(asked)))
        if steps:
            conditions.insert(0, steps[0] if len(steps) == 1 else OrQuery(steps))
        if not conditions:
            return MatchAll()
        return conditions[0] if len(conditions) == 1 else AndQuery(tuple(conditions))


def _prefixes(node: Node) -> int:
    """How many prefixes a question has, which share the words that they may stand for."""
    match node:
        case Prefix():
            return 1
        case Not(part):
            return _prefixes(part)
        case And(parts) | Or(parts):
            return sum(map(_prefixes, parts))
    return 0


def _alternatives(node: Node) -> Iterator[Node]:
    """What may match where any word may: AND and OR make no difference then, but for alternatives to a condition."""
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
    """The plain words that stand side by side: the index of the first, and their texts."""
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


@lru_cache(maxsize=8192)
def _is_grammar_somewhere(word: str) -> bool:
    return any(is_stop_word(word, language) for language in LANGUAGES)


@lru_cache(maxsize=8192)
def _is_compound(left: str, right: str) -> bool:
    return open_compound(left, right) is not None
