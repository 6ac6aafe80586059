"""Facets as the page of results lists them."""

from dataclasses import dataclass, replace

from indexer.analysis.fields import MEETINGS, YEAR
from indexer.model import Count, Facet
from search_app.present.coverage import BodyCoverage
from search_app.present.search import Answer


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet with its values in the order in which people read them.

    Attributes:
        field: its field.
        counts: the values listed; none where another facet lists the same.
        chosen: the values chosen, as in ``Facet``.
    """

    field: str
    counts: tuple[Count, ...]
    chosen: tuple[str, ...]

    def share(self, count: Count) -> int:
        """The length of the bar of a value: its count in percent of the largest, at least 1."""
        return max(1, round(100 * count.count / max(each.count for each in self.counts)))


def shown_facets(answer: Answer, coverage: BodyCoverage) -> tuple[ShownFacet, ...]:
    """The facets of an answer that leave a choice, as they are listed."""
    listed = {facet.field: facet for facet in answer.choices}
    if meetings := listed.get(MEETINGS.name):
        listed[MEETINGS.name] = replace(meetings, counts=_latest_first(meetings, coverage))
        years = listed.get(YEAR.name)
        picked = any(".." not in each for each in answer.choices_in(YEAR.name))
        if years and not picked and _tell_years(meetings, coverage):
            listed[YEAR.name] = replace(years, counts=())
    return tuple(ShownFacet(each.field, each.counts, each.chosen) for each in listed.values())


def _latest_first(meetings: Facet, coverage: BodyCoverage) -> tuple[Count, ...]:
    """Counts of meetings, those of one body together, its latest first."""
    bodies = [body.id for body in coverage.listed_bodies]

    def place(count: Count) -> tuple[int, int]:
        meeting = coverage.meetings[count.value]
        return bodies.index(meeting.body), -meeting.ordinal

    return tuple(sorted(meetings.counts, key=place))


def _tell_years(meetings: Facet, coverage: BodyCoverage) -> bool:
    """True if the names of meetings tell all that a list of their years would."""
    years = [coverage.meetings[each.value].year for each in meetings.counts]
    return len(set(years)) == len(years)
