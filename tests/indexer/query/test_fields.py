"""Values of filters, and their meaning in an index."""

import pytest

from indexer.model import FIELDS, Filter, Meeting, message
from indexer.model.errors import BadQuery
from indexer.query import lexer
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


@pytest.mark.parametrize("table", [lexer._EXAMPLES, lexer._READABLE, lexer._REMEDIES])
def test_the_lexer_knows_every_field_and_no_other(table: dict[str, object]) -> None:
    assert tuple(table) == FIELDS


@pytest.mark.parametrize("field", FIELDS)
def test_the_example_of_a_field_is_a_filter_of_it(field: str) -> None:
    choice = parse(lexer._EXAMPLES[field]).tree
    assert isinstance(choice, Filter)
    assert choice.field == field


@pytest.mark.parametrize(
    ("choice", "problem", "remedy"),
    [
        (
            Filter("year", "x"),
            "“x” is no year.",
            str(message("give-year")),
        ),
        (Filter("topic", "x"), "There is no filter “topic”.", "Filters are body, meeting, year, lang, kind."),
    ],
)
def test_a_choice_that_cannot_be_read_is_an_error_with_a_remedy(choice: Filter, problem: str, remedy: str) -> None:
    with pytest.raises(BadQuery) as caught:
        HELD.accepted_values(choice)
    assert (caught.value.message.sentence(), caught.value.message.remedy()) == (problem, remedy)
