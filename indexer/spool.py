"""Items set down in a file while they are made, and read back one by one: so that memory does not grow with them."""

import tempfile
from array import array
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, overload

from indexer import codec
from indexer.model import Item
from indexer.storage import TEMPORARY, storage_errors


class Spool(AbstractContextManager["Spool"]):
    """A file of items, which is gone with this, or with the process.

    Raises:
        StorageError: here and in ``add``, where the disk is full or the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with storage_errors(folder):
            self._file = tempfile.TemporaryFile(prefix=TEMPORARY, dir=folder)  # noqa: SIM115 - closed by __exit__
        self._ends = array("Q", [0])

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what a full disk did not take is not needed any more
            self._file.close()

    def add(self, items: Iterable[Item]) -> range:
        """Set items down; their places."""
        first = len(self._ends) - 1
        with storage_errors(self._folder):
            for item in items:
                self._ends.append(self._ends[-1] + self._file.write(codec.encode(item)))
        return range(first, len(self._ends) - 1)

    def items(self, places: Iterable[range]) -> Sequence[Item]:
        """The items in these places, one after the other. Nothing is added afterwards."""
        with storage_errors(self._folder):
            self._file.flush()
        return _Items(self._file, self._ends, array("Q", (place for each in places for place in each)))


class _Items(Sequence[Item]):
    def __init__(self, file: IO[bytes], ends: Sequence[int], places: Sequence[int]) -> None:
        self._file = file
        self._ends = ends
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        if isinstance(place, slice):
            return _Items(self._file, self._ends, self._places[place])
        start, end = self._ends[self._places[place]], self._ends[self._places[place] + 1]
        self._file.seek(start)
        return codec.decode(self._file.read(end - start), Item)
