"""Labels: what a PDF calls its pages, such as ``iii`` and ``A-2`` (ISO 32000-1, 12.4.2).

pdfminer reads them too, without a bound, and gives all up at the first that it cannot write.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple

from pdfminer.pdftypes import PDFObjRef

from indexer.analysis.numerals import roman
from indexer.extract.pdf.objects import look_up, name_of, text_of

_MOST_NODES = 10_000
"""Nodes of the largest tree that is read, and ranges of pages. A document has some five."""

_LONGEST = 40
"""Characters of the longest label: what is longer is none that anybody prints on a page."""

_LARGEST = 1_000_000
"""Largest number of a label."""

_LARGEST_ROMAN = 399
"""Largest Roman numeral of a label: pages before the text have them, and there are no more of these."""


class _Range(NamedTuple):
    """A range of pages: the style of their numbers, what stands before these, and the first of them."""

    style: str
    prefix: str
    first: int


def page_labels(catalog: dict[str, Any]) -> Iterator[str]:
    """The labels of the pages of a document, without end.

    They are empty where the document has none, or such as make no sense.

    Args:
        catalog: the document's catalogue.
    """
    ranges = _ranges(catalog.get("PageLabels"))
    begun, current = 0, None
    for page in count():
        if page in ranges:
            begun, current = page, ranges[page]
        yield _label(current, page - begun) if current else ""


def _ranges(root: object) -> dict[int, _Range]:
    """The ranges of a tree of labels, by their first page from 0; of several on one page the first counts."""
    found: dict[int, _Range] = {}
    seen: set[int] = set()
    # A stack in place of calls: a damaged tree may be as deep as it likes, or contain itself.
    stack = [root]
    nodes = 0
    while stack and nodes < _MOST_NODES and len(found) < _MOST_NODES:
        nodes += 1
        reference = stack.pop()
        if isinstance(reference, PDFObjRef):
            if reference.objid in seen:
                continue
            seen.add(reference.objid)
        node = look_up(reference)
        if not isinstance(node, dict):
            continue
        pairs, kids = look_up(node.get("Nums")), look_up(node.get("Kids"))
        if isinstance(pairs, list):
            for start, entries in zip(pairs[::2], pairs[1::2], strict=False):
                page, described = look_up(start), look_up(entries)
                if isinstance(page, int) and isinstance(described, dict) and len(found) < _MOST_NODES:
                    found.setdefault(page, _range(described))
        if isinstance(kids, list):
            stack.extend(reversed(kids[:_MOST_NODES]))
    return found


def _range(entries: dict[str, Any]) -> _Range:
    first, style = look_up(entries.get("St")), name_of(look_up(entries.get("S")))
    prefix = text_of(look_up(entries.get("P"))) or ""
    printable = "".join(letter for letter in prefix[: _LONGEST + 1] if letter.isprintable())
    return _Range(style or "", printable, first if isinstance(first, int) else 1)


def _label(range_: _Range, place: int) -> str:
    """The label of a page, given its place in its range; empty where it cannot be written."""
    number = _numeral(range_.style, range_.first + place) if range_.style else ""
    if number is None or len(range_.prefix) + len(number) > _LONGEST:
        return ""
    return (range_.prefix + number).strip()


def _numeral(style: str, number: int) -> str | None:
    """A number in a style; None where there is no such style, or none for the number."""
    if not 1 <= number <= _LARGEST:
        return None
    if style == "D":
        return str(number)
    if style in ("r", "R") and number <= _LARGEST_ROMAN:
        return roman(number) if style == "R" else roman(number).lower()
    if style in ("a", "A") and number <= 26 * _LONGEST:
        # After z come aa, bb and so on.
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if style == "a" else letters.upper()
    return None
