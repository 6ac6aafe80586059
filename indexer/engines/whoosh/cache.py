"""Values kept for as long as the memory set aside for them lasts."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cache(Generic[K, V]):
    """Keeps values up to ``limit`` bytes in all; those used least recently go first. Safe with threads."""

    def __init__(self, limit: int, size: Callable[[V], int]) -> None:
        self._limit = limit
        self._size = size
        self._lock = Lock()
        self._values: OrderedDict[K, V] = OrderedDict()
        self.nbytes = 0

    def get(self, key: K) -> V | None:
        """The value kept for a key."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

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
                _, gone = self._values.popitem(last=False)
                self.nbytes -= self._size(gone)
        return value

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._values.clear()
            self.nbytes = 0
