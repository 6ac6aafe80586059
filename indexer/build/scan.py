"""Gathering of the files of each body, and reading of those that are new."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

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
from indexer.model import Doubt, Evidence, Extraction, Weight


class Listener(Protocol):
    """A listener to the progress of a build; ``page`` is called from several threads at once."""

    def files(self, count: int) -> None:
        """Hear how many PDFs are to be read."""

    def page(self, path: Path, number: int) -> None:
        """Hear that a page of a file was read."""

    def file(self, path: Path) -> None:
        """Hear that a file was read as far as it can be."""

    def items(self, done: int, total: int) -> None:
        """Hear how many items of all are in the new index."""


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A PDF to read, and the OCR for its pages without text."""

    path: Path
    ocr: Ocr


ReadFiles = Callable[[Sequence[FileToRead]], None]
"""Reads files into the cache."""


@dataclass(frozen=True, slots=True)
class BodyFiles:
    """The catalogue and the files of one body.

    ``ocr`` treats pages without text. ``sources`` are the documents with their files, ``refused`` those that could not
    be fetched. ``strays`` are in no catalogue, until they are recognised or asked about; ``doubts`` are the questions,
    those on misplaced files from the beginning.
    """

    ocr: Ocr
    catalogue: Catalogue
    sources: tuple[Source, ...]
    refused: tuple[Refusal | Absence, ...]
    strays: tuple[Stray, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def key(self, pdf: PdfFile) -> ExtractionKey:
        """The key of the extraction of a file of this body."""
        return ExtractionKey(pdf.sha256, pdf.path.name, self.ocr.name)

    def files_to_read(self) -> Iterator[tuple[ExtractionKey, FileToRead]]:
        """The readable files of the body, each by the key of its extraction."""
        files: tuple[Source | Stray, ...] = (*self.sources, *self.strays)
        for each in files:
            if isinstance(each.pdf, PdfFile):
                yield self.key(each.pdf), FileToRead(each.pdf.path, self.ocr)


def scan(catalogue: Catalogue, find_ocr: Finder) -> BodyFiles:
    """The files of one body, none of them read yet.

    Raises:
        CatalogueError: the receipts beside its catalogue cannot be read.
        StorageError: a folder cannot be read.
    """
    # In this order: a file is followed to where it was moved before anyone asks whether it was removed.
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


def _doubts(misplaced: tuple[str, ...]) -> tuple[Doubt, ...]:
    """Questions on files that lie where no build reads them."""
    # Most people who lay a file beside the folder of PDFs mean it to be read: it is asked about, not passed over.
    objection = Evidence("misplaced", Weight.ASKS)
    return tuple(Doubt(file, (), objection, (objection,)) for file in misplaced)


def assign_strays(body: BodyFiles, cache: ExtractionCache, read: ReadFiles) -> BodyFiles:
    """The body with its strays among its documents or its doubts.

    Documents that the catalogue does not list follow by the numbers in their symbols.
    """
    if not body.strays:
        return body
    from indexer.catalogue.assign import assign  # here, as most builds have no file to ask about

    strays = {stray.file: stray for stray in body.strays}
    assigned = assign(body.catalogue, [(stray, _extraction(stray, body, cache, read)) for stray in body.strays])
    # Those that the catalogue lists keep its order; what comes first of the others must not hang on names of files.
    listed = len(body.catalogue.documents)
    documents = assigned.catalogue.documents
    more = (
        Source(document, file, strays[file].pdf, assigned.evidence[file], assigned.cautions[file])
        for document in (*documents[:listed], *sorted(documents[listed:], key=lambda each: work_of(each.symbol)))
        if (file := document.file) in strays
    )
    return BodyFiles(
        body.ocr, assigned.catalogue, (*body.sources, *more), body.refused, doubts=(*assigned.doubts, *body.doubts)
    )


def _extraction(stray: Stray, body: BodyFiles, cache: ExtractionCache, read: ReadFiles) -> Extraction | UnreadableFile:
    """The extraction of a stray, read again where the cached one is damaged."""
    if isinstance(stray.pdf, UnreadableFile):
        return stray.pdf
    key = body.key(stray.pdf)
    extraction = cache.load(key)
    if extraction is None:
        read([FileToRead(stray.pdf.path, body.ocr)])
        extraction = cache.load(key)
    return extraction or UnreadableFile(stray.pdf.path, "It cannot be read.")


def read_all(unread: Sequence[FileToRead], cache: ExtractionCache, processes: int, listener: Listener) -> None:
    """Read PDFs into the cache, each as soon as it has been read.

    Raises:
        StorageError: the disk is full or the cache cannot be written.
    """
    listener.files(len(unread))
    if not unread:
        return
    from indexer.extract.pdf import extract_all  # here, as a build that finds nothing new reads no PDF

    for ocr, paths in _by_ocr(unread):
        extractions = extract_all(paths, processes=processes, progress=listener.page, ocr=ocr.read)
        with closing(extractions):
            for path, extraction in zip(paths, extractions, strict=True):
                # By the digest of what was read, which may be another by now than that of the scan.
                if extraction.sha256:
                    cache.put(ExtractionKey(extraction.sha256, extraction.file, ocr.name), extraction)
                listener.file(path)


def _by_ocr(unread: Iterable[FileToRead]) -> Iterable[tuple[Ocr, list[Path]]]:
    """The paths by OCR; bodies that share a folder may read the same file by different ones."""
    groups: dict[str, tuple[Ocr, list[Path]]] = {}
    for file in unread:
        groups.setdefault(file.ocr.name, (file.ocr, []))[1].append(file.path)
    return groups.values()
