"""A corpus that is watched: when its files have changed and come to rest, the index is brought up to date.

The folders are looked at again and again. That works on every file system, network folders among them, where nobody
is told of changes. A copy under way grows or changes its time, and one that stalls lacks the mark at the end of a PDF:
neither is read before it has ended, unless that mark does not come for a minute.
"""

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from indexer.catalogue.folders import files_in
from indexer.catalogue.reader import load_corpus
from indexer.fetch.receipts import FILE_NAME as FETCHED
from indexer.model.errors import Busy, IndexerError, StorageError

_SUFFIXES = (".pdf", ".toml")
_REST = 2
"""Looks in a row that find nothing changed, before anything is read."""

_PATIENCE = 60
"""Those after which a changed PDF without the mark of its end is read as well: it is damaged, or no copy."""

_END = b"%%EOF"
_TAIL = 1024
"""Where the mark of its end is looked for, in bytes from the end of a PDF (ISO 32000-1, 7.5.5 and Annex H.3.4.4)."""

_RETRY = 15
"""Looks after which a build is tried again that another build or a full disk stopped."""

FileStamp = tuple[int, int]
"""Size and time of the last change of a file."""

_UNREADABLE: FileStamp = (-1, -1)


def watch(
    corpus: Path,
    build: Callable[[], None],
    stop: threading.Event,
    *,
    told: Callable[[IndexerError], None],
    interval: float = 1.0,
) -> None:
    """Call ``build`` once, and after changes of the corpus as soon as they have come to rest, until ``stop`` is set.

    ``told`` hears of what went wrong, and the watch goes on: after a mistake in a catalogue with the next change, where
    another build is at work or the disk is full also by itself. ``interval`` is the time between two looks, in seconds.
    """
    folders: tuple[Path, ...] = ()
    built: Mapping[Path, FileStamp] | None = None
    seen: Mapping[Path, FileStamp] | None = None
    rest = retry = 0
    while not stop.is_set():
        now = stamps([corpus, *folders])
        rest = rest + 1 if now == seen else 0
        seen = now
        retry -= 1
        changed = now.items() - (built or {}).items()
        if rest >= _REST and (now != built or retry == 0) and (rest >= _PATIENCE or all(map(_has_end, dict(changed)))):
            built = now
            try:
                folders = tuple(catalogue.pdf_folder for catalogue in load_corpus(corpus))
                build()
            except IndexerError as error:
                told(error)
                retry = _RETRY if isinstance(error, Busy | StorageError) else 0
        stop.wait(interval)


def _has_end(path: Path) -> bool:
    """Whether a file is no PDF that is still being copied: also where room for all of it was set aside first."""
    if path.suffix.lower() != ".pdf":
        return True
    try:
        with path.open("rb") as file:
            begins = file.read(_TAIL)
            if begins.strip(b"\0") and b"%PDF-" not in begins:  # no PDF at all, which a build says
                return True
            file.seek(-min(_TAIL, path.stat().st_size), os.SEEK_END)
            return _END in file.read()
    except OSError:  # a build says what is wrong with it
        return True


def stamps(folders: Iterable[Path]) -> dict[Path, FileStamp]:
    """The files of a corpus that a build depends on, in folders and those within them.

    A folder that cannot be read, or that holds one, is itself all that is seen of it.
    """
    found: dict[Path, FileStamp] = {}
    for folder in folders:
        try:
            files = list(files_in(folder))
        except StorageError:  # a build says which
            found[folder] = _UNREADABLE
            continue
        for path in files:
            if path.name.lower().endswith(_SUFFIXES) or path.name == FETCHED:
                try:
                    known = path.stat()
                except OSError:  # it went away meanwhile
                    continue
                found[path] = known.st_size, known.st_mtime_ns
    return found
