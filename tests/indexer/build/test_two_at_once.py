"""Two commands at the same time, each in a process of its own: one works, the other says who does, and leaves."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.fetch.receipts import read_receipts
from indexer.model.errors import Busy
from indexer.storage.lock import one_at_a_time
from tests.support.paths import ROOT
from tests.support.patience import PATIENCE
from tests.support.sabotage import sabotaged
from tests.support.site import Site, serving
from tests.support.tiny_corpus import ENGLISH, TinyCorpus

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("processes")]

Process = subprocess.Popen[str]

HALFWAY = 9
"""An instant at which the lock is held, and nothing has been switched."""


def start(corpus: TinyCorpus, command: str, way: str = "count", instant: int = 0) -> Process:
    folder = corpus.corpus.parent
    return subprocess.Popen(
        sabotaged(folder, command, "--corpus", str(corpus.corpus), way=way, instant=instant),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: Process) -> tuple[int, str, str]:
    out, error = process.communicate(timeout=PATIENCE)
    return process.returncode, out, error


def complete(corpus: TinyCorpus, command: str) -> tuple[int, str, str]:
    return finish(start(corpus, command))


@contextmanager
def halfway(corpus: TinyCorpus, command: str, instant: int) -> Iterator[Process]:
    """A command that was paused at an instant of its work, and goes on to its end afterwards; a watch until it has
    built.
    """
    with start(corpus, command, "pause", instant) as process:
        try:
            _, status = os.waitpid(process.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(status)
            yield process
        except BaseException:
            process.kill()
            raise
        process.send_signal(signal.SIGCONT)
        if command == "watch":
            assert process.stdout
            assert any("Published generation" in line for line in process.stdout)
            process.terminate()
        code, _, error = finish(process)
        assert code == 0, error


@pytest.fixture
def site() -> Iterator[Site]:
    yield from serving()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus, and an index in which two generations of it are published."""
    tiny = TinyCorpus(tmp_path_factory.mktemp("published") / "corpus")
    for number in range(2):
        tiny.add("I-en.pdf", 1, ENGLISH[number:])
        assert complete(tiny, "build")[0] == 0
    return tiny.corpus.parent


@pytest.fixture
def corpus(published: Path, tmp_path: Path, site: Site) -> TinyCorpus:
    """A corpus of which two generations are published, with a change that no build has seen."""
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    tiny = TinyCorpus(tmp_path / "corpus", portal=f"{site.address}/en/list.asp")
    tiny.add("I-en.pdf", 1, ENGLISH[2:])
    return tiny


def says_who(error: str, process: Process, work: str) -> re.Match[str] | None:
    return re.search(
        rf"a {work} is at work here \(process {process.pid} on \S+, since \d{{4}}-\d\d-\d\dT[\d:]+\+00:00\)",
        error,
    )


@pytest.mark.parametrize(
    ("first", "second"), [("build", "build"), ("build", "rollback"), ("rollback", "build"), ("watch", "build")]
)
def test_who_comes_second_says_who_is_at_work_and_leaves(corpus: TinyCorpus, first: str, second: str) -> None:
    pointer = corpus.corpus.parent / "index" / "current"
    before = pointer.read_bytes()
    with halfway(corpus, first, HALFWAY) as working:
        code, _, error = complete(corpus, second)
        assert (code, pointer.read_bytes()) == (Busy.exit_code, before)
        assert says_who(error, working, "build" if first == "watch" else first), error
    assert pointer.read_bytes() != before
    assert complete(corpus, second)[0] == 0


def test_a_watch_says_who_is_at_work_and_goes_on(corpus: TinyCorpus) -> None:
    with halfway(corpus, "build", HALFWAY) as working, start(corpus, "watch") as watching:
        assert watching.stderr
        said = watching.stderr.readline()
        watching.terminate()
        assert finish(watching)[0] == 0
        assert says_who(said, working, "build"), said


def test_two_that_start_together_never_do_harm(corpus: TinyCorpus) -> None:
    both = [start(corpus, "build") for _ in range(2)]
    ends = [finish(process) for process in both]
    assert {code for code, _, _ in ends} <= {0, Busy.exit_code}
    assert any("Published generation" in out for _, out, _ in ends)
    for (code, _, error), other in zip(ends, reversed(both), strict=True):
        assert code == 0 or says_who(error, other, "build") or "has not said who" in error
    assert "Nothing has changed" in complete(corpus, "build")[1]


def test_a_second_sync_of_a_body_says_who_is_at_work_and_no_receipt_is_lost(corpus: TinyCorpus, site: Site) -> None:
    site.lists(("II", "May 12, 2002", "/II.pdf"), ("III", "May 12, 2003", "/III.pdf"))
    site.files |= {f"/{meeting}.pdf": f"%PDF-1.4 {meeting} %%EOF".encode() for meeting in ("II", "III")}
    with halfway(corpus, "sync", 10) as working:
        code, _, error = complete(corpus, "sync")
        assert code == Busy.exit_code
        assert says_who(error, working, "sync"), error
    assert [receipt.meeting for receipt in read_receipts(corpus.folder).fetched] == ["II", "III"]
    assert site.given.count("/II.pdf") == 1
    assert "2 unchanged" in complete(corpus, "sync")[1]


def test_a_sync_that_finds_one_body_busy_fetches_for_the_others(corpus: TinyCorpus, site: Site) -> None:
    site.lists(("II", "May 12, 2002", "/II.pdf"))
    site.files |= {"/II.pdf": b"%PDF-1.4 II %%EOF"}
    other = TinyCorpus(corpus.corpus, "other", portal=f"{site.address}/en/list.asp")
    with one_at_a_time(corpus.folder / ".sync", "sync"):
        code, _, error = complete(corpus, "sync")
    assert (code, "a sync is at work here" in error) == (Busy.exit_code, True)
    assert [receipt.meeting for receipt in read_receipts(other.folder).fetched] == ["II"]
