from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.translation import MOST, make_dictionaries, words_by_language
from indexer.analysis.translator import NoTranslator
from indexer.model import Dictionary, Synonym
from tests.support.publications import item
from tests.support.small_translator import Meanings, SmallTranslator


def spanish_to_english(meanings: Meanings) -> dict[str, list[str]]:
    """The English dictionary of Spanish texts that have these words."""
    (made,) = make_dictionaries({"es": set(meanings)}, SmallTranslator({("es", "en"): meanings}))
    assert made.language == "en"
    return {stem: [word for _, word in found] for stem, found in made.entries.items()}


def test_words_are_those_of_texts_and_headings_in_lower_case_by_language() -> None:
    first = item("I", "1", {"en": ("Points of contact", "The 24/7 Network"), "es": "La Red, l’État"})
    assert words_by_language((first, item("I", "2", {"en": "a network"}))) == {
        "en": {"the", "network", "points", "of", "contact", "a"},
        "es": {"la", "red", "l", "état"},
    }


def test_an_accent_that_stands_apart_makes_no_other_word() -> None:
    assert words_by_language((item("I", "1", {"es": "situacio\N{COMBINING ACUTE ACCENT}n"}),)) == {"es": {"situación"}}


def test_a_dictionary_leads_from_the_stems_of_meanings_to_words_of_the_texts() -> None:
    assert spanish_to_english({"ley": ("law", "act"), "pruebas": ("evidence", "proofs")}) == {
        "law": ["ley"],
        "act": ["ley"],
        "evid": ["pruebas"],
        "proof": ["pruebas"],
    }


def test_of_words_that_a_search_takes_for_one_there_is_the_shortest() -> None:
    assert spanish_to_english({"leyes": ("law",), "ley": ("law",)}) == {"law": ["ley"]}


def test_a_word_with_few_meanings_comes_first() -> None:
    found = spanish_to_english({"derecho": ("right", "law", "straight"), "ley": ("law",)})
    assert found["law"] == ["ley", "derecho"]


def test_an_entry_is_bounded() -> None:
    many = {f"palabr{letter}xz": ("thing",) for letter in "bcdfghjklmnpqrst"}
    assert len(spanish_to_english(many)["thing"]) == MOST


def test_grammar_and_meanings_of_several_words_are_left_out() -> None:
    assert spanish_to_english({"de": ("of",), "cumplir": ("carry out", "comply"), "su": ("evidence",)}) == {
        "compli": ["cumplir"]
    }


def test_each_language_that_can_be_reached_has_one_dictionary_over_all_texts() -> None:
    translator = SmallTranslator(
        {("es", "en"): {"red": ("network",)}, ("pt", "en"): {"rede": ("network",)}, ("es", "pt"): {"red": ("rede",)}}
    )
    assert list(make_dictionaries({"pt": {"rede"}, "es": {"red"}}, translator)) == [
        Dictionary("en", {"network": (Synonym("es", "red"), Synonym("pt", "rede"))}),
        Dictionary("pt", {"red": (Synonym("es", "red"),)}),
    ]


def test_without_a_translator_there_is_no_dictionary() -> None:
    assert list(make_dictionaries({"es": {"red"}}, NoTranslator())) == []


WORDS = st.dictionaries(
    st.text("abcdeñó", min_size=1, max_size=6),
    st.lists(st.text("abcde ", max_size=6), min_size=1, max_size=3).map(tuple),
)


@given(WORDS)
def test_whatever_is_translated_every_entry_names_words_of_the_texts_once(meanings: Meanings) -> None:
    for dictionary in make_dictionaries({"es": set(meanings)}, SmallTranslator({("es", "en"): meanings})):
        for stem, found in dictionary.entries.items():
            assert stem
            assert len(set(found)) == len(found) <= MOST
            assert {word for _, word in found} <= set(meanings)
