"""Roman numerals up to 399, written and read."""

import re

_NUMERALS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

# Only what the rules of subtraction allow: ``IC`` and ``IIII`` are no numerals, though sums could be made of them.
_ROMAN = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman(number: int) -> str:
    """The Roman numeral of a whole number above 0: ``roman(9) == "IX"``.

    From 400 on there is a ``C`` for each hundred, which ``roman_value`` does not read.
    """
    numeral = ""
    for value, letters in _NUMERALS:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def roman_value(text: str) -> int | None:
    """The number that a Roman numeral in capitals stands for, from 1 to 399; None where the text is none.

    Small letters are no numerals here, since words look like them (``mi``, ``di``). A reader that knows from elsewhere
    that a number stands there, such as the one of page marks, may well read them.
    """
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_VALUES[letter] for letter in text]
    # A letter before one of more worth is taken away from it: the I of ``IX``.
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def is_roman(text: str) -> bool:
    """Tell whether a text is a Roman numeral in capitals, from 1 to 399."""
    return roman_value(text) is not None
