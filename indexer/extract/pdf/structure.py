"""Structure: the tree of a tagged PDF, which says what each piece of text is (ISO 32000-1, 14.7 and 14.8).

The leaves of the tree are numbers of marked content in pages and forms. Here the whole tree is walked once, before the
first page, and each number leads to the block that it stands in: what is set within a line is of the block around it.
"""

from array import array as numbers
from collections.abc import Callable, Iterable
from typing import Any

from pdfminer.pdftypes import PDFObjRef

from indexer.extract.pdf.objects import dictionary, look_up, name_of
from indexer.model import Element

_MOST_OBJECTS = 60_000
"""Objects of the largest tree that is read. A page of print has some 50, and each takes a ten thousandth of a second of
what the file may take to open.
"""

_MOST_NODES = 400_000
"""Nodes of it, numbers of content among them."""

_MOST_MAPPED = 8
"""Steps from a role of the file's own to one of the standard."""

_KEPT_OBJECTS = 2_000
"""Nodes after which cached objects are dropped, so that memory does not grow with the tree."""

# Roles of ISO 32000-1, 14.8.4, and of ISO 32000-2, 14.8.4.
_GROUPING = frozenset(("StructTreeRoot", "Document", "DocumentFragment", "Part", "Art", "Sect", "Aside"))
"""Roles of what holds blocks. Text that stands in them directly is in no block."""

_UNSEEN = frozenset(("Div", "NonStruct", "Private", "THead", "TBody", "TFoot"))
"""Roles that say nothing of the blocks within."""

_INLINE = frozenset(
    (
        *("Span", "Quote", "Reference", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP"),
        *("Em", "Strong", "Sub", "Formula", "Form", "NonStruct", "Private", "BibEntry"),
    )
)
"""Roles of what stands within the lines of a block."""

_OF_LINES = frozenset(("P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "Caption", "Title"))
"""Roles of blocks that are made of lines alone: what they hold is a part of their lines, unless it is a block."""

_STANDING = frozenset(("NonStruct", "Private", "Formula", "Form", "BibEntry"))
"""Those that may also stand by themselves. Others that no block holds are in none."""

_BLOCKS = _OF_LINES | frozenset(
    ("L", "LI", "LBody", "Table", "TR", "TH", "TD", "TOC", "TOCI", "Index", "Note", "BlockQuote", "Figure", "Artifact")
)
_SAME_AS = {"FENote": "Note", "H7": "H6", "H8": "H6", "H9": "H6"}
_KNOWN = _BLOCKS | _UNSEEN
_STANDARD = _GROUPING | _UNSEEN | _INLINE | _BLOCKS | frozenset(_SAME_AS)


class StructureTree:
    """Structure of a tagged document: its blocks, and the marked content that stands in each.

    Blocks are numbered from 1 in the order of the tree. A document without tags has none, and one whose tree is too
    large to be read has none either: ``is_too_large`` says so.

    Args:
        catalog: the document's catalogue.
        forget: drops what is cached of objects; is called now and then.
    """

    def __init__(self, catalog: dict[str, Any], forget: Callable[[], None]) -> None:
        self._roles: list[str] = [""]
        self._parents = numbers("l", [0])
        self._content: dict[tuple[int, int], int] = {}
        self.is_too_large = False
        root = _dictionary(catalog.get("StructTreeRoot"))
        if "K" in root:
            self._map = _dictionary(root.get("RoleMap"))
            self._walk(root["K"], forget)

    def __bool__(self) -> bool:
        return bool(self._content)

    def block_of(self, stream: int, mcid: int) -> int:
        """The block that marked content stands in.

        Args:
            stream: the number of the page's object, or of the form's that marks it.
            mcid: the number of the content there.

        Returns:
            The number of the block; 0 where the tree does not hold the content.
        """
        return self._content.get((stream, mcid), 0)

    def elements(self, blocks: Iterable[int]) -> tuple[Element, ...]:
        """Blocks and all around them, in the order of the tree."""
        found: set[int] = set()
        for block in blocks:
            while block and block not in found:
                found.add(block)
                block = self._parents[block]
        return tuple(Element(block, self._roles[block], self._parents[block]) for block in sorted(found))

    def _walk(self, root: object, forget: Callable[[], None]) -> None:
        """Number the blocks of the tree, and note the content of each."""
        seen: set[int] = set()
        # A stack in place of calls: a damaged tree may be as deep as it likes, or contain itself. Each node comes with
        # the block that its text stands in, the block around it, and the page of its content.
        stack: list[tuple[object, int, int, int]] = [(root, 0, 0, 0)]
        count = 0
        while stack:
            value, block, around, page = stack.pop()
            if isinstance(value, PDFObjRef):
                if value.objid in seen:
                    continue
                seen.add(value.objid)
            count += 1
            if count > _MOST_NODES or len(seen) > _MOST_OBJECTS:
                self._content.clear()
                self.is_too_large = True
                return
            if not count % _KEPT_OBJECTS:
                forget()
            node = look_up(value)
            if isinstance(node, int):
                self._note(page, node, block)
            elif isinstance(node, list):
                stack.extend((child, block, around, page) for child in reversed(node))
            elif isinstance(node, dict):
                page = _number(node.get("Pg")) or page
                if "S" in node:
                    block, around = self._enter(node["S"], block, around)
                    stack.append((node.get("K"), block, around, page))
                elif "MCID" in node:
                    self._note(_number(node.get("Stm")) or page, look_up(node["MCID"]), block)

    def _note(self, stream: int, mcid: object, block: int) -> None:
        if block and stream and isinstance(mcid, int):
            self._content.setdefault((stream, mcid), block)

    def _enter(self, name: object, block: int, around: int) -> tuple[int, int]:
        """Enter an element: the block that its text stands in, and the block around those within it."""
        role = self._role(name)
        if role in _GROUPING:
            return 0, around
        if role in _INLINE and (block or role not in _STANDING):
            return block, around
        if role not in _KNOWN and self._roles[block] in _OF_LINES:
            return block, around
        self._roles.append(role if role in _BLOCKS else "")
        self._parents.append(around)
        number = len(self._roles) - 1
        return number, number if role in _BLOCKS else around

    def _role(self, name: object) -> str:
        """The standard role of a role, or else the last that is known of it."""
        role = _name(name)
        for _ in range(_MOST_MAPPED):
            if role in _STANDARD or role not in self._map:
                break
            role = _name(self._map[role])
        return _SAME_AS.get(role, role)


def _dictionary(value: object) -> dict[str, Any]:
    return dictionary(look_up(value))


def _name(value: object) -> str:
    return name_of(look_up(value)) or ""


def _number(value: object) -> int:
    """The number of the object that a reference leads to; 0 for anything else."""
    return value.objid if isinstance(value, PDFObjRef) else 0
