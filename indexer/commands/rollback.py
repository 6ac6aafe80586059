"""Serve the generation that was served before.

The next build publishes what the corpus holds again. Two generations are kept, so a second call takes the first back.
"""

import argparse

from indexer.commands.places import add_index, shelf
from indexer.console import show
from indexer.generations import writing


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    add_index(parser)


def run(options: argparse.Namespace) -> int:
    """Go back, and say to what."""
    where = shelf(options)
    where.served()  # else the lock would make a folder where there is no index
    with writing(where, "rollback") as writer:
        generation = writer.roll_back()
    show(f"Serving generation {generation} again.")
    return 0
