"""Every item of the sample is found by each of its citations."""

from collections.abc import Iterator

import pytest
from flask import Flask

from indexer.generations import Generation, IndexStore
from indexer.model import Item, Kind
from indexer.query.parser import parse
from search_app import create_app
from search_app.present import labels
from search_app.present.coverage import BodyCoverage
from search_app.request.locale import LANGUAGES
from search_app.web.settings import Settings

pytestmark = pytest.mark.xdist_group("needs")


@pytest.fixture(scope="module")
def coverage(generation: Generation) -> BodyCoverage:
    return BodyCoverage(generation)


@pytest.fixture(scope="module")
def app(store: IndexStore) -> Flask:
    return create_app(Settings(index=store.folder))


KINDS = {
    Kind.RECOMMENDATION: ("rec.", "Recommendation", "RECOMENDACIÓN", "recomendação", "recommandation"),
    Kind.PREAMBLE: ("preamble", "preámbulo", "preâmbulo", "préambule"),
    Kind.PARAGRAPH: ("paragraph", "párrafo", "parágrafo", "paragraphe"),
    Kind.NOTE: ("note", "nota"),
}


def _forms(item: Item, number: str) -> Iterator[str]:
    yield from (item.id, item.id.upper(), item.id.removeprefix("sample/"))
    yield from (f"https://host.example/prefix/item/{item.id}?q=x&ui=es#es", f"/item/{item.id}")
    for kind in KINDS[item.kind]:
        yield from (f"{kind} {number} {item.meeting}", f"{kind} {number} de la {item.meeting} reunión")
        yield from (f"{item.meeting}, {kind} {number}", f"{kind} {number} meeting:{item.meeting}")


def test_each_item_is_cited_by_its_id_its_address_and_its_kind_and_number(
    generation: Generation, coverage: BodyCoverage
) -> None:
    for item in generation.index.items():
        for form in _forms(item, labels.number_of(item)):
            assert coverage.citations.read(parse(form), generation.index).items == (item.id,), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_item_is_cited_by_its_citation_as_printed(
    app: Flask, generation: Generation, coverage: BodyCoverage, language: str
) -> None:
    with app.test_request_context(f"/?ui={language}"):
        app.preprocess_request()
        for item in generation.index.items():
            for version in item.versions:
                printed = labels.citation(item, coverage.meeting_of(item), coverage.bodies[item.body], version)
                assert coverage.citations.read(parse(printed), generation.index).items == (item.id,), printed
                address = f"{printed} https://host.example/item/{item.id}"
                assert coverage.citations.read(parse(address), generation.index).items == (item.id,), address


def test_each_title_of_a_meeting_tells_the_meeting(generation: Generation, coverage: BodyCoverage) -> None:
    for item in generation.index.items():
        for title in coverage.meeting_of(item).title.values():
            text = f"{KINDS[item.kind][0]} {labels.number_of(item)}, {title}"
            assert coverage.citations.read(parse(text), generation.index).items == (item.id,), text


def test_each_symbol_cites_the_items_of_its_document(generation: Generation, coverage: BodyCoverage) -> None:
    by_symbol: dict[str, list[str]] = {}
    for item in generation.index.items():
        for symbol in {version.symbol for version in item.versions if version.symbol}:
            by_symbol.setdefault(symbol, []).append(item.id)
    for symbol, ids in by_symbol.items():
        cited = coverage.citations.read(parse(symbol), generation.index)
        assert (cited.symbol, list(cited.items)) == (symbol, ids)
