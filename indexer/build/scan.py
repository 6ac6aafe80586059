"""Scan of a body: its catalogue, its files and what was fetched for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.catalogue.reader import Catalogue
from indexer.catalogue.scan import (
    PdfFile,
    Source,
    Stray,
    as_on_disk,
    find_misplaced,
    find_sources,
    find_strays,
)
from indexer.catalogue.symbols import work_of
from indexer.extract.ocr import Finder, Ocr
from indexer.fetch.receipts import Absence, Refusal, read_receipts
from indexer.fetch.reconcile import add_fetched_files, find_removed_files, follow_moved_files, linked_strays
from indexer.model import Assignment, Doubt, Evidence, Weight, message


@dataclass(frozen=True, slots=True)
class PdfToRead:
    """A PDF to read, and the OCR for its pages without text."""

    pdf: PdfFile
    ocr: Ocr


@dataclass(frozen=True, slots=True)
class BodyFiles:
    """The catalogue and the files of one body.

    ``ocr`` treats pages without text, ``ocr_of`` those of files whose language the catalogue says. ``sources`` are the
    documents with their files, ``refused`` those that could not be fetched. ``strays`` are in no catalogue, until they
    are recognised or asked about; ``doubts`` are the questions, those on misplaced files from the beginning.
    """

    ocr: Ocr
    catalogue: Catalogue
    sources: tuple[Source, ...]
    refused: tuple[Refusal | Absence, ...]
    strays: tuple[Stray, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    # By file, and settled before anything is read: what is kept of a file is found again by it.
    ocr_of: Mapping[Path, Ocr] = field(default_factory=dict)

    def to_read(self, pdf: PdfFile) -> PdfToRead:
        """A file of this body with the OCR for it."""
        return PdfToRead(pdf, self.ocr_of.get(pdf.path, self.ocr))

    def files_to_read(self) -> Iterator[PdfToRead]:
        """The readable files of the body."""
        files: tuple[Source | Stray, ...] = (*self.sources, *self.strays)
        for each in files:
            if isinstance(each.pdf, PdfFile):
                yield self.to_read(each.pdf)

    def with_assigned(self, assigned: Assignment) -> "BodyFiles":
        """The body with its strays among its documents or its doubts.

        Documents that the catalogue does not list follow by the numbers in their symbols.
        """
        strays = {stray.file: stray for stray in self.strays}
        # Those that the catalogue lists keep its order; what comes first of the others must not hang on names of files.
        listed = len(self.catalogue.documents)
        documents = assigned.documents
        more = (
            Source(document, file, strays[file].pdf, assigned.evidence[file], assigned.cautions[file])
            for document in (*documents[:listed], *sorted(documents[listed:], key=lambda each: work_of(each.symbol)))
            if (file := document.file) in strays
        )
        return replace(
            self,
            catalogue=replace(self.catalogue, meetings=assigned.meetings, documents=documents),
            sources=(*self.sources, *more),
            strays=(),
            doubts=(*assigned.doubts, *self.doubts),
        )


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
    sources = tuple(find_sources(catalogue))
    languages = catalogue.body.languages
    return BodyFiles(
        ocr=find_ocr(languages),
        ocr_of={
            source.pdf.path: find_ocr(languages, source.document.language)
            for source in sources
            if isinstance(source.pdf, PdfFile) and source.document.language
        },
        catalogue=catalogue,
        sources=sources,
        refused=(*known.refused, *out.values()),
        strays=(*linked, *find_strays(catalogue, {stray.file for stray in linked})),
        doubts=_doubts(tuple(find_misplaced(catalogue))),
    )


def _doubts(misplaced: tuple[str, ...]) -> tuple[Doubt, ...]:
    """Questions on files that lie where no build reads them."""
    # Most people who lay a file beside the folder of PDFs mean it to be read: it is asked about, not passed over.
    objection = Evidence(message("misplaced"), Weight.ASKS)
    return tuple(Doubt(file, (), objection, (objection,)) for file in misplaced)
