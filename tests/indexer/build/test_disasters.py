"""Disasters of a build: what was published goes on answering, and the next build completes."""

import random
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.cli.options import default_engine
from indexer.generations import IndexStore
from indexer.generations.listing import list_generations
from indexer.model.errors import StorageError
from indexer.query.parser import parse
from tests.conftest import OPTIONAL
from tests.support.paths import ROOT
from tests.support.patience import PATIENCE
from tests.support.sabotage import sabotaged
from tests.support.tiny_corpus import ENGLISH, TinyCorpus

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("processes")]

SEED = 1999

Run = subprocess.CompletedProcess[str]


def command(corpus: TinyCorpus, *, way: str = "count", instant: int = 0, limit: int | None = None) -> Run:
    """``indexer build`` in a process of its own, sabotaged; ``limit`` is the size in bytes that no file may exceed."""

    def set_limit() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    index = corpus.corpus.parent / "index"
    arguments = ("build", "--corpus", str(corpus.corpus), "--processes", "1")
    return subprocess.run(
        sabotaged(index, *arguments, way=way, instant=instant),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=set_limit,
        timeout=PATIENCE,
    )


def store(corpus: TinyCorpus) -> IndexStore:
    return IndexStore(corpus.corpus.parent / "index", default_engine())


def answer(corpus: TinyCorpus) -> tuple[str, int]:
    generation = store(corpus).open()
    try:
        return generation.id, generation.index.search(parse("cooperation")).total
    finally:
        generation.close()


def leftovers(corpus: TinyCorpus) -> list[Path]:
    return list((corpus.corpus.parent / "index").rglob(".new-*"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus, and an index in which it is published."""
    tiny = TinyCorpus(tmp_path_factory.mktemp("published") / "corpus")
    tiny.add("I-en.pdf", 1, ENGLISH)
    assert command(tiny).returncode == 0
    return tiny.corpus.parent


@pytest.fixture
def corpus(published: Path, tmp_path: Path) -> TinyCorpus:
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    tiny = TinyCorpus(tmp_path / "corpus")
    tiny.list("I-en.pdf", 1)
    return tiny


def change(corpus: TinyCorpus, number: int) -> None:
    """Make the next build read, publish and clean up, and add one more item that speaks of cooperation."""
    corpus.add("II-en.pdf", 2, [f"That the States report on their cooperation in the year {2000 + number}."])


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
            assert {"full": "disk is full; make room", "read-only": "use a folder that can"}[way] in stopped.stderr
        assert answer(corpus)[1] == 2
        assert command(corpus).returncode == 0
        assert not leftovers(corpus)


def test_a_folder_that_was_never_writable_is_named(tmp_path: Path) -> None:
    tiny = TinyCorpus(tmp_path / "corpus")
    tiny.add("I-en.pdf", 1, ENGLISH)
    (tmp_path / "index").write_bytes(b"a file where the folder should be")
    stopped = command(tiny)
    assert stopped.returncode == StorageError.exit_code
    assert f"{tmp_path / 'index'}" in stopped.stderr
    assert "a file stands where a folder should be; move it away" in stopped.stderr


@pytest.mark.parametrize("limit", [100, 1_000, 3_000])
def test_files_that_may_not_grow_stop_the_build_and_nothing_else(corpus: TinyCorpus, limit: int) -> None:
    before = answer(corpus)
    change(corpus, 1)
    stopped = command(corpus, limit=limit)
    assert stopped.returncode == StorageError.exit_code, stopped.stderr
    assert "a file may not grow any further here; raise the limit or make room" in stopped.stderr
    assert answer(corpus) == before
    assert not leftovers(corpus)


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


@pytest.fixture
def small_disk(corpus: TinyCorpus) -> Iterator[Path]:
    """The published index on a disk of its own, of half a megabyte."""
    index = corpus.corpus.parent / "index"
    beside = index.rename(corpus.corpus.parent / "beside")
    index.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", index], capture_output=True).returncode:
        pytest.skip(OPTIONAL + "no small disk can be mounted here")
    try:
        shutil.copytree(beside, index, dirs_exist_ok=True)
        yield index
    finally:
        subprocess.run(["umount", index], check=True)


def test_a_disk_that_is_full_stops_the_build_and_nothing_else(corpus: TinyCorpus, small_disk: Path) -> None:
    before = answer(corpus)
    change(corpus, 1)
    filler = small_disk / "filler"
    for room in (0, 4 << 10, 40 << 10):
        free = shutil.disk_usage(small_disk).free
        filler.write_bytes(bytes(max(free - room, 0)))
        stopped = command(corpus)
        assert stopped.returncode == StorageError.exit_code, stopped.stderr
        assert "the disk is full; make room" in stopped.stderr
        assert answer(corpus) == before
        assert not leftovers(corpus)
        filler.unlink()
    assert command(corpus).returncode == 0
    assert answer(corpus) != before


def test_a_disk_that_is_read_only_stops_the_build_and_nothing_else(corpus: TinyCorpus, small_disk: Path) -> None:
    before = answer(corpus)
    change(corpus, 1)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    stopped = command(corpus)
    assert stopped.returncode == StorageError.exit_code, stopped.stderr
    assert "use a folder that can" in stopped.stderr
    assert answer(corpus) == before
    assert [each.state for each in list_generations(store(corpus))] == ["served"]
