"""Places of the words of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.schema import terms_of
from indexer.analysis.tokenizer import tokenize
from indexer.model.json import CodecError
from indexer.query.plan import Pattern
from indexer.search.offsets import TokenOffsets

JOINED = ["e-mail", "O.A.S.", "1,000", "año", "x", "G-8"]
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(JOINED)).map(" ".join)


@given(TEXTS, st.sampled_from(("en", "es", "ja")))
def test_places_are_the_same_after_being_kept(text: str, language: str) -> None:
    places = TokenOffsets.of_text(text, language)
    assert TokenOffsets.unpack(places.pack()) == places


@given(TEXTS, st.sampled_from(("en", "es", "ja")))
def test_a_word_stands_where_its_token_does(text: str, language: str) -> None:
    places = TokenOffsets.of_text(text, language)
    for token in tokenize(text, language):
        terms = tuple(term for term, _ in terms_of((token,), language))
        span = places.span(Pattern((terms,), 1.0, "exact", ""), token.position)
        assert span.start == token.start
        assert span.end >= token.end


@given(TEXTS, st.data())
def test_places_that_were_damaged_are_refused(text: str, data: st.DataObject) -> None:
    packed = bytearray(TokenOffsets.of_text(text, "en").pack())
    place = data.draw(st.integers(0, len(packed) - 1))
    packed[place] ^= data.draw(st.integers(1, 255))
    for damaged in (packed, packed[:place]):
        with pytest.raises(CodecError, match="check sum of the places of a text's words is wrong"):
            TokenOffsets.unpack(bytes(damaged))
