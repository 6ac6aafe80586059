"""The leaves of a plan as arrays: where each occurs, in which rows, with which score.

An occurrence is a key, ``row << SHIFT | position``, so that two words side by side are two keys that differ by one.
"""

# ARCHITECTURE.md: Postings become arrays on first use.

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

import numpy as np

from indexer.analysis.schema import HEADING_AT, Term
from indexer.engines.whoosh.arrays import Kinds, Mask, Narrow, Numbers, Scores, changes, ranges
from indexer.engines.whoosh.codec.reader import IndexReader
from indexer.query.plan import Leaf, NearQuery, Pattern
from indexer.search.bm25f import HEADING, K1, idf, length_factor
from indexer.search.hits import Occurrence
from indexer.storage.memory_cache import MemoryCache

SHIFT = 32
ROW = 1 << SHIFT
_POSITION = ROW - 1
_NONE: Numbers = np.empty(0, np.int64)


@dataclass(frozen=True, eq=False)
class LeafMatches:
    """Where a leaf matches.

    Attributes:
        rows: the rows, ascending.
        scores: the score of each row.
        keys: the occurrences, ascending.
        patterns: for each occurrence, the index of the pattern in the leaf's.
        rarity: the leaf's idf.
    """

    rows: Numbers
    scores: Scores
    keys: Numbers
    patterns: Kinds
    rarity: float

    @cached_property
    def nbytes(self) -> int:
        """How much memory the arrays take."""
        arrays = (self.rows, self.scores, self.keys, self.patterns)
        return 600 + sum(array.nbytes for array in arrays)

    def occurrences(self, leaf: Leaf, rows: Sequence[int]) -> list[list[Occurrence]]:
        """The occurrences in each of these rows."""
        first = np.array(rows, np.int64) << SHIFT
        starts, ends = self.keys.searchsorted((first, first + ROW))
        counts = ends - starts
        places = ranges(starts, counts)
        keys = (self.keys.take(places) & _POSITION).tolist()
        patterns = map(leaf.patterns.__getitem__, self.patterns.take(places).tolist())
        pairs = zip(keys, patterns, strict=True)
        return [[*islice(pairs, count)] for count in counts.tolist()]

    def only(self, rows: Numbers) -> "LeafMatches":
        """The same, with the occurrences in these rows alone."""
        first = rows << SHIFT
        starts = self.keys.searchsorted(first)
        places = ranges(starts, self.keys.searchsorted(first + ROW) - starts)
        return replace(self, keys=self.keys[places], patterns=self.patterns[places])


class Postings:
    """Gives the matches of leaves, keeping what was decoded and worked out as far as memory goes."""

    def __init__(self, files: IndexReader, text_lengths: Narrow, heading_lengths: Narrow, memory: int) -> None:
        self._files = files
        self._rows = files.rows
        self._text = _Lengths(text_lengths, 1)
        self._heading = _Lengths(heading_lengths, HEADING)
        self._terms: MemoryCache[Term, Numbers] = MemoryCache(memory // 2, lambda keys: keys.nbytes + 200)
        self._leaves: MemoryCache[Leaf, LeafMatches] = MemoryCache(memory // 2, lambda matches: matches.nbytes)

    @property
    def nbytes(self) -> int:
        """How much memory is taken by what is kept."""
        return self._terms.nbytes + self._leaves.nbytes

    def clear(self) -> None:
        """Let go of what is kept."""
        self._terms.clear()
        self._leaves.clear()

    def occurring(self, leaf: Leaf) -> list[Pattern]:
        """The patterns of a leaf that count somewhere, in order."""
        counts = np.bincount(self.matches(leaf).patterns, minlength=len(leaf.patterns))
        return [pattern for pattern, count in zip(leaf.patterns, counts.tolist(), strict=True) if count]

    def frequency(self, term: Term) -> int:
        """In how many rows a term stands."""
        return int(np.count_nonzero(changes(self._term(term) >> SHIFT)))

    def factors(self, row: int) -> tuple[float, float]:
        """By what occurrences in the text and in the heading of a row are divided."""
        return self._text.factor(row), self._heading.factor(row)

    def matches(self, leaf: Leaf) -> LeafMatches:
        """Where a leaf matches."""
        kept = self._leaves.get(leaf)
        return kept if kept is not None else self._leaves.put(leaf, self._scored(leaf, *self._occurrences(leaf)))

    # ---------------------------------------------------------------------------------------------------- occurrences

    def _term(self, term: Term) -> Numbers:
        kept = self._terms.get(term)
        if kept is not None:
            return kept
        read = self._files.postings(*term)
        return self._terms.put(term, _NONE if read is None else read[0] << SHIFT | read[1])

    def _occurrences(self, leaf: Leaf) -> tuple[Numbers, Kinds]:
        """The keys of a leaf and the pattern of each: where several begin, the weightiest, the first of equals."""
        if isinstance(leaf, NearQuery):
            return self._close(leaf)
        order = sorted(range(len(leaf.patterns)), key=lambda place: -leaf.patterns[place].weight)
        found = [(self._pattern(leaf.patterns[place]), place) for place in order]
        return _first_of_each([(keys, np.full(len(keys), place, np.int16)) for keys, place in found if len(keys)])

    def _pattern(self, pattern: Pattern) -> Numbers:
        """The keys at which a pattern begins."""
        slots = [self._slot(slot) for slot in pattern.slots]
        if len(slots) == 1:
            return slots[0]
        rarest = min(range(len(slots)), key=lambda place: len(slots[place]))
        begins = slots[rarest] - rarest
        for place, slot in enumerate(slots):
            if place != rarest and len(begins):
                begins = begins[among(begins + place, slot)]
        return begins

    def _slot(self, terms: Sequence[Term]) -> Numbers:
        found = [keys for term in terms if len(keys := self._term(term))]
        if len(found) < 2:
            return found[0] if found else _NONE
        keys = np.concatenate(found)
        keys.sort(kind="stable")
        return np.asarray(keys[changes(keys)])

    def _close(self, leaf: NearQuery) -> tuple[Numbers, Kinds]:
        left, right = self.matches(leaf.left), self.matches(leaf.right)
        lengths = np.array([len(pattern.slots) for pattern in leaf.patterns], np.int64)
        shift = len(leaf.left.patterns)
        sides = (left.keys, left.patterns), (right.keys, (right.patterns + shift).astype(np.int16))
        near = []
        for (keys, kinds), (others, other_kinds) in (sides, sides[::-1]):
            kept = _near(keys, lengths[kinds], others, lengths[other_kinds], leaf.distance)
            near.append((keys[kept], kinds[kept]))
        weights = np.array([pattern.weight for pattern in leaf.patterns])
        return _heaviest_of_each(near, weights)

    # ---------------------------------------------------------------------------------------------------------- score

    def _scored(self, leaf: Leaf, keys: Numbers, patterns: Kinds) -> LeafMatches:
        key_rows = keys >> SHIFT
        new = changes(key_rows)
        rows = key_rows[new]
        weights = self._text.weights(key_rows)
        heading = (keys & _POSITION) >= HEADING_AT
        if heading.any():
            weights = np.where(heading, self._heading.weights(key_rows), weights)
        weights = np.array([pattern.weight for pattern in leaf.patterns])[patterns] * weights
        frequency = np.bincount(np.cumsum(new) - 1, weights=weights, minlength=len(rows)) if len(rows) else weights
        rarity = idf(self._rows, len(rows))
        scores = rarity * frequency * (K1 + 1) / (frequency + K1)
        return LeafMatches(rows, scores, keys, patterns, rarity)


class _Lengths:
    """The lengths of a field in words, by row, and what follows from each length.

    Args:
        lengths: of each row.
        weight: that of an occurrence in the field, before it is divided.
    """

    def __init__(self, lengths: Narrow, weight: float) -> None:
        self._of_rows = lengths
        average = int(lengths.sum()) / max(1, len(lengths))
        self._factors = np.array([length_factor(length, average) for length in range(int(lengths.max(initial=0)) + 1)])
        self._weights = weight / self._factors

    def factor(self, row: int) -> float:
        return float(self._factors[self._of_rows[row]])

    def weights(self, rows: Numbers) -> Scores:
        """What an occurrence in each of some rows weighs."""
        lengths = self._of_rows.take(rows).astype(np.intp)  # narrow numbers are slow to look up with
        return self._weights.take(lengths)


def among(keys: Numbers, others: Numbers) -> Mask:
    """Which of some keys are among others, which are sorted."""
    if not len(others):
        return np.zeros(len(keys), np.bool_)
    places = others.searchsorted(keys)
    places[places == len(others)] = 0
    return np.asarray(others[places] == keys)


def _first_of_each(found: Sequence[tuple[Numbers, Kinds]]) -> tuple[Numbers, Kinds]:
    """Several lists of keys as one; of equal keys the one from the first list."""
    if len(found) < 2:
        return found[0] if found else (_NONE, np.empty(0, np.int16))
    keys = np.concatenate([keys for keys, _ in found])
    order = keys.argsort(kind="stable")
    keys = keys[order]
    kept = changes(keys)
    return keys[kept], np.concatenate([kinds for _, kinds in found])[order][kept]


def _heaviest_of_each(found: Sequence[tuple[Numbers, Kinds]], weights: Scores) -> tuple[Numbers, Kinds]:
    """Several lists of keys as one; of equal keys the one with the heaviest pattern, the first of equals."""
    keys = np.concatenate([keys for keys, _ in found])
    kinds = np.concatenate([kinds for _, kinds in found])
    order = np.lexsort((-weights[kinds], keys))
    keys, kinds = keys[order], kinds[order]
    kept = changes(keys)
    return keys[kept], kinds[kept]


def _near(keys: Numbers, lengths: Numbers, others: Numbers, other_lengths: Numbers, distance: int) -> Mask:
    """Which keys have one of the others at most ``distance`` words before or after, not overlapping."""
    if not len(others):
        return np.zeros(len(keys), np.bool_)
    after = others.searchsorted(keys + lengths)
    following = others[np.minimum(after, len(others) - 1)] - (keys + lengths)
    near = (following >= 0) & (following <= distance)
    for length in np.unique(other_lengths):
        ends = others[other_lengths == length] + length
        before = ends.searchsorted(keys, side="right") - 1
        preceding = keys - ends[np.maximum(before, 0)]
        near |= (before >= 0) & (preceding >= 0) & (preceding <= distance)
    return near
