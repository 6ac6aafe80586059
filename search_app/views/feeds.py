"""Feeds of the results of a search and of all changes, newest first."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from flask import Blueprint
from werkzeug.wrappers import Response

from indexer.model import Item, Version
from search_app.present import labels
from search_app.present.changelog import LatestChange
from search_app.present.search import read_query
from search_app.request.locale import gettext, interface_language, say
from search_app.request.parameters import SEARCH, SORT
from search_app.views import atom
from search_app.web.caching import keep
from search_app.web.context import coverage, generation, history, links, memoize, parameters, read_checked

blueprint = Blueprint("feeds", __name__)

ENTRIES = 50
"""Entries on a page of a feed."""

_QUERY = tuple(each for each in SEARCH if each is not SORT)

keep(blueprint, lambda: f"{generation().id} {history().switches}")


@blueprint.get("/search.atom")
def query() -> Response:
    """The results of a search; the latest to appear or change is first."""
    # The feed has an order of its own: a ``sort`` in the address is not read, so that it cannot be wrong either.
    index, asked = generation().index, read_query(read_checked(_QUERY), ENTRIES)
    total = index.search(replace(asked, limit=0)).total
    hits = index.hits_in_order(asked, memoize("newest", _newest))
    page, last = asked.offset // ENTRIES + 1, max(1, -(-total // ENTRIES))
    pages = {"self": page, "first": 1, "last": last}
    pages |= {"previous": min(page - 1, last)} if page > 1 else {}
    pages |= {"next": page + 1} if page < last else {}
    whole = links().whole
    return _respond(
        name=f"search/{whole.feed(asked).partition('?')[2]}",
        title=gettext("Recommendations: %(words)s", words=asked.text) if asked.text else gettext("All recommendations"),
        page=whole.search(asked),
        addresses={relation: whole.feed(asked, number) for relation, number in pages.items()},
        entries=[_entry(hit.item, hit.version, _latest(hit.item)) for hit in hits],
        counts={"totalResults": total, "startIndex": asked.offset + 1, "itemsPerPage": ENTRIES},
    )


def _newest() -> Sequence[int]:
    """The numbers of all items, latest change first.

    Of those that changed at one time the latest meeting is first, and the items of a meeting keep their order.
    """
    places = [(_latest(item), _day(item)) for item in generation().index.items()]
    return array("q", sorted(range(len(places)), key=places.__getitem__, reverse=True))


def _day(item: Item) -> date:
    return coverage().meeting_of(item).first_day or date.min


def _latest(item: Item) -> datetime:
    return history().latest.get(item.id, generation().made)


@blueprint.get("/changes.atom")
def changes() -> Response:
    """Items that appeared, changed or were removed, newest first."""
    steps, until = history().steps, parameters().get("until", "")
    end = history().find(until) if until else len(steps)
    # Pages are named by the cursor at their end, not by number: newer changes do not shift them.
    start, newer = max(end - ENTRIES, 0), min(end + ENTRIES, len(steps))
    whole = links().whole
    pages = {"self": whole.changes(until or None), "first": whole.changes()}
    pages |= {"next": whole.changes(steps[start - 1].cursor)} if start else {}
    pages |= {"previous": whole.changes(steps[newer - 1].cursor)} if end < len(steps) else {}
    return _respond(
        name="changes",
        title=gettext("New, changed and removed recommendations"),
        page=whole.search(),
        addresses=pages,
        entries=[_step(step) for step in reversed(steps[start:end])],
    )


def _respond(
    name: str,
    title: str,
    page: str,
    addresses: Mapping[str, str],
    entries: Sequence[atom.AtomEntry | atom.Deleted],
    counts: Mapping[str, int] | None = None,
) -> Response:
    notices = (say(body.notice) for body in coverage().speaking)
    authors = [labels.body_name(body).text for body in coverage().speaking]
    feed = atom.Feed(
        id=links().tag(name),
        title=title,
        subtitle=" ".join(notice.text for notice in notices if notice),
        language=interface_language(),
        updated=max(map(_moment, entries), default=generation().made),
        author=", ".join(authors) or gettext("Recommendation search"),
        page=page,
        links=addresses,
        entries=entries,
        counts=counts or {},
    )
    return Response(atom.write(feed), mimetype=atom.MEDIA_TYPE)


def _moment(entry: atom.AtomEntry | atom.Deleted) -> datetime:
    return entry.when if isinstance(entry, atom.Deleted) else entry.updated


def _step(step: LatestChange) -> atom.AtomEntry | atom.Deleted:
    item = generation().index.item(step.item)
    if item is None:
        return atom.Deleted(links().tag(f"item/{step.item}"), step.at)
    # A change is of the item: its entry has the reader's language where there is one, else the first.
    own = (version for version in item.versions if version.language == interface_language())
    return _entry(item, next(own, item.versions[0]), step.at)


def _entry(item: Item, version: Version, updated: datetime) -> atom.AtomEntry:
    meeting, body = coverage().meeting_of(item), coverage().bodies[item.body]
    whole = links().whole
    return atom.AtomEntry(
        id=links().tag(f"item/{item.id}"),
        title=f"{labels.title_of(item)} · {labels.meeting_name(meeting).text}",
        updated=updated,
        author=labels.body_name(body).text,
        link=whole.permanent(item),
        text=version.text,
        language=version.language,
        citation=labels.citation(item, meeting, body, version),
        pdf=whole.version(item, version),
        published=meeting.first_day,
    )
