"""Publishing: one writer at a time builds a generation beside the others, checks it, and switches in one step."""

# ARCHITECTURE.md: A switch is one atomic step.

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from indexer.engines.base import Progress
from indexer.generations.changelog import (
    ChangeLog,
    SwitchHeader,
    changes_between,
    is_switch_to,
    item_texts,
    known_items,
    line_of,
)
from indexer.generations.manifest import FORMAT, Manifest, Pointer, content_of, have_same_content, sha256
from indexer.generations.read_lock import try_exclusive
from indexer.generations.store import TEXTS, IndexStore
from indexer.model import Publication, json, message
from indexer.model.errors import BadIndex
from indexer.storage import fingerprint
from indexer.storage.atomic import (
    TEMPORARY,
    remove,
    remove_leftovers,
    settle,
    settle_folder,
    storage_errors,
    temporary_beside,
    write_whole,
)
from indexer.storage.lock import one_at_a_time


@contextmanager
def open_writer(store: IndexStore, work: str = "build") -> Iterator["Writer"]:
    """Give the right to write, which one process has at a time.

    It ends with the process, however that ends. What a writer that died has left behind is put right first.

    Args:
        store: the index folder.
        work: the name of the work, for those who come meanwhile.

    Raises:
        Busy: another process writes.
        StorageError: the folder cannot be written.
    """
    with one_at_a_time(store.folder, work):
        with storage_errors(store.generations):
            store.generations.mkdir(exist_ok=True)
            remove_leftovers(store.generations)
        writer = Writer(store)
        # Before any switch, which adds to the end of the log.
        writer.put_right()
        yield writer
        writer.remove_others()


class Writer:
    """Publishes, rolls back and cleans up under the lock; made by ``open_writer``."""

    def __init__(self, store: IndexStore) -> None:
        self._store = store

    def serves(self, id: str) -> Manifest | None:
        """The manifest of this generation; None unless it is served, and whole."""
        pointer = self._pointer()
        return self._whole_manifest(id) if pointer and pointer.generation == id else None

    def write(self, id: str, publication: Publication, pdf_folders: Mapping[str, Path], progress: Progress) -> None:
        """Write a generation and check it, unless one of this id is there and whole.

        Raises:
            StorageError: the disk is full or the folder cannot be written.
            BadIndex: what the engine wrote does not hold what it was given.
        """
        if not self._whole_manifest(id):
            self._write(id, publication, pdf_folders, progress)

    def publish(self, id: str) -> None:
        """Serve a generation that was written.

        Raises:
            StorageError: the disk is full or the folder cannot be written; the generation served stays.
        """
        self._switch(id)

    def roll_back(self) -> str:
        """Serve the newest earlier generation that differs for readers, and give its id.

        Raises:
            BadIndex: there is none that can be served.
            StorageError: the folder cannot be written.
        """
        pointer = self._store.pointer()
        if pointer is None or pointer.previous is None:
            raise BadIndex(message("nothing-before", str(self._store.folder)))
        # It raises where the generation is damaged: only what is whole may be served.
        self._store.manifest(pointer.previous)
        self._switch(pointer.previous)
        return pointer.previous

    def put_right(self) -> None:
        """Make the log end with what is served, whenever the writer before died.

        A damaged log is set aside, and begins anew.

        Raises:
            StorageError: the folder cannot be written.
        """
        file, pointer = self._store.log_file, self._pointer()
        with storage_errors(file):
            try:
                last, length = ChangeLog(file, pointer).end()
            except BadIndex:
                # Set aside, not removed: it holds texts that no generation has any more.
                file.replace(file.with_suffix(".damaged"))
                last, length = None, 0
            # What follows is half a line, or tells of a switch that never happened: no line may be added to it.
            if file.exists() and file.stat().st_size > length:
                with file.open("rb+") as log:
                    log.truncate(length)
                    os.fsync(log.fileno())
        if pointer and not (last and is_switch_to(last, pointer)):
            self._append_switch(pointer, last)

    def remove_others(self) -> None:
        """Remove the generations that nobody needs any more.

        These are neither served, nor what a rollback goes back to, nor read by anybody.

        Raises:
            StorageError: the folder cannot be written.
        """
        pointer = self._pointer()
        kept = {pointer.generation, pointer.previous} if pointer else set()
        with storage_errors(self._store.generations):
            for folder in self._store.generations.iterdir():
                if folder.name not in kept and folder.is_dir():
                    # Removed under the lock, so that no reader takes it up in between.
                    with try_exclusive(folder) as free:
                        if free:
                            remove(folder)

    def _pointer(self) -> Pointer | None:
        try:
            return self._store.pointer()
        except BadIndex:
            # As before the first build: the next switch writes the pointer anew.
            return None

    def _whole_manifest(self, id: str) -> Manifest | None:
        try:
            return self._store.manifest(id)
        except BadIndex:
            # As if it were not there, so that a build makes it anew.
            return None

    def _write(self, id: str, publication: Publication, pdf_folders: Mapping[str, Path], progress: Progress) -> None:
        target = self._store.generations / id
        folder = temporary_beside(target)
        try:
            with storage_errors(folder):
                (folder / "index").mkdir(parents=True)
                self._store.engine.publish(folder / "index", publication, progress)
            # Here, as a build that finds nothing new verifies nothing, and so loads no analysis.
            from indexer.generations.verification import verify

            ledger = verify(self._store.engine, folder / "index", publication)
            self._complete(folder, id, replace(publication, ledger=ledger), pdf_folders)
            with storage_errors(target):
                if target.exists():
                    target.rename(target.with_name(f"{id}~{folder.name}"))  # it is damaged, but may be read
                folder.rename(target)
                settle_folder(target.parent)
        finally:
            # After success nothing has this name any more; after a failure the disk may be full.
            shutil.rmtree(folder, ignore_errors=True)

    def _complete(self, folder: Path, id: str, publication: Publication, pdf_folders: Mapping[str, Path]) -> None:
        """Write the files beside the index, the manifest of all files last."""
        with storage_errors(folder):
            about = Publication(publication.bodies, publication.meetings, (), publication.ledger)
            (folder / "about.json").write_bytes(json.encode(about))
            with (folder / TEXTS).open("wb") as texts:
                texts.writelines(json.encode(each) + b"\n" for each in item_texts(publication.items, folder))
            files = {
                path.relative_to(folder).as_posix(): sha256(path, folder)
                for path in sorted(folder.rglob("*"))
                if path.is_file()
            }
            manifest = Manifest(
                format=FORMAT,
                id=id,
                made=datetime.now(UTC),
                engine=self._store.engine.name,
                code=fingerprint.of_index(),
                items=len(publication.items),
                files=files,
                pdf_folders={body: self._relative_place(place) for body, place in pdf_folders.items()},
                content=content_of(publication),
            )
            (folder / "manifest.json").write_bytes(json.encode(manifest))
            # Before the folder gets its name: a name whose content is not on the disk is damage after a power failure.
            settle(folder)

    def _relative_place(self, place: Path) -> str:
        # Relative where that is possible, so that the index and its PDFs may be moved together.
        try:
            return Path(os.path.relpath(place.resolve(), self._store.folder.resolve())).as_posix()
        except ValueError:  # another drive of Windows
            return str(place.resolve())

    def _switch(self, id: str) -> None:
        before = self._pointer()
        if before and before.generation == id:
            after = before  # written again all the same, so that readers look at what was mended
        else:
            after = Pointer(id, self._rollback_target(id, before), datetime.now(UTC))
            last, _ = ChangeLog(self._store.log_file, before).end()
            # The log first: a line that the pointer does not reach yet is not read.
            self._append_switch(after, last)
        with storage_errors(self._store.pointer_file):
            write_whole(self._store.pointer_file, json.encode(after))

    def _rollback_target(self, id: str, pointer: Pointer | None) -> str | None:
        """The newest of the kept generations whose content differs from this one's; None where none does."""
        kept = (pointer.generation, pointer.previous) if pointer else ()
        folder = self._store.generations
        return next((each for each in kept if each and not have_same_content(folder / each, folder / id)), None)

    def _append_switch(self, pointer: Pointer, last: SwitchHeader | None) -> None:
        """Append the line of a switch to the log.

        Args:
            pointer: names what is served after the switch.
            last: the switch before; None for the first.
        """
        file = self._store.log_file
        header = SwitchHeader(pointer.at, pointer.generation, last.generation if last else None)
        after = partial(self._store.item_texts, header.generation)
        # Made in a file, as it may be longer than memory, and as a failure halfway must add nothing to the log.
        with storage_errors(file), tempfile.TemporaryFile(prefix=TEMPORARY, dir=file.parent) as line:
            try:
                before = self._store.item_texts(header.previous) if header.previous else ()
                line.writelines(line_of(header, changes_between(before, after())))
            except BadIndex:
                # The generation before is damaged or gone: the log tells its items, though not their texts.
                line.truncate(0)
                line.seek(0)
                known = known_items(ChangeLog(file, None).switches())
                line.writelines(line_of(header, changes_between(known, after())))
            line.seek(0)
            with file.open("ab") as log:
                shutil.copyfileobj(line, log)
                log.flush()
                # On the disk before the pointer is, or a power failure could leave the log behind what is served.
                os.fsync(log.fileno())
