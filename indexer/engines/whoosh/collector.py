"""Collector: the best row of each matching item, the proximity boost, and the order of items."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.arrays import Narrow, Numbers, Scores, changes, ranges
from indexer.engines.whoosh.doc_values import DocValues
from indexer.engines.whoosh.evaluator import ScoredRows
from indexer.engines.whoosh.postings import ROW, SHIFT, LeafMatches
from indexer.search.bm25f import K1, PROXIMITY_BOOST, PROXIMITY_WINDOW


@dataclass(frozen=True, slots=True)
class TopDocs:
    """Items that match, each by its best row.

    Attributes:
        rows: the best row of each item.
        scores: the score of that row.
    """

    rows: Numbers
    scores: Scores

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, places: Numbers | slice) -> "TopDocs":
        return TopDocs(self.rows[places], self.scores[places])


def best_rows(matching: ScoredRows, doc_values: DocValues) -> TopDocs:
    """The best row of each matching item, the first of equals."""
    rows, scores = matching
    # Two short cuts, here and below: no item has several rows, or none matches in several.
    if doc_values.one_row_each or not len(rows):
        return TopDocs(rows, scores)
    new_item = changes(doc_values.item_of_row[rows])
    starts = np.flatnonzero(new_item)
    if len(starts) == len(rows):
        return TopDocs(rows, scores)
    item = np.cumsum(new_item) - 1
    best = np.flatnonzero(scores == np.maximum.reduceat(scores, starts)[item])
    best = best[changes(item[best])]
    return TopDocs(rows[best], scores[best])


def select_best(found: TopDocs, doc_values: DocValues, count: int) -> TopDocs:
    """The ``count`` best, in the order of ``found``; among equals the first by their ties."""
    if count >= len(found):
        return found
    if count <= 0:
        return found[:0]
    # A partition instead of a sort: of many thousand matches a page shows ten.
    scores = found.scores
    worst = np.partition(scores, len(found) - count)[len(found) - count]
    better = np.flatnonzero(scores > worst)
    equal = np.flatnonzero(scores == worst)
    wanted = count - len(better)
    # Ties are looked up for those alone that could be left out.
    if wanted < len(equal):
        ties = doc_values.ties.take(found.rows.take(equal))
        equal = equal[np.argpartition(ties, wanted - 1)[:wanted]]
    chosen = np.concatenate((better, equal))
    chosen.sort()
    return found[chosen]


def sort_by_score(found: TopDocs, doc_values: DocValues, count: int) -> TopDocs:
    """The ``count`` best, best first; equals by their ties."""
    found = select_best(found, doc_values, count)
    return found[np.lexsort((doc_values.ties.take(found.rows), -found.scores))]


def sort_by_day(found: TopDocs, days: Narrow, *, oldest_first: bool) -> TopDocs:
    """The same items by their days; those without one (0) last, those of one day as they stand."""
    numbers = days.astype(np.int64)
    keys = np.where(numbers == 0, numbers.max(initial=0) + 1, numbers) if oldest_first else -numbers
    return found[np.argsort(keys, kind="stable")]


def proximity_boosts(rows: Numbers, leaves: Sequence[LeafMatches]) -> Scores:
    """Proximity boost of each of some rows, which ascend; see ``search.bm25f`` for the formula."""
    # One pass over the keys of all leaves together, instead of one for each pair: only neighbours among them count.
    in_rows = [_keys_in(rows, matches.keys) for matches in leaves]
    keys = np.concatenate(in_rows)
    order = keys.argsort(kind="stable")
    keys = keys.take(order)
    # The difference of two keys is a distance in words; between rows it is larger than any window.
    distances = keys[1:] - keys[:-1]
    near = (distances <= PROXIMITY_WINDOW).nonzero()[0]
    distances = distances.take(near)
    # A key's leaf follows from its place before sorting: the leaves' keys lay one behind the other.
    ends = np.array([len(each) for each in in_rows]).cumsum()
    left, right = ends.searchsorted(order.take((near, near + 1)), side="right")
    near_rows = keys.take(near) >> SHIFT
    places = rows.searchsorted(near_rows)
    # Two different leaves, not at the same word, in a row that is asked for.
    in_asked_row = rows.take(places, mode="clip") == near_rows
    counting = ((left != right) & (distances > 0) & in_asked_row).nonzero()[0]
    if not len(counting):
        return np.zeros(len(rows))
    rarity = np.array([matches.rarity for matches in leaves])
    commoner = np.minimum(rarity.take(left.take(counting)), rarity.take(right.take(counting)))
    worth = commoner / np.square(distances.take(counting))
    gathered = np.bincount(places.take(counting), weights=worth, minlength=len(rows))
    boosts: Scores = PROXIMITY_BOOST * gathered * (K1 + 1) / (gathered + K1)
    return boosts


# To pick from a short list takes longer than to sort it along.
_TAKEN_WHOLE = 200
"""Length of a list of keys up to which it is taken whole."""


def _keys_in(rows: Numbers, keys: Numbers) -> Numbers:
    """The keys that stand in some rows; keys in other rows may be among them. All ascend."""
    if len(keys) <= _TAKEN_WHOLE:
        return keys
    first = rows << SHIFT
    starts = keys.searchsorted(first)
    return keys.take(ranges(starts, keys.searchsorted(first + ROW) - starts))
