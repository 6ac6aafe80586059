"""Where published indexes live: built beside, checked, switched in one atomic step, and read while that happens."""

from indexer.generations.build_status import Stop, end_stop, stop_in, write_stop
from indexer.generations.changelog import Change, ChangeKind, Happened, Log, Switch
from indexer.generations.listing import Kept, kept
from indexer.generations.reader import Reader
from indexer.generations.store import Generation, Shelf
from indexer.generations.verification import UNFOUND
from indexer.generations.writer import Writer, open_writer

__all__ = [
    "UNFOUND",
    "Change",
    "ChangeKind",
    "Generation",
    "Happened",
    "Kept",
    "Log",
    "Reader",
    "Shelf",
    "Stop",
    "Switch",
    "Writer",
    "end_stop",
    "kept",
    "open_writer",
    "stop_in",
    "write_stop",
]
