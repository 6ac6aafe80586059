"""Proposals of meetings that a portal lists and a catalogue lacks."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.analysis.numerals import roman
from indexer.analysis.ordinals import ORDINAL, strip_accents
from indexer.catalogue.reader import Catalogue
from indexer.catalogue.writer import meeting_text
from indexer.fetch.portal import ListedMeeting
from indexer.model import Meeting

_NUMBER_AT_START = re.compile(rf"{ORDINAL}(?=\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A meeting that the portal lists and the catalogue does not.

    ``meeting`` is its id; ``entry`` is its text, which can be added to the catalogue.
    """

    meeting: str
    entry: str


def propose_meetings(catalogue: Catalogue, listings: Mapping[str, Iterable[ListedMeeting]]) -> Iterator[Proposal]:
    """The meetings that pages list and the catalogue does not, by ordinal."""
    known = {meeting.ordinal for meeting in catalogue.meetings}
    new: dict[int, dict[str, ListedMeeting]] = {}
    for language, listing in listings.items():
        for listed in listing:
            if listed.ordinal not in known:
                new.setdefault(listed.ordinal, {})[language] = listed
    # Days and page are those of the first language whose page lists the meeting, the venue that of each.
    for ordinal, by_language in sorted(new.items()):
        any_language, listed = next(iter(by_language.items()))
        meeting = Meeting(
            body=catalogue.body.id,
            id=roman(ordinal),
            ordinal=ordinal,
            title={language: _without_controls(title) for language, title in _titles(catalogue, ordinal)},
            first_day=listed.first_day,
            last_day=listed.last_day,
            venue={language: _without_controls(each.venue) for language, each in by_language.items() if each.venue},
            page=_without_controls(catalogue.body.portal[any_language]),
        )
        yield Proposal(meeting.id, meeting_text(meeting))


def _titles(catalogue: Catalogue, ordinal: int) -> Iterator[tuple[str, str]]:
    """The title of a new meeting by language: as that of the last one, with another number."""
    words = {"en": "Meeting", "es": "Reunión", "pt": "Reunião", "fr": "Réunion"}
    last = catalogue.meetings[-1].title if catalogue.meetings else {}
    for language in catalogue.body.languages:
        title = last.get(language, "")
        if numbered := _NUMBER_AT_START.match(strip_accents(title)):
            yield language, roman(ordinal) + title[numbered.end() :]
        else:
            told = (f"{roman(ordinal)} {words.get(language, '')}".strip(), catalogue.body.name.get(language))
            yield language, ", ".join(filter(None, told))


def _without_controls(text: str) -> str:
    """A text with spaces for the control characters that a page may hold."""
    return re.sub(r"[\x00-\x1f\x7f]", " ", text)
