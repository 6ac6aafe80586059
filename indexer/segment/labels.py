"""Labels: numbers behind a word, such as ``Recommendation 3:``, ``Art. 1º``, ``Segundo.``.

They are lists of their own beside the numbers of the paragraphs, one for each word.
"""

from collections.abc import Iterator, Sequence

from indexer.segment.evidence import SKIP, NumberEvidence
from indexer.segment.markers import Marker, Style
from indexer.segment.rows import Row
from indexer.segment.sequences import Level

_PARTS = ("paragraph", "ordinal")
"""Words that number the parts of what stands below another label: the paragraphs of an article."""


class Labels:
    """Lists of labels that are open, by their words.

    Args:
        rows: the rows of the text in reading order.
        evidence: what tells for their numbers.
    """

    def __init__(self, rows: Sequence[Row], evidence: NumberEvidence) -> None:
        self._rows = rows
        self._evidence = evidence
        self._levels: dict[str, Level] = {}
        self.open: str | None = None
        """The word of the label in which the text stands, until a list of other numbers goes on."""

    def read(self, index: int, reading: Marker, *, in_region: bool) -> tuple[Level, int] | None:
        """Read a label: the list that it belongs to, and the numbers missing before it; None where it is text."""
        level, value = self._levels.get(reading.sign), reading.values[0]
        if self.open not in (None, reading.sign) and reading.sign in _PARTS:
            return None
        if not self._may_open(index, reading, level):
            return None
        if level and level.last < value <= level.last + 1 + SKIP:
            missing = value - level.last - 1
            if missing and any(self._later(index, reading, level.last + 1)):
                return None
            return self._open(reading, level.advance(value, self._rows[index], self._evidence.columns[index])), missing
        # `Article 1` may be that of another text; a list of articles has a second one.
        if value != 1 or not any(self._later(index, reading, 2)):
            return None
        begun = self._evidence.begin(index, reading, fresh=in_region)
        return self._open(reading, begun), 0

    def _may_open(self, index: int, reading: Marker, level: Level | None) -> bool:
        """Tell whether a label may open an item: it does not stand within a sentence."""
        row = self._rows[index]
        if reading.width == len(row.text) or self._evidence.begins(index):
            return True
        if level is None or reading.values[0] != level.last + 1 or not level.at_edge(row):
            return False
        return not self._evidence.comes_again(index, reading, level)

    def _open(self, reading: Marker, level: Level) -> Level:
        self._levels[reading.sign] = level
        self.open = reading.sign
        return level

    def _later(self, index: int, reading: Marker, value: int) -> Iterator[bool]:
        """Tell of later rows with a number whether they may open an item."""
        found = self._evidence.sightings.after(index, Style.WORD, (value,), reading.sign, everywhere=True)
        return map(self._evidence.begins, found)
