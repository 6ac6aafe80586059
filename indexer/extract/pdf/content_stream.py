"""Lexer of content streams: a page's bytes ─▶ the operations that matter to text.

A content stream is operands followed by an operator (ISO 32000-1, 7.8.2). One regular expression takes a whole
operation with its numbers at once, and the steps of a path are gathered as they are, to be read only where they are
filled or clip: several times as fast as a tokenizer that makes an object for each operand. Bytes that make no sense are
stepped over one by one, as every viewer does: the time taken is linear in the length of the stream, whatever it holds.
"""

import re
from binascii import unhexlify
from collections.abc import Iterator
from typing import Any, NamedTuple

Properties = dict[str, Any]
"""A dictionary written in a content stream: by name, values as operands are, or dictionaries."""


class Strings(NamedTuple):
    """Strings of an array one after another, none empty, and the step between each two."""

    strings: list[bytes]
    steps: list[float]


Path = tuple[tuple[bytes, bytes], ...]
"""The steps of a path: each operator (``m``, ``re``, ``W``), and the numbers before it as they are written."""

Operand = float | bytes | str | list[float | bytes] | Strings | Properties | Path | None
"""A number, a string (bytes), a name (str, without its slash), an array of numbers and strings, a dictionary, a path,
or something else."""

# Patterns of the tokens of ISO 32000-1, 7.2 and 7.3.
# No group here is possessive: Python before 3.11.5 matches such groups wrongly (python/cpython#106052).
_BLANKS = b"\x00\t\n\x0c\r "
_WHITE = rb"\x00\t\n\x0c\r "
_REGULAR = rb"[^\x00\t\n\x0c\r ()<>\[\]{}/%]"
_NUMBER = rb"[-+]?(?:\d++\.?+\d*+|\.\d++)"
_STRING = rb"\((?:[^()\\]++|\\[\s\S])*\)"
_HEX = rb"<[0-9A-Fa-f" + _WHITE + rb"]*+>"
_END = rb"(?!" + _REGULAR + rb")"
_STEPS = rb"re|[mlcvyh]|W\*?"
_PAINTING = rb"[fBb]\*?|[FSsn]"
_STATE = rb"Td|TD|Tm|T[crswLz*]|cm|q|Q|BT|ET|EMC|gs|sh|g|G|rg|RG|[kKw]|scn?|SCN?|cs|CS"
_IGNORED = rb"[JjMid]|ri|BX|EX|MP|d0|d1"

_OPERATION_WITH = (
    rb"[" + _WHITE + rb"]*+(?:"
    # 1: numbers before an operator, which is 2 one of state, 3 a step of a path, 4 what paints a path, or ignored
    rb"((?:" + _NUMBER + rb"[" + _WHITE + rb"]++){0,6})"
    rb"(?:(" + _STATE + rb")|(" + _STEPS + rb")|(" + _PAINTING + rb")|(?:" + _IGNORED + rb"))" + _END + rb""
    # 5: the array of a TJ; 6: the string of a Tj
    rb"|\[(@)\][" + _WHITE + rb"]*+TJ" + _END + rb""
    rb"|(" + _STRING + rb"|" + _HEX + rb")[" + _WHITE + rb"]*+Tj" + _END + rb""
    # 7: a number; 8: a name; 9: a string; 10: any other word; 11: a delimiter
    rb"|([-+.\d]" + _REGULAR + rb"*+)"
    rb"|/(" + _REGULAR + rb"*+)"
    rb"|(" + _STRING + rb"|<[0-9A-Fa-f" + _WHITE + rb"]*+>)"
    rb"|(" + _REGULAR + rb"++)"
    rb"|%[^\r\n]*+"
    rb"|(<<|>>|[\s\S])"
    rb")"
)
_EXACT_ARRAY = rb"(?:[^\[\]()<>%]++|" + _STRING + rb"|" + _HEX + rb")*"
_OPERATION = re.compile(_OPERATION_WITH.replace(b"@", _EXACT_ARRAY))
# Takes what looks like an array at once; whether it is one is seen when it is divided.
_FAST_OPERATION = re.compile(_OPERATION_WITH.replace(b"@", rb"[^\[\]%]*+|" + _EXACT_ARRAY))
(
    _NUMBERS,
    _STATED,
    _STEP,
    _PAINTED,
    _SHOWN_ARRAY,
    _SHOWN_STRING,
    _LONE_NUMBER,
    _NAMED,
    _LONE_STRING,
    _WORD,
    _DELIMITER,
) = range(1, 12)
# What stands between two strings of an array that shows one after the other, each moved from the last.
_STEP_BETWEEN = rb"[" + _WHITE + rb"]*+(" + _NUMBER + rb")[" + _WHITE + rb"]*+"
_STEP_ALONE = re.compile(_STEP_BETWEEN)
_BETWEEN_ESCAPED = re.compile(rb"\)(?<!\\\))" + _STEP_BETWEEN + rb"\(")
_BETWEEN_HEX = re.compile(rb">" + _STEP_BETWEEN + rb"<")
_ELEMENT = re.compile(rb"(" + _NUMBER + rb")|(" + _STRING + rb")|(" + _HEX + rb")")
_NO_BRACKETS = bytes(set(range(256)) - set(b"()"))
_NUMBER_WITHIN = re.compile(_NUMBER)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\s\S]))|\r\n?")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\r": b"", b"\n": b""}
# Escaped signs are stepped over as a whole, so that an escaped bracket does not count.
_IN_STRING = re.compile(rb"[()]|\\[\s\S]")
# The bytes of an image may spell ``EI`` as well. Where it ends, operations follow, which have no bytes such as these.
_END_OF_IMAGE = re.compile(
    rb"[" + _WHITE + rb"]EI(?=[" + _WHITE + rb"]|$)(?![^\x00]{0,8}[\x01-\x08\x0e-\x1f\x7f-\xff])"
)
_MOST_NUMBERS = 5_000
"""Spellings of steps that are remembered: there are some hundred, each written thousands of times."""


class _Steps(dict[bytes, float]):
    """Steps by how they are written, blanks around them included; what is no number raises a ValueError."""

    def __missing__(self, written: bytes) -> float:
        found = _STEP_ALONE.fullmatch(written)
        if found is None:
            raise ValueError
        number = float(found[1])
        if len(self) < _MOST_NUMBERS:
            self[written] = number
        return number


_step_of = _Steps().__getitem__

_MOST_OPERANDS = 64
"""Operands that are kept. No operator takes as many; more are left over from damage."""


def operations(data: bytes) -> Iterator[tuple[bytes, list[Operand]]]:
    """The operations of a content stream that matter to text, in order: operator and operands.

    ``TJ`` has its array as one operand, as ``Strings`` where it is of that kind, and what paints a path the path. A
    path that neither paints nor clips is left out; of an inline image its ``BI`` is given.
    """
    match = _FAST_OPERATION.match
    operands: list[Operand] = []
    path: list[tuple[bytes, bytes]] = []
    clips = False
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
        if group == _SHOWN_ARRAY:
            strings = _strings(token)
            if strings:
                yield b"TJ", [strings]
                operands = []
                continue
            found = _OPERATION.match(data, found.start()) or found
            place, group = found.end(), found.lastindex or 0
            token = found[group]
        if group == _STATED:
            numbers = found[1]
            if operands:
                yield token, [*operands, *map(float, numbers.split())]
            else:
                yield token, list(map(float, numbers.split())) if numbers else []
                continue
        elif group == _SHOWN_ARRAY:
            yield b"TJ", [_array(token)]
        elif group == _STEP:
            path.append((token, b"%s %s" % (_numbers(operands), found[1]) if operands else found[1]))
            clips = clips or token[:1] == b"W"
        elif group == _PAINTED:
            if path and (clips or token != b"n"):
                yield token, [tuple(path)]
            path, clips = [], False
        elif group == _SHOWN_STRING:
            string = _string(token)
            yield b"TJ", [Strings([string], []) if string else [string]]
        elif group == _LONE_NUMBER:
            operands.append(_number(token))
            continue
        elif group == _NAMED:
            operands.append(_name(token))
            continue
        elif group == _LONE_STRING:
            operands.append(_string(token))
            continue
        elif group == _WORD:
            if token == b"BI":
                place = _after_image(data, place)
            yield token, operands
        elif group == _DELIMITER:
            place = _read_delimited(data, place, token, operands)
            del operands[:-_MOST_OPERANDS]
            continue
        operands = []


def path_numbers(numbers: bytes) -> list[float]:
    """The numbers before a step of a path."""
    return list(map(float, numbers.split()))


def _numbers(operands: list[Operand]) -> bytes:
    """Numbers that damage has kept apart from their operator, as they might be written."""
    return b" ".join(repr(number).encode() for number in operands if isinstance(number, float))


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
        properties, place = _dictionary(data, place)
        operands.append(properties)
    return place


def _dictionary(data: bytes, place: int) -> tuple[Properties, int]:
    """A dictionary that opens before ``place``, and the place after it.

    It ends at the latest where an operator stands, as one that was never closed.
    """
    # A list in place of calls: damaged ones may be as deep as they like.
    opened: list[tuple[Properties, str | None]] = [({}, None)]
    key: str | None = None
    match = _OPERATION.match
    while place < len(data):
        token = match(data, place)
        if token is None:
            place = len(data)
            break
        group = token.lastindex
        if group in _OPERATORS or (group == _WORD and token[_WORD] not in _CONSTANTS):
            break
        place = token.end()
        if group is None:
            continue
        value: Operand = None
        if group == _NAMED:
            value = _name(token[group])
            if key is None:
                key = value
                continue
        elif group == _LONE_NUMBER:
            value = _number(token[group])
        elif group == _LONE_STRING:
            value = _string(token[group])
        elif group == _DELIMITER and token[group] == b"<<":
            opened.append(({}, key))
            key = None
            continue
        elif group == _DELIMITER and token[group] == b">>":
            value, key = opened.pop()
            if not opened:
                return value, place
        elif group == _DELIMITER and token[group] == b"(":
            value, place = _balanced_string(data, place)
        elif group == _DELIMITER and token[group] == b"[":
            value, place = _loose_array(data, place)
        if key is not None:
            opened[-1][0][key] = value
            key = None
    return opened[0][0], place


_OPERATORS = frozenset((_NUMBERS, _STATED, _STEP, _PAINTED, _SHOWN_ARRAY, _SHOWN_STRING))
_CONSTANTS = frozenset((b"true", b"false", b"null", b"R"))


def _loose_array(data: bytes, place: int) -> tuple[list[float | bytes], int]:
    """An array with nested brackets or comments, which the fast path does not know; the place after it."""
    found: list[float | bytes] = []
    match = _OPERATION.match
    while place < len(data):
        token = match(data, place)
        if token is None:
            return found, len(data)
        group = token.lastindex
        if group == _DELIMITER and token[group] == b"]":
            return found, token.end()
        if group == _DELIMITER and token[group] == b"(":
            text, place = _balanced_string(data, token.end())
            found.append(text)
            continue
        if group == _LONE_NUMBER:
            found.append(_number(token[group]))
        elif group == _LONE_STRING:
            found.append(_string(token[group]))
        elif group in _OPERATORS or group == _WORD:  # an operator: the bracket was never closed
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


def _strings(token: bytes) -> Strings | None:
    """The strings and steps of an array.

    None where it is none with a step between each two strings, as nearly all are. They are divided at the steps.
    """
    token = token.strip(_BLANKS)
    try:
        if token[:1] == b"<" and token[-1:] == b">":
            divided = _BETWEEN_HEX.split(token[1:-1])
            strings = list(map(unhexlify, divided[::2]))
        elif token[:1] != b"(" or token[-1:] != b")":
            return None
        elif b"\\" in token or b"\r" in token:
            return _escaped_strings(token)
        else:
            # Where brackets open and close by turns, none is a letter, and each divides.
            brackets = token.translate(None, _NO_BRACKETS)
            if brackets != b"()" * (len(brackets) // 2):
                return None
            divided = token[1:-1].replace(b")", b"(").split(b"(")
            strings = divided[::2]
        return Strings(strings, list(map(_step_of, divided[1::2]))) if all(strings) else None
    except ValueError:  # blanks or a half byte of a hexadecimal string, or no number between two strings
        return None


def _escaped_strings(token: bytes) -> Strings | None:
    """The same of an array of literal strings with escapes."""
    if b"\\\\" in token or token[-2:] == b"\\)":
        return None
    divided = _BETWEEN_ESCAPED.split(token[1:-1])
    strings = list(map(_unescape, divided[::2]))
    # Behind a backslash, which is none itself, a bracket is a letter. No other one stands anywhere.
    opened, closed = token.count(b"(") - token.count(b"\\("), token.count(b")") - token.count(b"\\)")
    if opened != len(strings) or closed != len(strings) or not all(strings):
        return None
    return Strings(strings, list(map(_step_of, divided[1::2])))


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
