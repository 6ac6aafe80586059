"""What is there of each body, as far as a build can tell before it has read a PDF: and the files that it must read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from indexer.catalogue.reader import Catalogue
from indexer.catalogue.scan import (
    PdfFile,
    Source,
    Stray,
    UnreadableFile,
    as_on_disk,
    find_misplaced,
    find_sources,
    find_strays,
)
from indexer.catalogue.symbols import work_of
from indexer.extract.cache import ExtractionCache, ExtractionKey
from indexer.extract.ocr import Finder, Ocr
from indexer.fetch.receipts import Absence, Refusal, read_receipts
from indexer.fetch.reconcile import add_fetched_files, find_removed_files, follow_moved_files, linked_strays
from indexer.model import Extraction

if TYPE_CHECKING:
    from indexer.catalogue.assign import Doubt

_MISPLACED = "It lies outside the folder of PDFs, where nothing is read."


class Listener(Protocol):
    """Told how far a build has come; ``page`` from several threads at once."""

    def files(self, count: int) -> None:
        """So many PDFs are to be read."""

    def page(self, path: Path, number: int) -> None:
        """A page of a file was read."""

    def file(self, path: Path) -> None:
        """A file was read as far as it can be."""

    def items(self, done: int, total: int) -> None:
        """So many items of all are in the new index."""


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A PDF to read, and the OCR for its pages without text."""

    path: Path
    ocr: Ocr


ReadFiles = Callable[[Sequence[FileToRead]], None]
"""Reads files into the cache."""


@dataclass(frozen=True, slots=True)
class BodyFiles:
    """What is there of one body: its catalogue, the files of its documents, what could not be fetched, and the files
    that are in no catalogue (``strays``) until they are recognised or, as misplaced ones are at once, asked about
    (``doubts``). ``ocr`` treats pages without text.
    """

    ocr: Ocr
    catalogue: Catalogue
    sources: tuple[Source, ...]
    refused: tuple[Refusal | Absence, ...]
    strays: tuple[Stray, ...] = ()
    doubts: "tuple[Doubt, ...]" = ()

    def key(self, pdf: PdfFile) -> ExtractionKey:
        """The key of what is read from a file of this body."""
        return ExtractionKey(pdf.sha256, pdf.path.name, self.ocr.name)

    def files_to_read(self) -> Iterator[tuple[ExtractionKey, FileToRead]]:
        """The files of the body that can be read, each by the key of what is read from it."""
        files: tuple[Source | Stray, ...] = (*self.sources, *self.strays)
        for each in files:
            if isinstance(each.pdf, PdfFile):
                yield self.key(each.pdf), FileToRead(each.pdf.path, self.ocr)


def gather_files(catalogue: Catalogue, find_ocr: Finder) -> BodyFiles:
    """What is there of one body.

    Raises:
        CatalogueError: what was fetched for it cannot be read.
        StorageError: a folder cannot be read.
    """
    catalogue = as_on_disk(catalogue)
    known = follow_moved_files(catalogue, read_receipts(catalogue.folder))
    out = find_removed_files(catalogue, known)
    there = replace(known, fetched=tuple(receipt for receipt in known.fetched if receipt.address not in out))
    catalogue = add_fetched_files(catalogue, there)
    linked = linked_strays(catalogue, there)
    return BodyFiles(
        ocr=find_ocr(catalogue.body.languages),
        catalogue=catalogue,
        sources=tuple(find_sources(catalogue)),
        refused=(*known.refused, *out.values()),
        strays=(*linked, *find_strays(catalogue, {stray.file for stray in linked})),
        doubts=_doubts(tuple(find_misplaced(catalogue))),
    )


def _doubts(misplaced: tuple[str, ...]) -> "tuple[Doubt, ...]":
    if not misplaced:
        return ()
    from indexer.catalogue.assign import Doubt  # here and below: most builds need none of it

    return tuple(Doubt(file, (), _MISPLACED) for file in misplaced)


def assign_strays(body: BodyFiles, cache: ExtractionCache, read: ReadFiles) -> BodyFiles:
    """The body with its strays among its documents, or among its doubts; no name of a file says which comes first."""
    if not body.strays:
        return body
    from indexer.catalogue.assign import assign

    strays = {stray.file: stray for stray in body.strays}
    assigned = assign(body.catalogue, [(stray, _extraction(stray, body, cache, read)) for stray in body.strays])
    listed = len(body.catalogue.documents)
    documents = assigned.catalogue.documents
    more = (
        Source(document, file, strays[file].pdf, assigned.cautions[file], recognised=True)
        for document in (*documents[:listed], *sorted(documents[listed:], key=lambda each: work_of(each.symbol)))
        if (file := document.file) in strays
    )
    return BodyFiles(
        body.ocr, assigned.catalogue, (*body.sources, *more), body.refused, doubts=(*assigned.doubts, *body.doubts)
    )


def _extraction(stray: Stray, body: BodyFiles, cache: ExtractionCache, read: ReadFiles) -> Extraction | UnreadableFile:
    """What a file holds, read again where what was kept is damaged."""
    if isinstance(stray.pdf, UnreadableFile):
        return stray.pdf
    key = body.key(stray.pdf)
    extraction = cache.load(key)
    if extraction is None:
        read([FileToRead(stray.pdf.path, body.ocr)])
        extraction = cache.load(key)
    return extraction or UnreadableFile(stray.pdf.path, "It cannot be read.")


def read_all(unread: Sequence[FileToRead], cache: ExtractionCache, processes: int, listener: Listener) -> None:
    """Read PDFs and keep what was read as soon as it is there."""
    listener.files(len(unread))
    if not unread:
        return
    from indexer.extract.pdf import extract_all  # here, as a build that finds nothing new reads no PDF

    for ocr, paths in _by_ocr(unread):
        extractions = extract_all(paths, processes=processes, progress=listener.page, ocr=ocr.read)
        with closing(extractions):
            for path, extraction in zip(paths, extractions, strict=True):
                if extraction.sha256:
                    cache.put(ExtractionKey(extraction.sha256, extraction.file, ocr.name), extraction)
                listener.file(path)


def _by_ocr(unread: Iterable[FileToRead]) -> Iterable[tuple[Ocr, list[Path]]]:
    """The paths that one OCR reads: bodies that share a folder may read the same file by different ones."""
    groups: dict[str, tuple[Ocr, list[Path]]] = {}
    for file in unread:
        groups.setdefault(file.ocr.name, (file.ocr, []))[1].append(file.path)
    return groups.values()
