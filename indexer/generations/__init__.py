"""Where published indexes live: built beside, checked, switched in one atomic step, and read while that happens."""

from indexer.generations.reader import Reader
from indexer.generations.records import Change, ChangeKind, Switch
from indexer.generations.shelf import Generation, Shelf
from indexer.generations.writing import Writer, writing

__all__ = ["Change", "ChangeKind", "Generation", "Reader", "Shelf", "Switch", "Writer", "writing"]
