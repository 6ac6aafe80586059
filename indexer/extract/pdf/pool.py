"""Pool of reading processes: PDF files ─▶ extractions.

Each file is read by a process whose death hurts nothing else.
"""

# ARCHITECTURE.md: Each PDF is read in a process of its own, each page within a budget.

import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from typing import IO, Any

import indexer
from indexer.extract.pdf import protocol
from indexer.extract.pdf.files import printable, sha256
from indexer.extract.pdf.hyphens import settle_hyphens
from indexer.extract.pdf.protocol import UNKNOWN_SIZE
from indexer.model import Caution, Extraction, Message, Page, message
from indexer.model.errors import PdfError

_WORKER = "indexer.extract.pdf.worker"
"""The module that each process runs."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of reading a file.

    Attributes:
        seconds: for a page.
        opening: seconds for opening the file.
        megabytes: of memory, beside what the process has before.
        strikes: pages over budget after which no other pages of the file are tried.
        letters: of text in the file after which no other pages are tried: a small file can print one page without end.
    """

    # Pages of print take up to a tenth of a second; none may be lost to a machine under load.
    seconds: float = 10.0
    # The whole of a file whose table of objects is damaged is searched for its objects.
    opening: float = 30.0
    # The longest content stream that is read takes a quarter: as it is unpacked, and as one with the page's others.
    megabytes: int = 512
    # A file that is broken on each page holds up a build for 100 seconds.
    strikes: int = 10
    # More than ten times what the longest documents hold.
    letters: int = 50_000_000


PageProgress = Callable[[Path, int], None]
"""A function that is called with the file and the number of each page that has been read, from any thread."""


PageReader = Callable[[Path, Iterable[Page]], Iterator[Page]]
"""A function from a file and its pages to these pages, one after the other, as something else has read them."""


def extract(path: Path, *, budget: Budget | None = None, progress: PageProgress | None = None) -> Extraction:
    """Read one PDF, as ``extract_all`` reads many."""
    (extraction,) = extract_all([path], budget=budget, progress=progress)
    return extraction


def extract_all(
    paths: Iterable[Path],
    *,
    processes: int = 1,
    budget: Budget | None = None,
    progress: PageProgress | None = None,
    ocr: PageReader | None = None,
) -> Generator[Extraction, None, None]:
    """Read PDFs with several processes; one extraction a path, in the order of the paths.

    Nothing is raised for what is wrong with a file: its extraction says it. The result is the same for any number of
    processes, as long as no page comes near its budget of time. No process outlives the iteration, however it ends.

    Args:
        paths: the files; taken from the iterable only as they are wanted.
        processes: how many files are read at a time.
        budget: limits for each file.
        progress: hears of each page.
        ocr: is given each file with its pages, and gives what takes their place; called from any thread.
    """
    workers = _WorkerPool(budget or Budget(), progress, ocr)
    pool = ThreadPoolExecutor(max(1, processes), thread_name_prefix="extract")
    waiting: deque[Future[Extraction]] = deque()
    remaining = iter(paths)
    try:
        # Twice as many files as processes wait, so that a slow one at the head leaves no process idle, and yet no more
        # extractions lie in memory.
        for path in islice(remaining, 2 * max(1, processes)):
            waiting.append(pool.submit(workers.read, path))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(workers.read, path) for path in islice(remaining, 1))
    finally:
        for future in waiting:
            future.cancel()
        # Before the threads are waited for: each ends as soon as its process has gone.
        workers.close()
        pool.shutdown()


class _WorkerPool:
    """The workers of one run. A worker is used again for the next file, unless something went wrong in it."""

    def __init__(self, budget: Budget, progress: PageProgress | None, ocr: PageReader | None) -> None:
        self._budget = budget
        self._progress = progress
        self._ocr = ocr
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False

    def read(self, path: Path) -> Extraction:
        """The extraction of a file, whatever is wrong with it. May be called from several threads."""
        name = printable(path)
        try:
            digest = sha256(path)
        except PdfError as error:
            return Extraction(name, None, (), error.message)
        pages: list[Page] = []
        failure = self._read(path, name, pages)
        if failure is None and not pages:
            failure = message("without-pages", name)
        return Extraction(name, digest, tuple(self._with_ocr(path, settle_hyphens(pages))), failure)

    def _with_ocr(self, path: Path, pages: Sequence[Page]) -> Iterator[Page]:
        read = self._ocr(path, pages) if self._ocr else iter(pages)
        # What is read once the pool is closed nobody takes.
        return takewhile(lambda _page: not self._closed, read)

    def _read(self, path: Path, name: str, pages: list[Page]) -> Message | None:
        """Read a file into ``pages``, with a new worker where a page ends one.

        Gives the reason why the file was not read as a whole, or None.
        """
        for _ in range(self._budget.strikes):
            worker = self._borrow()
            if worker is None:
                return message("broken-off", name)
            outcome = _Attempt(worker, path, pages, self._budget, self._progress).run()
            self._give_back(worker, usable=outcome.clean)
            if outcome.clean:
                return outcome.failure
            # Between pages there is none to give up, and the next worker would come no farther.
            if outcome.page is None:
                if not pages:
                    return message("not-opened", name, outcome.why)
                return message("read-to-page", name, len(pages), outcome.why)
            pages.append(_page_over_budget(outcome.page, outcome.why, pages))
        return message("pages-given-up", name, len(pages), self._budget.strikes)

    def _borrow(self) -> "_Worker | None":
        """An idle worker or a new one; None once the pool is closed."""
        # The worker is started under the lock, so that none can begin behind the back of ``close``.
        with self._lock:
            if self._closed:
                return None
            worker = self._idle.pop() if self._idle else _Worker()
            self._all.add(worker)
            return worker

    def _give_back(self, worker: "_Worker", *, usable: bool) -> None:
        with self._lock:
            if usable and not self._closed:
                self._idle.append(worker)
                return
            self._all.discard(worker)
        # Without the lock, for it waits until the process is gone.
        worker.end()

    def close(self) -> None:
        """End all workers, whatever they are at."""
        with self._lock:
            self._closed = True
            workers = list(self._all)
        for worker in workers:
            worker.end()


def _page_over_budget(number: int, why: Message, before: list[Page]) -> Page:
    """The page that ended a worker; its size is taken from the page before, for nothing told it."""
    width, height = (before[-1].width, before[-1].height) if before else UNKNOWN_SIZE
    caution = Caution(message("page-over-budget", number, why), number)
    return Page(number, width, height, (), warnings=(caution,))


_DIED = message("reader-died")


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The end of an attempt.

    Attributes:
        clean: the worker may be used again.
        failure: the worker's reason why it did not read the file as a whole; only of a clean end.
        page: the number of the page that the worker was at, if any; only of another end, as is ``why``.
        why: the reason of that end.
    """

    clean: bool
    failure: Message | None = None
    page: int | None = None
    why: Message = _DIED


class _Attempt:
    """One worker at one file. Pages that are in ``pages`` already are not read again."""

    def __init__(
        self, worker: "_Worker", path: Path, pages: list[Page], budget: Budget, progress: PageProgress | None
    ) -> None:
        self._worker = worker
        self._path = path
        self._pages = pages
        self._budget = budget
        self._progress = progress

    def run(self) -> _Outcome:
        """Take pages from the worker until the file or the worker ends."""
        self._worker.ask((os.path.abspath(self._path), len(self._pages), self._budget.megabytes * 2**20))  # noqa: PTH100 - as typed, links kept
        current: int | None = None
        seconds = self._budget.opening
        # Those of pages that earlier workers have read count as well.
        letters = sum(map(_count_letters, self._pages))
        while True:
            try:
                answer = self._worker.answer(seconds)
            except TimeoutError:
                return _Outcome(False, page=current, why=message("takes-too-long", f"{seconds:g}"))
            seconds = self._budget.seconds
            if answer is None:
                return _Outcome(False, page=current, why=_DIED)
            kind, *values = answer
            if kind == protocol.OUT_OF_MEMORY:
                return _Outcome(False, page=current, why=message("too-much-memory", self._budget.megabytes))
            if kind == protocol.DONE:
                return _Outcome(True, failure=values[0] and protocol.message_from_tuple(values[0]))
            if kind == protocol.BEGUN:
                current = values[0]
                continue
            page = protocol.page_from_tuple(values[0])
            self._pages.append(page)
            current = None
            letters += _count_letters(page)
            if letters > self._budget.letters:
                # Groups of digits stand apart by spaces (ISO 80000-1): a comma is a decimal sign in other languages.
                most = f"{self._budget.letters:,}".replace(",", "\u00a0")
                return _Outcome(False, why=message("too-many-letters", most))
            if self._progress:
                self._progress(self._path, page.number)


def _count_letters(page: Page) -> int:
    return sum(len(line.text) for line in page.lines)


class _Worker:
    """A worker process and the thread that listens to it."""

    def __init__(self) -> None:
        # The package may be installed nowhere, and run from a folder that is on this process's path alone.
        root = str(Path(indexer.__file__).parent.parent)
        others = os.environ.get("PYTHONPATH")
        self._process = subprocess.Popen(  # noqa: S603 - a module of ours
            # -P: a folder from which the program is run must not bring modules of its own.
            [sys.executable, "-P", "-m", _WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([root, others] if others else [root])},
        )
        # A thread that waits for the pipe, so that others can wait for its answers for a limited time.
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
        self._listener.start()

    def _listen(self, stream: IO[bytes]) -> None:
        """Pass messages on, the last one None: the process is gone."""
        while True:
            message = protocol.receive(stream)  # type: ignore[arg-type] # a pipe is a BinaryIO in all but name
            self._answers.put(message)
            if message is None:
                return

    def ask(self, request: tuple[str, int, int]) -> None:
        """Send a request. A process that is gone answers None to it."""
        try:
            protocol.send(self._process.stdin, request)  # type: ignore[arg-type] # as above
        except OSError:
            self.end()

    def answer(self, seconds: float) -> Any:
        """The next message, None when the process is gone.

        Raises:
            TimeoutError: there is none within so many seconds.
        """
        try:
            return self._answers.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None

    def end(self) -> None:
        """Kill the process and wait until it is gone. May be called again, and from any thread."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                try:
                    stream.close()
                except OSError:  # unsent bytes of a pipe whose reader was killed
                    continue
