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
    """An open generation and the number of its holders.

    ``stamp`` is the pointer's, as it was before the generation was opened.
    """

    generation: Generation
    stamp: PointerStamp | None
    holders: int = 0


class Reader:
    """Hands out the generation that is served, to many threads at once.

    A new one is noticed by a look at the pointer file on each ``hold``; one thread opens it while the others go on with
    the old, which is closed when the last has let go. Where the new one cannot be opened, the old one stays, and
    ``problem`` says why.
    """

    def __init__(self, store: IndexStore) -> None:
        self._store = store
        # Two locks: who only takes what is open waits for `_guard`, and never for the thread that opens a generation.
        self._guard = Lock()
        self._opening = Lock()
        self._current: _OpenGeneration | None = None
        self._stamp: PointerStamp | None = None
        self.problem: IndexerError | None = None

    @contextmanager
    def hold(self) -> Iterator[Generation]:
        """Give the generation that answers one request, from its first use to the end.

        Raises:
            NoIndex: nothing has been published yet.
            BadIndex: the generation served is damaged or of another version, and none is open that could stand in.
        """
        taken = self._take()
        try:
            yield taken.generation
        finally:
            self._let_go(taken)

    def stop(self) -> BuildFailure | None:
        """The failure that keeps builds from publishing; None where none is known."""
        return read_failure(self._store.folder)

    def close(self) -> None:
        """Close what is open, at once where nobody holds it."""
        with self._guard:
            old, self._current, self._stamp = self._current, None, None
            idle = old is not None and old.holders == 0
        if old and idle:
            old.generation.close()

    def _take(self) -> _OpenGeneration:
        stamp = self._store.stamp()
        while True:
            with self._guard:
                taken = self._current
                if taken and stamp in (self._stamp, None):
                    taken.holders += 1
                    return taken
            # Only a thread with nothing to answer from waits for the one that opens.
            if self._opening.acquire(blocking=taken is None):
                try:
                    self._renew(stamp)
                finally:
                    self._opening.release()
            stamp = None  # whatever is open now is new enough, or as new as can be had

    def _renew(self, stamp: PointerStamp | None) -> None:
        with self._guard:
            # Another thread has opened it since this one looked.
            if self._current and stamp == self._stamp:
                return
        try:
            opened = _OpenGeneration(self._store.open(), stamp)
        except IndexerError as error:
            with self._guard:
                # The stamp is noted here too: what is damaged is not opened anew for each request.
                self._stamp, self.problem = stamp, error
                if self._current is None:
                    raise
            return
        with self._guard:
            old, self._current, self._stamp, self.problem = self._current, opened, stamp, None
            idle = old is not None and old.holders == 0
        if old and idle:
            old.generation.close()

    def _let_go(self, taken: _OpenGeneration) -> None:
        with self._guard:
            taken.holders -= 1
            # The one that is served stays open for the next request.
            done = taken.holders == 0 and taken is not self._current
        if done:
            taken.generation.close()
