"""Opened index of the Whoosh engine: queries in, results out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

import numpy as np

from indexer.analysis.fields import FIELDS
from indexer.engines.whoosh.arrays import Mask, Numbers
from indexer.engines.whoosh.codec.layout import HEADING_WORDS, ID_FIELD, TEXT_WORDS
from indexer.engines.whoosh.codec.reader import IndexReader
from indexer.engines.whoosh.collector import (
    TopDocs,
    best_rows,
    proximity_boosts,
    select_best,
    sort_by_day,
    sort_by_score,
)
from indexer.engines.whoosh.counter import ItemCounter
from indexer.engines.whoosh.doc_values import read_doc_values
from indexer.engines.whoosh.evaluator import Evaluator, ScoredRows
from indexer.engines.whoosh.metadata import (
    IndexMetadata,
    read_dictionaries,
    read_lexicon,
    read_metadata,
    read_thesaurus,
)
from indexer.engines.whoosh.postings import Postings
from indexer.engines.whoosh.store import ItemStore, RowVersion, Snippet
from indexer.model import Completion, Explained, Facet, Hit, Item, Message, Query, Results, Span, Version, partial_page
from indexer.model.errors import BadIndex
from indexer.query.compiler import Compiler
from indexer.query.lexicon import Lexicon
from indexer.query.parser import parse, render
from indexer.query.plan import FieldFilter, Leaf, Plan
from indexer.search.bm25f import RERANK_DEPTH
from indexer.search.completion import Completer
from indexer.search.exclusions import exclusions, join_filters
from indexer.search.explain import proximity, shares
from indexer.search.hits import TermMark, snippet_of, visible_spans
from indexer.search.more_like_this import like
from indexer.search.suggest import correct_tree

_POSTINGS_PART, _STORE_PART, _MASKS_PART, _PLANS_PART = 2, 4, 8, 8
"""Parts of the memory that caches may take: a half, a quarter, and an eighth each."""


class WhooshIndex:
    """An index by its port. Nothing in it changes but its caches, so that threads can share it.

    Args:
        folder: the folder that was published into.
        memory: the bound of the caches, in bytes.

    Raises:
        BadIndex: here and in any method, where the files cannot be read.
    """

    def __init__(self, folder: Path, memory: int) -> None:
        self._folder = folder
        self._metadata: IndexMetadata = read_metadata(folder)
        checks = {name: crc for name, (_, crc) in self._metadata.files.items()}
        self._reader = IndexReader(folder, self._metadata.layout, checks)
        try:
            self._doc_values = read_doc_values(folder, self._reader, self._metadata.values, memory // _MASKS_PART)
            lengths = self._reader.numbers(TEXT_WORDS), self._reader.numbers(HEADING_WORDS)
        except BadIndex:
            # Nobody else could: the caller gets no index to close.
            self._reader.close()
            raise
        self._postings = Postings(self._reader, *lengths, memory // _POSTINGS_PART)
        self._evaluator = Evaluator(self._postings, self._doc_values)
        self._items = ItemStore(folder, self._reader, self._postings, memory // _STORE_PART)
        self._lexicon: Lexicon | None = None
        self._compiler = Compiler(
            self._metadata.vocabulary,
            self._open_lexicon,
            # Not held here: the compiler asks once, and keeps them.
            partial(read_thesaurus, folder, self._metadata),
            partial(read_dictionaries, folder, self._metadata),
            self._postings.frequency,
            memory // _PLANS_PART,
        )

    def _open_lexicon(self) -> Lexicon:
        # Read when a query first needs it. Two threads may both read it then, which does no harm.
        if self._lexicon is None:
            self._lexicon = read_lexicon(self._folder, self._metadata)
        return self._lexicon

    # Made when somebody first types: not everybody who opens an index does.
    @cached_property
    def _completer(self) -> Completer:
        counter = ItemCounter(self._compiler, self._evaluator, self._postings, self._doc_values)
        return counter.completer(self._open_lexicon(), self._metadata.vocabulary)

    @property
    def nbytes(self) -> int:
        """See the port."""
        return self._postings.nbytes + self._items.nbytes + self._compiler.nbytes + self._doc_values.nbytes

    # ------------------------------------------------------------------------------------------------------ the port

    def search(self, query: Query) -> Results:
        """See the port."""
        plan = self._compiler.plan(query)
        matching = self._evaluator.evaluate(plan.step)
        chosen = self._filter(matching, plan.chosen)
        found = best_rows(chosen, self._doc_values)
        partial, partial_total = self._partial_hits(chosen[0], len(found), query)
        unknown = [leaf for leaf in plan.leaves if not len(self._postings.matches(leaf).rows)]
        also, translations = plan.also(lambda leaf: self._postings.occurring_patterns(leaf, self._masks(plan.filters)))
        return Results(
            total=len(found),
            hits=self._hits(self._page(found, plan, query), chosen[0], plan, query, _reranked_hits(query)),
            facets=self._facets(matching, chosen, plan.chosen),
            understood=render(query.tree),
            notes=query.notes + plan.notes + (() if len(found) else self._exclusions(plan, query)),
            also=also,
            translations=translations,
            partial=partial,
            did_you_mean=self._correction(plan, unknown, query, found=bool(len(found))),
            cited=tuple(self._cited_hits(plan, query)) if query.cited and not query.offset else (),
            partial_total=partial_total,
        )

    def hits_in_order(self, query: Query, places: Sequence[int]) -> tuple[Hit, ...]:
        """See the port."""
        plan = self._compiler.plan(query)
        chosen = self._filter(self._evaluator.evaluate(plan.step), plan.chosen)
        found = best_rows(chosen, self._doc_values)
        # An array by item, since an order may name all items of the index.
        found_at = np.full(self._doc_values.items, -1)
        found_at[self._doc_values.item_of_row[found.rows]] = np.arange(len(found))
        asked = found_at[np.asarray(places, np.int64)]
        page = asked[asked >= 0][query.offset : query.offset + query.limit]
        return self._hits(found[page], chosen[0], plan, query)

    def item(self, id: str) -> Item | None:
        """See the port."""
        row = self._row(id)
        return None if row is None else self._items.item(row)

    def _row(self, id: str) -> int | None:
        """The first row of an item."""
        found = self._reader.postings(ID_FIELD, id)
        return None if found is None else int(found[0][0])

    def items(self) -> Iterator[Item]:
        """See the port."""
        # Past the cache: all items would put out those that queries need. The last number is the end of the rows.
        return (self._items.read_item(row) for row in self._doc_values.first_row[:-1].tolist())

    def spans(self, query: Query, item: Item) -> Mapping[str, tuple[Span, ...]]:
        """See the port."""
        plan = self._compiler.plan(query)
        first = self._row(item.id)
        if first is None:
            return {}
        own = self._items.item(first)
        versions = list(enumerate(own.versions, start=first))
        marks = self._marks(plan, versions)
        near = self._compiler.relax(query) if query.match == "best" else None
        matching = np.broadcast_to(
            plan.matches(self._evaluator.holds(np.arange(first, first + len(versions)))), len(versions)
        )
        others = self._marks(near, versions) if near and not matching.all() else marks
        return {
            version.language: visible_spans([own[place] for own in (marks if matching[place] else others)])
            for place, (_, version) in enumerate(versions)
        }

    def similar(self, id: str, limit: int = 5) -> tuple[Hit, ...]:
        """See the port."""
        first = self._row(id)
        if first is None:
            return ()
        doc_values = self._doc_values
        plan = like(self._items.item(first), doc_values.rows, self._postings.frequency)
        matching = self._evaluator.evaluate(plan.step)
        # One more than asked for, since the item itself is found as well.
        found = sort_by_score(best_rows(matching, doc_values), doc_values, limit + 1)
        others = np.flatnonzero(doc_values.item_of_row[found.rows] != doc_values.item_of_row[first])[:limit]
        return self._hits(found[others], matching[0], plan, parse())

    def suggest(self, text: str, limit: int = 8) -> tuple[Completion, ...]:
        """See the port."""
        return self._completer.completions(text, limit)

    def close(self) -> None:
        """See the port."""
        self._reader.close()
        for cached in (self._postings, self._items, self._compiler, self._doc_values):
            cached.clear()

    # ------------------------------------------------------------------------------------------------------ counting

    def _masks(self, filters: Iterable[FieldFilter]) -> list[Mask]:
        """The masks of the rows that pass filters."""
        return [self._doc_values.mask(each.field, each.values) for each in filters]

    def _filter(self, matching: ScoredRows, chosen: Sequence[FieldFilter]) -> ScoredRows:
        """The matching rows that have the values chosen in facets."""
        rows, scores = matching
        for mask in self._masks(chosen):
            held = mask[rows]
            rows, scores = rows[held], scores[held]
        return rows, scores

    def _facets(self, matching: ScoredRows, chosen: ScoredRows, choices: Sequence[FieldFilter]) -> tuple[Facet, ...]:
        """Facets of all fields; each is counted among the rows that the choices in the other fields leave.

        Args:
            matching: the rows that the query matches.
            chosen: the rows that all choices leave.
            choices: the values chosen in facets.
        """
        doc_values = self._doc_values
        rows = chosen[0]
        # Fields without a choice of their own are counted among the same rows: one of each item, worked out once.
        items = doc_values.one_per_item(rows)
        own = {choice.field: choice.values for choice in choices}
        facets = []
        for name, field in FIELDS.items():
            if name in own:
                left = self._filter(matching, [choice for choice in choices if choice.field != name])[0]
                facet = doc_values.facet(field, left, doc_values.one_per_item(left))
                facets.append(replace(facet, chosen=tuple(sorted(own[name]))))
            else:
                facets.append(doc_values.facet(field, rows, items))
        return tuple(facets)

    def _exclusions(self, plan: Plan, query: Query) -> tuple[Message, ...]:
        def meet(one: FieldFilter, other: FieldFilter) -> bool:
            masks = (self._doc_values.mask(each.field, each.values) for each in (one, other))
            return bool(np.logical_and(*masks).any())

        return exclusions(query.tree, query.chosen, plan.chosen, self._compiler.field_filter, meet)

    def _correction(self, plan: Plan, unknown: Sequence[Leaf], query: Query, *, found: bool) -> str | None:
        """A corrected query, if it finds something."""
        tree = correct_tree(query.tree, query.meant, plan, self._open_lexicon(), unknown) if unknown else None
        tree = tree or (None if found else join_filters(query.tree))
        if tree is None:
            return None
        better = replace(query, text=render(tree), tree=tree)
        other = self._compiler.plan(better)
        return better.text if len(self._filter(self._evaluator.evaluate(other.step), other.chosen)[0]) else None

    # ------------------------------------------------------------------------------------------------------- ranking

    def _page(self, found: TopDocs, plan: Plan, query: Query) -> TopDocs:
        """The items of the page that is asked for, in order."""
        page = slice(query.offset, query.offset + query.limit)
        # Rows are in document order, and so is what was found.
        if query.sort == "document":
            return found[page]
        if query.sort in ("date", "oldest"):
            return sort_by_day(found, self._doc_values.days[found.rows], oldest_first=query.sort == "oldest")[page]
        # A single leaf stands close to no other.
        if len(plan.leaves) < 2 or not len(found):
            return sort_by_score(found, self._doc_values, page.stop)[page]
        first = self._boost(select_best(found, self._doc_values, RERANK_DEPTH), plan)
        reranked = sort_by_score(first, self._doc_values, RERANK_DEPTH)
        if page.stop <= RERANK_DEPTH:
            return reranked[page]
        # The items behind the reranked ones keep their order and scores.
        rest = sort_by_score(found, self._doc_values, page.stop)[RERANK_DEPTH:]
        rows = np.concatenate((reranked.rows, rest.rows))
        return TopDocs(rows, np.concatenate((reranked.scores, rest.scores)))[page]

    def _boost(self, found: TopDocs, plan: Plan) -> TopDocs:
        """The same items with the proximity boost added to their scores."""
        leaves = [self._postings.matches(leaf) for leaf in plan.leaves]
        # Words of an alternative that a text does not have as a whole bring nothing by standing close together.
        if plan.branched:
            counts = self._evaluator.leaf_counts(plan, found.rows)
            leaves = [own.restrict_to(found.rows[each > 0]) for own, each in zip(leaves, counts, strict=True)]
        return TopDocs(found.rows, found.scores + proximity_boosts(found.rows, leaves))

    def _partial_hits(self, full: Numbers, found: int, query: Query) -> tuple[tuple[Hit, ...], int]:
        """The partial hits of the page, and the number of all.

        Args:
            full: the rows that have all parts.
            found: the number of their items, behind which the hits stand.
            query: the query.
        """
        plan = self._compiler.relax(query, found=found > 0) if query.match == "best" or not found else None
        if plan is None:
            return (), 0
        if found >= query.offset + query.limit:
            # The page is full, and only their number is asked for, which takes no scores.
            mask = self._evaluator.mask(plan.step)
            for held in self._masks(plan.chosen):
                mask = mask & held
            return (), self._doc_values.count_others(mask, full)
        behind = partial_page(query, found)
        matching = self._filter(self._evaluator.evaluate(plan.step), plan.chosen)
        near = best_rows(matching, self._doc_values)
        if found:
            near = near[self._doc_values.others(near.rows, full)]
        page = self._page(near, plan, behind)
        return self._hits(page, matching[0], plan, behind, _reranked_hits(behind)), len(near)

    # ---------------------------------------------------------------------------------------------------------- hits

    def _hits(self, page: TopDocs, matching: Numbers, plan: Plan, query: Query, reranked: int = 0) -> tuple[Hit, ...]:
        """The hits of a page.

        Args:
            page: the items of the page, in order.
            matching: all rows that match.
            plan: the plan of the query.
            query: says whether the scores are explained.
            reranked: the number of hits, from the first, whose scores hold a proximity boost.
        """
        firsts = self._doc_values.first_rows(page.rows)
        items = [self._items.item(first) for first in firsts]
        places = zip(page.rows.tolist(), firsts, items, strict=True)
        rows = [(row, item.versions[row - first]) for row, first, item in places]
        snippets = self._snippets(plan, rows)
        lacking = self._evaluator.lacking(plan, page.rows) if plan.partial else [()] * len(rows)
        hits = []
        for place, (score, item, (row, version)) in enumerate(zip(page.scores.tolist(), items, rows, strict=True)):
            explained = self._explain(row, version, plan, boosted=place < reranked) if query.explain else ()
            languages = self._languages(item, firsts[place], matching)
            hits.append(Hit(item, version, score, languages, snippets[place], lacking[place], explained))
        return tuple(hits)

    def _cited_hits(self, plan: Plan, query: Query) -> Iterator[Hit]:
        """Hits of the items that a query cites, as many as a page holds."""
        firsts = [row for each in query.cited if (row := self._row(each)) is not None]
        left = 0
        for first in firsts:
            item = self._items.item(first)
            rows = np.arange(first, first + len(item.versions))
            versions = [
                item.versions[row - first] for row in self._filter((rows, np.zeros(len(rows))), plan.chosen)[0].tolist()
            ]
            if versions and left < query.limit:
                left += 1
                languages = tuple(each.language for each in versions)
                yield Hit(item, versions[0], 0.0, languages, snippet_of(versions[0], ()))

    def _snippets(self, plan: Plan, rows: Sequence[RowVersion]) -> list[Snippet]:
        """The snippets of some rows."""
        if not plan.branched:
            return self._items.snippets(plan.leaves, rows)
        marks = self._marks(plan, rows)
        return [snippet_of(version, [own[place] for own in marks]) for place, (_, version) in enumerate(rows)]

    def _marks(self, plan: Plan, rows: Sequence[RowVersion]) -> list[list[tuple[TermMark, ...]]]:
        """The marks of each leaf of a plan, by row, in matching branches only."""
        marks = [self._items.marks(leaf, rows) for leaf in plan.leaves]
        if not plan.branched:
            return marks
        leaf_counts = self._evaluator.leaf_counts(plan, np.array([row for row, _ in rows], np.int64))
        return [
            [found if count else () for found, count in zip(own, counts.tolist(), strict=True)]
            for own, counts in zip(marks, leaf_counts, strict=True)
        ]

    def _languages(self, item: Item, first: int, matching: Numbers) -> tuple[str, ...]:
        """The languages in which an item matches."""
        if len(item.versions) == 1:
            return (item.versions[0].language,)
        # The rows of an item follow each other, so that those that match are one stretch.
        start, end = matching.searchsorted((first, first + len(item.versions))).tolist()
        return tuple(item.versions[row - first].language for row in matching[start:end].tolist())

    def _explain(self, row: int, version: Version, plan: Plan, *, boosted: bool) -> tuple[Explained, ...]:
        """The shares of the score of a row; ``boosted`` says that the score holds a proximity boost."""
        offsets = self._items.token_offsets(row)
        factors = self._postings.factors(row)
        parts: list[Explained] = []
        matches = [self._postings.matches(leaf) for leaf in plan.leaves]
        counts = [each.item() for each in self._evaluator.leaf_counts(plan, np.array([row]))]
        for leaf, own, count in zip(plan.leaves, matches, counts, strict=True):
            if count:
                (occurrences,) = own.occurrences(leaf, [row])
                score = own.scores.item(int(own.rows.searchsorted(row))) * count
                parts += shares(leaf, version, offsets, occurrences, score, factors=factors)
        if boosted and matches:
            # From a score of 0, so that what comes back is the boost.
            (boost,) = self._boost(TopDocs(np.array([row]), np.zeros(1)), plan).scores.tolist()
            parts += proximity(plan, boost)
        return tuple(parts)


def _reranked_hits(query: Query) -> int:
    """The number of reranked hits of a page, from the first."""
    return RERANK_DEPTH - query.offset if query.sort == "relevance" else 0
