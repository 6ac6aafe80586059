"""Hyphens: signs that a font calls soft or by another code ─▶ hyphens that print shows, and those of the typesetting.

A font tells one character for a sign, however often it is drawn. Where it says soft hyphen and the sign stands within
lines, it is what joins ``12-13`` and ``cyber-crime``: only where all of them end lines does the font say the truth.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.model import Line, Page

_SOFT = "\u00ad"
_WITHIN = {_SOFT: re.compile("\u00ad\\s*\\w"), "\u2010": re.compile("\u2010\\s*\\w")}
_AT_END = re.compile("(?<=[^\\W\\d_])[\u00ad\u2010]$")


def settle_hyphens(pages: Sequence[Page]) -> list[Page]:
    """The pages of a document, hyphens of the typesetting told from printed ones.

    A hyphen of the typesetting is U+00AD at the end of a line.
    """
    texts = [line.text for page in pages for line in page.lines]
    at_ends = [sign for sign, within in _WITHIN.items() if not any(within.search(text) for text in texts)]

    def settle(line: Line) -> Line:
        text = line.text
        if _SOFT not in text and not text.endswith("\u2010"):
            return line
        end = text[-1] if _AT_END.search(text) else ""
        text = (text[:-1] if end else text).replace(_SOFT, "-")
        return replace(line, text=text + (_SOFT if end in at_ends else "-" if end == _SOFT else end))

    return [replace(page, lines=tuple(map(settle, page.lines))) for page in pages]
