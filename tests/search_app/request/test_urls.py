from dataclasses import replace

import pytest
from werkzeug.routing import Map, Rule

from indexer.query.parser import parse
from search_app.request.parameters import Parameters
from search_app.request.urls import Links

RULES = Map(
    [
        Rule("/", endpoint="pages.home"),
        Rule("/search", endpoint="pages.search"),
        Rule("/meeting/<body>/<meeting>", endpoint="pages.meeting"),
    ]
)
LINKS = Links(
    rules=RULES,
    ui="es",
    root="/busca",
    public_root="https://search.example.org/busca",
    path="/meeting/sample/IX",
    parameters=Parameters([("lang", "pt"), ("ui", "es"), ("q", "prueba digital")]),
    manner={"match": "any"},
)


@pytest.mark.parametrize(
    ("ui", "address"),
    [
        ("en", "/busca/meeting/sample/IX?lang=pt&q=prueba+digital&ui=en"),
        (None, "/busca/meeting/sample/IX?lang=pt&q=prueba+digital"),
    ],
)
def test_the_present_page_has_an_address_where_no_request_runs(ui: str | None, address: str) -> None:
    assert LINKS.here(ui) == address
    assert LINKS.whole.here(ui) == "https://search.example.org" + address


def test_all_addresses_are_made_where_no_request_runs() -> None:
    assert LINKS.canonical() == "https://search.example.org/busca/meeting/sample/IX?ui=es"
    assert LINKS.home() == "/busca/?ui=es"
    assert LINKS.search(parse("prueba", sort="date"), 2) == "/busca/search?q=prueba&sort=date&page=2&ui=es"
    assert LINKS.words("prueba") == "/busca/search?q=prueba&match=any&ui=es"


@pytest.mark.parametrize(
    ("root", "alone"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost", True),
        ("http://[::1]:8000/busca", True),
        ("https://search.example.org", False),
        ("https://localhost.example.org", False),
    ],
)
def test_addresses_of_this_machine_alone_are_known(root: str, alone: bool) -> None:
    assert replace(LINKS, public_root=root).is_of_this_machine_alone == alone


def test_shared_addresses_hold_nothing_of_one_request() -> None:
    other = replace(LINKS, path="/search", parameters=Parameters([("q", "otra")]), manner={})
    assert LINKS.without_page == other.without_page
    assert LINKS.without_page.words("prueba") == "https://search.example.org/busca/search?q=prueba&ui=es"
