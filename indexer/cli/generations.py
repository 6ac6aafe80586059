"""List the published generations: which serves, since when, what it changed, and who reads it.

The one that serves is kept, and the `previous` one, to which `indexer rollback` goes back: the newest before it whose
items differ. Any other is kept only while somebody reads it.
"""

import argparse

from indexer.cli.console import show_bytes, show_table
from indexer.cli.options import add_index, add_json, index_store
from indexer.generations.listing import ListedGeneration, list_generations
from indexer.model import json

_COLUMNS = ("generation", "state", "made (UTC)", "served since (UTC)", "items", "changes", "read by", "remarks")
_TIME = "%Y-%m-%d %H:%M:%S"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    add_index(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the generations, the one that serves first."""
    where = index_store(options)
    if options.json:
        for each in list_generations(where):
            show_bytes(json.encode(each))
    else:
        show_table(str(where.folder), _COLUMNS, map(_row, list_generations(where)))
    return 0


def _row(each: ListedGeneration) -> tuple[str, ...]:
    return (
        each.id,
        each.state,
        f"{each.made:{_TIME}}" if each.made else "",
        f"{each.served:{_TIME}}" if each.served else "",
        "" if each.items is None else str(each.items),
        ", ".join(f"{count} {kind}" for kind, count in each.changes.items()),
        ", ".join(f"process {number}" for number in each.processes) or ("a process" if each.held else "nobody"),
        each.problem or "",
    )
