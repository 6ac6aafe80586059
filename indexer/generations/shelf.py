"""The index folder as its readers see it.

::

    index/
      current                 the pointer: which generation is served (replaced in one step)
      changes.jsonl           one line for each switch: what appeared, changed and went
      lock  holder.json       held while a build writes; who holds it
      generations/<id>/       manifest.json · about.json · fingerprints.json · index/ (the engine's)
      cache/                  what was read from PDFs; may be removed at any time

A generation never changes once it is there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from indexer import codec, sources
from indexer.engines.base import Engine, Index
from indexer.errors import BadIndex, NoIndex
from indexer.generations.records import Manifest, Pointer, Switch, damaged, read_manifest
from indexer.model import Body, Entry, Meeting, Publication

Stamp = tuple[int, int, int]
"""What tells one state of a file that is replaced as a whole from another, at the price of one look at the folder."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A published index, opened: what it covers, and the index itself. ``close`` is called by who opened it.

    ``pdf_folders`` is where the PDFs of each body lay when it was built.
    """

    id: str
    made: datetime
    bodies: tuple[Body, ...]
    meetings: tuple[Meeting, ...]
    ledger: tuple[Entry, ...]
    index: Index
    pdf_folders: Mapping[str, Path]

    def pdf(self, body: str, file: str) -> Path | None:
        """The path of a PDF that the ledger lists; None for any other name. It may have been moved since."""
        listed = any(entry.body == body and entry.file == file for entry in self.ledger)
        return self.pdf_folders[body] / file if listed else None

    def close(self) -> None:
        """Release files and memory."""
        self.index.close()


class Shelf:
    """Where the generations of one engine live: the index folder, which need not be there yet."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self.folder = folder
        self.engine = engine
        self.generations = folder / "generations"
        self.cache = folder / "cache"
        self.pointer_file = folder / "current"
        self.log_file = folder / "changes.jsonl"

    def stamp(self) -> Stamp | None:
        """What changes whenever another generation is served; None while there is none."""
        return _stamp(self.pointer_file)

    def log_stamp(self) -> Stamp | None:
        """What changes whenever the change log is written; None while there is none."""
        return _stamp(self.log_file)

    def pointer(self) -> Pointer | None:
        """Which generation is served; None before the first.

        Raises:
            BadIndex: the pointer cannot be read.
        """
        try:
            return codec.decode(self.pointer_file.read_bytes(), Pointer)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, codec.CodecError) as error:
            raise damaged(self.pointer_file, str(error)) from error

    def open(self) -> Generation:
        """The generation that is served.

        Raises:
            NoIndex: nothing has been published yet.
            BadIndex: it is damaged, or was made by another version of the program.
        """
        while True:
            pointer = self.pointer()
            if pointer is None:
                raise NoIndex(f"{self.folder}: no index has been published here yet. `indexer build` makes one.")
            try:
                return self.open_generation(pointer.generation)
            except BadIndex:
                # Two builds may have come and gone since the pointer was read, and have taken the generation away.
                if self.pointer() == pointer:
                    raise

    def open_generation(self, id: str) -> Generation:
        """A generation by its id, whether it is served or not.

        Raises:
            BadIndex: it is damaged, or was made by another version of the program.
        """
        manifest = self.manifest(id)
        about = self.about(id)
        return Generation(
            id=id,
            made=manifest.made,
            bodies=about.bodies,
            meetings=about.meetings,
            ledger=about.ledger,
            index=self.engine.open(self.generations / id / "index"),
            pdf_folders={body: self.folder / place for body, place in manifest.pdf_folders.items()},
        )

    def about(self, id: str) -> Publication:
        """What a generation covers, without its items, which are the index's.

        Raises:
            BadIndex: it cannot be read.
        """
        folder = self.generations / id
        try:
            return codec.decode((folder / "about.json").read_bytes(), Publication)
        except (OSError, codec.CodecError) as error:
            raise damaged(folder, str(error)) from error

    def manifest(self, id: str) -> Manifest:
        """The manifest of a generation that is whole and of this version of the program.

        Raises:
            BadIndex: it is not.
        """
        return read_manifest(self.generations / id, engine=self.engine.name, code=sources.of_index())

    def fingerprints(self, id: str | None) -> Mapping[str, str]:
        """The fingerprint of every item of a generation by item id; empty where they cannot be read."""
        if id is None:
            return {}
        try:
            return codec.decode((self.generations / id / "fingerprints.json").read_bytes(), dict[str, str])
        except (OSError, codec.CodecError):
            return {}

    def switches(self) -> Iterator[Switch]:
        """The change log, oldest first.

        Raises:
            BadIndex: a line cannot be read.
        """
        for number, line in enumerate(self.log_lines(), start=1):
            try:
                yield codec.decode(line, Switch)
            except codec.CodecError as error:
                raise damaged(self.log_file, f"line {number}: {error}") from error

    def log_lines(self) -> list[bytes]:
        """The finished lines of the change log as they stand in the file."""
        try:
            content = self.log_file.read_bytes()
        except FileNotFoundError:
            return []
        return content[: content.rfind(b"\n") + 1].splitlines(keepends=True)


def _stamp(file: Path) -> Stamp | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size
