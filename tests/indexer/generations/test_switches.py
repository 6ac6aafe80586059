"""People who ask the service without pause, on several threads, while one generation after the other is published.

``make test-kill`` does it through 50 switches; ``make test`` through a few.
"""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.cli.options import default_engine
from indexer.generations import IndexStore, Reader
from indexer.generations.writer import open_writer
from indexer.model import Entry, Publication, State
from search_app import create_app
from search_app.web.settings import Settings
from tests.support.library import publish
from tests.support.patience import PATIENCE
from tests.support.publications import item, publication
from tests.support.visitor import visitor

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("processes")]

ITEMS = 5
ADDRESSES = ("/search?q=cooperation", "/item/body/I/1", "/api/v1/search?q=cooperation", "/meeting/body/I")
YEAR = re.compile(r"cooperation of (\d{4})")
STRUCK = re.compile(r"<del>.*?</del>", re.DOTALL)


def edition(number: int) -> Publication:
    """Items that all name one year, in two languages."""
    text = f"That the States report on their cooperation of {2000 + number}, and train judges."
    ledger = tuple(
        Entry(
            body="body",
            meeting="I",
            language=language,
            role="recommendations",
            state=State.INDEXED,
            file=f"{language}.pdf",
            pages=1,
        )
        for language in ("en", "es")
    )
    items = [item("I", str(path), {"en": text, "es": text}, order=path) for path in range(1, ITEMS + 1)]
    return replace(publication(items), ledger=ledger)


class Visitors:
    """One thread for each address. ``wrong`` is what should not have been answered."""

    def __init__(self, store: IndexStore) -> None:
        self.reader = Reader(store)
        self.app = create_app(Settings(), self.reader)
        self.wrong: list[object] = []
        self.answers = dict.fromkeys(ADDRESSES, 0)
        self.years: dict[str, set[str]] = {address: set() for address in ADDRESSES}
        self.asked = threading.Condition()
        self.ended = threading.Event()

    def ask(self, address: str) -> None:
        client = visitor(self.app)
        while not self.ended.is_set():
            try:
                answer = client.get(address)
                years = YEAR.findall(re.sub("<[^>]*>", "", STRUCK.sub("", answer.text)))
            except Exception as error:  # noqa: BLE001 - whatever goes wrong is what the test is about
                self.wrong.append(error)
            else:
                if answer.status_code != 200 or len(set(years)) != 1 or len(years) < 2:
                    self.wrong.append((address, answer.status_code, years, answer.text))
                self.years[address].update(years)
            if self.reader.problem:
                self.wrong.append(self.reader.problem)
            with self.asked:
                self.answers[address] += 1
                self.asked.notify_all()

    def hear(self) -> None:
        """Wait until each was answered what it asked after this."""
        with self.asked:
            wanted = {address: count + 2 for address, count in self.answers.items()}
            assert self.asked.wait_for(
                lambda: all(self.answers[address] >= count for address, count in wanted.items()), timeout=PATIENCE
            )


@pytest.fixture
def store(tmp_path: Path) -> IndexStore:
    made = IndexStore(tmp_path / "index", default_engine())
    publish(made, edition(0), "0" * 16)
    return made


@pytest.fixture
def visitors(store: IndexStore) -> Iterator[Visitors]:
    visiting = Visitors(store)
    threads = [threading.Thread(target=visiting.ask, args=(address,)) for address in ADDRESSES]
    for thread in threads:
        thread.start()
    yield visiting
    visiting.ended.set()
    for thread in threads:
        thread.join()
    visiting.reader.close()


def test_no_answer_during_switches_is_an_error_or_of_two_generations(
    store: IndexStore, visitors: Visitors, request: pytest.FixtureRequest
) -> None:
    switches = request.config.getoption("--switches")
    for number in range(1, switches):
        publish(store, edition(number), f"{number:016}")
        visitors.hear()
    with open_writer(store) as writer:
        writer.roll_back()
    visitors.hear()
    assert not visitors.wrong
    every = {str(2000 + number) for number in range(switches)}
    assert all(every <= years | {"2000"} for years in visitors.years.values())
    assert len(list(store.generations.iterdir())) <= 4  # what is served, what was before, what is read still
