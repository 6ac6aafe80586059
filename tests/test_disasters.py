"""Whatever happens to a build, what was published before goes on answering, and the next build completes."""

import random
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.commands.places import default_engine
from indexer.errors import Busy, StorageError
from indexer.generations import Shelf, writing
from indexer.model import Question
from tests.tiny_corpus import ENGLISH, TinyCorpus

ROOT = Path(__file__).resolve().parent.parent
INSTANTS = 20
SEED = 1999

Run = subprocess.CompletedProcess[str]


def command(corpus: TinyCorpus, *, way: str = "count", instant: int = 0, limit: int | None = None) -> Run:
    """``indexer build`` in a process of its own, sabotaged; ``limit`` is the size in bytes that no file may exceed."""

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    index = corpus.corpus.parent / "index"
    arguments = [way, str(instant), str(index), "build", "--corpus", str(corpus.corpus), "--processes", "1"]
    return subprocess.run(
        [sys.executable, "-m", "tests.sabotage", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limited,
        timeout=120,
    )


def shelf(corpus: TinyCorpus) -> Shelf:
    return Shelf(corpus.corpus.parent / "index", default_engine())


def answer(corpus: TinyCorpus) -> tuple[str, int]:
    generation = shelf(corpus).open()
    try:
        return generation.id, generation.index.search(Question("cooperation")).total
    finally:
        generation.close()


def leftovers(corpus: TinyCorpus) -> list[Path]:
    return list((corpus.corpus.parent / "index").rglob(".new-*"))


@pytest.fixture
def corpus(tmp_path: Path) -> TinyCorpus:
    tiny = TinyCorpus(tmp_path / "corpus")
    tiny.add("I-en.pdf", 1, ENGLISH)
    assert command(tiny).returncode == 0
    return tiny


def change(corpus: TinyCorpus, number: int) -> None:
    """Make the next build read, publish and clean up, and add one more item that speaks of cooperation."""
    corpus.add("II-en.pdf", 2, [f"That the States report on their cooperation in the year {2000 + number}."])


def test_a_build_killed_at_any_instant_leaves_the_old_generation_answering(corpus: TinyCorpus) -> None:
    change(corpus, 0)
    counted = command(corpus)
    assert counted.returncode == 0
    instants = int(counted.stderr.splitlines()[-1])
    for number, instant in enumerate(random.Random(SEED).sample(range(1, instants + 1), INSTANTS), start=1):
        before = answer(corpus)
        change(corpus, number)
        assert command(corpus, way="kill", instant=instant).returncode == -signal.SIGKILL
        after = answer(corpus)
        assert after[1] == 2
        completed = command(corpus)
        assert completed.returncode == 0, completed.stderr
        assert answer(corpus)[0] != before[0]
        assert not leftovers(corpus)
    switches = list(shelf(corpus).open().log.switches())
    assert len(switches) == INSTANTS + 2
    assert [switch.previous for switch in switches[1:]] == [switch.generation for switch in switches[:-1]]


@pytest.mark.parametrize("way", ["full", "read-only"])
def test_a_disk_that_cannot_be_written_stops_the_build_and_nothing_else(corpus: TinyCorpus, way: str) -> None:
    change(corpus, 0)
    instants = int(command(corpus).stderr.splitlines()[-1])
    for number, instant in enumerate(random.Random(SEED).sample(range(1, instants + 1), 6), start=1):
        change(corpus, number)
        stopped = command(corpus, way=way, instant=instant)
        assert stopped.returncode in (0, StorageError.exit_code), stopped.stderr
        assert "Traceback" not in stopped.stderr
        if stopped.returncode:
            assert {"full": "disk is full; make room", "read-only": "name a folder that can"}[way] in stopped.stderr
        assert answer(corpus)[1] == 2
        assert command(corpus).returncode == 0
        assert not leftovers(corpus)


def test_a_folder_that_was_never_writable_is_named(tmp_path: Path) -> None:
    tiny = TinyCorpus(tmp_path / "corpus")
    tiny.add("I-en.pdf", 1, ENGLISH)
    (tmp_path / "index").write_bytes(b"a file where the folder should be")
    stopped = command(tiny)
    assert stopped.returncode == StorageError.exit_code
    assert str(tmp_path / "index") in stopped.stderr


@pytest.mark.parametrize("limit", [100, 1_000, 3_000])
def test_files_that_may_not_grow_stop_the_build_and_nothing_else(corpus: TinyCorpus, limit: int) -> None:
    before = answer(corpus)
    change(corpus, 1)
    stopped = command(corpus, limit=limit)
    assert stopped.returncode == StorageError.exit_code, stopped.stderr
    assert "make room" in stopped.stderr
    assert answer(corpus) == before
    assert not leftovers(corpus)


def test_a_second_build_says_who_is_at_work_and_leaves(corpus: TinyCorpus) -> None:
    with writing(shelf(corpus)):
        second = command(corpus)
    assert second.returncode == Busy.exit_code
    assert "another build is at work" in second.stderr
    assert "since" in second.stderr


def test_ctrl_c_ends_a_build_at_any_instant_with_a_clear_word(corpus: TinyCorpus) -> None:
    change(corpus, 0)
    instants = int(command(corpus).stderr.splitlines()[-1])
    for number, instant in enumerate(random.Random(SEED).sample(range(1, instants + 1), 5), start=1):
        change(corpus, number)
        stopped = command(corpus, way="interrupt", instant=instant)
        assert stopped.returncode == 130, stopped.stderr
        assert stopped.stderr == "Stopped. What is published stays whole.\n"
        assert answer(corpus)[1] == 2
    assert command(corpus).returncode == 0
    assert not leftovers(corpus)
