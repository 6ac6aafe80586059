"""Values kept for as long as the memory set aside for them lasts."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class MemoryCache(Generic[K, V]):
    """Keeps values up to ``limit`` bytes in all; the oldest go first. Safe with threads.

    Values are looked up many times for each that is put, so that looking up takes no lock and leaves no trace.
    """

    def __init__(self, limit: int, size: Callable[[V], int]) -> None:
        self._limit = limit
        self._size = size
        self._lock = Lock()
        self._values: dict[K, V] = {}
        self.get = self._values.get
        self.nbytes = 0

    def put(self, key: K, value: V) -> V:
        """Keep a value, unless it is larger than all that may be kept; the value itself."""
        size = self._size(value)
        if size > self._limit:
            return value
        with self._lock:
            if key not in self._values:
                self._values[key] = value
                self.nbytes += size
            while self.nbytes > self._limit:
                self.nbytes -= self._size(self._values.pop(next(iter(self._values))))
        return value

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._values.clear()
            self.nbytes = 0
