"""Atomic writes: a reader sees all of a file or nothing.

They hold when the power fails at any instant. What the operating system says of a disk is told in plain words here too.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.model import message
from indexer.model.errors import StorageError

TEMPORARY = ".new-"
"""Prefix of the names of files and folders that are not finished; those that a dead writer left are removed."""

_CAUSES = {
    errno.ENOSPC: message("disk-full"),
    errno.EDQUOT: message("quota-used-up"),
    errno.EFBIG: message("file-at-limit"),
    errno.EROFS: message("read-only"),
    errno.EACCES: message("no-permission"),
    errno.EPERM: message("no-permission"),
    errno.EEXIST: message("file-in-the-way"),
    errno.ENOTDIR: message("file-in-the-way"),
}


@contextmanager
def storage_errors(place: Path) -> Iterator[None]:
    """Raise errors of writing as StorageError, with the place and the remedy."""
    try:
        yield
    except OSError as error:
        named = Path(error.filename) if isinstance(error.filename, str) else place
        # The name of an unfinished file says nothing to people: its folder does.
        named = named.parent if named.name.startswith(TEMPORARY) else named
        cause = _CAUSES.get(error.errno or 0, error.strerror or str(error))
        raise StorageError(message("not-written", str(named), cause)) from error


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file in one step, once its new content has reached the disk."""
    temporary = temporary_beside(path)
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # Only now: a file renamed before its content is on the disk is empty after a power failure.
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    settle_folder(
        path.parent
    )  # the new name must reach the disk as well, or the old file is back after a power failure


def temporary_beside(path: Path) -> Path:
    """A free name in the folder of ``path``, for what is to become it."""
    # A random name: two processes may write to one folder at the same time.
    return path.with_name(f"{TEMPORARY}{os.urandom(6).hex()}")


def settle(folder: Path) -> None:
    """Flush every file of a folder to the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        else:
            settle_folder(path)
    settle_folder(folder)


def settle_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk; where the system opens folders."""
    if os.name != "nt":  # Windows opens no folders, and needs no flush of their names
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove(folder: Path) -> None:
    """Remove a folder so that it is never seen half removed under its name."""
    # Renamed first: a process that dies halfway leaves what the next writer knows as left over.
    doomed = temporary_beside(folder)
    folder.replace(doomed)
    shutil.rmtree(doomed)


def remove_leftovers(folder: Path) -> None:
    """Remove what a writer that died has left in a folder."""
    for path in folder.glob(f"{TEMPORARY}*"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
