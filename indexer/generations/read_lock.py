"""Read locks of generations.

Readers of a generation share its lock, which ends with their process, and which a writer can see.

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
"""The list of file locks on Linux: ``1: FLOCK ADVISORY READ 1234 fe:00:5678 0 EOF``, the process and the file."""


class ReadLock:
    """A shared lock on a generation, until ``close`` or the end of the object.

    Raises:
        OSError: the generation is not there, or was taken away at this moment.
    """

    def __init__(self, generation: Path) -> None:
        path = _lock_file(generation)
        # Opened for reading, as a service needs no right to write in the index folder.
        descriptor = os.open(path, os.O_RDONLY)
        self._release = weakref.finalize(self, os.close, descriptor)
        if sys.platform != "win32":
            fcntl.flock(descriptor, fcntl.LOCK_SH)
        # A writer may have removed the generation, or put another in its place, before the lock was had.
        if not os.path.samestat(os.fstat(descriptor), path.stat()):
            raise FileNotFoundError(f"{generation} was taken away")

    def close(self) -> None:
        """Release the lock; a second call does nothing."""
        self._release()


@contextmanager
def try_exclusive(generation: Path) -> Iterator[bool]:
    """Give True where no reader has a generation; none begins to read it meanwhile.

    Raises:
        OSError: the generation's lock cannot be opened.
    """
    try:
        file = _lock_file(generation).open("rb")
    except FileNotFoundError:
        yield True  # what was never whole was never read
        return
    with file:
        try:
            if sys.platform != "win32":
                # Without waiting: what is read now is left to a later build.
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def holders(generation: Path) -> tuple[int, ...]:
    """The ids of the processes that read a generation, ascending.

    They are known as far as the system lists them, which Linux does; elsewhere none is given.
    """
    try:
        inode = str(_lock_file(generation).stat().st_ino)
        rows = [line.split() for line in _LOCKS.read_text("ascii").splitlines()]
    except OSError:
        return ()
    found = {int(row[4]) for row in rows if row[1:4] == ["FLOCK", "ADVISORY", "READ"] and row[5].endswith(f":{inode}")}
    return tuple(sorted(found))


def _lock_file(generation: Path) -> Path:
    return generation / "manifest.json"
