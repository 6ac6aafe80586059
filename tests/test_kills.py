"""Commands killed at seeded instants of their writing, while a service on the index is asked without pause.

``make test-kill`` does it at 200 instants; ``make test`` at a few of them.
"""

import random
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.commands.places import default_engine
from indexer.generations import Reader, Shelf
from search_app import create_app
from search_app.settings import Settings
from tests.site import Site, serving
from tests.tiny_corpus import TinyCorpus
from tests.web.visitor import visitor

ROOT = Path(__file__).resolve().parent.parent
SEED = 1999
COMMANDS = ("build", "build", "sync", "rollback")
"""What is killed; builds twice as often, as they do most."""

ITEMS = 4
YEAR = re.compile(r"in the year (\d{4})")


class World:
    """A corpus with a document of its own and one that a portal lists, and the index of it."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder = folder
        self.site = site
        self.corpus = TinyCorpus(folder / "corpus", portal=f"{site.address}/en/list.asp")
        self.shelf = Shelf(folder / "index", default_engine())
        site.lists(("III", "May 12, 2003", "/III.pdf"))
        self.change(0)

    def change(self, number: int) -> None:
        """Put other words into both documents, the same in all of their items."""
        said = f"That the States report on their cooperation in the year {2000 + number}"
        self.corpus.add("I-en.pdf", 1, [f"{said}, item {place}." for place in range(ITEMS)])
        self.site.files["/III.pdf"] = (self.corpus.folder / "pdf" / "I-en.pdf").read_bytes() + b"% another file\n"

    def run(self, command: str, way: str = "count", instant: int = 0) -> subprocess.CompletedProcess[str]:
        options = ["--corpus", str(self.corpus.corpus), *(["--processes", "1"] if command == "build" else [])]
        sabotaged = [sys.executable, "-m", "tests.sabotage", way, str(instant), str(self.folder), command, *options]
        return subprocess.run(sabotaged, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)

    def complete(self, command: str) -> int:
        """Run a command to its end; at how many instants it changes something."""
        done = self.run(command)
        assert done.returncode == 0, done.stderr
        return int(done.stderr.splitlines()[-1])


class Asker(threading.Thread):
    """Somebody who asks a service without pause. ``wrong`` is what should not have been answered."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.reader = Reader(shelf)
        self.wrong: list[object] = []
        self.years: set[str] = set()
        self.answers = 0
        self.asked = threading.Condition()
        self.ended = threading.Event()

    def run(self) -> None:
        client = visitor(create_app(Settings(), self.reader))
        while not self.ended.is_set():
            try:
                answer = client.get("/search?q=%22report+on+their+cooperation%22")
                years = YEAR.findall(re.sub(r"<[^>]*>", "", answer.text))
            except Exception as error:  # noqa: BLE001 - whatever goes wrong is what the test is about
                self.wrong.append(error)
            else:
                whole = years and all(count % ITEMS == 0 for count in Counter(years).values())
                if answer.status_code != 200 or not whole:
                    self.wrong.append((answer.status_code, years, answer.text))
                self.years |= set(years)
            with self.asked:
                self.answers += 1
                self.asked.notify_all()
        self.reader.close()

    def hears(self) -> None:
        """Wait until a question was asked and answered after this."""
        with self.asked:
            wanted = self.answers + 2
            assert self.asked.wait_for(lambda: self.answers >= wanted, timeout=60)


@pytest.fixture
def site() -> Iterator[Site]:
    yield from serving()


@pytest.fixture
def world(tmp_path: Path, site: Site) -> World:
    return World(tmp_path, site)


@pytest.fixture
def asker(world: World) -> Iterator[Asker]:
    world.complete("sync")
    world.complete("build")
    asker = Asker(world.shelf)
    asker.start()
    yield asker
    asker.ended.set()
    asker.join()


def test_whatever_is_killed_the_search_answers_and_the_next_command_completes(
    world: World, asker: Asker, request: pytest.FixtureRequest
) -> None:
    world.change(1)
    instants = {command: world.complete(command) for command in ("sync", "build", "rollback")}
    chance = random.Random(SEED)
    for number in range(2, 2 + request.config.getoption("--kills")):
        command = chance.choice(COMMANDS)
        world.change(number)
        killed = world.run(command, "kill", chance.randint(1, instants[command]))
        assert killed.returncode in (-signal.SIGKILL, 0), killed.stderr
        asker.hears()
        if command == "sync":
            world.complete("sync")
        world.complete("build")
        asker.hears()
        assert not asker.wrong
        assert str(2000 + number) in asker.years
        left = [path.name for path in world.folder.rglob("*") if path.name.startswith((".new-", "holder", "tmp"))]
        assert not left, (command, killed)
    with closing(world.shelf.open()) as generation:
        log = list(generation.log.switches())
    assert [each.previous for each in log[1:]] == [each.generation for each in log[:-1]]
