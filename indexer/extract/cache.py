"""What was read from PDFs, kept by the SHA-256 of the file and the code that read it, so that no PDF is read twice.

The name of the file counts as well, for what is said about a file names it, and so does the OCR that was at hand.
"""

import hashlib
from collections.abc import Collection
from pathlib import Path

from indexer.model import Extraction, Page, json
from indexer.storage import fingerprint
from indexer.storage.content_cache import ContentCache


class ExtractionCache:
    """The extractions kept in a folder. For one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self._kept = ContentCache(folder / "pages", fingerprint.of_pages())

    def load(self, sha256: str, file: str, ocr: str = "") -> Extraction | None:
        """What was read from the PDF with this digest, name and OCR; None where it is not kept."""
        key = _key(sha256, file, ocr)
        pages = self._kept.load(key)
        if pages is None:
            return None
        return Extraction(file, sha256, json.decode(pages, tuple[Page, ...]), self.failure(sha256, file, ocr))

    def failure(self, sha256: str, file: str, ocr: str = "") -> str | None:
        """Why the PDF with this digest, name and OCR was not read as a whole, as far as is known here."""
        head = self._kept.head(_key(sha256, file, ocr))
        return head.note if head else None

    def pages(self, sha256: str, file: str, ocr: str = "") -> str | None:
        """The digest of the pages of the PDF with this digest, name and OCR; None where they are not kept."""
        head = self._kept.head(_key(sha256, file, ocr))
        return head.sha256 if head else None

    def holds(self, sha256: str, file: str, ocr: str = "") -> bool:
        """Whether something is kept for the PDF with this digest, name and OCR."""
        return self.pages(sha256, file, ocr) is not None

    def put(self, extraction: Extraction, ocr: str = "") -> None:
        """Keep what was read from a PDF with the OCR of this name.

        Raises:
            StorageError: the disk is full or the folder cannot be written.
        """
        self._kept.put(_key(extraction.sha256, extraction.file, ocr), json.encode(extraction.pages), extraction.failure)

    def clean(self, used: Collection[tuple[str, str, str]]) -> None:
        """Remove what a writer that died has left, what other code has read, and all but what is used.

        Raises:
            StorageError: the folder cannot be written.
        """
        self._kept.clean({_key(*each) for each in used})


def _key(sha256: str, file: str, ocr: str) -> str:
    name = hashlib.sha256(f"{file}\0{ocr}".encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"{sha256}-{name}"
