"""Versions to posting lists within a fixed amount of memory.

Single-pass in-memory indexing (Heinz and Zobel, *Efficient single-pass index construction for text databases*, JASIST
2003): occurrences are gathered until there are RUN of them, sorted by term and written to a run; at the end the runs,
all in the order of the terms, are read side by side, as many terms at a time as have BLOCK occurrences.
"""

import tempfile
from array import array
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import tokenize
from indexer.engines.whoosh.arrays import Numbers, changes, ranges
from indexer.engines.whoosh.files import TermPostings
from indexer.model import Version
from indexer.plan import HEADING_AT, Term, terms_of

RUN = 500_000
"""Words whose terms are sorted at once, at most; a longer version is a run of its own."""

BLOCK = 1_000_000
"""Occurrences that are read back at once, at most; those of a more frequent term are a block of their own."""

_STORED = np.dtype("<i4")


class _Run(NamedTuple):
    """Terms in order, how many occurrences each has, and files of the row and the position of each occurrence."""

    terms: Numbers
    counts: Numbers
    rows: IO[bytes]
    positions: IO[bytes]


class Inversion:
    """Takes in versions, row by row, and gives their terms with postings.

    Args:
        folder: an existing folder for the runs. They have no name there and vanish when this is closed.

    Raises:
        OSError: here and in any method, where the disk is full or the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._terms: dict[Term, int] = {}
        self._words: dict[tuple[object, ...], int] = {}
        self._terms_of_words = array("i")
        self._ends_of_words = array("i", [0])
        self._word = array("i")
        self._position = array("i")
        self._row = array("i")
        self._runs: list[_Run] = []
        self._files = ExitStack()
        self.text_lengths = array("i")
        self.heading_lengths = array("i")

    def add(self, version: Version, mark: Term | None = None) -> None:
        """Take in the next row, which may be marked with a term of its own."""
        if len(self._word) >= RUN:
            self._write_run()
        before = len(self._word)
        if mark:
            self._word.append(self._new_word((mark,), [mark]))
            self._position.append(0)
        row = len(self.text_lengths)
        self.text_lengths.append(self._take(version.text, version.language, 0))
        self.heading_lengths.append(self._take(version.heading, version.language, HEADING_AT))
        self._row.extend([row] * (len(self._word) - before))

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
        self._terms_of_words.extend(self._terms.setdefault(term, len(self._terms)) for term in terms)
        self._ends_of_words.append(len(self._terms_of_words))
        self._words[key] = len(self._ends_of_words) - 2
        return self._words[key]

    def _write_run(self) -> None:
        words, ends = np.array(self._word), np.array(self._ends_of_words, np.int64)
        starts = ends.take(words)
        counts = ends.take(words + 1) - starts
        terms = np.array(self._terms_of_words).take(ranges(starts, counts))
        every, held = list(self._terms), np.unique(terms)
        order = held.take(_in_order([every[term] for term in held.tolist()]))
        place = np.empty(len(self._terms), np.int64)
        place[order] = np.arange(len(order))
        places = place.take(terms)
        sorting = places.argsort(kind="stable")
        rows, positions = (
            self._stored(np.array(column, _STORED).repeat(counts).take(sorting))
            for column in (self._row, self._position)
        )
        self._runs.append(_Run(order, np.bincount(places, minlength=len(order)), rows, positions))
        for column in (self._word, self._position, self._row):
            del column[:]

    def _stored(self, column: NDArray[np.int32]) -> IO[bytes]:
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - it is read at the end
        self._files.callback(file.close)
        file.write(column.data)
        file.seek(0)
        return file

    def terms(self) -> Iterator[TermPostings]:
        """All terms, sorted by field and text; to be asked for once, when all rows are taken in."""
        self._write_run()
        terms = list(self._terms)
        order = _in_order(terms)
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        counts = np.zeros(len(order), np.int64)
        for run in self._runs:
            counts[place.take(run.terms)] += run.counts
        ends = counts.cumsum()
        runs = [(run, place.take(run.terms)) for run in self._runs]
        start = 0
        while start < len(order):
            last = int(ends.searchsorted(ends[start] - counts[start] + BLOCK, side="right"))
            stop = max(last, start + 1)
            yield from _grouped([terms[term] for term in order[start:stop]], *_read(runs, start, stop))
            start = stop

    def close(self) -> None:
        """Let go of the runs."""
        self._files.close()


def _in_order(terms: list[Term]) -> list[int]:
    """The places of terms, sorted by field and text."""
    keys = [(field, text.encode("utf-8")) for field, text in terms]
    return sorted(range(len(keys)), key=keys.__getitem__)


def _read(runs: Iterable[tuple[_Run, Numbers]], start: int, stop: int) -> tuple[Numbers, Numbers, Numbers]:
    """The occurrences of the terms from ``start`` up to ``stop``, which come next in all runs: the term of each,
    its row and its position, sorted. The places of the terms of a run come with it.
    """
    parts = []
    for run, places in runs:
        own = slice(*places.searchsorted((start, stop)))
        counts = run.counts[own]
        rows, positions = (
            np.frombuffer(file.read(int(counts.sum()) * _STORED.itemsize), _STORED)
            for file in (run.rows, run.positions)
        )
        parts.append((places[own].repeat(counts), rows, positions))
    term, row, position = (np.concatenate(column, dtype=np.int64) for column in zip(*parts, strict=True))
    sorting = term.argsort(kind="stable")
    return term.take(sorting), row.take(sorting), position.take(sorting)


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
