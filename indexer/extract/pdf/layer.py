"""Text layers of scans by somebody else's OCR: whether their words can be believed."""

import re
from collections.abc import Sequence

from indexer.analysis.language import identify
from indexer.extract.pdf.fonts import UNKNOWN
from indexer.model import Line

_FEWEST = 40
"""Words of a layer that is judged: a title page has fewer, and no words of grammar."""

_UNKNOWN = 0.05
"""Share of letters without a meaning from which a layer is wrong."""

_ODD = 0.25
"""Share of odd words from which a layer without words of grammar is wrong; in print it is a twentieth."""

# A word is odd that has signs within it, figures beside letters, or capitals behind small letters.
_ODD_WORD = re.compile(r"[^\W\d_]\d|\d[^\W\d_]{2}|[a-zß-ÿ][A-ZÀ-Þ]|\w[^\w\s'’.,:/()-]\w|^[^\w\s]{2,}$")


def seems_wrong(lines: Sequence[Line]) -> bool:
    """Tell whether the words of a layer seem to be wrong."""
    text = " ".join(line.text for line in lines)
    if text.count(UNKNOWN) > _UNKNOWN * len(text):
        return True
    words = text.split()
    if len(words) < _FEWEST or identify(text):
        return False
    return sum(_ODD_WORD.search(word.strip(".,;:()")) is not None for word in words) >= _ODD * len(words)
