"""Which items come first."""

from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.arrays import Numbers, Scores, changes, ranges
from indexer.engines.whoosh.columns import Columns
from indexer.engines.whoosh.matching import Matching
from indexer.engines.whoosh.postings import Matches
from indexer.ranking import K1, LIFT, REACH


@dataclass(frozen=True, slots=True)
class Found:
    """Items that match, by their best row: ``rows`` and ``scores`` of that."""

    rows: Numbers
    scores: Scores

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, places: Numbers | slice) -> "Found":
        return Found(self.rows[places], self.scores[places])


def best_rows(matching: Matching, columns: Columns) -> Found:
    """The best row of each item, the first of equals."""
    rows, scores = matching
    if columns.one_row_each or not len(rows):
        return Found(rows, scores)
    new = changes(columns.item_of_row[rows])
    starts = np.flatnonzero(new)
    if len(starts) == len(rows):
        return Found(rows, scores)
    group = np.cumsum(new) - 1
    best = np.flatnonzero(scores == np.maximum.reduceat(scores, starts)[group])
    best = best[changes(group[best])]
    return Found(rows[best], scores[best])


def by_score(found: Found, columns: Columns, first: int) -> Found:
    """The ``first`` best, in order; ties as the columns say."""
    if first <= 0:
        return found[:0]
    scores = found.scores
    ties = columns.ties[found.rows]
    if first < len(found):
        worst = np.partition(scores, len(found) - first)[len(found) - first]
        better = np.flatnonzero(scores > worst)
        equal = np.flatnonzero(scores == worst)
        wanted = first - len(better)
        if wanted < len(equal):
            equal = equal[np.argpartition(ties[equal], wanted - 1)[:wanted]]
        chosen = np.concatenate((better, equal))
        found, ties = found[chosen], ties[chosen]
    return found[np.lexsort((ties, -found.scores))]


def by_rank(found: Found, ranks: Numbers) -> Found:
    """In the order of some ranks, one for each."""
    return found[np.argsort(ranks, kind="stable")]


def lifts(rows: Numbers, left: Matches, right: Matches) -> Scores:
    """What two neighbouring parts of the question gather in each of some rows by standing close together."""
    gathered = np.zeros(len(rows))
    order = np.argsort(rows)
    ascending = rows[order]
    first, row_of_first = _keys_in(ascending, left)
    second, _ = _keys_in(ascending, right)
    if not len(first) or not len(second):
        return gathered
    places = second.searchsorted(first, side="right")
    forward = second[np.minimum(places, len(second) - 1)] - first
    forward[places == len(second)] = REACH + 1
    places = second.searchsorted(first) - 1
    backward = first - second[np.maximum(places, 0)]
    backward[places < 0] = REACH + 1
    sums = _squares(forward, row_of_first, len(rows)) + _squares(backward, row_of_first, len(rows))
    gathered[order] = LIFT * min(left.rarity, right.rarity) * sums * (K1 + 1) / (sums + K1)
    return gathered


def _squares(ways: Numbers, rows: Numbers, count: int) -> Scores:
    near = ways <= REACH
    ways = ways[near]
    return np.asarray(np.bincount(rows[near], weights=1 / (ways * ways), minlength=count), np.float64)


def _keys_in(rows: Numbers, matches: Matches) -> tuple[Numbers, Numbers]:
    """The keys of a leaf in some rows, ascending, and the place of each one's row among them."""
    places = matches.rows.searchsorted(rows)
    places[places == len(matches.rows)] = 0
    held = np.flatnonzero(matches.rows[places] == rows) if len(matches.rows) else places[:0]
    places = places[held]
    starts = matches.starts[places]
    counts = matches.starts[places + 1] - starts
    return matches.keys[ranges(starts, counts)], np.repeat(held, counts)
