"""Documents that were read, with their passages and rows of the ledger."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.catalogue.scan import NO_SUCH_FILE, Source
from indexer.model import (
    RECOMMENDATIONS,
    Caution,
    Document,
    Entry,
    Kind,
    Passage,
    State,
)

if TYPE_CHECKING:
    from indexer.segment.cache import SegmentedDocument


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document with its passages and its row of the ledger; ``language`` is None where nothing could be read."""

    document: Document
    language: str | None
    passages: tuple[Passage, ...]
    entry: Entry


def read_document(source: Source, cutting: "SegmentedDocument", failure: str | None, fallback: str) -> ReadDocument:
    """A document and its row of the ledger.

    Args:
        source: the document and its file.
        cutting: what it says.
        failure: why it was not read as a whole, if so.
        fallback: its language where neither catalogue nor text tells it.
    """
    document, cut = source.document, cutting.segmented
    told = cutting.language
    language = document.language or told or fallback
    counts = Counter(passage.kind.value for passage in cut.passages)
    warnings = [
        *source.cautions,
        *cutting.warnings,
        *cut.warnings,
        *_language_cautions(document.language, told, language, readable=bool(cut.passages)),
    ]
    state, reason = _state(document, cutting)
    entry = Entry(
        body=document.body,
        meeting=document.meeting,
        language=language if cutting.pages else document.language,
        role=document.role,
        state=state,
        file=document.file,
        sha256=source.sha256,
        symbol=document.symbol,
        revision=document.revision,
        pages=cutting.pages,
        pages_without_text=cutting.without_text,
        passages=dict(sorted(counts.items())),
        strategy=cut.strategy if cut.passages else None,
        warnings=tuple(warnings),
        reason=failure or reason,
    )
    return ReadDocument(document, entry.language, cut.passages, entry)


def unread_document(source: Source) -> ReadDocument:
    """A document whose file is not there or cannot be read."""
    document = source.document
    state = State.NOT_FETCHED if source.problem == NO_SUCH_FILE else State.UNREADABLE
    problem = source.problem or "It changed while it was being read. Build again."
    return ReadDocument(document, document.language, (), unread_entry(document, state, problem))


def unread_entry(document: Document, state: State, reason: str | None) -> Entry:
    """The row of a document of which nothing was read."""
    return Entry(
        body=document.body,
        meeting=document.meeting,
        language=document.language,
        role=document.role,
        state=state,
        file=document.file,
        symbol=document.symbol,
        revision=document.revision,
        reason=reason,
    )


def _language_cautions(said: str | None, told: str | None, taken: str, *, readable: bool) -> Iterator[Caution]:
    if said and told and said != told:
        yield Caution(
            "language-differs",
            f"The catalogue says {said}, but the text reads as {told}. It is taken as {said}; mend the catalogue "
            "if that is wrong.",
        )
    elif not said and not told and readable:
        yield Caution(
            "language-unknown",
            f"The text does not tell its language. It is taken as {taken}; say in the catalogue which it is.",
        )


def _state(document: Document, cutting: "SegmentedDocument") -> tuple[State, str | None]:
    if not cutting.pages:
        return State.UNREADABLE, "Nothing could be read from it."
    if len(cutting.without_text) == cutting.pages:
        return State.UNREADABLE, "None of its pages holds text: they are pictures, as a scanner makes them."
    passages = cutting.segmented.passages
    found = any(passage.kind is Kind.RECOMMENDATION for passage in passages)
    if found or (passages and document.role != RECOMMENDATIONS):
        return State.INDEXED, None
    return State.NO_ITEMS, "No recommendation was found in it."
