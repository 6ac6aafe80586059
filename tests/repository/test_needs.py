"""The needs that people come with find their answers in the sample."""

from collections.abc import Iterator

import pytest

from indexer.engines.base import Index
from indexer.model import Match
from indexer.query.parser import parse
from tests.support.needs import DOCUMENT, NEEDS, built, document, first

pytestmark = pytest.mark.xdist_group("needs")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    generation = built(tmp_path_factory.mktemp("needs") / "index").open()
    yield generation.index
    generation.close()


ANSWERED = [(text, need.answers.split()) for need in NEEDS if need.answers for text in (need.en, need.es)]


@pytest.mark.parametrize(("text", "answers"), ANSWERED, ids=[text for text, _ in ANSWERED])
def test_what_comes_first_answers_the_need(index: Index, text: str, answers: list[str]) -> None:
    assert first(index, text)[1][0] in answers


@pytest.mark.parametrize(("text", "answers"), ANSWERED, ids=[text for text, _ in ANSWERED])
def test_where_any_word_may_match_an_answer_is_among_the_first_three(
    index: Index, text: str, answers: list[str]
) -> None:
    best = [hit.item.id.removeprefix("sample/") for hit in index.search(parse(text, match="any", limit=3)).hits]
    assert not set(answers).isdisjoint(best)


@pytest.mark.parametrize("match", ["all", "any"])
@pytest.mark.parametrize("text", [NEEDS[-1].en, NEEDS[-1].es])
def test_what_the_sample_does_not_hold_is_not_found(index: Index, text: str, match: Match) -> None:
    results = index.search(parse(text, match=match))
    assert (results.total, results.partial) == (0, ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("AC/RES. 214 (XII-O/16)", "IX/preamble.1"),
        ("AC/RES 214", "IX/preamble.1"),
        ("ac/res.214", "IX/preamble.1"),
        ("AC/RES. 251 (XVIII-O/21)", "X/preamble.1"),
        ("ISLA-VIII//doc. 2/14 rev.1", "VIII/note.1"),
    ],
)
def test_a_symbol_is_found_however_it_is_printed(index: Index, text: str, found: str) -> None:
    assert first(index, text) == (1, [found])


def test_a_spanish_query_finds_what_is_there_in_english_only(index: Index) -> None:
    hits = index.search(parse("estrategia nacional contra el ciberdelito")).hits
    (english,) = [hit for hit in hits if hit.item.id == "sample/VIII/8"]
    assert english.languages == ("en",)


def test_the_document_of_the_needs_is_up_to_date(index: Index) -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(index), "run: python -m tests.support.needs"
