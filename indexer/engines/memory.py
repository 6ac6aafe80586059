"""The slow and obvious engine: every question looks at every word of every version. The oracle of the others."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from indexer.analysis.schema import HEADING_AT, Term, terms_of
from indexer.analysis.tokenizer import tokenize
from indexer.engines.base import MEMORY, Progress
from indexer.model import (
    FIELDS,
    Count,
    Explained,
    Facet,
    Hit,
    Item,
    Publication,
    Question,
    Results,
    Span,
    Version,
    json,
)
from indexer.model.errors import BadIndex
from indexer.query.compiler import Compiler
from indexer.query.fields import field_vocabulary, values_of
from indexer.query.lexicon import Lexicon
from indexer.query.parser import render
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
from indexer.search.explain import proximity, shares
from indexer.search.hits import Occurrence, TermMark, hit, place_marks, visible_spans
from indexer.search.more_like_this import like
from indexer.search.offsets import TokenOffsets
from indexer.search.sort_keys import by_date, by_tie, in_order, meeting_key
from indexer.search.suggest import completions, correct_query, lexicon_counts
from indexer.storage.atomic import storage_errors

_FILE = "publication.json"

RowScores = dict["_IndexedVersion", float]


@dataclass(frozen=True, eq=False)
class _IndexedVersion:
    """A version, ready to be matched. ``positions`` are those of each term, ascending."""

    item: Item
    version: Version
    values: Mapping[str, str]
    positions: Mapping[Term, Sequence[int]]
    places: TokenOffsets
    text_length: int
    heading_length: int


@dataclass(frozen=True)
class _MatchedItem:
    """An item that matches: its best row, the score of that and how much of it is lift, and all rows that match."""

    row: _IndexedVersion
    score: float
    rows: tuple[_IndexedVersion, ...]
    lift: float = 0.0


def _row(item: Item, version: Version, values: Mapping[str, str]) -> _IndexedVersion:
    positions: dict[Term, set[int]] = {}
    text, heading = (tokenize(part, version.language) for part in (version.text, version.heading))
    for tokens, base in ((text, 0), (heading, HEADING_AT)):
        for term, position in terms_of(tokens, version.language):
            positions.setdefault(term, set()).add(position + base)
    return _IndexedVersion(
        item,
        version,
        values,
        {term: sorted(places) for term, places in positions.items()},
        TokenOffsets.of_text(version.text, version.language),
        text[-1].position + 1 if text else 0,
        heading[-1].position + 1 if heading else 0,
    )


class MemoryIndex:
    """A publication held in memory."""

    def __init__(self, publication: Publication, memory: int) -> None:
        meetings = {meeting.key: meeting for meeting in publication.meetings}
        self._items = {item.id: item for item in in_order(publication)}
        self._by_date = sorted(self._items.values(), key=lambda item: by_date(item, meetings))
        self._rows = [
            _row(item, version, values_of(item, version, meetings[meeting_key(item)]))
            for item in self._items.values()
            for version in item.versions
        ]
        self._text_average = sum(row.text_length for row in self._rows) / max(1, len(self._rows))
        self._heading_average = sum(row.heading_length for row in self._rows) / max(1, len(self._rows))
        headings = Counter(row.version.heading for row in self._rows if row.version.heading)
        self._lexicon = Lexicon.of(lexicon_counts(row.positions for row in self._rows), headings)
        self._holdings = field_vocabulary(
            publication.bodies, publication.meetings, (row.version.language for row in self._rows)
        )
        self._compiler = Compiler(
            self._holdings, lambda: self._lexicon, lambda: Thesaurus.of(publication.concepts), self._frequency, memory
        )

    # ------------------------------------------------------------------------------------------------------ the port

    def search(self, question: Question) -> Results:
        """See the port."""
        plan = self._compiler.plan(question)
        scores = self._scores(plan.step)
        found = self._found(scores, plan.chosen)
        relaxed = None if found else self._compiler.relax(question)
        return Results(
            total=len(found),
            hits=self._page(self._ordered(found, plan, question), plan, question),
            facets=tuple(self._facet(field, scores, plan.chosen) for field in FIELDS),
            understood=render(plan.tree),
            notes=plan.notes,
            also=plan.also(self._occurring),
            partial=self._partial(relaxed, question) if relaxed else (),
            did_you_mean=self._better(plan, question),
        )

    def hits_in_order(self, question: Question, places: Sequence[int]) -> tuple[Hit, ...]:
        """See the port."""
        plan = self._compiler.plan(question)
        found = {each.row.item.id: each for each in self._found(self._scores(plan.step), plan.chosen)}
        ids = list(self._items)
        return self._page([found[ids[place]] for place in places if ids[place] in found], plan, question)

    def item(self, id: str) -> Item | None:
        """See the port."""
        return self._items.get(id)

    def items(self) -> Iterator[Item]:
        """See the port."""
        return iter(self._items.values())

    def spans(self, question: Question, item: Item) -> Mapping[str, tuple[Span, ...]]:
        """See the port."""
        plan = self._compiler.plan(question)
        rows = [row for row in self._rows if row.item.id == item.id]
        return {row.version.language: visible_spans(_marks(plan, row)) for row in rows}

    def similar(self, id: str, limit: int = 5) -> tuple[Hit, ...]:
        """See the port."""
        item = self.item(id)
        if item is None:
            return ()
        plan = like(item, len(self._rows), self._frequency)
        found = [each for each in self._found(self._scores(plan.step), ()) if each.row.item.id != id]
        found.sort(key=_by_score)
        return self._page(found, plan, Question(limit=limit))

    def suggest(self, text: str, limit: int = 8) -> tuple[str, ...]:
        """See the port."""
        return completions(text, self._lexicon, self._holdings.languages, limit)

    @property
    def nbytes(self) -> int:
        """See the port."""
        return self._compiler.nbytes

    def close(self) -> None:
        """See the port."""
        self._compiler.clear()

    # ------------------------------------------------------------------------------------------------------ matching

    def _scores(self, step: PlanNode) -> RowScores:
        """The rows that a step matches, and their scores."""
        match step:
            case TermsQuery() | NearQuery():
                return self._leaf_scores(step)
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
            case FieldFilter(field, values):
                return {row: 0.0 for row in self._rows if row.values.get(field) in values}
            case MatchAll():
                return dict.fromkeys(self._rows, 0.0)

    def _leaf_scores(self, leaf: Leaf) -> RowScores:
        frequencies = {
            row: sum(self._worth(row, position, pattern) for position, pattern in found.items())
            for row in self._rows
            if (found := _occurrences(leaf, row))
        }
        rarity = idf(len(self._rows), len(frequencies))
        return {row: rarity * frequency * (K1 + 1) / (frequency + K1) for row, frequency in frequencies.items()}

    def _worth(self, row: _IndexedVersion, position: int, pattern: Pattern) -> float:
        text_factor, heading_factor = self._factors(row)
        if position < HEADING_AT:
            return pattern.weight * (1 / text_factor)
        return pattern.weight * (HEADING / heading_factor)

    def _factors(self, row: _IndexedVersion) -> tuple[float, float]:
        return (
            length_factor(row.text_length, self._text_average),
            length_factor(row.heading_length, self._heading_average),
        )

    # ------------------------------------------------------------------------------------------------------ counting

    def _found(self, scores: RowScores, chosen: Iterable[FieldFilter]) -> list[_MatchedItem]:
        """The items that have a matching row with the chosen values."""
        rows: dict[str, list[_IndexedVersion]] = {}
        for row in scores:
            if all(row.values.get(choice.field) in choice.values for choice in chosen):
                rows.setdefault(row.item.id, []).append(row)
        best = [(max(several, key=lambda row: scores[row]), several) for several in rows.values()]
        return [_MatchedItem(row, scores[row], tuple(several)) for row, several in best]

    def _facet(self, field: str, scores: RowScores, chosen: Sequence[FieldFilter]) -> Facet:
        others = [choice for choice in chosen if choice.field != field]
        counts: Counter[str] = Counter()
        for found in self._found(scores, others):
            counts.update({row.values[field] for row in found.rows if field in row.values})
        if field == "year":
            ordered = sorted(counts, reverse=True)
        else:
            ordered = sorted(counts, key=lambda value: (-counts[value], value))
        return Facet(field, tuple(Count(value, counts[value]) for value in ordered))

    def _better(self, plan: Plan, question: Question) -> str | None:
        """A better question, if it finds something."""
        unknown = [leaf for leaf in plan.leaves if not any(_occurrences(leaf, row) for row in self._rows)]
        better = correct_query(plan, self._lexicon, unknown)
        if better is None:
            return None
        other = self._compiler.plan(replace(question, text=better))
        return better if self._found(self._scores(other.step), other.chosen) else None

    # ------------------------------------------------------------------------------------------------------- ranking

    def _ordered(self, found: list[_MatchedItem], plan: Plan, question: Question) -> list[_MatchedItem]:
        if question.sort != "relevance":
            order = list(self._items.values()) if question.sort == "document" else self._by_date
            return sorted(found, key=lambda each: order.index(each.row.item))
        found = sorted(found, key=_by_score)
        lifts = [self._lift(each.row, plan) for each in found[:RERANK_DEPTH]]
        lifted = [
            _MatchedItem(each.row, each.score + lift, each.rows, lift) for each, lift in zip(found, lifts, strict=False)
        ]
        return sorted(lifted, key=_by_score) + found[RERANK_DEPTH:]

    def _partial(self, plan: Plan, question: Question) -> tuple[Hit, ...]:
        """Those whose best row lacks the fewest parts of the question first."""

        def lacking(row: _IndexedVersion) -> int:
            standing = zip(plan.leaves, _standing(plan, row), strict=True)
            return len(plan.lacking([leaf for leaf, found in standing if found]))

        found = self._found(self._scores(plan.step), plan.chosen)
        return self._page(sorted(found, key=lambda each: (lacking(each.row), _by_score(each))), plan, question)

    def _lift(self, row: _IndexedVersion, plan: Plan) -> float:
        """What the words of the question gather by standing close together."""
        standing = sorted(
            (position, place) for place, found in enumerate(_standing(plan, row)) for position, _ in found
        )
        gathered = 0.0
        for (before, left), (position, right) in pairwise(standing):
            way = position - before
            if left != right and 0 < way <= PROXIMITY_WINDOW:
                gathered += min(self._rarity(plan.leaves[left]), self._rarity(plan.leaves[right])) / (way * way)
        return PROXIMITY_BOOST * gathered * (K1 + 1) / (gathered + K1)

    def _occurring(self, leaf: Leaf) -> list[Pattern]:
        """The patterns of a leaf that count somewhere, in order."""
        found = {pattern for row in self._rows for pattern in _occurrences(leaf, row).values()}
        return [pattern for pattern in leaf.patterns if pattern in found]

    def _frequency(self, term: Term) -> int:
        return sum(term in row.positions for row in self._rows)

    def _rarity(self, leaf: Leaf) -> float:
        return idf(len(self._rows), sum(1 for row in self._rows if _occurrences(leaf, row)))

    # ---------------------------------------------------------------------------------------------------------- hits

    def _page(self, found: Sequence[_MatchedItem], plan: Plan, question: Question) -> tuple[Hit, ...]:
        page = found[question.offset : question.offset + question.limit]
        return tuple(self._hit(each, plan, question) for each in page)

    def _hit(self, found: _MatchedItem, plan: Plan, question: Question) -> Hit:
        row = found.row
        languages = tuple(each.version.language for each in found.rows)
        explained = self._explained(found, plan) if question.explain else ()
        return hit(plan, row.item, row.version, languages, found.score, _marks(plan, row), explained)

    def _explained(self, hit: _MatchedItem, plan: Plan) -> tuple[Explained, ...]:
        row = hit.row
        parts: list[Explained] = []
        for leaf, found, times in zip(plan.leaves, _standing(plan, row), _times(plan, row), strict=True):
            if found:
                score = self._leaf_scores(leaf)[row] * times
                parts += shares(leaf, row.version, row.places, found, score, self._factors(row))
        return (*parts, *proximity(plan, hit.lift))


def _by_score(found: _MatchedItem) -> tuple[float, tuple[bool, str]]:
    return -found.score, by_tie(found.row.item)


def _marks(plan: Plan, row: _IndexedVersion) -> list[tuple[TermMark, ...]]:
    return [place_marks(row.places, found) for found in _standing(plan, row)]


def _standing(plan: Plan, row: _IndexedVersion) -> list[list[Occurrence]]:
    """The occurrences of each leaf, as far as it is of a branch that matches."""
    return [
        list(_occurrences(leaf, row).items()) if times else []
        for leaf, times in zip(plan.leaves, _times(plan, row), strict=True)
    ]


def _times(plan: Plan, row: _IndexedVersion) -> list[int]:
    return plan.times(lambda step: _holds(step, row))


def _holds(step: Leaf | FieldFilter, row: _IndexedVersion) -> bool:
    return row.values.get(step.field) in step.values if isinstance(step, FieldFilter) else bool(_occurrences(step, row))


def _occurrences(leaf: Leaf, row: _IndexedVersion) -> dict[int, Pattern]:
    """The positions at which a leaf begins to match, ascending, and the pattern that matches there."""
    found: dict[int, Pattern] = {}
    if isinstance(leaf, NearQuery):
        left, right = (list(_occurrences(side, row).items()) for side in (leaf.left, leaf.right))
        near = _partners(left, right, leaf.distance) + _partners(right, left, leaf.distance)
    else:
        near = [(position, pattern) for pattern in leaf.patterns for position in _places(pattern, row)]
    for position, pattern in near:
        if position not in found or pattern.weight > found[position].weight:
            found[position] = pattern
    return dict(sorted(found.items()))


def _places(pattern: Pattern, row: _IndexedVersion) -> list[int]:
    slots = [{position for term in slot for position in row.positions.get(term, ())} for slot in pattern.slots]
    return [start for start in slots[0] if all(start + place in slot for place, slot in enumerate(slots))]


def _partners(these: Sequence[Occurrence], those: Sequence[Occurrence], distance: int) -> list[Occurrence]:
    """Those of ``these`` that have one of ``those`` at most ``distance`` words before or after, not overlapping."""

    def near(this: Occurrence, that: Occurrence) -> bool:
        (first, pattern), (second, _) = sorted((this, that), key=lambda each: each[0])
        return 0 <= second - (first + len(pattern.slots)) <= distance

    return [this for this in these if any(near(this, that) for that in those)]


class MemoryEngine:
    """Keeps the publication in one file, and all of it in memory once opened."""

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
        except (OSError, json.CodecError, KeyError) as error:
            raise BadIndex(f"{folder}: no readable index here ({error}); `indexer build` makes a new one") from error
