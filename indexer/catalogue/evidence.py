"""Evidence on the meeting of a file: a table, in the order in which it is weighed.

What a first page prints is weighed against what the catalogue knows: the body's names with a number (``Fourth Meeting
of the Group of …``), its series of symbols (``CIBER-IV/…``), the days of its meetings. Name and number, or the symbol,
tell the meeting, and so does the name with a meeting's days; days alone do not, and a number without the name tells
nothing. Where two of these point to different meetings, or the symbol is of another series, people are asked; days that
are far from the meeting tell against its printed number, but not against its symbol.
"""

# ARCHITECTURE.md: A file is assigned only where its page is clear.
# ARCHITECTURE.md: Evidence decides about portals, people decide about folders.

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from indexer.analysis.numerals import roman
from indexer.catalogue.first_page import FirstPage
from indexer.catalogue.reader import Catalogue
from indexer.catalogue.scan import Stray
from indexer.model import Evidence, Meeting, Message, Weight, message

# Around a meeting, documents are prepared and reported on.
_A_YEAR = timedelta(days=366)
"""Time around a meeting in which days on a page do not speak against it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The meeting of a file, or the objection to any.

    ``evidence`` is all that was found, in the order in which it was weighed.
    """

    answer: Meeting | Evidence
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Case:
    """A file whose meeting is in question: the catalogue, where the file lies, and its first page."""

    catalogue: Catalogue
    stray: Stray
    page: FirstPage

    @cached_property
    def by_id(self) -> Mapping[str, Meeting]:
        """The meetings of the catalogue by their ids, in small letters."""
        return {meeting.id.casefold(): meeting for meeting in self.catalogue.meetings}

    @cached_property
    def folder_meeting(self) -> Meeting | None:
        """The meeting after which a folder of the file is named."""
        names = (name.casefold() for name in PurePosixPath(self.stray.file).parts[:-1])
        return next((self.by_id[name] for name in names if name in self.by_id), None)

    @cached_property
    def linked_meeting(self) -> Meeting | None:
        """The meeting under which a portal links to the file."""
        return self.by_id.get(self.stray.linked_meeting.casefold()) if self.stray.linked_meeting else None

    @cached_property
    def on_days(self) -> Sequence[Meeting]:
        """The meetings whose first and last days stand on the page."""
        return meetings_on_days(self.catalogue, self.page)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of meetings that the page tells: one where all of it agrees."""
        page, linked = self.page, self.linked_meeting
        # Days alone tell no meeting: the name must stand with them.
        told = page.numbers or (tuple(meeting.ordinal for meeting in self.on_days) if page.named else ())
        if not told and linked and (page.named or linked in self.on_days):
            return (linked.ordinal,)
        return told

    @cached_property
    def all_numbers(self) -> Sequence[int]:
        """The numbers of all meetings of the body that the page tells or mentions, ascending."""
        return sorted({*self.numbers, *(number for number, _ in self.page.mentions)})

    @cached_property
    def meeting(self) -> Meeting | None:
        """The meeting that the strongest evidence points to."""
        if self.folder_meeting or self.page.failure:
            return self.folder_meeting or self.linked_meeting
        return next((each for each in self.catalogue.meetings if each.ordinal in self.numbers[:1]), None)

    @property
    def candidates(self) -> tuple[str, ...]:
        """The ids of meetings that the portal or anything on the page points to.

        They are in the order of the catalogue; a symbol of another series leaves none.
        """
        if self.page.foreign:
            return ()
        numbers = {*self.all_numbers, *self.page.numbers, *self.page.bare}
        return tuple(
            meeting.id
            for meeting in self.catalogue.meetings
            if meeting.ordinal in numbers
            or meeting.id == self.stray.linked_meeting
            or any(
                meeting.first_day and meeting.last_day and meeting.first_day <= last and first <= meeting.last_day
                for first, last in self.page.days
            )
        )


class EvidenceRow(NamedTuple):
    """A row of the table: ``find`` gives the evidence where it is there, or None."""

    weight: Weight
    find: Callable[[Case], Message | None]


def weigh(case: Case) -> Verdict:
    """Weigh the evidence on a file: row by row, as far as one that decides or asks."""
    found: list[Evidence] = []
    for weight, find in TABLE:
        if evidence := find(case):
            found.append(Evidence(evidence, weight))
            if weight in (Weight.DECIDES, Weight.ASKS):
                break
    objections = [each for each in found if each.is_objection]
    # Where there is no meeting, there is an objection: `unlisted-meeting` at the least.
    answer = case.meeting if case.meeting and not objections else objections[0]
    return Verdict(answer, tuple(found))


def meetings_on_days(catalogue: Catalogue, page: FirstPage) -> Sequence[Meeting]:
    """The meetings whose first and last days stand on the page."""
    return [
        meeting
        for meeting in catalogue.meetings
        if meeting.first_day and (meeting.first_day, meeting.last_day) in page.days
    ]


def _folder(case: Case) -> Message | None:
    # People have laid it there: no page speaks against that, as pages speak of many meetings.
    return message("folder", case.folder_meeting.id) if case.folder_meeting else None


def _linked_unread(case: Case) -> Message | None:
    return message("linked-unread", case.linked_meeting.id) if case.page.failure and case.linked_meeting else None


def _unread(case: Case) -> Message | None:
    return message("unread", case.page.failure) if case.page.failure else None


def _other_series(case: Case) -> Message | None:
    return message("other-series", case.page.foreign) if case.page.foreign else None


def _symbol(case: Case) -> Message | None:
    page = case.page
    return message("symbol", page.symbol or page.series or "", roman(page.numbered)) if page.numbered else None


def _title(case: Case) -> Message | None:
    for number, title in case.page.mentions[:1]:
        return message("title", roman(number), title)
    return None


def _body(case: Case) -> Message | None:
    return message("body") if case.page.named and not case.page.mentions else None


def _days(case: Case) -> Message | None:
    for meeting in case.on_days[:1]:
        return message("days", meeting.id, str(meeting.first_day), str(meeting.last_day))
    return None


def _link(case: Case) -> Message | None:
    return message("link", case.linked_meeting.id) if case.linked_meeting else None


def _link_alone(case: Case) -> Message | None:
    return message("link-alone", case.linked_meeting.id) if case.linked_meeting and not case.numbers else None


def _untold(case: Case) -> Message | None:
    return None if case.numbers else message("untold")


def _several_meetings(case: Case) -> Message | None:
    # A title may name former meetings as well; symbol, days or link then tell which one it is of.
    clear = (
        case.page.numbered
        or case.meeting in case.on_days
        or (case.linked_meeting and case.meeting == case.linked_meeting)
    )
    several = len(case.numbers) > 1 or (len(case.all_numbers) > 1 and not clear)
    return message("several-meetings", ", ".join(map(roman, case.all_numbers))) if several else None


def _link_differs(case: Case) -> Message | None:
    if case.linked_meeting and case.meeting != case.linked_meeting:
        return message("link-differs", case.linked_meeting.id, roman(case.numbers[0]))
    return None


def _unlisted_meeting(case: Case) -> Message | None:
    return None if case.meeting else message("unlisted-meeting", roman(case.numbers[0]))


def _days_of_another(case: Case) -> Message | None:
    if case.meeting and case.on_days and case.meeting not in case.on_days:
        return message("days-of-another", case.meeting.id)
    return None


def _far_days(case: Case) -> Message | None:
    # A symbol is given once, while a page may print any days.
    if case.meeting and not case.page.numbered and (day := _far_from(case.meeting, case.page.days)):
        return message("far-days", case.meeting.id, str(day))
    return None


def _no_heading(case: Case) -> Message | None:
    return (
        message("no-heading", case.meeting.id)
        if case.meeting and case.page.role is None and not case.linked_meeting
        else None
    )


def _far_from(meeting: Meeting, days: Sequence[tuple[date, date]]) -> date | None:
    """The first day on a page: where none is within a year before or after the meeting; else None."""
    first, last = meeting.first_day, meeting.last_day
    if not days or not first or not last:
        return None
    near = any(one - _A_YEAR <= last and first <= other + _A_YEAR for one, other in days)
    return None if near else days[0][0]


# The first row that decides or asks is the last that is weighed. Those against a meeting leave the file to people too,
# but what else there is against it is found as well.
TABLE = (
    EvidenceRow(Weight.DECIDES, _folder),
    EvidenceRow(Weight.DECIDES, _linked_unread),
    EvidenceRow(Weight.ASKS, _unread),
    EvidenceRow(Weight.ASKS, _other_series),
    EvidenceRow(Weight.FOR, _symbol),
    EvidenceRow(Weight.FOR, _title),
    EvidenceRow(Weight.FOR, _body),
    EvidenceRow(Weight.FOR, _days),
    EvidenceRow(Weight.FOR, _link),
    EvidenceRow(Weight.ASKS, _link_alone),
    EvidenceRow(Weight.ASKS, _untold),
    EvidenceRow(Weight.ASKS, _several_meetings),
    EvidenceRow(Weight.AGAINST, _link_differs),
    EvidenceRow(Weight.ASKS, _unlisted_meeting),
    EvidenceRow(Weight.AGAINST, _days_of_another),
    EvidenceRow(Weight.AGAINST, _far_days),
    EvidenceRow(Weight.AGAINST, _no_heading),
)
