"""Measurements in a process of its own, libraries imported: building, opening for the first time, memory.

Run as ``python -m bench.process`` with the words of ``built`` or ``opened``; prints one line of JSON.
"""

import gc
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from bench.passages import publication
from bench.peers import load
from bench.queries import Asked

_MEGABYTE = 1024.0


class Built(NamedTuple):
    """Seconds, and the most memory in use while building less that before, in MB."""

    seconds: float
    peak: float


class OpenedCold(NamedTuple):
    """Milliseconds to open, from then to the first answer, and memory taken after all queries, in MB.

    ``own`` is memory of the process alone, ``mapped`` files that processes share.
    """

    open: float
    first: float
    own: float
    mapped: float


def built(name: str, folder: Path, size: int) -> Built:
    """Build an index of ``size`` passages in a new process."""
    return Built(*_run("build", name, str(folder), str(size), ""))


def opened(name: str, folder: Path, asked: list[Asked]) -> OpenedCold:
    """Open an index in a new process and ask it: the first query for the time, all for the memory."""
    return OpenedCold(*_run("open", name, str(folder), "0", json.dumps(asked)))


def _run(action: str, name: str, folder: str, size: str, asked: str) -> list[float]:
    command = [sys.executable, "-m", "bench.process", action, name, folder, size]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} could not {action} {folder}:\n{done.stderr}")
    figures: list[float] = json.loads(done.stdout)
    return figures


def _build(name: str, folder: Path, size: int) -> Built:
    peer = load(name)
    generation = publication(size)
    gc.collect()
    gc.freeze()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # so that the peak counts from here
    before = _memory("VmRSS")
    start = time.perf_counter()
    peer.build(folder, generation)
    return Built(time.perf_counter() - start, _memory("VmHWM") - before)


def _open(name: str, folder: Path, asked: list[Asked]) -> OpenedCold:
    peer = load(name)
    gc.collect()
    gc.freeze()
    own, mapped = _memory("RssAnon"), _memory("RssFile")
    start = time.perf_counter()
    index = peer.open(folder)
    ready = time.perf_counter()
    index.ask(asked[0])
    answered = time.perf_counter()
    for each in asked[1:]:
        index.ask(each)
    return OpenedCold(
        (ready - start) * 1000, (answered - ready) * 1000, _memory("RssAnon") - own, _memory("RssFile") - mapped
    )


def _memory(key: str) -> float:
    """A row of what Linux says of this process's memory, in MB."""
    for row in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if row.startswith(f"{key}:"):
            return int(row.split()[1]) / _MEGABYTE
    raise RuntimeError(f"/proc/self/status has no row {key}.")


def _asked(text: str) -> list[Asked]:
    return [Asked(kind, tuple(words), text, tuple(map(tuple, terms))) for kind, words, text, terms in json.loads(text)]


def main() -> None:
    """Do what the arguments say and print the figures."""
    action, name, folder, size = sys.argv[1:]
    if action == "build":
        figures: Built | OpenedCold = _build(name, Path(folder), int(size))
    else:
        figures = _open(name, Path(folder), _asked(sys.stdin.read()))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
