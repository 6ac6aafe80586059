"""Export every item of the index as JSON Lines.

The items come by body and meeting, recommendations first, those of each document in its own order.
"""

import argparse

from indexer.cli.console import show_bytes
from indexer.cli.options import add_index, index_store
from indexer.model import json


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    add_index(parser)


def run(options: argparse.Namespace) -> int:
    """Print the items; the same corpus gives the same bytes."""
    generation = index_store(options).open()
    try:
        for item in generation.index.items():
            show_bytes(json.encode(item))
    finally:
        generation.close()
    return 0
