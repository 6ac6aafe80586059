"""Objects of a file: found by its table, or by a search of the whole file where the table is wrong."""

# ARCHITECTURE.md: A wrong table of objects is not mended, the file is searched.

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pdfminer.pdfdocument import PDFBaseXRef, PDFDocument, PDFNoValidXRef
from pdfminer.pdfparser import PDFParser, PDFStreamParser
from pdfminer.pdftypes import PDFStream, int_value, resolve1, stream_value
from pdfminer.psparser import PSEOF, PSKeyword

from indexer.extract.pdf.objects import dictionary, name_of
from indexer.extract.pdf.plain_objects import plain_object

_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})[\x00\t\n\x0c\r ]+(\d{1,5})[\x00\t\n\x0c\r ]+obj(?![A-Za-z0-9])")
_TRAILER = re.compile(rb"trailer(?![A-Za-z0-9])")

_OBJECT_END = re.compile(rb"[\t\n\x0c\r ]*+endobj(?![A-Za-z0-9])")

_MOST_OF_OBJECT = 2048
"""Bytes read to find a plain object: one of a page takes some hundred."""

_HEAD = 512
"""Bytes behind the beginning of an object in which its type is looked for."""

_NAMED_CRYPT = 4
"""The least version of encryption in which strings, streams and attachments may be encrypted differently."""


_STREAM_END = re.compile(rb"[\x00\t\n\x0c\r ]*+end(?:stream|obj)")
_STREAM_START = re.compile(rb"stream[\t\x0c ]*(?:\r\n|\n|\r)?")

_MOST_SPACE = 64
"""Bytes behind a stream in which its end is looked for."""


class _StreamParser(PDFParser):
    """A parser that believes the length of a stream only where the stream ends there."""

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """Take a keyword; a stream of a wrong length is read up to the word that ends it."""
        super().do_keyword(pos, token)
        if token is not self.KEYWORD_STREAM or self.fallback or not self.curstack:
            return
        stream = self.curstack[-1][1]
        if not isinstance(stream, PDFStream) or stream.rawdata is None or self._ends(pos, len(stream.rawdata)):
            return
        self.pop(1)
        self.push((pos, stream.attrs))
        self.fallback = True
        try:
            super().do_keyword(pos, token)
        finally:
            self.fallback = False

    def _ends(self, place: int, length: int) -> bool:
        """Tell whether a stream of this length, from its keyword on, ends there."""
        back = self.fp.tell()
        self.fp.seek(place)
        start = _STREAM_START.match(self.fp.read(_MOST_SPACE))
        self.fp.seek(place + (start.end() if start else 0) + length)
        end = _STREAM_END.match(self.fp.read(_MOST_SPACE))
        self.fp.seek(back)
        return start is None or end is not None


class TableDocument(PDFDocument):
    """A document whose objects are found by the table of the file."""

    def __init__(self, stream: BinaryIO) -> None:
        # pdfminer's own search stops at the first trailer.
        super().__init__(_StreamParser(stream), fallback=False)

    def _initialize_password(self, password: str = "") -> None:
        # Where attachments alone are encrypted, all that is read is not, and no password is needed.
        entries = self.encryption[1] if self.encryption else {}
        if int_value(entries.get("V", 0)) >= _NAMED_CRYPT and all(
            (name_of(entries.get(key)) or "Identity") == "Identity" for key in ("StmF", "StrF")
        ):
            return
        super()._initialize_password(password)

    def _getobj_objstm(self, stream: PDFStream, index: int, objid: int) -> object:
        # Each object by itself: pdfminer parses all of a stream for one of them.
        try:
            data, places = self.open_stream(stream)
            number, start, end = places[index]
        except (KeyError, TypeError, ValueError, IndexError):
            return super()._getobj_objstm(stream, index, objid)
        if number != objid:
            return super()._getobj_objstm(stream, index, objid)
        plain = plain_object(data, start, self)
        if plain and plain[1] <= end:
            return plain[0]
        parser = PDFStreamParser(data[start:end])
        parser.set_document(self)
        try:
            return parser.nextobject()[1]
        except PSEOF:  # a number or a name, which nothing closes
            values = parser.popall()
            return values[-1][1] if values else None

    def _getobj_parse(self, pos: int, objid: int) -> object:
        file = self._parser.fp  # type: ignore[union-attr] # it has one as long as it is open
        file.seek(pos)
        data = file.read(_MOST_OF_OBJECT)
        head = _OBJECT.match(data)
        plain = plain_object(data, head.end(), self) if head and int(head[1]) == objid else None
        if plain and _OBJECT_END.match(data, plain[1]):
            return plain[0]
        return super()._getobj_parse(pos, objid)

    def open_stream(self, stream: PDFStream) -> tuple[bytes, list[tuple[int, int, int]]]:
        """The bytes of a stream of objects; the number, place and end of each."""
        known = self._parsed_objs.get(stream.objid)  # type: ignore[arg-type] # it has a number, as such streams must
        if known is None:
            data, first = stream.get_data(), int_value(stream["First"])
            numbers = list(map(int, data[:first].split()))[: 2 * int_value(stream["N"])]
            starts = [first + place for place in numbers[1::2]]
            ends = [*sorted(set(starts)), len(data)]
            places = [
                (number, start, ends[bisect_right(ends, start, hi=len(ends) - 1)])
                for number, start in zip(numbers[::2], starts, strict=True)
            ]
            known = self._parsed_objs[stream.objid] = (data, places)  # type: ignore[index,assignment] # ours in theirs
        return known  # type: ignore[return-value] # as above

    def numbers(self) -> Iterator[int]:
        """The numbers of the objects, each once."""
        seen: set[int] = set()
        for xref in self.xrefs:
            for number in xref.get_objids():
                if number not in seen:  # an updated file has a table for each version of it
                    seen.add(number)
                    yield number


class SearchedDocument(TableDocument):
    """A document whose table is not believed: the file is searched for its objects."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(stream)
        if not dictionary(self.catalog.get("Pages")):
            self.catalog = self._any_catalog() or self.catalog

    def find_xref(self, parser: PDFParser) -> int:  # noqa: ARG002 - pdfminer's signature
        """Look for no table."""
        return 0

    def read_xref_from(self, parser: PDFParser, start: int, xrefs: list[PDFBaseXRef]) -> None:  # noqa: ARG002 - as above
        """Search the file in place of reading its table."""
        parser.fallback = True  # lengths of streams are not believed either
        parser.fp.seek(0)
        xrefs.append(_FoundObjects(parser, parser.fp.read(), self))

    def _any_catalog(self) -> dict[str, Any] | None:
        """The catalogue that another trailer names, or else any that leads to pages."""
        table = self.xrefs[0]
        roots = table.roots if isinstance(table, _FoundObjects) else []
        objects: Iterable[object] = (self._object(number) for number in self.numbers())
        for root in (*roots, *(each for each in objects if name_of(dictionary(each).get("Type")) == "Catalog")):
            catalog = dictionary(root)
            if dictionary(catalog.get("Pages")):
                return catalog
        return None

    def _object(self, number: int) -> object:
        try:
            return self.getobj(number)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - whatever this object was, it is no catalogue
            return None


class _FoundObjects(PDFBaseXRef):
    """The objects that a search of a file finds: the last of each number, those in streams of objects among them.

    Attributes:
        roots: what the trailers name as their catalogues, the last one first.
    """

    def __init__(self, parser: PDFParser, data: bytes, document: TableDocument) -> None:
        self._document = document
        self._places: dict[int, tuple[int, int]] = {}
        self._streams: list[tuple[int, int]] = []
        self._packed: dict[int, tuple[int, int, int]] | None = None
        trailers: list[tuple[int, dict[str, Any]]] = []
        for found in _OBJECT.finditer(data):
            number, place = int(found[1]), found.start()
            self._places[number] = (place, int(found[2]))
            head = data[found.end() : found.end() + _HEAD].split(b"stream", 1)[0]
            if b"/ObjStm" in head:
                self._streams.append((place, number))
            elif b"/XRef" in head:
                trailers.append((place, _attributes(parser, found.end())))
        trailers += [(found.start(), _attributes(parser, found.end())) for found in _TRAILER.finditer(data)]
        if not self._places and not trailers:
            raise PDFNoValidXRef("no object")
        trailers.sort(key=lambda each: each[0], reverse=True)
        self.roots = [entries["Root"] for _, entries in trailers if "Root" in entries]
        self._trailer: dict[str, Any] = {"Root": self.roots[0] if self.roots else None}
        for key in ("Encrypt", "ID"):
            values = [entries[key] for _, entries in trailers if key in entries]
            if values:
                self._trailer[key] = values[0]
        self._protected = getattr(self._trailer.get("Encrypt"), "objid", None)

    def get_trailer(self) -> dict[str, Any]:
        """The last entries of the trailers."""
        return self._trailer

    def get_objids(self) -> Iterable[int]:
        """The numbers of all objects."""
        return sorted({*self._places, *self._open_streams()})

    def get_pos(self, objid: int) -> tuple[int | None, int, int]:
        """The place of an object in the file, or in a stream of objects."""
        # What tells how to decipher is read before anything is unpacked.
        packed = None if objid == self._protected else self._open_streams().get(objid)
        place = self._places.get(objid)
        if packed and (place is None or packed[0] > place[0]):
            return packed[1], packed[2], 0
        if place is None:
            raise KeyError(objid)
        return None, place[0], place[1]

    def load(self, parser: PDFParser) -> None:
        """Nothing more is to be read."""

    def _open_streams(self) -> dict[int, tuple[int, int, int]]:
        """Objects in streams: the place, the number and the index of each."""
        if self._packed is None:
            self._packed = {}  # while streams are opened, there are none
            packed: dict[int, tuple[int, int, int]] = {}
            for place, number in self._streams:
                try:
                    _, places = self._document.open_stream(stream_value(self._document.getobj(number)))
                except MemoryError:
                    raise
                except Exception:  # noqa: BLE001, S112 - a damaged stream has no objects to give
                    continue
                packed |= {inner: (place, number, index) for index, (inner, *_) in enumerate(places)}
            self._packed = packed
        return self._packed


def _attributes(parser: PDFParser, place: int) -> dict[str, Any]:
    """The entries of the dictionary or stream at a place; none where there is none."""
    try:
        parser.seek(place)
        found = parser.nextobject()[1]
    except PSEOF:  # the file ends there
        found = next((value for _, value in parser.popall() if isinstance(value, dict)), None)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - pdfminer raises whatever the damage brings about
        return {}
    finally:
        parser.reset()
    value = found.attrs if isinstance(found, PDFStream) else resolve1(found)
    return value if isinstance(value, dict) else {}
