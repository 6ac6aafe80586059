from itertools import product

import pytest

from indexer.analysis.numerals import is_roman, roman, roman_value


def test_each_number_is_read_back_from_its_numeral() -> None:
    assert [roman_value(roman(number)) for number in range(1, 400)] == list(range(1, 400))


def test_only_the_usual_way_of_writing_a_number_is_a_numeral() -> None:
    usual = {roman(number) for number in range(1, 400)}
    written = {"".join(letters) for length in range(1, 7) for letters in product("IVXLC", repeat=length)}
    assert {text for text in written if is_roman(text)} == {text for text in usual if len(text) <= 6}


@pytest.mark.parametrize("text", ["", "ix", "IIII", "IC", "VX", "IXX", "CCCC", "MM", "X ", "Ⅸ", "9"])
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert roman_value(text) is None
    assert not is_roman(text)
