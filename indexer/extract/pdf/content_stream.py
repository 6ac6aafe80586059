"""Lexer of content streams: a page's bytes ─▶ the operations that matter to text.

A content stream is operands followed by an operator (ISO 32000-1, 7.8.2). Most of it paints lines and images. One
regular expression takes a whole operation with its numbers at once, and steps over what paints, which is several times
as fast as a tokenizer that makes an object for each operand. Bytes that make no sense are stepped over one by one, as
every viewer does: the time taken is linear in the length of the stream, whatever it holds.
"""

import re
from collections.abc import Iterator

Operand = float | bytes | str | list[float | bytes] | None
"""A number, a string (bytes), a name (str, without its slash), an array of numbers and strings, or something else."""

# Patterns of the tokens of ISO 32000-1, 7.2 and 7.3.
# No group here is possessive: Python before 3.11.5 matches such groups wrongly (python/cpython#106052).
_WHITE = rb"\x00\t\n\x0c\r "
_REGULAR = rb"[^\x00\t\n\x0c\r ()<>\[\]{}/%]"
_NUMBER = rb"[-+]?(?:\d++\.?+\d*+|\.\d++)"
_STRING = rb"\((?:[^()\\]++|\\[\s\S])*\)"
_HEX = rb"<[0-9A-Fa-f" + _WHITE + rb"]*+>"
_END = rb"(?!" + _REGULAR + rb")"
_PAINTING = (
    rb"[mlcvyhSsfFnBbWwJjMidkKgG]|re|rg|RG|scn?|SCN?|cs|CS|ri|gs|sh|f\*|B\*|b\*|W\*|EMC|BX|EX|MP|d0|d1"  # no text
)

_OPERATION = re.compile(
    rb"[" + _WHITE + rb"]*+(?:"
    # 1, 2: numbers with the operator that takes them; 1 alone: numbers and an operator that only paints
    rb"((?:" + _NUMBER + rb"[" + _WHITE + rb"]++){0,6})"
    rb"(?:(Td|TD|Tm|T[crswLz*]|cm|q|Q|BT|ET)" + _END + rb"|(?:" + _PAINTING + rb")" + _END + rb")"
    # 3: the array of a TJ; 4: the string of a Tj
    rb"|\[((?:[^\[\]()<>%]++|" + _STRING + rb"|" + _HEX + rb")*)\][" + _WHITE + rb"]*+TJ" + _END + rb""
    rb"|(" + _STRING + rb"|" + _HEX + rb")[" + _WHITE + rb"]*+Tj" + _END + rb""
    # 5: a number; 6: a name; 7: a string; 8: any other word; 9: a delimiter
    rb"|([-+.\d]" + _REGULAR + rb"*+)"
    rb"|/(" + _REGULAR + rb"*+)"
    rb"|(" + _STRING + rb"|<[0-9A-Fa-f" + _WHITE + rb"]*+>)"
    rb"|(" + _REGULAR + rb"++)"
    rb"|%[^\r\n]*+"
    rb"|(<<|>>|[\s\S])"
    rb")"
)
_ELEMENT = re.compile(rb"(" + _NUMBER + rb")|(" + _STRING + rb")|(" + _HEX + rb")")
_NUMBER_WITHIN = re.compile(_NUMBER)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\s\S]))|\r\n?")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\r": b"", b"\n": b""}
# Escaped signs are stepped over as a whole, so that an escaped bracket does not count.
_IN_STRING = re.compile(rb"[()]|\\[\s\S]")
# The bytes of an image may spell ``EI`` as well. Where it ends, operations follow, which have no bytes such as these.
_END_OF_IMAGE = re.compile(
    rb"[" + _WHITE + rb"]EI(?=[" + _WHITE + rb"]|$)(?![^\x00]{0,8}[\x01-\x08\x0e-\x1f\x7f-\xff])"
)
_MOST_OPERANDS = 64
"""Operands that are kept. No operator takes as many; more are left over from damage."""


def operations(data: bytes) -> Iterator[tuple[bytes, list[Operand]]]:
    """The operations of a content stream that matter to text, in order: operator and operands.

    ``TJ`` has its array as one operand. What only paints is left out; an inline image is stepped over.
    """
    match = _OPERATION.match
    operands: list[Operand] = []
    place, end = 0, len(data)
    while place < end:
        found = match(data, place)
        if found is None:  # nothing but white space is left
            return
        place = found.end()
        # The number of the last group that matched tells which alternative did: a switch without a second match.
        group = found.lastindex
        if group is None:
            continue
        token = found[group]
        if group == 2:
            yield token, [*operands, *map(float, found[1].split())] if found[1] or operands else []
        elif group == 3:
            yield b"TJ", [_array(token)]
        elif group == 4:
            yield b"TJ", [[_string(token)]]
        elif group == 5:
            operands.append(_number(token))
            continue
        elif group == 6:
            operands.append(_name(token))
            continue
        elif group == 7:
            operands.append(_string(token))
            continue
        elif group == 8:
            if token == b"BI":
                place = _after_image(data, place)
            else:
                yield token, operands
        elif group == 9:
            place = _read_delimited(data, place, token, operands)
            del operands[:-_MOST_OPERANDS]
            continue
        operands = []


def _read_delimited(data: bytes, place: int, token: bytes, operands: list[Operand]) -> int:
    """Read the object that a delimiter before ``place`` opens into the operands; give the place after it."""
    if token == b"(":
        text, place = _balanced_string(data, place)
        operands.append(text)
    elif token == b"[":
        operands.append([])
        array, place = _loose_array(data, place)
        operands[-1] = array
    elif token == b"<<":
        # What stands in a dictionary follows as operands of its own: no operator of text takes one.
        operands.append(None)
    return place


def _loose_array(data: bytes, place: int) -> tuple[list[float | bytes], int]:
    """An array with nested brackets or comments, which the fast path does not know; the place after it."""
    found: list[float | bytes] = []
    match = _OPERATION.match
    while place < len(data):
        token = match(data, place)
        if token is None:
            return found, len(data)
        if token[9] == b"]":
            return found, token.end()
        if token[9] == b"(":
            text, place = _balanced_string(data, token.end())
            found.append(text)
            continue
        if token[5]:
            found.append(_number(token[5]))
        elif token[7]:
            found.append(_string(token[7]))
        elif token.lastindex in (2, 3, 4, 8):  # an operator: the bracket was never closed
            return found, place
        place = token.end()
    return found, place


def _balanced_string(data: bytes, place: int) -> tuple[bytes, int]:
    """A string with balanced parentheses inside, and the place after it.

    Its opening parenthesis ends at ``place``.
    """
    depth = 1
    for found in _IN_STRING.finditer(data, place):
        token = found[0]
        depth += (token == b"(") - (token == b")")
        if not depth:
            return _unescape(data[place : found.start()]), found.end()
    return b"", len(data)  # never closed: all that follows is in it


def _after_image(data: bytes, place: int) -> int:
    """The place after an inline image whose ``BI`` ends at ``place``.

    It is the end of the data where the image has no end.
    """
    found = _END_OF_IMAGE.search(data, place)
    return found.end() if found else len(data)


def _array(token: bytes) -> list[float | bytes]:
    """The numbers and strings of an array without brackets inside."""
    return [float(number) if number else _string(text or figures) for number, text, figures in _ELEMENT.findall(token)]


def _number(token: bytes) -> float:
    try:
        return float(token)
    except ValueError:  # ``--5``, ``1.2.3``, ``12-34``: what can be read of it, as other readers do
        found = _NUMBER_WITHIN.search(token)
        return float(found[0]) if found else 0.0


def _name(token: bytes) -> str:
    """A name without its escapes (ISO 32000-1, 7.3.5)."""
    if b"#" in token:
        token = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes((int(found[1], 16),)), token)
    try:
        return token.decode()
    except UnicodeDecodeError:
        return str(token)  # the form in which pdfminer names it


def _string(token: bytes) -> bytes:
    """The bytes of a literal string or of a hexadecimal one (ISO 32000-1, 7.3.4)."""
    if token[:1] == b"(":
        return _unescape(token[1:-1])
    figures = bytes(token[1:-1].translate(None, b"\x00\t\n\x0c\r "))
    # A last figure that is missing is 0, as the standard says.
    return bytes.fromhex((figures + b"0" * (len(figures) % 2)).decode("ascii"))


def _unescape(text: bytes) -> bytes:
    """The inside of a literal string without its escapes."""
    if b"\\" not in text and b"\r" not in text:
        return text
    return _ESCAPE.sub(_escape, text)


def _escape(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes((int(found[1], 8) & 0xFF,))  # three octal figures can say more than a byte holds
    if found[2]:
        return _ESCAPED.get(found[2], found[2])
    return b"\n"  # every end of a line in a string counts as this one
