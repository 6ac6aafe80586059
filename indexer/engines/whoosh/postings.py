"""Postings as arrays: the occurrences of the leaves of plans, their rows and scores.

An occurrence is a key, ``row << SHIFT | position``, so that two words side by side are two keys that differ by one.
"""

# ARCHITECTURE.md: Postings become arrays on first use.

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

import numpy as np

from indexer.analysis.schema import EXACT, FOLD, HEADING_AT, Term
from indexer.engines.whoosh.arrays import Mask, Narrow, Numbers, PatternNumbers, Scores, changes, ranges
from indexer.engines.whoosh.codec.reader import IndexReader
from indexer.query.plan import Leaf, NearQuery, Pattern
from indexer.search.bm25f import HEADING, K1, idf, length_factor
from indexer.search.hits import Occurrence
from indexer.storage.memory_cache import MemoryCache

# Positions take 31 bits, those of headings with their base included; rows take 31 bits as well.
SHIFT = 32
"""Bits of a key that hold the position."""

ROW = 1 << SHIFT
"""Difference between the keys of one position in a row and in the next."""

_POSITION = ROW - 1
"""Mask of the position in a key."""

_NO_KEYS: Numbers = np.empty(0, np.int64)

# Estimates of what an entry of a cache takes beside its arrays' elements: the array objects, key and dictionary entry.
_LEAF_OVERHEAD, _TERM_OVERHEAD = 600, 200
"""Bytes beside the arrays of a leaf's matches, and beside the keys of a term."""


@dataclass(frozen=True, eq=False)
class LeafMatches:
    """The rows that a leaf matches, and its occurrences there.

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
    patterns: PatternNumbers
    rarity: float

    # Cached, since the cache asks again when the entry goes.
    @cached_property
    def nbytes(self) -> int:
        """Memory taken, in bytes."""
        arrays = (self.rows, self.scores, self.keys, self.patterns)
        return _LEAF_OVERHEAD + sum(array.nbytes for array in arrays)

    def occurrences(self, leaf: Leaf, rows: Sequence[int]) -> list[list[Occurrence]]:
        """The occurrences in each of some rows, ascending."""
        # All rows in one go: the page's arrays become Python objects once, and are dealt out row by row.
        first = np.array(rows, np.int64) << SHIFT
        starts, ends = self.keys.searchsorted((first, first + ROW))
        counts = ends - starts
        places = ranges(starts, counts)
        keys = (self.keys.take(places) & _POSITION).tolist()
        patterns = map(leaf.patterns.__getitem__, self.patterns.take(places).tolist())
        pairs = zip(keys, patterns, strict=True)
        return [[*islice(pairs, count)] for count in counts.tolist()]

    def restrict_to(self, rows: Numbers) -> "LeafMatches":
        """The same matches with the occurrences in these rows alone."""
        first = rows << SHIFT
        starts = self.keys.searchsorted(first)
        places = ranges(starts, self.keys.searchsorted(first + ROW) - starts)
        return replace(self, keys=self.keys[places], patterns=self.patterns[places])


class Postings:
    """The matches of leaves, with caches of decoded terms and of leaves. Safe with threads.

    Args:
        reader: the open index.
        text_lengths: the length of each row's text in words.
        heading_lengths: the length of each row's heading in words.
        memory: the bound of the caches, in bytes.
    """

    # An index never changes, so that what was decoded stays true as long as it is open.

    def __init__(self, reader: IndexReader, text_lengths: Narrow, heading_lengths: Narrow, memory: int) -> None:
        self._reader = reader
        self._rows = reader.rows
        self._text = _FieldLengths(text_lengths, 1)
        self._heading = _FieldLengths(heading_lengths, HEADING)
        self._terms: MemoryCache[Term, Numbers] = MemoryCache(memory // 2, lambda keys: keys.nbytes + _TERM_OVERHEAD)
        self._leaves: MemoryCache[Leaf, LeafMatches] = MemoryCache(memory // 2, lambda matches: matches.nbytes)

    @property
    def nbytes(self) -> int:
        """Memory taken by the caches, in bytes."""
        return self._terms.nbytes + self._leaves.nbytes

    def clear(self) -> None:
        """Empty the caches."""
        self._terms.clear()
        self._leaves.clear()

    def occurring_patterns(self, leaf: Leaf, masks: Iterable[Mask]) -> list[Pattern]:
        """The patterns of a leaf that count in a row of all masks, in order."""
        found = self.matches(leaf)
        patterns, rows = found.patterns, found.keys >> SHIFT
        for mask in masks:
            held = mask[rows]
            patterns, rows = patterns[held], rows[held]
        counts = np.bincount(patterns, minlength=len(leaf.patterns))
        return [pattern for pattern, count in zip(leaf.patterns, counts.tolist(), strict=True) if count]

    def frequency(self, term: Term) -> int:
        """Document frequency of a term: the number of rows in which it stands."""
        # Keys ascend, so that rows need only be counted where they change. np.unique would load masked arrays.
        return int(np.count_nonzero(changes(self._term_keys(term) >> SHIFT)))

    def mask_of_word(self, word: str) -> Mask:
        """Mask of the rows in which a folded word stands, with whatever accents."""
        mask = np.zeros(self._rows, np.bool_)
        for field in (EXACT, FOLD):
            mask[self._term_keys((field, word)) >> SHIFT] = True
        return mask

    def factors(self, row: int) -> tuple[float, float]:
        """The length factors of the text and of the heading of a row."""
        return self._text.factor(row), self._heading.factor(row)

    def matches(self, leaf: Leaf) -> LeafMatches:
        """The rows that a leaf matches, with scores and occurrences."""
        cached = self._leaves.get(leaf)
        return cached if cached is not None else self._leaves.put(leaf, self._score(leaf, *self._occurrences(leaf)))

    # ---------------------------------------------------------------------------------------------------- occurrences

    def _term_keys(self, term: Term) -> Numbers:
        cached = self._terms.get(term)
        if cached is not None:
            return cached
        read = self._reader.postings(*term)
        # Terms that are in no text are cached as well: half of those that are asked for.
        return self._terms.put(term, _NO_KEYS if read is None else read[0] << SHIFT | read[1])

    def _occurrences(self, leaf: Leaf) -> tuple[Numbers, PatternNumbers]:
        """The keys of a leaf and the pattern of each: where several begin, the weightiest, the first of equals."""
        if isinstance(leaf, NearQuery):
            return self._near_occurrences(leaf)
        # The weightiest first, since of equal keys the one of the first list stays; sorting is stable for equals.
        order = sorted(range(len(leaf.patterns)), key=lambda place: -leaf.patterns[place].weight)
        found = [(self._pattern_keys(leaf.patterns[place]), place) for place in order]
        return _first_of_each([(keys, np.full(len(keys), place, np.int16)) for keys, place in found if len(keys)])

    def _pattern_keys(self, pattern: Pattern) -> Numbers:
        """The keys at which a pattern begins."""
        slots = [self._slot_keys(slot) for slot in pattern.slots]
        if len(slots) == 1:
            return slots[0]
        # A phrase begins at most where its rarest word says; each other word is looked up for what is left.
        rarest = min(range(len(slots)), key=lambda place: len(slots[place]))
        begins = slots[rarest] - rarest
        for place, slot in enumerate(slots):
            if place != rarest and len(begins):
                begins = begins[is_among(begins + place, slot)]
        return begins

    def _slot_keys(self, terms: Sequence[Term]) -> Numbers:
        """The keys at which any of some terms stands, each once."""
        found = [keys for term in terms if len(keys := self._term_keys(term))]
        if len(found) < 2:
            return found[0] if found else _NO_KEYS
        keys = np.concatenate(found)
        keys.sort(kind="stable")
        return np.asarray(keys[changes(keys)])

    def _near_occurrences(self, leaf: NearQuery) -> tuple[Numbers, PatternNumbers]:
        left, right = self.matches(leaf.left), self.matches(leaf.right)
        lengths = np.array([len(pattern.slots) for pattern in leaf.patterns], np.int64)
        # The patterns of the right side follow those of the left in the leaf's.
        behind = len(leaf.left.patterns)
        sides = (left.keys, left.patterns), (right.keys, (right.patterns + behind).astype(np.int16))
        near = []
        for (keys, patterns), (others, other_patterns) in (sides, sides[::-1]):
            is_near = _is_near(keys, lengths[patterns], others, lengths[other_patterns], leaf.distance)
            near.append((keys[is_near], patterns[is_near]))
        weights = np.array([pattern.weight for pattern in leaf.patterns])
        return _heaviest_of_each(near, weights)

    # ---------------------------------------------------------------------------------------------------------- score

    def _score(self, leaf: Leaf, keys: Numbers, patterns: PatternNumbers) -> LeafMatches:
        """BM25F scores of the rows in which a leaf occurs; see ``search.bm25f``."""
        key_rows = keys >> SHIFT
        new_row = changes(key_rows)
        rows = key_rows[new_row]
        weights = self._text.weights(key_rows)
        in_heading = (keys & _POSITION) >= HEADING_AT
        # Where no key is in a heading, its weights need not be worked out.
        if in_heading.any():
            weights = np.where(in_heading, self._heading.weights(key_rows), weights)
        weights = np.array([pattern.weight for pattern in leaf.patterns])[patterns] * weights
        frequency = np.bincount(np.cumsum(new_row) - 1, weights=weights, minlength=len(rows)) if len(rows) else weights
        rarity = idf(self._rows, len(rows))
        scores = rarity * frequency * (K1 + 1) / (frequency + K1)
        return LeafMatches(rows, scores, keys, patterns, rarity)


class _FieldLengths:
    """Lengths of a field in words, with the factor and weight of each.

    Args:
        lengths: the length of each row.
        weight: the weight of an occurrence in the field, before it is divided.
    """

    # Factors and weights are tables by length, not by row: there are few lengths and many rows.

    def __init__(self, lengths: Narrow, weight: float) -> None:
        self._of_rows = lengths
        average = int(lengths.sum()) / max(1, len(lengths))
        self._factors = np.array([length_factor(length, average) for length in range(int(lengths.max(initial=0)) + 1)])
        self._weights = weight / self._factors

    def factor(self, row: int) -> float:
        return float(self._factors[self._of_rows[row]])

    def weights(self, rows: Numbers) -> Scores:
        """The weight of an occurrence in each of some rows."""
        lengths = self._of_rows.take(rows).astype(np.intp)  # narrow numbers are slow to look up with
        return self._weights.take(lengths)


def is_among(keys: Numbers, others: Numbers) -> Mask:
    """Mask of the keys that are among others, which are sorted."""
    # As np.isin, which would sort both; the others are in order already.
    if not len(others):
        return np.zeros(len(keys), np.bool_)
    places = others.searchsorted(keys)
    # A key behind the last of the others is compared with the first, which it cannot equal.
    places[places == len(others)] = 0
    return np.asarray(others[places] == keys)


def _first_of_each(found: Sequence[tuple[Numbers, PatternNumbers]]) -> tuple[Numbers, PatternNumbers]:
    """Several lists of keys as one; of equal keys the one from the first list."""
    if len(found) < 2:
        return found[0] if found else (_NO_KEYS, np.empty(0, np.int16))
    keys = np.concatenate([keys for keys, _ in found])
    order = keys.argsort(kind="stable")
    keys = keys[order]
    first = changes(keys)
    return keys[first], np.concatenate([patterns for _, patterns in found])[order][first]


def _heaviest_of_each(
    found: Sequence[tuple[Numbers, PatternNumbers]], weights: Scores
) -> tuple[Numbers, PatternNumbers]:
    """Several lists of keys as one; of equal keys the one with the heaviest pattern, the first of equals."""
    # The two sides of a NearQuery are given in order of place, not of weight, so that weights are sorted by as well.
    keys = np.concatenate([keys for keys, _ in found])
    patterns = np.concatenate([patterns for _, patterns in found])
    order = np.lexsort((-weights[patterns], keys))
    keys, patterns = keys[order], patterns[order]
    first = changes(keys)
    return keys[first], patterns[first]


def _is_near(keys: Numbers, lengths: Numbers, others: Numbers, other_lengths: Numbers, distance: int) -> Mask:
    """Mask of the keys that have a partner among the others.

    A partner begins or ends at most ``distance`` words after or before, and does not overlap.

    Args:
        keys: occurrences, ascending.
        lengths: the number of words that each covers.
        others: the occurrences in which partners are looked for, ascending.
        other_lengths: the number of words that each of these covers.
        distance: the number of words between, at most.
    """
    if not len(others):
        return np.zeros(len(keys), np.bool_)
    # Distances are differences of keys: those into another row are far larger than any distance asked for.
    after = others.searchsorted(keys + lengths)
    following = others[np.minimum(after, len(others) - 1)] - (keys + lengths)
    near = (following >= 0) & (following <= distance)
    # Partners before are looked for by their ends, which ascend only among those of one length.
    for length in np.unique(other_lengths):
        ends = others[other_lengths == length] + length
        before = ends.searchsorted(keys, side="right") - 1
        preceding = keys - ends[np.maximum(before, 0)]
        near |= (before >= 0) & (preceding >= 0) & (preceding <= distance)
    return near
