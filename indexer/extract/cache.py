"""Content-addressed cache of extractions, so that no PDF is read twice.

The key is made of the SHA-256 of the file, its name, for what is said about a file names it, and the OCR that was at
hand; the cache itself counts in the code that read it. In each method ``sha256`` is hexadecimal, ``file`` the name in
print, and ``ocr`` the name of an ``Ocr``, empty for none.
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
        # A name may be no text at all (PEP 383), and too long to be part of another one: so its digest is.
        name = hashlib.sha256(f"{self.file}\0{self.ocr}".encode("utf-8", "surrogateescape")).hexdigest()[:8]
        return f"{self.sha256}-{name}"


class ExtractionCache:
    """A cache of extractions in a folder. For one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self._cache = ContentCache(folder / "pages", fingerprint.of_pages())

    def load(self, key: ExtractionKey) -> Extraction | None:
        """The extraction of a key; None where it is not cached."""
        pages = self._cache.load(key.digest)
        if pages is None:
            return None
        return Extraction(key.file, key.sha256, json.decode(pages, tuple[Page, ...]), self.failure(key))

    def failure(self, key: ExtractionKey) -> str | None:
        """The reason why a PDF was not read as a whole.

        None where it was, or where its extraction is not cached.
        """
        head = self._cache.head(key.digest)
        return head.note if head else None

    def pages(self, key: ExtractionKey) -> str | None:
        """The digest of the pages of a PDF; None where they are not cached."""
        head = self._cache.head(key.digest)
        return head.sha256 if head else None

    def holds(self, key: ExtractionKey) -> bool:
        """Tell whether the extraction of a PDF is cached."""
        return self.pages(key) is not None

    def put(self, key: ExtractionKey, extraction: Extraction) -> None:
        """Cache the extraction of a PDF.

        Raises:
            StorageError: the disk is full or the folder cannot be written.
        """
        self._cache.put(key.digest, json.encode(extraction.pages), extraction.failure)

    def clean(self, used: Collection[ExtractionKey]) -> None:
        """Remove all but the extractions that are used.

        What a writer that died has left goes as well, and what other code has read.

        Raises:
            StorageError: the folder cannot be written.
        """
        self._cache.clean({key.digest for key in used})
