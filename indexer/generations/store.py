"""The index folder as its readers see it.

::

    index/
      current                 the pointer: which generation is served (replaced in one step)
      changes.jsonl           the change log: one line for each switch
      stopped.json            what keeps builds from publishing, where something does
      lock  holder.json       held while a build writes; who holds it
      generations/<id>/       manifest.json · about.json · texts.jsonl · index/ (the engine's)
      cache/                  what was read from PDFs; may be removed at any time

A generation never changes once it is there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from indexer.engines.base import Engine, Index
from indexer.generations.changelog import ChangeLog, ItemText
from indexer.generations.manifest import Manifest, Pointer, damage_error, read_manifest
from indexer.generations.read_lock import ReadLock
from indexer.model import Body, Entry, Meeting, Publication, json
from indexer.model.errors import BadIndex, NoIndex
from indexer.storage import fingerprint

TEXTS = "texts.jsonl"
"""The file of a generation that says what each item says, for the change log."""

PointerStamp = tuple[int, int, int]
"""What tells one state of the pointer file from another, at the price of one look at the folder."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A published index, opened: what it covers, and the index itself. ``close`` is called by who opened it.

    ``served`` is when it came to be served, ``pdf_folders`` where the PDFs of each body lay when it was built. Until it
    is closed it is not removed, whatever is published.
    """

    id: str
    made: datetime
    served: datetime
    bodies: tuple[Body, ...]
    meetings: tuple[Meeting, ...]
    ledger: tuple[Entry, ...]
    index: Index
    pdf_folders: Mapping[str, Path]
    log: ChangeLog
    held: ReadLock

    @property
    def edition(self) -> str:
        """What tells it from all that was served before, itself included: its log differs where it is served again."""
        return f"{self.id}-{self.served:%Y%m%d%H%M%S%f}"

    def pdf(self, body: str, file: str) -> Path | None:
        """The path of a PDF that the ledger gives to a meeting; None for any other. It may have been moved since."""
        listed = any(entry.body == body and entry.file == file and not entry.is_unassigned for entry in self.ledger)
        return self.pdf_folders[body] / file if listed else None

    def close(self) -> None:
        """Release files and memory."""
        self.index.close()
        self.held.close()


class IndexStore:
    """Where the generations of one engine live: the index folder, which need not be there yet."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self.folder = folder
        self.engine = engine
        self.generations = folder / "generations"
        self.cache = folder / "cache"
        self.pointer_file = folder / "current"
        self.log_file = folder / "changes.jsonl"

    def stamp(self) -> PointerStamp | None:
        """What changes whenever another generation is served; None while there is none."""
        try:
            status = self.pointer_file.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size

    def pointer(self) -> Pointer | None:
        """Which generation is served; None before the first.

        Raises:
            BadIndex: the pointer cannot be read.
        """
        try:
            return json.decode(self.pointer_file.read_bytes(), Pointer)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, json.CodecError) as error:
            raise damage_error(self.pointer_file, str(error)) from error

    def served_pointer(self) -> Pointer:
        """Which generation is served.

        Raises:
            NoIndex: nothing has been published yet.
            BadIndex: the pointer cannot be read.
        """
        pointer = self.pointer()
        if pointer is None:
            raise NoIndex(f"{self.folder}: no index has been published here yet. `indexer build` makes one.")
        return pointer

    def open(self) -> Generation:
        """The generation that is served.

        Raises:
            NoIndex: nothing has been published yet.
            BadIndex: it is damaged, or was made by another version of the program.
        """
        while True:
            pointer = self.served_pointer()
            try:
                return self._open(pointer)
            except BadIndex:
                # Builds may have come and gone since the pointer was read, and have taken the generation away.
                if self.pointer() == pointer:
                    raise

    def _open(self, pointer: Pointer) -> Generation:
        folder = self.generations / pointer.generation
        try:
            held = ReadLock(folder)
        except OSError as error:
            raise damage_error(folder, error.strerror or str(error)) from error
        try:
            manifest = self.manifest(pointer.generation)
            about = self.about(pointer.generation)
            return Generation(
                id=pointer.generation,
                made=manifest.made,
                served=pointer.at,
                bodies=about.bodies,
                meetings=about.meetings,
                ledger=about.ledger,
                index=self.engine.open(folder / "index"),
                pdf_folders={body: self.folder / place for body, place in manifest.pdf_folders.items()},
                log=ChangeLog(self.log_file, pointer),
                held=held,
            )
        except BaseException:
            held.close()
            raise

    def about(self, id: str) -> Publication:
        """What a generation covers, without its items, which are the index's.

        Raises:
            BadIndex: it cannot be read.
        """
        folder = self.generations / id
        try:
            return json.decode((folder / "about.json").read_bytes(), Publication)
        except (OSError, json.CodecError) as error:
            raise damage_error(folder, str(error)) from error

    def manifest(self, id: str) -> Manifest:
        """The manifest of a generation that is whole and of this version of the program.

        Raises:
            BadIndex: it is not.
        """
        return read_manifest(self.generations / id, engine=self.engine.name, code=fingerprint.of_index())

    def item_texts(self, id: str) -> Iterator[ItemText]:
        """What every item of a generation says, by item id.

        Raises:
            BadIndex: it cannot be read.
        """
        folder = self.generations / id
        try:
            with (folder / TEXTS).open("rb") as lines:
                for line in lines:
                    yield json.decode(line, ItemText)
        except (OSError, json.CodecError) as error:
            raise damage_error(folder, str(error)) from error
