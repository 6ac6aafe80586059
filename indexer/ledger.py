"""Which documents stand for a meeting, and what is missing: the rows that say how complete the answers are."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.catalogue import Catalogue
from indexer.lockfile import Refusal
from indexer.model import RECOMMENDATIONS, Document, Entry, State
from indexer.reading import Reading, unread_entry
from indexer.recognition import Doubt

READ = (State.INDEXED, State.NO_ITEMS)
"""The states of documents whose passages can be found."""


def settle_revisions(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, with those superseded that another of their meeting, language and role replaces.

    The highest revision that could be read replaces the others; of two that are equal, the first stands.
    """
    standing: dict[tuple[str, str | None, str], Reading] = {}
    for reading in readings:
        if reading.entry.state in READ:
            first = standing.setdefault(_place(reading), reading)
            if reading.document.revision > first.document.revision:
                standing[_place(reading)] = reading
    return [
        _superseded(reading, standing[_place(reading)])
        if reading.entry.state in READ and standing[_place(reading)] is not reading
        else reading
        for reading in readings
    ]


def missing(catalogue: Catalogue, there: Sequence[Entry], refused: Sequence[Refusal]) -> list[Entry]:
    """Beside the rows of what is there, one for each document without a file, and for each meeting and expected
    language that has no document.
    """
    reasons = {refusal.meeting: refusal.reason for refusal in refused}

    def row(document: Document) -> Entry:
        reason = reasons.get(document.meeting) or reasons.get(None)
        return unread_entry(document, State.NOT_FETCHED, f"Not fetched: {reason}" if reason else _not_fetched(document))

    rows = [row(document) for document in catalogue.documents if document.file is None]
    known = {(entry.meeting, entry.language) for entry in [*rows, *there] if entry.role == RECOMMENDATIONS}
    lacking = (
        row(Document(meeting.body, meeting.id, language=language))
        for meeting in catalogue.meetings
        for language in catalogue.body.languages
        if (meeting.id, language) not in known
    )
    return [*rows, *lacking]


def unassigned(catalogue: Catalogue, doubts: Iterable[Doubt]) -> list[Entry]:
    """A row for each file that nobody has given to a meeting: a question to people, with the meetings it may be of; or
    that it cannot be read.
    """
    return [
        Entry(
            body=catalogue.body.id,
            meeting="",
            language=None,
            role=RECOMMENDATIONS,
            state=State.UNASSIGNED if doubt.readable else State.UNREADABLE,
            file=doubt.file,
            reason=doubt.reason,
            candidates=doubt.candidates,
        )
        for doubt in doubts
    ]


def question(entry: Entry) -> str:
    """What people are asked about a file that is given to no meeting, and how they answer; empty for any other."""
    if entry.state is not State.UNASSIGNED:
        return ""
    may_be = f"It may be of meeting {' or '.join(entry.candidates)}. " if entry.candidates else ""
    example = f", such as {entry.candidates[0]}," if entry.candidates else ""
    return (
        f"{may_be}Move it into a folder named after its meeting{example} within the folder of PDFs; or name it in the "
        "catalogue."
    )


def in_order(catalogue: Catalogue, rows: Iterable[Entry]) -> list[Entry]:
    """Rows by meeting (those of none last), role (recommendations first), language (in the body's order) and revision
    (latest first).
    """
    meetings = {meeting.id: place for place, meeting in enumerate(catalogue.meetings)}
    languages = {language: place for place, language in enumerate(catalogue.body.languages)}
    return sorted(
        rows,
        key=lambda row: (
            meetings.get(row.meeting, len(meetings)),
            row.role != RECOMMENDATIONS,
            row.role,
            languages.get(row.language or "", len(languages)),
            row.language or "",
            row.state is State.SUPERSEDED,
            -row.revision,
            row.file or "",
        ),
    )


def _place(reading: Reading) -> tuple[str, str | None, str]:
    return reading.document.meeting, reading.language, reading.document.role


def _superseded(reading: Reading, by: Reading) -> Reading:
    if by.document.revision > reading.document.revision:
        reason = f"{by.document.file} (revision {by.document.revision}) takes its place."
    else:
        reason = (
            f"{by.document.file} is of the same meeting, language, role and revision, and was taken. "
            "Say in the catalogue what tells them apart."
        )
    return replace(reading, entry=replace(reading.entry, state=State.SUPERSEDED, reason=reason))


def _not_fetched(document: Document) -> str:
    where = f" from {document.url}" if document.url else ""
    return f"Put the PDF{where} into the folder of PDFs."
