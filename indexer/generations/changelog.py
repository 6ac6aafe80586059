"""The change log: the items that each switch of generations made appear, changed and took away.

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
from indexer.model import Item, Kind, json, message


class ChangeKind(StrEnum):
    """Kind of a change that a switch made to an item."""

    APPEARED = "appeared"
    CHANGED = "changed"
    WENT = "went"


@dataclass(frozen=True, slots=True)
class Change:
    """Change of one item: it appeared, its texts changed, or it went.

    Attributes:
        item: its id.
        kind: the kind of the change.
        before: its texts until then, by language; empty where it appeared, and where they are not known.
    """

    item: str
    kind: ChangeKind
    before: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SwitchHeader:
    """A switch from one generation to the next, without its changes.

    Attributes:
        at: when it was made (UTC).
        generation: the id of what is served since.
        previous: the id of what was served before; None for the first switch of a log.
    """

    at: datetime
    generation: str
    previous: str | None


@dataclass(frozen=True, slots=True)
class Switch(SwitchHeader):
    """One line of the change log: a switch with its changes, ascending by item id."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A change and the time of its switch (UTC)."""

    at: datetime
    change: Change


@dataclass(frozen=True, slots=True)
class ItemText:
    """Texts of an item by language, with its id and kind.

    ``kind`` is None, and ``texts`` are empty, where they are not known.
    """

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
        """The last of these switches, and the length of all their lines in bytes.

        Returns:
            The switch, None where there is none, and the length.

        Raises:
            BadIndex: the log is damaged, or cannot be read.
        """
        last, length = None, 0
        for switch, size in self._read():
            last, length = SwitchHeader(switch.at, switch.generation, switch.previous), length + size
        return last, length

    def _read(self) -> Iterator[tuple[Switch, int]]:
        """The switches with the lengths of their lines, one in memory at a time."""
        for number, line in enumerate(_finished_lines(self._file), start=1):
            try:
                switch = json.decode(line, Switch)
            except json.CodecError as error:
                raise damage_error(self._file, message("line-damaged", number, str(error))) from error
            yield switch, len(line)
            if self._served and is_switch_to(switch, self._served):
                return

    @cached_property
    def _last(self) -> Mapping[str, ItemChange]:
        found: dict[str, ItemChange] = {}
        for switch in self.switches():
            # The first switch brought all items, which is news of none.
            if switch.previous is not None:
                found |= {change.item: ItemChange(switch.at, change) for change in switch.changes}
        return found

    def last(self, item: str) -> ItemChange | None:
        """The latest change of an item, also of one that went.

        None where nothing has happened to it since the first switch.

        Raises:
            BadIndex: the log is damaged, or cannot be read.
        """
        return self._last.get(item)


def is_switch_to(header: SwitchHeader, pointer: Pointer) -> bool:
    """Tell if a switch is the one that wrote the pointer."""
    # The time too, as a generation may be served more than once.
    return (header.generation, header.at) == (pointer.generation, pointer.at)


def line_of(header: SwitchHeader, changes: Iterable[Change]) -> Iterator[bytes]:
    """The line of a switch, in pieces."""
    # Piece by piece, as the changes of a switch may not fit into memory.
    yield json.encode(Switch(header.at, header.generation, header.previous, ())).removesuffix(b"]}")
    for number, change in enumerate(changes):
        yield (b"," if number else b"") + json.encode(change)
    yield b"]}\n"


def item_texts(items: Sequence[Item], folder: Path) -> Iterator[ItemText]:
    """The texts of items, ascending by item id; not even their ids are in memory as a whole.

    Raises:
        OSError: the folder, where they are sorted, cannot be written, or the disk is full.
    """
    # Here, as a search asks for no texts, and what makes temporary files takes long to load.
    from indexer.storage.external_sort import SortedLines

    with closing(SortedLines(folder)) as places:
        for place, item in enumerate(items):
            # NUL comes before every byte of an id, so that the lines sort as the ids do.
            places.add(b"%b\0%d" % (item.id.encode(), place))
        for line in places:
            item = items[int(line.rpartition(b"\0")[2])]
            yield ItemText(item.id, item.kind, {version.language: version.text for version in item.versions})


def changes_between(before: Iterable[ItemText], after: Iterable[ItemText]) -> Iterator[Change]:
    """The changes that turn one generation into another, ascending by item id.

    Both are given in this order too, and are never in memory as a whole.
    """
    # The number settles ties between the sides, as texts have no order.
    sides = merge(((each.item, 0, each) for each in before), ((each.item, 1, each) for each in after))
    for item, versions in groupby(sides, key=itemgetter(0)):
        texts = {side: each for _, side, each in versions}
        old, new = texts.get(0), texts.get(1)
        if old is None:
            yield Change(item, ChangeKind.APPEARED)
        elif new is None:
            yield Change(item, ChangeKind.WENT, old.texts)
        elif old != new:
            yield Change(item, ChangeKind.CHANGED, old.texts)


def known_items(switches: Iterable[Switch]) -> Iterator[ItemText]:
    """The items that are there after some switches, without their texts.

    They come ascending by item id.
    """
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
            # A line without an end is one that its writer died over.
            yield from (line for line in log if line.endswith(b"\n"))
    except FileNotFoundError:
        return
    except OSError as error:
        raise damage_error(file, error.strerror or str(error)) from error
