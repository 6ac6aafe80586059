"""Spool of items: a temporary file, so that memory does not grow with them."""

# ARCHITECTURE.md: A build holds the passages of one meeting at a time.

import tempfile
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from itertools import accumulate
from os import SEEK_END
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, overload

from indexer.model import Item, json
from indexer.storage.atomic import TEMPORARY, storage_errors


class Group(NamedTuple):
    """Items that were added together: their place in the file in bytes, and their number."""

    start: int
    length: int


class Spool(AbstractContextManager["Spool"]):
    """A temporary file of items, gone when it is closed or the process ends.

    Raises:
        StorageError: here and in ``add``, where the disk is full or the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with storage_errors(folder):
            self._file = tempfile.TemporaryFile(prefix=TEMPORARY, dir=folder)  # noqa: SIM115 - closed by __exit__

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what a full disk did not take is not needed any more
            self._file.close()

    def add(self, items: Iterable[Item]) -> Group:
        """Write items, behind the offsets of their beginnings and of the end."""
        contents = [json.encode(item) for item in items]
        with storage_errors(self._folder):
            group = Group(self._file.seek(0, SEEK_END), len(contents))
            # Offsets of one group, not of the file: they are read back as they were written, a group at a time.
            self._file.write(array("Q", accumulate(map(len, contents), initial=0)))
            self._file.writelines(contents)
        return group

    def items(self, groups: Iterable[Group]) -> Sequence[Item]:
        """The items of these groups, one after the other."""
        with storage_errors(self._folder):
            self._file.flush()
        return _SpooledItems(_SpooledGroups(self._file, [group for group in groups if group.length]))


class _SpooledGroups:
    """A reader of items by their place in several groups; the offsets of one group are in memory."""

    def __init__(self, file: IO[bytes], groups: Sequence[Group]) -> None:
        self._file = file
        self._groups = groups
        self._firsts = [*accumulate((group.length for group in groups), initial=0)]
        self._loaded = -1  # none

    def __len__(self) -> int:
        return self._firsts[-1]

    def item(self, place: int) -> Item:
        """The item at a place, from 0."""
        number = bisect_right(self._firsts, place) - 1
        if number != self._loaded:  # readers mostly go on in the same group
            self._load(number)
        within = place - self._firsts[number]
        start, end = self._offsets[within], self._offsets[within + 1]
        self._file.seek(self._begin + start)
        return json.decode(self._file.read(end - start), Item)

    def _load(self, number: int) -> None:
        """Read the offsets of a group."""
        group = self._groups[number]
        self._file.seek(group.start)
        self._offsets = array("Q")
        self._offsets.fromfile(self._file, group.length + 1)
        self._begin = self._file.tell()
        self._loaded = number


class _SpooledItems(Sequence[Item]):
    """The items of a spool as a sequence; a slice of it reads nothing."""

    def __init__(self, read: _SpooledGroups, shown: range | None = None) -> None:
        self._read = read
        self._shown = range(len(read)) if shown is None else shown

    def __len__(self) -> int:
        return len(self._shown)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        if isinstance(place, slice):
            return _SpooledItems(self._read, self._shown[place])
        return self._read.item(self._shown[place])
