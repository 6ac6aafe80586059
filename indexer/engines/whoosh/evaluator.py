"""Evaluator of plans over arrays: the rows that a node matches, ascending, with their scores."""

from collections.abc import Callable, Sequence

import numpy as np

from indexer.engines.whoosh.arrays import Mask, Numbers, Scores
from indexer.engines.whoosh.doc_values import DocValues
from indexer.engines.whoosh.postings import Postings, is_among
from indexer.query.plan import (
    AndQuery,
    FieldFilter,
    Leaf,
    MatchAll,
    NearQuery,
    NotQuery,
    OrQuery,
    Plan,
    PlanNode,
    TermsQuery,
)

ScoredRows = tuple[Numbers, Scores]
"""Rows, ascending, and the score of each."""

# They give no score, so that a mask says all of them.
_CONDITIONS = (FieldFilter, NotQuery, MatchAll)


class Evaluator:
    """Evaluates nodes of plans for one index.

    Args:
        postings: the postings of the index.
        doc_values: its doc values.
    """

    def __init__(self, postings: Postings, doc_values: DocValues) -> None:
        self._postings = postings
        self._doc_values = doc_values

    def evaluate(self, node: PlanNode) -> ScoredRows:
        """The rows that a node matches, and their scores."""
        match node:
            case TermsQuery() | NearQuery():
                matches = self._postings.matches(node)
                return matches.rows, matches.scores
            case AndQuery(parts):
                return self._intersect(parts)
            case OrQuery(parts):
                return self._unite(parts)
            case _:
                rows = np.flatnonzero(self.mask(node))
                return rows, np.zeros(len(rows))

    def holds(self, rows: Numbers) -> Callable[[Leaf | FieldFilter], Mask]:
        """Make the function that gives the mask of matching rows.

        It is given a leaf or a filter; ``rows`` are those that the mask is of.
        """

        def holds(leaf: Leaf | FieldFilter) -> Mask:
            if isinstance(leaf, FieldFilter):
                return self._doc_values.mask(leaf.field, leaf.values)[rows]
            return is_among(rows, self._postings.matches(leaf).rows)

        return holds

    def leaf_counts(self, plan: Plan, rows: Numbers) -> list[Numbers]:
        """Multiplicity of each leaf among a plan's matching branches, by row."""
        return plan.times(self.holds(rows))

    def lacking(self, plan: Plan, rows: Numbers) -> list[tuple[str, ...]]:
        """The parts of the query that each of some rows lacks."""
        holds = self.holds(rows)
        # The leaves at all rows in one go, and their truths dealt out row by row.
        truths: dict[Leaf | FieldFilter, list[bool]] = {}

        def holds_at(place: int) -> Callable[[Leaf | FieldFilter], bool]:
            def holds_there(leaf: Leaf | FieldFilter) -> bool:
                if leaf not in truths:
                    truths[leaf] = holds(leaf).tolist()
                return truths[leaf][place]

            return holds_there

        return [plan.lacking(holds_at(place)) for place in range(len(rows))]

    def _intersect(self, parts: Sequence[PlanNode]) -> ScoredRows:
        """The rows that all parts match, with the sums of their scores."""
        scored = [part for part in parts if not isinstance(part, _CONDITIONS)]
        found: ScoredRows | None = None
        for part in scored:
            found = self.evaluate(part) if found is None else _intersect_two(found, self.evaluate(part))
        masks = [] if len(scored) == len(parts) else [self.mask(part) for part in parts if part not in scored]
        if found is None:
            rows = np.flatnonzero(np.logical_and.reduce(masks)) if masks else self._doc_values.every_row
            return rows, np.zeros(len(rows))
        # Masks come after the parts with scores, and are looked up for the rows that are left only.
        rows, scores = found
        for mask in masks:
            held = mask[rows]
            rows, scores = rows[held], scores[held]
        return rows, scores

    def _unite(self, parts: Sequence[PlanNode]) -> ScoredRows:
        """The rows that any part matches, with the sums of the matching parts' scores."""
        # Arrays over all rows, so that any number of parts is summed without merging.
        matched = np.zeros(self._doc_values.rows, np.bool_)
        total = np.zeros(self._doc_values.rows)
        for part in parts:
            rows, scores = self.evaluate(part)
            # Marked beside the sum, as a row can match with a score of 0.
            matched[rows] = True
            total[rows] += scores
        rows = np.flatnonzero(matched)
        return rows, total[rows]

    def mask(self, node: PlanNode) -> Mask:
        """Mask of the rows that a node matches, for which no scores are worked out."""
        match node:
            case FieldFilter(field, values):
                return self._doc_values.mask(field, values)
            case MatchAll():
                return np.ones(self._doc_values.rows, np.bool_)
            case NotQuery(part):
                return ~self.mask(part)
            case OrQuery(parts):
                return self._mask_of_any(parts)
            case AndQuery(parts):
                return np.asarray(np.logical_and.reduce([self.mask(part) for part in parts]))
            case _:
                mask = np.zeros(self._doc_values.rows, np.bool_)
                mask[self.evaluate(node)[0]] = True
                return mask

    def _mask_of_any(self, parts: Sequence[PlanNode]) -> Mask:
        """Mask of the rows that any part matches."""
        # One mask for all leaves: most alternatives are words, and a mask for each would be made and read again.
        mask = np.zeros(self._doc_values.rows, np.bool_)
        for part in parts:
            if isinstance(part, TermsQuery | NearQuery):
                mask[self._postings.matches(part).rows] = True
            else:
                mask |= self.mask(part)
        return mask


def _intersect_two(first: ScoredRows, second: ScoredRows) -> ScoredRows:
    """The rows in both, with the sums of their scores."""
    # The shorter is looked up in the longer: a rare word beside a common one costs what the rare one does.
    if len(first[0]) > len(second[0]):
        first, second = second, first
    (rows, scores), (others, other_scores) = first, second
    if not len(rows):
        return rows, scores
    places = others.searchsorted(rows)
    # Clipped, as a row behind the last of the others has no place among them; it is compared and falls out.
    common = (others.take(places, mode="clip") == rows).nonzero()[0]
    return rows.take(common), scores.take(common) + other_scores.take(places.take(common))
