"""What a part of a question stands for in an index: the terms that answer it, as what, with which weight.

Weights of what was typed against what was not are those of ``ranking``; every expansion is bounded, and a note says
when a bound was reached.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from indexer.analysis.folding import fold
from indexer.analysis.query_forms import Form, query_phrase, query_word
from indexer.analysis.schema import EXACT, FOLD, STEM, Term
from indexer.model import As, Near, Note, Phrase, Prefix, Synonym, Typo, Word
from indexer.query.boosts import WEIGHTS
from indexer.query.lexicon import Lexicon
from indexer.query.notes import note
from indexer.query.plan import Leaf, NearQuery, Pattern, TermsQuery
from indexer.storage.memory_cache import MemoryCache

MAX_WORDS = 400
"""The most words of the index that the prefixes of a question stand for, shared evenly: the most frequent ones."""

SHORTEST_TYPO = 3
"""Letters of the shortest word in which a slip is looked for."""

Part = Word | Phrase | Prefix | Typo | Near
Noted = tuple[Leaf, tuple[Note, ...]]


class Expansion:
    """Gives the leaves of plans for one index: the same object each time, as far as they are kept. Safe with threads.

    ``languages`` are those of the index; ``memory`` is how many bytes may be kept.
    """

    def __init__(self, languages: Sequence[str], lexicon: Callable[[], Lexicon], memory: int) -> None:
        self._languages = tuple(languages) or ("",)
        self._lexicon = lexicon
        self._kept: MemoryCache[object, Noted] = MemoryCache(memory, _size)

    @property
    def nbytes(self) -> int:
        """How much memory is taken by what is kept."""
        return self._kept.nbytes

    def clear(self) -> None:
        """Let go of what is kept."""
        self._kept.clear()

    def leaf(self, part: Part, others: tuple[Synonym, ...] = (), most: int = MAX_WORDS) -> Noted:
        """What a part stands for, and notes.

        ``others`` are equivalent terms of a word, ``most`` is how many words a prefix may stand for.
        """
        key = (part if isinstance(part, Near) else part.text, part.__class__, others, most)
        return self._kept.get(key) or self._kept.put(key, self._expanded(part, others, most))

    def group(self, words: tuple[str, ...], others: tuple[Synonym, ...], compound: str) -> Leaf:
        """What can stand for several words side by side: equivalent terms and the compound that they are the parts of,
        if they are.
        """
        key = (words, others, compound)
        kept = self._kept.get(key)
        if kept is None:
            text = " ".join(words)
            patterns = (*(self._word(compound) if compound else ()), *self._equivalents(others))
            kept = self._kept.put(key, (TermsQuery(text, patterns, words), ()))
        return kept[0]

    def _expanded(self, part: Part, others: tuple[Synonym, ...], most: int) -> Noted:
        match part:
            case Word(text):
                return TermsQuery(text, (*self._word(text), *self._equivalents(others))), ()
            case Phrase(text):
                return TermsQuery(f'"{text}"', tuple(self._phrase(text))), ()
            case Prefix(text):
                return self._prefix(text, most)
            case Typo(text):
                return self._typo(text)
            case Near(left, right, distance):
                first, second = (TermsQuery(side.text, tuple(self._phrase(side.text))) for side in (left, right))
                return NearQuery(f"{left.text} NEAR/{distance} {right.text}", first, second, distance), ()

    def _word(self, text: str) -> Iterator[Pattern]:
        """As typed; with other accents; and in any inflected form, side by side or joined, in each language."""
        forms = [(language, query_word(text, language)) for language in self._languages]
        yield from _literal(form for _, choices in forms for form in choices[:1])
        yield from dict.fromkeys(_stems(form, language, "stem") for language, choices in forms for form in choices)

    def _phrase(self, text: str) -> Iterator[Pattern]:
        return _literal(form for language in self._languages for form in query_phrase(text, language))

    def _equivalents(self, others: Iterable[Synonym]) -> Iterator[Pattern]:
        """Equivalent terms in the languages of the index, in any inflected form."""
        for language, text in others:
            if language in self._languages:
                for form in query_word(text, language):
                    yield _stems(form, language, "equivalent", text)

    def _prefix(self, text: str, most: int) -> Noted:
        part = f"{text}*"
        forms = query_word(text, "")
        patterns, more = list[Pattern](), False
        for form in forms:
            words, cut = self._lexicon().words_with_prefix(form[-1].exact[0], max(most // len(forms), 1))
            more |= cut
            if words:
                leading = tuple(_folded(token.exact[0]) for token in form[:-1])
                last = tuple(term for word in words for term in _folded(word))
                patterns.append(Pattern((*leading, last), WEIGHTS["prefix"], "prefix", part))
        return TermsQuery(part, tuple(patterns)), (note("prefix-bounded", part, str(most)),) if more else ()

    def _typo(self, text: str) -> Noted:
        part = f"{text}~"
        patterns = list(_literal(query_phrase(text, "")[:1]))
        folded = fold(text)
        if len(folded) < SHORTEST_TYPO:
            return TermsQuery(part, tuple(patterns)), (note("typo-too-short", part),)
        others = [word for word in self._lexicon().neighbours(folded) if word != folded]
        patterns += [Pattern((_folded(word),), WEIGHTS["typo"], "typo", word) for word in others]
        return TermsQuery(part, tuple(patterns)), ()


def _size(noted: Noted) -> int:
    """About how many bytes a leaf takes."""
    return 800 + sum(300 + 150 * len(slot) for pattern in noted[0].patterns for slot in pattern.slots)


def _folded(word: str) -> tuple[Term, ...]:
    """The terms of a folded word: printed so, or with accents."""
    return (EXACT, word), (FOLD, word)


def _literal(forms: Iterable[Form]) -> Iterator[Pattern]:
    """The patterns of forms as typed, then with other accents."""
    for form in dict.fromkeys(tuple(token.exact for token in form) for form in forms):
        text = " ".join(exact[-1] for exact in form)
        yield Pattern(tuple(((EXACT, exact[-1]),) for exact in form), WEIGHTS["exact"], "exact", text)
        yield Pattern(tuple(_folded(exact[0]) for exact in form), WEIGHTS["accent"], "accent", text)


def _stems(form: Form, language: str, matched: As, text: str = "") -> Pattern:
    slots = tuple(tuple((STEM + language, stem) for stem in token.stems) for token in form)
    return Pattern(slots, WEIGHTS[matched], matched, text or " ".join(token.stems[0] for token in form))
