"""Which items come first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.arrays import Numbers, Scores, changes, ranges
from indexer.engines.whoosh.columns import Columns
from indexer.engines.whoosh.matching import Matching
from indexer.engines.whoosh.postings import SHIFT, Matches
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


def lifts(rows: Numbers, leaves: Sequence[Matches]) -> Scores:
    """What the words of the question gather in each of some rows by standing close together (see ``ranking``)."""
    order = rows.argsort()
    ascending = rows[order]
    own = [keys_in(ascending, matches) for matches in leaves]
    keys = np.concatenate(own)
    leaf = np.repeat(np.arange(len(own)), [len(each) for each in own])
    standing = keys.argsort(kind="stable")
    keys, leaf = keys.take(standing), leaf.take(standing)
    ways = keys[1:] - keys[:-1]
    # as unsigned numbers, ways from 1 to REACH are the only ones that are less than REACH when one less
    near = (((ways - 1).view(np.uint64) < REACH) & (leaf[1:] != leaf[:-1])).nonzero()[0]
    ways, left, right = ways.take(near), leaf.take(near), leaf.take(near + 1)
    rarity = np.array([matches.rarity for matches in leaves])
    worth = np.minimum(rarity.take(left), rarity.take(right)) / (ways * ways)
    gathered = np.bincount(ascending.searchsorted(keys.take(near) >> SHIFT), weights=worth, minlength=len(rows))
    lift = np.empty(len(rows))
    lift[order] = LIFT * gathered * (K1 + 1) / (gathered + K1)
    return lift


def keys_in(rows: Numbers, matches: Matches) -> Numbers:
    """The keys of a leaf in some rows, both ascending."""
    if not len(matches.rows):
        return matches.keys
    places = matches.rows.searchsorted(rows)
    held = matches.rows.take(places, mode="clip") == rows
    starts = matches.starts.take(places, mode="clip")
    counts = matches.ends.take(places, mode="clip")
    counts -= starts
    counts *= held
    return matches.keys.take(ranges(starts, counts))
