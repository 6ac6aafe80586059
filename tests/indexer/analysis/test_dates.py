import re
import sys
from datetime import date

import pytest

from indexer.analysis.dates import _MONTHS, all_printed_days, printed_days

EVERY_CHARACTER = "".join(map(chr, range(sys.maxunicode + 1)))
EQUALS = {letter: re.findall(letter, EVERY_CHARACTER, re.IGNORECASE) for letter in sorted(set("".join(_MONTHS)))}
"""The characters that equal each letter of a month's name where case is ignored."""


@pytest.mark.parametrize(
    ("text", "first", "last", "place"),
    [
        ("Held on February 27-28, 2006", date(2006, 2, 27), date(2006, 2, 28), 8),
        ("27 y 28 de febrero de 2006", date(2006, 2, 27), date(2006, 2, 28), 0),
        ("30 de novembro a 1 de dezembro de 2010", date(2010, 11, 30), date(2010, 12, 1), 0),
        ("Réunis le 1er août 2012", date(2012, 8, 1), date(2012, 8, 1), 10),
    ],
)
def test_days_are_read_in_four_languages_with_their_place(text: str, first: date, last: date, place: int) -> None:
    assert printed_days(text) == (first, last, place)


@pytest.mark.parametrize(
    "text", ["February 30, 2006", "28-27 febrero 2006", "Perspectiva de género 12, 2016", "dismay 3, 2016", "2006"]
)
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert list(all_printed_days(text)) == []


@pytest.mark.parametrize("month", _MONTHS)
def test_a_month_with_a_letter_that_is_one_of_its_own_only_where_case_is_ignored_ends_nothing(month: str) -> None:
    for place, letter in enumerate(month):
        for other in EQUALS[letter]:
            name = month[:place] + other + month[place + 1 :]
            for text in (f"{name} 5, 2006", f"5 de {name} de 2006"):
                assert [first for first, _, _ in all_printed_days(text)] in ([], [date(2006, _MONTHS[month], 5)])


@pytest.mark.parametrize("text", ["aprıl 5, 2006", "auguſt 5, 2006", "5 de abrıl de 2006", "ſeptember ٣, 2006"])
def test_a_name_that_only_looks_like_a_month_is_none(text: str) -> None:
    assert printed_days(text) is None
