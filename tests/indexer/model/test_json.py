from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import (
    Body,
    Box,
    Caution,
    Entry,
    Extraction,
    Item,
    Kind,
    Line,
    Meeting,
    Message,
    Page,
    Place,
    Publication,
    State,
    Strategy,
    Version,
    json,
)

numbers = st.floats(-2000, 2000).map(lambda number: round(number, 1))
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
boxes = st.builds(Box, numbers, numbers, numbers, numbers)
texts = st.dictionaries(st.sampled_from(["en", "es", "pt"]), words)
days = st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1))
places = st.lists(st.builds(Place, st.integers(1, 999), boxes), min_size=1, max_size=3).map(tuple)
versions = st.builds(Version, words, words, places, words, words, words, st.none() | words, st.none() | words)
items = st.builds(
    Item,
    *[words] * 5,
    st.sampled_from(Kind),
    st.integers(0, 999),
    st.lists(versions, max_size=3).map(tuple),
    st.booleans(),
)
meetings = st.builds(Meeting, words, words, st.integers(1, 99), texts, texts, days, days, texts, st.none() | words)
messages = st.recursive(
    st.builds(Message, words, st.lists(words | st.integers(0, 99), max_size=3).map(tuple)),
    lambda inner: st.builds(Message, words, st.lists(words | inner, max_size=3).map(tuple)),
    max_leaves=3,
)
cautions = st.builds(Caution, messages, st.none() | st.integers(1, 99))
entries = st.builds(
    Entry,
    body=words,
    meeting=words,
    language=st.none() | words,
    role=words,
    state=st.sampled_from(State),
    pages_without_text=st.lists(st.integers(1, 99)).map(tuple),
    passages=st.dictionaries(words, st.integers(0, 99)),
    strategy=st.none() | st.sampled_from(Strategy),
    warnings=st.lists(cautions, max_size=2).map(tuple),
    reason=st.none() | messages,
)
bodies = st.builds(Body, words, texts, st.lists(words).map(tuple), st.booleans(), st.none() | words, texts)
publications = st.builds(
    Publication, *[st.lists(part, max_size=3).map(tuple) for part in (bodies, meetings, items, entries)]
)
lines = st.builds(Line, words, boxes, numbers, st.booleans())
pages = st.builds(
    Page, st.integers(1, 9), numbers, numbers, *[st.lists(part).map(tuple) for part in (lines, lines, cautions)]
)
extractions = st.builds(Extraction, words, words, st.lists(pages, max_size=2).map(tuple), st.none() | messages)


@given(publications)
def test_a_publication_comes_back_as_it_was(publication: Publication) -> None:
    again = json.decode(json.encode(publication), Publication)
    assert publication == replace(again, items=tuple(again.items))


@given(extractions)
def test_an_extraction_comes_back_as_it_was(extraction: Extraction) -> None:
    assert extraction == json.decode(json.encode(extraction), Extraction)


def test_the_order_in_which_a_mapping_was_filled_does_not_show() -> None:
    assert json.encode({"en": "a", "es": "b"}) == json.encode({"es": "b", "en": "a"})


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"text": 3, "box": null, "size": "x"}', b"\xff", b"null"])
def test_bytes_that_are_no_such_value_are_named(data: bytes) -> None:
    with pytest.raises(json.CodecError, match="Line"):
        json.decode(data, Line)


def test_half_of_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(json.CodecError, match="str cannot be written as JSON: "):
        json.encode("\ud800")
