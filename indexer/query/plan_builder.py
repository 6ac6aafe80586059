"""Builder of the nodes of a plan from a syntax tree: of all its words, or of some."""

# ARCHITECTURE.md: What lacks some words follows what has all.
# ARCHITECTURE.md: Where any word may match, operators make no difference.
# ARCHITECTURE.md: The thesaurus comes before a dictionary.

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple, Protocol

from indexer.analysis.language import LANGUAGES, is_stop_word
from indexer.analysis.query_forms import open_compound
from indexer.analysis.tokenizer import words_of
from indexer.model import (
    And,
    Everything,
    Filter,
    Message,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Synonym,
    Word,
    message,
)
from indexer.query.expansion import MAX_WORDS, Expansion, Part
from indexer.query.parser import render
from indexer.query.plan import AndQuery, AskedPart, FieldFilter, Leaf, MatchAll, NotQuery, OrQuery, PlanNode, leaves_of
from indexer.query.thesaurus import Thesaurus

_Groups = Mapping[int, tuple[int, tuple[Synonym, ...]]]
"""By the index of its first part: the end of a stretch of parts, and the terms that can stand for it."""


class Vocabularies(Protocol):
    """Knowledge of an index about words and values."""

    @property
    def expansion(self) -> Expansion:
        """Source of leaves."""

    @property
    def thesaurus(self) -> Thesaurus:
        """Equivalent terms."""

    def field_filter(self, choice: Filter) -> FieldFilter:
        """Compile a filter."""

    def value_notes(self, filters: Sequence[Filter]) -> tuple[Message, ...]:
        """Notes on filters whose values the index does not have."""


class BuiltNode(NamedTuple):
    """A node of a plan, and the parts of the query that it answers."""

    node: PlanNode
    asked: tuple[AskedPart, ...]


class PlanBuilder:
    """Builder of the nodes of one query; gathers notes.

    Args:
        index: what the index knows.
        tree: the syntax tree of the query.
        equivalents: whether equivalent terms are searched as well.
        grammar: gives the places of words that are grammar, of words by place.
        translations: gives the translations of the plain words.
    """

    def __init__(
        self,
        index: Vocabularies,
        tree: Node,
        grammar: Callable[[Mapping[int, str]], Collection[int]],
        translations: Callable[[], Mapping[str, tuple[Synonym, ...]]],
        *,
        equivalents: bool,
    ) -> None:
        self._index = index
        self._tree = tree
        self._grammar_places = grammar
        self._translate = translations
        self._words_each = MAX_WORDS // max(1, _count_prefixes(tree))
        self._equivalents = equivalents
        self._some = False
        # A dict, as each note is given once, in the order in which it was made.
        self.notes: dict[Message, None] = {}

    def all_words(self) -> BuiltNode:
        """Build the node that matches what has all words, and meets all conditions."""
        node, asked = self._every(self._tree)
        # Conditions are no words that a text could lack.
        return BuiltNode(node, tuple(part for part in asked if leaves_of(part.node)))

    def some_words(self) -> BuiltNode:
        """Build the node that matches what has any of the words, and meets all conditions.

        Grammar is left out, if other words remain. Compounds, quotations and what stands near match by their words as
        well.
        """
        self._some = True
        return self._any_of(self._tree)

    # ------------------------------------------------------------------------------------------------------ all words

    def _every(self, node: Node) -> BuiltNode:
        match node:
            case Everything():
                return BuiltNode(MatchAll(), ())
            case And(parts):
                own = list(self._pieces(parts, together=True, but=self._grammar(parts)))
                return BuiltNode(
                    _all_of([piece.node for piece in own]), tuple(part for piece in own for part in piece.asked)
                )
            case Or(parts):
                own = list(map(self._every, parts))
                return _as_asked(node, OrQuery(tuple(piece.node for piece in own)), tuple(piece.asked for piece in own))
            case Word():
                return next(iter(self._pieces((node,), together=True)))
            case Filter():
                self.notes |= dict.fromkeys(self._index.value_notes((node,)))
                return _as_asked(node, self._index.field_filter(node))
            case Not(part):
                return _as_asked(node, NotQuery(self._every(part).node))
            case _:
                return _of_leaf(self._leaf(node))

    @cached_property
    def _translations(self) -> Mapping[str, tuple[Synonym, ...]]:
        return self._translate() if self._equivalents else {}

    def _leaf(self, part: Part, others: tuple[Synonym, ...] = (), *, is_in_term: bool = False) -> Leaf:
        """Make the leaf of a part. ``others`` are its equivalent terms; ``is_in_term`` says that it is part of one."""
        # What the thesaurus says of words is more than what a dictionary does, and both would count twice.
        is_alone = not others and not is_in_term
        translations = self._translations.get(part.text, ()) if isinstance(part, Word) and is_alone else ()
        leaf, notes = self._index.expansion.leaf(part, others, translations, self._words_each)
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
        found = self._grammar_places(words)
        return found if len(found) < sum(not isinstance(part, Filter | Not) for part in parts) else ()

    def _pieces(self, parts: Sequence[Node], *, together: bool, but: Collection[int] = ()) -> Iterable[BuiltNode]:
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
        return [_of_leaf(self._leaf(part)) if isinstance(part, Word) else self._every(part) for part in parts]

    def _in_groups(
        self, parts: Sequence[Node], groups: _Groups, *, together: bool, but: Collection[int]
    ) -> Iterator[BuiltNode]:
        stretches = [range(start, end) for start, (end, _) in groups.items()]
        # A term of which one word would remain is looked for as a whole: without its grammar it would be another word.
        kept = {place for each in stretches if together and len({*each} - {*but}) < 2 for place in each}
        left_out = [place for place in but if place not in kept]
        self._note_left_out([part.text for place in left_out if isinstance(part := parts[place], Word)])
        index = 0
        while index < len(parts):
            part = parts[index]
            end, others = groups.get(index, (index + 1, ()))
            if end > index + 1:
                words = [each for each in parts[index:end] if isinstance(each, Word)]
                telling = [word for place, word in enumerate(words, start=index) if place not in left_out]
                yield from self._stretch(words, telling, others, together=together)
            elif not isinstance(part, Word):
                yield from (self._every(part),) if together else self._some_of(part)
            elif index not in left_out:
                yield from (_of_leaf(self._leaf(part, others)),) if together else self._some_of_word(part, others)
            index = end

    def _stretch(
        self, words: Sequence[Word], telling: Sequence[Word], others: tuple[Synonym, ...], *, together: bool
    ) -> Iterator[BuiltNode]:
        """Compile words side by side that something can stand for; ``telling`` are those that are not left out."""
        texts = tuple(word.text for word in words)
        compound = " ".join(texts) if len(words) == 2 and _is_compound(*texts) else ""
        if not together:
            yield from self._apart([word.text for word in telling], compound, texts, others)
            return
        apart = [self._leaf(word, is_in_term=bool(others)) for word in telling]
        whole = self._index.expansion.group(texts, others, compound)
        asked = tuple(AskedPart(leaf.part, OrQuery((leaf, whole))) for leaf in apart)
        yield BuiltNode(OrQuery((AndQuery(tuple(apart)), whole)), asked)

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
                for start, end, _, others in self._index.thesaurus.equivalents(words):
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

    # ----------------------------------------------------------------------------------------------------- some words

    def _any_of(self, tree: Node) -> BuiltNode:
        """Compile a node of which any word may match."""
        # Alternatives to a condition are no words: each is compiled by itself.
        if isinstance(tree, Or) and _has_condition(tree):
            return BuiltNode(OrQuery(tuple(self._any_of(part).node for part in tree.parts)), self._every(tree).asked)
        parts = tuple(_alternatives(tree)) if isinstance(tree, And | Or) else (tree,)
        # Filters and exclusions are conditions, not words that one could do without: all of them are heeded.
        conditions = [self._every(part).node for part in parts if _is_condition(part)]
        asked = [part for part in parts if not _is_condition(part)]
        pieces = list(self._pieces(asked, together=False, but=self._grammar(asked)))
        words = [piece.node for piece in pieces]
        if words:
            conditions.insert(0, words[0] if len(words) == 1 else OrQuery(tuple(words)))
        return BuiltNode(
            _all_of(conditions) if conditions else MatchAll(), tuple(part for each in pieces for part in each.asked)
        )

    def _some_of(self, part: Node) -> Iterator[BuiltNode]:
        """Compile a part that is no word: what it is made of matches as well."""
        match part:
            case Phrase(text):
                yield from self._phrase(self._leaf(part), text)
            case Near(left, right):
                yield from self._phrase(self._leaf(part), f"{left.text} {right.text}")
            case And() | Or():
                yield self._any_of(part)
            case _:
                yield self._every(part)

    def _phrase(self, whole: Leaf, text: str) -> Iterator[BuiltNode]:
        words = words_of(text)
        asked = AskedPart(whole.part, whole)
        if len(words) == 1:
            # In any form: as typed it is the word that counts most already.
            yield BuiltNode(self._leaf(Word(text)), (asked,))
            return
        yield BuiltNode(whole, (asked,))
        grammar = self._grammar_places(dict(enumerate(words)))
        yield from (BuiltNode(self._leaf(Word(word)), ()) for place, word in enumerate(words) if place not in grammar)

    def _some_of_word(self, part: Word, others: tuple[Synonym, ...]) -> Iterator[BuiltNode]:
        """Compile a word of which, where it is a compound, any part will do: ``real-time`` is ``time`` as well."""
        words = words_of(part.text)
        if len(words) < 2:
            yield _of_leaf(self._leaf(part, others))
            return
        grammar = self._grammar([Word(word) for word in words])
        telling = [word for place, word in enumerate(words) if place not in grammar]
        yield from self._apart(telling, part.text, words, others)

    def _apart(
        self, telling: Sequence[str], compound: str, words: tuple[str, ...], others: tuple[Synonym, ...]
    ) -> Iterator[BuiltNode]:
        """Compile words of which any may match, and the equivalent terms of all of them.

        Each counts once: that they stand together in a compound is said by their closeness.
        """
        expansion = self._index.expansion
        whole = [expansion.group(words, others, "")] if others else []
        for word in telling:
            meant = () if others else self._translations.get(word, ())
            leaf = (
                expansion.part_of(word, compound, meant)
                if compound
                else self._leaf(Word(word), is_in_term=bool(others))
            )
            yield BuiltNode(leaf, (AskedPart(word, OrQuery((leaf, *whole)) if whole else leaf),))
        yield from (BuiltNode(each, ()) for each in whole)


def _of_leaf(leaf: Leaf) -> BuiltNode:
    return BuiltNode(leaf, (AskedPart(leaf.part, leaf),))


def _as_asked(tree: Node, node: PlanNode, alternatives: tuple[tuple[AskedPart, ...], ...] = ()) -> BuiltNode:
    return BuiltNode(node, (AskedPart(render(tree), node, alternatives),))


def _all_of(nodes: Sequence[PlanNode]) -> PlanNode:
    """Join nodes that must all match; one alone needs no node around it."""
    return nodes[0] if len(nodes) == 1 else AndQuery(tuple(nodes))


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


def _is_condition(node: Node) -> bool:
    """Tell whether a node is made of filters and exclusions alone."""
    if isinstance(node, And | Or):
        return all(map(_is_condition, node.parts))
    return isinstance(node, Filter | Not | Everything)


def _has_condition(node: Node) -> bool:
    if isinstance(node, And | Or):
        return any(map(_has_condition, node.parts))
    return isinstance(node, Filter | Not)


def _alternatives(node: And | Or) -> Iterator[Node]:
    """Parts of a query of which any may match.

    AND and OR make no difference then, but where a condition stands within: ``law OR lang:es``.
    """
    for part in node.parts:
        if isinstance(part, And | Or) and not _has_condition(part):
            yield from _alternatives(part)
        else:
            yield part


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
