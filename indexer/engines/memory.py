"""Memory engine: slow and obvious, the oracle of the others.

Every query looks at every word of every version, and nothing is optimised, so that tests can compare the engine that
serves with it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path

from indexer.analysis.fields import FIELDS, Field, FieldVocabulary, values_of
from indexer.analysis.schema import HEADING_AT, Term
from indexer.engines.base import MEMORY, Progress
from indexer.engines.memory_matching import (
    IndexedVersion,
    RowScores,
    count_beside,
    counting_occurrences,
    holds_in,
    index_version,
    leaf_counts,
    occurrences,
    term_marks,
)
from indexer.model import (
    Completion,
    Count,
    Explained,
    Facet,
    Hit,
    Item,
    Message,
    Publication,
    Query,
    Results,
    Span,
    json,
    message,
    partial_page,
)
from indexer.model.errors import BadIndex
from indexer.query.compiler import Compiler
from indexer.query.lexicon import Lexicon
from indexer.query.parser import parse, render
from indexer.query.plan import (
    AndQuery,
    FieldFilter,
    Leaf,
    MatchAll,
    NearQuery,
    NotQuery,
    OrQuery,
    Pattern,
    Plan,
    PlanNode,
    TermsQuery,
)
from indexer.query.thesaurus import Thesaurus
from indexer.search.bm25f import HEADING, K1, PROXIMITY_BOOST, PROXIMITY_WINDOW, RERANK_DEPTH, idf, length_factor
from indexer.search.completion import Completer
from indexer.search.exclusions import exclusions, join_filters
from indexer.search.explain import proximity, shares
from indexer.search.hits import snippet_of, visible_spans
from indexer.search.more_like_this import like
from indexer.search.sort_keys import by_day, by_tie, day_of, in_order, meeting_key
from indexer.search.suggest import correct_tree, lexicon_counts
from indexer.storage.atomic import storage_errors

_FILE = "publication.json"


@dataclass(frozen=True)
class _MatchedItem:
    """An item that matches.

    Attributes:
        row: its best row.
        score: the score of that row, the proximity boost included.
        rows: all its rows that match.
        boost: the proximity boost in the score.
    """

    row: IndexedVersion
    score: float
    rows: tuple[IndexedVersion, ...]
    boost: float = 0.0


class MemoryIndex:
    """An opened publication; see the port for its methods."""

    def __init__(self, publication: Publication, memory: int) -> None:
        meetings = {meeting.key: meeting for meeting in publication.meetings}
        self._items = {item.id: item for item in in_order(publication)}
        self._days = {item.id: day_of(item, meetings) for item in self._items.values()}
        self._rows = [
            index_version(item, version, values_of(item, version, meetings[meeting_key(item)]))
            for item in self._items.values()
            for version in item.versions
        ]
        # An empty index has no average length; max() keeps it from dividing by zero.
        self._text_average = sum(row.text_length for row in self._rows) / max(1, len(self._rows))
        self._heading_average = sum(row.heading_length for row in self._rows) / max(1, len(self._rows))
        headings = Counter(row.version.heading for row in self._rows if row.version.heading)
        self._lexicon = Lexicon.of(lexicon_counts(row.positions for row in self._rows), headings)
        values = {field: sorted({value for row in self._rows for value in row.values[field]}) for field in FIELDS}
        self._vocabulary = FieldVocabulary(
            publication.bodies, publication.meetings, {field: tuple(own) for field, own in values.items()}
        )
        self._compiler = Compiler(
            self._vocabulary,
            lambda: self._lexicon,
            lambda: Thesaurus.of(publication.concepts),
            lambda: publication.dictionaries,
            self._frequency,
            memory,
        )
        beside = partial(count_beside, self._rows, self._compiler)
        self._completer = Completer(self._lexicon, publication.concepts, self._vocabulary, self._count, beside)

    # ------------------------------------------------------------------------------------------------------ the port

    def search(self, query: Query) -> Results:
        """See the port."""
        plan = self._compiler.plan(query)
        scores = self._scores(plan.step)
        found = self._matching_items(scores, plan.chosen)
        also, translations = plan.also(lambda leaf: self._occurring_patterns(leaf, plan.filters))
        partial, partial_total = self._partial_hits(found, query)
        return Results(
            total=len(found),
            hits=self._page(self._sort(found, plan, query), plan, query),
            facets=tuple(self._facet(field, scores, plan.chosen) for field in FIELDS.values()),
            understood=render(query.tree),
            notes=query.notes + plan.notes + (() if found else self._exclusions(plan, query)),
            also=also,
            translations=translations,
            partial=partial,
            did_you_mean=self._correction(plan, query, found=bool(found)),
            cited=tuple(self._cited_hits(plan, query)),
            partial_total=partial_total,
        )

    def hits_in_order(self, query: Query, places: Sequence[int]) -> tuple[Hit, ...]:
        """See the port."""
        plan = self._compiler.plan(query)
        found = {each.row.item.id: each for each in self._matching_items(self._scores(plan.step), plan.chosen)}
        ids = list(self._items)
        return self._page([found[ids[place]] for place in places if ids[place] in found], plan, query)

    def item(self, id: str) -> Item | None:
        """See the port."""
        return self._items.get(id)

    def items(self) -> Iterator[Item]:
        """See the port."""
        return iter(self._items.values())

    def spans(self, query: Query, item: Item) -> Mapping[str, tuple[Span, ...]]:
        """See the port."""
        plan = self._compiler.plan(query)
        near = self._compiler.relax(query) if query.match == "best" else None
        marks: dict[str, tuple[Span, ...]] = {}
        for row in self._rows:
            if row.item.id == item.id:
                best = near if near and not plan.matches(holds_in(row)) else plan
                marks[row.version.language] = visible_spans(term_marks(best, row))
        return marks

    def similar(self, id: str, limit: int = 5) -> tuple[Hit, ...]:
        """See the port."""
        item = self.item(id)
        if item is None:
            return ()
        plan = like(item, len(self._rows), self._frequency)
        found = [each for each in self._matching_items(self._scores(plan.step), ()) if each.row.item.id != id]
        found.sort(key=_by_score)
        return self._page(found, plan, parse(limit=limit))

    def suggest(self, text: str, limit: int = 8) -> tuple[Completion, ...]:
        """See the port."""
        return self._completer.completions(text, limit)

    @property
    def nbytes(self) -> int:
        """See the port."""
        return self._compiler.nbytes

    def close(self) -> None:
        """See the port."""
        self._compiler.clear()

    # ------------------------------------------------------------------------------------------------------ matching

    def _scores(self, node: PlanNode) -> RowScores:
        """The rows that a node of a plan matches, and their scores."""
        match node:
            case TermsQuery() | NearQuery():
                return self._leaf_scores(node)
            case AndQuery(parts):
                each = [self._scores(part) for part in parts]
                return {row: sum(scores[row] for scores in each) for row in each[0] if all(row in s for s in each)}
            case OrQuery(parts):
                each = [self._scores(part) for part in parts]
                rows = [row for row in self._rows if any(row in scores for scores in each)]
                return {row: sum(scores[row] for scores in each if row in scores) for row in rows}
            case NotQuery(part):
                without = self._scores(part)
                return {row: 0.0 for row in self._rows if row not in without}
            case FieldFilter():
                return {row: 0.0 for row in self._rows if row.has_any(node)}
            case MatchAll():
                return dict.fromkeys(self._rows, 0.0)

    def _leaf_scores(self, leaf: Leaf) -> RowScores:
        """BM25F scores of the rows that a leaf matches; see ``search.bm25f``."""
        frequencies = {
            row: sum(self._weight(row, position, pattern) for position, pattern in found.items())
            for row in self._rows
            if (found := occurrences(leaf, row))
        }
        rarity = idf(len(self._rows), len(frequencies))
        return {row: rarity * frequency * (K1 + 1) / (frequency + K1) for row, frequency in frequencies.items()}

    def _weight(self, row: IndexedVersion, position: int, pattern: Pattern) -> float:
        """The weight of an occurrence: of its pattern and its field, divided by the field's length factor."""
        text_factor, heading_factor = self._length_factors(row)
        # Multiplied by the quotient, as the array engines do: scores must be equal to the last bit.
        if position < HEADING_AT:
            return pattern.weight * (1 / text_factor)
        return pattern.weight * (HEADING / heading_factor)

    def _length_factors(self, row: IndexedVersion) -> tuple[float, float]:
        return (
            length_factor(row.text_length, self._text_average),
            length_factor(row.heading_length, self._heading_average),
        )

    # ------------------------------------------------------------------------------------------------------ counting

    def _count(self, text: str) -> int:
        return self.search(parse(text, limit=0)).total

    def _matching_items(self, scores: RowScores, chosen: Iterable[FieldFilter]) -> list[_MatchedItem]:
        """The items that have a matching row with the chosen values."""
        rows: dict[str, list[IndexedVersion]] = {}
        for row in scores:
            if all(map(row.has_any, chosen)):
                rows.setdefault(row.item.id, []).append(row)
        best = [(max(several, key=lambda row: scores[row]), several) for several in rows.values()]
        return [_MatchedItem(row, scores[row], tuple(several)) for row, several in best]

    def _facet(self, field: Field, scores: RowScores, chosen: Sequence[FieldFilter]) -> Facet:
        # A facet's own choice is left out, so that its other values show what choosing them would find.
        others = [choice for choice in chosen if choice.field != field.name]
        counts: Counter[str] = Counter()
        for found in self._matching_items(scores, others):
            # A set, since an item counts once for a value however many of its rows have it.
            counts.update({value for row in found.rows for value in row.values[field.name]})
        if field.newest_first:
            ordered = sorted(counts, reverse=True)
        else:
            ordered = sorted(counts, key=lambda value: (-counts[value], value))
        own = (value for choice in chosen if choice.field == field.name for value in choice.values)
        return Facet(field.name, tuple(Count(value, counts[value]) for value in ordered), tuple(sorted(own)))

    def _exclusions(self, plan: Plan, query: Query) -> tuple[Message, ...]:
        def meet(one: FieldFilter, other: FieldFilter) -> bool:
            return any(row.has_any(one) and row.has_any(other) for row in self._rows)

        return exclusions(query.tree, query.chosen, plan.chosen, self._compiler.field_filter, meet)

    def _correction(self, plan: Plan, query: Query, *, found: bool) -> str | None:
        """A corrected query, if it finds something."""
        unknown = [leaf for leaf in plan.leaves if not any(occurrences(leaf, row) for row in self._rows)]
        tree = correct_tree(query.tree, query.meant, plan, self._lexicon, unknown) or (
            None if found else join_filters(query.tree)
        )
        if tree is None:
            return None
        better = replace(query, text=render(tree), tree=tree)
        other = self._compiler.plan(better)
        return better.text if self._matching_items(self._scores(other.step), other.chosen) else None

    # ------------------------------------------------------------------------------------------------------- ranking

    def _sort(self, found: list[_MatchedItem], plan: Plan, query: Query) -> list[_MatchedItem]:
        if query.sort != "relevance":
            order = list(self._items)
            found = sorted(found, key=lambda each: order.index(each.row.item.id))
            if query.sort == "document":
                return found
            # Sorting is stable: items of one day stay in the order of the documents.
            oldest = query.sort == "oldest"
            return sorted(found, key=lambda each: by_day(self._days[each.row.item.id], oldest_first=oldest))
        found = sorted(found, key=_by_score)
        first, rest = found[:RERANK_DEPTH], found[RERANK_DEPTH:]
        boosts = [self._proximity_boost(each.row, plan) for each in first]
        boosted = [
            replace(each, score=each.score + boost, boost=boost) for each, boost in zip(first, boosts, strict=True)
        ]
        # The rest stays behind the reranked items whatever their scores, as the port's other engines have it.
        return sorted(boosted, key=_by_score) + rest

    def _cited_hits(self, plan: Plan, query: Query) -> Iterator[Hit]:
        """Hits of the items that a query cites, on the first page."""
        rows = [row for row in self._rows if row.item.id in query.cited and not query.offset]
        found = self._matching_items(dict.fromkeys(rows, 0.0), plan.chosen)
        found.sort(key=lambda each: query.cited.index(each.row.item.id))
        for each in found[: query.limit]:
            languages = tuple(row.version.language for row in each.rows)
            yield Hit(each.row.item, each.row.version, 0.0, languages, snippet_of(each.row.version, ()))

    def _partial_hits(self, found: Sequence[_MatchedItem], query: Query) -> tuple[tuple[Hit, ...], int]:
        """Partial hits of the page, behind those found, and the number of all."""
        plan = self._compiler.relax(query, found=bool(found)) if query.match == "best" or not found else None
        if plan is None:
            return (), 0
        full = {each.row.item.id for each in found}
        matching = self._matching_items(self._scores(plan.step), plan.chosen)
        near = [each for each in matching if each.row.item.id not in full]
        behind = partial_page(query, len(found))
        return self._page(self._sort(near, plan, behind), plan, behind), len(near)

    def _proximity_boost(self, row: IndexedVersion, plan: Plan) -> float:
        """Proximity boost of a row, for leaves that stand close together; see ``search.bm25f``."""
        placed = sorted(
            (position, leaf) for leaf, found in enumerate(counting_occurrences(plan, row)) for position, _ in found
        )
        gathered = 0.0
        for (before, left), (position, right) in pairwise(placed):
            distance = position - before
            # A distance of 0 is two leaves that match the same word, which is no proximity.
            if left != right and 0 < distance <= PROXIMITY_WINDOW:
                rarity = min(self._rarity(plan.leaves[left]), self._rarity(plan.leaves[right]))
                gathered += rarity / (distance * distance)
        return PROXIMITY_BOOST * gathered * (K1 + 1) / (gathered + K1)

    def _occurring_patterns(self, leaf: Leaf, filters: Sequence[FieldFilter]) -> list[Pattern]:
        """The patterns of a leaf that count in a row that passes filters, in order."""
        rows = (row for row in self._rows if all(map(row.has_any, filters)))
        found = {pattern for row in rows for pattern in occurrences(leaf, row).values()}
        return [pattern for pattern in leaf.patterns if pattern in found]

    def _frequency(self, term: Term) -> int:
        return sum(term in row.positions for row in self._rows)

    def _rarity(self, leaf: Leaf) -> float:
        return idf(len(self._rows), sum(1 for row in self._rows if occurrences(leaf, row)))

    # ---------------------------------------------------------------------------------------------------------- hits

    def _page(self, found: Sequence[_MatchedItem], plan: Plan, query: Query) -> tuple[Hit, ...]:
        page = found[query.offset : query.offset + query.limit]
        return tuple(self._hit(each, plan, query) for each in page)

    def _hit(self, found: _MatchedItem, plan: Plan, query: Query) -> Hit:
        row = found.row
        languages = tuple(each.version.language for each in found.rows)
        explained = self._explain(found, plan) if query.explain else ()
        lacks = plan.lacking(holds_in(row)) if plan.partial else ()
        shown = snippet_of(row.version, term_marks(plan, row))
        return Hit(row.item, row.version, found.score, languages, shown, lacks, explained)

    def _explain(self, matched: _MatchedItem, plan: Plan) -> tuple[Explained, ...]:
        row, factors = matched.row, self._length_factors(matched.row)
        own, counts = counting_occurrences(plan, row), leaf_counts(plan, row)
        parts: list[Explained] = []
        for leaf, found, count in zip(plan.leaves, own, counts, strict=True):
            if found:
                # A leaf in several matching branches is summed once for each of them.
                score = self._leaf_scores(leaf)[row] * count
                parts += shares(leaf, row.version, row.offsets, found, score, factors=factors)
        return (*parts, *proximity(plan, matched.boost))


def _by_score(found: _MatchedItem) -> tuple[float, tuple[bool, str]]:
    return -found.score, by_tie(found.row.item)


class MemoryEngine:
    """The engine by its port: one file on disk, and all of it in memory once opened."""

    name = "memory"

    def publish(self, folder: Path, publication: Publication, progress: Progress) -> None:
        """See the port."""
        with storage_errors(folder):
            (folder / _FILE).write_bytes(json.encode(publication))
        progress(len(publication.items), len(publication.items))

    def open(self, folder: Path, memory: int = MEMORY) -> MemoryIndex:
        """See the port."""
        try:
            return MemoryIndex(json.decode((folder / _FILE).read_bytes(), Publication), memory)
        except (OSError, json.CodecError, KeyError) as error:  # KeyError: an item of a meeting that is not there
            raise BadIndex(message("index-unreadable", str(folder), str(error))) from error
