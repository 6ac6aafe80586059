"""Inverter: versions to posting lists within a fixed amount of memory.

Single-pass in-memory indexing (Heinz and Zobel, *Efficient single-pass index construction for text databases*, JASIST
2003): occurrences are gathered until there are WORDS_PER_RUN of them, sorted by term and written to a run with their
terms; at the end the runs, all in the order of the terms, are merged, as many terms at a time as have
OCCURRENCES_PER_BLOCK. No run knows the terms of another, so that not even the vocabulary is ever held as a whole.
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

WORDS_PER_RUN = 300_000
"""Words whose terms are sorted at once, at most; a longer version is a run of its own."""

OCCURRENCES_PER_BLOCK = 50_000
"""Occurrences that are read back at once, at most; those of a more frequent term are read run by run."""


class _PostingRun(NamedTuple):
    """A run in the scratch file.

    Attributes:
        terms: the terms in order, a line each, with the number of its occurrences.
        rows: the rows of the occurrences, term by term.
        positions: their positions.
    """

    terms: Section
    rows: Section
    positions: Section


# One heading stands above many passages, which follow each other.
_parse_heading = lru_cache(maxsize=16)(parse)

# A plain tuple: one is made and compared for each term of each run while the runs are merged.
_RunTerm = tuple[bytes, int, int]
"""A term, the number of a run, and the number of the term's occurrences there."""

# NUL comes before every letter, so that terms are sorted by field first.
_SEPARATOR = "\0"
"""Character between field and text in the name of a term."""


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
        # Of words that stand in a row one after the other only the numbers are held: rows and positions follow from
        # the lengths. Joined forms stand beside them, so that each has its row and position.
        self._run_lengths = array("i")
        self._word_numbers = array("i")
        self._joined_forms = (array("i"), array("i"), array("i"))

    def add(self, version: Version) -> TokenOffsets:
        """Take in the next row; the character offsets of the words of its text."""
        if len(self._word_numbers) >= WORDS_PER_RUN:
            self._write_run()
        text, heading = parse(version.text), _parse_heading(version.heading)
        self._add_words(text, version.language, 0)
        self._add_words(heading, version.language, HEADING_AT)
        for series, parsed in zip(self._lengths, (text, heading), strict=True):
            series.append(len(parsed.words))
            self._run_lengths.append(len(parsed.words))
        # The text is parsed once, for its terms and for its offsets.
        return TokenOffsets.of(text, version.language)

    def _add_words(self, parsed: ParsedText, language: str, base: int) -> None:
        """Take in the words of a text or heading, whose positions begin with ``base``."""
        if language not in self._words:
            self._words[language] = _WordNumbers(self._vocabulary, language)
        number = self._words[language].__getitem__
        self._word_numbers.extend(map(number, parsed.words))
        for position, _, word in parsed.joined:
            occurrence = number(word), len(self._lengths[0]), base + position
            for column, value in zip(self._joined_forms, occurrence, strict=True):
                column.append(value)

    def lengths(self) -> Iterator[Column]:
        """The lengths in words of the texts and of the headings, by row; to be asked for when all rows are taken in."""
        return (np.frombuffer(series.read(), np.int32) for series in self._lengths)

    def _occurrences(self) -> tuple[Column, ...]:
        """All words of the run, joined forms among them: the number of each, its row and its position."""
        lengths = np.array(self._run_lengths, np.int64)
        # Two lengths a row, of its text and of its heading.
        rows = np.arange(self._first_row, len(self._lengths[0]), dtype=np.int32).repeat(2).repeat(lengths)
        positions = ranges(np.tile((0, HEADING_AT), len(lengths) // 2), lengths).astype(np.int32)
        own = np.stack((np.array(self._word_numbers), rows, positions))
        words = np.concatenate((own, np.array(self._joined_forms)), axis=1)
        # Sorted by row and position in one number each.
        return tuple(words[:, (words[1].astype(np.int64) << 32 | words[2]).argsort(kind="stable")])

    def _write_run(self) -> None:
        """Sort the occurrences by term, write the run, and begin the next."""
        vocabulary = self._vocabulary
        # Terms are sorted as bytes of UTF-8: in the order that Whoosh's dictionary asks for.
        keys = [f"{field}{_SEPARATOR}{text}".encode() for field, text in vocabulary.terms]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        place = np.empty(len(keys), np.int32)
        place[order] = np.arange(len(keys))
        words, *columns = self._occurrences()
        # Each word stands for several terms: its occurrences are repeated for each of them.
        ends = np.array(vocabulary.ends)
        starts = ends.take(words).astype(np.int64)
        counts = ends.take(words + 1) - starts
        places = place.take(np.array(vocabulary.terms_of_words).take(ranges(starts, counts)))
        # Stable, so that the occurrences of a term stay sorted by row and position.
        sorting = places.argsort(kind="stable")
        rows, positions = (self._scratch.add(column.repeat(counts).take(sorting).data) for column in columns)
        of_terms = np.bincount(places, minlength=len(keys)).tolist()
        terms = self._scratch.add(b"".join(b"%b %d\n" % (keys[key], of_terms[at]) for at, key in enumerate(order)))
        self._runs.append(_PostingRun(terms, rows, positions))
        self._begin_run()

    def terms(self) -> Iterator[TermPostings]:
        """All terms with their postings, sorted by field and text; frequent ones come in several pieces.

        To be asked for once, when all rows are taken in.
        """
        self._write_run()
        block: list[list[_RunTerm]] = []
        size_of_block = 0
        runs = map(_terms_of_run, range(len(self._runs)), self._runs)
        # Tuples are merged by term and then by number of run, so that rows ascend within a term.
        for _, found in groupby(merge(*runs), itemgetter(0)):
            of_term = list(found)
            size = sum(count for _, _, count in of_term)
            if size_of_block + size > OCCURRENCES_PER_BLOCK:
                yield from self._read_block(block)
                block, size_of_block = [], 0
            if size > OCCURRENCES_PER_BLOCK:
                for of_run in of_term:
                    yield from self._read_block([[of_run]])
            else:
                block.append(of_term)
                size_of_block += size
        yield from self._read_block(block)

    def _read_block(self, block: Sequence[Sequence[_RunTerm]]) -> Iterator[TermPostings]:
        """Posting lists of terms that come next in all runs."""
        places: list[list[int]] = [[] for _ in self._runs]
        counts: list[list[int]] = [[] for _ in self._runs]
        for place, of_term in enumerate(block):
            for _, run, count in of_term:
                places[run].append(place)
                counts[run].append(count)
        # The occurrences of all terms of the block follow each other in each run: one read a run, not one a term.
        parts = [
            (np.repeat(own, count), _read_numbers(run.rows, sum(count)), _read_numbers(run.positions, sum(count)))
            for run, own, count in zip(self._runs, places, counts, strict=True)
            if own
        ]
        if parts:
            term, row, position = (np.concatenate(column, dtype=np.int64) for column in zip(*parts, strict=True))
            sorting = term.argsort(kind="stable")
            names = [of_term[0][0] for of_term in block]
            yield from self._group(names, term.take(sorting), row.take(sorting), position.take(sorting))

    def _group(self, names: Sequence[bytes], term: Numbers, row: Numbers, position: Numbers) -> Iterator[TermPostings]:
        """Group occurrences into posting lists.

        Args:
            names: the names of the terms.
            term: the term of each occurrence, as a place among the names, ascending.
            row: its row, ascending within a term.
            position: its position, ascending within a row.
        """
        new_term = changes(term)
        new_row = new_term | changes(row)
        # A word and the joined form of its compound can share a term at one position: one occurrence.
        new = new_row | changes(position)
        row, position, new_term, new_row = row[new], position[new], new_term[new], new_row[new]
        postings = np.flatnonzero(new_row)
        counts = np.diff(postings, append=len(row))
        values = self._values.of(counts, position)
        # Lists, since Whoosh's format is pickled from Python's own numbers.
        rows, counts_of = row[postings].tolist(), counts.tolist()
        firsts = np.flatnonzero(new_term[postings]).tolist()
        for name, first, end in zip(names, firsts, [*firsts[1:], len(rows)], strict=True):
            field, _, text = name.decode().partition(_SEPARATOR)
            yield TermPostings(field, text, rows[first:end], counts_of[first:end], values[first:end])

    def close(self) -> None:
        """Remove the runs."""
        self._scratch.close()


class _Vocabulary:
    """Words and terms of a run, both numbered from 0 as they come.

    Attributes:
        terms: the number of each term.
        terms_of_words: the terms of the words, one word after the other.
        ends: the end of each word's terms in these, after a 0.
    """

    def __init__(self) -> None:
        self.terms: dict[Term, int] = {}
        self.terms_of_words = array("i")
        self.ends = array("i", [0])


class _WordNumbers(dict[str, int]):
    """Numbers of the parsed words of a language, given as they come.

    The same letters are another word in another language, as their stems differ.
    """

    # The vocabulary does not know its words: a circle of the two would stay in memory after its run, until a rare full
    # garbage collection.

    def __init__(self, vocabulary: _Vocabulary, language: str) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._language = language

    def __missing__(self, word: str) -> int:
        language, known = self._language, self._vocabulary.terms
        terms = terms_of_word(*terms_in(language)[word], language)
        self._vocabulary.terms_of_words.extend(known.setdefault(term, len(known)) for term in terms)
        self._vocabulary.ends.append(len(self._vocabulary.terms_of_words))
        # The array begins with a 0, so that the last word is the one before the last end.
        self[word] = len(self._vocabulary.ends) - 2
        return self[word]


def _terms_of_run(number: int, run: _PostingRun) -> Iterator[_RunTerm]:
    for line in run.terms.lines():
        term, _, count = line.rpartition(b" ")
        yield term, number, int(count)


def _read_numbers(section: Section, count: int) -> Column:
    return np.frombuffer(section.read(count * np.int32().itemsize), np.int32)
