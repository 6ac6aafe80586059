"""The change log: what each switch from one generation to the next made appear, changed and took away.

It is a file of JSON Lines, one for each switch, and only grows. The line of a switch is written before the pointer is,
and a reader stops at the line of the switch that brought its generation: so the log is never behind what is served, and
a switch whose writer died before it was done is not seen.
"""

# ARCHITECTURE.md: The change log is written before the pointer.

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from indexer.generations.manifest import Pointer, damage_error
from indexer.model import Item, Kind, json
from indexer.storage.external_sort import SortedLines


class ChangeKind(StrEnum):
    """What a switch did to an item."""

    APPEARED = "appeared"
    CHANGED = "changed"
    WENT = "went"


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one item: it appeared, what it says changed, or it went.

    ``before`` is what it said until then, by language; empty where it appeared, and where that is not known.
    """

    item: str
    kind: ChangeKind
    before: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SwitchHeader:
    """A switch from one generation to the next and when (UTC), without what it changed."""

    at: datetime
    generation: str
    previous: str | None


@dataclass(frozen=True, slots=True)
class Switch(SwitchHeader):
    """One line of the change log: from which generation to which, when, and what that changed, by item id."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A change and when it was served (UTC)."""

    at: datetime
    change: Change


@dataclass(frozen=True, slots=True)
class ItemText:
    """What an item says: its texts by language. ``kind`` is None where what it says is not known."""

    item: str
    kind: Kind | None
    texts: Mapping[str, str]


class ChangeLog:
    """The change log as far as it belongs to what is served.

    Args:
        file: where it lies; it need not be there.
        served: the pointer that says what is served; None to read all.
    """

    def __init__(self, file: Path, served: Pointer | None) -> None:
        self._file = file
        self._served = served

    def switches(self) -> Iterator[Switch]:
        """All switches up to the one that brought what is served, oldest first.

        Raises:
            BadIndex: the log is damaged, or cannot be read.
        """
        return (switch for switch, _ in self._read())

    def end(self) -> tuple[SwitchHeader | None, int]:
        """The last of these switches, if any, and how many bytes of the file belong to them all.

        Raises:
            BadIndex: as above.
        """
        last, length = None, 0
        for switch, size in self._read():
            last, length = SwitchHeader(switch.at, switch.generation, switch.previous), length + size
        return last, length

    def _read(self) -> Iterator[tuple[Switch, int]]:
        """The switches with the lengths of their lines, one held at a time."""
        for number, line in enumerate(_finished_lines(self._file), start=1):
            try:
                switch = json.decode(line, Switch)
            except json.CodecError as error:
                raise damage_error(self._file, f"line {number}: {error}") from error
            yield switch, len(line)
            if self._served and is_of(switch, self._served):
                return

    @cached_property
    def _last(self) -> Mapping[str, ItemChange]:
        found: dict[str, ItemChange] = {}
        for switch in self.switches():
            if switch.previous is not None:
                found |= {change.item: ItemChange(switch.at, change) for change in switch.changes}
        return found

    def last(self, item: str) -> ItemChange | None:
        """The latest that happened to an item, also to one that went; None where nothing has since the first switch.

        Raises:
            BadIndex: the log is damaged, or cannot be read.
        """
        return self._last.get(item)


def is_of(step: SwitchHeader, pointer: Pointer) -> bool:
    """Whether a line of the log tells how what the pointer names came to be served."""
    return (step.generation, step.at) == (pointer.generation, pointer.at)


def line_of(step: SwitchHeader, changes: Iterable[Change]) -> Iterator[bytes]:
    """The line of a switch, in pieces."""
    yield json.encode(Switch(step.at, step.generation, step.previous, ())).removesuffix(b"]}")
    for number, change in enumerate(changes):
        yield (b"," if number else b"") + json.encode(change)
    yield b"]}\n"


def item_texts(items: Sequence[Item], folder: Path) -> Iterator[ItemText]:
    """What items say, by item id; not even their ids are held as a whole.

    Raises:
        OSError: the folder, where they are sorted, cannot be written, or the disk is full.
    """
    with closing(SortedLines(folder)) as places:
        for place, item in enumerate(items):
            places.add(b"%b\0%d" % (item.id.encode(), place))
        for line in places:
            item = items[int(line.rpartition(b"\0")[2])]
            yield ItemText(item.id, item.kind, {version.language: version.text for version in item.versions})


def changes_between(before: Iterable[ItemText], after: Iterable[ItemText]) -> Iterator[Change]:
    """What turns one generation into the other, by item id; both are given by item id, and never held as a whole."""
    sides = merge(((each.item, 0, each) for each in before), ((each.item, 1, each) for each in after))
    for item, found in groupby(sides, key=itemgetter(0)):
        of = {side: each for _, side, each in found}
        was, now = of.get(0), of.get(1)
        if was is None:
            yield Change(item, ChangeKind.APPEARED)
        elif now is None:
            yield Change(item, ChangeKind.WENT, was.texts)
        elif was != now:
            yield Change(item, ChangeKind.CHANGED, was.texts)


def known_items(switches: Iterable[Switch]) -> Iterator[ItemText]:
    """The items that are there after some switches, by item id: what they say is not known."""
    there: dict[str, None] = {}
    for switch in switches:
        for change in switch.changes:
            if change.kind is ChangeKind.WENT:
                there.pop(change.item, None)
            else:
                there[change.item] = None
    yield from (ItemText(item, None, {}) for item in sorted(there))


def _finished_lines(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as log:
            yield from (line for line in log if line.endswith(b"\n"))
    except FileNotFoundError:
        return
    except OSError as error:
        raise damage_error(file, error.strerror or str(error)) from error
