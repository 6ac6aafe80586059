"""Versions to posting lists: one pass over the words, then one sort of numbers."""

from array import array
from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np

from indexer.analysis import tokenize
from indexer.engines.whoosh.arrays import Numbers, changes, ranges
from indexer.engines.whoosh.files import TermPostings
from indexer.model import Version
from indexer.plan import HEADING_AT, Term, terms_of


class Inversion:
    """Takes in versions, row by row, and gives their terms with postings."""

    def __init__(self) -> None:
        self._terms: dict[Term, int] = {}
        self._words: dict[tuple[object, ...], int] = {}
        self._terms_of_word: list[list[int]] = []
        self._word = array("i")
        self._position = array("i")
        self._row_ends = array("q")
        self.text_lengths = array("i")
        self.heading_lengths = array("i")

    def add(self, version: Version, mark: Term | None = None) -> None:
        """Take in the next row, which may be marked with a term of its own."""
        if mark:
            self._word.append(self._new_word((mark,), [mark]))
            self._position.append(0)
        self.text_lengths.append(self._take(version.text, version.language, 0))
        self.heading_lengths.append(self._take(version.heading, version.language, HEADING_AT))
        self._row_ends.append(len(self._word))

    def _take(self, text: str, language: str, base: int) -> int:
        tokens = tokenize(text, language)
        known = self._words
        for token in tokens:
            key = (token.exact, token.stems, language)
            word = known.get(key)
            self._word.append(
                self._new_word(key, dict.fromkeys(t for t, _ in terms_of((token,), language))) if word is None else word
            )
            self._position.append(base + token.position)
        return tokens[-1].position + 1 if tokens else 0

    def _new_word(self, key: tuple[object, ...], terms: Iterable[Term]) -> int:
        self._terms_of_word.append([self._terms.setdefault(term, len(self._terms)) for term in terms])
        self._words[key] = len(self._terms_of_word) - 1
        return self._words[key]

    def terms(self) -> Iterator[TermPostings]:
        """All terms, sorted by field and text."""
        order = sorted(self._terms, key=lambda term: (term[0], term[1].encode("utf-8")))
        place = np.empty(len(order), np.int64)
        place[[self._terms[term] for term in order]] = np.arange(len(order))
        per_word = np.array([len(terms) for terms in self._terms_of_word], np.int64)
        flat = place[np.fromiter(chain.from_iterable(self._terms_of_word), np.int64)]
        words = np.array(self._word, np.int64)
        counts = per_word[words]
        occurrence = np.repeat(np.arange(len(words)), counts)
        term = flat[ranges((np.cumsum(per_word) - per_word)[words], counts)]
        row = np.array(self._row_ends, np.int64).searchsorted(np.arange(len(words)), side="right")
        sorting = np.argsort(term, kind="stable")
        term, occurrence = term[sorting], occurrence[sorting]
        yield from _grouped(order, term, row[occurrence], np.array(self._position, np.int64)[occurrence])


def _grouped(order: list[Term], term: Numbers, row: Numbers, position: Numbers) -> Iterator[TermPostings]:
    """Occurrences sorted by term, row and position, as posting lists; what stands twice is taken once."""
    new_term = changes(term)
    new_row = new_term | changes(row)
    kept = new_row | changes(position)
    row, position, new_term, new_row = row[kept], position[kept], new_term[kept], new_row[kept]
    postings = np.flatnonzero(new_row)
    counts = np.diff(postings, append=len(row))
    first_posting = np.flatnonzero(new_term[postings])
    posting_bounds = [*first_posting.tolist(), len(postings)]
    bounds = [*postings[first_posting].tolist(), len(row)]
    row = row[postings]
    for place, (field, text) in enumerate(order):
        own = slice(posting_bounds[place], posting_bounds[place + 1])
        positions = position[bounds[place] : bounds[place + 1]].tolist()
        yield TermPostings(field, text, row[own].tolist(), counts[own].tolist(), positions)
