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
from typing import TYPE_CHECKING

from indexer.engines.base import MEMORY, Engine, Index
from indexer.generations.manifest import Manifest, Pointer, damage_error, read_manifest
from indexer.generations.read_lock import ReadLock
from indexer.model import Body, Entry, Meeting, Publication, json, message
from indexer.model.errors import BadIndex, NoIndex
from indexer.storage import fingerprint

# A search from the command line needs no change log, and its classes take longer to load than the query to answer.
if TYPE_CHECKING:
    from indexer.generations.changelog import ChangeLog, ItemText

TEXTS = "texts.jsonl"
"""The file of a generation with the texts of its items, for the change log."""

PointerStamp = tuple[int, int, int]
"""State of the pointer file, to be had without reading it: time of writing in nanoseconds, inode, size in bytes."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A published index, opened: its coverage, and the index itself.

    Whoever opened it calls ``close``. Until then it is not removed, whatever is published.

    Attributes:
        id: the name of its folder.
        made: when it was built (UTC).
        served: when it came to be served (UTC).
        bodies: the bodies that it covers.
        meetings: their meetings.
        ledger: the state of each document.
        index: the engine's index.
        pdf_folders: where the PDFs of each body lay when it was built.
        log_file: where the change log lies.
        pointer: what says that it is served.
        lock: the read lock that keeps it from removal.
    """

    id: str
    made: datetime
    served: datetime
    bodies: tuple[Body, ...]
    meetings: tuple[Meeting, ...]
    ledger: tuple[Entry, ...]
    index: Index
    pdf_folders: Mapping[str, Path]
    log_file: Path
    pointer: Pointer
    lock: ReadLock

    @property
    def edition(self) -> str:
        """A name that no other switch has.

        It differs also from that of the same generation when that was served before, as the log has grown since.
        """
        return f"{self.id}-{self.served:%Y%m%d%H%M%S%f}"

    @property
    def log(self) -> "ChangeLog":
        """The change log up to the switch that brought it."""
        from indexer.generations.changelog import ChangeLog

        return ChangeLog(self.log_file, self.pointer)

    def pdf(self, body: str, file: str) -> Path | None:
        """The path of a PDF that the ledger gives to a meeting; None for any other. It may have been moved since."""
        # `file` comes from the address of a request: only what the ledger lists leads to the disk.
        listed = any(entry.body == body and entry.file == file and not entry.is_unassigned for entry in self.ledger)
        return self.pdf_folders[body] / file if listed else None

    def close(self) -> None:
        """Release files and memory."""
        self.index.close()
        # Last: a writer may remove the files once the lock is gone.
        self.lock.close()


class IndexStore:
    """The index folder with the generations of one engine; it need not be there yet.

    ``memory`` is the bound, in bytes, of what an opened index keeps in memory for later queries.
    """

    def __init__(self, folder: Path, engine: Engine, memory: int = MEMORY) -> None:
        self.folder = folder
        self.engine = engine
        self.memory = memory
        self.generations = folder / "generations"
        self.cache = folder / "cache"
        self.pointer_file = folder / "current"
        self.log_file = folder / "changes.jsonl"

    def stamp(self) -> PointerStamp | None:
        """The stamp of the pointer, which changes at each switch; None before the first."""
        try:
            status = self.pointer_file.stat()
        except OSError:
            return None
        # Each switch puts a new file in place: the inode tells two apart that the clock does not.
        return status.st_mtime_ns, status.st_ino, status.st_size

    def pointer(self) -> Pointer | None:
        """The pointer to the served generation; None before the first.

        Raises:
            BadIndex: the pointer cannot be read.
        """
        try:
            return json.decode(self.pointer_file.read_bytes(), Pointer)
        except (FileNotFoundError, NotADirectoryError):
            # Nothing has been published there, which is no damage.
            return None
        except (OSError, json.CodecError) as error:
            raise damage_error(self.pointer_file, str(error)) from error

    def served_pointer(self) -> Pointer:
        """The pointer to the served generation, which must be there.

        Raises:
            NoIndex: nothing has been published yet.
            BadIndex: the pointer cannot be read.
        """
        pointer = self.pointer()
        if pointer is None:
            raise NoIndex(message("nothing-published", str(self.folder)))
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
        # Before anything is read, so that no writer removes the rest meanwhile.
        try:
            lock = ReadLock(folder)
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
                index=self.engine.open(folder / "index", self.memory),
                # A place on another drive is absolute, and stays itself when joined to the folder.
                pdf_folders={body: self.folder / place for body, place in manifest.pdf_folders.items()},
                log_file=self.log_file,
                pointer=pointer,
                lock=lock,
            )
        except BaseException:
            # Also at an interrupt: a lock that stays would keep the generation from removal.
            lock.close()
            raise

    def about(self, id: str) -> Publication:
        """The coverage of a generation, without its items, which are the index's.

        Raises:
            BadIndex: it cannot be read.
        """
        folder = self.generations / id
        try:
            return json.decode((folder / "about.json").read_bytes(), Publication)
        except (OSError, json.CodecError) as error:
            raise damage_error(folder, str(error)) from error

    def manifest(self, id: str) -> Manifest:
        """The manifest of a whole generation of this version of the program.

        Raises:
            BadIndex: the generation is damaged, or was made by another engine or version of the program.
        """
        return read_manifest(self.generations / id, engine=self.engine.name, code=fingerprint.of_index())

    def item_texts(self, id: str) -> "Iterator[ItemText]":
        """The texts of every item of a generation, ascending by item id.

        Raises:
            BadIndex: it cannot be read.
        """
        from indexer.generations.changelog import ItemText

        folder = self.generations / id
        try:
            with (folder / TEXTS).open("rb") as lines:
                for line in lines:
                    yield json.decode(line, ItemText)
        except (OSError, json.CodecError) as error:
            raise damage_error(folder, str(error)) from error
