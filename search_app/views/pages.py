"""Pages for people: search, meetings, a meeting, an item, coverage and help."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from indexer.model import Item, Meeting, Query, Span
from indexer.model.errors import BadQuery
from indexer.query.parser import query_of_meeting
from search_app.present.phrases import READ, recurring_phrases
from search_app.present.search import (
    ResultPlace,
    ask,
    choose_ranges,
    items_of,
    neighbours,
    place_among_results,
    read_query,
)
from search_app.present.word_diff import changes_of
from search_app.request.locale import interface_language
from search_app.request.parameters import BOUNDS, RESULT, SEARCH, BadParameter, Q
from search_app.web.caching import keep
from search_app.web.context import coverage, generation, links, memoize, parameters, read_checked, reader, settings
from search_app.web.items import cited_state, find_item, latest_change, record_of

blueprint = Blueprint("pages", __name__)

SIMILAR = 5
"""Similar items offered beside an item."""

MOST_NAMED = 4
"""Meetings offered, at most, because a query names them."""

_OF_RESULTS = (*SEARCH, RESULT)

keep(blueprint, lambda: f"{cited_state()} {reader().stop()}")


@blueprint.get("/")
def home() -> str:
    """The search box, searches worth trying, and an overview of what can be searched."""
    held = generation()
    language = interface_language()
    phrases = memoize(("phrases", language), lambda: recurring_phrases(islice(held.index.items(), READ), language))
    return render_template("home.html", generation=held, phrases=phrases)


@blueprint.get("/search")
def search() -> tuple[str, dict[str, str]] | Response:
    """The results of a search."""
    if bounds := read_checked(BOUNDS):
        asked = read_query(read_checked(SEARCH), settings().page_size)
        return redirect(links().search(choose_ranges(asked, bounds)), 303)
    answer = ask(generation().index, coverage().citations, read_checked(SEARCH), settings().page_size)
    # Numbers and years in a query stay words to search for; a meeting that they name is offered, not chosen in silence.
    is_told = answer.is_settled or answer.choices_in("meeting")
    named = () if is_told else coverage().find_mentions(answer.query)[:MOST_NAMED]
    return render_template("search.html", answer=answer, named=named, generation=generation()), {
        "X-Robots-Tag": "noindex, follow"
    }


@blueprint.get("/meetings")
def meetings() -> str:
    """All meetings of all bodies."""
    return render_template("meetings.html")


@blueprint.get("/meeting/<body>/<meeting>")
def meeting(body: str, meeting: str) -> str:
    """A meeting: its recommendations in order, and the documents that are missing."""
    found = coverage().meetings.get(f"{body}/{meeting}")
    if found is None:
        abort(404)
    items = items_of(generation().index, found)
    before, after = coverage().around(found)
    return render_template(
        "meeting.html",
        meeting=found,
        whole=query_of_meeting(found.body, found.id),
        items=items,
        language=_reading(found, items),
        before=before,
        after=after,
    )


@blueprint.get("/item/<path:id>")
def item(id: str) -> str:
    """An item with all its versions and its latest change; a query's words are marked."""
    index = generation().index
    found, latest = find_item(id), latest_change(id)
    held = coverage().meeting_of(found)
    before, after = neighbours(index, held, found)
    results = _results_that_led_here(found)
    return render_template(
        "item.html",
        item=found,
        records=[record_of(found, version) for version in found.versions],
        meeting=held,
        before=before,
        after=after,
        generation=generation(),
        query=results.query,
        place=results.place,
        marks=results.marks,
        unread=results.unread,
        page_size=settings().page_size,
        happened=latest,
        changes=changes_of(found, latest),
        similar=index.similar(id, SIMILAR),
    )


@blueprint.get("/coverage")
def coverage_page() -> str:
    """The ledger: the documents that the index holds and lacks."""
    return render_template("coverage.html", generation=generation(), stop=reader().stop())


@blueprint.get("/help")
def help_page() -> str:
    """Help with the query language."""
    return render_template("help.html")


def _reading(meeting: Meeting, items: tuple[Item, ...]) -> str:
    """The language to read a meeting in: the one asked for, else the interface's, else the body's first with a text."""
    there = {version.language for item in items for version in item.versions}
    for language in (parameters().get("lang", ""), interface_language(), *coverage().bodies[meeting.body].languages):
        if language in there:
            return language
    return min(there, default=interface_language())


@dataclass(frozen=True, slots=True)
class LedHere:
    """The results that led to an item.

    Attributes:
        query: their query; None where the address has none, or one that cannot be read.
        place: the place of the item among them, where the address says its number.
        marks: the spans to mark in each version, by language.
        unread: the error, where the query cannot be read.
    """

    query: Query | None = None
    place: ResultPlace | None = None
    marks: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    unread: BadQuery | None = None


def _results_that_led_here(item: Item) -> LedHere:
    """The results that led to an item, as far as the address states their query."""
    if not any(row.name in parameters() for row in _OF_RESULTS):
        return LedHere()
    try:
        asked = read_checked(_OF_RESULTS)
    except BadParameter:
        # A slip in one of its parameters takes nothing from the item: the words alone are marked then.
        asked = read_checked((Q,))
    index = generation().index
    try:
        query = read_query(asked, settings().page_size)
        marks = dict(index.spans(query, item))
        number = RESULT.number(asked) if RESULT.name in asked else None
        return LedHere(query, place_among_results(index, query, item, number) if number else None, marks)
    except BadQuery as error:
        return LedHere(unread=error)
