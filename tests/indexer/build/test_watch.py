import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.error import HTTPError

import pytest

from indexer.build.watch import watch
from indexer.cli import run
from indexer.model import message
from indexer.model.errors import Busy, CatalogueError, IndexerError
from tests.support.paths import ROOT
from tests.support.patience import PATIENCE
from tests.support.tiny_corpus import ENGLISH, TinyCorpus, write_pdf


class Looks(threading.Event):
    """Between two looks of a watch, do what is planned; set after the last."""

    def __init__(self, plan: Sequence[Callable[[], object] | None]) -> None:
        super().__init__()
        self._plan = iter(plan)

    def wait(self, _timeout: float | None = None) -> bool:
        try:
            planned = next(self._plan)
        except StopIteration:
            self.set()
            return True
        if planned:
            planned()
        return False


def watch_changes(
    corpus: Path, plan: Sequence[Callable[[], object] | None], *faults: IndexerError
) -> tuple[list[int], int]:
    """The sizes of ``x.pdf`` at each build, and how many errors were told; the first builds raise ``faults``."""
    built: list[int] = []
    told: list[IndexerError] = []
    raising = iter(faults)

    def build() -> None:
        file = corpus / "group" / "pdf" / "x.pdf"
        built.append(file.stat().st_size if file.exists() else 0)
        for fault in raising:
            raise fault

    watch(corpus, build, Looks(plan), told=told.append)
    return built, len(told)


@pytest.fixture
def corpus(tmp_path: Path) -> TinyCorpus:
    return TinyCorpus(tmp_path / "corpus")


@pytest.fixture
def grow(corpus: TinyCorpus) -> Callable[[], None]:
    file = corpus.folder / "pdf" / "x.pdf"
    file.parent.mkdir()

    def growing() -> None:
        with file.open("ab") as copy:
            copy.write(b"%%EOF")

    return growing


def test_a_watch_builds_once_and_again_only_after_a_change(corpus: TinyCorpus, grow: Callable[[], None]) -> None:
    assert watch_changes(corpus.corpus, [None] * 10)[0] == [0]
    assert watch_changes(corpus.corpus, [*[None] * 5, grow, *[None] * 5])[0] == [0, 5]


def test_a_copy_under_way_is_not_read(corpus: TinyCorpus, grow: Callable[[], None]) -> None:
    copying = [step for _ in range(5) for step in (grow, None)]
    assert watch_changes(corpus.corpus, [*[None] * 5, *copying, *[None] * 5])[0] == [0, 25]


@pytest.mark.parametrize("rest", [b"", bytes(2000)], ids=["cut off", "room set aside"])
def test_a_copy_that_stalls_is_waited_for_until_it_has_the_mark_of_its_end(corpus: TinyCorpus, rest: bytes) -> None:
    file = corpus.folder / "pdf" / "x.pdf"
    write_pdf(corpus.folder / "whole.pdf", ENGLISH)
    whole = (corpus.folder / "whole.pdf").read_bytes()
    file.parent.mkdir()
    (corpus.folder / "whole.pdf").unlink()
    half, end = (lambda: file.write_bytes(whole[:900] + rest)), (lambda: file.write_bytes(whole))
    steps = [*[None] * 5, half, *[None] * 40, end, *[None] * 5]
    assert watch_changes(corpus.corpus, steps)[0] == [0, len(whole)]


def test_a_pdf_that_never_gets_its_end_is_waited_for_a_minute_and_holds_up_nothing_later(
    corpus: TinyCorpus, grow: Callable[[], None]
) -> None:
    cut_off = corpus.folder / "pdf" / "cut-off.pdf"
    plan = [*[None] * 5, lambda: cut_off.write_bytes(b"%PDF-1.7"), *[None] * 58]
    assert watch_changes(corpus.corpus, plan)[0] == [0]
    assert watch_changes(corpus.corpus, [*[None] * 70, grow, *[None] * 5])[0] == [0, 5]


def test_a_file_that_goes_away_is_a_change(corpus: TinyCorpus, grow: Callable[[], None]) -> None:
    grow()
    away = (corpus.folder / "pdf" / "x.pdf").unlink
    assert watch_changes(corpus.corpus, [*[None] * 5, away, *[None] * 5])[0] == [5, 0]


def test_files_that_no_build_reads_are_no_change(corpus: TinyCorpus) -> None:
    notes = [(corpus.folder / name) for name in ("notes.txt", ".new-1234.pdf", "catalogue.toml~")]
    plan = [lambda note=note: note.write_text("x") for note in notes]
    assert watch_changes(corpus.corpus, [*[None] * 5, *plan, *[None] * 5])[0] == [0]


def test_a_mistake_is_told_once_and_the_next_change_looked_at(corpus: TinyCorpus, grow: Callable[[], None]) -> None:
    fault = CatalogueError(message("no-catalogue", "corpus"))
    assert watch_changes(corpus.corpus, [*[None] * 40, grow, *[None] * 5], fault) == ([0, 5], 1)


def test_a_catalogue_that_cannot_be_read_is_told_and_waited_for(corpus: TinyCorpus) -> None:
    catalogue = corpus.folder / "catalogue.toml"
    spoil, mend = (lambda: catalogue.write_text("[body")), corpus.write
    assert watch_changes(corpus.corpus, [spoil, *[None] * 5, mend, *[None] * 5]) == ([0], 1)


def test_where_another_build_is_at_work_it_is_tried_again_without_a_change(corpus: TinyCorpus) -> None:
    assert watch_changes(corpus.corpus, [None] * 30, Busy(message("somebody-at-work", "index"))) == ([0, 0], 1)


class Dropping:
    """An object that ends the process in its finalizer, where Python drops any exception."""

    def __init__(self, ending: signal.Signals) -> None:
        self.ending = ending

    def __del__(self) -> None:
        signal.raise_signal(self.ending)


@pytest.fixture
def dropped(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """The exceptions that Python drops; what signals did before is put back."""
    found: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda each: found.append(each.exc_type))
    before = {ending: signal.getsignal(ending) for ending in (signal.SIGINT, signal.SIGTERM)}
    yield found
    for ending, handler in before.items():
        signal.signal(ending, handler)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_ends_also_where_python_drops_what_interrupts_it(
    corpus: TinyCorpus,
    dropped: list[object],
    ending: signal.Signals,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tried = 0

    def build(*_: object, **__: object) -> None:
        nonlocal tried
        tried += 1
        assert tried == 1, "it went on"
        Dropping(ending)
        raise Busy(message("somebody-at-work", "index"))

    monkeypatch.setattr("indexer.cli.watch.build_index", build)
    monkeypatch.setattr("indexer.cli.watch.watch", partial(watch, interval=0.0))
    assert run(["watch", "--corpus", str(corpus.corpus)]) == 0
    assert dropped == [KeyboardInterrupt]
    assert capsys.readouterr().out.endswith(
        f"Watching {corpus.corpus}. Ctrl-C ends it.\nStopped. What is published stays whole.\n"
    )


class Service:
    """A program of ours in a process of its own, and the lines that it says."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)

    def says(self, pattern: str) -> re.Match[str]:
        """The first line from now on in which a pattern is found."""
        said: list[str] = []
        until = time.monotonic() + PATIENCE
        while True:
            try:
                said.append(self._lines.get(timeout=max(0.0, until - time.monotonic())))
            except queue.Empty:
                pytest.fail(f"{pattern} was not said, but {said}")
            if found := re.search(pattern, said[-1]):
                return found

    def end(self) -> int:
        """Ask it to end; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self._listener.join()
        assert self.process.stdout
        self.process.stdout.close()
        return code


@contextmanager
def service(*arguments: str) -> Iterator[Service]:
    started = Service(*arguments)
    try:
        yield started
    finally:
        started.end()


def page(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return str(answer.read().decode())
    except HTTPError as error:
        with error:
            return error.read().decode()


def comes_to_hold(address: str, words: str) -> str:
    """The page as soon as it holds the words: the service looks for a new generation by itself."""
    until = time.monotonic() + PATIENCE
    between = threading.Event()
    while words not in (content := page(address)):
        assert time.monotonic() < until, content
        between.wait(0.1)
    return content


@pytest.mark.long
@pytest.mark.xdist_group("processes")
def test_an_officer_drops_a_pdf_into_the_folder_and_finds_it_in_the_search(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus" / "remja-cybercrime", tmp_path / "corpus" / "remja-cybercrime")
    folder = tmp_path / "corpus" / "remja-cybercrime" / "pdf"
    folder.mkdir(exist_ok=True)
    title = "ELEVENTH MEETING OF THE WORKING GROUP ON CYBERCRIME, MAY 6-7, 2024"
    places = ("--index", str(tmp_path / "index"))
    with (
        service("indexer", "watch", "--corpus", str(tmp_path / "corpus"), *places) as watching,
        service("search_app", "--port", "0", *places) as search,
    ):
        address = search.says(r"http://[0-9.]+:[0-9]+")[0]
        watching.says("Published generation")
        assert "Eleventh" not in page(f"{address}/coverage")

        write_pdf(tmp_path / "elsewhere.pdf", ENGLISH, title=title)
        (tmp_path / "elsewhere.pdf").rename(folder / "final FINAL (2).pdf")
        watching.says("Published generation")
        assert "Recommendation 2" in comes_to_hold(f"{address}/search?q=prosecutors", "<mark>prosecutors</mark>")
        assert "final FINAL (2).pdf" in comes_to_hold(f"{address}/coverage", "XI</a>")

        write_pdf(folder / "unknown.pdf", ENGLISH[:1], title="Third Meeting of Another Body")
        watching.says("unassigned")
        comes_to_hold(f"{address}/coverage", "Which meeting do these files belong to?")
        (folder / "sorry.pdf").write_bytes(b"<html>We are sorry</html>")
        watching.says("sorry.pdf: unreadable")
        assert "sorry.pdf is not a PDF" in comes_to_hold(f"{address}/coverage", "Files that cannot be read")
        (folder / "IX").mkdir()
        (folder / "unknown.pdf").rename(folder / "IX" / "unknown.pdf")
        watching.says("Published generation")
        assert "Of which meeting" not in comes_to_hold(f"{address}/coverage", "IX/unknown.pdf")

        (folder.parent / "catalogue.toml").write_text("[body", encoding="utf-8")
        watching.says("expected TOML")
        comes_to_hold(f"{address}/coverage", "New files are not being added")
        assert "<mark>" in page(f"{address}/search?q=prosecutors")
        shutil.copy(ROOT / "corpus" / "remja-cybercrime" / "catalogue.toml", folder.parent)
        watching.says("Nothing has changed")
        assert "New files are not being added" not in page(f"{address}/coverage")
        assert watching.end() == 0
    assert not list(tmp_path.rglob(".new-*"))
    assert not (tmp_path / "index" / "holder.json").exists()
