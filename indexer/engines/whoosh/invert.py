"""Versions to posting lists within a fixed amount of memory.

Single-pass in-memory indexing (Heinz and Zobel, *Efficient single-pass index construction for text databases*, JASIST
2003): occurrences are gathered until there are RUN of them, sorted by term and written to a run with their terms; at
the end the runs, all in the order of the terms, are merged, as many terms at a time as have BLOCK occurrences. No run
knows the terms of another, so that not even the vocabulary is ever held as a whole.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import Token, tokenize
from indexer.engines.whoosh.arrays import Numbers, changes, ranges
from indexer.engines.whoosh.files import TermPostings
from indexer.model import Version
from indexer.plan import HEADING_AT, Term, terms_of
from indexer.sorting import Scratch, Section

RUN = 500_000
"""Words whose terms are sorted at once, at most; a longer version is a run of its own."""

BLOCK = 100_000
"""Occurrences that are read back at once, at most; those of a more frequent term are read run by run."""

_STORED = np.dtype("<i4")


class _Run(NamedTuple):
    """The terms in order, each with the number of its occurrences, and the rows and the positions of these."""

    terms: Section
    rows: Section
    positions: Section


_Share = tuple[bytes, int, int]
"""A term, the number of a run, and how many occurrences the term has there."""


class Inversion:
    """Takes in versions, row by row, and gives their terms with postings.

    Args:
        folder: an existing folder for the runs, which vanish when this is closed.

    Raises:
        OSError: here and in any method, where the disk is full or the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._runs: list[_Run] = []
        self._scratch = Scratch(folder)
        self.text_lengths = array("i")
        self.heading_lengths = array("i")
        self._begin_run()

    def _begin_run(self) -> None:
        self._terms: dict[Term, int] = {}
        self._words: dict[tuple[object, ...], int] = {}
        self._terms_of_words = array("i")
        self._ends_of_words = array("i", [0])
        self._word = array("i")
        self._position = array("i")
        self._row = array("i")

    def add(self, version: Version) -> list[Token]:
        """Take in the next row; the tokens of its text."""
        if len(self._word) >= RUN:
            self._write_run()
        before = len(self._word)
        row = len(self.text_lengths)
        tokens, heading = (tokenize(text, version.language) for text in (version.text, version.heading))
        self.text_lengths.append(self._take(tokens, version.language, 0))
        self.heading_lengths.append(self._take(heading, version.language, HEADING_AT))
        self._row.extend([row] * (len(self._word) - before))
        return tokens

    def _take(self, tokens: Sequence[Token], language: str, base: int) -> int:
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
        self._terms_of_words.extend(self._terms.setdefault(term, len(self._terms)) for term in terms)
        self._ends_of_words.append(len(self._terms_of_words))
        self._words[key] = len(self._ends_of_words) - 2
        return self._words[key]

    def _write_run(self) -> None:
        keys = [f"{field}{_BETWEEN}{text}".encode() for field, text in self._terms]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        place = np.empty(len(keys), np.int32)
        place[order] = np.arange(len(keys))
        words, ends = np.array(self._word), np.array(self._ends_of_words)
        starts = ends.take(words).astype(np.int64)
        counts = ends.take(words + 1) - starts
        places = place.take(np.array(self._terms_of_words).take(ranges(starts, counts)))
        sorting = places.argsort(kind="stable")
        rows, positions = (
            self._scratch.add(np.array(column, _STORED).repeat(counts).take(sorting).data)
            for column in (self._row, self._position)
        )
        of_terms = np.bincount(places, minlength=len(keys)).tolist()
        terms = self._scratch.add(b"".join(b"%b %d\n" % (keys[key], of_terms[at]) for at, key in enumerate(order)))
        self._runs.append(_Run(terms, rows, positions))
        self._begin_run()

    def terms(self) -> Iterator[TermPostings]:
        """All terms, sorted by field and text, frequent ones in several pieces; to be asked for once, when all rows are
        taken in.
        """
        self._write_run()
        block: list[list[_Share]] = []
        held = 0
        for _, found in groupby(merge(*map(_shares, range(len(self._runs)), self._runs)), itemgetter(0)):
            shares = list(found)
            size = sum(count for _, _, count in shares)
            if held + size > BLOCK:
                yield from self._read(block)
                block, held = [], 0
            if size > BLOCK:
                for share in shares:
                    yield from self._read([[share]])
            else:
                block.append(shares)
                held += size
        yield from self._read(block)

    def _read(self, block: Sequence[Sequence[_Share]]) -> Iterator[TermPostings]:
        """Posting lists of terms that come next in all runs."""
        places: list[list[int]] = [[] for _ in self._runs]
        counts: list[list[int]] = [[] for _ in self._runs]
        for place, shares in enumerate(block):
            for _, run, count in shares:
                places[run].append(place)
                counts[run].append(count)
        parts = [
            (np.repeat(own, count), _next(run.rows, sum(count)), _next(run.positions, sum(count)))
            for run, own, count in zip(self._runs, places, counts, strict=True)
            if own
        ]
        if parts:
            term, row, position = (np.concatenate(column, dtype=np.int64) for column in zip(*parts, strict=True))
            sorting = term.argsort(kind="stable")
            names = [shares[0][0] for shares in block]
            yield from _grouped(names, term.take(sorting), row.take(sorting), position.take(sorting))

    def close(self) -> None:
        """Let go of the runs."""
        self._scratch.close()


_BETWEEN = "\0"
"""Stands between field and text; it comes before every letter, so that terms are sorted by field first."""


def _shares(number: int, run: _Run) -> Iterator[_Share]:
    for line in run.terms.lines():
        term, _, count = line.rpartition(b" ")
        yield term, number, int(count)


def _next(section: Section, count: int) -> NDArray[np.int32]:
    return np.frombuffer(section.read(count * _STORED.itemsize), _STORED)


def _grouped(terms: Sequence[bytes], term: Numbers, row: Numbers, position: Numbers) -> Iterator[TermPostings]:
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
    for place, name in enumerate(terms):
        field, _, text = name.decode().partition(_BETWEEN)
        own = slice(posting_bounds[place], posting_bounds[place + 1])
        positions = position[bounds[place] : bounds[place + 1]].tolist()
        yield TermPostings(field, text, row[own].tolist(), counts[own].tolist(), positions)
