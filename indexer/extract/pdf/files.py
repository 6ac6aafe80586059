"""Files of PDFs: their names in print, their digests, and reasons why they cannot be read."""

import os
from pathlib import Path

from indexer.model import message
from indexer.model.errors import PdfError
from indexer.storage.digest import file_sha256


def printable(path: Path) -> str:
    """The name of a file as it can be shown and stored: U+FFFD stands for what is no text."""
    # Signs that print nothing or turn the direction of writing could pass one name off as another.
    name = os.fsencode(path.name or str(path)).decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)


def check_file(path: Path) -> None:
    """Check that there is a file with something in it.

    Raises:
        PdfError: there is none, or it is empty.
    """
    name = printable(path)
    try:
        if path.is_dir():
            raise PdfError(message("file-is-folder", name))
        if not path.exists():
            raise PdfError(message("file-missing", name))
        if not path.is_file():
            raise PdfError(message("file-not-ordinary", name))
        if not path.stat().st_size:
            raise PdfError(message("file-empty", name))
    except (OSError, ValueError) as error:  # ValueError: a path that no system takes, as one with a zero byte
        raise unreadable(path, error) from error


def sha256(path: Path) -> str:
    """The SHA-256 of a file, hexadecimal.

    Raises:
        PdfError: the file cannot be read.
    """
    check_file(path)
    try:
        return file_sha256(path)
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: Exception) -> PdfError:
    """The error for a file that the system does not let us read."""
    name = printable(path)
    if isinstance(error, PermissionError):
        return PdfError(message("file-forbidden", name))
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return PdfError(message("file-unreadable", name, why))
