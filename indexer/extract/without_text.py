"""Reasons why a file gives no text, told from the cautions on its pages."""

from collections.abc import Iterable

from indexer.model import Caution, Message, message

_ALL = {
    "letters-unknown": message("all-letters-unknown"),
    "drawn-only": message("all-drawn"),
    "maybe-blank": message("all-blank"),
}
"""Reasons of files by the code of what is said of their pages."""

_UNREAD = frozenset({"no-text", "ocr-failed"})
"""Codes of cautions on pages that give no text."""

_PICTURES = frozenset({"maybe-scan", "picture-with-little-text"})
"""Codes of what is said of pages that hold pictures."""


def reason_without_text(cautions: Iterable[Caution]) -> Message:
    """The reason why a file gives no text; ``cautions`` are those on its pages."""
    on_pages = [caution for caution in cautions if caution.page]
    said = {code for caution in on_pages if caution.code in _UNREAD for code in _codes(caution.message)}
    if said & _PICTURES:
        return message("all-pictures")
    whole = next((whole for part, whole in _ALL.items() if part in said), None)
    return whole or (message("all-unread") if on_pages else message("all-blank"))


def _codes(said: Message) -> Iterable[str]:
    """The codes of a message and of those within it."""
    yield said.code
    for part in said.parts:
        if isinstance(part, Message):
            yield from _codes(part)
