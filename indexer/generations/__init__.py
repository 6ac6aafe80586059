"""Published indexes in their folder.

They are built beside the one that serves, checked, switched in one atomic step, and read while that happens.
"""

from indexer.generations.build_status import BuildFailure, clear_failure, read_failure, write_failure
from indexer.generations.changelog import Change, ChangeKind, ChangeLog, ItemChange, Switch
from indexer.generations.listing import ListedGeneration, list_generations
from indexer.generations.reader import Reader
from indexer.generations.store import Generation, IndexStore
from indexer.generations.writer import Writer, open_writer

__all__ = [
    "BuildFailure",
    "Change",
    "ChangeKind",
    "ChangeLog",
    "Generation",
    "IndexStore",
    "ItemChange",
    "ListedGeneration",
    "Reader",
    "Switch",
    "Writer",
    "clear_failure",
    "list_generations",
    "open_writer",
    "read_failure",
    "write_failure",
]
