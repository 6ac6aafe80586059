"""Pages ─▶ what a document says, kept by what that depends on: the pages, the catalogue's word, and the code."""

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
    """A document cut into passages, and what of its pages the ledger shows.

    ``language`` is what the text tells, or None; ``warnings`` are those of its pages; ``without_text`` the pages that
    print nothing at all; ``opening`` is the first page that prints something, as it was read.
    """

    segmented: Segmented
    language: str | None
    pages: int
    without_text: tuple[int, ...]
    warnings: tuple[Caution, ...]
    opening: Page | None


def segment_document(pages: Sequence[Page], override: Override | None) -> SegmentedDocument:
    """Cut a document as it was read; ``override`` is what the catalogue says about that."""
    repaired = repair(pages)
    found = segment(repaired, override)
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
    """The cuttings kept in a folder. For one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self._kept = ContentCache(folder / "cuttings", fingerprint.of_cuttings())
        self._used: set[str] = set()

    def load(self, pages: str, override: Override | None) -> SegmentedDocument | None:
        """How pages with this digest were cut; None where it is not kept."""
        content = self._kept.load(self._key(pages, override))
        return None if content is None else json.decode(content, SegmentedDocument)

    def put(self, pages: str, override: Override | None, cutting: SegmentedDocument) -> None:
        """Keep how pages with this digest were cut.

        Raises:
            StorageError: the disk is full or the folder cannot be written.
        """
        self._kept.put(self._key(pages, override), json.encode(cutting))

    def clean(self) -> None:
        """Remove what a writer that died has left, what other code has made, and what was not asked for.

        Raises:
            StorageError: the folder cannot be written.
        """
        self._kept.clean(self._used)

    def _key(self, pages: str, override: Override | None) -> str:
        key = hashlib.sha256(json.encode((pages, override))).hexdigest()
        self._used.add(key)
        return key
