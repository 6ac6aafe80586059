"""What a value of a filter stands for in an index."""

import pytest

from indexer.model import Filter, Meeting
from indexer.query.fields import field_vocabulary
from indexer.query.parser import parse

HELD = field_vocabulary(
    (), (Meeting("body", "I", 1, {}), Meeting("body", "II", 2, {}), Meeting("other", "10", 10, {})), ["en"]
)


@pytest.mark.parametrize(
    ("typed", "meetings"),
    [
        ("meeting:II", {"body/II"}),
        ("meeting:ii", {"body/II"}),
        ("meeting:2ª", {"body/II"}),
        ("meeting:deuxième", {"body/II"}),
        ("meeting:Décima", {"other/10"}),
        ("meeting:De\u0301cima", {"other/10"}),
        ('meeting:"second meeting"', {"body/II"}),
        ('meeting:"Reunión II"', {"body/II"}),
        ('meeting:"body / II"', {"body/II"}),
        ('meeting:"other/II"', set()),
        ('meeting:"meeting"', set()),
    ],
)
def test_a_meeting_is_named_as_people_name_it(typed: str, meetings: set[str]) -> None:
    choice = parse(typed).tree
    assert isinstance(choice, Filter)
    assert meetings == HELD.accepted_values(choice)
