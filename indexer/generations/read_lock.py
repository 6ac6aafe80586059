"""Who reads a generation: a lock that its readers share, that ends with their process, and that a writer can see.

Windows has no such lock, and needs none: it refuses to move a folder of which a file is open.
"""

# ARCHITECTURE.md: A reader holds its generation by a shared lock.

import os
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_LOCKS = Path("/proc/locks")
"""Where Linux lists who holds a lock: ``1: FLOCK ADVISORY READ 1234 fe:00:5678 0 EOF``, the process and the file."""


class ReadLock:
    """A reader's word that it uses a generation, good until ``close``, or until it is forgotten.

    Raises:
        OSError: the generation is not there, or was taken away at this moment.
    """

    def __init__(self, generation: Path) -> None:
        path = _lock_of(generation)
        descriptor = os.open(path, os.O_RDONLY)
        self._end = weakref.finalize(self, os.close, descriptor)
        if sys.platform != "win32":
            fcntl.flock(descriptor, fcntl.LOCK_SH)
        if not os.path.samestat(os.fstat(descriptor), path.stat()):
            raise FileNotFoundError(f"{generation} was taken away")

    def close(self) -> None:
        """Take the word back."""
        self._end()


@contextmanager
def try_exclusive(generation: Path) -> Iterator[bool]:
    """Whether no reader holds a generation; while that is asked and acted on, none begins to.

    Raises:
        OSError: the generation's lock cannot be opened.
    """
    try:
        file = _lock_of(generation).open("rb")
    except FileNotFoundError:
        yield True  # what was never whole was never read
        return
    with file:
        try:
            if sys.platform != "win32":
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def holders(generation: Path) -> tuple[int, ...]:
    """The processes that hold a generation, ascending, as far as the system lists them (Linux does)."""
    try:
        inode = str(_lock_of(generation).stat().st_ino)
        rows = [line.split() for line in _LOCKS.read_text("ascii").splitlines()]
    except OSError:
        return ()
    found = {int(row[4]) for row in rows if row[1:4] == ["FLOCK", "ADVISORY", "READ"] and row[5].endswith(f":{inode}")}
    return tuple(sorted(found))


def _lock_of(generation: Path) -> Path:
    return generation / "manifest.json"
