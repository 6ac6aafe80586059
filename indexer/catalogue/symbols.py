"""Document symbols: the revision that one prints, and the order of symbols."""

import re

_REVISION = re.compile(r"\brev(?:ision)?\b[\s.]*(\d{1,3})\b|\brev(\d{1,3})\b", re.IGNORECASE)

# Numbers stay texts, as a letter may stand at their place in another symbol.
_DIGITS = 8
"""Digits to which numbers are filled up, so that ``9`` stands before ``10``."""


def revision_of(symbol: str) -> int:
    """The revision in a document symbol: 1 for ``CIBER-IX/doc.3/16 rev.1``, 0 where it prints none."""
    found = _REVISION.search(symbol)
    return int(found[1] or found[2]) if found else 0


def work_of(symbol: str | None) -> tuple[bool, tuple[str, ...]]:
    """A sort key of a document symbol, equal for all revisions of one document.

    It does not depend on how the symbol is spaced, and orders documents by the numbers in their symbols. Those without
    a symbol are alike, and last.
    """
    parts = re.findall(r"[^\W\d_]+|\d+", _REVISION.sub("", symbol or "").casefold())
    return symbol is None, tuple(part.zfill(_DIGITS) if part.isdigit() else part for part in parts)
