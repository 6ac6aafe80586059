"""Decoding: letters that a PDF tells wrongly.

Those that it does not tell at all are noticed where it is read.
"""

import re

from indexer.model import Caution, Page, message

_REPLACED = re.compile("[\ufffd\ue000-\uf8ff]")
# White space among the controls is none of these: readers fold it.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TWICE_DECODED = re.compile("[ÂÃ][\x80-\xbf\u2018-\u2022\u0160\u0161\u017d\u017e\u0152\u0153\u0192]|â€.")
"""UTF-8 read as cp1252 or latin-1: ``Ã©`` for é, ``â€™`` for ’."""

# Letters of the Latin script beside those of others. Greek ones are units and variables as well: ``ΔT``.
_LATIN, _OTHER = "[A-Za-z\u00c0-\u024f]", "[\u0400-\u1cff\u2e80-\ud7ff\uf900-\ufaff]"
_TWO_SCRIPTS = re.compile(f"{_LATIN}{_OTHER}|{_OTHER}{_LATIN}")

_SAMPLE = 12
"""Characters on either side of an example: enough to find it on the page."""


def decoding_cautions(page: Page) -> tuple[Caution, ...]:
    """Caution against letters of a page that look wrongly decoded.

    There is one caution a kind, with the count and the first example. Nothing is corrected: the page may print them so.
    """
    found = []
    if hits := _hits(page, _REPLACED):
        found.append(message("replaced-letters", *hits))
    if hits := _hits(page, _CONTROLS):
        found.append(message("control-characters", *hits))
    if hits := _hits(page, _TWICE_DECODED):
        found.append(message("twice-decoded", *hits))
    if hits := _hits(page, _TWO_SCRIPTS):
        found.append(message("two-scripts", *hits))
    return tuple(Caution(each, page.number) for each in found)


def _hits(page: Page, pattern: re.Pattern[str]) -> tuple[int, str] | None:
    """The number of places on a page that match, and the surroundings of the first."""
    # No pattern matches printable ASCII, of which most lines are.
    odd = [line.text for line in page.lines if not (line.text.isascii() and line.text.isprintable())]
    hits = [(text, hit) for text in odd for hit in pattern.finditer(text)]
    if not hits:
        return None
    text, first = hits[0]
    return len(hits), repr(text[max(0, first.start() - _SAMPLE) : first.end() + _SAMPLE])
