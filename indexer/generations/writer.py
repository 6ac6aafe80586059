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
    is_of,
    item_texts,
    known_items,
    line_of,
)
from indexer.generations.manifest import FORMAT, Manifest, Pointer, content_of, have_same_content, sha256
from indexer.generations.read_lock import try_exclusive
from indexer.generations.store import TEXTS, IndexStore
from indexer.model import Publication, json
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
def open_writer(shelf: IndexStore, work: str = "build") -> Iterator["Writer"]:
    """The right to write, held by one process at a time and ended with it, however it ends; ``work`` says for what.

    What a writer that died has left behind is put right first.

    Raises:
        Busy: another process writes.
        StorageError: the folder cannot be written.
    """
    with one_at_a_time(shelf.folder, work):
        with storage_errors(shelf.generations):
            shelf.generations.mkdir(exist_ok=True)
            remove_leftovers(shelf.generations)
        writer = Writer(shelf)
        writer.put_right()
        yield writer
        writer.remove_others()


class Writer:
    """What only the holder of the lock may do; made by ``writing``."""

    def __init__(self, shelf: IndexStore) -> None:
        self._shelf = shelf

    def serves(self, id: str) -> Manifest | None:
        """The manifest of this generation where it is served, and whole."""
        pointer = self._pointer()
        return self._whole(id) if pointer and pointer.generation == id else None

    def publish(self, id: str, publication: Publication, pdf_folders: Mapping[str, Path], progress: Progress) -> None:
        """Write a generation, check it, and serve it. One of this id that is there and whole is served as it is.

        Raises:
            StorageError: the disk is full or the folder cannot be written; the generation served stays.
            BadIndex: what the engine wrote does not hold what it was given; the generation served stays.
        """
        if not self._whole(id):
            self._write(id, publication, pdf_folders, progress)
        self._switch(id)

    def roll_back(self) -> str:
        """Serve the newest generation before this one in which readers find something else, and give its id.

        Raises:
            BadIndex: there is none that can be served.
            StorageError: the folder cannot be written.
        """
        pointer = self._shelf.pointer()
        if pointer is None or pointer.previous is None:
            raise BadIndex(
                f"{self._shelf.folder}: there is no generation before this one whose items differ from those that are "
                "served. Nothing was changed. Mend the corpus, and run `indexer build`."
            )
        self._shelf.manifest(pointer.previous)
        self._switch(pointer.previous)
        return pointer.previous

    def put_right(self) -> None:
        """Make the log end with what is served, whenever the writer before died. A damaged log begins anew.

        Raises:
            StorageError: the folder cannot be written.
        """
        file, pointer = self._shelf.log_file, self._pointer()
        with storage_errors(file):
            try:
                last, length = ChangeLog(file, pointer).end()
            except BadIndex:
                file.replace(file.with_suffix(".damaged"))
                last, length = None, 0
            if file.exists() and file.stat().st_size > length:
                with file.open("rb+") as log:
                    log.truncate(length)
                    os.fsync(log.fileno())
        if pointer and not (last and is_of(last, pointer)):
            self._log(pointer, last)

    def remove_others(self) -> None:
        """Remove the generations that are neither served, nor what a rollback goes back to, nor read by anybody.

        Raises:
            StorageError: the folder cannot be written.
        """
        pointer = self._pointer()
        kept = {pointer.generation, pointer.previous} if pointer else set()
        with storage_errors(self._shelf.generations):
            for folder in self._shelf.generations.iterdir():
                if folder.name not in kept and folder.is_dir():
                    with try_exclusive(folder) as free:
                        if free:
                            remove(folder)

    def _pointer(self) -> Pointer | None:
        try:
            return self._shelf.pointer()
        except BadIndex:
            return None

    def _whole(self, id: str) -> Manifest | None:
        try:
            return self._shelf.manifest(id)
        except BadIndex:
            return None

    def _write(self, id: str, publication: Publication, pdf_folders: Mapping[str, Path], progress: Progress) -> None:
        target = self._shelf.generations / id
        folder = temporary_beside(target)
        try:
            with storage_errors(folder):
                (folder / "index").mkdir(parents=True)
                self._shelf.engine.publish(folder / "index", publication, progress)
            # Here, as a build that finds nothing new verifies nothing, and so loads no analysis.
            from indexer.generations.verification import verify

            ledger = verify(self._shelf.engine, folder / "index", publication)
            self._complete(folder, id, replace(publication, ledger=ledger), pdf_folders)
            with storage_errors(target):
                if target.exists():
                    target.rename(target.with_name(f"{id}~{folder.name}"))  # it is damaged, but may be read
                folder.rename(target)
                settle_folder(target.parent)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _complete(self, folder: Path, id: str, publication: Publication, pdf_folders: Mapping[str, Path]) -> None:
        """Write what stands beside the index, the manifest of all files last."""
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
                engine=self._shelf.engine.name,
                code=fingerprint.of_index(),
                items=len(publication.items),
                files=files,
                pdf_folders={body: self._from_here(place) for body, place in pdf_folders.items()},
                content=content_of(publication),
            )
            (folder / "manifest.json").write_bytes(json.encode(manifest))
            settle(folder)

    def _from_here(self, place: Path) -> str:
        try:
            return Path(os.path.relpath(place.resolve(), self._shelf.folder.resolve())).as_posix()
        except ValueError:  # another drive of Windows
            return str(place.resolve())

    def _switch(self, id: str) -> None:
        before = self._pointer()
        if before and before.generation == id:
            after = before  # written again all the same, so that readers look at what was mended
        else:
            after = Pointer(id, self._before(id, before), datetime.now(UTC))
            last, _ = ChangeLog(self._shelf.log_file, before).end()
            self._log(after, last)
        with storage_errors(self._shelf.pointer_file):
            write_whole(self._shelf.pointer_file, json.encode(after))

    def _before(self, id: str, pointer: Pointer | None) -> str | None:
        """The newest of the generations that are kept which has other content than this one."""
        kept = (pointer.generation, pointer.previous) if pointer else ()
        folder = self._shelf.generations
        return next((each for each in kept if each and not have_same_content(folder / each, folder / id)), None)

    def _log(self, pointer: Pointer, last: SwitchHeader | None) -> None:
        """Write the line of the switch to what the pointer names, after the last one; it may be longer than memory."""
        file = self._shelf.log_file
        step = SwitchHeader(pointer.at, pointer.generation, last.generation if last else None)
        after = partial(self._shelf.item_texts, step.generation)
        with storage_errors(file), tempfile.TemporaryFile(prefix=TEMPORARY, dir=file.parent) as line:
            try:
                before = self._shelf.item_texts(step.previous) if step.previous else ()
                line.writelines(line_of(step, changes_between(before, after())))
            except BadIndex:
                line.truncate(0)
                line.seek(0)
                line.writelines(line_of(step, changes_between(known_items(ChangeLog(file, None).switches()), after())))
            line.seek(0)
            with file.open("ab") as log:
                shutil.copyfileobj(line, log)
                log.flush()
                os.fsync(log.fileno())
