"""The Whoosh engine by its port.

The modules that write and those that open an index are loaded only when they are needed: a short command spends most of
its time loading code.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from indexer.engines.base import MEMORY, Progress
from indexer.model import Publication

if TYPE_CHECKING:
    from indexer.engines.whoosh.index import WhooshIndex


class WhooshEngine:
    """The default engine: Whoosh keeps the index, arrays answer queries."""

    name = "whoosh"

    @classmethod
    def load(cls) -> "WhooshEngine":
        """The engine, with the modules that open an index already loaded.

        It is for a service, whose first visitor should not wait for that.
        """
        import indexer.engines.whoosh.index  # noqa: F401 - to have it loaded

        return cls()

    def publish(self, folder: Path, publication: Publication, progress: Progress) -> None:
        """See the port."""
        # Here, as reading needs none of it.
        from indexer.engines.whoosh.publisher import publish

        publish(folder, publication, progress)

    def open(self, folder: Path, memory: int = MEMORY) -> "WhooshIndex":
        """See the port."""
        # Here, as a build that finds nothing new opens none.
        from indexer.engines.whoosh.index import WhooshIndex

        return WhooshIndex(folder, memory)
