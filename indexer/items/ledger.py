"""Ledger of documents: those that stand for a meeting, and those that are missing.

Its rows say how complete the answers are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeGuard

from indexer.catalogue.reader import Catalogue
from indexer.catalogue.symbols import work_of
from indexer.fetch.receipts import NotFetched, Refusal
from indexer.items.documents import ReadDocument, UnreadDocument, unread_entry
from indexer.model import (
    NO_MEETING,
    RECOMMENDATIONS,
    Document,
    Doubt,
    Entry,
    Message,
    Part,
    StageName,
    State,
    any_of,
    message,
)

READ = (State.INDEXED, State.NO_ITEMS)
"""The states of documents whose passages can be found."""

_STAGES = {"misplaced": StageName.SCAN, "unread": StageName.EXTRACT}
"""The stages before the one that assigns files, by the codes of objections that arose there."""


def settle_revisions(documents: Sequence[ReadDocument | UnreadDocument]) -> list[ReadDocument | UnreadDocument]:
    """The documents, of which one stands for each meeting, language and role.

    The first document that holds recommendations stands, in its highest revision that holds some. Revisions are
    compared between documents whose symbols differ in nothing else; those that are none of what stands are set aside.
    """
    standing: dict[tuple[str, str, str], ReadDocument] = {}
    for document in documents:
        if _is_read(document):
            before = standing.get(_slot(document))
            if before is None or _takes_the_place_of(before, document):
                standing[_slot(document)] = document
    return [
        _displace(document, standing[_slot(document)])
        if _is_read(document) and standing[_slot(document)] is not document
        else document
        for document in documents
    ]


def _is_read(document: ReadDocument | UnreadDocument) -> TypeGuard[ReadDocument]:
    """Tell whether a document was read and its passages can be found."""
    return isinstance(document, ReadDocument) and document.entry.state in READ


def missing_rows(catalogue: Catalogue, there: Sequence[Entry], refused: Sequence[NotFetched]) -> list[Entry]:
    """The rows of missing documents, where ``there`` are those of the others.

    There is one for each document without a file, for each meeting and expected language that has no document, and
    for each document that was refused and is none of these.
    """
    told: set[NotFetched] = set()  # those that a row gives as its reason

    def row(document: Document) -> Entry:
        # What befell the document itself says more than what befell the page that lists it.
        own = [refusal for refusal in refused if _is_of(refusal, document)]
        told.update(own)
        reasons = [refusal.reason for refusal in own or refused if own or _is_of_page(refusal, document, catalogue)]
        reason = _refusal_reason(reasons) if reasons else _not_fetched(document)
        return unread_entry(document, State.NOT_FETCHED, StageName.SCAN, reason)

    rows = [row(document) for document in catalogue.documents if document.file is None]
    known = {(entry.meeting, entry.language) for entry in [*rows, *there] if entry.role == RECOMMENDATIONS}
    rows += [
        row(Document(meeting.body, meeting.id, language=language))
        for meeting in catalogue.meetings
        for language in catalogue.body.languages
        if (meeting.id, language) not in known
    ]
    meetings = {meeting.id for meeting in catalogue.meetings}
    for refusal in refused:
        if isinstance(refusal, Refusal) and refusal.meeting in meetings and refusal not in told:
            rows.append(
                row(Document(catalogue.body.id, refusal.meeting, language=refusal.language, url=refusal.address))
            )
    return rows


def _is_of(refusal: NotFetched, document: Document) -> bool:
    """Tell whether a refusal is that of a document: of its address, or its meeting and language."""
    of_meeting = refusal.meeting == document.meeting and refusal.language in (None, document.language)
    return of_meeting or refusal.address == document.url


def _is_of_page(refusal: NotFetched, document: Document, catalogue: Catalogue) -> bool:
    """Tell whether a refusal is that of a document's page on the portal.

    That is the page in its language, or any where there is none in it.
    """
    languages = (None, document.language)
    return refusal.meeting is None and (refusal.language in languages or document.language not in catalogue.body.portal)


def unassigned_rows(catalogue: Catalogue, doubts: Iterable[Doubt]) -> list[Entry]:
    """The rows of files that nobody has given to a meeting.

    Each is a question to people, with the meetings that the file may be of; or says that it cannot be read.
    """
    return [
        Entry(
            body=catalogue.body.id,
            meeting=NO_MEETING,
            language=None,
            role=RECOMMENDATIONS,
            state=State.UNREADABLE if doubt.failure else State.UNASSIGNED,
            file=doubt.file,
            reason=doubt.failure or doubt.objection.message,
            candidates=doubt.candidates,
            evidence=doubt.evidence,
            stage=_STAGES.get(doubt.objection.code, StageName.ASSIGN),
        )
        for doubt in doubts
    ]


def question(entry: Entry) -> Message | None:
    """The question to people about a file of no meeting, and how they answer; None for any other row."""
    if entry.state is not State.UNASSIGNED:
        return None
    if not entry.candidates:
        return message("which-meeting")
    return message("which-of-meetings", any_of(entry.candidates), entry.candidates[0])


def in_order(catalogue: Catalogue, rows: Iterable[Entry]) -> list[Entry]:
    """The rows in the order in which people read them.

    That is by meeting (those of none last), role (recommendations first), language (in the body's order) and revision
    (latest first, those that gave way behind what stands).
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
            row.state in (State.SUPERSEDED, State.SET_ASIDE),
            -row.revision,
            row.file or "",
        ),
    )


def _slot(document: ReadDocument) -> tuple[str, str, str]:
    """The meeting, language and role of a document, for which one document stands."""
    return document.document.meeting, document.language, document.document.role


def _takes_the_place_of(before: ReadDocument, document: ReadDocument) -> bool:
    """Tell whether a document stands rather than one before it."""
    # A later revision without any recommendation must not take out one that holds some.
    if document.entry.state is not before.entry.state:
        return document.entry.state is State.INDEXED
    return _is_earlier(before.document, document.document)


def _is_earlier(one: Document, other: Document) -> bool:
    """Tell whether a document is an earlier revision of another."""
    return work_of(one.symbol) == work_of(other.symbol) and one.revision < other.revision


def _displace(document: ReadDocument, by: ReadDocument) -> ReadDocument:
    """The document, with the reason why another one stands."""
    state = State.SET_ASIDE
    if _is_earlier(document.document, by.document):
        state = State.SUPERSEDED
        reason = message("later-revision", by.file, by.document.revision)
    elif document.entry.sha256 == by.entry.sha256:
        reason = message("same-file", by.file)
    elif document.entry.state is not by.entry.state:
        reason = message("other-holds-some", by.file)
    elif work_of(document.document.symbol) == work_of(by.document.symbol):
        reason = message("same-symbol", by.file)
    else:
        reason = message("another-document", by.file)
    return replace(document, entry=replace(document.entry, state=state, reason=reason, stage=StageName.ALIGN))


def _refusal_reason(reasons: Sequence[Message]) -> Message:
    """The reason of a document that was asked for in vain."""
    listed: Part = reasons[0]
    for reason in reasons[1:]:
        listed = message("one-and-other", listed, reason)
    return message("not-fetched", listed)


def _not_fetched(document: Document) -> Message:
    """The reason of a document that nobody has tried to fetch."""
    return message("put-it-there-from", document.url) if document.url else message("put-it-there")
