"""Messages on the coverage page: each in the language of the page."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from html import unescape

import pytest
from flask.testing import FlaskClient

from indexer.engines.whoosh import WhooshEngine
from indexer.generations import Reader, write_failure
from indexer.model import NO_MEETING, Caution, Entry, Evidence, Message, Part, State, Weight
from indexer.model.messages import REGISTRY, documents, indexes, pdfs, settings
from search_app import create_app
from search_app.request.locale import LANGUAGES
from search_app.web.settings import Settings
from tests.support.library import publication, publish, shelf
from tests.support.visitor import visitor

REASONS = [*pdfs.FAILURES, *documents.REASONS]
CAUTIONS = [*pdfs.CAUTIONS, *documents.CAUTIONS, *pdfs.CAUSES, *documents.WITHIN]
STOPS = [*settings.WORDINGS, *indexes.WORDINGS]

TELLING = [
    code
    for code in [*REASONS, *CAUTIONS, *documents.EVIDENCE, *STOPS]
    if len([word for word in REGISTRY[code].sentence.split() if word.isalpha()]) > 1
]
"""Codes with words of their own, which are not the same in two languages."""


def example(code: str) -> Message:
    """A message of a code; numbers stand for what it is about."""
    parts: tuple[Part, ...] = (2, 31, 41, 59, 26, 53)
    return Message(code, parts)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A service whose coverage page says all that can be said there."""
    known = publication()
    row = next(entry for entry in known.ledger if entry.file)
    asked = Entry(
        body=row.body,
        meeting=NO_MEETING,
        language=None,
        role="recommendations",
        state=State.UNASSIGNED,
        file="x.pdf",
        reason=example("untold"),
        evidence=tuple(Evidence(example(code), Weight.FOR) for code in documents.EVIDENCE),
    )
    rows = (
        *(replace(row, state=State.UNREADABLE, reason=example(code)) for code in REASONS),
        replace(row, warnings=tuple(Caution(example(code), 1) for code in CAUTIONS)),
        asked,
        replace(asked, state=State.UNREADABLE, reason=example("copy-empty")),
    )
    made = shelf(tmp_path_factory.mktemp("messages") / "index", WhooshEngine())
    publish(made, replace(known, ledger=(*known.ledger, *rows)), "b" * 16)
    write_failure(made.folder, tuple(map(example, STOPS)))
    with closing(Reader(made)) as reader:
        yield visitor(create_app(Settings(), reader))


@pytest.fixture(scope="module", params=LANGUAGES)
def said(request: pytest.FixtureRequest, everything: FlaskClient) -> tuple[str, str]:
    """A language, and the coverage page in it."""
    return request.param, unescape(everything.get(f"/coverage?ui={request.param}").text)


@pytest.mark.parametrize("code", TELLING)
def test_the_coverage_page_says_a_message_in_its_own_language_alone(code: str, said: tuple[str, str]) -> None:
    language, text = said
    assert (example(code).sentence() in text) == (language == "en")


@pytest.mark.parametrize("code", [*REASONS, *STOPS])
def test_the_coverage_page_says_what_to_do_in_its_own_language_alone(code: str, said: tuple[str, str]) -> None:
    language, text = said
    if remedy := example(code).remedy():
        assert (remedy in text) == (language == "en")


def test_no_part_of_the_coverage_page_is_marked_as_another_language(said: tuple[str, str]) -> None:
    language, text = said
    main = text.partition("<main")[2].partition("</main>")[0]
    # The name of a language is in that language, and that of a body in one that its catalogue has.
    own = "English|[^<]*Working Group[^<]*"
    assert 'lang="en"' not in re.sub(f'<span( class="hidden")? lang="en">({own})</span>', "", main), language
