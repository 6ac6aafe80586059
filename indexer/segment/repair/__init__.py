"""Repairs of what a PDF gives: ligatures, running headers and page marks, hyphens at line ends, wrong decoding.

Nothing is corrected: a repair takes away what the typesetting added, and what looks wrong is only noticed.
"""

from collections.abc import Sequence
from dataclasses import replace

from indexer.model import Page
from indexer.segment.repair.decoding import doubts
from indexer.segment.repair.hyphens import SpellingHabits, join_lines
from indexer.segment.repair.running import set_aside

__all__ = ["SpellingHabits", "join_lines", "repair", "unligature"]

_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "ſt", "\ufb06": "st"}
)


def unligature(text: str) -> str:
    """``text`` with the Latin ligatures U+FB00 to U+FB06 spelled out, and nothing else changed (º and ² stay)."""
    return text.translate(_LIGATURES)


def repair(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages of one document without its running headers, footers and page marks, and with cautions.

    Args:
        pages: the pages of one document, in order, with lines in reading order.

    Returns:
        As many pages: ligatures spelled out; running lines moved to ``set_aside``, after those that were there;
        cautions on wrong decoding added to ``warnings``.
    """
    spelled = [_spelled(page) for page in pages]
    return tuple(replace(page, warnings=page.warnings + doubts(page)) for page in set_aside(spelled))


def _spelled(page: Page) -> Page:
    return replace(page, lines=tuple(replace(line, text=unligature(line.text)) for line in page.lines))
