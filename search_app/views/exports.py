"""All results of a search as a file or to print, streamed: memory does not grow with their number."""

# ARCHITECTURE.md: A list is written while it is read.

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from flask import Blueprint, stream_template, stream_with_context
from werkzeug.wrappers import Response

from indexer.model import Query, message
from search_app.present.citation.formats import FORMATS
from search_app.present.citation.record import Record
from search_app.present.citation.tables import MOST_ROWS
from search_app.present.search import read_query
from search_app.request.parameters import PAGE, SEARCH, BadParameter
from search_app.web.caching import keep
from search_app.web.context import coverage, generation, read_checked
from search_app.web.items import cited_state, citer, today

blueprint = Blueprint("exports", __name__)

READ = 500
"""Results that are read at a time."""

_QUERY = tuple(each for each in SEARCH if each is not PAGE)

keep(blueprint, cited_state)


def _read_request() -> tuple[Query, int]:
    """The query of the request, and the number of its results."""
    query = read_query(read_checked(_QUERY), READ)
    return query, generation().index.search(replace(query, limit=0)).total


def _records(query: Query, total: int) -> Iterator[Record]:
    """The records of all results that have all words of a query, in its order."""
    made, held = citer(), coverage()
    for offset in range(0, total, READ):
        for hit in generation().index.search(replace(query, offset=offset)).hits:
            yield made.record(hit.item, hit.version, held.meeting_of(hit.item), held.bodies[hit.item.body])


def export(form: str) -> Response:
    """All results of a search as a file."""
    query, total = _read_request()
    if form == "xlsx" and total > MOST_ROWS:
        raise BadParameter("q", message("too-many-rows", total, MOST_ROWS), query.text)
    written = FORMATS[form]
    response = Response(stream_with_context(written.write(_records(query, total))), mimetype=written.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"recommendations-{generation().id[:8]}.{form}")
    return response


def print_view() -> Response:
    """All results of a search on one page, to be printed."""
    query, total = _read_request()
    page = stream_template(
        "print.html", query=query, total=total, records=_records(query, total), generation=generation(), today=today()
    )
    return Response(page, mimetype="text/html")


for suffix in FORMATS:
    blueprint.add_url_rule(f"/search.{suffix}", suffix, partial(export, suffix))
blueprint.add_url_rule("/search.print", "print", print_view)
