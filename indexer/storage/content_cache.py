"""What was worked out once, kept by what it depends on, so that it need not be worked out again.

A file holds two lines: a head with a note and the SHA-256 of the second line, which is the content. What is damaged
counts as not there, and is removed. Everything kept may be removed at any time.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from indexer.model import json
from indexer.storage.atomic import remove, remove_leftovers, storage_errors, write_whole


@dataclass(frozen=True, slots=True)
class EntryHeader:
    """The hexadecimal SHA-256 of what is kept, and what can be known of it without reading it."""

    sha256: str
    note: str | None = None


class ContentCache:
    """What one version of the code has made. For one writer at a time.

    Args:
        folder: its own; made when the first thing is kept.
        code: the digest of the code that makes what is kept.
    """

    def __init__(self, folder: Path, code: str) -> None:
        self._folder = folder
        self._here = folder / code[:16]

    def head(self, key: str) -> EntryHeader | None:
        """The head of what is kept by a key; None where nothing is."""
        try:
            with (self._here / key).open("rb") as kept:
                return json.decode(kept.readline(), EntryHeader)
        except (OSError, json.CodecError):
            return None

    def load(self, key: str) -> bytes | None:
        """What is kept by a key; None where nothing is."""
        place = self._here / key
        try:
            head, content = place.read_bytes().splitlines()
            if hashlib.sha256(content).hexdigest() == json.decode(head, EntryHeader).sha256:
                return content
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            pass
        with storage_errors(place):
            place.unlink()
        return None

    def put(self, key: str, content: bytes, note: str | None = None) -> None:
        """Keep something, a line of bytes, by a key that can be a file's name.

        Raises:
            StorageError: the disk is full or the folder cannot be written.
        """
        head = json.encode(EntryHeader(hashlib.sha256(content).hexdigest(), note))
        with storage_errors(self._here):
            self._here.mkdir(parents=True, exist_ok=True)
            write_whole(self._here / key, head + b"\n" + content + b"\n")

    def clean(self, used: Collection[str]) -> None:
        """Remove what a writer that died has left, what other code has made, and all but the keys used.

        Raises:
            StorageError: the folder cannot be written.
        """
        with storage_errors(self._folder):
            if not self._folder.is_dir():
                return
            remove_leftovers(self._folder)
            for folder in self._folder.iterdir():
                if folder != self._here and folder.is_dir():
                    remove(folder)
            if self._here.is_dir():
                remove_leftovers(self._here)
                for file in self._here.iterdir():
                    if file.name not in used:
                        file.unlink()
