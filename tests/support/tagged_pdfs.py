"""Tagged PDFs made in the tests: texts at places, and the tree of structure elements that holds them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Union

from tests.support.pdf_files import pdf, show

_FIRST = 10
"""The number of the object that is the root of the tree."""


class Shown(NamedTuple):
    """A text on a page, from 1, at a place (points from the bottom left)."""

    text: str
    x: float
    y: float
    page: int = 1
    size: float = 10
    font: str = "F1"


Content = Union["Shown", "Tagged"]


class Tagged(NamedTuple):
    """A structure element: its role, and what it holds."""

    role: str
    content: Sequence[Content]


def tagged(role: str, *content: Content) -> Tagged:
    """An element that holds texts and elements."""
    return Tagged(role, content)


def lines(text: str, x: float, y: float, page: int = 1, font: str = "F1", size: float = 10) -> list[Shown]:
    """The lines of a text (parted by ``/``), 12 points apart, from a place downwards."""
    return [Shown(line, x, y - 12 * n, page, size, font) for n, line in enumerate(text.split("/"))]


def tagged_pdf(
    *elements: Tagged,
    untagged: Sequence[Shown] = (),
    artifacts: Sequence[Shown] = (),
    roles: Mapping[str, str] | None = None,
    packed: bool = False,
) -> bytes:
    """A PDF whose pages show the texts of elements in their order.

    ``untagged`` are texts in none, ``artifacts`` texts that are marked as none of the document's; ``roles`` leads from
    the file's own roles to others.
    """
    objects: list[bytes] = [b""]
    drawn: defaultdict[int, list[str]] = defaultdict(list)
    pages = max(each.page for each in [*_texts(elements), *untagged, *artifacts])
    # Pages come behind the elements, whose number is known.
    first_page = _FIRST + 1 + sum(1 for _ in _elements(elements))
    counts: defaultdict[int, int] = defaultdict(int)

    def write(element: Tagged, parent: int) -> int:
        number = _FIRST + len(objects)
        objects.append(b"")
        kids = []
        for each in element.content:
            if isinstance(each, Tagged):
                kids.append(f"{write(each, number)} 0 R")
                continue
            mcid = counts[each.page]
            counts[each.page] += 1
            drawn[each.page].append(f"/{element.role} << /MCID {mcid} >> BDC\n{_show(each)}EMC\n")
            kids.append(f"<< /Type /MCR /Pg {first_page + 2 * (each.page - 1)} 0 R /MCID {mcid} >>")
        objects[number - _FIRST] = (
            f"<< /Type /StructElem /S /{element.role} /P {parent} 0 R /K [{' '.join(kids)}] >>".encode()
        )
        return number

    top = " ".join(f"{write(element, _FIRST)} 0 R" for element in elements)
    names = " ".join(f"/{own} /{other}" for own, other in (roles or {}).items())
    objects[0] = f"<< /Type /StructTreeRoot /K [{top}] /RoleMap << {names} >> >>".encode()
    for each in untagged:
        drawn[each.page].append(_show(each))
    for each in artifacts:
        drawn[each.page].append(f"/Artifact BMC\n{_show(each)}EMC\n")
    contents = ["".join(drawn[number]) for number in range(1, pages + 1)]
    return pdf(*contents, more=objects, catalog=f"/StructTreeRoot {_FIRST} 0 R", packed=packed)


def _show(shown: Shown) -> str:
    return show(shown.x, shown.y, shown.text, shown.size, shown.font)


def _elements(content: Sequence[Content]) -> Iterator[Tagged]:
    for each in content:
        if isinstance(each, Tagged):
            yield each
            yield from _elements(each.content)


def _texts(content: Sequence[Content]) -> Iterator[Shown]:
    for each in content:
        if isinstance(each, Tagged):
            yield from _texts(each.content)
        else:
            yield each
