"""An opened generation: questions in, results out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from indexer.engines.whoosh.arrays import Mask, Numbers
from indexer.engines.whoosh.codec.reader import IndexReader
from indexer.engines.whoosh.collector import TopDocs, best, best_rows, by_rank, by_score, lifts
from indexer.engines.whoosh.doc_values import NO_VALUE, DocValues
from indexer.engines.whoosh.evaluator import Evaluator, Matching
from indexer.engines.whoosh.metadata import IndexMetadata, read_lexicon, read_metadata, read_thesaurus
from indexer.engines.whoosh.postings import Postings, among
from indexer.engines.whoosh.store import ItemStore, Shown
from indexer.model import FIELDS, Explained, Facet, Hit, Item, Question, Results, Span, Version
from indexer.model.errors import BadIndex
from indexer.query.compiler import Compiler
from indexer.query.lexicon import Lexicon
from indexer.query.parser import render
from indexer.query.plan import FieldFilter, Leaf, Plan
from indexer.query.thesaurus import Thesaurus
from indexer.search.bm25f import RERANK_DEPTH
from indexer.search.explain import proximity, shares
from indexer.search.hits import TermMark, hit, visible_spans
from indexer.search.more_like_this import like
from indexer.search.suggest import completions, correct_query

ID = "id"
"""The field whose terms are the ids of items, each at its first row."""


class WhooshIndex:
    """See the port. Nothing in it changes but what is kept for later, so that threads can share it."""

    def __init__(self, folder: Path, memory: int) -> None:
        self._folder = folder
        self._head: IndexMetadata = read_metadata(folder)
        self._files = IndexReader(folder, self._head.layout, {name: crc for name, (_, crc) in self._head.files.items()})
        try:
            self._columns = self._read_columns(memory // 8)
            lengths = self._files.numbers("text_words"), self._files.numbers("heading_words")
        except BadIndex:
            self._files.close()
            raise
        self._postings = Postings(self._files, *lengths, memory // 2)
        self._evaluator = Evaluator(self._postings, self._columns)
        self._items = ItemStore(folder, self._files, self._postings, memory // 4)
        self._lexicon: Lexicon | None = None
        self._compiler = Compiler(
            self._head.holdings, self._words, self._equivalents, self._postings.frequency, memory // 8
        )

    def _read_columns(self, memory: int) -> DocValues:
        numbers = self._files.numbers
        codes = {field: numbers(field) for field in FIELDS}
        values = self._head.values
        if any(code.max(initial=NO_VALUE) >= len(values.get(field, ())) for field, code in codes.items()):
            raise BadIndex(f"{self._folder}: the index is damaged. `indexer build` makes a new one.")
        return DocValues(numbers("item"), codes, values, numbers("tie"), numbers("day"), memory)

    def _words(self) -> Lexicon:
        if self._lexicon is None:
            self._lexicon = read_lexicon(self._folder, self._head)
        return self._lexicon

    def _equivalents(self) -> Thesaurus:
        return read_thesaurus(self._folder, self._head)

    @property
    def nbytes(self) -> int:
        """See the port."""
        return self._postings.nbytes + self._items.nbytes + self._compiler.nbytes + self._columns.nbytes

    # ------------------------------------------------------------------------------------------------------ the port

    def search(self, question: Question) -> Results:
        """See the port."""
        plan = self._compiler.plan(question)
        matching = self._evaluator.matching(plan.step)
        chosen = self._chosen(matching, plan.chosen)
        found = best_rows(chosen, self._columns)
        unknown = [leaf for leaf in plan.leaves if not len(self._postings.matches(leaf).rows)]
        return Results(
            total=len(found),
            hits=self._hits(self._page(found, plan, question), chosen[0], plan, question, _lifted(question)),
            facets=self._facets(matching, chosen, plan.chosen),
            understood=render(plan.tree),
            notes=plan.notes,
            also=plan.also(self._postings.occurring),
            partial=() if len(found) else self._partial(question),
            did_you_mean=self._better(plan, unknown, question) if unknown else None,
        )

    def hits_in_order(self, question: Question, places: Sequence[int]) -> tuple[Hit, ...]:
        """See the port."""
        plan = self._compiler.plan(question)
        chosen = self._chosen(self._evaluator.matching(plan.step), plan.chosen)
        found = best_rows(chosen, self._columns)
        found_at = np.full(self._columns.items, -1)
        found_at[self._columns.item_of_row[found.rows]] = np.arange(len(found))
        asked = found_at[np.asarray(places, np.int64)]
        page = asked[asked >= 0][question.offset : question.offset + question.limit]
        return self._hits(found[page], chosen[0], plan, question)

    def item(self, id: str) -> Item | None:
        """See the port."""
        row = self._row(id)
        return None if row is None else self._items.item(row)

    def _row(self, id: str) -> int | None:
        """The first row of an item."""
        found = self._files.postings(ID, id)
        return None if found is None else int(found[0][0])

    def items(self) -> Iterator[Item]:
        """See the port."""
        return (self._items.read(row) for row in self._columns.first_row[:-1].tolist())

    def spans(self, question: Question, item: Item) -> Mapping[str, tuple[Span, ...]]:
        """See the port."""
        plan = self._compiler.plan(question)
        first = self._row(item.id)
        if first is None:
            return {}
        own = self._items.item(first)
        versions = list(enumerate(own.versions, start=first))
        marks = zip(*self._marks(plan, versions), strict=True)
        found = [visible_spans(each) for each in marks] or [()] * len(versions)
        return {version.language: spans for (_, version), spans in zip(versions, found, strict=True)}

    def similar(self, id: str, limit: int = 5) -> tuple[Hit, ...]:
        """See the port."""
        first = self._row(id)
        if first is None:
            return ()
        columns = self._columns
        plan = like(self._items.item(first), columns.rows, self._postings.frequency)
        matching = self._evaluator.matching(plan.step)
        found = by_score(best_rows(matching, columns), columns, limit + 1)
        others = np.flatnonzero(columns.item_of_row[found.rows] != columns.item_of_row[first])[:limit]
        return self._hits(found[others], matching[0], plan, Question())

    def suggest(self, text: str, limit: int = 8) -> tuple[str, ...]:
        """See the port."""
        return completions(text, self._words(), self._head.holdings.languages, limit)

    def close(self) -> None:
        """See the port."""
        self._files.close()
        for each in (self._postings, self._items, self._compiler, self._columns):
            each.clear()

    # ------------------------------------------------------------------------------------------------------ counting

    def _chosen(self, matching: Matching, chosen: Sequence[FieldFilter]) -> Matching:
        rows, scores = matching
        for choice in chosen:
            kept = self._columns.mask(choice.field, choice.values)[rows]
            rows, scores = rows[kept], scores[kept]
        return rows, scores

    def _facets(self, matching: Matching, chosen: Matching, choices: Sequence[FieldFilter]) -> tuple[Facet, ...]:
        """Each field is counted among what the choices in the other fields leave."""
        columns = self._columns
        rows = chosen[0]
        items = columns.one_per_item(rows)
        own = {choice.field for choice in choices}
        facets = []
        for field in FIELDS:
            if field in own:
                left = self._chosen(matching, [choice for choice in choices if choice.field != field])[0]
                facets.append(columns.facet(field, left if field == "lang" else columns.one_per_item(left)))
            else:
                facets.append(columns.facet(field, rows if field == "lang" else items))
        return tuple(facets)

    def _better(self, plan: Plan, unknown: Sequence[Leaf], question: Question) -> str | None:
        """A better question, if it finds something."""
        better = correct_query(plan, self._words(), unknown)
        if better is None:
            return None
        other = self._compiler.plan(replace(question, text=better))
        return better if len(self._chosen(self._evaluator.matching(other.step), other.chosen)[0]) else None

    # ------------------------------------------------------------------------------------------------------- ranking

    def _page(self, found: TopDocs, plan: Plan, question: Question) -> TopDocs:
        """The page that is asked for, in order."""
        page = slice(question.offset, question.offset + question.limit)
        if question.sort == "document":
            return found[page]
        if question.sort == "date":
            return by_rank(found, self._columns.days[found.rows])[page]
        if len(plan.leaves) < 2 or not len(found):
            return by_score(found, self._columns, page.stop)[page]
        lifted = by_score(self._lifted(best(found, self._columns, RERANK_DEPTH), plan), self._columns, RERANK_DEPTH)
        if page.stop <= RERANK_DEPTH:
            return lifted[page]
        rest = by_score(found, self._columns, page.stop)[RERANK_DEPTH:]
        return TopDocs(np.concatenate((lifted.rows, rest.rows)), np.concatenate((lifted.scores, rest.scores)))[page]

    def _lifted(self, found: TopDocs, plan: Plan) -> TopDocs:
        leaves = [self._postings.matches(leaf) for leaf in plan.leaves]
        if plan.branched:
            times = self._times(plan, found.rows)
            leaves = [own.only(found.rows[each > 0]) for own, each in zip(leaves, times, strict=True)]
        lift = lifts(found.rows, leaves)
        return TopDocs(found.rows, found.scores + lift)

    def _times(self, plan: Plan, rows: Numbers) -> list[Numbers]:
        """How often each leaf of a plan counts in each of some rows."""

        def holds(step: Leaf | FieldFilter) -> Mask:
            if isinstance(step, FieldFilter):
                return self._columns.mask(step.field, step.values)[rows]
            return among(rows, self._postings.matches(step).rows)

        return plan.times(holds)

    def _partial(self, question: Question) -> tuple[Hit, ...]:
        """The best that has some of the words, with what lacks the fewest first."""
        plan = self._compiler.relax(question)
        if plan is None:
            return ()
        matching = self._chosen(self._evaluator.matching(plan.step), plan.chosen)
        found = best_rows(matching, self._columns)
        times = dict(zip(plan.leaves, self._times(plan, found.rows), strict=True))
        lacking = sum(sum(times[leaf] for leaf in ways) == 0 for _, ways in plan.ways())
        ties = self._columns.ties[found.rows]
        order = np.lexsort((ties, -found.scores, lacking))
        page = found[order[question.offset : question.offset + question.limit]]
        return self._hits(page, matching[0], plan, question)

    # ---------------------------------------------------------------------------------------------------------- hits

    def _hits(
        self, page: TopDocs, matching: Numbers, plan: Plan, question: Question, lifted: int = 0
    ) -> tuple[Hit, ...]:
        """The hits of a page. ``matching`` are all rows that match, ``lifted`` is how many hits, from the first, have
        been lifted.
        """
        firsts = self._columns.first_rows(page.rows)
        items = [self._items.item(first) for first in firsts]
        places = zip(page.rows.tolist(), firsts, items, strict=True)
        rows = [(row, item.versions[row - first]) for row, first, item in places]
        marks = self._marks(plan, rows)
        hits = []
        for place, (score, item, (row, version)) in enumerate(zip(page.scores.tolist(), items, rows, strict=True)):
            explained = self._explained(row, version, plan, place < lifted) if question.explain else ()
            languages = self._languages(item, firsts[place], matching)
            hits.append(hit(plan, item, version, languages, score, [own[place] for own in marks], explained))
        return tuple(hits)

    def _marks(self, plan: Plan, rows: Sequence[Shown]) -> list[list[tuple[TermMark, ...]]]:
        """Where each leaf of a plan stands in the texts of some rows, as far as it is of a branch that matches."""
        marks = [self._items.marks(leaf, rows) for leaf in plan.leaves]
        if not plan.branched:
            return marks
        times = self._times(plan, np.array([row for row, _ in rows], np.int64))
        return [
            [found if count else () for found, count in zip(own, counts.tolist(), strict=True)]
            for own, counts in zip(marks, times, strict=True)
        ]

    def _languages(self, item: Item, first: int, matching: Numbers) -> tuple[str, ...]:
        """The languages in which an item matches."""
        if len(item.versions) == 1:
            return (item.versions[0].language,)
        start, end = matching.searchsorted((first, first + len(item.versions))).tolist()
        return tuple(item.versions[row - first].language for row in matching[start:end].tolist())

    def _explained(self, row: int, version: Version, plan: Plan, lifted: bool) -> tuple[Explained, ...]:
        places = self._items.places(row)
        factors = self._postings.factors(row)
        parts: list[Explained] = []
        matches = [self._postings.matches(leaf) for leaf in plan.leaves]
        times = [each.item() for each in self._times(plan, np.array([row]))]
        for leaf, own, count in zip(plan.leaves, matches, times, strict=True):
            if count:
                (occurrences,) = own.occurrences(leaf, [row])
                score = own.scores.item(int(own.rows.searchsorted(row))) * count
                parts += shares(leaf, version, places, occurrences, score, factors)
        if lifted and matches:
            (lift,) = self._lifted(TopDocs(np.array([row]), np.zeros(1)), plan).scores.tolist()
            parts += proximity(plan, lift)
        return tuple(parts)


def _lifted(question: Question) -> int:
    """How many hits of a page, from the first, have been lifted."""
    return RERANK_DEPTH - question.offset if question.sort == "relevance" else 0
