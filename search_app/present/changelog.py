"""Change log of a generation: each item at its latest change alone.

Who replays the steps from the first to the last, holding an item where it appeared or changed and dropping it where it
went, holds exactly the items of the generation.
"""

# ARCHITECTURE.md: A change feed lists each item at its latest change alone.

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from indexer.generations import Generation
from indexer.generations.changelog import ChangeKind, Switch
from indexer.model import Message, message
from indexer.model.errors import IndexerError

_CURSOR = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})\.([0-9a-f]{8})")

CURSOR = f"^{_CURSOR.pattern}$"
"""Pattern of a cursor, for checking parameters."""


class CursorExpired(IndexerError):  # noqa: N818 - a state, which the asker ends by beginning anew
    """A cursor or generation that a request continues from is gone; ``code`` names which."""

    status = 410

    def __init__(self, code: str, message: Message) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class LatestChange:
    """Latest change of an item, with its time and generation. ``place`` orders the changes."""

    place: tuple[int, int]
    item: str
    kind: ChangeKind
    at: datetime
    generation: str

    @property
    def cursor(self) -> str:
        """The place in the log, and the beginning of the id of its generation."""
        # A log begun anew counts from 1 again: the id tells its cursors from those of the log before.
        switch, change = self.place
        return f"{switch}.{change}.{self.generation[:8]}"


class History:
    """Latest change of each item up to a generation, oldest first.

    ``steps`` are the changes, ``latest`` is the time of each item's change, ``switches`` the number of switches read.
    """

    def __init__(self, switches: Sequence[Switch], generation: Generation) -> None:
        own = [number for number, switch in enumerate(switches, 1) if switch.generation == generation.id]
        # The log may be newer than the generation: its later switches tell of items that are not here.
        told = switches[: own[-1]] if own else switches
        last: dict[str, LatestChange] = {}
        for number, switch in enumerate(told, 1):
            for place, change in enumerate(switch.changes, 1):
                last[change.item] = LatestChange(
                    (number, place), change.item, change.kind, switch.at, switch.generation
                )
        if not told or told[0].previous is not None:  # the log has lost its beginning
            untold = [item.id for item in generation.index.items() if item.id not in last]
            for place, item in enumerate(untold, 1):
                last[item] = LatestChange((0, place), item, ChangeKind.APPEARED, generation.made, generation.id)
        self.steps = tuple(sorted(last.values(), key=lambda step: step.place))
        self.latest: Mapping[str, datetime] = {step.item: step.at for step in self.steps}
        self.switches = len(told)
        # Place 0 holds the items whose appearance the log has lost.
        self._generations = (generation.id, *(switch.generation for switch in told))

    def find(self, cursor: str) -> int:
        """Number of changes up to a cursor; 0 for an empty one.

        Raises:
            CursorExpired: it belongs to another log.
        """
        if not cursor:
            return 0
        read = _CURSOR.fullmatch(cursor)
        switch = int(read[1]) if read else -1
        if not read or switch >= len(self._generations) or not self._generations[switch].startswith(read[3]):
            raise CursorExpired("cursor-gone", message("no-such-place", cursor))
        return bisect_right(self.steps, (switch, int(read[2])), key=lambda step: step.place)
