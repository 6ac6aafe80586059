"""The generations that lie in an index folder, for those who run the service."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from indexer.generations.changelog import ChangeLog, Switch
from indexer.generations.read_lock import holders, try_exclusive
from indexer.generations.store import IndexStore
from indexer.model.errors import BadIndex

GenerationState = Literal["served", "previous", "held"]


@dataclass(frozen=True, slots=True)
class ListedGeneration:
    """A generation that is there.

    Attributes:
        id: the name of its folder.
        state: ``served``; ``previous`` where a rollback goes back to it; ``held`` where it is neither, and goes with
            the next build after its last reader.
        made: when it was built (UTC).
        served: when it last came to be served (UTC).
        items: the number of its items.
        changes: the number of changes that came with it, by kind.
        held: True where somebody reads it.
        processes: the ids of the processes that read it, where the system tells.
        problem: the reason why it cannot be read; None where it can.
    """

    id: str
    state: GenerationState
    made: datetime | None
    served: datetime | None
    items: int | None
    changes: Mapping[str, int]
    held: bool
    processes: tuple[int, ...]
    problem: str | None


def list_generations(store: IndexStore) -> tuple[ListedGeneration, ...]:
    """List the generations of an index folder, the one that serves first.

    Then come the one that a rollback goes back to, and those that are still read.

    Raises:
        NoIndex: nothing has been published yet.
        BadIndex: the pointer or the change log cannot be read.
    """
    pointer = store.served_pointer()
    # Of a generation that was served several times the latest switch counts.
    arrivals = {switch.generation: switch for switch in ChangeLog(store.log_file, pointer).switches()}
    states: dict[str, GenerationState] = {pointer.generation: "served"}
    if pointer.previous:
        states.setdefault(pointer.previous, "previous")
    for folder in sorted(store.generations.glob("*/manifest.json")):
        states.setdefault(folder.parent.name, "held")
    return tuple(_describe(store, name, state, arrivals.get(name)) for name, state in states.items())


def _describe(store: IndexStore, name: str, state: GenerationState, arrival: Switch | None) -> ListedGeneration:
    folder = store.generations / name
    try:
        manifest, problem = store.manifest(name), None
    except BadIndex as error:
        manifest, problem = None, str(error)
    # The lock that is taken here is exclusive, and so none of those that `holders` counts.
    with try_exclusive(folder) as free:
        return ListedGeneration(
            id=name,
            state=state,
            made=manifest.made if manifest else None,
            served=arrival.at if arrival else None,
            items=manifest.items if manifest else None,
            changes=dict(sorted(Counter(change.kind.value for change in arrival.changes).items())) if arrival else {},
            held=not free,
            processes=holders(folder),
            problem=problem,
        )
