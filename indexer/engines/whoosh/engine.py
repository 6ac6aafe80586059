"""The engine by its port; what writes and what opens an index is loaded when it is asked to."""

from pathlib import Path
from typing import TYPE_CHECKING

from indexer.engines.base import MEMORY, Progress
from indexer.model import Publication

if TYPE_CHECKING:
    from indexer.engines.whoosh.index import WhooshIndex


class WhooshEngine:
    """The default engine: Whoosh keeps the index, arrays answer the questions."""

    name = "whoosh"

    @classmethod
    def loaded(cls) -> "WhooshEngine":
        """The engine, with all that opens an index: for a service, whose first visitor should not wait for that."""
        import indexer.engines.whoosh.index  # noqa: F401 - to have it

        return cls()

    def publish(self, folder: Path, publication: Publication, progress: Progress) -> None:
        """See the port."""
        from indexer.engines.whoosh.publisher import publish  # here, as to read needs none of it

        publish(folder, publication, progress)

    def open(self, folder: Path, memory: int = MEMORY) -> "WhooshIndex":
        """See the port."""
        from indexer.engines.whoosh.index import WhooshIndex  # here, as a build that finds nothing new opens none

        return WhooshIndex(folder, memory)
