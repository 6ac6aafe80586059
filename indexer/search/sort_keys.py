"""Sort keys: orders of items that do not depend on the query."""

# ARCHITECTURE.md: Sort keys stand here, not with the items.

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from indexer.model import Item, Kind, Meeting, Publication

_AFTER_ALL_DAYS = date.max.toordinal() + 1


def in_order(publication: Publication) -> Sequence[Item]:
    """Sort items by body (as published), meeting (by ordinal) and place in the meeting.

    Those of the publication themselves where they are in order already, so that they need not be held in memory.
    """
    bodies = {body.id: place for place, body in enumerate(publication.bodies)}
    ordinals = {meeting.key: meeting.ordinal for meeting in publication.meetings}

    def place(item: Item) -> tuple[int, int, str, int, str]:
        return bodies[item.body], ordinals[meeting_key(item)], item.meeting, item.order, item.id

    # A publication may read its items from a file, and one more time through it is cheaper than a list of them all.
    if all(before <= after for before, after in pairwise(map(place, publication.items))):
        return publication.items
    return sorted(publication.items, key=place)


def meeting_key(item: Item) -> str:
    """Key of the meeting that an item belongs to."""
    return f"{item.body}/{item.meeting}"


def by_tie(item: Item) -> tuple[bool, str]:
    """Sort key of items of equal score: recommendations first, then by id."""
    return item.kind != Kind.RECOMMENDATION, item.id


def day_of(item: Item, meetings: Mapping[str, Meeting]) -> int:
    """First day of an item's meeting as an ordinal of Python; 0 where it is not known."""
    first_day = meetings[meeting_key(item)].first_day
    return first_day.toordinal() if first_day else 0


def by_day(day: int, *, oldest_first: bool) -> int:
    """Sort key of a day; those that are not known come last in both orders."""
    return (day or _AFTER_ALL_DAYS) if oldest_first else -day
