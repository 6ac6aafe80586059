"""The query of a request: how often it is parsed, and which modules of the indexer it enters."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest
from flask import Request
from flask.testing import FlaskClient

from indexer.model import Query
from indexer.query.lexer import Lexer
from search_app.request.parameters import Pairs, read_pairs
from search_app.web import context


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are parsed from now on, as often as they are."""
    texts: list[str] = []
    begin = Lexer.__init__

    def counted(self: Lexer, text: str) -> None:
        texts.append(text)
        begin(self, text)

    monkeypatch.setattr(Lexer, "__init__", counted)
    # No tree is kept, so that a second parse of a text is seen.
    monkeypatch.setattr("indexer.query.parser._LONGEST_KEPT", -1)
    return texts


@pytest.mark.parametrize(
    "address",
    [
        "/search?q={}",
        "/search?q={}&match=any&lang=en",
        "/search.atom?q={}",
        "/item/sample/II/1?q={}",
        "/embed/v1/fragment?q={}",
        "/embed/v1/frame?q={}",
        "/api/v1/search?q={}",
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "electronic+evidence",
        "electronic+evidence+zzzq",  # no text has all words, some have some
        "zzzq+xyzzy",
        "electronik+evidence",  # corrected
        "the+fourth+meeting+evidence",  # names a meeting
        "%22electronic+evidence%22+-zzzq+(year:2006..+OR+kind:note)",
    ],
)
def test_a_request_parses_its_query_once(client: FlaskClient, parsed: list[str], address: str, text: str) -> None:
    assert client.get(address.format(text)).status_code == 200
    assert len(parsed) == 1


@pytest.mark.parametrize(
    "address", ["/api/v1/suggest?q=ev", "/suggestions?q=ev", "/search", "/meetings", "/item/sample/II/1"]
)
def test_a_request_without_a_query_parses_nothing(client: FlaskClient, parsed: list[str], address: str) -> None:
    assert client.get(address).status_code == 200
    assert not parsed


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=a",
        "/item/sample/II/1?q=a",
        "/embed?tier=frame&size=5",
        "/embed/v1/fragment?q=a&at=/s",
        "/api/v1/search?q=a",
    ],
)
def test_a_request_reads_its_query_string_once(
    client: FlaskClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []

    def counted(query_string: bytes) -> Pairs:
        read.append(query_string)
        return read_pairs(query_string)

    monkeypatch.setattr(context, "read_pairs", counted)
    monkeypatch.setattr(Request, "args", property(lambda _: pytest.fail("the query string is read again")))
    assert client.get(address).status_code == 200
    assert len(read) == 1


_ANY_TEXT = ("indexer.model", "indexer.analysis", "indexer.catalogue", "indexer.query.citation_grammar")
"""Packages and modules that make values, or take any text: a query does not enter them."""


@contextmanager
def entered(text: str) -> Iterator[set[str]]:
    """The modules of the indexer of which a function is given the query or its text."""
    modules: set[str] = set()

    def look(frame: FrameType, event: str, _: Any) -> None:
        name, code = str(frame.f_globals.get("__name__")), frame.f_code
        if event == "call" and name.startswith("indexer.") and not name.startswith(_ANY_TEXT):
            taken = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
            values = (frame.f_locals.get(each) for each in taken)
            if any(isinstance(each, Query) or each == text for each in values if isinstance(each, Query | str)):
                modules.add(name)

    sys.setprofile(look)
    try:
        yield modules
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize(
    "text",
    [
        "electronic evidence",
        "electronic evidence zzzq",
        "electronik evidence",
        "network in the fourth meeting",
        "recommendation 2 ninth meeting",
    ],
)
def test_a_query_enters_six_modules_of_the_indexer(client: FlaskClient, text: str) -> None:
    with entered(text) as modules:
        assert client.get("/search", query_string={"q": text}).status_code == 200
    assert modules <= {
        "indexer.query.parser",
        "indexer.query.lexer",
        "indexer.query.citations",
        "indexer.query.meeting_mentions",
        "indexer.query.compiler",
        "indexer.engines.whoosh.index",
    }
    assert {"indexer.query.parser", "indexer.engines.whoosh.index", "indexer.query.citations"} <= modules
