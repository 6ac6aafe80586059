"""Documents that were read, with their passages and rows of the ledger."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.catalogue.scan import MissingFile, Source, UnreadableFile
from indexer.model import RECOMMENDATIONS, Caution, Document, Entry, Kind, Passage, State

if TYPE_CHECKING:
    from indexer.segment.cache import SegmentedDocument


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
    source: Source, sha256: str, cutting: "SegmentedDocument", failure: str | None, *, fallback: str
) -> ReadDocument:
    """A document and its row of the ledger.

    Args:
        source: the document and its file.
        sha256: the hexadecimal digest of the file.
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
        sha256=sha256,
        symbol=document.symbol,
        revision=document.revision,
        pages=cutting.pages,
        pages_without_text=cutting.without_text,
        passages=dict(sorted(counts.items())),
        strategy=cut.strategy if cut.passages else None,
        warnings=tuple(warnings),
        reason=failure or reason,
    )
    return ReadDocument(document, source.file, sha256, language, cut.passages, entry)


def unreadable_document(document: Document, pdf: UnreadableFile) -> UnreadDocument:
    """A document whose file is not there or cannot be read."""
    state = State.NOT_FETCHED if isinstance(pdf, MissingFile) else State.UNREADABLE
    return UnreadDocument(document, unread_entry(document, state, pdf.problem))


def changed_document(document: Document) -> UnreadDocument:
    """A document whose file is another by now than the one that was read."""
    problem = "It changed while it was being read. Build again."
    return UnreadDocument(document, unread_entry(document, State.UNREADABLE, problem))


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
