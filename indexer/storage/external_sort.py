"""External merge sort of lines, and series of numbers kept in a file.

Both are written to a file a run at a time, so that memory does not grow with them. Lines are sorted run by run, and the
runs are merged (Knuth, *The Art of Computer Programming*, vol. 3, 5.4).
"""

import tempfile
from array import array
from collections.abc import Iterator
from heapq import merge
from os import SEEK_END
from pathlib import Path
from typing import IO

RUN = 20_000
"""Lines sorted at once, and numbers held, at most: a few megabytes of lines, whatever the number of items."""

_AT_ONCE = 1 << 12
"""Bytes read ahead in each run: a page of the file system, as hundreds of runs may be open at once."""


class Scratch:
    """A temporary file for what does not fit into memory.

    It has no name in its folder, so that it goes with the process however that ends.

    Raises:
        OSError: here, in any method and in those of sections, where the disk is full or the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by close

    def add(self, content: bytes | memoryview) -> "Section":
        """Append bytes; the section that holds them."""
        start = self._file.seek(0, SEEK_END)
        self._file.write(content)
        return Section(self._file, start, self._file.tell())

    def close(self) -> None:
        """Close the file, which removes it."""
        self._file.close()


class Section:
    """A part of a scratch file, read from its start on.

    Sections of one file may be read in turns: each keeps its own place.
    """

    def __init__(self, file: IO[bytes], start: int, end: int) -> None:
        self._file = file
        self._at = start
        self._end = end

    def __len__(self) -> int:
        """Bytes that are left to read."""
        return self._end - self._at

    def read(self, size: int) -> bytes:
        """The next bytes."""
        self._file.seek(self._at)  # other sections move the place of the shared file
        self._at += size
        return self._file.read(size)

    def lines(self) -> Iterator[bytes]:
        """The lines from here on, without their ends."""
        rest = b""
        while self:
            *lines, rest = (rest + self.read(min(_AT_ONCE, len(self)))).split(b"\n")
            yield from lines


class Series:
    """A list of whole numbers, most of it in a file.

    Args:
        scratch: where those go that are not held.
        kind: the type code of the array that holds them.
        held: how many are held, at most; RUN where nothing is said.

    Raises:
        OSError: in any method, where the disk is full or the folder cannot be written.
    """

    def __init__(self, scratch: Scratch, kind: str, held: int | None = None) -> None:
        self._scratch = scratch
        self._numbers = array(kind)
        self._held = RUN if held is None else held
        self._runs: list[Section] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def append(self, number: int) -> None:
        """Append a number."""
        self._numbers.append(number)
        self._length += 1
        if len(self._numbers) >= self._held:
            self._runs.append(self._scratch.add(self._numbers.tobytes()))
            del self._numbers[:]

    def read(self) -> bytes:
        """All numbers as the bytes of an array. To be called once, at the end."""
        return b"".join((*(run.read(len(run)) for run in self._runs), self._numbers.tobytes()))


class SortedLines:
    """Lines sorted by their bytes, most of them in a file.

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
        """Add a line, which holds no line end."""
        self._lines.append(line)
        if len(self._lines) >= RUN:
            self._write_run()

    def __iter__(self) -> Iterator[bytes]:
        """All lines, sorted. To be called once, at the end."""
        self._write_run()
        return merge(*(run.lines() for run in self._runs))

    def _write_run(self) -> None:
        self._lines.sort()
        self._runs.append(self._scratch.add(b"".join(line + b"\n" for line in self._lines)))
        self._lines.clear()

    def close(self) -> None:
        """Close the file, which removes it."""
        self._scratch.close()
