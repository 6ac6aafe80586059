"""Coverage of a generation: its bodies, meetings and ledger, with look-ups for the pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from indexer.model import Body, Entry, Item, Kind, Meeting, Query, State
from indexer.query.citations import Citations
from indexer.query.meeting_mentions import MeetingMention, find_mentions


class Covered(Protocol):
    """Parts of a publication that are not items."""

    @property
    def bodies(self) -> Sequence[Body]:
        """The bodies listed."""

    @property
    def meetings(self) -> Sequence[Meeting]:
        """The meetings listed."""

    @property
    def ledger(self) -> Sequence[Entry]:
        """The state of each document."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Counts of the meetings of a body and of those with text.

    ``covered`` counts the meetings with text, ``by_language`` those of each language.
    """

    meetings: int
    covered: int
    by_language: Mapping[str, int]
    pages_without_text: int


_BEST = {state: place for place, state in enumerate((State.INDEXED, State.NO_ITEMS, State.UNREADABLE))}
"""States of documents, from the one that says most of what can be searched."""


class BodyCoverage:
    """Bodies, meetings and ledger of one generation."""

    def __init__(self, covered: Covered) -> None:
        self.bodies: Mapping[str, Body] = {body.id: body for body in covered.bodies}
        self.meetings: Mapping[str, Meeting] = {meeting.key: meeting for meeting in covered.meetings}
        self.ledger: Sequence[Entry] = tuple(covered.ledger)

    def meeting_of(self, item: Item) -> Meeting:
        """The meeting that an item belongs to."""
        return self.meetings[f"{item.body}/{item.meeting}"]

    def meetings_of(self, body: str) -> tuple[Meeting, ...]:
        """The meetings of a body, in order."""
        return tuple(sorted((each for each in self.meetings.values() if each.body == body), key=lambda m: m.ordinal))

    def find_mentions(self, query: Query) -> tuple[MeetingMention, ...]:
        """The meetings that the words of a query name.

        Meetings of bodies without a text count only where the query names no other.
        """
        speaking = [meeting for body in self.speaking for meeting in self.meetings_of(body.id)]
        # A body without a text has no results: a name that it shares with another body means the other.
        return self._mentions(query, speaking) or self._mentions(query, tuple(self.meetings.values()))

    def _mentions(self, query: Query, meetings: Sequence[Meeting]) -> tuple[MeetingMention, ...]:
        symbols = ((meeting, each.symbol) for meeting in meetings for each in self.entries_of(meeting) if each.symbol)
        return find_mentions(query, meetings, symbols)

    @cached_property
    def citations(self) -> Citations:
        """Reader of what queries cite."""
        return Citations(self.bodies.values(), self.meetings.values(), self.ledger)

    def entries_of(self, meeting: Meeting) -> tuple[Entry, ...]:
        """The rows of the ledger about a meeting."""
        return self._by_meeting.get(meeting.key, ())

    @cached_property
    def _by_meeting(self) -> Mapping[str, tuple[Entry, ...]]:
        rows: dict[str, list[Entry]] = {}
        for entry in self.ledger:
            rows.setdefault(f"{entry.body}/{entry.meeting}", []).append(entry)
        return {key: tuple(entries) for key, entries in rows.items()}

    def around(self, meeting: Meeting) -> tuple[Meeting | None, Meeting | None]:
        """The meetings before and after a meeting of its body."""
        meetings = self.meetings_of(meeting.body)
        place = meetings.index(meeting)
        return meetings[place - 1] if place else None, meetings[place + 1] if place + 1 < len(meetings) else None

    def latest(self, body: Body) -> Meeting | None:
        """The latest meeting of a body that can be searched."""
        return next((each for each in reversed(self.meetings_of(body.id)) if self.indexed_documents(each)), None)

    def languages_of(self, body: Body) -> tuple[str, ...]:
        """The languages of a body, then others that it has documents in."""
        found = (entry.language for entry in self.ledger if entry.body == body.id and entry.language)
        return tuple(dict.fromkeys((*body.languages, *sorted(found))))

    def best_entry(self, meeting: Meeting, language: str) -> Entry | None:
        """The document of a meeting in a language that can best be searched; None without one."""
        there = (entry for entry in self.entries_of(meeting) if entry.language == language)
        return min(there, key=lambda entry: _BEST.get(entry.state, len(_BEST)), default=None)

    def entries_of_all(self, meetings: Iterable[Meeting]) -> tuple[Entry, ...]:
        """The rows of the ledger about several meetings."""
        return tuple(entry for meeting in meetings for entry in self.entries_of(meeting))

    def unassigned_files(self, body: Body) -> tuple[Entry, ...]:
        """The files of a body that nobody has given to a meeting yet."""
        return tuple(each for each in self.ledger if each.body == body.id and each.state is State.UNASSIGNED)

    def unreadable_files(self, body: Body) -> tuple[Entry, ...]:
        """The unreadable files of a body that no meeting has."""
        rows = (each for each in self.ledger if each.body == body.id and each.is_unassigned)
        return tuple(each for each in rows if each.state is State.UNREADABLE)

    def indexed_documents(self, meeting: Meeting) -> tuple[Entry, ...]:
        """The documents of a meeting whose text can be found."""
        return tuple(each for each in self.entries_of(meeting) if each.state is State.INDEXED)

    def is_fetched(self, meeting: Meeting) -> bool:
        """True if any document of a meeting was fetched, readable or not."""
        return any(entry.state is not State.NOT_FETCHED for entry in self.entries_of(meeting))

    def recommendations_in(self, meeting: Meeting) -> int:
        """Number of recommendations in the fullest language version of a meeting."""
        # Language versions repeat the same recommendations: a sum would count them several times.
        kind = Kind.RECOMMENDATION.value
        return max((each.passages.get(kind, 0) for each in self.indexed_documents(meeting)), default=0)

    def reach(self, meetings: Iterable[Meeting]) -> Reach:
        """The counts of meetings and of those with text."""
        listed = tuple(meetings)
        languages: dict[str, set[str]] = {}
        for meeting in listed:
            # A language of the body is listed even where none of its meetings has a text in it.
            for language in self.bodies[meeting.body].languages:
                languages.setdefault(language, set())
            for entry in self.indexed_documents(meeting):
                languages.setdefault(entry.language or "", set()).add(meeting.key)
        return Reach(
            meetings=len(listed),
            covered=len(set().union(*languages.values())),
            by_language={language: len(keys) for language, keys in languages.items() if language},
            pages_without_text=sum(
                len(entry.pages_without_text) for each in listed for entry in self.indexed_documents(each)
            ),
        )

    @cached_property
    def speaking(self) -> tuple[Body, ...]:
        """The bodies with text in the index."""
        ids = {entry.body for entry in self.ledger if entry.state is State.INDEXED}
        return tuple(body for body in self.bodies.values() if body.id in ids)

    @property
    def listed_bodies(self) -> tuple[Body, ...]:
        """All bodies, those with text in the index first."""
        silent = (body for body in self.bodies.values() if body not in self.speaking)
        return (*self.speaking, *silent)

    @property
    def fictional(self) -> tuple[Body, ...]:
        """The invented bodies with text in the index."""
        return tuple(body for body in self.speaking if body.fictional)
