"""Small figures: those that a font draws raised or lowered, and tells as plain ones.

A font that has drawings for raised and lowered figures tells the same character for them as for the others; that they
are narrower is all that tells them apart.
"""

import re
from collections import Counter, defaultdict

from pdfminer.pdffont import PDFFont

_NARROWER = 0.75
"""Share of the usual figure's width up to which a figure is small; only 1 is as narrow in some fonts."""

_LARGEST = 2000
"""Characters of the largest font that is looked at: one with more was not made for its document."""

_FIRST = 0xF0030
"""The code of a small zero until it is known what it is: one of Unicode's private area."""

_SMALL = re.compile("[\U000f0030-\U000f0039]")
_RAISED = {_FIRST + value: figure for value, figure in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_LOWERED = {_FIRST + value: str(value) for value in range(10)}
# Of the elements those that compounds of everyday texts are made of.
_COMPOUND = re.compile("(?<!\\w)(?:(?:[CHNOSPFK]|Cl|Na|Ca|Fe)[\U000f0030-\U000f0039]*){1,4}(?!\\w)")


def small_figures(font: PDFFont) -> dict[int, str]:
    """The codes of a font's small figures; with the signs that ``settle_figures`` takes for them."""
    table = getattr(getattr(font, "unicode_map", None), "cid2unichr", None) or {}
    if len(table) > _LARGEST:
        return {}
    widths: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for code, text in table.items():
        if len(text) == 1 and text.isascii() and text.isdigit():
            widths[text].append((font.char_width(code), code))
    # Figures are of one width, and small ones are the fewer. A dash that a re-distiller tells for one may be wider.
    counts = Counter(round(width, 2) for each in widths.values() for width, _ in each)
    widest = max(counts, key=lambda width: (counts[width], width), default=0.0)
    small = {
        figure: [(width, code) for width, code in each if 0 < width <= _NARROWER * widest]
        for figure, each in widths.items()
    }
    # A 1 is small where it is so beside another 1, or as narrow as another small figure.
    others = {round(width, 2) for figure, each in small.items() if figure != "1" for width, _ in each}
    if not any(width > _NARROWER * widest for width, _ in widths["1"]):
        small["1"] = [(width, code) for width, code in small.get("1", ()) if round(width, 2) in others]
    return {code: chr(_FIRST + int(figure)) for figure, each in small.items() for _, code in each}


def settle_figures(text: str) -> str:
    """A text whose small figures are those of chemical compounds, or else superscripts."""
    if not _SMALL.search(text):
        return text
    return _COMPOUND.sub(lambda match: match[0].translate(_LOWERED), text).translate(_RAISED)
