"""Display names of bodies, meetings, items and facet values, in one interface language.

They are made once for a generation, a language and a public address.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from indexer.model import Item, Kind, Meeting, Version
from search_app.api import schemas
from search_app.present import labels
from search_app.present.coverage import BodyCoverage, Reach
from search_app.request.locale import say
from search_app.request.urls import Links

K = TypeVar("K")
V = TypeVar("V")


class DisplayNames:
    """Names for one generation, each made when it is first needed.

    Translating and formatting them anew in each answer would take longer than to find what they name.

    Args:
        coverage: the bodies, meetings and documents of the generation.
        links: the maker of addresses, in the language of the names.
    """

    def __init__(self, coverage: BodyCoverage, links: Links) -> None:
        self.coverage = coverage
        self.links = links
        self.total_coverage = self.coverage_of(coverage.reach(coverage.meetings.values()))
        notices = ((body, say(body.notice)) for body in coverage.speaking)
        self.notices = tuple(schemas.Notice(body.id, body.fictional, notice.text) for body, notice in notices if notice)
        # Labels translate themselves at each use. These names are of one language, so they are translated here, once.
        self._fields = {field: str(label) for field, label in labels.FACETS.items()}
        self._kinds = {kind: labels.name_of(labels.KINDS, kind) for kind in Kind}
        self._pages: dict[tuple[int, str], str] = {}
        self._meetings: dict[str, schemas.MeetingName] = {}
        self._sources: dict[str, str] = {}
        self._values = {field: _Values(field, coverage) for field in labels.FACETS}

    def field(self, field: str) -> str:
        """The name of a facet."""
        return self._fields[field]

    def values(self, field: str) -> Mapping[str, str]:
        """The names of the values of a facet."""
        return self._values[field]

    def title(self, item: Item) -> str:
        """The name of an item within its meeting."""
        return f"{self._kinds[item.kind]} {labels.number_of(item)}"

    def citation(self, item: Item, version: Version, title: str) -> str:
        """The citation of a version; ``title`` is that of its item."""
        meeting = self.coverage.meeting_of(item)
        # An export cites every version. Its parts are shared by many of them, so each part is formatted once.
        source = _get_or_make(
            self._sources, meeting.key, lambda: labels.source(meeting, self.coverage.bodies[meeting.body])
        )
        key = version.page, version.page_label
        page = _get_or_make(self._pages, key, lambda: labels.page_name(*key))
        return labels.join_citation(source, title, version.symbol, page)

    def coverage_of(self, reach: Reach) -> schemas.Coverage:
        """The numbers that say how complete answers over these meetings are."""
        return schemas.Coverage(
            reach.meetings, reach.covered, dict(reach.by_language), reach.pages_without_text, self.links.coverage()
        )

    def meeting(self, meeting: Meeting) -> schemas.MeetingName:
        """The name, days and addresses of a meeting."""
        return _get_or_make(self._meetings, meeting.key, lambda: self._make_meeting(meeting))

    def _make_meeting(self, meeting: Meeting) -> schemas.MeetingName:
        venue = say(meeting.venue)
        return schemas.MeetingName(
            body=meeting.body,
            body_name=labels.body_name(self.coverage.bodies[meeting.body]).text,
            id=meeting.id,
            title=labels.meeting_name(meeting).text,
            first_day=meeting.first_day,
            last_day=meeting.last_day,
            venue=venue.text if venue else None,
            link=self.links.meeting(meeting),
            api=self.links.api("meeting", body=meeting.body, meeting=meeting.id),
            portal=meeting.page,
        )


class _Values(dict[str, str]):
    """Names of a facet's values, each made when it is first needed."""

    def __init__(self, field: str, coverage: BodyCoverage) -> None:
        super().__init__()
        self._field = field
        self._coverage = coverage

    def __missing__(self, value: str) -> str:
        # ``dict`` calls this only for a value without a name: names already made are read at the speed of a plain dict.
        self[value] = labels.value_name(self._field, value, self._coverage)
        return self[value]


def _get_or_make(values: dict[K, V], key: K, make: Callable[[], V]) -> V:
    # No lock: two threads may both make a name, and both make the same one.
    if key not in values:
        values[key] = make()
    return values[key]
