"""Meetings that a query names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Meeting
from indexer.query.meeting_mentions import find_mentions
from indexer.query.parser import parse

FOURTH = Meeting("group", "IV", 4, {"en": "Fourth Meeting"}, first_day=date(2006, 2, 27))
NINTH = Meeting("group", "IX", 9, {"en": "Ninth Meeting"}, first_day=date(2016, 12, 12))
SYMBOLS = (
    (FOURTH, "CIBER-IV/doc.4/06 rev. 1"),
    (NINTH, "CIBER-IX/doc.3/16"),
    (NINTH, "CIBER-IX/doc.3/16 rev.2"),
    (FOURTH, "–"),
)


def found(query: str) -> list[tuple[str, str]]:
    return [(each.meeting.id, each.rest) for each in find_mentions(parse(query), (FOURTH, NINTH), SYMBOLS)]


@pytest.mark.parametrize(
    ("query", "meetings"),
    [
        ("fourth meeting", [("IV", "")]),
        ("meeting IV", [("IV", "")]),
        ("meeting iv", [("IV", "")]),
        ("IV Reunión", [("IV", "")]),
        ("4th meeting", [("IV", "")]),
        ("cuarta reunión", [("IV", "")]),
        ("quarta reuniao", [("IV", "")]),
        ("quatrième réunion", [("IV", "")]),
        ("recommendations of the fourth meeting", [("IV", "")]),
        ("recomendaciones de la cuarta reunión", [("IV", "")]),
        ("evidence in the fourth meeting", [("IV", "evidence")]),
        ('"electronic evidence" fourth meeting lang:es', [("IV", '"electronic evidence" lang:es')]),
        ("recommendations of 2006", [("IV", "")]),
        ("evidence 2016", [("IX", "evidence")]),
        ("2006 2016", [("IV", "2016"), ("IX", "2006")]),
        ("CIBER-IX/doc.3/16", [("IX", "")]),
        ("ciber-ix//DOC. 3/16 Rev. 2 custody", [("IX", "custody")]),
        ("CIBER-IX", [("IX", "")]),
        ("ciber ix", [("IX", "")]),
    ],
)
def test_a_query_names_these_meetings_and_leaves_this_to_search_for(
    query: str, meetings: list[tuple[str, str]]
) -> None:
    assert found(query) == meetings


@pytest.mark.parametrize(
    "query",
    [
        "", "IV", "4", "fourth", "meeting", "fourth session", "fifth meeting", "REMJA-IV", "ciber", "1999", "20061",
        '"fourth meeting"', "fourth OR meeting", "-fourth meeting", "AG/RES. 2068 (XXXV-O/05)",
        "fourth lang:es meeting", "décima cuarta reunión", "twenty fourth meeting", "reunión décima novena",
    ],
)  # fmt: skip
def test_a_query_names_no_meeting_by_less(query: str) -> None:
    assert found(query) == []


@given(st.text(max_size=40) | st.sampled_from(["fourth meeting ", "CIBER-IX/", "the 2006 "]).flatmap(
    lambda start: st.text(max_size=20).map(lambda end: start + end)
))  # fmt: skip
def test_any_query_can_be_asked_and_what_is_left_can_be_read(query: str) -> None:
    for each in find_mentions(parse(query.replace(":", " ")), (FOURTH, NINTH), SYMBOLS):
        parse(each.rest)
