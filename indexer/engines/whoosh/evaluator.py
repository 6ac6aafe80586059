"""A plan evaluated over arrays: the rows that match a step, ascending, with their scores."""

from collections.abc import Sequence

import numpy as np

from indexer.engines.whoosh.arrays import Mask, Numbers, Scores
from indexer.engines.whoosh.doc_values import DocValues
from indexer.engines.whoosh.postings import Postings
from indexer.query.plan import AndQuery, FieldFilter, MatchAll, NearQuery, NotQuery, OrQuery, PlanNode, TermsQuery

Matching = tuple[Numbers, Scores]
"""Rows, ascending, and the score of each."""


_CONDITIONS = (FieldFilter, NotQuery, MatchAll)


class Evaluator:
    """Evaluates steps of plans for one index."""

    def __init__(self, postings: Postings, columns: DocValues) -> None:
        self._postings = postings
        self._columns = columns

    def matching(self, step: PlanNode) -> Matching:
        """The rows that a step matches, and their scores."""
        match step:
            case TermsQuery() | NearQuery():
                matches = self._postings.matches(step)
                return matches.rows, matches.scores
            case AndQuery(parts):
                return self._all(parts)
            case OrQuery(parts):
                return self._some(parts)
            case _:
                rows = np.flatnonzero(self._mask(step))
                return rows, np.zeros(len(rows))

    def _all(self, parts: Sequence[PlanNode]) -> Matching:
        scored = [part for part in parts if not isinstance(part, _CONDITIONS)]
        found: Matching | None = None
        for part in scored:
            found = self.matching(part) if found is None else _both(found, self.matching(part))
        masks = [] if len(scored) == len(parts) else [self._mask(part) for part in parts if part not in scored]
        if found is None:
            rows = np.flatnonzero(np.logical_and.reduce(masks)) if masks else self._columns.every_row
            return rows, np.zeros(len(rows))
        rows, scores = found
        for mask in masks:
            kept = mask[rows]
            rows, scores = rows[kept], scores[kept]
        return rows, scores

    def _some(self, parts: Sequence[PlanNode]) -> Matching:
        marked = np.zeros(self._columns.rows, np.bool_)
        total = np.zeros(self._columns.rows)
        for part in parts:
            rows, scores = self.matching(part)
            marked[rows] = True
            total[rows] += scores
        rows = np.flatnonzero(marked)
        return rows, total[rows]

    def _mask(self, step: PlanNode) -> Mask:
        """Which rows a step matches."""
        match step:
            case FieldFilter(field, values):
                return self._columns.mask(field, values)
            case MatchAll():
                return np.ones(self._columns.rows, np.bool_)
            case NotQuery(part):
                return ~self._mask(part)
            case _:
                mask = np.zeros(self._columns.rows, np.bool_)
                mask[self.matching(step)[0]] = True
                return mask


def _both(first: Matching, second: Matching) -> Matching:
    """The rows of both, and the sums of their scores. The shorter is looked up in the longer."""
    if len(first[0]) > len(second[0]):
        first, second = second, first
    (rows, scores), (others, other_scores) = first, second
    if not len(rows):
        return rows, scores
    places = others.searchsorted(rows)
    kept = (others.take(places, mode="clip") == rows).nonzero()[0]
    return rows.take(kept), scores.take(kept) + other_scores.take(places.take(kept))
