"""Objects of a PDF, read as what they should be; what is of another type counts as missing."""

from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import MATRIX_IDENTITY, Matrix, decode_text

__all__ = ["array", "decode_text", "dictionary", "matrix_of", "name_of", "numbers_of"]


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


def matrix_of(value: object) -> Matrix:
    """A matrix of six numbers; the identity where there is none that can be read."""
    numbers = numbers_of(value, 6)
    return (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]) if numbers else MATRIX_IDENTITY
