"""The product's engine, loaded before it is measured, as the peers are."""

from importlib.metadata import version
from pathlib import Path

from bench.peers.base import LIMIT
from bench.queries import CLASSES, Asked, Class
from indexer.engines.base import MEMORY, Index
from indexer.engines.whoosh.index import WhooshIndex
from indexer.engines.whoosh.publisher import publish
from indexer.model import Publication, Results
from indexer.query.parser import parse


class Ours:
    """The default engine; equivalent terms are not looked for, since no peer knows any."""

    version = f"on Whoosh {version('whoosh-reloaded')}"
    classes: tuple[Class, ...] = CLASSES

    def build(self, folder: Path, generation: Publication) -> None:
        """See Peer."""
        publish(folder, generation, _unseen)

    def open(self, folder: Path) -> "_Opened":
        """See Peer."""
        return _Opened(WhooshIndex(folder, MEMORY))


def _unseen(done: int, total: int) -> None:
    """Progress that nobody looks at."""


class _Opened:
    def __init__(self, index: Index) -> None:
        self._index = index

    def ask(self, asked: Asked) -> Results:
        return self._index.search(parse(asked.text, limit=LIMIT, equivalents=False))

    def close(self) -> None:
        self._index.close()


ENGINE = Ours()
