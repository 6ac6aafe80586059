"""Files of all results, streamed: rows, time of the processor, and what memory grows by.

Run as ``python -m bench.exports --sizes 10000,100000``; 1 where memory grows by more than is allowed, at any number of
rows. Memory is read from ``/proc``, so it needs Linux.
"""

import argparse
import sys
import tempfile
import threading
import time
from http import HTTPStatus
from pathlib import Path

from bench.api import publish
from bench.table import table
from search_app import create_app
from search_app.web.settings import Settings

FORMS = ("csv", "jsonl", "bib", "ris", "xlsx")
MEGABYTE = 2**20
ALLOWED = 64
"""Megabytes that memory may grow by, at any number of rows: a quarter of it is for the caches of the index."""

_PAUSE = 0.05
"""Seconds between two looks at the memory."""


def measure(folder: Path, form: str) -> tuple[int, float, float]:
    """Bytes of a file of all texts, seconds of the processor, and megabytes that memory grew by at most."""
    client = create_app(Settings(index=folder, memory=ALLOWED // 4)).test_client()
    with _Watch() as watch:
        start = time.process_time()
        answer = client.get(f"/search.{form}?sort=document", buffered=False)
        if answer.status_code != HTTPStatus.OK:
            raise SystemExit(f"/search.{form} answered {answer.status_code}")
        size = sum(map(len, answer.iter_encoded()))
        answer.close()
        return size, time.process_time() - start, watch.most - watch.before


class _Watch:
    """Watch over the memory of this process: what it was at first, and what it was at most since."""

    def __enter__(self) -> "_Watch":
        self.before = self.most = _memory()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_PAUSE):
            self.most = max(self.most, _memory())


def _memory() -> float:
    """Megabytes that the process holds at present, files in memory apart."""
    status = Path("/proc/self/status").read_text("utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon")) / 1024


def main() -> int:
    """Measure all forms at all sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000", help="rows, separated by commas")
    parser.add_argument("--forms", default=",".join(FORMS), help="suffixes, separated by commas")
    options = parser.parse_args()
    rows, grown = [], 0.0
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            publish(Path(folder), size)
            for form in options.forms.split(","):
                written, seconds, more = measure(Path(folder), form)
                grown = max(grown, more)
                rows.append([form, f"{size:,}", f"{written / MEGABYTE:.1f}", f"{seconds:.1f}", f"{more:.1f}"])
    print(table(["form", "rows", "MB written", "CPU s", "MB grown"], rows))
    return int(grown > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
