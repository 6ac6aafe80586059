"""Small PDFs made in the tests, byte by byte, so that a test shows exactly what a page draws."""

import zlib
from collections.abc import Mapping, Sequence

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def show(x: float, y: float, text: str, size: float = 10, font: str = "F1") -> str:
    """The operations that draw a text at a place (points from the bottom left)."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def pdf(
    *contents: str | bytes,
    page: str = "",
    fonts: Mapping[str, bytes] | None = None,
    more: Sequence[bytes] = (),
    packed: bool = False,
    catalog: str = "",
) -> bytes:
    """A PDF with a page for each content stream.

    ``page`` are further entries of each page, ``fonts`` fonts besides ``/F1``, and ``more`` further objects, the first
    of which is object 10. ``catalog`` are further entries of the document's catalogue.
    """
    named = {"F1": HELVETICA, "F2": HELVETICA.replace(b"Helvetica", b"Helvetica-Bold"), **(fonts or {})}
    resources = b"<< /Font << " + b" ".join(b"/" + name.encode() + b" " + font for name, font in named.items()) + b" >>"
    objects: dict[int, bytes] = dict(enumerate(more, start=10))
    first = 10 + len(more)
    kids = []
    for index, content in enumerate(contents):
        data = content.encode("cp1252") if isinstance(content, str) else content
        number = first + 2 * index
        kids.append(b"%d 0 R" % number)
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R /MediaBox [0 0 600 800] /Resources 3 0 R " % (number + 1)
            + page.encode()
            + b" >>"
        )
        objects[number + 1] = stream(data, packed=packed)
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R " + catalog.encode() + b" >>"
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    forms = b" ".join(b"/X%d %d 0 R" % (number, number) for number in range(10, first))
    objects[3] = resources + b" /XObject << " + forms + b" >> >>"
    return assembled(objects)


def stream(data: bytes, entries: bytes = b"", *, packed: bool = False) -> bytes:
    """The body of a stream object."""
    if packed:
        data, entries = zlib.compress(data, 9), entries + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def assembled(objects: Mapping[int, bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF file of numbered objects, with its table of objects."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, trailer, start)
    return bytes(out)
