"""Scan of a folder of PDFs: files of documents, strays and misplaced files."""

import os
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from indexer.catalogue.folders import files_in, is_pdf, pdfs_in
from indexer.catalogue.reader import Catalogue
from indexer.model import Caution, Document, Evidence, Message, message
from indexer.storage.digest import file_sha256

_NOT_THERE = message("file-not-there")


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A readable file with the hexadecimal digest of its bytes at the scan."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class UnreadableFile:
    """A file that cannot be read; ``problem`` says why."""

    path: Path
    problem: Message


@dataclass(frozen=True, slots=True)
class MissingFile(UnreadableFile):
    """A file that is not there."""

    problem: Message = _NOT_THERE


@dataclass(frozen=True, slots=True)
class Source:
    """A document and its file.

    ``file`` is the path of the PDF within the folder of PDFs, ``pdf`` what lies there. ``evidence`` is why a document
    that the catalogue does not list is of its meeting, ``cautions`` what is to be said of that.
    """

    document: Document
    file: str
    pdf: PdfFile | UnreadableFile
    evidence: tuple[Evidence, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def is_recognised(self) -> bool:
        """True for a document that came to its meeting by its folder or page."""
        return bool(self.evidence)


@dataclass(frozen=True, slots=True)
class Stray:
    """A file that no document of the catalogue names.

    ``file`` is its path within the folder of PDFs, ``pdf`` what lies there. ``linked_meeting`` is the id of the meeting
    under which a portal links to it, and ``url`` that link; both are None where people have laid it there.
    """

    file: str
    pdf: PdfFile | UnreadableFile
    linked_meeting: str | None = None
    url: str | None = None


def readable_files(catalogue: Catalogue) -> Iterator[tuple[str, PdfFile]]:
    """The readable files by their paths within the folder of PDFs.

    Those of documents come first, then the strays.

    Raises:
        StorageError: the folder of PDFs, or one within it, cannot be read.
    """
    files: Iterator[Source | Stray] = chain(find_sources(catalogue), find_strays(catalogue))
    for each in files:
        if isinstance(each.pdf, PdfFile):
            yield each.file, each.pdf


def as_on_disk(catalogue: Catalogue) -> Catalogue:
    """The catalogue with its files named as they lie in the folder of PDFs.

    A file is taken for the one that is listed where its name differs only in case or in the form of its accents
    (Unicode Standard Annex 15), as systems write them differently.
    """
    there = {path.relative_to(catalogue.pdf_folder).as_posix() for path in files_in(catalogue.pdf_folder)}
    listed = {document.file for document in catalogue.documents}
    alike: dict[str, list[str]] = {}
    for file in there - listed:
        alike.setdefault(_fold_name(file), []).append(file)

    def with_its_file(document: Document) -> Document:
        """The document with the file that its name means, if there is just one."""
        found = alike.pop(_fold_name(document.file), []) if document.file and document.file not in there else []
        return replace(document, file=found[0]) if len(found) == 1 else document

    return replace(catalogue, documents=tuple(map(with_its_file, catalogue.documents)))


def _fold_name(file: str) -> str:
    """A name without differences of case and of the form of accents."""
    # Composed anew at the end, as case folding takes some letters apart.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", file).casefold())


def find_sources(catalogue: Catalogue) -> Iterator[Source]:
    """The documents that have a file, with what lies there now."""
    for document in catalogue.documents:
        if document.file is not None:
            yield Source(document, document.file, inspect(catalogue.pdf_folder / document.file))


def find_strays(catalogue: Catalogue, known: Collection[str] = ()) -> Iterator[Stray]:
    """The PDFs that the catalogue gives to no meeting, by name.

    ``known`` are those that are known to be strays already, and are left out.

    Raises:
        StorageError: the folder, or one within it, cannot be read.
    """
    listed = {catalogue.pdf_folder / document.file for document in catalogue.documents if document.file}
    listed |= {catalogue.pdf_folder / file for file in known}
    for path in pdfs_in(catalogue.pdf_folder):
        if path not in listed:
            name = path.relative_to(catalogue.pdf_folder)
            file = _printable(name)
            in_utf_8 = file == name.as_posix()
            yield Stray(file, inspect(path) if in_utf_8 else UnreadableFile(path, message("name-not-utf-8")))


def find_misplaced(catalogue: Catalogue) -> Iterator[str]:
    """The PDFs that lie where no build reads them.

    Those are in the body's folder or in that of the corpus. They are given as paths from a folder ``pdf`` in the body's
    folder.

    Raises:
        StorageError: a folder cannot be read.
    """
    read = catalogue.pdf_folder
    above = [path for path in sorted(catalogue.folder.parent.iterdir()) if is_pdf(path) and path.is_file()]
    for path in (*pdfs_in(catalogue.folder), *above):
        # By their real paths too, as the folder of PDFs may be a link, or lie behind one.
        if not path.is_relative_to(read) and not path.resolve().is_relative_to(read.resolve()):
            yield _printable(Path(os.path.relpath(path, catalogue.folder / "pdf")))


def _printable(path: Path) -> str:
    """A path as text, also where it is not written in UTF-8."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def inspect(path: Path) -> PdfFile | UnreadableFile:
    """The file at a path: its digest, or why it cannot be read."""
    try:
        if not path.is_file():
            return MissingFile(path)
        if not path.stat().st_size:
            return UnreadableFile(path, message("copy-empty"))
        return PdfFile(path, file_sha256(path))
    except OSError as error:
        return UnreadableFile(path, message("copy-unreadable", error.strerror or str(error)))
