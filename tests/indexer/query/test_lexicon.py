"""The words of an index: slips of the pen, and what was probably meant."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.lexicon import LONGEST_WITH_TWO, Lexicon

letters = st.sampled_from("abcé9𝔞")
words = st.text(letters, min_size=1, max_size=7)


def lexicon_of(*held: str) -> Lexicon:
    return Lexicon.of({(word, word): place for place, word in enumerate(reversed(held), start=1)}, {})


def are_a_slip_apart(word: str, other: str) -> bool:
    """The definition, by trying: one letter taken out of either or of both, or two neighbours exchanged."""

    def without(text: str) -> dict[int, str]:
        return {place: text[:place] + text[place + 1 :] for place in range(len(text))}

    exchanged = [
        word[:left] + word[right] + word[left] + word[right + 1 :] for left, right in pairwise(range(len(word)))
    ]
    changed = any(without(other).get(place) == rest for place, rest in without(word).items())
    return (
        word == other
        or other in without(word).values()
        or word in without(other).values()
        or (len(word) == len(other) and changed)
        or other in exchanged
    )


@given(words, st.lists(words, max_size=30))
def test_the_neighbours_of_a_word_are_those_at_most_one_slip_away(word: str, held: list[str]) -> None:
    expected = sorted({other for other in held if are_a_slip_apart(word, other)})
    assert lexicon_of(*held).neighbours(word) == expected


@pytest.mark.parametrize(
    ("typed", "held", "meant"),
    [
        ("evidense", ["evidence", "evident"], "evidence"),
        ("evidnece", ["evidence"], "evidence"),
        ("eviednse", ["evidence"], "evidence"),
        ("evdance", ["evidence"], "evidence"),
        ("efidanse", ["evidence"], None),
        ("cibrcrimn", ["cibercrimen", "cibercrimenes"], "cibercrimen"),
        ("abd", ["abc", "a", "ab"], "abc"),
        ("evidence", ["evidence"], None),
        ("x" * 100_000, ["evidence"], None),
        ("word", [], None),
    ],
)
def test_the_most_frequent_word_nearby_is_meant(typed: str, held: Sequence[str], meant: str | None) -> None:
    assert lexicon_of(*held).correction(typed) == meant


def test_the_accented_form_is_given_where_it_is_the_more_frequent() -> None:
    lexicon = Lexicon.of({("resolucion", "resolución"): 5, ("resolucion", "resolucion"): 2}, {})
    assert lexicon.correction("resoluccion") == "resolución"


def test_two_slips_are_thought_of_in_words_and_not_in_what_is_far_longer() -> None:
    held = "ab" * 40
    lexicon = lexicon_of(held, held[:LONGEST_WITH_TWO])
    assert lexicon.correction(held[: LONGEST_WITH_TWO - 2]) == held[:LONGEST_WITH_TWO]
    assert lexicon.correction(held[:-1]) == held
    assert lexicon.correction(held[:-2]) is None
