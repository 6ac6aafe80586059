"""The engines that are measured, one module each; every third-party library enters through one of them."""

from importlib import import_module

from bench.peers.base import Peer

OURS = "ours"
YARDSTICK = "tantivy"
NAMES = (OURS, "whoosh", "fts5", YARDSTICK, "xapian", "bm25s")


def load(name: str) -> Peer:
    """An engine by its name.

    Raises:
        ModuleNotFoundError: what it measures is not installed.
    """
    peer: Peer = import_module(f"bench.peers.{name}_").ENGINE
    return peer


def installed() -> dict[str, Peer]:
    """The engines that can be measured here, by name."""
    found = {}
    for name in NAMES:
        try:
            found[name] = load(name)
        except ModuleNotFoundError as error:
            print(f"{name} is left out: {error}.")
    return found
