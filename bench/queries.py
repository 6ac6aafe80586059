"""Queries of nine classes, drawn from a generation with a seed; each has at least one hit."""

import random
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from bench.corpus import Statistics, analysed, stem
from bench.passages import LANGUAGE, SEED
from indexer.analysis.language import is_stop_word
from indexer.analysis.query_forms import query_word
from indexer.model import Publication

Class = Literal["rare", "common", "or2", "or3", "and2", "and3", "phrase", "prefix", "fuzzy"]
CLASSES: tuple[Class, ...] = ("rare", "common", "or2", "or3", "and2", "and3", "phrase", "prefix", "fuzzy")
EACH = 30

_RARE_PASSAGES = (2, 12)
_COMMON_SHARE = (0.055, 0.4)
_PHRASE_SHARE = (0.02, 1.0)
_PREFIX_LETTERS = 4
_PREFIX_WORDS = (3, 300)
_FUZZY_LETTERS = 6
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DRAWS = 1_000_000


class Asked(NamedTuple):
    """A query: its class, its words (a prefix is its letters), and its text in the product's query language.

    ``terms`` are for each word the terms of its layer that it matches, which is what a snippet marks.
    """

    kind: Class
    words: tuple[str, ...]
    text: str
    terms: tuple[tuple[str, ...], ...]


def queries(
    generation: Publication,
    statistics: Statistics,
    each: int = EACH,
    seed: int = SEED,
    classes: Sequence[Class] = CLASSES,
) -> list[Asked]:
    """``each`` queries of every class, class by class, all different.

    A rare word stands in 2 to 12 passages, a common one in 5.5 to 40 %. Alternatives, and words that must meet, are
    common words, in any passages; those of a phrase stand in 2 % and more, and come from one passage. A prefix has four
    letters. A fuzzy word is one changed letter away from a word of six letters or more.
    """
    return list(_Draw(generation, statistics, seed).all(each, classes))


class _Draw:
    def __init__(self, generation: Publication, statistics: Statistics, seed: int) -> None:
        self._random = random.Random(seed)
        self._passages = list(analysed(generation))
        self._words = statistics.words
        self._sorted = sorted(statistics.words)
        size = len(self._passages)
        forms = {
            term: word for passage in self._passages for term, word in zip(passage.stems, passage.words, strict=True)
        }
        rare = _between(statistics.stems, *_RARE_PASSAGES)
        self._rare = sorted(forms[term] for term in rare if _is_plain(forms[term]))
        self._common = _telling(_between(statistics.stems, *(share * size for share in _COMMON_SHARE)), forms)
        self._holding: dict[str, set[int]] = {term: set() for term in self._common}
        for place, passage in enumerate(self._passages):
            for term in self._common.keys() & set(passage.stems):
                self._holding[term].add(place)
        self._in_phrases = set(_between(statistics.words, *(share * size for share in _PHRASE_SHARE)))

    def all(self, each: int, classes: Sequence[Class]) -> Iterator[Asked]:
        makers: dict[Class, Callable[[], tuple[str, ...]]] = {
            "rare": lambda: tuple(self._random.sample(self._rare, 1)),
            "common": lambda: tuple(self._random.sample(sorted(self._common.values()), 1)),
            "or2": lambda: tuple(self._random.sample(sorted(self._common.values()), 2)),
            "or3": lambda: tuple(self._random.sample(sorted(self._common.values()), 3)),
            "and2": lambda: self._meeting(2),
            "and3": lambda: self._meeting(3),
            "phrase": self._phrase,
            "prefix": self._prefix,
            "fuzzy": self._fuzzy,
        }
        for kind in classes:
            seen: dict[tuple[str, ...], None] = {}
            for _ in range(_DRAWS):
                words = makers[kind]()
                if words:
                    seen[words] = None
                if len(seen) == each:
                    break
            else:
                raise ValueError(f"The passages hold only {len(seen)} queries of the class {kind}, not {each}.")
            for words in seen:
                yield Asked(kind, words, _written(kind, words), tuple(self._matched(kind, words)))

    def _meeting(self, count: int) -> tuple[str, ...]:
        """Common words, if there is a passage that holds all of them."""
        terms = self._random.sample(sorted(self._common), count)
        meet = set.intersection(*(self._holding[term] for term in terms))
        return tuple(self._common[term] for term in terms) if meet else ()

    def _phrase(self) -> tuple[str, ...]:
        words = self._random.choice(self._passages).words
        at = self._random.randrange(len(words) - 1)
        left, right = words[at : at + 2]
        fits = left != right and all(word in self._in_phrases and _is_plain(word) for word in (left, right))
        return (left, right) if fits else ()

    def _prefix(self) -> tuple[str, ...]:
        letters = self._random.choice(self._random.choice(self._passages).words)[:_PREFIX_LETTERS]
        fits = len(letters) == _PREFIX_LETTERS and _PREFIX_WORDS[0] <= len(self._beginning(letters)) <= _PREFIX_WORDS[1]
        return (letters,) if fits else ()

    def _beginning(self, letters: str) -> list[str]:
        first = bisect_left(self._sorted, letters)
        return self._sorted[first : bisect_left(self._sorted, letters + "\U0010ffff", first)]

    def _fuzzy(self) -> tuple[str, ...]:
        word = self._random.choice(self._random.choice(self._passages).words)
        at = self._random.randrange(len(word))
        slip = word[:at] + self._random.choice(_LETTERS) + word[at + 1 :]
        # engines differ in whether two letters exchanged are one slip, so that no query may depend on it
        exchanged = {slip[:at] + slip[at + 1] + slip[at] + slip[at + 2 :] for at in range(len(slip) - 1)} - {slip}
        fits = len(word) >= _FUZZY_LETTERS and slip != word and _is_plain(slip) and exchanged.isdisjoint(self._words)
        return (slip,) if fits else ()

    def _matched(self, kind: Class, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for word in words:
            if kind == "prefix":
                yield tuple(self._beginning(word))
            elif kind == "fuzzy":
                yield tuple(sorted(other for other in _slips(word) if other in self._words))
            else:
                yield (word if kind == "phrase" else stem(word),)


def _between(counts: Mapping[str, int], least: float, most: float) -> list[str]:
    return [term for term, count in counts.items() if least <= count <= most]


def _telling(terms: Iterable[str], forms: Mapping[str, str]) -> dict[str, str]:
    """Of these stems those of plain words, each with a word that has it."""
    return {term: forms[term] for term in terms if _is_plain(forms[term])}


def _is_plain(word: str) -> bool:
    """Tell whether a word carries a subject and is read in one way only."""
    return not is_stop_word(word, LANGUAGE) and len(query_word(word, LANGUAGE)) == 1


def _slips(word: str) -> set[str]:
    """The word, and all that have one letter more, less or changed."""
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = {left + right[1:] for left, right in splits if right}
    changed = {left + letter + right[1:] for left, right in splits if right for letter in _LETTERS}
    return less | changed | {left + letter + right for left, right in splits for letter in _LETTERS}


def _written(kind: Class, words: tuple[str, ...]) -> str:
    match kind:
        case "or2" | "or3":
            return " OR ".join(words)
        case "phrase":
            return f'"{" ".join(words)}"'
        case "prefix":
            return f"{words[0]}*"
        case "fuzzy":
            return f"{words[0]}~"
        case _:
            return " ".join(words)
