"""Options that several commands share: corpus, index, JSON, processes."""

import argparse
import os
from pathlib import Path

from indexer.engines.base import Engine
from indexer.engines.whoosh import WhooshEngine
from indexer.generations import IndexStore


def add_corpus(parser: argparse.ArgumentParser) -> None:
    """Add ``--corpus``."""
    parser.add_argument(
        "--corpus",
        type=Path,
        default=Path("corpus"),
        metavar="FOLDER",
        help="the folder of the bodies; default: corpus",
    )


def add_index(parser: argparse.ArgumentParser) -> None:
    """Add ``--index`` and ``--corpus``, beside which the index is unless it is named."""
    add_corpus(parser)
    parser.add_argument(
        "--index", type=Path, metavar="FOLDER", help="the folder of the index; default: index, beside the corpus"
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add ``--json``."""
    parser.add_argument("--json", action="store_true", help="give JSON, for machines")


def add_processes(parser: argparse.ArgumentParser) -> None:
    """Add ``--processes``."""
    parser.add_argument(
        "--processes",
        type=_positive,
        default=os.cpu_count() or 1,
        metavar="NUMBER",
        help="how many PDFs are read at a time; default: as many as there are processors",
    )


def default_engine() -> Engine:
    """The engine that the command line publishes with."""
    return WhooshEngine()


def index_store(options: argparse.Namespace) -> IndexStore:
    """The store of the index that the options name."""
    # Beside the corpus, not in it: what is in the corpus is watched, and an index there would be seen as a change.
    corpus: Path = options.corpus
    return IndexStore(options.index or corpus.resolve().parent / "index", default_engine())


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"a number of at least 1 is needed, not {text}")
    return int(text)
