"""Where the words of a text stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import tokenize
from indexer.codec import CodecError
from indexer.marks import WordPlaces
from indexer.plan import Pattern, terms_of

JOINED = ["e-mail", "O.A.S.", "1,000", "año", "x", "G-8"]
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(JOINED)).map(" ".join)


@given(TEXTS, st.sampled_from(("en", "es", "ja")))
def test_places_are_the_same_after_being_kept(text: str, language: str) -> None:
    places = WordPlaces.of_text(text, language)
    assert WordPlaces.unpacked(places.packed()) == places


@given(TEXTS, st.sampled_from(("en", "es", "ja")))
def test_a_word_stands_where_its_token_does(text: str, language: str) -> None:
    places = WordPlaces.of_text(text, language)
    for token in tokenize(text, language):
        terms = tuple(term for term, _ in terms_of((token,), language))
        span = places.span(Pattern((terms,), 1.0, "exact", ""), token.position)
        assert span.start == token.start
        assert span.end >= token.end


@given(st.binary(max_size=40))
def test_other_bytes_are_refused_or_places_of_words(data: bytes) -> None:
    try:
        places = WordPlaces.unpacked(data)
    except CodecError:
        return
    assert len(places.words) % 8 == 0


@pytest.mark.parametrize("text", ["the e-mail", "one O.A.S. meeting"])
def test_places_that_are_cut_short_are_refused(text: str) -> None:
    packed = WordPlaces.of_text(text, "en").packed()
    for length in range(len(packed)):
        if length != len(WordPlaces.of_text(text, "en").words) + 4:  # there the joined forms would begin
            with pytest.raises(CodecError):
                WordPlaces.unpacked(packed[:length])
