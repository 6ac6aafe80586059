"""A PDF file ─▶ its pages as nodes of the page tree, opened in whatever state the file is in."""

import logging
from collections.abc import Iterator
from typing import Any, BinaryIO

from pdfminer.pdfdocument import (
    PDFDocument,
    PDFEncryptionError,
    PDFNoValidXRef,
    PDFPasswordIncorrect,
)
from pdfminer.pdfpage import LITERAL_PAGE, PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, list_value, resolve1

from indexer.model.errors import PdfError

logging.getLogger("pdfminer").addHandler(logging.NullHandler())  # its remarks on damage are not for the terminal

_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
_LETTER = (0.0, 0.0, 612.0, 792.0)
_HEADER = 1024  # bytes in which readers look for the mark of a PDF (ISO 32000-1, Annex H.3.4.1)
_MOST_OBJECTS = 512  # kept in memory; a page of print needs some twenty, and what it shares with others is parsed again
_MOST_OBJECT_STREAMS = 64  # the same for streams of objects, each of which holds many; a page of print needs up to five


class _Rescued(PDFDocument):
    """A document whose table of objects is not believed: the file is searched for its objects."""

    def find_xref(self, parser: PDFParser) -> int:  # noqa: ARG002 - pdfminer's signature
        raise PDFNoValidXRef("not looked for")


class OpenDocument:
    """An open PDF. ``nodes`` are the attributes of its pages, inherited ones included, in reading order."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._name = name
        self._document = self._open(stream)

    def _open(self, stream: BinaryIO) -> PDFDocument:
        pdf = b"%PDF-" in stream.read(_HEADER)
        empty = False
        for kind in (PDFDocument, _Rescued):
            try:
                document = kind(PDFParser(stream))
                if any(node is not None for node in _nodes(document)):
                    return document
                empty = True
            except PDFPasswordIncorrect:
                raise self._error(
                    "is encrypted and asks for a password. Save a copy without one and use that"
                ) from None
            except PDFEncryptionError:
                raise self._error("is encrypted in a way that is not known. Save a copy without encryption") from None
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001, S112 - pdfminer raises whatever the damage brings about
                continue
        if not pdf:
            raise self._error("is not a PDF, whatever its name says. Open it to see what it is, and fetch it again")
        if empty:
            raise self._error("has no pages. Fetch it again, or take it out of the catalogue")
        raise self._error(
            "is damaged: nothing can be found in it. Open it in a PDF viewer; if that shows its pages, save it anew "
            "from there, otherwise fetch it again"
        )

    def _error(self, what: str) -> PdfError:
        return PdfError(f"{self._name} {what}.")

    def nodes(self) -> Iterator[dict[str, Any] | None]:
        """The attributes of each page, or None where they cannot be read."""
        return _nodes(self._document)

    def page(self, node: dict[str, Any]) -> PDFPage:
        """The page that a node describes."""
        return PDFPage(self._document, None, node, None)

    def forget(self) -> None:
        """Let go of objects when there are many, so that memory does not grow with the number of pages."""
        if len(self._document._cached_objs) > _MOST_OBJECTS:
            self._document._cached_objs.clear()
        if len(self._document._parsed_objs) > _MOST_OBJECT_STREAMS:
            self._document._parsed_objs.clear()


def _nodes(document: PDFDocument) -> Iterator[dict[str, Any] | None]:
    found = False
    for node in _tree(document.catalog.get("Pages"), set()):
        found = True
        yield node
    if not found:
        yield from _stray(document)


def _tree(root: object, seen: set[int]) -> Iterator[dict[str, Any] | None]:
    """The leaves of the page tree, each once: a tree may contain itself, or lack the types of its nodes."""
    stack: list[tuple[object, dict[str, Any]]] = [(root, {})]
    while stack:
        reference, inherited = stack.pop()
        if isinstance(reference, PDFObjRef):
            if reference.objid in seen:
                continue
            seen.add(reference.objid)
        try:
            node = resolve1(reference)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - an unreadable node is a page that cannot be read, listed as such
            yield None
            continue
        if not isinstance(node, dict):
            if reference is not root:
                yield None
            continue
        node = {**inherited, **node}
        if "Kids" in node:
            passed_on = {key: node[key] for key in _INHERITED if key in node}
            stack.extend((child, passed_on) for child in reversed(list_value(node["Kids"])))
        elif node.get("Type", LITERAL_PAGE) is LITERAL_PAGE or "Contents" in node:
            yield node


def _stray(document: PDFDocument) -> Iterator[dict[str, Any] | None]:
    """The pages of a document without a page tree."""
    seen: set[int] = set()
    for xref in document.xrefs:
        for objid in xref.get_objids():
            if objid in seen:
                continue
            seen.add(objid)
            try:
                node = document.getobj(objid)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001, S112 - whatever this object was, it is no page that could be found
                continue
            if isinstance(node, dict) and node.get("Type") is LITERAL_PAGE:
                yield node
