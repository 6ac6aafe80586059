"""Values of filters, and their meaning in an index."""

import pytest

from indexer.analysis.fields import FIELDS, Field, FieldVocabulary
from indexer.analysis.folding import fold
from indexer.model import Filter, Meeting, Node, Not, message
from indexer.model.errors import BadQuery
from indexer.query.fields import accepted_values
from indexer.query.parser import parse
from search_app.request.locale import LANGUAGES

HELD = FieldVocabulary(
    (),
    (Meeting("body", "I", 1, {}), Meeting("body", "II", 2, {}), Meeting("other", "10", 10, {})),
    {**dict.fromkeys(FIELDS, ()), "meeting": ("body/I", "body/II", "other/10")},
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
    assert meetings == accepted_values(choice, HELD)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("año:2016", Filter("year", "2016")),
        ("ano:2016", Filter("year", "2016")),
        ("AÑO:2016", Filter("year", "2016")),
        ("reunión:IX", Filter("meeting", "IX")),
        ('Reunion:"Novena reunión"', Filter("meeting", "Novena reunión")),
        ("idioma:ES", Filter("lang", "es")),
        ("language:es", Filter("lang", "es")),
        ("cuerpo:sample", Filter("body", "sample")),
        ("órgano:sample", Filter("body", "sample")),
        ("tipo:preamble", Filter("kind", "preamble")),
        ("-tipo:note", Not(Filter("kind", "note"))),
        ('-órgano:"sample"', Not(Filter("body", "sample"))),
    ],
)
def test_a_field_has_a_name_in_each_language_of_the_interface(typed: str, read: Node) -> None:
    assert read == parse(typed).tree


@pytest.mark.parametrize("row", FIELDS.values(), ids=FIELDS.keys())
def test_the_example_of_a_field_is_a_filter_of_it_by_each_of_its_names(row: Field) -> None:
    for name in row.all_names:
        choice = parse(f"{name}:{row.example}").tree
        assert isinstance(choice, Filter)
        assert choice.field == row.name


@pytest.mark.parametrize("row", FIELDS.values(), ids=FIELDS.keys())
def test_a_field_has_a_name_in_each_language_and_shares_none(row: Field) -> None:
    assert set(row.names) - {"en"} == set(LANGUAGES[1:])
    others = {fold(name) for each in FIELDS.values() if each is not row for name in each.all_names}
    assert others.isdisjoint(map(fold, row.all_names))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lang:español", "lang:es"),
        ("idioma:inglés", "idioma:en"),
        ("year:2006-2016", "year:2006..2016"),
        ("year:2016..2006", "year:2006..2016"),
        ("year:12/2016", "year:2016"),
        ("kind:recommendations", "kind:recommendation"),
        ("tipo:preámbulos", "tipo:preamble"),
        ('lang:"Español"', "lang:es"),
    ],
)
def test_a_value_that_cannot_be_read_names_the_one_that_was_probably_meant(typed: str, meant: str) -> None:
    with pytest.raises(BadQuery) as caught:
        parse(f"law -({typed}) OR more")
    assert caught.value.message.remedy().endswith(f"Did you mean {meant}?")
    assert caught.value.better == f"law -({meant}) OR more"


@pytest.mark.parametrize("typed", ["recomendación", "RECOMENDACIÓN", "Recomendacion", "recommendation"])
def test_a_kind_may_be_named_in_a_language_of_the_interface(typed: str) -> None:
    assert parse(f"tipo:{typed}").tree == Filter("kind", "recommendation")


@pytest.mark.parametrize("typed", ["lang:klingon", "year:abc", "year:z..a", "kind:foo", "body:a_b", "meeting:*"])
def test_nothing_is_offered_for_a_value_that_may_mean_anything(typed: str) -> None:
    with pytest.raises(BadQuery) as caught:
        parse(typed)
    assert "Did you mean" not in caught.value.message.remedy()


@pytest.mark.parametrize(
    ("choice", "problem", "remedy"),
    [
        (
            Filter("year", "x"),
            "The address asks for “x”, which is no value of year.",
            str(message("give-year")),
        ),
        (Filter("year", "2016..2006"), "“year:2016..2006” ends before it begins.", "Did you mean year:2006..2016?"),
        (
            Filter("year", "z..a"),
            "The address asks for “z..a”, which is no value of year.",
            str(message("give-year")),
        ),
        (Filter("topic", "x"), "There is no filter “topic”.", f"Filters are {', '.join(FIELDS)}."),
    ],
)
def test_a_choice_that_cannot_be_read_is_an_error_with_a_remedy(choice: Filter, problem: str, remedy: str) -> None:
    with pytest.raises(BadQuery) as caught:
        accepted_values(choice, HELD)
    assert (caught.value.message.sentence(), caught.value.message.remedy()) == (problem, remedy)
