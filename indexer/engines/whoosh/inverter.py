"""Versions to posting lists within a fixed amount of memory.

Single-pass in-memory indexing (Heinz and Zobel, *Efficient single-pass index construction for text databases*, JASIST
2003): occurrences are gathered until there are RUN of them, sorted by term and written to a run with their terms; at
the end the runs, all in the order of the terms, are merged, as many terms at a time as have BLOCK occurrences. No run
knows the terms of another, so that not even the vocabulary is ever held as a whole.
"""

# ARCHITECTURE.md: Versions are inverted in runs.

from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from indexer.analysis.schema import HEADING_AT, Term, terms_of_word
from indexer.analysis.stemming import terms_in
from indexer.analysis.tokenizer import ParsedText, parse
from indexer.engines.whoosh.arrays import Column, Numbers, changes, ranges
from indexer.engines.whoosh.codec.positions import PositionEncoder
from indexer.engines.whoosh.codec.writer import TermPostings
from indexer.model import Version
from indexer.search.offsets import TokenOffsets
from indexer.storage.external_sort import Scratch, Section, Series

RUN = 300_000
"""Words whose terms are sorted at once, at most; a longer version is a run of its own."""

BLOCK = 50_000
"""Occurrences that are read back at once, at most; those of a more frequent term are read run by run."""


class _PostingRun(NamedTuple):
    """The terms in order, each with the number of its occurrences, and the rows and the positions of these."""

    terms: Section
    rows: Section
    positions: Section


_parse_heading = lru_cache(maxsize=16)(parse)
"""One heading stands above many passages."""

_Share = tuple[bytes, int, int]
"""A term, the number of a run, and how many occurrences the term has there."""


class Inverter:
    """Takes in versions, row by row, and gives their terms with postings.

    Args:
        folder: an existing folder for the runs, which vanish when this is closed.

    Raises:
        OSError: here and in any method, where the disk is full or the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._runs: list[_PostingRun] = []
        self._scratch = Scratch(folder)
        self._values = PositionEncoder()
        self._lengths = Series(self._scratch, "i"), Series(self._scratch, "i")
        self._begin_run()

    def _begin_run(self) -> None:
        self._vocabulary = _Vocabulary()
        self._words: dict[str, _WordNumbers] = {}
        self._first_row = len(self._lengths[0])
        self._run_lengths = array("i")
        self._word = array("i")
        self._joined = (array("i"), array("i"), array("i"))

    def add(self, version: Version) -> TokenOffsets:
        """Take in the next row; the places of the words of its text."""
        if len(self._word) >= RUN:
            self._write_run()
        text, heading = parse(version.text), _parse_heading(version.heading)
        self._take(text, version.language, 0)
        self._take(heading, version.language, HEADING_AT)
        for series, parsed in zip(self._lengths, (text, heading), strict=True):
            series.append(len(parsed.words))
            self._run_lengths.append(len(parsed.words))
        return TokenOffsets.of(text, version.language)

    def _take(self, parsed: ParsedText, language: str, base: int) -> None:
        if language not in self._words:
            self._words[language] = _WordNumbers(self._vocabulary, language)
        number = self._words[language].__getitem__
        self._word.extend(map(number, parsed.words))
        for position, _, word in parsed.joined:
            occurrence = number(word), len(self._lengths[0]), base + position
            for column, value in zip(self._joined, occurrence, strict=True):
                column.append(value)

    def lengths(self) -> Iterator[Column]:
        """The lengths in words of the texts and of the headings, by row; to be asked for when all rows are taken in."""
        return (np.frombuffer(series.read(), np.int32) for series in self._lengths)

    def _occurrences(self) -> tuple[Column, ...]:
        """All words of the run, joined forms among them: the number of each, its row and its position."""
        lengths = np.array(self._run_lengths, np.int64)
        rows = np.arange(self._first_row, len(self._lengths[0]), dtype=np.int32).repeat(2).repeat(lengths)
        positions = ranges(np.tile((0, HEADING_AT), len(lengths) // 2), lengths).astype(np.int32)
        words = np.concatenate((np.stack((np.array(self._word), rows, positions)), np.array(self._joined)), axis=1)
        return tuple(words[:, (words[1].astype(np.int64) << 32 | words[2]).argsort(kind="stable")])

    def _write_run(self) -> None:
        vocabulary = self._vocabulary
        keys = [f"{field}{_BETWEEN}{text}".encode() for field, text in vocabulary.terms]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        place = np.empty(len(keys), np.int32)
        place[order] = np.arange(len(keys))
        words, *columns = self._occurrences()
        ends = np.array(vocabulary.ends)
        starts = ends.take(words).astype(np.int64)
        counts = ends.take(words + 1) - starts
        places = place.take(np.array(vocabulary.terms_of_words).take(ranges(starts, counts)))
        sorting = places.argsort(kind="stable")
        rows, positions = (self._scratch.add(column.repeat(counts).take(sorting).data) for column in columns)
        of_terms = np.bincount(places, minlength=len(keys)).tolist()
        terms = self._scratch.add(b"".join(b"%b %d\n" % (keys[key], of_terms[at]) for at, key in enumerate(order)))
        self._runs.append(_PostingRun(terms, rows, positions))
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
            yield from self._grouped(names, term.take(sorting), row.take(sorting), position.take(sorting))

    def _grouped(
        self, terms: Sequence[bytes], term: Numbers, row: Numbers, position: Numbers
    ) -> Iterator[TermPostings]:
        """Occurrences sorted by term, row and position, as posting lists; what stands twice is taken once."""
        new_term = changes(term)
        new_row = new_term | changes(row)
        kept = new_row | changes(position)
        row, position, new_term, new_row = row[kept], position[kept], new_term[kept], new_row[kept]
        postings = np.flatnonzero(new_row)
        counts = np.diff(postings, append=len(row))
        values = self._values.of(counts, position)
        rows, counts_of = row[postings].tolist(), counts.tolist()
        firsts = np.flatnonzero(new_term[postings]).tolist()
        for name, first, end in zip(terms, firsts, [*firsts[1:], len(rows)], strict=True):
            field, _, text = name.decode().partition(_BETWEEN)
            yield TermPostings(field, text, rows[first:end], counts_of[first:end], values[first:end])

    def close(self) -> None:
        """Let go of the runs."""
        self._scratch.close()


class _Vocabulary:
    """The words of a run and their terms, both numbered from 0 as they come.

    Attributes:
        terms: the number of each term.
        terms_of_words: the terms of the words, one word after the other.
        ends: where in these the terms of each word end, after a 0.
    """

    def __init__(self) -> None:
        self.terms: dict[Term, int] = {}
        self.terms_of_words = array("i")
        self.ends = array("i", [0])


class _WordNumbers(dict[str, int]):
    """The number of each parsed word of a language.

    The vocabulary does not know its words: a circle of the two would stay in memory after its run.
    """

    def __init__(self, vocabulary: _Vocabulary, language: str) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._language = language

    def __missing__(self, word: str) -> int:
        language, known = self._language, self._vocabulary.terms
        terms = terms_of_word(*terms_in(language)[word], language)
        self._vocabulary.terms_of_words.extend(known.setdefault(term, len(known)) for term in terms)
        self._vocabulary.ends.append(len(self._vocabulary.terms_of_words))
        self[word] = len(self._vocabulary.ends) - 2
        return self[word]


_BETWEEN = "\0"
"""Stands between field and text; it comes before every letter, so that terms are sorted by field first."""


def _shares(number: int, run: _PostingRun) -> Iterator[_Share]:
    for line in run.terms.lines():
        term, _, count = line.rpartition(b" ")
        yield term, number, int(count)


def _next(section: Section, count: int) -> Column:
    return np.frombuffer(section.read(count * np.int32().itemsize), np.int32)
