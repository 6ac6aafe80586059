"""Citations of items and documents in queries, as people write them."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indexer.engines.base import MEMORY
from indexer.engines.memory import MemoryIndex
from indexer.model import Entry, Filter, Item, Kind, State
from indexer.model.errors import BadQuery
from indexer.query.citation_grammar import MOST_CITED
from indexer.query.citations import Citations, Cited
from indexer.query.parser import parse
from tests.support.publications import item, publication

SYMBOL = "ABC-II/doc. 7/06 rev. 2"


def _printed(symbol: str, each: Item) -> Item:
    return replace(each, versions=tuple(replace(one, symbol=symbol) for one in each.versions))


HELD = publication(
    [
        *(item("III", str(number), {"en": "word"}, order=number) for number in range(1, 31)),
        replace(item("III", "preamble.1", {"en": "word"}, kind=Kind.PREAMBLE, order=31), numbered=False),
        _printed(SYMBOL, item("II", "II.A.1", {"en": "word", "es": "palabra"}, order=0)),
        _printed(SYMBOL, item("II", "1", {"en": "word"}, kind=Kind.PARAGRAPH, order=1)),
        replace(item("II", "paragraph.1", {"en": "word"}, kind=Kind.PARAGRAPH, order=2), numbered=False),
        item("II", "3", {"en": "word"}, order=3),
        item("II", "3~2", {"en": "word"}, order=4),
        replace(item("I", "questionnaire/7", {"en": "word"}), role="questionnaire", path="7"),
        item("IV", "3", {"en": "word"}),
        item("IV", "3", {"en": "word"}, body="other"),
    ]
)
LEDGER = (
    Entry("body", "II", "en", "recommendations", State.INDEXED, symbol=SYMBOL),
    Entry("body", "I", "en", "questionnaire", State.INDEXED),
    Entry("body", "III", "en", "recommendations", State.NOT_FETCHED, symbol="ABC-III/doc.3/06"),
)
INDEX = MemoryIndex(HELD, MEMORY)
CITATIONS = Citations(HELD.bodies, HELD.meetings, LEDGER)


def read(text: str, *chosen: Filter) -> Cited:
    return CITATIONS.read(parse(text, chosen=chosen), INDEX)


THIRD = (
    *(
        "III/3",
        "iii/3",
        "body/III/3",
        "BODY/iii/3",
        "(III/3)",
        "rec. III/3",
        "the recommendation III/3 of body",
        "“III/3”",
    ),
    *(
        "https://host/prefix/item/body/III/3?x=y#es",
        "/item/body/III/3",
        "host/item/body/III/3",
        "/api/v1/item/body/III/3",
    ),
    *("<https://host/item/body/III/3>", "https://host/item/body%2FIII%2F3"),
    *("Recommendation 3 third meeting", "RECOMMENDATION 3, THIRD MEETING", "third meeting recommendation 3"),
    *("rec. 3 of III", "rec 3 III", "III rec. 3", "III, rec. 3", "recs. 3 III", "rec 3 of iii", "Rec.3 (III)"),
    *("rec. no. 3 of III", "Rec. nº 3 de la III", "rec. N.º 3, III", "recommendation number 3 of III", "rec #3 III"),
    *("recommendation 3 of the 3rd meeting", "recommendation 3 meeting 3", "recommendation 3 meeting III"),
    *(
        "recommendation III of the iii meeting",
        "third recommendation of the third meeting",
        "3rd recommendation III meeting",
    ),
    *(
        "recomendación 3 de la tercera reunión",
        "recomendacion 3 tercera reunion",
        "tercera recomendación de la III reunión",
    ),
    *("recomendação 3 da terceira reunião", "3ª recomendação da 3ª reunião"),
    *("recommandation 3 de la troisième réunion", "troisième recommandation de la troisième réunion"),
    *(
        "recommendation 3 body/III",
        "recommendation 3 meeting:III",
        "meeting:body/III recommendation 3",
        '"recommendation 3" III',
    ),
    *("the text of recommendation 3 of the third meeting on words", "lang:en recommendation 3 III"),
    *("recommendation 3 (1999) III", "recommendation 3 (2003), third meeting"),
    *("recommandation no 3 de la IIIe réunion", "recommandation 3 de la IIIème réunion", "rec. 3 III.ª reunião"),
    *("https://host/item/body/III/3/", "item/body/III/3", "item/body/III/3/", "Item/III/3", "III/3/"),
    *(
        "III / 3",
        "body / III / 3",
        "III.3",
        "Rec. III.3",
        "(III.3)",
        "third recommendation of III",
        "3.ª recomendación, III",
    ),
    *("body recommendation 3, body, third meeting", "recommendation 3 of the body of III"),
)


@pytest.mark.parametrize("text", THIRD)
def test_an_item_is_cited_in_these_words(text: str) -> None:
    assert read(text).items == ("body/III/3",)


@pytest.mark.parametrize(
    "text",
    [
        *("", "3", "III", "III 3", "3 III", "recommendation 3", "24/7", "word", "recommendations of the third meeting"),
        *("III/99", "recommendation 99 of III", "body/V/3", "III/3 word", "III/", "/item/", "/3", "other/III/3"),
        *("-recommendation 3 third meeting", "recommendation OR 3 third meeting", "NOT III/3", "(III/3 OR III/4)"),
        *("note 3 of III", "paragraph 3 third meeting", "recommendation 24/7 third meeting", "recommendation 3rd"),
        *("the 3 recommendations of the third meeting", "3 recommendations, third meeting", "3 recommendation III"),
        *("how many of the 3 recommendations of the third meeting mention words", "first recommendations of the III"),
        *(
            "third recommendations, third meeting",
            "7th recommendations of 1999",
            "7 recommendation of 1999",
            "III recommendation, third meeting",
        ),
        *("rec. 7 day in 1999", "rec. VII the word of 24/7 in 1999", "recommendation 7 meeting in 1999"),
        *("recommendation 3 words of the third meeting", "III words recommendation 3", "1999 words rec. 7"),
        *("recommendation 3 points III", "rec. 3 (1999)", "24.3", "III. 3", "v.3", "iii.x"),
    ],
)
def test_nothing_is_cited_where_it_is_not_clear_or_not_there(text: str) -> None:
    assert read(text) == Cited()


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("recommendations 3 and 4 of III", "III/3 III/4"),
        ("recommendations 3, 4 & 6, third meeting", "III/3 III/4 III/6"),
        ("recomendaciones 3, 4 y 6 de la tercera reunión", "III/3 III/4 III/6"),
        ("recs 3-5, III meeting", "III/3 III/4 III/5"),
        ("recommendations 3 to 5 of III", "III/3 III/4 III/5"),
        ("recommendations 5 to 3 of III", "III/5 III/3"),
        ("rec. 2 of III and rec. 3 of III", "III/2 III/3"),
        ("rec. 2 third meeting and recommendation 3, second meeting", "III/2 II/3"),
        ("third meeting rec. 2, second meeting rec. 3", "III/2 II/3"),
        ("third meeting, rec. 2 and rec. 4", "III/2 III/4"),
        ("rec. 2 and rec. 4 of III", "III/2 III/4"),
        ("rec. 2 of the third meeting and rec. 3 of II", "III/2 II/3"),
        ("rec. 2 of III, rec. 3 and paragraph 1 of II", "III/2 II/3 II/1"),
        ("recommendation 3 of second and third meeting", "II/3 III/3"),
        ("recommendation 3 of the second, and of the third meetings", "II/3 III/3"),
        ("recomendación 3 de la segunda y de la tercera reunión", "II/3 III/3"),
        ("recomendaciones 3 y 4 de las reuniones II y III", "II/3 III/3 III/4"),
        ("recommendation 3 of the second meeting and the third meeting", "II/3 III/3"),
        ("recommendation 3 of II and III", "II/3 III/3"),
        ("recommendation 3 of III II", "III/3"),
        ("recommendation 3 of III, I think", "III/3"),
        ("recommendation II.A.1 of II", "II/II.A.1"),
        ("rec. ii.a.1 second meeting", "II/II.A.1"),
        ("ii/ii.a.1", "II/II.A.1"),
        ("recommendation 3 (2) of II", "II/3~2"),
        ("II/3~2", "II/3~2"),
        ("paragraph 1 of II", "II/1"),
        ("paragraph [1] of II", "II/paragraph.1"),
        ("Preamble [1], III", "III/preamble.1"),
        ("preámbulo 1 de la tercera reunión", "III/preamble.1"),
        ("recommendation 7 of I", "I/questionnaire/7"),
        ("I/questionnaire/7", "I/questionnaire/7"),
    ],
)
def test_lists_ranges_and_other_paths_are_cited(text: str, paths: str) -> None:
    assert read(text).items == tuple(f"body/{path}" for path in paths.split())


def test_of_two_bodies_the_one_that_is_named_is_meant_else_both() -> None:
    assert set(read("recommendation 3 of IV").items) == {"body/IV/3", "other/IV/3"}
    assert read("other, recommendation 3 of IV").items == ("other/IV/3",)
    assert read("other/IV/3").items == ("other/IV/3",)


@pytest.mark.parametrize(
    "text",
    [
        *("recommendation 7 of 1999", "recommendation 7 (1999)", "recommendation 7 of the meeting of 1999"),
        *("1999 recommendation 7", "the 1999 meeting, recommendation 7", "rec. 7 of the 1999 meeting", "rec. 7, 1999"),
        *("recommendation 7 of body, 1999", "seventh recommendation of 1999"),
    ],
)
def test_a_year_tells_the_meeting_where_nothing_else_does(text: str) -> None:
    assert read(text).items == ("body/I/questionnaire/7",)


def test_a_year_tells_less_than_the_id_of_a_meeting() -> None:
    assert read("recommendation 3 of IV, 2006").items[0] == "body/IV/3"


@pytest.mark.parametrize(
    "text",
    [
        *("lang:en III/3", "III/3 lang:en", "meeting:III III/3", "body:body III/3", "kind:recommendation III / 3"),
        *(
            'meeting:"third meeting" rec. 3',
            'rec. 3 reunión:"tercera reunión"',
            "rec. 3 meeting:3",
            "meeting:III, rec. 3",
        ),
        *("year:2006 lang:en III.3", "body:body year:2006..2007 recommendation 3 (III)", "(III/3 lang:en)"),
    ],
)
def test_filters_beside_a_citation_leave_it_as_it_is(text: str) -> None:
    assert read(text).items == ("body/III/3",)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "meeting:IV recommendation 3 of III",
            "III/3 lang:es",
            "meeting:II III/3",
            "body:other III/3",
            "kind:note III/3",
        ),
        *("meeting:III meeting:II III/3", "year:1999 recommendation 3 third meeting", "-lang:es III/3", "meeting:III"),
        *(f"lang:pt {SYMBOL}", "meeting:other/III III/3"),
    ],
)
def test_what_a_typed_filter_excludes_is_not_cited(text: str) -> None:
    assert read(text) == Cited()


def test_a_typed_filter_leaves_some_of_what_is_cited() -> None:
    assert read(f"lang:es {SYMBOL}") == Cited(("body/II/II.A.1",), SYMBOL, alone=True)
    assert read("recommendation 3 of IV body:other").items == ("other/IV/3",)


def test_a_chosen_meeting_is_the_one_that_is_meant() -> None:
    assert read("recommendation 3", Filter("meeting", "body/III")).items == ("body/III/3",)


@pytest.mark.parametrize(
    "text", [SYMBOL, "abc-ii/doc.7/06", "ABC II doc 7 06 rev 2", f"“{SYMBOL}”.", "ABC-II/doc. 7/06 rev. 1"]
)
def test_a_symbol_alone_cites_the_items_of_its_document_in_order(text: str) -> None:
    assert read(text) == Cited(("body/II/II.A.1", "body/II/1"), SYMBOL, alone=True)


def test_a_symbol_beside_a_number_tells_the_meeting() -> None:
    assert read(f"Recommendation II.A.1, {SYMBOL}, page 4.").items == ("body/II/II.A.1",)


@pytest.mark.parametrize("text", ["ABC-III/doc.3/06", f"{SYMBOL} word", "ABC", "ABC-II"])
def test_a_document_that_is_not_there_or_not_cited_alone_gives_nothing(text: str) -> None:
    assert read(text) == Cited()


@pytest.mark.parametrize("text", THIRD)
def test_a_citation_beside_which_nothing_is_said_is_certain(text: str) -> None:
    assert read(text).alone == (" on words" not in text)
    assert not read(f"recommendation 3 third meeting words {text}").alone


def test_no_more_items_are_cited_than_one_would_read() -> None:
    assert len(read("recommendations 1 to 9999 of III").items) == MOST_CITED
    assert len(read(" ".join(f"rec. {number} of III" for number in range(1, 31))).items) <= MOST_CITED


@pytest.mark.parametrize(
    "text", ["rec. 1-99 first meeting second meeting third meeting 4th meeting, " * 20, "III/1 " * 200]
)
def test_no_more_is_looked_up_than_a_citation_can_mean(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []
    find = MemoryIndex.item

    def counted(index: MemoryIndex, id: str) -> Item | None:
        looked_up.append(id)
        return find(index, id)

    monkeypatch.setattr(MemoryIndex, "item", counted)
    assert len(read(text).items) <= MOST_CITED
    assert len(looked_up) <= 1000


PIECES = st.sampled_from(
    [
        "rec.",
        "recommendation",
        "3",
        "4",
        " ",
        ",",
        "and",
        "to",
        "-",
        "III",
        "[1]",
        "(2)",
        "/",
        "of",
        "third",
        "meeting",
        ".",
        "item",
        SYMBOL,
    ]
)


@given(st.text(max_size=60) | st.lists(PIECES, max_size=60).map(" ".join) | st.lists(PIECES, max_size=60).map("".join))
def test_any_query_can_be_read_and_cites_what_is_there_once(text: str) -> None:
    try:
        items = read(text).items
    except BadQuery:
        return
    assert len(items) == len(set(items))
    assert all(INDEX.item(each) for each in items)


@given(st.sampled_from(THIRD), st.booleans(), st.text(" ,.;", max_size=3))
def test_case_blanks_and_points_do_not_matter(text: str, loud: bool, around: str) -> None:
    # Small Roman numerals are words unless a meeting stands beside them, and lower case makes them so.
    assume("item/" not in text and (loud or "recommendation III" not in text))
    changed = (text.upper() if loud else text.lower()).replace("  ", " ").replace(" ", "  ")
    assert read(f"{around}{changed} {around}").items == ("body/III/3",)
