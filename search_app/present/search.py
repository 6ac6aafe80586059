"""Search of a generation: one answer that every rendering uses."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, get_args

from indexer.engines.base import Index
from indexer.model import (
    FIELDS,
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
    Span,
)
from indexer.model.errors import IndexerError
from indexer.query.parser import MAX_LENGTH, parse
from search_app.request.parameters import Parameters

MAX_VALUE = 200
"""Longest value of a facet, in characters."""

MAX_PAGE = 100_000
"""Last page of results that can be requested, empty or not."""

MAX_SIZE = 100
"""The most results of one page."""

SORTS: tuple[Sort, ...] = get_args(Sort)

MATCHES: tuple[Match, ...] = get_args(Match)

_Value = TypeVar("_Value", bound=str)

FEW = 5
"""Fewer results than this are few: then it is offered that only some of the words match."""

WHOLE_MEETING = 100_000
"""More items than any meeting has."""


class BadParameter(IndexerError):  # noqa: N818 - as BadQuery
    """A parameter of a request cannot be used. ``name`` says which; ``value`` is what was sent, shortened.

    ``code`` tells a value that cannot be from a parameter that must not be there at all.
    ``choices`` are the values that it can have, where they are few.
    """

    status = 400

    def __init__(
        self, name: str, message: str, value: str, choices: Sequence[str] = (), code: str = "bad-parameter"
    ) -> None:
        self.name = name
        self.code = code
        self.choices = choices
        self.value = value if len(value) <= 80 else value[:80] + "…"
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of the results of a query.

    ``pages`` counts the pages that hold results.
    """

    query: Query
    results: Results
    page: int
    pages: int

    @property
    def several_words(self) -> bool:
        """True if the query has several words, of which all or any may match."""
        tree = self.query.tree
        return isinstance(tree, And) and sum(not isinstance(part, Filter | Not) for part in tree.parts) > 1

    @property
    def few(self) -> bool:
        """True if so few texts match all words that matching any is worth offering."""
        return self.several_words and self.query.match == "all" and 0 < self.results.total < FEW

    @property
    def first(self) -> int:
        """The number of the first result shown, counted from 1."""
        return self.query.offset + 1

    @property
    def choices(self) -> tuple[Facet, ...]:
        """The facets that leave a choice: those with several values, and those of which a value is chosen."""
        # A facet with a chosen value stays, even as its only one, so that the choice can be dropped.
        least = {each: 1 if self.facet_value(each.field) else 2 for each in self.results.facets}
        return tuple(each for each, number in least.items() if len(each.counts) >= number)

    def facet_value(self, field: str) -> str | None:
        """The value chosen for a facet, or None."""
        return next((each.value for each in self.query.chosen if each.field == field), None)


def ask(index: Index, parameters: Parameters, page_size: int) -> Answer:
    """The answer of an index to the query of a request.

    Raises:
        BadParameter: the page is no number, the value of a facet cannot be one, or another is none of its choices.
        BadQuery: a filter in the query cannot be read.
    """
    query = read_query(parameters, page_size)
    results = index.search(query)
    return Answer(query, results, query.offset // page_size + 1, math.ceil(results.total / page_size))


def read_query(parameters: Parameters, page_size: int) -> Query:
    """The query that the parameters of a request state.

    Raises:
        BadParameter, BadQuery: as for ``ask``.
    """
    page = read_page(parameters.get("page", ""))
    return parse(
        parameters.get("q", "")[: MAX_LENGTH + 1],  # one more, so that it is seen to be too long
        chosen=tuple(Filter(field, _value(field, parameters[field])) for field in FIELDS if parameters.get(field)),
        match=read_choice(parameters, "match", MATCHES),
        sort=read_choice(parameters, "sort", SORTS),
        offset=(page - 1) * page_size,
        limit=page_size,
        equivalents=read_choice(parameters, "equivalents", ("on", "off")) == "on",
        explain=read_choice(parameters, "explain", ("off", "on")) == "on",
    )


def spans(index: Index, parameters: Parameters, item: Item) -> Mapping[str, tuple[Span, ...]]:
    """Marks of a request's query in each version of an item, by language.

    Matching and equivalents are those of the request.

    Raises:
        BadQuery: a filter in the query cannot be read.
    """
    # The page of an item shows its text in any case: a value that is none of the choices must not refuse it.
    match: Match = "any" if parameters.get("match") == "any" else "all"
    query = parse(parameters.get("q", ""), match=match, equivalents=parameters.get("equivalents") != "off")
    return index.spans(query, item)


def read_page(text: str) -> int:
    """The number of a page of results; 1 where none was sent.

    Raises:
        BadParameter: it is no number from 1.
    """
    if not text:
        return 1
    if _is_number_up_to(MAX_PAGE, text):
        return int(text)
    raise BadParameter("page", "The page is no number from 1.", text)


def read_size(text: str, default: int) -> int:
    """Number of results on a page; the default where none was sent.

    Raises:
        BadParameter: it is no number that a page can have.
    """
    if not text:
        return default
    if _is_number_up_to(MAX_SIZE, text):
        return int(text)
    raise BadParameter("size", f"The size of a page of results is no number from 1 to {MAX_SIZE}.", text)


def _is_number_up_to(largest: int, text: str) -> bool:
    # isdigit alone accepts digits that int() refuses, such as a superscript 2; int() also refuses very long texts.
    return text.isascii() and text.isdigit() and len(text) <= len(str(largest)) and 1 <= int(text) <= largest


def read_choice(parameters: Parameters, name: str, choices: Sequence[_Value]) -> _Value:
    """The choice that a parameter names; the first where none was sent.

    Raises:
        BadParameter: it is none of them.
    """
    text = parameters.get(name) or choices[0]
    # Comparing one by one keeps the type of the choices, which a test for membership would lose.
    for choice in choices:
        if choice == text:
            return choice
    raise BadParameter(name, f"The parameter {name} is none of {', '.join(choices)}.", text, choices)


def _value(field: str, text: str) -> str:
    if len(text) > MAX_VALUE:
        raise BadParameter(field, f"No value of a facet is longer than {MAX_VALUE} characters.", text)
    return text


def items_of(index: Index, meeting: Meeting) -> tuple[Item, ...]:
    """All items of a meeting, in order."""
    return tuple(hit.item for hit in index.search(_whole(meeting)).hits)


def neighbours(index: Index, meeting: Meeting, item: Item) -> tuple[Item | None, Item | None]:
    """The items before and after an item in its meeting."""
    # An item's order is its offset in the results of its meeting, so three hits hold both neighbours.
    before = max(item.order - 1, 0)
    near: tuple[Hit, ...] = index.search(replace(_whole(meeting), offset=before, limit=3)).hits
    by_order = {hit.item.order: hit.item for hit in near}
    return by_order.get(item.order - 1), by_order.get(item.order + 1)


def _whole(meeting: Meeting) -> Query:
    chosen = (Filter("body", meeting.body), Filter("meeting", meeting.id))
    return parse(chosen=chosen, sort="document", limit=WHOLE_MEETING)
