"""Worker process that reads PDFs for another, run as ``python -m indexer.extract.pdf.worker``.

Requests come in on standard input, pages go out on standard output. It dies when its parent does, and whatever happens
to it hurts only the file that it is reading.
"""

import contextlib
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from indexer.extract.pdf.files import printable
from indexer.extract.pdf.protocol import (
    BEGUN,
    DONE,
    OUT_OF_MEMORY,
    PAGE,
    message_to_tuple,
    page_to_tuple,
    receive,
    send,
)
from indexer.extract.pdf.reader import read_pages
from indexer.model import message
from indexer.model.errors import PdfError


def main() -> None:
    """Serve requests until the parent is gone.

    A request is ``(path, number of the page after which to begin, bytes of memory)``.
    """
    for ending in (signal.SIGINT, signal.SIGTERM):  # the parent decides what they end
        signal.signal(ending, signal.SIG_IGN)
    # What libraries print goes to standard error, so that nothing but messages is in the pipe.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # A thread that reads requests notices the end of the parent while the main one is at a page.
    requests: queue.SimpleQueue[tuple[str, int, int]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    with contextlib.suppress(BrokenPipeError):
        while True:
            _serve(*requests.get(), out)


def _listen(stream: BinaryIO, requests: "queue.SimpleQueue[tuple[str, int, int]]") -> None:
    while (request := receive(stream)) is not None:
        requests.put(request)
    os._exit(0)  # the parent is gone, whatever the main thread is at


def _serve(name: str, after: int, memory: int, out: BinaryIO) -> None:
    """Send the pages of a file, and how it ended."""
    path = Path(name)
    allow_all = _limit_memory(memory)
    try:
        for page in read_pages(path, after=after, begun=lambda number: send(out, (BEGUN, number))):
            send(out, (PAGE, page_to_tuple(page)))
        end: tuple[Any, ...] = (DONE, None)
    except PdfError as error:
        end = (DONE, message_to_tuple(error.message))
    except MemoryError:
        end = (OUT_OF_MEMORY,)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours must not take other files with it
        failure = message("reader-failed", printable(path), f"{type(error).__name__}: {error}")
        end = (DONE, message_to_tuple(failure))
    allow_all()  # the next file is limited anew, by what the process has then
    send(out, end)


def _limit_memory(memory: int) -> Callable[[], None]:
    """Limit this process to so many bytes more than it has now; give the function that lifts the limit."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        limits = resource.getrlimit(resource.RLIMIT_AS)
        wanted = pages * resource.getpagesize() + memory
        if limits[1] != resource.RLIM_INFINITY:
            wanted = min(wanted, limits[1])
        resource.setrlimit(resource.RLIMIT_AS, (wanted, limits[1]))
    except (ImportError, OSError, ValueError):  # no such limit on this system: the budget of time remains
        return lambda: None
    return lambda: resource.setrlimit(resource.RLIMIT_AS, limits)


if __name__ == "__main__":
    main()
