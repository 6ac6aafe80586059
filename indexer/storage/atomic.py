"""Writing so that a reader sees all of it or nothing, whenever the power fails; and what a full disk is called."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.model.errors import StorageError

TEMPORARY = ".new-"
"""How the names of files and folders begin that a writer has not finished; what a dead writer left is removed."""

_CAUSES = {
    errno.ENOSPC: "the disk is full; make room",
    errno.EDQUOT: "your quota of disk space is used up; make room",
    errno.EFBIG: "a file may not grow any further here; raise the limit or make room",
    errno.EROFS: "it is on a file system that cannot be written; use a folder that can",
    errno.EACCES: "you may not write there; change its permissions or use another folder",
    errno.EPERM: "you may not write there; change its permissions or use another folder",
    errno.EEXIST: "a file stands where a folder should be; move it away",
    errno.ENOTDIR: "a file stands where a folder should be; move it away",
}


@contextmanager
def storage_errors(place: Path) -> Iterator[None]:
    """Give what the operating system says about writing as a StorageError that names the place and the remedy."""
    try:
        yield
    except OSError as error:
        named = Path(error.filename) if isinstance(error.filename, str) else place
        named = named.parent if named.name.startswith(TEMPORARY) else named
        cause = _CAUSES.get(error.errno or 0, error.strerror or str(error))
        raise StorageError(f"{named}: cannot be written: {cause}. What was published before is untouched.") from error


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place of another in one step, and see to it that it has reached the disk."""
    temporary = temporary_beside(path)
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    settle_folder(path.parent)


def temporary_beside(path: Path) -> Path:
    """A name for something that is to become ``path``, in the same folder and not yet there."""
    return path.with_name(f"{TEMPORARY}{secrets.token_hex(6)}")


def settle(folder: Path) -> None:
    """See to it that every file of a folder has reached the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        else:
            settle_folder(path)
    settle_folder(folder)


def settle_folder(folder: Path) -> None:
    """See to it that the names in a folder have reached the disk, where the system can open folders."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove(folder: Path) -> None:
    """Remove a folder so that it is never seen half removed under its name."""
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
