"""Objects of a PDF, read as what they should be; what is of another type counts as missing."""

import codecs
import re
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import MATRIX_IDENTITY, Matrix, decode_text

_LANGUAGE = re.compile("\x1b[^\x1b]*\x1b")


def look_up(value: object) -> object:
    """The object that a reference leads to, or the value itself; None where it cannot be read."""
    try:
        resolved: object = resolve1(value)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - pdfminer raises whatever the damage brings about
        return None
    return resolved


def dictionary(value: object) -> dict[str, Any]:
    """A dictionary, or the one that a reference leads to; else an empty one."""
    resolved = resolve1(value)
    return resolved if isinstance(resolved, dict) else {}


def array(value: object) -> list[object]:
    """An array, or the one that a reference leads to; else an empty one."""
    resolved = resolve1(value)
    return resolved if isinstance(resolved, list) else []


def name_of(value: object) -> str | None:
    """The name that a value is, without its slash; None where it is none."""
    resolved = resolve1(value)
    return str(resolved.name) if isinstance(resolved, PSLiteral) else None


def numbers_of(value: object, count: int) -> list[float]:
    """The numbers of an array of so many; none where it is not such an array."""
    numbers = [resolve1(part) for part in array(value)]
    if len(numbers) != count or not all(isinstance(number, (int, float)) for number in numbers):
        return []
    return [float(number) for number in numbers]


def text_of(value: object) -> str | None:
    """A string of text (ISO 32000-1, 7.9.2.2); None where it is none."""
    data = resolve1(value)
    if not isinstance(data, bytes):
        return None
    if data.startswith(codecs.BOM_UTF8):
        text = data[len(codecs.BOM_UTF8) :].decode("utf-8", "replace")
    elif data.startswith(codecs.BOM_UTF16_LE):
        text = data[2:].decode("utf-16-le", "replace")
    else:
        text = decode_text(data)
    # Codes of languages stand between escapes, and are no text.
    return _LANGUAGE.sub("", text).replace("\x00", "")


def matrix_of(value: object) -> Matrix:
    """A matrix of six numbers; the identity where there is none that can be read."""
    numbers = numbers_of(value, 6)
    return (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]) if numbers else MATRIX_IDENTITY
