"""The pages: search, meetings, a meeting, an item, what is covered, help."""

from flask import Blueprint, abort, current_app, render_template

from indexer.generations import ChangeKind, ItemChange
from indexer.model import Item, Meeting, Span
from indexer.model.errors import BadIndex, BadQuery
from search_app.present.search import ask, items_of, neighbours, spans
from search_app.present.word_diff import ItemGone, changes_of
from search_app.request.locale import interface_language
from search_app.web.caching import keep
from search_app.web.context import generation, holdings, parameters, reader, settings

blueprint = Blueprint("pages", __name__)

SIMILAR = 5

MOST_NAMED = 4
"""The most meetings that are offered because a question names them."""

keep(blueprint, lambda: f"{generation().edition} {reader().stop()}")


@blueprint.get("/")
def home() -> str:
    """The search box, and what can be searched."""
    return render_template("home.html")


@blueprint.get("/search")
def search() -> tuple[str, dict[str, str]]:
    """The results of a question."""
    answer = ask(generation().index, parameters(), settings().page_size)
    named = () if answer.chosen("meeting") else holdings().find_mentions(answer.question.text)[:MOST_NAMED]
    return render_template("search.html", answer=answer, named=named), {"X-Robots-Tag": "noindex, follow"}


@blueprint.get("/meetings")
def meetings() -> str:
    """All meetings of all bodies."""
    return render_template("meetings.html")


@blueprint.get("/meeting/<body>/<meeting>")
def meeting(body: str, meeting: str) -> str:
    """A meeting: its recommendations in order, and what is missing."""
    found = holdings().meetings.get(f"{body}/{meeting}")
    if found is None:
        abort(404)
    items = items_of(generation().index, found)
    return render_template("meeting.html", meeting=found, items=items, language=_reading(found, items))


@blueprint.get("/item/<path:id>")
def item(id: str) -> str:
    """An item with all its versions, the words of a question marked, and what has changed in it."""
    index = generation().index
    found = index.item(id)
    happened = _happened(id)
    if found is None:
        if happened and happened.change.kind is ChangeKind.WENT:
            raise ItemGone(id, happened)
        abort(404)
    place = holdings().meeting_of(found)
    before, after = neighbours(index, place, found)
    marks, unread = _marks(found)
    return render_template(
        "item.html",
        item=found,
        meeting=place,
        before=before,
        after=after,
        marks=marks,
        unread=unread,
        happened=happened,
        changes=changes_of(found, happened),
        similar=index.similar(id, SIMILAR),
    )


@blueprint.get("/coverage")
def coverage() -> str:
    """What the index holds and lacks: the ledger."""
    return render_template("coverage.html", generation=generation(), stop=reader().stop())


@blueprint.get("/help")
def help_page() -> str:
    """How to ask."""
    return render_template("help.html")


def _reading(meeting: Meeting, items: tuple[Item, ...]) -> str:
    """The language in which a meeting is read: as asked, else the interface's, else the first that there is."""
    there = {version.language for item in items for version in item.versions}
    for language in (parameters().get("lang", ""), interface_language(), *holdings().bodies[meeting.body].languages):
        if language in there:
            return language
    return min(there, default=interface_language())


def _happened(id: str) -> ItemChange | None:
    """The latest that happened to an item; None also where the change log is damaged, which is written to the log."""
    try:
        return generation().log.last(id)
    except BadIndex as error:
        current_app.logger.warning("%s", error)
        return None


def _marks(item: Item) -> tuple[dict[str, tuple[Span, ...]], BadQuery | None]:
    """What the words of the question mark in each version; nothing, and why, where the question cannot be read."""
    if not parameters().get("q"):
        return {}, None
    try:
        return dict(spans(generation().index, parameters(), item)), None
    except BadQuery as error:
        return {}, error
