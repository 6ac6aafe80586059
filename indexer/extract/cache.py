"""What was read from PDFs, kept by the SHA-256 of the file and the code that read it, so that no PDF is read twice.

The name of the file counts as well, for what is said about a file names it, and so does the OCR that was at hand.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from indexer.model import Extraction, Page, json
from indexer.storage import fingerprint
from indexer.storage.content_cache import ContentCache


@dataclass(frozen=True, slots=True)
class ExtractionKey:
    """The key of an extraction: all that it depends on beside the code.

    ``sha256`` is the hexadecimal digest of the PDF, ``file`` its name without folders, and ``ocr`` the name of the OCR
    at hand, empty where there is none.
    """

    sha256: str
    file: str
    ocr: str = ""

    @property
    def digest(self) -> str:
        """The key as the name of a file."""
        name = hashlib.sha256(f"{self.file}\0{self.ocr}".encode("utf-8", "surrogateescape")).hexdigest()[:8]
        return f"{self.sha256}-{name}"


class ExtractionCache:
    """The extractions kept in a folder. For one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self._kept = ContentCache(folder / "pages", fingerprint.of_pages())

    def load(self, key: ExtractionKey) -> Extraction | None:
        """What was read from the PDF of a key; None where it is not kept."""
        pages = self._kept.load(key.digest)
        if pages is None:
            return None
        return Extraction(key.file, key.sha256, json.decode(pages, tuple[Page, ...]), self.failure(key))

    def failure(self, key: ExtractionKey) -> str | None:
        """Why the PDF of a key was not read as a whole, as far as is known here."""
        head = self._kept.head(key.digest)
        return head.note if head else None

    def pages(self, key: ExtractionKey) -> str | None:
        """The digest of the pages of the PDF of a key; None where they are not kept."""
        head = self._kept.head(key.digest)
        return head.sha256 if head else None

    def holds(self, key: ExtractionKey) -> bool:
        """Whether something is kept for the PDF of a key."""
        return self.pages(key) is not None

    def put(self, key: ExtractionKey, extraction: Extraction) -> None:
        """Keep what was read from the PDF of a key.

        Raises:
            StorageError: the disk is full or the folder cannot be written.
        """
        self._kept.put(key.digest, json.encode(extraction.pages), extraction.failure)

    def clean(self, used: Collection[ExtractionKey]) -> None:
        """Remove what a writer that died has left, what other code has read, and all but what is used.

        Raises:
            StorageError: the folder cannot be written.
        """
        self._kept.clean({key.digest for key in used})
