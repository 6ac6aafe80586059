"""Serve the last generation in which readers find something else.

Builds that changed nothing of that are passed over, such as one after a file was laid in that nothing was read from. A
second call takes the first back. The next build publishes what the corpus holds again.
"""

import argparse

from indexer.cli.console import show
from indexer.cli.options import add_index, index_store
from indexer.generations.writer import open_writer


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
