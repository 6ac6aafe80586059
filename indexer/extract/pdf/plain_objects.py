"""Objects as most are written: dictionaries and arrays without escapes, comments and nulls, in one pass.

pdfminer reads bytes one state after the other, which takes several times as long; what is not plain is left to it.
"""

import re
from typing import TYPE_CHECKING, Any

from pdfminer.pdftypes import PDFObjRef
from pdfminer.psparser import LIT, PSLiteral

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

# Whatever the two might read differently is none of these: control characters, signs beyond ASCII, escapes.
_WHITE = rb"[\t\n\x0c\r ]"
_REGULAR = rb"[!-\"$&'*-.0-;=?-Z\\^-z|~]"
_END = rb"(?=[\t\n\x0c\r \[\]/()<>]|$)"
_TOKEN = re.compile(
    _WHITE + rb"*+(?:"
    # 1: a name; 2: the number of a reference; 3: a whole number; 4: another number
    rb"/(" + _REGULAR + rb"*+)" + _END + rb""
    rb"|(\d++)" + _WHITE + rb"++\d++" + _WHITE + rb"++R" + _END + rb""
    rb"|([-+]?\d++)" + _END + rb""
    rb"|([-+]?(?:\d++\.\d*+|\.\d++))" + _END + rb""
    # 5: a string; 6: a hexadecimal one; 7: a truth value; 8: a bracket
    rb"|\(([^()\\\r]*+)\)"
    rb"|<((?:[0-9A-Fa-f]{2})*+)>"
    rb"|(true|false)" + _END + rb""
    rb"|(<<|>>|\[|\])"
    rb")"
)
_NAME, _REFERENCE, _WHOLE, _NUMBER, _STRING, _HEX, _TRUTH, _BRACKET = range(1, 9)


def plain_object(data: bytes, place: int, document: "PDFDocument") -> tuple[object, int] | None:
    """The dictionary or array that begins at a place, and the place behind it; None where it is not plain.

    Args:
        data: bytes of a file or of a stream of objects.
        place: where it begins in them.
        document: that which references lead into.
    """
    # A stack in place of calls: a damaged object may be as deep as it likes.
    outer: list[tuple[list[Any], bytes]] = []
    values: list[Any] = []
    opened = b""
    match = _TOKEN.match
    while True:
        found = match(data, place)
        if found is None:
            return None
        place = found.end()
        group = found.lastindex
        token = found[group]  # type: ignore[index] # one group has matched
        if group == _NAME:
            values.append(LIT(token.decode("ascii")))
        elif group == _REFERENCE:
            values.append(PDFObjRef(document, int(token)))
        elif group == _WHOLE:
            values.append(int(token))
        elif group == _NUMBER:
            values.append(float(token))
        elif group == _STRING:
            values.append(token)
        elif group == _HEX:
            values.append(bytes.fromhex(token.decode("ascii")))
        elif group == _TRUTH:
            values.append(token == b"true")
        elif token in (b"<<", b"["):
            outer.append((values, opened))
            values, opened = [], token
            continue
        else:
            value = _close(values, opened, token)
            if value is None:
                return None
            values, opened = outer.pop()
            values.append(value)
        if not outer:
            return (values[0], place) if group == _BRACKET else None


def _close(values: list[Any], opened: bytes, closed: bytes) -> object:
    """The array or dictionary of values between two brackets; None where these do not fit."""
    if opened == b"[" and closed == b"]":
        return values
    keys = values[::2]
    if opened != b"<<" or closed != b">>" or len(values) % 2 or not all(isinstance(key, PSLiteral) for key in keys):
        return None
    return dict(zip([key.name for key in keys], values[1::2], strict=True))
