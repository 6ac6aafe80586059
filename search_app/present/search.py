"""Search of a generation: one answer that every rendering uses."""

import math
from dataclasses import dataclass, replace
from typing import cast, get_args

from indexer.analysis.fields import FIELDS
from indexer.engines.base import Index
from indexer.model import (
    And,
    Facet,
    Filter,
    Hit,
    Item,
    Match,
    Meeting,
    Not,
    Query,
    Results,
    Sort,
)
from indexer.query.citations import Citations, Cited
from indexer.query.parser import MAX_LENGTH, parse, query_of_meeting
from search_app.request.parameters import EQUIVALENTS, EXPLAIN, MATCH, PAGE, SORT, Parameters

SORTS: tuple[Sort, ...] = get_args(Sort)

MATCHES: tuple[Match, ...] = get_args(Match)


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of the results of a query.

    ``pages`` counts the pages that hold results, and those of the partial matches behind them; ``full_pages`` only the
    former. ``citation`` is what the query cites.
    """

    query: Query
    results: Results
    page: int
    pages: int
    full_pages: int
    citation: Cited

    @property
    def symbol(self) -> str:
        """The symbol of the document that the query cites as a whole; empty where it cites none."""
        return self.citation.symbol

    @property
    def is_settled(self) -> bool:
        """True if what the query cites is the whole answer."""
        return self.citation.settles(self.results)

    @property
    def partial(self) -> tuple[Hit, ...]:
        """Hits that lack some words and are not cited; none where what is cited is the whole answer."""
        return self.citation.partial_beside(self.results)

    @property
    def others(self) -> tuple[tuple[int, Hit], ...]:
        """Hits that are not cited, with their numbers: what is cited stands before them, once."""
        cited = {hit.item.id for hit in self.results.cited}
        numbered = enumerate(self.results.hits, start=self.first)
        return tuple((number, hit) for number, hit in numbered if hit.item.id not in cited)

    def cited_in(self, language: str) -> tuple[Hit, ...]:
        """Hits that the query cites, in a language where they have it."""
        return tuple(_in_language(hit, language) for hit in self.results.cited)

    @property
    def several_words(self) -> bool:
        """True if all or some of the query's parts may match."""
        tree = self.query.tree
        several = isinstance(tree, And) and sum(not isinstance(part, Filter | Not) for part in tree.parts) > 1
        return several or bool(self.results.partial_total) or self.query.match != "best"

    @property
    def matches(self) -> tuple[Match, ...]:
        """The choices of words that must match: with any of the words only where that is the present one."""
        return tuple(each for each in MATCHES if each != "any" or self.query.match == "any")

    @property
    def next_partial(self) -> int | None:
        """The next page that holds partial matches; None where there is none."""
        following = max(self.page, self.results.total // self.query.limit) + 1 if self.query.limit else self.pages + 1
        return following if following <= self.pages else None

    @property
    def first(self) -> int:
        """The number of the first result shown, counted from 1."""
        return self.query.offset + 1

    @property
    def choices(self) -> tuple[Facet, ...]:
        """The facets that leave a choice: those with several values, and those of which a value is chosen."""
        # A facet with a chosen value stays, even as its only one, so that the choice can be dropped.
        least = {each: 1 if self.choices_in(each.field) else 2 for each in self.results.facets}
        return tuple(each for each, number in least.items() if len(each.counts) >= number)

    def choices_in(self, field: str) -> tuple[str, ...]:
        """The values chosen in a facet, as they were asked for."""
        return tuple(each.value for each in self.query.chosen if each.field == field)

    def bounds(self, field: str) -> tuple[str, str]:
        """The ends of the one value or range chosen in a facet; empty where there is none, or several."""
        chosen = self.choices_in(field)
        first, dots, last = chosen[0].partition("..") if len(chosen) == 1 else ("", "", "")
        return first, last if dots else first


def _in_language(hit: Hit, language: str) -> Hit:
    version = next((each for each in hit.item.versions if each.language == language), hit.version)
    shown = version if language in hit.languages else hit.version
    # It need not match in any language, and has no marks: its snippet is the beginning of the text.
    return replace(hit, version=shown, languages=(shown.language,), snippet=())


def ask(index: Index, citations: Citations, given: Parameters, page_size: int) -> Answer:
    """Answer the query of a request.

    Args:
        index: the index.
        citations: the reader of what a query cites in it.
        given: the checked parameters of the request.
        page_size: results on a page.

    Raises:
        BadQuery: a filter in the query cannot be read.
    """
    query = read_query(given, page_size)
    cited = citations.read(query, index)
    results = index.search(replace(query, cited=cited.items))
    full_pages = math.ceil(results.total / page_size)
    # Where only full matches are asked for, those that lack some words are one page, shown in their place.
    listed = results.total + (results.partial_total if query.match == "best" else 0)
    return Answer(query, results, query.offset // page_size + 1, math.ceil(listed / page_size), full_pages, cited)


def read_query(given: Parameters, page_size: int) -> Query:
    """Read the query that the checked parameters of a request state.

    Raises:
        BadQuery: a filter in the query cannot be read.
    """
    return parse(
        given.get("q", "")[: MAX_LENGTH + 1],  # one more, so that it is seen to be too long
        chosen=tuple(Filter(field, value) for field in FIELDS for value in given.every(field)),
        match=cast("Match", MATCH.choice(given)),
        sort=cast("Sort", SORT.choice(given)),
        offset=(PAGE.number(given) - 1) * page_size,
        limit=page_size,
        equivalents=EQUIVALENTS.choice(given) == "on",
        explain=EXPLAIN.choice(given) == "on",
    )


def choose_ranges(query: Query, bounds: Parameters) -> Query:
    """Choose ranges in a query, in place of other values of their fields.

    It is the first page of its results again.

    Args:
        query: the query.
        bounds: the ends of the ranges, as ``BOUNDS`` names them; either may be missing.
    """
    for field in FIELDS:
        first, last = (bounds.get(f"{field}-{end}", "") for end in ("from", "to"))
        if first or last:
            # Years are written with four digits, so that texts in order are numbers in order.
            first, last = (f"{int(each):04}" if each else "" for each in (first, last))
            others = tuple(each for each in query.chosen if each.field != field)
            value = first if first == last else f"{first}..{last}"
            query = replace(query, chosen=(*others, Filter(field, value)), offset=0)
    return query


@dataclass(frozen=True, slots=True)
class ResultPlace:
    """Place of an item among the results of a query: its number, how many there are, and the items around it."""

    number: int
    total: int
    before: Item | None
    after: Item | None


def place_among_results(index: Index, query: Query, item: Item, number: int) -> ResultPlace | None:
    """The place of an item among the results of a query; None where another item stands there by now.

    Args:
        index: the index.
        query: the query.
        item: the item.
        number: the number that it had among the results, counted from 1.
    """
    first = max(number - 2, 0)
    results = index.search(replace(query, offset=first, limit=number - first + 1))
    found = {first + place: hit.item for place, hit in enumerate(results.hits, start=1)}
    if number not in found or found[number].id != item.id:
        return None
    return ResultPlace(number, results.total, found.get(number - 1), found.get(number + 1))


def items_of(index: Index, meeting: Meeting) -> tuple[Item, ...]:
    """All items of a meeting, in order."""
    return tuple(hit.item for hit in index.search(query_of_meeting(meeting.body, meeting.id)).hits)


def neighbours(index: Index, meeting: Meeting, item: Item) -> tuple[Item | None, Item | None]:
    """The items before and after an item in its meeting."""
    # An item's order is its offset in the results of its meeting, so three hits hold both neighbours.
    whole, before = query_of_meeting(meeting.body, meeting.id), max(item.order - 1, 0)
    near: tuple[Hit, ...] = index.search(replace(whole, offset=before, limit=3)).hits
    by_order = {hit.item.order: hit.item for hit in near}
    return by_order.get(item.order - 1), by_order.get(item.order + 1)
