"""Words of a catalogue: what a body calls its recommendations, and where a document begins and ends them."""

import re

from indexer.analysis.numerals import roman_value
from indexer.model import Override
from indexer.segment.headings import fold_heading
from indexer.segment.markers import Marker, Style
from indexer.segment.vocabulary import EVERY, any_of

_NUMERAL = rf"(?:(?:{any_of(EVERY.parts)}\s+)?(?:\d{{1,3}}(?:\.\d{{1,3}})*|[IVXLC]{{1,6}})\s?[.:)–—-]?\s+)?"
_ONE_LETTER = 1
"""Letters of a word that stands before numbers alone, and in no heading."""


class ItemWords:
    """Reader of what the catalogue says of a document.

    Args:
        override: the catalogue's word on cutting it, or None.
    """

    def __init__(self, override: Override | None) -> None:
        self._start = _fold(override.start) if override and override.start else None
        self._end = _fold(override.end) if override and override.end else None
        word = override.item if override else None
        self._label: re.Pattern[str] | None = None
        self._heading: re.Pattern[str] | None = None
        if word:
            printed = r"\s+".join(map(re.escape, word.split()))
            self._label = re.compile(
                rf"{printed}(?:e?s)?\.?\s?-?\s?(?:n(?:o|[úu]m(?:ero)?)?\.?[º°]?\s?)?"
                r"(?P<value>\d{1,3}|(?-i:[IVXLC]{1,7}))(?:[ºª°])?(?:\s*[.:)–—-]+\s*|\s+|$)",
                re.IGNORECASE,
            )
        if word and len(word) > _ONE_LETTER:
            folded = r"\s+".join(rf"{re.escape(part)}(?:E?S)?" for part in fold_heading(word).split())
            self._heading = re.compile(rf"{_NUMERAL}(?:{any_of(EVERY.joining)}[\s,/–-]+)*{folded}\b(?!\s*\d).*")

    @property
    def names_items(self) -> bool:
        """True where the catalogue says what a recommendation is called."""
        return self._label is not None

    @property
    def has_start(self) -> bool:
        """True where the catalogue says where recommendations begin."""
        return self._start is not None

    def starts(self, text: str) -> bool:
        """Tell whether a row is the one after which recommendations begin."""
        return self._start is not None and _fold(text).startswith(self._start)

    def ends(self, text: str) -> bool:
        """Tell whether a row is the one before which they end."""
        return self._end is not None and _fold(text).startswith(self._end)

    def announces(self, text: str) -> bool:
        """Tell whether a heading names recommendations by the body's word: ``Guidelines``."""
        return self._heading is not None and bool(self._heading.fullmatch(fold_heading(text)))

    def read_label(self, text: str) -> Marker | None:
        """Read the label of a recommendation in the body's word: ``Guideline 3``."""
        match = self._label.match(text) if self._label else None
        if match is None:
            return None
        value = int(match["value"]) if match["value"].isdigit() else roman_value(match["value"])
        return Marker(Style.WORD, (value,), str(value), match.end(), "recommendation") if value else None


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
