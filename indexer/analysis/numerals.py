"""Roman numerals."""

import re

_NUMERALS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """The Roman numeral of a whole number above 0: ``roman(9) == "IX"``."""
    numeral = ""
    for value, letters in _NUMERALS:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def is_roman(text: str) -> bool:
    """Whether a text is the Roman numeral of a number below 400, in capitals."""
    return re.fullmatch("[IVXLC]+", text) is not None and any(text == roman(number) for number in range(1, 400))
