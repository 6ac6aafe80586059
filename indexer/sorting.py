"""Lines in order, however many: sorted in memory a run at a time, and the runs merged (Knuth, *The Art of Computer
Programming*, vol. 3, 5.4), so that memory does not grow with them.
"""

import tempfile
from collections.abc import Iterator
from heapq import merge
from pathlib import Path
from typing import IO

RUN = 20_000
"""How many lines are sorted at once, at most."""

_AT_ONCE = 1 << 14
"""How many bytes of lines are read ahead in each run."""


class Scratch:
    """A file for what does not fit into memory. It has no name in its folder, and vanishes when this is closed.

    Raises:
        OSError: here, in any method and in those of sections, where the disk is full or the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by close

    def add(self, content: bytes | memoryview) -> "Section":
        """Set something down. Nothing has been read before."""
        start = self._file.tell()
        self._file.write(content)
        return Section(self._file, start, self._file.tell())

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Section:
    """A part of such a file, read from its start on, whatever is read of others in between."""

    def __init__(self, file: IO[bytes], start: int, end: int) -> None:
        self._file = file
        self._at = start
        self._end = end

    def read(self, size: int) -> bytes:
        """The next bytes."""
        self._file.seek(self._at)
        self._at += size
        return self._file.read(size)

    def lines(self) -> Iterator[bytes]:
        """The lines from here on, without their ends."""
        rest = b""
        while self._at < self._end:
            *lines, rest = (rest + self.read(min(_AT_ONCE, self._end - self._at))).split(b"\n")
            yield from lines


class SortedLines:
    """Takes in lines and gives them in the order of their bytes.

    Args:
        folder: an existing folder for what does not fit into memory, which vanishes when this is closed.

    Raises:
        OSError: here and in any method, where the disk is full or the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._lines: list[bytes] = []
        self._runs: list[Section] = []
        self._scratch = Scratch(folder)

    def add(self, line: bytes) -> None:
        """Take in a line, which holds no line end."""
        self._lines.append(line)
        if len(self._lines) >= RUN:
            self._write_run()

    def __iter__(self) -> Iterator[bytes]:
        """All lines, sorted; to be asked for once, when all are taken in."""
        self._write_run()
        return merge(*(run.lines() for run in self._runs))

    def _write_run(self) -> None:
        self._lines.sort()
        self._runs.append(self._scratch.add(b"".join(line + b"\n" for line in self._lines)))
        self._lines.clear()

    def close(self) -> None:
        """Let go of everything."""
        self._scratch.close()
