"""Port of the engines: the few methods that each of them has.

An engine publishes a whole generation into an empty folder and opens it again for reading. It gets values of the model
and gives values of the model; it never sees a path of the corpus, a template or a request.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from indexer.model import Completion, Hit, Item, Publication, Query, Results, Span

Progress = Callable[[int, int], None]
"""Callback with the number of items written and the number of items in all."""


# Meant for a service, which is asked the same words again and again. The verification of a new generation passes far
# less, since it asks for hardly anything twice.
MEMORY = 256 * 2**20
"""Default bound of an index's caches, in bytes."""


class Index(Protocol):
    """An opened generation. It never changes, and may be used by several threads at once."""

    def search(self, query: Query) -> Results:
        """Results of a query: hits, counts, facets and notes.

        ``offset`` and ``limit`` count full matches and the partial ones behind them as one list.

        Raises:
            BadQuery: a filter in the query cannot be read.
        """

    # An engine does not know the change log, so that the feed of a query passes in its order: latest change first.
    def hits_in_order(self, query: Query, places: Sequence[int]) -> tuple[Hit, ...]:
        """Hits of a query in a given order.

        Args:
            query: its ``offset`` and ``limit`` count only what ``places`` leaves.
            places: places of items in ``items``, from 0, in the order wanted. Items at other places are left out.

        Raises:
            BadQuery: a filter in the query cannot be read.
        """

    def item(self, id: str) -> Item | None:
        """The item with this id, or None."""

    def items(self) -> Iterator[Item]:
        """All items, by body, meeting (ordinal) and place in the meeting."""

    def spans(self, query: Query, item: Item) -> Mapping[str, tuple[Span, ...]]:
        """Highlights of a query in an item: by language, in the order of the text.

        Raises:
            BadQuery: a filter in the query cannot be read.
        """

    def similar(self, id: str, limit: int = 5) -> tuple[Hit, ...]:
        """The items most like this one, best first.

        The item itself is left out; empty where there is no such item.
        """

    def suggest(self, text: str, limit: int = 8) -> tuple[Completion, ...]:
        """Completions of the query typed so far, of which each finds something; see ``search.completion``."""

    @property
    def nbytes(self) -> int:
        """Memory taken by the caches, in bytes."""

    def close(self) -> None:
        """Release files and memory. The index is not used afterwards."""


class Engine(Protocol):
    """A kind of index, with its name."""

    name: str

    def publish(self, folder: Path, publication: Publication, progress: Progress) -> None:
        """Write a complete index of the publication into an existing, empty folder.

        Raises:
            StorageError: the disk is full or the folder cannot be written.
        """

    def open(self, folder: Path, memory: int = MEMORY) -> Index:
        """Open the index that ``publish`` wrote.

        Args:
            folder: the folder given to ``publish``.
            memory: bound of the index's ``nbytes``.

        Raises:
            BadIndex: the folder holds no readable index of this engine.
        """
