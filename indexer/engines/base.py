"""The port: what every engine does, in the fewest verbs.

An engine publishes a whole generation into an empty folder and opens it again for reading. It gets values of the model
and gives values of the model; it never sees a path of the corpus, a template or a request.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from indexer.model import Hit, Item, Publication, Question, Results, Span

Progress = Callable[[int, int], None]
"""Called with the number of items written and the number of items in all."""


MEMORY = 256 * 2**20
"""How many bytes an index may keep of questions for later ones, where nothing else is said."""


class Index(Protocol):
    """An opened generation. It never changes, and may be used by several threads at once."""

    def search(self, question: Question) -> Results:
        """The answer to a question.

        Raises:
            BadQuery: a filter in the question cannot be read.
        """

    def hits_in_order(self, question: Question, places: Sequence[int]) -> tuple[Hit, ...]:
        """The hits of a question in an order that is given: that of these places, which are those of ``items``, from 0.

        What stands at other places is left out; ``offset`` and ``limit`` of the question count what is left.

        Raises:
            BadQuery: a filter in the question cannot be read.
        """

    def item(self, id: str) -> Item | None:
        """The item with this id, or None."""

    def items(self) -> Iterator[Item]:
        """All items, by body, meeting (ordinal) and place in the meeting."""

    def spans(self, question: Question, item: Item) -> Mapping[str, tuple[Span, ...]]:
        """What the words of a question mark in each version of an item, by language, in order.

        Raises:
            BadQuery: a filter in the question cannot be read.
        """

    def similar(self, id: str, limit: int = 5) -> tuple[Hit, ...]:
        """The items most like this one, best first, itself left out; empty where there is no such item."""

    def suggest(self, text: str, limit: int = 8) -> tuple[str, ...]:
        """Completions of what has been typed so far, from the index's terms and headings, most frequent first."""

    @property
    def nbytes(self) -> int:
        """How many bytes of memory are taken by what is kept of questions for later ones."""

    def close(self) -> None:
        """Release files and memory. The index is not used afterwards."""


class Engine(Protocol):
    """A kind of index."""

    name: str

    def publish(self, folder: Path, publication: Publication, progress: Progress) -> None:
        """Write a complete index of the publication into an existing, empty folder.

        Raises:
            StorageError: the disk is full or the folder cannot be written.
        """

    def open(self, folder: Path, memory: int = MEMORY) -> Index:
        """Open what ``publish`` wrote. ``memory`` bounds the ``nbytes`` of the index.

        Raises:
            BadIndex: the folder holds no readable index of this engine.
        """
