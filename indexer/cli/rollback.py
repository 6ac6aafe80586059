"""Serve the last generation whose items differ from what is served.

Builds that changed no item, as where a file was laid in that nothing was read from, are passed over. A second call
takes the first back. The next build publishes what the corpus holds again.
"""

import argparse

from indexer.cli.console import show
from indexer.cli.options import add_index, index_store
from indexer.generations import open_writer


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    add_index(parser)


def run(options: argparse.Namespace) -> int:
    """Go back, and say to what."""
    where = index_store(options)
    where.served_pointer()  # else the lock would make a folder where there is no index
    with open_writer(where, "rollback") as writer:
        generation = writer.roll_back()
    show(f"Serving generation {generation} again.")
    return 0
