"""What was read from PDFs, kept by the SHA-256 of the file and the code that read it, so that no PDF is read twice.

The name of the file counts as well, for what is said about a file names it, and so does the OCR that was at hand. A
file of the cache holds two lines: a head, and the pages, whose SHA-256 stands in the head. What is damaged counts as
not there. The cache may be removed at any time.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from indexer import codec, sources
from indexer.model import Extraction, Page
from indexer.storage import remove, remove_leftovers, storage_errors, write_whole


@dataclass(frozen=True, slots=True)
class _Head:
    pages: str
    failure: str | None


class ExtractionCache:
    """The extractions kept in a folder, which is made when the first is kept. For one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._here = folder / sources.of_pages()[:16]

    def load(self, sha256: str, file: str, ocr: str = "") -> Extraction | None:
        """What was read from the PDF with this digest, name and OCR; None where it is not kept."""
        try:
            head, pages = self._place(sha256, file, ocr).read_bytes().splitlines()
            known = codec.decode(head, _Head)
            if hashlib.sha256(pages).hexdigest() != known.pages:
                return None
            return Extraction(file, sha256, codec.decode(pages, tuple[Page, ...]), known.failure)
        except (OSError, ValueError):
            return None

    def failure(self, sha256: str, file: str, ocr: str = "") -> str | None:
        """Why the PDF with this digest, name and OCR was not read as a whole, as far as is known here."""
        head = self._head(sha256, file, ocr)
        return head.failure if head else None

    def pages(self, sha256: str, file: str, ocr: str = "") -> str | None:
        """The digest of the pages that are kept for the PDF with this digest, name and OCR; None where none are."""
        head = self._head(sha256, file, ocr)
        return head.pages if head else None

    def holds(self, sha256: str, file: str, ocr: str = "") -> bool:
        """Whether something is kept for the PDF with this digest, name and OCR."""
        return self._place(sha256, file, ocr).exists()

    def keep(self, extraction: Extraction, ocr: str = "") -> None:
        """Keep what was read from a PDF with the OCR of this name.

        Raises:
            StorageError: the disk is full or the folder cannot be written.
        """
        pages = codec.encode(extraction.pages)
        head = codec.encode(_Head(hashlib.sha256(pages).hexdigest(), extraction.failure))
        with storage_errors(self._here):
            self._here.mkdir(parents=True, exist_ok=True)
            write_whole(self._place(extraction.sha256, extraction.file, ocr), head + b"\n" + pages + b"\n")

    def clean(self, used: Collection[tuple[str, str, str]]) -> None:
        """Remove what a writer that died has left, what other code has read, and all but what is used.

        Raises:
            StorageError: the folder cannot be written.
        """
        kept = {self._place(*each) for each in used}
        with storage_errors(self._folder):
            if not self._folder.is_dir():
                return
            remove_leftovers(self._folder)
            for folder in self._folder.iterdir():
                if folder != self._here and folder.is_dir():
                    remove(folder)
            if self._here.is_dir():
                remove_leftovers(self._here)
                for file in self._here.iterdir():
                    if file not in kept:
                        file.unlink()

    def _head(self, sha256: str, file: str, ocr: str) -> _Head | None:
        try:
            with self._place(sha256, file, ocr).open("rb") as kept:
                return codec.decode(kept.readline(), _Head)
        except (OSError, codec.CodecError):
            return None

    def _place(self, sha256: str, file: str, ocr: str) -> Path:
        name = hashlib.sha256(f"{file}\0{ocr}".encode("utf-8", "surrogateescape")).hexdigest()[:8]
        return self._here / f"{sha256}-{name}"
