"""Scan of a folder of PDFs: files of documents, strays and misplaced files."""

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from indexer.catalogue.folders import files_in, is_pdf, pdfs_in
from indexer.catalogue.reader import Catalogue
from indexer.model import (
    Caution,
    Document,
)

NO_SUCH_FILE = "There is no such file in the folder of PDFs."

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


def all_sources(catalogue: Catalogue) -> Iterator[Source]:
    """The documents that have a file, then the strays."""
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
            return Source(document, path, problem=NO_SUCH_FILE)
        if not path.stat().st_size:
            return Source(document, path, problem="It is empty (0 bytes). Copy it there again.")
        with path.open("rb") as file:
            return Source(document, path, hashlib.file_digest(file, "sha256").hexdigest())
    except OSError as error:
        return Source(document, path, problem=f"It cannot be read: {error.strerror or error}.")
