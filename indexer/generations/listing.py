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

    ``state`` is ``previous`` where a rollback goes back to it, and ``held`` where it is neither that nor served: it
    goes with the next build after its last reader. ``served`` is when it last came to be served, ``changes`` counts
    what that did to items, by kind. ``processes`` are those that read it, where the system tells; ``problem`` says why
    it cannot be read, if so.
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


def list_generations(shelf: IndexStore) -> tuple[ListedGeneration, ...]:
    """The generations of an index folder: the one that serves, what a rollback goes back to, and what is read still.

    Raises:
        NoIndex: nothing has been published yet.
        BadIndex: the pointer or the change log cannot be read.
    """
    pointer = shelf.served_pointer()
    arrivals = {switch.generation: switch for switch in ChangeLog(shelf.log_file, pointer).switches()}
    states: dict[str, GenerationState] = {pointer.generation: "served"}
    if pointer.previous:
        states.setdefault(pointer.previous, "previous")
    for folder in sorted(shelf.generations.glob("*/manifest.json")):
        states.setdefault(folder.parent.name, "held")
    return tuple(_kept(shelf, name, state, arrivals.get(name)) for name, state in states.items())


def _kept(shelf: IndexStore, name: str, state: GenerationState, arrival: Switch | None) -> ListedGeneration:
    folder = shelf.generations / name
    try:
        manifest, problem = shelf.manifest(name), None
    except BadIndex as error:
        manifest, problem = None, str(error)
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
