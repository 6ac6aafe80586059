from urllib.parse import parse_qs, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Box, Place
from search_app.request.pdf_fragment import pdf_fragment

LONG = "That the States answer the part of the questionnaire that deals with evidence, which six of them have returned."


def named(text: str) -> list[str]:
    """The texts that the text fragment names, as a browser reads them."""
    directive = pdf_fragment(2, text).partition(":~:text=")[2]
    return [unquote(part) for part in directive.split(",")]


def test_a_text_is_named_by_its_first_and_its_last_words() -> None:
    assert pdf_fragment(2, LONG) == (
        "#page=2&search=That%20the%20States%20answer%20the%20part&phrase=true"
        ":~:text=That%20the%20States%20answer%20the%20part%20of%20the,them%20have%20returned."
    )


def test_a_short_text_is_named_whole_and_none_not_at_all() -> None:
    assert named("That the network be kept.") == ["That the network be kept."]
    assert pdf_fragment(3) == pdf_fragment(3, " \n") == "#page=3"


def test_a_box_is_framed() -> None:
    place = Place(1, Box(72.4, 100, 500, 140.6))
    assert pdf_fragment(1, "That it be", place) == (
        "#page=1&highlight=72,500,100,141&search=That%20it%20be&phrase=true:~:text=That%20it%20be"
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Que, en 24/7, «la red» & los puntos de contacto se mantengan al día, en suma", None, "día, en suma"),
        ("That the months³ given to each of the States in the text be kept in mind", "That the", "kept in mind"),
        ("³ That the States take every step that they can to end the use of¹ it", None, "it"),
        ("That each State adopt the laws that it needs to fight cyber-crime.", None, "needs to fight"),
        ("That each State adopt the laws and the means that it needs to fight cyber-crime at sea", None, "at sea"),
    ],
)
def test_ends_are_words_that_a_viewer_has_as_they_are_printed(text: str, first: str | None, last: str) -> None:
    begins, ends = named(text)
    assert begins == (first or " ".join(text.removeprefix("³ ").split()[:8]))
    assert ends == last


@given(st.lists(st.sampled_from(["the", "States", "cyber-crime", "months³", "keep"]), max_size=20))
def test_the_last_words_follow_the_first(words: list[str]) -> None:
    first, *last = named(" ".join(words))
    found = " ".join(words).find(first)
    assert found >= 0
    assert not last or " ".join(words).find(last[0], found + len(first)) > found


def test_what_has_nothing_certain_is_opened_at_its_page_alone() -> None:
    assert pdf_fragment(4, "\ufffd\ufffd³ ¹") == "#page=4"


@given(st.text(max_size=200))
def test_signs_of_the_syntax_never_stand_in_a_text(text: str) -> None:
    fragment = pdf_fragment(1, text)
    assert fragment.isascii()
    assert not set(fragment) & set('"<>[]{}|\\^` \n')
    parameters, _, directive = fragment.removeprefix("#").partition(":~:text=")
    assert set(parse_qs(parameters, strict_parsing=True)) <= {"page", "search", "phrase"}
    assert "&" not in directive
    assert "-" not in directive
    assert directive.count(",") <= 1
    words = " ".join(text.split())
    assert all(unquote(part) in words for part in directive.split(","))
