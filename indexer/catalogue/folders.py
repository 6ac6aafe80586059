"""Walk of the files that people have laid into a folder.

What is hidden, thrown away or a system's own is left alone.

Sources of the names: the specification of waste baskets of freedesktop.org (``.Trash-1000``), which are hidden, and
what Windows (``$RECYCLE.BIN``), servers of files (``#recycle``, ``@Recycle``, ``@eaDir``) and file systems
(``lost+found``) make by themselves.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from indexer.model import message
from indexer.model.errors import StorageError

_LEFT_ALONE = (".", "~", "$", "#", "@")
"""Beginnings of the names of folders that are left alone."""

# Case-folded, as the systems that make them do not tell cases apart.
_OF_SYSTEMS = frozenset({"lost+found", "recycled", "recycler", "system volume information", "__macosx"})

# What file managers and word processors leave behind.
_HIDDEN = (".", "~")
"""Beginnings of the names of files that are left alone."""


def is_left_alone(folder: str) -> bool:
    """Tell whether a folder of this name holds nothing laid there to be read."""
    return folder.startswith(_LEFT_ALONE) or folder.casefold() in _OF_SYSTEMS


def files_in(folder: Path) -> Iterator[Path]:
    """The files in a folder and in those within it, in no order.

    Links are followed. There are none where the folder is not there.

    Raises:
        StorageError: a folder cannot be read, so that nobody can say what is in it.
    """
    return _files_in(folder, ())


def pdfs_in(folder: Path) -> list[Path]:
    """The PDFs in a folder and in those within it, by name.

    Raises:
        StorageError: as ``files_in``.
    """
    return sorted(filter(is_pdf, files_in(folder)))


def is_pdf(path: Path) -> bool:
    """Tell whether a path is named as a PDF that people have laid there."""
    return path.suffix.lower() == ".pdf" and not path.name.startswith(_HIDDEN)


def unreadable(folder: Path, error: OSError) -> StorageError:
    """The error of a folder of the corpus that cannot be read."""
    return StorageError(message("folder-unreadable", str(folder), error.strerror or str(error)))


def _files_in(folder: Path, above: tuple[str, ...]) -> Iterator[Path]:
    """The files in a folder; ``above`` are the real paths of the folders that led to it."""
    here = os.path.realpath(folder)
    if here in above:  # a link leads back to where it was found
        return
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, _is_folder(entry)) for entry in entries]
    except (FileNotFoundError, NotADirectoryError):  # also one that went away meanwhile
        return
    except OSError as error:
        raise unreadable(folder, error) from error
    for name, is_folder in found:
        if not is_folder and not name.startswith(_HIDDEN):
            yield folder / name
        elif is_folder and not is_left_alone(name):
            yield from _files_in(folder / name, (*above, here))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry is a folder, or a link to one."""
    # Not ``DirEntry.is_dir`` for links, which would raise for one that leads in a circle.
    return Path(entry.path).is_dir() if entry.is_symlink() else entry.is_dir()
