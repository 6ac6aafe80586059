"""Cache of segmented documents, by digest of pages, override and code."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.analysis.language import identify
from indexer.model import Caution, Override, Page, Segmented, json
from indexer.segment import segment
from indexer.segment.repair import repair
from indexer.storage import fingerprint
from indexer.storage.content_cache import ContentCache


@dataclass(frozen=True, slots=True)
class SegmentedDocument:
    """A segmented document, with the facts of its pages that the ledger shows.

    Attributes:
        segmented: its passages.
        language: the language that the text tells, or None.
        pages: the number of its pages.
        without_text: the numbers of the pages that print nothing at all.
        warnings: the cautions on its pages.
        opening: the first page that prints something, as it was read.
    """

    segmented: Segmented
    language: str | None
    pages: int
    without_text: tuple[int, ...]
    warnings: tuple[Caution, ...]
    opening: Page | None


def segment_document(pages: Sequence[Page], override: Override | None) -> SegmentedDocument:
    """Repair and segment a document as it was read.

    ``override`` is the catalogue's word on cutting it.
    """
    repaired = repair(pages)
    found = segment(repaired, override)
    # Passages first: running headers and tables of contents may be in another language.
    text = " ".join(passage.text for passage in found.passages)
    return SegmentedDocument(
        segmented=found,
        language=identify(text or " ".join(line.text for page in repaired for line in page.lines)),
        pages=len(repaired),
        without_text=tuple(page.number for page in repaired if not page.lines and not page.set_aside),
        warnings=tuple(caution for page in repaired for caution in page.warnings),
        opening=next((page for page in pages if page.lines), None),
    )


class SegmentCache:
    """Cache of segmented documents in a folder. For one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self._cache = ContentCache(folder / "cuttings", fingerprint.of_cuttings())
        # Keys asked for by this build: what no document of the corpus needs any more is not kept for ever.
        self._used: set[str] = set()

    def load(self, pages: str, override: Override | None) -> SegmentedDocument | None:
        """Load the segmented document of pages with this digest; None where it is not kept."""
        content = self._cache.load(self._key(pages, override))
        return None if content is None else json.decode(content, SegmentedDocument)

    def put(self, pages: str, override: Override | None, cutting: SegmentedDocument) -> None:
        """Keep the segmented document of pages with this digest.

        Raises:
            StorageError: the disk is full or the folder cannot be written.
        """
        self._cache.put(self._key(pages, override), json.encode(cutting))

    def clean(self) -> None:
        """Remove what is of no use any more.

        That is what a writer that died has left, what other code has made, and what was not asked for.

        Raises:
            StorageError: the folder cannot be written.
        """
        self._cache.clean(self._used)

    def _key(self, pages: str, override: Override | None) -> str:
        key = hashlib.sha256(json.encode((pages, override))).hexdigest()
        self._used.add(key)
        return key
