import pytest

from indexer.model import Kind, Override, Segmented
from indexer.segment import segment
from tests.support.layout import heading, page, paragraph

TEXT = page(*[paragraph(*["The experts looked at what harbours do with boats that nobody claims at all."] * 6)] * 8)


def recommendations(found: Segmented) -> list[tuple[str, str]]:
    return [(each.path, each.text) for each in found.passages if each.kind is Kind.RECOMMENDATION]


@pytest.mark.parametrize(
    ("word", "title", "label"),
    [
        ("Guideline", "Part II. Guidelines", "Guideline {}:"),
        ("Encaminhamento", "Encaminhamentos", "{}."),
        ("Acuerdo", "ACUERDOS", "Acuerdo Nº {}."),
        ("Call to action", "Calls to action", "Call to action {} –"),
        ("R", "What we want", "R{}."),
        ("r", "What we want", "R-{}"),
    ],
)
def test_the_catalogue_says_what_recommendations_are_called(word: str, title: str, label: str) -> None:
    one, two = label.format(1), label.format(2)
    own = page(heading(title), f"{one} That boats be counted.", f"{two} That owners pay.")
    pages = [TEXT, own, page(heading("Thanks"), "We thank all.", number=3)]
    found = segment(pages, Override(item=word))
    assert recommendations(found) == [("1", "That boats be counted."), ("2", "That owners pay.")]
    assert found.warnings == ()
    assert recommendations(segment(pages)) == []


def test_lines_are_known_by_their_beginnings_whatever_their_case() -> None:
    own = page("QUESTIONS", "Agreed  text of all", "1. That boats be counted.", "CLOSING words", "2. Not this.")
    override = Override(start="agreed text", end="Closing")
    assert recommendations(segment([TEXT, own], override)) == [("1", "That boats be counted.")]


@pytest.mark.parametrize(
    ("override", "name", "value"),
    [
        (Override(start="The Group agreed"), "start", "The Group agreed"),
        (Override(end="Thanks"), "end", "Thanks"),
        (Override(item="Guideline"), "item", "Guideline"),
    ],
)
def test_what_no_row_is_like_is_told(override: Override, name: str, value: str) -> None:
    found = segment([TEXT, page(heading("Recommendations"), "1. That boats be counted.")], override)
    assert [(each.code, each.message.sentence()) for each in found.warnings] == [
        ("word-of-no-row", f"The catalogue says `segmentation.{name} = “{value}”`, but no line of it is like that.")
    ]


def test_paragraphs_that_recommend_are_told_where_no_recommendation_was_found() -> None:
    own = page("We recommend that boats be counted.", "Boats are many.", "We also recommend that owners pay.", number=2)
    found = segment([TEXT, own])
    assert recommendations(found) == []
    assert [(each.code, each.page, each.message.sentence()) for each in found.warnings] == [
        (
            "paragraphs-recommend",
            2,
            "No recommendation was found in it; its paragraphs are searched. 2 recommend something (pages 2).",
        )
    ]
    assert segment([TEXT]).warnings == ()


def test_many_paragraphs_that_recommend_beside_recommendations_are_told() -> None:
    parts = [f"In chapter {number} we recommend that boats be counted." for number in range(6)]
    pages = [
        TEXT,
        *(page(part, number=2 + place) for place, part in enumerate(parts)),
        page(heading("Recommendations"), "1. That boats be counted.", number=9),
    ]
    assert [(each.code, each.message.sentence()) for each in segment(pages).warnings] == [
        (
            "recommended-elsewhere",
            "6 paragraphs beside its recommendations recommend something (pages 2, 3, 4, 5, 6, 7).",
        )
    ]
    assert segment([TEXT, *pages[1:3], pages[-1]]).warnings == ()
