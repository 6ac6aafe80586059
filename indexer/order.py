"""The orders of items that do not depend on a question."""

from collections.abc import Mapping, Sequence

from indexer.model import Item, Kind, Meeting, Publication


def in_order(publication: Publication) -> list[Item]:
    """The items by body (as published), meeting (by ordinal) and place in the meeting."""
    bodies = {body.id: place for place, body in enumerate(publication.bodies)}
    ordinals = {meeting.key: meeting.ordinal for meeting in publication.meetings}
    return sorted(
        publication.items,
        key=lambda item: (bodies[item.body], ordinals[meeting_key(item)], item.meeting, item.order, item.id),
    )


def meeting_key(item: Item) -> str:
    """The key of the meeting that an item belongs to."""
    return f"{item.body}/{item.meeting}"


def by_tie(item: Item) -> tuple[bool, str]:
    """What puts items of equal score in order: recommendations first, then by id."""
    return item.kind != Kind.RECOMMENDATION, item.id


def newest_first(items: Sequence[Item], meetings: Mapping[str, Meeting]) -> list[Item]:
    """Items, given in order, by the first day of their meeting, newest first; those without a date last."""

    def day(item: Item) -> int:
        first_day = meetings[meeting_key(item)].first_day
        return -first_day.toordinal() if first_day else 1

    return sorted(items, key=day)
