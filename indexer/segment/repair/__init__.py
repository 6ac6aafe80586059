"""Repair: ligatures, running headers, page marks, hyphens at line ends, wrong decoding.

Nothing is corrected: a repair takes away what the typesetting added, and what looks wrong is only noticed.
"""

from collections.abc import Sequence
from dataclasses import replace

from indexer.model import Page
from indexer.segment.repair.decoding import decoding_cautions
from indexer.segment.repair.hyphens import join_and_place, join_lines
from indexer.segment.repair.running import set_aside
from indexer.segment.repair.spelling import SpellingHabits
from indexer.segment.repair.tags import settle_tags

__all__ = ["SpellingHabits", "join_and_place", "join_lines", "repair", "unligature"]

# These alone, and not all compatibility forms: NFKC would make 2 of ² and o of º, which print something else.
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "ſt", "\ufb06": "st"}
)


def unligature(text: str) -> str:
    """Spell out the Latin ligatures U+FB00 to U+FB06; º, ² and all else stay."""
    return text.translate(_LIGATURES)


def repair(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Repair the pages of one document.

    Args:
        pages: the pages of one document, in order, with lines in reading order.

    Returns:
        As many pages: ligatures spelled out; running lines moved to ``set_aside``, after those that were there;
        tags taken off where they are wrong; cautions on these and on wrong decoding added to ``warnings``.
    """
    spelled = [_spell_out(page) for page in pages]
    return tuple(
        replace(page, warnings=page.warnings + decoding_cautions(page))
        for page in settle_tags(list(set_aside(spelled)))
    )


def _spell_out(page: Page) -> Page:
    # Few lines have ligatures: the others stay as they are.
    lines = tuple(
        line if line.text.isascii() or (text := unligature(line.text)) == line.text else replace(line, text=text)
        for line in page.lines
    )
    return replace(page, lines=lines)
