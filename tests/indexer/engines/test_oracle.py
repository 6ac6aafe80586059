"""Random queries over random passages: the whoosh engine answers as the slow and obvious one does."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engines.base import Index
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh import WhooshEngine
from indexer.model import Filter, Item, Kind, Match, Publication
from indexer.model.errors import BadQuery
from indexer.query.parser import parse
from tests.support.publications import item, publication

WORDS = [
    *("state", "states", "unit", "units", "resolution", "resolución", "resolucion", "estado", "Estados", "cyber-crime"),
    *("cyber", "crime", "cybercrime", "24/7", "G-8", "G8", "the", "of", "que", "los", "ano", "año", "evidence"),
    *("evidencia", "l'évidence", "O.A.S.", "OAS", "1,000", "units.", "(unit)", "red"),
]
VALUES = {
    "body": ["body", "other", "none"],
    "meeting": ["I", "second", "body/III", "4", "other/I", "XX"],
    "year": ["1999", "2006", "1999..2006", "2050"],
    "lang": ["en", "es", "fr"],
    "kind": ["recommendation", "preamble", "note"],
}

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
headings = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)


@st.composite
def items(draw: st.DrawFn, place: int) -> Item:
    languages = draw(st.lists(st.sampled_from(["en", "es", "xx"]), min_size=1, max_size=3, unique=True))
    return item(
        draw(st.sampled_from(["I", "II", "III", "IV"])),
        f"{place}",
        {language: (draw(headings), draw(texts)) for language in languages},
        body=draw(st.sampled_from(["body", "other"])),
        kind=draw(st.sampled_from([Kind.RECOMMENDATION, Kind.PREAMBLE])),
        order=draw(st.integers(0, 3)),
    )


publications = (
    st.integers(0, 12).flatmap(lambda count: st.tuples(*(items(place) for place in range(count)))).map(publication)
)

words = st.sampled_from(WORDS)
phrases = st.lists(words, min_size=1, max_size=3).map(lambda parts: f'"{" ".join(parts)}"')
filters = st.sampled_from([f'{field}:"{value}"' for field, values in VALUES.items() for value in values])
leaves = st.one_of(
    words,
    phrases,
    words.map(lambda word: f"{word[:2]}*"),
    words.map(lambda word: f"{word[1:]}~"),
    st.tuples(st.one_of(words, phrases), st.integers(0, 4), st.one_of(words, phrases)).map(
        lambda parts: f"({parts[0]} NEAR/{parts[1]} {parts[2]})"
    ),
    filters,
)
queries = st.recursive(
    leaves,
    lambda parts: st.one_of(
        parts.map(lambda part: f"-({part})"),
        st.lists(parts, min_size=2, max_size=3).map(" ".join),
        st.lists(parts, min_size=2, max_size=3).map(lambda several: "(" + " OR ".join(several) + ")"),
    ),
    max_leaves=5,
)


@st.composite
def choices(draw: st.DrawFn) -> tuple[Filter, ...]:
    fields = draw(st.lists(st.sampled_from(list(VALUES)), max_size=3))
    return tuple(Filter(field, draw(st.sampled_from(VALUES[field]))) for field in fields)


@contextmanager
def opened(publication: Publication) -> Iterator[tuple[Index, Index]]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        indexes = []
        for engine in (MemoryEngine(), WhooshEngine()):
            place = Path(folder, engine.name)
            place.mkdir()
            engine.publish(place, publication, lambda _done, _all: None)
            indexes.append(stack.enter_context(closing(engine.open(place))))
        yield indexes[0], indexes[1]


@pytest.mark.long
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data(), publications)
def test_the_whoosh_engine_gives_the_oracles_results(data: st.DataObject, publication: Publication) -> None:
    with opened(publication) as (oracle, whoosh):
        for _ in range(12):
            query = parse(
                data.draw(st.one_of(st.just(""), queries)),
                chosen=data.draw(choices()),
                match=data.draw(st.sampled_from(["best", "all", "any"])),
                sort=data.draw(st.sampled_from(["relevance", "date", "oldest", "document"])),
                offset=data.draw(st.integers(0, 3)),
                limit=data.draw(st.integers(0, 5)),
                explain=data.draw(st.booleans()),
            )
            ids = [each.id for each in publication.items] + ["body/I/none"]
            query = replace(query, cited=tuple(data.draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))))
            results = whoosh.search(query)
            assert results == oracle.search(query)
            # All full matches are found by what each part says of itself, and no partial one is.
            assert query.match == "any" or not any(hit.lacking for hit in results.hits)
            assert all(hit.lacking for hit in results.partial)
            for each in publication.items:
                assert whoosh.spans(query, each) == oracle.spans(query, each)
        for each in publication.items[:2]:
            assert whoosh.similar(each.id) == oracle.similar(each.id)
        assert list(whoosh.items()) == list(oracle.items())
        for typed in ("the un", data.draw(queries)):
            assert whoosh.suggest(typed) == oracle.suggest(typed)


@pytest.mark.long
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(publications, st.one_of(st.just(""), queries), choices(), st.sampled_from(["best", "all", "any"]))
def test_a_count_is_what_choosing_its_value_gives_whatever_is_chosen(
    publication: Publication, text: str, chosen: tuple[Filter, ...], match: Match
) -> None:
    with opened(publication) as indexes:
        for index in indexes:
            results = index.search(parse(text, chosen=chosen, match=match))
            for facet in results.facets:
                others = tuple(choice for choice in chosen if choice.field != facet.field)
                own = tuple(choice for choice in chosen if choice.field == facet.field)
                everything = index.search(parse(text, chosen=others, match=match)).total
                for count in facet.counts:
                    value = Filter(facet.field, count.value)
                    assert index.search(parse(text, chosen=(*others, value), match=match)).total == count.count > 0
                    # Chosen beside the others, it brings at most its own results, and takes none away.
                    more = index.search(parse(text, chosen=(*chosen, value), match=match)).total
                    if own:
                        assert results.total <= more <= min(results.total + count.count, everything)


many = st.lists(st.tuples(headings, texts), min_size=100, max_size=140).map(
    lambda held: publication(
        [item("I", f"{place}", {"en": each}, order=place) for place, each in enumerate(held)]  # more than are boosted
    )
)


@pytest.mark.long
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data(), many)
def test_the_engines_agree_beyond_the_items_that_are_lifted(data: st.DataObject, publication: Publication) -> None:
    with opened(publication) as (oracle, whoosh):
        for _ in range(12):
            text = " OR ".join(data.draw(st.lists(words, min_size=1, max_size=4)))
            offset, limit = data.draw(st.integers(0, 80)), data.draw(st.integers(1, 120))
            query = parse(text, offset=offset, limit=limit, explain=data.draw(st.booleans()))
            assert whoosh.search(query) == oracle.search(query)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("index")
    texts = [{"en": " ".join(WORDS)}, {"es": " ".join(reversed(WORDS))}]
    WhooshEngine().publish(
        folder, publication([item("I", "1", texts[0]), item("II", "1", texts[1])]), lambda _d, _a: None
    )
    with closing(WhooshEngine().open(folder)) as opened:
        yield opened


@settings(max_examples=1000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(), match=st.sampled_from(["best", "all", "any"]))
def test_any_string_gives_results_or_a_bad_query(index: Index, text: str, match: Match) -> None:
    try:
        results = index.search(parse(text, match=match))
    except BadQuery:
        return
    assert results.total >= len(results.hits)
    index.suggest(text)
    index.spans(parse(text), next(index.items()))
