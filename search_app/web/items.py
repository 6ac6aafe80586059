"""Items that addresses name, and the records by which they are cited."""

from datetime import UTC, date, datetime

from flask import abort, current_app

from indexer.generations.changelog import ChangeKind, ItemChange
from indexer.model import Item, Version
from indexer.model.errors import BadIndex
from search_app.present.citation.citer import Citer
from search_app.present.citation.record import Record
from search_app.present.word_diff import ItemGone
from search_app.web.context import coverage, generation, links


def find_item(id: str) -> Item:
    """The item with this id.

    Raises:
        ItemGone: there was one, which was removed.
        NotFound: there never was one.
    """
    found = generation().index.item(id)
    if found is None:
        latest = latest_change(id)
        # Removed items are told from those that never were: their addresses may have been cited.
        if latest and latest.change.kind is ChangeKind.WENT:
            raise ItemGone(id, latest)
        abort(404)
    return found


def latest_change(id: str) -> ItemChange | None:
    """The latest change of an item; None where there is none, or where the change log is damaged."""
    # A damaged change log takes nothing from the text, which can still be read: the log of the service reports it.
    try:
        return generation().log.last(id)
    except BadIndex as error:
        current_app.logger.warning("%s", error)
        return None


def today() -> date:
    """The day of access."""
    return datetime.now(UTC).date()


def citer() -> Citer:
    """The maker of records for the present request."""
    made = generation()
    return Citer(links(), made.id, made.made.date(), today())


def record_of(item: Item, version: Version) -> Record:
    """The record of an item in the language of a version."""
    return citer().record(item, version, coverage().meeting_of(item), coverage().bodies[item.body])


def cited_state() -> str:
    """The state that an answer with citations depends on: they name the generation, and the day of access."""
    return f"{generation().edition} {today()}"
