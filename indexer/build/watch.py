"""Watch of a corpus: builds when its files have changed and come to rest.

The folders are looked at again and again. That works on every file system, network folders among them, where nobody
is told of changes. A copy under way grows or changes its time, and one that stalls lacks the mark at the end of a PDF:
neither is read before it has ended, unless that mark does not come for a minute.
"""

# ARCHITECTURE.md: A corpus is watched by looking.

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from indexer.catalogue.folders import files_in
from indexer.catalogue.reader import load_corpus
from indexer.fetch.receipts import FILE_NAME as FETCHED
from indexer.model.errors import Busy, IndexerError, StorageError

_SUFFIXES = (".pdf", ".toml")
# One look may fall between two pieces of a copy; a second one, a whole interval later, hardly does.
_REST = 2
"""Looks in a row that find nothing changed, before anything is read."""

_PATIENCE = 60
"""Looks at rest after which a PDF without the mark of its end is read as well: it is damaged, or no copy."""

_END = b"%%EOF"
"""The mark of the end of a PDF (ISO 32000-1, 7.5.5)."""

_TAIL = 1024
"""Bytes at the end of a PDF in which readers look for that mark (ISO 32000-1, Annex H.3.4.4)."""

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
    """Call ``build`` once, and whenever changes of the corpus have come to rest.

    The watch ends when ``stop`` is set.

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
            # Before the build: what changes while it works is seen as a change after it.
            built = now
            try:
                folders = tuple(catalogue.pdf_folder for catalogue in load_corpus(corpus))
                build()
            except IndexerError as error:
                told(error)
                retry = _RETRY if isinstance(error, Busy | StorageError) else 0
        stop.wait(interval)


def _has_end(path: Path) -> bool:
    """Tell whether a file is no PDF that is still being copied.

    A copy may set room for all of the file aside first, so that its size says nothing.
    """
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
    """The size and time of each file that a build depends on.

    ``folders`` are looked through with those within them. A folder that cannot be read, or that holds one, is itself
    all that is seen of it.
    """
    found: dict[Path, FileStamp] = {}
    for folder in folders:
        try:
            files = list(files_in(folder))
        except StorageError:  # a build says which
            found[folder] = _UNREADABLE  # so that a folder that can be read again is a change
            continue
        for path in files:
            if path.name.lower().endswith(_SUFFIXES) or path.name == FETCHED:
                try:
                    known = path.stat()
                except OSError:  # it went away meanwhile
                    continue
                found[path] = known.st_size, known.st_mtime_ns
    return found
