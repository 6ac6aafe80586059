"""Segmentation of a document as it was read: repair, passages, and the facts of its pages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.analysis.language import identify
from indexer.model import Override, Page, Passage, Segmented
from indexer.segment import segment
from indexer.segment.repair import repair


def segment_document(pages: Sequence[Page], override: Override | None) -> Segmented:
    """Repair and segment a document as it was read.

    ``override`` is the catalogue's word on cutting it.
    """
    repaired = repair(pages)
    found = segment(repaired, override)
    # Passages first: running headers and tables of contents may be in another language.
    text = " ".join(passage.text for passage in found.passages)
    labels = {str(page.number): page.label for page in repaired if page.label not in ("", str(page.number))}
    return replace(
        found,
        passages=_name_pages(_turn_back(found.passages, repaired), labels),
        language=identify(text or " ".join(line.text for page in repaired for line in page.lines)),
        pages=len(repaired),
        without_text=tuple(page.number for page in repaired if not page.lines and not page.set_aside),
        warnings=(*(caution for page in repaired for caution in page.warnings), *found.warnings),
        opening=next((page for page in pages if page.lines), None),
        labels=labels,
    )


def _name_pages(passages: tuple[Passage, ...], labels: Mapping[str, str]) -> tuple[Passage, ...]:
    """Passages whose places say what the file calls their pages."""
    if not labels:
        return passages
    return tuple(
        replace(
            passage, places=tuple(replace(place, label=labels.get(str(place.page), "")) for place in passage.places)
        )
        for passage in passages
    )


def _turn_back(passages: tuple[Passage, ...], pages: Sequence[Page]) -> tuple[Passage, ...]:
    """Passages whose places are those on the pages as shown, not as turned for reading."""
    by_number = {page.number: page for page in pages if page.turn or page.skew}
    if not by_number:
        return passages
    return tuple(
        replace(
            passage,
            places=tuple(
                replace(place, box=page.as_shown(place.box)) if (page := by_number.get(place.page)) else place
                for place in passage.places
            ),
        )
        for passage in passages
    )
