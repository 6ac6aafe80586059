"""Content-addressed cache on disk.

What took long to work out is kept by a digest of all that it depends on. An entry is a file of two lines: a header with
a note and the SHA-256 of the second line, and the content. A damaged entry counts as missing, and is removed. The whole
cache may be removed at any time.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from indexer.model import Message, json
from indexer.storage.atomic import remove, remove_leftovers, storage_errors, write_whole


@dataclass(frozen=True, slots=True)
class EntryHeader:
    """Header of an entry: what is known without reading the content.

    Args:
        sha256: hexadecimal digest of the content.
        note: a message for people or None, such as the reason of a failure.
    """

    sha256: str
    note: Message | None = None


class ContentCache:
    """Cache of what one version of the code has made. For one writer at a time.

    Args:
        folder: a folder of its own; made with the first entry.
        code: hexadecimal digest of the code that makes the content.
    """

    def __init__(self, folder: Path, code: str) -> None:
        self._folder = folder
        # 64 bits tell any two versions of the code apart, and names stay short enough for every file system.
        self._here = folder / code[:16]
        # Asked for by this process: the others are what no input needs any more.
        self._used: set[str] = set()
        # A build asks for the header of each entry several times.
        self._headers: dict[str, EntryHeader] = {}

    def head(self, key: str) -> EntryHeader | None:
        """The header of the entry of a key; None where there is none."""
        self._used.add(key)
        if key not in self._headers:
            try:
                with (self._here / key).open("rb") as kept:
                    self._headers[key] = json.decode(kept.readline(), EntryHeader)
            except (OSError, json.CodecError):
                return None
        return self._headers[key]

    def load(self, key: str) -> bytes | None:
        """The content of the entry of a key; None where there is none or it is damaged."""
        place = self._here / key
        self._used.add(key)
        try:
            head, content = place.read_bytes().splitlines()
            if hashlib.sha256(content).hexdigest() == json.decode(head, EntryHeader).sha256:
                return content
        except (OSError, ValueError):
            pass  # damaged or gone: it is removed below, and made again by whoever asked
        self._headers.pop(key, None)
        with storage_errors(place):
            place.unlink(missing_ok=True)
        return None

    def put(self, key: str, content: bytes, note: Message | None = None) -> None:
        """Keep one line of bytes by a key that can be a file name.

        Raises:
            StorageError: the disk is full or the folder cannot be written.
        """
        header = EntryHeader(hashlib.sha256(content).hexdigest(), note)
        with storage_errors(self._here):
            self._here.mkdir(parents=True, exist_ok=True)
            write_whole(self._here / key, json.encode(header) + b"\n" + content + b"\n")
        self._used.add(key)
        self._headers[key] = header

    def clean(self) -> None:
        """Remove all entries that were not asked for; also what other code or a dead writer left.

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
                    if file.name not in self._used:
                        file.unlink()
