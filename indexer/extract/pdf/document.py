"""Open PDF files: their pages as nodes of the page tree, whatever is damaged."""

import logging
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import LITERAL_PAGE, PDFPage
from pdfminer.pdftypes import PDFObjRef, list_value, resolve1

from indexer.extract.pdf.object_table import SearchedDocument, TableDocument
from indexer.model import message
from indexer.model.errors import PdfError

logging.getLogger("pdfminer").addHandler(logging.NullHandler())  # its remarks on damage are not for the terminal

_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
_HEADER = 1024
"""Bytes in which readers look for the mark of a PDF (ISO 32000-1, Annex H.3.4.1)."""

# Kept in memory. A page of print needs some twenty, and what it shares with others is parsed again.
_MOST_OBJECTS = 512

# The same for streams of objects, each of which holds many. A page of print needs up to five.
_MOST_OBJECT_STREAMS = 64


class PageNode(NamedTuple):
    """A page as its file describes it.

    Attributes:
        number: of its object; 0 where it is none by itself.
        entries: its attributes, inherited ones included; None where they cannot be read.
    """

    number: int
    entries: dict[str, Any] | None


class OpenDocument:
    """An open PDF.

    Args:
        stream: the file, which stays open as long as the document is used.
        name: its name in print.

    Raises:
        PdfError: it is no PDF, is encrypted, or is damaged so that no page can be found.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._name = name
        self._document = self._open(stream)

    def _open(self, stream: BinaryIO) -> TableDocument:
        """Open the document by its table of objects, or else without."""
        pdf = b"%PDF-" in stream.read(_HEADER)
        empty = False
        for kind in (TableDocument, SearchedDocument):
            try:
                document = kind(stream)
                if any(node.entries is not None for node in _page_nodes(document)):
                    return document
                empty = True
            except PDFPasswordIncorrect:
                raise PdfError(message("password-needed", self._name)) from None
            except PDFEncryptionError:
                raise PdfError(message("encryption-unknown", self._name)) from None
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001, S112 - pdfminer raises whatever the damage brings about
                continue
        if not pdf:
            raise PdfError(message("not-a-pdf", self._name))
        if empty:
            raise PdfError(message("without-pages", self._name))
        raise PdfError(message("pdf-damaged", self._name))

    def nodes(self) -> Iterator[PageNode]:
        """The pages in order."""
        return _page_nodes(self._document)

    @property
    def has_wrong_table(self) -> bool:
        """True where the file was searched for its objects."""
        return isinstance(self._document, SearchedDocument)

    @property
    def catalog(self) -> dict[str, Any]:
        """The document's catalogue."""
        return self._document.catalog

    def page(self, entries: dict[str, Any]) -> PDFPage:
        """The page that has these attributes."""
        return PDFPage(self._document, None, entries, None)

    def forget(self) -> None:
        """Drop cached objects where they are many, so that memory does not grow."""
        if len(self._document._cached_objs) > _MOST_OBJECTS:
            self._document._cached_objs.clear()
        if len(self._document._parsed_objs) > _MOST_OBJECT_STREAMS:
            self._document._parsed_objs.clear()


def _page_nodes(document: TableDocument) -> Iterator[PageNode]:
    """The pages of a document by its page tree, or else by their type."""
    found = False
    for node in _leaves(document.catalog.get("Pages")):
        found = True
        yield node
    if not found:
        yield from _stray_pages(document)


def _leaves(root: object) -> Iterator[PageNode]:
    """The leaves of the page tree, each once, those that cannot be read among them."""
    seen: set[int] = set()
    # A stack in place of calls: a damaged tree may be as deep as it likes, or contain itself.
    stack: list[tuple[object, dict[str, Any]]] = [(root, {})]
    while stack:
        reference, inherited = stack.pop()
        number = 0
        if isinstance(reference, PDFObjRef):
            if reference.objid in seen:
                continue
            seen.add(reference.objid)
            number = reference.objid
        try:
            node = resolve1(reference)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - an unreadable node is a page that cannot be read, listed as such
            yield PageNode(number, None)
            continue
        if not isinstance(node, dict):
            # A root that is no node is no page tree, and the pages are found otherwise.
            if reference is not root:
                yield PageNode(number, None)
            continue
        node = {**inherited, **node}
        if "Kids" in node:
            passed_on = {key: node[key] for key in _INHERITED if key in node}
            stack.extend((child, passed_on) for child in reversed(list_value(node["Kids"])))
        # Nodes of damaged trees may lack their type, or have a wrong one; what has contents is a page.
        elif node.get("Type", LITERAL_PAGE) is LITERAL_PAGE or "Contents" in node:
            yield PageNode(number, node)


def _stray_pages(document: TableDocument) -> Iterator[PageNode]:
    """The pages of a document without a page tree."""
    for number in document.numbers():
        try:
            node = document.getobj(number)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001, S112 - whatever this object was, it is no page that could be found
            continue
        if isinstance(node, dict) and node.get("Type") is LITERAL_PAGE:
            yield PageNode(number, node)
