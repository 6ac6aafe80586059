"""The documents of a catalogue, one by one: the file, what was read from it, and its row of the ledger."""

import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.catalogue import Catalogue
from indexer.folders import files_in, is_pdf, pdfs_in
from indexer.lockfile import LockFile, Receipt, Refusal
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
    from indexer.cutting import Cutting

_NO_SUCH_FILE = "There is no such file in the folder of PDFs."
_NOT_UTF_8 = (
    "Its name, or that of its folder, is not written in UTF-8, so that nothing can link to it. Give it a name without "
    "accents."
)


@dataclass(frozen=True, slots=True)
class Source:
    """A document that has a file. ``sha256`` is None where ``problem`` says why it cannot be read; ``cautions`` are
    what is to be said of how it came to its meeting. ``recognised`` tells whether it did so by its folder or page.
    """

    document: Document
    path: Path
    sha256: str | None = None
    problem: str | None = None
    cautions: tuple[Caution, ...] = ()
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its passages and its row of the ledger; ``language`` is None where nothing could be read."""

    document: Document
    language: str | None
    passages: tuple[Passage, ...]
    entry: Entry


def with_fetched(catalogue: Catalogue, fetched: LockFile) -> Catalogue:
    """The catalogue with the files that were fetched: for the documents whose address it names, and for its meetings
    those that it does not list itself, the latest first: a document that moved on the portal was fetched anew.
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
        for receipt in sorted(fetched.fetched, key=lambda receipt: (-receipt.at.timestamp(), receipt.file))
        if receipt.file not in listed and receipt.meeting in meetings
    )
    return replace(catalogue, documents=(*documents, *more))


def followed(catalogue: Catalogue, fetched: LockFile) -> LockFile:
    """What was fetched, where people have moved or renamed it: a file that is gone is the one of the same content."""
    gone = {receipt.file for receipt in fetched.fetched if _is_gone(catalogue, receipt)}
    if not gone:
        return fetched
    places = {source.sha256: source.document.file for source in _all_sources(catalogue)}
    receipts = (
        replace(receipt, file=places.get(receipt.sha256) or receipt.file) if receipt.file in gone else receipt
        for receipt in fetched.fetched
    )
    return replace(fetched, fetched=tuple(receipts))


def taken_out(catalogue: Catalogue, fetched: LockFile) -> dict[str, Refusal]:
    """What people have removed after it was fetched, by address, save for what the catalogue asks for by its address.

    A folder without any PDF tells no such thing: it is that of a new copy of the corpus, or was lost.
    """
    asked = {document.url for document in catalogue.documents}
    out = [each for each in fetched.fetched if each.address not in asked and _is_gone(catalogue, each)]
    if not out or not any(source.sha256 for source in _all_sources(catalogue)):
        return {}
    return {
        each.address: Refusal(
            each.address,
            each.meeting,
            f"{each.file} was taken out of the folder of PDFs. It is fetched again where the catalogue names its "
            f"address, {each.address}, or another document is found there",
            each.at,
            each.language,
            asked=False,
        )
        for each in out
    }


def _is_gone(catalogue: Catalogue, receipt: Receipt) -> bool:
    """Whether a file is not there; one that cannot be looked at has not gone."""
    try:
        return not (catalogue.pdf_folder / receipt.file).is_file()
    except OSError:
        return False


def _all_sources(catalogue: Catalogue) -> Iterator[Source]:
    return chain(find_sources(catalogue), find_strays(catalogue))


def as_on_disk(catalogue: Catalogue) -> Catalogue:
    """The catalogue with its files called as they lie in the folder of PDFs, where that holds one whose name differs
    only in case or in the form of its accents (Unicode Standard Annex 15), as systems write them differently.
    """
    there = {path.relative_to(catalogue.pdf_folder).as_posix() for path in files_in(catalogue.pdf_folder)}
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
    """The PDFs in the folder of PDFs that the catalogue gives to no meeting, by name.

    Raises:
        StorageError: the folder, or one within it, cannot be read.
    """
    listed = {catalogue.pdf_folder / document.file for document in catalogue.documents if document.file}
    for path in pdfs_in(catalogue.pdf_folder):
        if path not in listed:
            name = path.relative_to(catalogue.pdf_folder)
            document = Document(catalogue.body.id, "", _shown(name))
            in_utf_8 = document.file == name.as_posix()
            yield _source(document, path) if in_utf_8 else Source(document, path, problem=_NOT_UTF_8)


def find_misplaced(catalogue: Catalogue) -> Iterator[str]:
    """The PDFs that lie beside the folder of PDFs where no build reads them, in the body's folder or in that of the
    corpus; as paths from a folder ``pdf`` in the body's folder.

    Raises:
        StorageError: a folder cannot be read.
    """
    read = catalogue.pdf_folder
    above = [path for path in sorted(catalogue.folder.parent.iterdir()) if is_pdf(path) and path.is_file()]
    for path in (*pdfs_in(catalogue.folder), *above):
        if not path.is_relative_to(read) and not path.resolve().is_relative_to(read.resolve()):
            yield _shown(Path(os.path.relpath(path, catalogue.folder / "pdf")))


def _shown(path: Path) -> str:
    """A path as text, also where it is not written in UTF-8."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _source(document: Document, path: Path) -> Source:
    try:
        if not path.is_file():
            return Source(document, path, problem=_NO_SUCH_FILE)
        if not path.stat().st_size:
            return Source(document, path, problem="It is empty (0 bytes). Copy it there again.")
        with path.open("rb") as file:
            return Source(document, path, hashlib.file_digest(file, "sha256").hexdigest())
    except OSError as error:
        return Source(document, path, problem=f"It cannot be read: {error.strerror or error}.")


def read_document(source: Source, cutting: "Cutting", failure: str | None, fallback: str) -> Reading:
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
    state = State.NOT_FETCHED if source.problem == _NO_SUCH_FILE else State.UNREADABLE
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


def _state(document: Document, cutting: "Cutting") -> tuple[State, str | None]:
    if not cutting.pages:
        return State.UNREADABLE, "Nothing could be read from it."
    if len(cutting.without_text) == cutting.pages:
        return State.UNREADABLE, "None of its pages holds text: they are pictures, as a scanner makes them."
    passages = cutting.cut.passages
    found = any(passage.kind is Kind.RECOMMENDATION for passage in passages)
    if found or (passages and document.role != RECOMMENDATIONS):
        return State.INDEXED, None
    return State.NO_ITEMS, "No recommendation was found in it."
