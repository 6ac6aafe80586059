"""A service's view of the index: always the newest generation, never two within one answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from indexer.generations.build_status import BuildFailure, read_failure
from indexer.generations.store import Generation, IndexStore, PointerStamp
from indexer.model.errors import IndexerError


@dataclass(slots=True)
class _OpenGeneration:
    generation: Generation
    stamp: PointerStamp | None
    holders: int = 0


class Reader:
    """Hands out the generation that is served, to many threads at once.

    A new one is noticed by a look at the pointer file on each ``hold``; one thread opens it while the others go on with
    the old, which is closed when the last has let go. Where the new one cannot be opened, the old one stays, and
    ``problem`` says why.
    """

    def __init__(self, shelf: IndexStore) -> None:
        self._shelf = shelf
        self._guard = Lock()
        self._opening = Lock()
        self._held: _OpenGeneration | None = None
        self._seen: PointerStamp | None = None
        self.problem: IndexerError | None = None

    @contextmanager
    def hold(self) -> Iterator[Generation]:
        """The generation to answer one request from, from the first look to the last word.

        Raises:
            NoIndex: nothing has been published yet.
            BadIndex: the generation served is damaged or of another version, and none is open that could stand in.
        """
        held = self._take()
        try:
            yield held.generation
        finally:
            self._let_go(held)

    def stop(self) -> BuildFailure | None:
        """What keeps builds from publishing a newer one; None where nothing is known to."""
        return read_failure(self._shelf.folder)

    def close(self) -> None:
        """Close what is open, at once where nobody holds it."""
        with self._guard:
            old, self._held, self._seen = self._held, None, None
            idle = old is not None and old.holders == 0
        if old and idle:
            old.generation.close()

    def _take(self) -> _OpenGeneration:
        stamp = self._shelf.stamp()
        while True:
            with self._guard:
                held = self._held
                if held and stamp in (self._seen, None):
                    held.holders += 1
                    return held
            if self._opening.acquire(blocking=held is None):
                try:
                    self._renew(stamp)
                finally:
                    self._opening.release()
            stamp = None  # whatever is open now is new enough, or as new as can be had

    def _renew(self, stamp: PointerStamp | None) -> None:
        with self._guard:
            if self._held and stamp == self._seen:
                return
        try:
            opened = _OpenGeneration(self._shelf.open(), stamp)
        except IndexerError as error:
            with self._guard:
                self._seen, self.problem = stamp, error
                if self._held is None:
                    raise
            return
        with self._guard:
            old, self._held, self._seen, self.problem = self._held, opened, stamp, None
            idle = old is not None and old.holders == 0
        if old and idle:
            old.generation.close()

    def _let_go(self, held: _OpenGeneration) -> None:
        with self._guard:
            held.holders -= 1
            done = held.holders == 0 and held is not self._held
        if done:
            held.generation.close()
