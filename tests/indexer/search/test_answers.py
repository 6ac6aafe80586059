"""Two hundred queries of the built index of real files: what is answered can be opened, and is counted right."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.build.pipeline import build
from indexer.cli import run
from indexer.engines.whoosh import WhooshEngine
from indexer.extract.pdf.reader import read_pages
from indexer.generations import Generation, IndexStore, Reader
from indexer.model import Filter, Item, Kind, Query
from indexer.query.parser import parse
from search_app import create_app
from search_app.web.settings import Settings
from tests.support.paths import ROOT
from tests.support.silent import Silent

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("answers")]

QUERIES = 100
"""So many of each corpus."""


@pytest.fixture(scope="session", params=["sample", "reports"])
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "sample":
        return ROOT / "corpus"
    reports: Path = request.getfixturevalue("shared_data") / "un-reports" / "pdf"
    folder = tmp_path_factory.mktemp("reports")
    few = folder / "files"
    few.mkdir()
    for pdf in sorted(reports.glob("*.pdf"))[::5]:
        (few / pdf.name).symlink_to(pdf)
    assert run(["init", str(few), "--body", "reports", "--corpus", str(folder / "corpus")]) == 0
    return folder / "corpus"


@pytest.fixture(scope="session")
def reader(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    shelf = IndexStore(tmp_path_factory.mktemp("answers") / "index", WhooshEngine())
    build(corpus, shelf, processes=2, listener=Silent())
    made = Reader(shelf)
    yield made
    made.close()


@pytest.fixture
def generation(reader: Reader) -> Iterator[Generation]:
    with reader.hold() as held:
        yield held


@pytest.fixture
def client(reader: Reader) -> FlaskClient:
    return create_app(Settings(), reader).test_client()


def queries(items: Sequence[Item]) -> list[Query]:
    """Words, pairs, phrases, beginnings and slips taken from the texts, some with filters; the same each time."""
    chance = random.Random(8)
    asked = []
    for number in range(QUERIES):
        version = chance.choice(chance.choice(items).versions)
        words = re.findall(r"[^\W\d_]{4,}", version.text) or ["States"]
        one, other = chance.choice(words), chance.choice(words)
        place = chance.randrange(max(1, len(version.text.split()) - 3))
        phrase = " ".join(version.text.split()[place : place + 3]).replace('"', "")
        forms = (one, f"{one} {other}", f'"{phrase}"', f"{one[:4]}*", f"{one}~", f"{one} OR {other}", f"{one} -{other}")
        filters = ("", "", f" lang:{version.language}", " kind:recommendation", " year:1999..2012")
        asked.append(parse(forms[number % len(forms)] + chance.choice(filters)))
    return asked


@cache
def printed(pdf: Path) -> dict[int, str]:
    return {page.number: squeezed(" ".join(line.text for line in page.lines)) for page in read_pages(pdf)}


def squeezed(text: str) -> str:
    """The letters and digits of a text: what hyphens and spaces at line ends leave alone."""
    return "".join(character for character in text.replace("ﬁ", "fi").replace("ﬂ", "fl") if character.isalnum())


def test_every_result_leads_to_a_meeting_and_to_a_page_that_prints_its_words(
    generation: Generation, client: FlaskClient
) -> None:
    opened: set[str] = set()
    answered = 0
    for query in queries(list(generation.index.items())):
        for hit in generation.index.search(query).hits:
            answered += 1
            meeting = f"/meeting/{hit.item.body}/{hit.item.meeting}"
            for address in {meeting, f"/item/{hit.item.id}", f"/pdf/{hit.item.body}/{hit.version.file}"} - opened:
                with client.get(address) as answer:
                    assert answer.status_code == 200, address
                opened.add(address)
            pdf = generation.pdf(hit.item.body, hit.version.file)
            assert pdf
            pages = printed(pdf)
            text = "".join(pages[number] for number in sorted({place.page for place in hit.version.places}))
            for window in hit.snippet:
                for mark in window.marks:
                    assert squeezed(hit.version.text[mark.start : mark.end]) in text, (query.text, hit.item.id)
    assert answered > 100


def test_a_facet_s_count_is_the_number_of_results_after_choosing_it(generation: Generation) -> None:
    chosen = 0
    for query in queries(list(generation.index.items())):
        for facet in generation.index.search(query).facets:
            for count in facet.counts[:6]:
                narrowed = replace(query, chosen=(Filter(facet.field, count.value),), limit=0)
                assert generation.index.search(narrowed).total == count.count, (query.text, facet.field, count)
                chosen += 1
    assert chosen > 200


def test_recommendations_are_found_by_their_own_words(generation: Generation) -> None:
    own = [item for item in generation.index.items() if item.kind is Kind.RECOMMENDATION][::9]
    for item in own:
        words = " ".join(re.findall(r"[^\W\d_]{5,}", item.versions[0].text)[:6])
        hits = generation.index.search(parse(words, limit=1000)).hits
        assert item.id in [hit.item.id for hit in hits], words
