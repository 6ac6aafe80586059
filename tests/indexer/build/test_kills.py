"""Commands killed at seeded instants, while a service on the index is asked without pause.

Half of the instants are between two changes of files, the other half between any two calls of functions. ``make
test-kill`` kills at 200 of them, and says where they fell; ``make test`` at a few.
"""

import os
import random
import re
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from indexer.catalogue.reader import load_catalogue
from indexer.cli.options import default_engine
from indexer.generations import IndexStore, Reader
from search_app import create_app
from search_app.web.settings import Settings
from tests.support.paths import ROOT
from tests.support.patience import PATIENCE
from tests.support.sabotage import sabotaged
from tests.support.site import Site, serving
from tests.support.tiny_corpus import NAME, TinyCorpus
from tests.support.visitor import visitor

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("processes")]

SEED = 1999
COMMANDS = ("build", "build", "sync", "rollback", "watch")
"""Commands that are killed; builds twice as often, as they do most."""

KINDS = ("write", "call")

ITEMS = 3
YEAR = re.compile(r"in the year (\d{4})")
ADDRESSES = (
    "/search?q=%22report+on+their+cooperation%22",
    "/api/v1/search?q=cooperation",
    "/item/group/I/1",
    "/coverage",
)
MADE_NAMES = re.compile(r"[0-9a-f]{16,64}(-[0-9a-f]{8})?|index_[0-9a-z]{16}")
"""Digests and the like in names of files: what differs from one generation to the next."""


class World:
    """A corpus with a document of its own and two that a portal lists, one of which the catalogue wants in an inner
    folder, and one of a meeting that it does not have; the index of it, and the folder for temporary files.
    """

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder = folder
        self.site = site
        self.corpus = TinyCorpus(folder / "corpus", portal=f"{site.address}/en/list.asp")
        self.store = IndexStore(folder / "index", default_engine())
        (folder / "tmp").mkdir()
        site.lists(("III", "May 12, 2003", "/III.pdf"), ("IV", "May 12, 2004", "/IV.pdf"))
        self.corpus.list("deeper/III.pdf", 3, f'language = "en"\nurl = "{site.address}/III.pdf"')
        self.change(0)

    def change(self, number: int) -> None:
        """Put other words into all documents, the same in all of their items; the catalogue as it was first."""
        said = f"That the States report on their cooperation in the year {2000 + number}"
        self.corpus.add("I-en.pdf", 1, [f"{said}, item {place}." for place in range(ITEMS)], title=NAME)
        for meeting in ("III", "IV"):
            content = (self.corpus.folder / "pdf" / "I-en.pdf").read_bytes() + f"% of meeting {meeting}\n".encode()
            self.site.files[f"/{meeting}.pdf"] = content

    def run(self, command: str, way: str = "count", kind: str = "write", instant: int = 0) -> tuple[int, list[str]]:
        """Run a command; its exit code, and what it says. A watch ends when it has built. No process is left."""
        options = {"sync": ["--accept"], "build": ["--processes", "1"], "watch": ["--processes", "1"]}.get(command, [])
        arguments = (command, "--corpus", str(self.corpus.corpus), *options)
        with subprocess.Popen(
            sabotaged(self.folder, *arguments, way=way, kind=kind, instant=instant),
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(self.folder / "tmp")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            assert process.stdout
            said = []
            for line in process.stdout:
                said.append(line)
                if command == "watch" and "New PDFs read" in line:
                    process.terminate()
            code = process.wait(timeout=PATIENCE)
        wait_for_the_end_of_all(process.pid)
        return code, said

    def complete(self, command: str, kind: str = "write") -> int:
        """Run a command to its end; how many instants it has."""
        code, said = self.run(command, kind=kind)
        assert code == 0, said
        return int(said[-1])

    def files(self) -> set[str]:
        """All files, whatever digests are in their names."""
        paths = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*"))
        return {MADE_NAMES.sub("#", path) for path in paths}


def wait_for_the_end_of_all(group: int) -> None:
    """Wait until no process of a group is left: those that read PDFs end by themselves when nobody listens any more."""
    between = threading.Event()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        between.wait(0.05)
    pytest.fail("a process outlived the one that started it")


class Asker(threading.Thread):
    """Somebody who asks a service without pause. ``wrong`` is what should not have been answered."""

    def __init__(self, store: IndexStore) -> None:
        super().__init__()
        self.reader = Reader(store)
        self.wrong: list[object] = []
        self.years: set[str] = set()
        self.rounds = 0
        self.asked = threading.Condition()
        self.ended = threading.Event()

    def run(self) -> None:
        client = visitor(create_app(Settings(), self.reader))
        while not self.ended.is_set():
            for address in ADDRESSES:
                try:
                    answer = client.get(address)
                except Exception as error:  # noqa: BLE001 - whatever goes wrong is what the test is about
                    self.wrong.append(error)
                else:
                    self._judge(address, answer.status_code, answer.text)
            if self.reader.problem:
                self.wrong.append(self.reader.problem)
            with self.asked:
                self.rounds += 1
                self.asked.notify_all()
        self.reader.close()

    def _judge(self, address: str, status: int, text: str) -> None:
        years = YEAR.findall(re.sub(r"<[^>]*>", "", text))
        if address == ADDRESSES[0]:
            whole = bool(years) and all(count % ITEMS == 0 for count in Counter(years).values())
            self.years |= set(years)
        else:
            whole = bool(years) or address == ADDRESSES[-1]
        if status != 200 or not whole:
            self.wrong.append((address, status, years, text))

    def hears(self) -> None:
        """Wait until every query was asked and answered after this."""
        with self.asked:
            wanted = self.rounds + 2
            assert self.asked.wait_for(lambda: self.rounds >= wanted, timeout=PATIENCE)


@pytest.fixture
def site() -> Iterator[Site]:
    yield from serving()


@pytest.fixture
def world(tmp_path: Path, site: Site) -> World:
    return World(tmp_path, site)


@pytest.fixture
def asker(world: World) -> Iterator[Asker]:
    for command in ("sync", "build"):
        world.complete(command)
    asker = Asker(world.store)
    asker.start()
    yield asker
    asker.ended.set()
    asker.join()


def answers_of_a_service_that_starts_now(store: IndexStore) -> list[int]:
    with closing(Reader(store)) as reader:
        client = visitor(create_app(Settings(), reader))
        return [client.get(address).status_code for address in ADDRESSES]


def instants(world: World) -> dict[tuple[str, str], int]:
    """The number of instants to kill a command at, by command and kind."""
    found: dict[tuple[str, str], int] = {}
    for number, kind in enumerate(KINDS, start=1):
        world.change(number)
        found |= {(command, kind): world.complete(command, kind) for command in ("sync", "build", "rollback")}
        found["watch", kind] = found["build", kind]
    return found


def list_kills(killed: Sequence[tuple[str, str, str]]) -> str:
    """The kills, counted by the place where they fell."""
    rows = sorted(Counter(killed).items())
    return "\n".join(f"{count:4}  {command:9} {kind:6} {place}" for (command, kind, place), count in rows)


def test_whatever_is_killed_the_search_answers_and_the_next_command_completes(
    world: World, asker: Asker, request: pytest.FixtureRequest
) -> None:
    last = instants(world)
    world.complete("build")
    files = world.files()
    chance = random.Random(SEED)
    fell: list[tuple[str, str, str]] = []
    wanted, number = request.config.getoption("--kills"), len(KINDS)
    while len(fell) < wanted:
        number += 1
        command, kind = chance.choice(COMMANDS), chance.choice(KINDS)
        world.change(number)
        code, said = world.run(command, "kill", kind, chance.randint(1, last[command, kind]))
        assert code in (-signal.SIGKILL, 0), said
        if code:  # else it ended before that instant came
            fell.append((command, kind, said[-1].strip()))
        assert set(answers_of_a_service_that_starts_now(world.store)) == {200}, fell[-1:]
        asker.hears()
        for next_command in ("sync", "build"):
            world.complete(next_command)
        asker.hears()
        assert not asker.wrong
        assert str(2000 + number) in asker.years
        assert world.files() == files, fell[-1:]
        assert [meeting.id for meeting in load_catalogue(world.corpus.folder).meetings] == ["I", "II", "III", "IV"]
    print(f"{list_kills(fell)}\n{asker.rounds * len(ADDRESSES)} queries answered meanwhile")
    with closing(world.store.open()) as generation:
        log = list(generation.log.switches())
    assert [each.previous for each in log[1:]] == [each.generation for each in log[:-1]]
