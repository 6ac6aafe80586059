"""Documents with their passages and rows of the ledger."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.catalogue.scan import MissingFile, Source, UnreadableFile
from indexer.extract.without_text import reason_without_text
from indexer.model import (
    RECOMMENDATIONS,
    Caution,
    Document,
    Entry,
    Evidence,
    Kind,
    Message,
    Passage,
    Segmented,
    StageName,
    State,
    message,
)

CHANGED = message("changed-while-read")
"""The reason of a file that is another by now than the one that was read."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document that was read, with its row of the ledger.

    ``file`` is the path of its PDF within the folder of PDFs, ``sha256`` the hexadecimal digest of that. ``language``
    is that of its text; ``passages`` are empty where nothing was found in it.
    """

    document: Document
    file: str
    sha256: str
    language: str
    passages: tuple[Passage, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class UnreadDocument:
    """A document of which nothing was read, with its row of the ledger."""

    document: Document
    entry: Entry


def read_document(
    source: Source, sha256: str, segmented: Segmented, failure: Message | None, *, fallback: str
) -> ReadDocument:
    """A document that was read, with its row of the ledger.

    Args:
        source: the document and its file.
        sha256: the hexadecimal digest of the file.
        segmented: its passages, and what its pages tell.
        failure: why it was not read as a whole; None where it was.
        fallback: its language where neither catalogue nor text tells it.
    """
    document, passages = source.document, segmented.passages
    # People's word stands before that of the text: where they differ, a caution says so.
    language = document.language or segmented.language or fallback
    counts = Counter(passage.kind.value for passage in passages)
    warnings = [
        *source.cautions,
        *segmented.warnings,
        *_language_cautions(document.language, segmented.language, language, readable=bool(passages)),
    ]
    state, reason, stage = _state(document, segmented)
    named = {*segmented.without_text, *(caution.page for caution in warnings if caution.page)}
    entry = Entry(
        body=document.body,
        meeting=document.meeting,
        # Of a file that gave no page a language would be a guess.
        language=language if segmented.pages else document.language,
        role=document.role,
        state=state,
        file=document.file,
        sha256=sha256,
        symbol=document.symbol,
        revision=document.revision,
        pages=segmented.pages,
        pages_without_text=segmented.without_text,
        passages=dict(sorted(counts.items())),
        strategy=segmented.strategy if passages else None,
        warnings=tuple(warnings),
        reason=failure or reason,
        evidence=source.evidence,
        stage=StageName.EXTRACT if failure else stage,
        page_labels={str(page): segmented.labels[str(page)] for page in sorted(named) if str(page) in segmented.labels},
    )
    return ReadDocument(
        document=document, file=source.file, sha256=sha256, language=language, passages=passages, entry=entry
    )


def unreadable_document(source: Source, pdf: UnreadableFile) -> UnreadDocument:
    """A document whose file is not there or cannot be read."""
    state = State.NOT_FETCHED if isinstance(pdf, MissingFile) else State.UNREADABLE
    return UnreadDocument(
        source.document, unread_entry(source.document, state, StageName.SCAN, pdf.problem, source.evidence)
    )


def changed_document(source: Source) -> UnreadDocument:
    """A document whose file is another by now than the one that was read."""
    return UnreadDocument(
        source.document, unread_entry(source.document, State.UNREADABLE, StageName.EXTRACT, CHANGED, source.evidence)
    )


def unread_entry(
    document: Document, state: State, stage: StageName, reason: Message | None, evidence: tuple[Evidence, ...] = ()
) -> Entry:
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
        evidence=evidence,
        stage=stage,
    )


def _language_cautions(listed: str | None, identified: str | None, taken: str, *, readable: bool) -> Iterator[Caution]:
    """Cautions on the language of a document: as the catalogue lists it, as its text reads, and as it was taken."""
    if listed and identified and listed != identified:
        yield Caution(message("language-differs", listed, identified))
    elif not listed and not identified and readable:
        yield Caution(message("language-unknown", taken))


def _state(document: Document, segmented: Segmented) -> tuple[State, Message | None, StageName | None]:
    """The state of a document; the reason and the stage where it is not indexed."""
    if not segmented.pages:
        return State.UNREADABLE, None, StageName.EXTRACT  # the failure of its reading says why
    if len(segmented.without_text) == segmented.pages:
        return State.UNREADABLE, reason_without_text(segmented.warnings), StageName.EXTRACT
    passages = segmented.passages
    found = any(passage.kind is Kind.RECOMMENDATION for passage in passages)
    # A report may be found by any of its text.
    if found or (passages and document.role != RECOMMENDATIONS):
        return State.INDEXED, None, None
    return State.NO_ITEMS, message("no-recommendation"), StageName.SEGMENT
