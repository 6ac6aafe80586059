"""Expansion: a part of a query to the terms of an index that answer it.

Each term has its kind of match and a weight, which is that of ``boosts``. Every expansion is bounded, and a note says
when a bound was reached.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from indexer.analysis.folding import fold
from indexer.analysis.query_forms import Form, query_phrase, query_word
from indexer.analysis.schema import EXACT, FOLD, STEM, Term
from indexer.model import As, Message, Near, Phrase, Prefix, Synonym, Typo, Word, message
from indexer.query.boosts import WEIGHTS
from indexer.query.lexicon import Lexicon
from indexer.query.plan import Leaf, NearQuery, Pattern, TermsQuery
from indexer.storage.memory_cache import MemoryCache

MAX_WORDS = 400
"""Words of the index that the prefixes of a query stand for at most, shared evenly: the most frequent ones."""

SHORTEST_TYPO = 3
"""Letters of the shortest word in which a slip is looked for."""

# Bytes that a leaf, each slot of its patterns and each term of a slot are taken to need: rather too many than too few,
# since they are counted against a bound that must hold.
_BYTES_OF_LEAF, _BYTES_OF_SLOT, _BYTES_OF_TERM = 800, 300, 150

Part = Word | Phrase | Prefix | Typo | Near
"""A part of a query that becomes a leaf."""

Noted = tuple[Leaf, tuple[Message, ...]]
"""A leaf, and the notes on how it came about."""


class Expansion:
    """Source of the leaves of plans for one index. Safe with threads.

    It gives the same object each time, as far as leaves are kept.

    Args:
        languages: those of the index.
        lexicon: gives its words, which are read when a query first needs them.
        memory: how many bytes the leaves may take.
    """

    def __init__(self, languages: Sequence[str], lexicon: Callable[[], Lexicon], memory: int) -> None:
        # Without a language a word still stands for itself as printed.
        self._languages = tuple(languages) or ("",)
        self._lexicon = lexicon
        self._leaves: MemoryCache[object, Noted] = MemoryCache(memory, _size)

    @property
    def nbytes(self) -> int:
        """Bytes that the leaves kept take."""
        return self._leaves.nbytes

    def clear(self) -> None:
        """Let go of the leaves kept."""
        self._leaves.clear()

    def leaf(
        self,
        part: Part,
        others: tuple[Synonym, ...] = (),
        translations: tuple[Synonym, ...] = (),
        most: int = MAX_WORDS,
    ) -> Noted:
        """Expand a part to a leaf, with notes.

        Args:
            part: the part.
            others: equivalent terms, where it is a word.
            translations: words of texts in other languages that translate it, likewise.
            most: how many words it may stand for, where it is a prefix.
        """
        # By text and class: to hash a text is quicker than to hash a node, which hashes its text each time.
        key = (part if isinstance(part, Near) else part.text, part.__class__, others, translations, most)
        return self._leaves.get(key) or self._leaves.put(key, self._expand(part, others, translations, most))

    def part_of(self, word: str, compound: str, translations: tuple[Synonym, ...]) -> Leaf:
        """Make the leaf of a part of a compound.

        It is found in the compound as well where that is printed as one word.
        """
        key = (word, "part", compound, translations)
        noted = self._leaves.get(key)
        if noted is None:
            patterns = (*self._word(word), *self._joined_forms(compound), *self._others(translations, "translation"))
            noted = self._leaves.put(key, (TermsQuery(word, tuple(dict.fromkeys(patterns))), ()))
        return noted[0]

    def group(self, words: tuple[str, ...], others: tuple[Synonym, ...], compound: str) -> Leaf:
        """Make the leaf that can stand for several words side by side.

        It matches equivalent terms, and the compound that the words are the parts of, if ``compound`` is not empty.
        """
        key = (words, others, compound)
        noted = self._leaves.get(key)
        if noted is None:
            text = " ".join(words)
            patterns = (*(self._word(compound) if compound else ()), *self._others(others, "equivalent"))
            noted = self._leaves.put(key, (TermsQuery(text, patterns), ()))
        return noted[0]

    def _expand(self, part: Part, others: tuple[Synonym, ...], translations: tuple[Synonym, ...], most: int) -> Noted:
        match part:
            case Word(text):
                meant = (*self._others(others, "equivalent"), *self._others(translations, "translation"))
                return TermsQuery(text, (*self._word(text), *meant)), ()
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
        """Patterns of a word: as typed, with other accents, and in any inflected form.

        The forms of a compound stand side by side or joined; each language has its own inflected forms.
        """
        forms = [(language, query_word(text, language)) for language in self._languages]
        # Only the first form is as typed: the others are ways to write a compound, and so no exact match.
        yield from _literal(form for _, choices in forms for form in choices[:1])
        yield from dict.fromkeys(_stems(form, language, "stem") for language, choices in forms for form in choices)

    def _joined_forms(self, compound: str) -> Iterator[Pattern]:
        """Patterns of a compound as one word."""
        for language in self._languages:
            for form in query_word(compound, language):
                if len(form) == 1:
                    yield _stems(form, language, "stem")

    def _phrase(self, text: str) -> Iterator[Pattern]:
        return _literal(form for language in self._languages for form in query_phrase(text, language))

    def _others(self, others: Iterable[Synonym], matched: As) -> Iterator[Pattern]:
        """Patterns of other terms in the languages of the index, in any inflected form."""
        for language, text in others:
            if language in self._languages:
                for form in query_word(text, language):
                    yield _stems(form, language, matched, text)

    def _prefix(self, text: str, most: int) -> Noted:
        part = f"{text}*"
        # No language: a word that is begun has no stem yet, and its beginning is looked for among words as printed.
        forms = query_word(text, "")
        patterns, more = list[Pattern](), False
        for form in forms:
            words, cut = self._lexicon().words_with_prefix(form[-1].exact[0], max(most // len(forms), 1))
            more |= cut
            if words:
                leading = tuple(_unaccented_terms(token.exact[0]) for token in form[:-1])
                last = tuple(term for word in words for term in _unaccented_terms(word))
                patterns.append(Pattern((*leading, last), WEIGHTS["prefix"], "prefix", part))
        return TermsQuery(part, tuple(patterns)), (message("prefix-bounded", part, str(most)),) if more else ()

    def _typo(self, text: str) -> Noted:
        part = f"{text}~"
        patterns = list(_literal(query_phrase(text, "")[:1]))
        folded = fold(text)
        if len(folded) < SHORTEST_TYPO:
            return TermsQuery(part, tuple(patterns)), (message("typo-too-short", part),)
        others = [word for word in self._lexicon().neighbours(folded) if word != folded]
        patterns += [Pattern((_unaccented_terms(word),), WEIGHTS["typo"], "typo", word) for word in others]
        return TermsQuery(part, tuple(patterns)), ()


def _size(noted: Noted) -> int:
    """Estimate the bytes that a leaf takes."""
    slots = (slot for pattern in noted[0].patterns for slot in pattern.slots)
    return _BYTES_OF_LEAF + sum(_BYTES_OF_SLOT + _BYTES_OF_TERM * len(slot) for slot in slots)


def _unaccented_terms(word: str) -> tuple[Term, ...]:
    """Terms of a folded word: printed without accents, or with some."""
    return (EXACT, word), (FOLD, word)


def _literal(forms: Iterable[Form]) -> Iterator[Pattern]:
    """Patterns of forms as typed, then with other accents."""
    # Languages mostly read a word in the same way, which must not match twice.
    for form in dict.fromkeys(tuple(token.exact for token in form) for form in forms):
        text = " ".join(exact[-1] for exact in form)
        yield Pattern(tuple(((EXACT, exact[-1]),) for exact in form), WEIGHTS["exact"], "exact", text)
        yield Pattern(tuple(_unaccented_terms(exact[0]) for exact in form), WEIGHTS["accent"], "accent", text)


def _stems(form: Form, language: str, matched: As, text: str = "") -> Pattern:
    """Make the pattern of a form's stems in a language; ``text`` is how it is shown, the stems where it is empty."""
    slots = tuple(tuple((STEM + language, stem) for stem in token.stems) for token in form)
    return Pattern(slots, WEIGHTS[matched], matched, text or " ".join(token.stems[0] for token in form))
