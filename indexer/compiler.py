"""The syntax tree of a question to a plan, for one index: its languages, its values, its lexicon.

Weights of what was typed against what was not are those of ``ranking``; every expansion is bounded, and a note says
when a bound was reached.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from indexer.analysis import Form, fold, identify, is_stop_word, open_compound, query_phrase, query_word
from indexer.errors import BadQuery
from indexer.filters import Holdings
from indexer.lexer import note
from indexer.lexicon import Lexicon
from indexer.model import (
    And,
    As,
    Everything,
    Filter,
    Near,
    Node,
    Not,
    Note,
    Or,
    Phrase,
    Prefix,
    Question,
    Typo,
    Word,
)
from indexer.plan import (
    EXACT,
    FOLD,
    STEM,
    All,
    Close,
    Leaf,
    Pattern,
    Plan,
    Some,
    Step,
    Term,
    Whole,
    Within,
    Without,
    Words,
    leaves_of,
)
from indexer.query import Parsed
from indexer.ranking import WEIGHTS

MAX_WORDS = 400
"""The most words of the index that a prefix stands for: the most frequent ones."""

SHORTEST_TYPO = 3
"""Letters of the shortest word in which a slip is looked for."""

_KEPT = 4096


class Compiler:
    """Compiles questions for one index. Safe with threads; what words stand for is kept from question to question."""

    def __init__(self, holdings: Holdings, lexicon: Callable[[], Lexicon]) -> None:
        self._holdings = holdings
        self._lexicon = lexicon
        self._kept: dict[Node, tuple[Leaf, tuple[Note, ...]]] = {}

    def plan(self, parsed: Parsed, question: Question) -> Plan:
        """The plan of a question that was read as ``parsed``.

        Raises:
            BadQuery: a filter cannot be read, or two are chosen for one field.
        """
        work = _Compilation(self, question)
        tree = parsed.tree
        step = work.some_word(tree, question.text) if question.match == "any" else work.step(tree)
        leaves = tuple(dict.fromkeys(leaves_of(step)))
        relaxed = work.relaxed(tree) if len(leaves) > 1 and question.match == "all" else None
        return Plan(step, leaves, self._chosen(question.chosen), relaxed, tree, (*parsed.notes, *work.notes), ())

    def _chosen(self, filters: Sequence[Filter]) -> tuple[Within, ...]:
        if len({choice.field for choice in filters}) < len(filters):
            raise BadQuery("Two values are chosen for one field", 0, "Choose at most one value in each field.")
        return tuple(self.within(choice) for choice in filters)

    def within(self, choice: Filter) -> Within:
        """A filter as values of this index.

        Raises:
            BadQuery: it cannot be read.
        """
        return Within(choice.field, self._holdings.accepted(choice))

    def is_grammar(self, word: str, asked_in: str | None) -> bool:
        """Whether a word carries no subject in the language of the question or, where that is unknown, of the index."""
        return any(is_stop_word(word, language) for language in ((asked_in,) if asked_in else self._holdings.languages))

    def leaf(self, node: Word | Phrase | Prefix | Typo | Near) -> tuple[Leaf, tuple[Note, ...]]:
        """What a node stands for in this index, the same object each time, and notes."""
        kept = self._kept.get(node)
        if kept is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            kept = self._kept[node] = self._leaf(node)
        return kept

    def _leaf(self, node: Word | Phrase | Prefix | Typo | Near) -> tuple[Leaf, tuple[Note, ...]]:
        match node:
            case Word(text):
                return Words(text, tuple(self._word(text))), ()
            case Phrase(text):
                return Words(f'"{text}"', tuple(self._phrase(text))), ()
            case Prefix(text):
                return self._prefix(text)
            case Typo(text):
                return self._typo(text)
            case Near(left, right, distance):
                first, second = (Words(part.text, tuple(self._phrase(part.text))) for part in (left, right))
                return Close(f"{left.text} NEAR/{distance} {right.text}", first, second, distance), ()

    def _word(self, text: str) -> Iterator[Pattern]:
        """As typed; with other accents; and in any inflected form, side by side or joined, in each language."""
        languages = self._holdings.languages or ("",)
        forms = {language: query_word(text, language) for language in languages}
        yield from _literal(form for choices in forms.values() for form in choices[:1])
        inflected = (_stems(form, language, "stem") for language, choices in forms.items() for form in choices)
        yield from dict.fromkeys(inflected)

    def _phrase(self, text: str) -> Iterator[Pattern]:
        languages = self._holdings.languages or ("",)
        return _literal(form for language in languages for form in query_phrase(text, language))

    def _prefix(self, text: str) -> tuple[Leaf, tuple[Note, ...]]:
        part = f"{text}*"
        forms = query_phrase(text, "")
        if not forms:
            return Words(part, ()), ()
        words, more = self._lexicon().prefixed(forms[0][-1].exact[0], MAX_WORDS)
        leading = tuple(_folded(token.exact[0]) for token in forms[0][:-1])
        last = tuple(term for word in words for term in _folded(word))
        patterns = (Pattern((*leading, last), WEIGHTS["prefix"], "prefix", part),) if last else ()
        return Words(part, patterns), (note("prefix-bounded", part, str(MAX_WORDS)),) if more else ()

    def _typo(self, text: str) -> tuple[Leaf, tuple[Note, ...]]:
        part = f"{text}~"
        patterns = list(_literal(query_phrase(text, "")[:1]))
        folded = fold(text)
        if len(folded) < SHORTEST_TYPO:
            return Words(part, tuple(patterns)), (note("typo-too-short", part),)
        others = [word for word in self._lexicon().neighbours(folded) if word != folded]
        patterns += [Pattern((_folded(word),), WEIGHTS["typo"], "typo", word) for word in others]
        return Words(part, tuple(patterns)), ()


class _Compilation:
    """One question on its way to a plan; gathers notes."""

    def __init__(self, compiler: Compiler, question: Question) -> None:
        self._compiler = compiler
        self._question = question
        self.notes: dict[Note, None] = {}

    def step(self, node: Node) -> Step:
        match node:
            case Everything():
                return Whole()
            case Filter():
                return self._compiler.within(node)
            case Not(part):
                return Without(self.step(part))
            case And(parts):
                return All(tuple(self._parts(parts, together=True)))
            case Or(parts):
                return Some(tuple(map(self.step, parts)))
            case _:
                return self._leaf(node)

    def _leaf(self, node: Word | Phrase | Prefix | Typo | Near) -> Leaf:
        leaf, notes = self._compiler.leaf(node)
        self.notes |= dict.fromkeys(notes)
        return leaf

    def _parts(self, parts: Sequence[Node], *, together: bool) -> Iterator[Step]:
        """The steps of parts side by side; where two words are one written apart, it is looked for as well.

        ``together`` says that all parts must match: then the one word stands for the two.
        """
        index = 0
        while index < len(parts):
            part, after = parts[index], parts[index + 1] if index + 1 < len(parts) else None
            if isinstance(part, Word) and isinstance(after, Word) and open_compound(part.text, after.text):
                apart = self._leaf(part), self._leaf(after)
                joined = self._leaf(Word(f"{part.text} {after.text}"))
                yield from (Some((All(apart), joined)),) if together else (*apart, joined)
                index += 2
            else:
                yield self.step(part)
                index += 1

    def some_word(self, tree: Node, text: str) -> Step:
        """A question of which any word may match; words that carry grammar alone are left out, if others remain."""
        parts = tree.parts if isinstance(tree, And) else (tree,)
        asked = [part for part in parts if not isinstance(part, Filter | Not | Everything)]
        asked_in = identify(text)
        telling = [
            part for part in asked if not (isinstance(part, Word) and self._compiler.is_grammar(part.text, asked_in))
        ]
        return self._of_some(parts, telling or asked)

    def relaxed(self, tree: Node) -> Step | None:
        """What has some of the parts that must all match, for questions that nothing answers in full."""
        if not isinstance(tree, And):
            return None
        asked = [part for part in tree.parts if not isinstance(part, Filter | Not)]
        return self._of_some(tree.parts, asked) if len(asked) > 1 else None

    def _of_some(self, parts: Iterable[Node], asked: Sequence[Node]) -> Step:
        conditions = [self.step(part) for part in parts if isinstance(part, Filter | Not)]
        if asked:
            steps = tuple(dict.fromkeys(self._parts(asked, together=False)))
            conditions.insert(0, steps[0] if len(steps) == 1 else Some(steps))
        if not conditions:
            return Whole()
        return conditions[0] if len(conditions) == 1 else All(tuple(conditions))


def _folded(word: str) -> tuple[Term, ...]:
    """The terms of a folded word: printed so, or with accents."""
    return (EXACT, word), (FOLD, word)


def _literal(forms: Iterable[Form]) -> Iterator[Pattern]:
    """The patterns of forms as typed, then with other accents."""
    for form in dict.fromkeys(tuple(token.exact for token in form) for form in forms):
        text = " ".join(exact[-1] for exact in form)
        yield Pattern(tuple(((EXACT, exact[-1]),) for exact in form), WEIGHTS["exact"], "exact", text)
        yield Pattern(tuple(_folded(exact[0]) for exact in form), WEIGHTS["accent"], "accent", text)


def _stems(form: Form, language: str, matched: As) -> Pattern:
    slots = tuple(tuple((STEM + language, stem) for stem in token.stems) for token in form)
    return Pattern(slots, WEIGHTS[matched], matched, " ".join(token.stems[0] for token in form))
