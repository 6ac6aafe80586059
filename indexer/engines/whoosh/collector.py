"""Which items come first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.arrays import Narrow, Numbers, Scores, changes, ranges
from indexer.engines.whoosh.doc_values import DocValues
from indexer.engines.whoosh.evaluator import Matching
from indexer.engines.whoosh.postings import ROW, SHIFT, LeafMatches
from indexer.search.bm25f import K1, PROXIMITY_BOOST, PROXIMITY_WINDOW


@dataclass(frozen=True, slots=True)
class TopDocs:
    """Items that match, by their best row: ``rows`` and ``scores`` of that."""

    rows: Numbers
    scores: Scores

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, places: Numbers | slice) -> "TopDocs":
        return TopDocs(self.rows[places], self.scores[places])


def best_rows(matching: Matching, columns: DocValues) -> TopDocs:
    """The best row of each item, the first of equals."""
    rows, scores = matching
    if columns.one_row_each or not len(rows):
        return TopDocs(rows, scores)
    new = changes(columns.item_of_row[rows])
    starts = np.flatnonzero(new)
    if len(starts) == len(rows):
        return TopDocs(rows, scores)
    group = np.cumsum(new) - 1
    best = np.flatnonzero(scores == np.maximum.reduceat(scores, starts)[group])
    best = best[changes(group[best])]
    return TopDocs(rows[best], scores[best])


def best(found: TopDocs, columns: DocValues, count: int) -> TopDocs:
    """The best, as many as counted, in the order in which they were found; ties as the columns say."""
    if count >= len(found):
        return found
    if count <= 0:
        return found[:0]
    scores = found.scores
    worst = np.partition(scores, len(found) - count)[len(found) - count]
    better = np.flatnonzero(scores > worst)
    equal = np.flatnonzero(scores == worst)
    wanted = count - len(better)
    if wanted < len(equal):
        ties = columns.ties.take(found.rows.take(equal))
        equal = equal[np.argpartition(ties, wanted - 1)[:wanted]]
    chosen = np.concatenate((better, equal))
    chosen.sort()
    return found[chosen]


def by_score(found: TopDocs, columns: DocValues, count: int) -> TopDocs:
    """The best, as many as counted, in order; ties as the columns say."""
    found = best(found, columns, count)
    return found[np.lexsort((columns.ties.take(found.rows), -found.scores))]


def by_rank(found: TopDocs, ranks: Narrow) -> TopDocs:
    """In the order of some ranks, one for each."""
    return found[np.argsort(ranks, kind="stable")]


def lifts(rows: Numbers, leaves: Sequence[LeafMatches]) -> Scores:
    """What the words of the question gather in each of some rows, ascending, by standing close together.

    See ``ranking``.
    """
    own = [_keys_in(rows, matches.keys) for matches in leaves]
    keys = np.concatenate(own)
    standing = keys.argsort(kind="stable")
    keys = keys.take(standing)
    ways = keys[1:] - keys[:-1]
    near = (ways <= PROXIMITY_WINDOW).nonzero()[0]
    ways = ways.take(near)
    ends = np.array([len(each) for each in own]).cumsum()
    left, right = ends.searchsorted(standing.take((near, near + 1)), side="right")
    near_rows = keys.take(near) >> SHIFT
    places = rows.searchsorted(near_rows)
    kept = ((left != right) & (ways > 0) & (rows.take(places, mode="clip") == near_rows)).nonzero()[0]
    if not len(kept):
        return np.zeros(len(rows))
    rarity = np.array([matches.rarity for matches in leaves])
    worth = np.minimum(rarity.take(left.take(kept)), rarity.take(right.take(kept))) / np.square(ways.take(kept))
    gathered = np.bincount(places.take(kept), weights=worth, minlength=len(rows))
    lift: Scores = PROXIMITY_BOOST * gathered * (K1 + 1) / (gathered + K1)
    return lift


_TAKEN_WHOLE = 200
"""Lists of keys up to this long are not worth picking from."""


def _keys_in(rows: Numbers, keys: Numbers) -> Numbers:
    """Those of some keys that stand in some rows; keys in other rows may be among them. All ascend."""
    if len(keys) <= _TAKEN_WHOLE:
        return keys
    first = rows << SHIFT
    starts = keys.searchsorted(first)
    return keys.take(ranges(starts, keys.searchsorted(first + ROW) - starts))
