"""The documents of a catalogue, one by one: the file, what was read from it, and its row of the ledger."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.cutting import Cutting
from indexer.lockfile import LockFile
from indexer.model import (
    RECOMMENDATIONS,
    Caution,
    Document,
    Entry,
    Kind,
    Passage,
    State,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A document that has a file. ``sha256`` is None where ``problem`` says why it cannot be read; ``cautions`` are
    what is to be said of how it came to its meeting.
    """

    document: Document
    path: Path
    sha256: str | None = None
    problem: str | None = None
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its passages and its row of the ledger; ``language`` is None where nothing could be read."""

    document: Document
    language: str | None
    passages: tuple[Passage, ...]
    entry: Entry


def with_fetched(catalogue: Catalogue, fetched: LockFile) -> Catalogue:
    """The catalogue with the files that were fetched: for the documents whose address it names, and for its meetings
    those that it does not list itself.
    """
    by_address = {receipt.address: receipt.file for receipt in fetched.fetched}
    documents = tuple(
        replace(document, file=by_address[document.url])
        if document.file is None and document.url in by_address
        else document
        for document in catalogue.documents
    )
    listed = {document.file for document in documents}
    meetings = {meeting.id for meeting in catalogue.meetings}
    more = (
        Document(catalogue.body.id, receipt.meeting, receipt.file, url=receipt.address)
        for receipt in sorted(fetched.fetched, key=lambda receipt: receipt.file)
        if receipt.file not in listed and receipt.meeting in meetings
    )
    return replace(catalogue, documents=(*documents, *more))


def as_on_disk(catalogue: Catalogue) -> Catalogue:
    """The catalogue with its files called as they lie in the folder of PDFs, where that holds one whose name differs
    only in case or in the form of its accents (Unicode Standard Annex 15), as systems write them differently.
    """
    there = {path.relative_to(catalogue.pdf_folder).as_posix() for path in catalogue.pdf_folder.rglob("*")}
    listed = {document.file for document in catalogue.documents}
    alike: dict[str, list[str]] = {}
    for file in there - listed:
        alike.setdefault(_folded(file), []).append(file)

    def named(document: Document) -> Document:
        found = alike.pop(_folded(document.file), []) if document.file and document.file not in there else []
        return replace(document, file=found[0]) if len(found) == 1 else document

    return replace(catalogue, documents=tuple(map(named, catalogue.documents)))


def _folded(file: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", file).casefold())


def find_sources(catalogue: Catalogue) -> Iterator[Source]:
    """The documents that have a file, with the digest of what lies there now."""
    for document in catalogue.documents:
        if document.file is not None:
            yield _source(document, catalogue.pdf_folder / document.file)


def find_strays(catalogue: Catalogue) -> Iterator[Source]:
    """The PDFs in the folder of PDFs that the catalogue gives to no meeting, by name; hidden ones are left alone."""
    listed = {catalogue.pdf_folder / document.file for document in catalogue.documents if document.file}
    for path in sorted(catalogue.pdf_folder.rglob("*")):
        if path.suffix.lower() == ".pdf" and not path.name.startswith((".", "~")) and path not in listed:
            file = path.relative_to(catalogue.pdf_folder).as_posix()
            yield _source(Document(catalogue.body.id, "", file), path)


def _source(document: Document, path: Path) -> Source:
    try:
        if not path.is_file():
            return Source(document, path, problem="There is no such file in the folder of PDFs.")
        if not path.stat().st_size:
            return Source(document, path, problem="It is empty (0 bytes). Copy it there again.")
        with path.open("rb") as file:
            return Source(document, path, hashlib.file_digest(file, "sha256").hexdigest())
    except OSError as error:
        return Source(document, path, problem=f"It cannot be read: {error.strerror or error}.")


def read_document(source: Source, cutting: Cutting, failure: str | None, fallback: str) -> Reading:
    """A document and its row of the ledger.

    Args:
        source: the document and its file.
        cutting: what it says.
        failure: why it was not read as a whole, if so.
        fallback: its language where neither catalogue nor text tells it.
    """
    document, cut = source.document, cutting.cut
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
    return Reading(document, entry.language, cut.passages, entry)


def unread_document(source: Source) -> Reading:
    """A document whose file is not there or cannot be read."""
    document = source.document
    state = State.UNREADABLE if source.path.exists() else State.NOT_FETCHED
    problem = source.problem or "It changed while it was being read. Build again."
    return Reading(document, document.language, (), unread_entry(document, state, problem))


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


def _state(document: Document, cutting: Cutting) -> tuple[State, str | None]:
    if not cutting.pages:
        return State.UNREADABLE, "Nothing could be read from it."
    if len(cutting.without_text) == cutting.pages:
        return State.UNREADABLE, "None of its pages holds text: they are pictures, as a scanner makes them."
    passages = cutting.cut.passages
    found = any(passage.kind is Kind.RECOMMENDATION for passage in passages)
    if found or (passages and document.role != RECOMMENDATIONS):
        return State.INDEXED, None
    return State.NO_ITEMS, "No recommendation was found in it."
