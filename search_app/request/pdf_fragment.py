"""Fragments that open a PDF at a page with a text marked there.

Viewers pass over what they do not know: Acrobat frames the box of ``highlight``, PDF.js in Firefox searches the words
of ``search``, and Chromium marks what a text fragment names, from its first words to its last.

Sources: ISO 32000-2, annex O, and RFC 8118, section 3 (``page``, ``highlight``, ``search``); PDF.js (``phrase``); URL
Fragment Text Directives of the WICG (``:~:text=``); RFC 3986, section 3.5, for what a fragment may hold.
"""

import re
from collections.abc import Iterable
from itertools import dropwhile, takewhile
from urllib.parse import quote

from indexer.model import Place

SEARCHED = 6
"""Words that PDF.js searches: enough to be met once, and few enough to stand on one or two lines."""

FIRST, LAST = 8, 3
"""Words at the beginning and at the end of a text that name all of it in a text fragment.

Chromium takes the first place in the document that begins so. Of 4,332 recommendations in reports of the United Nations
four words name 7 % wrongly, since many begin alike, eight words 1 %.
"""

_UNSURE = re.compile("[\u00b2\u00b3\u00b9\u02b0-\u02ff\u2070-\u209f\ufffd]")
"""Signs that a viewer's own text of the page has otherwise: raised and lowered print, and unknown letters."""

_BROKEN = re.compile(f"{_UNSURE.pattern}|-")
"""These, and the hyphen, at which a line may have ended: then the viewer has the two parts of the word apart."""


def pdf_fragment(page: int, text: str = "", place: Place | None = None) -> str:
    """Fragment that opens a PDF at a page, counted from 1.

    Args:
        page: the page.
        text: the text to mark, as the page prints it; only the page is opened without one.
        place: the place whose box is framed.
    """
    box = place and place.box
    framed = f"&highlight={box.x0:.0f},{box.x1:.0f},{box.top:.0f},{box.bottom:.0f}" if box else ""
    return f"#page={page}{framed}{_marking(text.split())}"


def _marking(words: list[str]) -> str:
    # Both ends are words that the viewer has as they are here. The first stand on one line, where no hyphen ends it.
    words = list(dropwhile(_UNSURE.search, words))
    first = _sure(words[: FIRST + LAST], _UNSURE)
    if not first:
        return ""
    if len(first) == len(words):
        named = _encode(words)
    else:
        rest = words[len(first[:FIRST]) :]
        last = _sure(dropwhile(_BROKEN.search, reversed(rest)), _BROKEN)[:LAST]
        named = ",".join(_encode(each) for each in (first[:FIRST], last[::-1]) if each)
    return f"&search={_encode(first[:SEARCHED])}&phrase=true:~:text={named}"


def _sure(words: Iterable[str], doubtful: re.Pattern[str]) -> list[str]:
    """The words before the first that has a doubtful sign."""
    return list(takewhile(lambda word: not doubtful.search(word), words))


def _encode(words: list[str]) -> str:
    # The hyphen is a sign of the syntax of text fragments, as the comma and the ampersand are, which `quote` encodes.
    return quote(" ".join(words), safe="").replace("-", "%2D")
