"""A question asked of a generation, and its answer: one, that every rendering uses."""

import math
from dataclasses import dataclass, replace
from typing import get_args

from indexer.engines.base import Index
from indexer.errors import IndexerError
from indexer.model import FIELDS, Facet, Filter, Hit, Item, Meeting, Note, Question, Results, Sort
from indexer.query import MAX_LENGTH, NOTES
from search_app.parameters import Parameters

MAX_VALUE = 200
"""The longest value of a facet, in characters."""

MAX_PAGE = 100_000
"""The last page of results that can be asked for, whether or not there is anything on it."""

SORTS: tuple[Sort, ...] = get_args(Sort)

WHOLE_MEETING = 100_000
"""More items than any meeting has."""


class BadParameter(IndexerError):  # noqa: N818 - as BadQuery
    """A parameter of a request cannot be used. ``code`` says which and why; ``value`` is what was sent, shortened."""

    status = 400

    def __init__(self, code: str, message: str, value: str) -> None:
        self.code = code
        self.value = value if len(value) <= 80 else value[:80] + "…"
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: one page of its results.

    ``pages`` counts the pages that hold results. ``notes`` are those of the results and those on the request.
    """

    question: Question
    results: Results
    page: int
    pages: int
    notes: tuple[Note, ...]

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
        BadParameter: the page is no number, the order is unknown, or the value of a facet cannot be one.
        BadQuery: a filter in the question cannot be read.
    """
    page = read_page(parameters.get("page", ""))
    text = parameters.get("q", "")
    question = Question(
        text=text[:MAX_LENGTH],
        chosen=tuple(Filter(field, _value(parameters[field])) for field in FIELDS if parameters.get(field)),
        sort=read_sort(parameters.get("sort", "")),
        offset=(page - 1) * page_size,
        limit=page_size,
    )
    cut = (
        (Note("cut-short", NOTES["cut-short"].format(MAX_LENGTH), (str(MAX_LENGTH),)),) if question.text != text else ()
    )
    results = index.search(question)
    return Answer(question, results, page, math.ceil(results.total / page_size), (*cut, *results.notes))


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


def read_sort(text: str) -> Sort:
    """The order of the results; by relevance where none was sent.

    Raises:
        BadParameter: there is no such order.
    """
    for sort in SORTS:
        if sort == (text or SORTS[0]):
            return sort
    raise BadParameter("sort", f"The order is none of {', '.join(SORTS)}.", text)


def _value(text: str) -> str:
    if len(text) > MAX_VALUE:
        raise BadParameter("facet", f"No value of a facet is longer than {MAX_VALUE} characters.", text)
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
