"""Random strings through the parser and the engine: ``python -m bench.random_strings [--strings 100000]``.

Nothing but BadQuery may be raised. Prints how long the answers took: p50, p99 and the longest, with its query.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.corpus import Statistics
from bench.measure import percentile
from bench.passages import SEED, publication
from bench.peers.ours_ import ENGINE
from bench.queries import Asked
from indexer.model.errors import BadQuery

STRINGS = 100_000
PASSAGES = 10_000

_LONGEST = 60
_LONGEST_OF_ALL = 20_000
_SIGNS = ['"', "“", "(", ")", "-", "*", "~", ":", "..", "/", "'", " ", " OR ", " AND ", " NOT ", " NEAR/3 ", " NEAR "]
_FILTERS = ["body:", "meeting:", "year:", "lang:", "kind:", "year:1999..2003", "lang:en", "meeting:M3", "kind:note"]
_SURROGATES = range(0xD800, 0xE000)


class Answered(NamedTuple):
    """Milliseconds for each string, and how many were refused with BadQuery."""

    times: list[tuple[float, str]]
    refused: int


def strings(count: int, words: list[str], seed: int = SEED) -> Iterator[str]:
    """Random strings of two kinds in turn: any characters of Unicode, and the query language's signs among words.

    One in a thousand is up to 20,000 characters long.
    """
    dice = random.Random(seed)
    for number in range(count):
        length = dice.randrange(_LONGEST_OF_ALL if number % 1_000 == 0 else _LONGEST)
        if number % 2:
            yield "".join(_character(dice) for _ in range(length))
        else:
            parts = (
                dice.choice((dice.choice(words), dice.choice(_SIGNS), dice.choice(_FILTERS))) for _ in range(length)
            )
            yield "".join(parts)[:_LONGEST_OF_ALL]


def _character(dice: random.Random) -> str:
    plane = dice.choice((0x80, 0x250, 0x3000, 0x10000, 0x110000))
    point = dice.randrange(plane)
    return "\ufffd" if point in _SURROGATES else chr(point)


def ask_all(count: int, passages: int) -> Answered:
    """Ask an index of ``passages`` passages ``count`` random strings. Whatever is raised but BadQuery goes on."""
    generation = publication(passages)
    words = sorted(Statistics(generation).words)
    with tempfile.TemporaryDirectory() as folder:
        ENGINE.build(Path(folder), generation)
        index = ENGINE.open(Path(folder))
        times, refused = [], 0
        for text in strings(count, words):
            start = time.perf_counter()
            try:
                index.ask(Asked("common", (), text, ()))
            except BadQuery:
                refused += 1
            times.append(((time.perf_counter() - start) * 1000, text))
        index.close()
    return Answered(times, refused)


def main(arguments: list[str] | None = None) -> int:
    """Ask and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.random_strings", description="Ask random strings.")
    parser.add_argument("--strings", type=int, default=STRINGS, help="how many (%(default)s)")
    parser.add_argument("--passages", type=int, default=PASSAGES, help="of how many passages (%(default)s)")
    chosen = parser.parse_args(arguments)
    times, refused = ask_all(chosen.strings, chosen.passages)
    taken = [milliseconds for milliseconds, _ in times]
    longest, text = max(times)
    print(f"{len(times):,} strings, {refused:,} refused with BadQuery, no other error")
    print(f"p50 {percentile(taken, 0.5):.2f} ms, p99 {percentile(taken, 0.99):.2f} ms, longest {longest:.2f} ms")
    print(f"the longest, of {len(text):,} characters: {text[:200]!a}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
