"""A question asked of a generation, and its answer: one, that every rendering uses."""

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
    Question,
    Results,
    Sort,
    Span,
)
from indexer.model.errors import IndexerError
from indexer.query.parser import MAX_LENGTH, parse
from search_app.request.parameters import Parameters

MAX_VALUE = 200
"""The longest value of a facet, in characters."""

MAX_PAGE = 100_000
"""The last page of results that can be asked for, whether or not there is anything on it."""

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
    """The answer to a question: one page of its results.

    ``pages`` counts the pages that hold results.
    """

    question: Question
    results: Results
    page: int
    pages: int

    @property
    def several_words(self) -> bool:
        """Whether the question has words of which all or any may be asked to match."""
        tree = parse(self.question.text).tree
        return isinstance(tree, And) and sum(not isinstance(part, Filter | Not) for part in tree.parts) > 1

    @property
    def few(self) -> bool:
        """Whether so few texts have all words that it is worth asking for any of them."""
        return self.several_words and self.question.match == "all" and 0 < self.results.total < FEW

    @property
    def first(self) -> int:
        """The number of the first result shown, counted from 1."""
        return self.question.offset + 1

    @property
    def choices(self) -> tuple[Facet, ...]:
        """The facets that leave a choice: those with several values, and those of which a value is chosen."""
        least = {each: 1 if self.chosen(each.field) else 2 for each in self.results.facets}
        return tuple(each for each, number in least.items() if len(each.counts) >= number)

    def chosen(self, field: str) -> str | None:
        """The value chosen for a facet."""
        return next((each.value for each in self.question.chosen if each.field == field), None)


def ask(index: Index, parameters: Parameters, page_size: int) -> Answer:
    """The answer of an index to the question that the parameters of a request ask.

    Raises:
        BadParameter: the page is no number, the value of a facet cannot be one, or another is none of its choices.
        BadQuery: a filter in the question cannot be read.
    """
    question = read_question(parameters, page_size)
    results = index.search(question)
    return Answer(question, results, question.offset // page_size + 1, math.ceil(results.total / page_size))


def read_question(parameters: Parameters, page_size: int) -> Question:
    """The question that the parameters of a request ask.

    Raises:
        BadParameter: as above.
    """
    page = read_page(parameters.get("page", ""))
    return Question(
        text=parameters.get("q", "")[: MAX_LENGTH + 1],  # one more, so that it is seen to be too long
        chosen=tuple(Filter(field, _value(field, parameters[field])) for field in FIELDS if parameters.get(field)),
        match=read_choice(parameters, "match", MATCHES),
        sort=read_choice(parameters, "sort", SORTS),
        offset=(page - 1) * page_size,
        limit=page_size,
        equivalents=read_choice(parameters, "equivalents", ("on", "off")) == "on",
        explain=read_choice(parameters, "explain", ("off", "on")) == "on",
    )


def spans(index: Index, parameters: Parameters, item: Item) -> Mapping[str, tuple[Span, ...]]:
    """What the question of a request marks in each version of an item, asked in the same manner where that is known.

    Raises:
        BadQuery: a filter in the question cannot be read.
    """
    match: Match = "any" if parameters.get("match") == "any" else "all"
    question = Question(parameters.get("q", ""), match=match, equivalents=parameters.get("equivalents") != "off")
    return index.spans(question, item)


def read_page(text: str) -> int:
    """The number of a page of results; 1 where none was sent.

    Raises:
        BadParameter: it is no number from 1.
    """
    if not text:
        return 1
    if text.isascii() and text.isdigit() and len(text) <= len(str(MAX_PAGE)) and 1 <= int(text) <= MAX_PAGE:
        return int(text)
    raise BadParameter("page", "The page is no number from 1.", text)


def read_size(text: str, default: int) -> int:
    """How many results a page has; the default where none was sent.

    Raises:
        BadParameter: it is no number that a page can have.
    """
    if not text:
        return default
    if text.isascii() and text.isdigit() and len(text) <= len(str(MAX_SIZE)) and 1 <= int(text) <= MAX_SIZE:
        return int(text)
    raise BadParameter("size", f"The size of a page of results is no number from 1 to {MAX_SIZE}.", text)


def read_choice(parameters: Parameters, name: str, choices: Sequence[_Value]) -> _Value:
    """The one of few choices that a parameter names; the first where none was sent.

    Raises:
        BadParameter: it is none of them.
    """
    text = parameters.get(name) or choices[0]
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
    before = max(item.order - 1, 0)
    near: tuple[Hit, ...] = index.search(replace(_whole(meeting), offset=before, limit=3)).hits
    by_order = {hit.item.order: hit.item for hit in near}
    return by_order.get(item.order - 1), by_order.get(item.order + 1)


def _whole(meeting: Meeting) -> Question:
    chosen = (Filter("body", meeting.body), Filter("meeting", meeting.id))
    return Question(chosen=chosen, sort="document", limit=WHOLE_MEETING)
