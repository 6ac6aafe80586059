from datetime import date

import pytest

from indexer.analysis.dates import all_printed_days, printed_days


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
