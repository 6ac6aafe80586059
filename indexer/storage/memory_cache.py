"""In-memory cache, bounded in bytes."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class MemoryCache(Generic[K, V]):
    """Cache of up to ``limit`` bytes; the oldest values go first. Safe with threads.

    Args:
        limit: bytes that all values may take together.
        size: the bytes of one value, as a good estimate.
    """

    def __init__(self, limit: int, size: Callable[[V], int]) -> None:
        self._limit = limit
        self._size = size
        self._lock = Lock()
        self._values: dict[K, V] = {}
        # Values are looked up many times for each that is put: ``get`` takes no lock and leaves no trace of use.
        self.get = self._values.get
        self.nbytes = 0

    def put(self, key: K, value: V) -> V:
        """Keep a value unless it is larger than the limit; returns the value."""
        size = self._size(value)
        if size > self._limit:
            return value
        with self._lock:
            if key not in self._values:  # another thread may have put it in the meantime: it counts once
                self._values[key] = value
                self.nbytes += size
            while self.nbytes > self._limit:
                self.nbytes -= self._size(self._values.pop(next(iter(self._values))))
        return value

    def clear(self) -> None:
        """Remove all values."""
        with self._lock:
            self._values.clear()
            self.nbytes = 0
