"""Published indexes in their folder.

They are built beside the one that serves, checked, switched in one atomic step, and read while that happens.
What writes or lists them and the change log are imported from ``writer``, ``listing`` and ``changelog``, as a search
does without these.
"""

from indexer.generations.build_status import BuildFailure, clear_failure, read_failure, write_failure
from indexer.generations.reader import Reader
from indexer.generations.store import Generation, IndexStore

__all__ = [
    "BuildFailure",
    "Generation",
    "IndexStore",
    "Reader",
    "clear_failure",
    "read_failure",
    "write_failure",
]
