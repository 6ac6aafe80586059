"""Structure: what the tags of a file say of its rows.

Tags are evidence beside the look of rows, and never needed. Those that do not agree with the pages are taken off
before (``repair``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.model import Element, Line

_RANKS = {"Title": 1, "H": 1, **{f"H{rank}": rank for rank in range(1, 7)}}
_CONTENTS = ("TOCI", "TOC")
_CELLS = ("TD", "TH")


@dataclass(frozen=True, slots=True)
class RowStructure:
    """Structure of a row: what the tags of the file say of it.

    Attributes:
        block: the element that its text stands in.
        around: the elements around that, from the nearest outwards.
        begins: the row is the first one of its block.
        ends: the row is the last one of its block.
        label: the characters at its beginning that are a label, such as the number of an item.
    """

    block: Element
    around: tuple[Element, ...] = ()
    begins: bool = False
    ends: bool = False
    label: int = 0

    @property
    def rank(self) -> int:
        """The rank of the heading that it is, from 1 to 6; 0 for none."""
        return _RANKS.get(self.block.role, 0)

    @property
    def contents(self) -> int:
        """The number of the entry of contents, or of the contents, that it stands in; 0 for none."""
        return self._within(_CONTENTS)

    @property
    def note(self) -> int:
        """The number of the note that it is of; 0 for none."""
        return self._within(("Note",))

    @property
    def cell(self) -> int:
        """The number of the cell of a table that it stands in; 0 for none."""
        return self._within(_CELLS)

    @property
    def table_row(self) -> int:
        """The number of the row of a table that it stands in; 0 for none."""
        return self._within(("TR",))

    @property
    def item(self) -> int:
        """The number of the nearest item of a list that it stands in; 0 for none."""
        return self._within(("LI",))

    def is_within(self, number: int) -> bool:
        """Tell whether it stands in an element."""
        return any(element.number == number for element in (self.block, *self.around))

    def _within(self, roles: Sequence[str]) -> int:
        """The number of the nearest element around it that has one of some roles; 0 for none."""
        return next((element.number for element in (self.block, *self.around) if element.role in roles), 0)


def row_structures(rows: Sequence[Sequence[Line]], elements: Mapping[int, Element]) -> list[RowStructure | None]:
    """Give the structure of each row of a document; None for rows without tags.

    Args:
        rows: the lines of each row, in reading order.
        elements: the structure elements of the document by number.
    """
    parts = [[part for line in row for part in _parts(line, elements)] for row in rows]
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for index, own in enumerate(parts):
        for _, number in own:
            first.setdefault(number, index)
            last[number] = index
    found: list[RowStructure | None] = []
    for index, own in enumerate(parts):
        tagged = [(length, number) for length, number in own if number]
        text = [part for part in tagged if elements[part[1]].role != "Lbl"] or tagged
        if not text:
            found.append(None)
            continue
        # The first of the longest: cells of one row may be as long.
        number = max(text, key=lambda part: part[0])[1]
        around = tuple(_around(number, elements))
        begins, ends = first[number] == index, last[number] == index
        found.append(RowStructure(elements[number], around, begins, ends, _label(own, elements)))
    return found


def _parts(line: Line, elements: Mapping[int, Element]) -> list[tuple[int, int]]:
    """The parts of a line: how many characters each has, and its element, 0 for none."""
    starts = line.elements or ((0, 0),)
    ends = [*(start for start, _ in starts[1:]), len(line.text) + 1]
    return [
        (end - start, number if number in elements else 0) for (start, number), end in zip(starts, ends, strict=True)
    ]


def _around(number: int, elements: Mapping[int, Element]) -> list[Element]:
    """The elements around one, from the nearest outwards."""
    found: list[Element] = []
    # Elements stand after those around them, so that no chain is a circle.
    while (outer := elements.get(elements[number].within)) and outer.number < number:
        found.append(outer)
        number = outer.number
    return found


def _label(parts: Sequence[tuple[int, int]], elements: Mapping[int, Element]) -> int:
    """The characters at the beginning of a row that are a label."""
    length = 0
    for count, number in parts:
        if not number or elements[number].role != "Lbl":
            break
        length += count
    return length
