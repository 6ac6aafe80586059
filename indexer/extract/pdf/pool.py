"""PDF files ─▶ extractions, each file read by a process whose death hurts nothing else."""

import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

import indexer
from indexer.extract.pdf import protocol
from indexer.extract.pdf.files import printable, sha256
from indexer.model import Caution, Extraction, Page
from indexer.model.errors import PdfError

_WORKER = "indexer.extract.pdf.worker"
"""The module that is run as the process."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What reading may take: ``seconds`` for a page, ``opening`` seconds for opening a file, ``megabytes`` of memory.

    After ``strikes`` pages over budget in one file, its other pages are not tried; nor are those after ``letters`` of
    text: a small file can print one page without end.
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
"""Called with the file and the number of each page that has been read, from a thread of its own."""


def extract(path: Path, *, budget: Budget | None = None, progress: PageProgress | None = None) -> Extraction:
    """Read one PDF. Nothing is raised for what is wrong with a file: the extraction says it."""
    (extraction,) = extract_all([path], budget=budget, progress=progress)
    return extraction


def extract_all(
    paths: Iterable[Path],
    *,
    processes: int = 1,
    budget: Budget | None = None,
    progress: PageProgress | None = None,
    ocr: Callable[[Path, Page], Page] | None = None,
) -> Generator[Extraction, None, None]:
    """Read PDFs with a number of processes; one extraction a path, in the order of the paths.

    ``ocr`` is given each page without text, and gives what takes its place; it is called from several threads.

    The result is the same for any number of processes, as long as no page comes near its budget of time. No process
    outlives the iteration, however it ends.
    """
    readers = _Readers(budget or Budget(), progress, ocr)
    pool = ThreadPoolExecutor(max(1, processes), thread_name_prefix="extract")
    waiting: deque[Future[Extraction]] = deque()
    remaining = iter(paths)
    try:
        for path in islice(remaining, 2 * max(1, processes)):
            waiting.append(pool.submit(readers.read, path))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(readers.read, path) for path in islice(remaining, 1))
    finally:
        for future in waiting:
            future.cancel()
        readers.close()
        pool.shutdown()


class _Readers:
    """The processes of one run. A process is used again for the next file, unless something went wrong in it."""

    def __init__(self, budget: Budget, progress: PageProgress | None, ocr: Callable[[Path, Page], Page] | None) -> None:
        self._budget = budget
        self._progress = progress
        self._ocr = ocr
        self._idle: list[_Process] = []
        self._all: set[_Process] = set()
        self._lock = threading.Lock()
        self._closed = False

    def read(self, path: Path) -> Extraction:
        name = printable(path)
        try:
            digest = sha256(path)
        except PdfError as error:
            return Extraction(name, None, (), str(error))
        pages: list[Page] = []
        failure = self._read(path, name, pages)
        if failure is None and not pages:
            failure = f"{name} has no pages. Fetch it again, or take it out of the catalogue."
        return Extraction(name, digest, tuple(self._with_ocr(path, page) for page in pages), failure)

    def _with_ocr(self, path: Path, page: Page) -> Page:
        without_text = any(caution.code == "no-text" for caution in page.warnings)
        return self._ocr(path, page) if self._ocr and without_text and not self._closed else page

    def _read(self, path: Path, name: str, pages: list[Page]) -> str | None:
        """Read a file page by page into ``pages``, with a new process after each page that ends one."""
        for _ in range(self._budget.strikes):
            process = self._borrow()
            if process is None:
                return f"{name} was not read: the work was broken off."
            ended = _Attempt(process, path, pages, self._budget, self._progress).run()
            self._give_back(process, usable=ended.clean)
            if ended.clean:
                return ended.failure
            if ended.page is None:
                return (
                    f"{name} {'cannot be opened' if not pages else f'cannot be read beyond page {len(pages)}'}: "
                    f"{ended.why}. Open it in a PDF viewer and save it anew from there."
                )
            pages.append(_given_up(ended.page, ended.why, pages))
        return (
            f"{name} was read up to page {len(pages)} only: {self._budget.strikes} of its pages went beyond what a "
            "page may take. Open it in a PDF viewer and save it anew from there."
        )

    def _borrow(self) -> "_Process | None":
        with self._lock:
            if self._closed:
                return None
            process = self._idle.pop() if self._idle else _Process()
            self._all.add(process)
            return process

    def _give_back(self, process: "_Process", *, usable: bool) -> None:
        with self._lock:
            if usable and not self._closed:
                self._idle.append(process)
                return
            self._all.discard(process)
        process.end()

    def close(self) -> None:
        """End all processes, whatever they are at."""
        with self._lock:
            self._closed = True
            processes = list(self._all)
        for process in processes:
            process.end()


def _given_up(number: int, why: str, before: list[Page]) -> Page:
    """The page that ended a process; its size is taken from the page before, for nothing told it."""
    width, height = (before[-1].width, before[-1].height) if before else (612.0, 792.0)
    caution = Caution("page-over-budget", f"Page {number} cannot be read: {why}.", number)
    return Page(number, width, height, (), warnings=(caution,))


@dataclass(frozen=True, slots=True)
class _End:
    """How an attempt ended. ``clean``: the process may be used again. Else ``why``, and the page it was at, if any."""

    clean: bool
    failure: str | None = None
    page: int | None = None
    why: str = ""


class _Attempt:
    """One process at one file."""

    def __init__(
        self, process: "_Process", path: Path, pages: list[Page], budget: Budget, progress: PageProgress | None
    ) -> None:
        self._process = process
        self._path = path
        self._pages = pages
        self._budget = budget
        self._progress = progress

    def run(self) -> _End:
        """Take pages from the process until the file or the process ends."""
        self._process.ask((os.path.abspath(self._path), len(self._pages), self._budget.megabytes * 2**20))  # noqa: PTH100 - as typed, links kept
        current: int | None = None
        seconds = self._budget.opening
        letters = sum(map(_letters, self._pages))
        while True:
            try:
                message = self._process.answer(seconds)
            except TimeoutError:
                return _End(False, page=current, why=f"it takes more than {seconds:g} seconds")
            seconds = self._budget.seconds
            if message is None:
                return _End(False, page=current, why="the process that read it died")
            kind, *values = message
            if kind == protocol.OUT_OF_MEMORY:
                return _End(False, page=current, why=f"it takes more than {self._budget.megabytes} MB of memory")
            if kind == protocol.DONE:
                return _End(True, failure=values[0])
            if kind == protocol.BEGUN:
                current = values[0]
                continue
            page = protocol.unflat(values[0])
            self._pages.append(page)
            current = None
            letters += _letters(page)
            if letters > self._budget.letters:
                return _End(False, why=f"it prints more than {self._budget.letters:,} letters")
            if self._progress:
                self._progress(self._path, page.number)


def _letters(page: Page) -> int:
    return sum(len(line.text) for line in page.lines)


class _Process:
    """A worker process and the thread that listens to it."""

    def __init__(self) -> None:
        root = str(Path(indexer.__file__).parent.parent)
        others = os.environ.get("PYTHONPATH")
        self._process = subprocess.Popen(  # noqa: S603 - a module of ours
            [sys.executable, "-P", "-m", _WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([root, others] if others else [root])},
        )
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
        self._listener.start()

    def _listen(self, stream: IO[bytes]) -> None:
        while True:
            message = protocol.receive(stream)  # type: ignore[arg-type] # a pipe is a BinaryIO in all but name
            self._answers.put(message)
            if message is None:
                return

    def ask(self, request: tuple[str, int, int]) -> None:
        """Send a request; a process that is gone answers None to it."""
        try:
            protocol.send(self._process.stdin, request)  # type: ignore[arg-type] # as above
        except OSError:
            self.end()

    def answer(self, seconds: float) -> Any:
        """The next message, None when the process is gone; TimeoutError when there is none in time."""
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
