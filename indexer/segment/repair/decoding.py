"""Letters that a PDF tells wrongly (those that it does not tell at all are noticed where it is read)."""

import re

from indexer.model import Caution, Page

_REPLACED = re.compile("[\ufffd\ue000-\uf8ff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TWICE_DECODED = re.compile("[ÂÃ][\x80-\xbf\u2018-\u2022\u0160\u0161\u017d\u017e\u0152\u0153\u0192]|â€.")
"""UTF-8 read as cp1252 or latin-1: ``Ã©`` for é, ``â€™`` for ’."""

_KINDS = (
    ("replaced-letters", _REPLACED, "letters lost before the file was made (replacement or private characters)"),
    ("control-characters", _CONTROLS, "control characters within the text"),
    ("twice-decoded", _TWICE_DECODED, "pairs of letters that look like one letter decoded wrongly"),
)


def doubts(page: Page) -> tuple[Caution, ...]:
    """What looks wrongly decoded in the lines of a page, one caution a kind, with the count and the first example."""
    found: list[Caution] = []
    for code, pattern, what in _KINDS:
        hits = [(line.text, hit) for line in page.lines for hit in pattern.finditer(line.text)]
        if hits:
            text, first = hits[0]
            sample = text[max(0, first.start() - 12) : first.end() + 12]
            found.append(Caution(code, f"{len(hits)} {what}, first in {sample!r}", page.number))
    return tuple(found)
