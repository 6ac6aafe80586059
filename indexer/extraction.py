"""What was read from PDFs, kept by the SHA-256 of the file and the code that read it, so that no PDF is read twice.

A file of the cache holds two lines: a head, and the pages, whose SHA-256 stands in the head. What is damaged counts as
not there. The cache may be removed at any time.
"""

import hashlib
from collections.abc import Set
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

    def load(self, sha256: str, file: str) -> Extraction | None:
        """What was read from the PDF with this digest, under the name that it has now; None where it is not kept."""
        try:
            head, pages = (self._here / sha256).read_bytes().splitlines()
            known = codec.decode(head, _Head)
            if hashlib.sha256(pages).hexdigest() != known.pages:
                return None
            return Extraction(file, sha256, codec.decode(pages, tuple[Page, ...]), known.failure)
        except (OSError, ValueError):
            return None

    def failure(self, sha256: str) -> str | None:
        """Why the PDF with this digest was not read as a whole, as far as is known here."""
        try:
            with (self._here / sha256).open("rb") as file:
                return codec.decode(file.readline(), _Head).failure
        except (OSError, codec.CodecError):
            return None

    def __contains__(self, sha256: str) -> bool:
        return (self._here / sha256).exists()

    def keep(self, extraction: Extraction) -> None:
        """Keep what was read from a PDF.

        Raises:
            StorageError: the disk is full or the folder cannot be written.
        """
        pages = codec.encode(extraction.pages)
        head = codec.encode(_Head(hashlib.sha256(pages).hexdigest(), extraction.failure))
        with storage_errors(self._here):
            self._here.mkdir(parents=True, exist_ok=True)
            write_whole(self._here / extraction.sha256, head + b"\n" + pages + b"\n")

    def clean(self, used: Set[str]) -> None:
        """Remove what a writer that died has left, what other code has read, and all digests but those that are used.

        Raises:
            StorageError: the folder cannot be written.
        """
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
                    if file.name not in used:
                        file.unlink()
