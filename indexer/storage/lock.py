"""A lock on a folder for one process at a time.

The lock ends with its process, however that ends. The only importer of filelock.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from json import loads
from pathlib import Path

from indexer.model import Message, json, message
from indexer.model.errors import Busy
from indexer.storage.atomic import remove_leftovers, storage_errors, write_whole


@contextmanager
def one_at_a_time(folder: Path, work: str) -> Iterator[None]:
    """Hold the right to work in a folder; ``work`` names it, such as ``build``.

    ``folder`` holds the lock and says who has it; it is made where it is not there. What one that died has not finished
    in it is removed first.

    Raises:
        Busy: another process has it.
        StorageError: the folder cannot be written.
    """
    from filelock import FileLock, Timeout  # here: those who only read take no lock

    holder = folder / "holder.json"
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock", timeout=0)
        try:
            lock.acquire()  # without waiting: who comes second is told who is at work
        except Timeout:
            raise Busy(_busy(folder, holder)) from None
    try:
        with storage_errors(folder):
            holder.unlink(missing_ok=True)  # it tells of one that died
            remove_leftovers(folder)
            since = datetime.now(UTC).isoformat(timespec="seconds")
            said = {"work": work, "pid": os.getpid(), "host": socket.gethostname(), "since": since}
            write_whole(holder, json.encode(said))
        try:
            yield
        finally:
            with suppress(OSError):  # it is looked at only while somebody has the lock, who writes it anew
                holder.unlink()
    finally:
        lock.release()


def _busy(folder: Path, holder: Path) -> Message:
    try:
        # Read with care: the holder may be writing it at this moment, or be of another version.
        known = loads(holder.read_bytes())
        return message("at-work", str(folder), *(str(known[key]) for key in ("work", "pid", "host", "since")))
    except (OSError, ValueError, KeyError, TypeError):
        return message("somebody-at-work", str(folder))
