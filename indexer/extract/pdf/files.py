"""Files of PDFs: their names in print, their digests, and reasons why they cannot be read."""

import os
from pathlib import Path

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
            raise PdfError(f"{name} is a folder. Name the PDF files in it.")
        if not path.exists():
            raise PdfError(f"{name} does not exist. Check the path, or fetch the document.")
        if not path.is_file():
            raise PdfError(f"{name} is no ordinary file. Copy the PDF to a file and use that.")
        if not path.stat().st_size:
            raise PdfError(f"{name} is empty (0 bytes). Fetch it again.")
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
        return PdfError(f"{name} may not be read by this user. Change its permissions (chmod u+r) or its owner.")
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return PdfError(f"{name} cannot be read: {why}. Check the disk and the path.")
