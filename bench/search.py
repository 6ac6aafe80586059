"""Our search against its peers: ``python -m bench.search [--sizes 1000,10000,100000] [--rounds 7] [--before FOLDER]``.

See ``docs/benchmarks.md`` for what is measured and how to read it.
"""

import argparse
import platform
import sys
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import mean, median

from bench.before import compare
from bench.corpus import Statistics
from bench.measure import Disagreement, check, warm
from bench.passages import publication
from bench.peers import installed
from bench.peers.base import Peer
from bench.process import Built, OpenedCold, built, opened
from bench.queries import CLASSES, EACH, Asked, queries
from bench.table import ratio_table, table, times_table

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 7
_COLD_CLASSES = ("rare", "common", "or2", "and2", "phrase", "prefix")


def measure(peers: dict[str, Peer], size: int, rounds: int, each: int, folder: Path) -> None:
    """Measure all engines at one size and print the tables.

    Raises:
        Disagreement: the counts of two engines differ.
    """
    generation = publication(size)
    statistics = Statistics(generation)
    print(f"\n## {size:,} passages, {statistics.postings:,} postings, {len(statistics.words):,} distinct words\n")
    folders = {name: folder / f"{name}-{size}" for name in peers}
    for index in folders.values():
        index.mkdir()
    builds = {name: built(name, index, size) for name, index in folders.items()}
    asked = queries(generation, statistics, each)
    del generation
    cold = _cold(peers, folders, asked)
    _print_builds(builds, cold, folders, size, statistics.postings)
    classes = {name: peer.classes for name, peer in peers.items()}
    with ExitStack() as stack:
        indexes = {name: stack.enter_context(closing(peer.open(folders[name]))) for name, peer in peers.items()}
        first = check(indexes, classes, asked)
        times = warm(indexes, classes, asked, rounds)
    names = list(peers)
    for title, taken, share in (
        ("p50 ms", times, 0.5),
        ("p95 ms", times, 0.95),
        ("first time asked, p50 ms", first, 0.5),
    ):
        print(times_table(title, taken, names, share), "\n")
        print(ratio_table(f"× tantivy, {title[:-3]}", taken, names, share), "\n")


def _cold(peers: dict[str, Peer], folders: dict[str, Path], asked: list[Asked]) -> dict[str, list[OpenedCold]]:
    """Each engine opened once for each class: asked one of its queries first, then all others that it can answer."""
    taken: dict[str, list[OpenedCold]] = {name: [] for name in peers}
    for kind in _COLD_CLASSES:
        for name, peer in peers.items():
            if kind in peer.classes:
                own = [query for query in asked if query.kind in peer.classes]
                own.sort(key=lambda query: query.kind != kind)
                taken[name].append(opened(name, folders[name], own))
    return taken


def _print_builds(
    builds: dict[str, Built], cold: dict[str, list[OpenedCold]], folders: dict[str, Path], size: int, postings: int
) -> None:
    head = [
        "",
        "build s",
        "passages/s",
        "postings/s",
        "peak MB",
        "index MB",
        "open ms",
        "+ first ms",
        "own MB",
        "mapped MB",
    ]
    rows = [
        [
            name,
            f"{build.seconds:.2f}",
            f"{size / build.seconds:,.0f}",
            f"{postings / build.seconds:,.0f}",
            f"{build.peak:.0f}",
            f"{sum(file.stat().st_size for file in folders[name].rglob('*') if file.is_file()) / 1e6:.1f}",
            f"{median(each.open for each in cold[name]):.1f}",
            f"{median(each.first for each in cold[name]):.1f}",
            f"{mean(each.own for each in cold[name]):.1f}",
            f"{mean(each.mapped for each in cold[name]):.1f}",
        ]
        for name, build in builds.items()
    ]
    print(table(head, rows), "\n")


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 1 where the engines' counts differ."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description="Measure the search against its peers.")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of passages (%(default)s)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each query is timed (%(default)s)")
    parser.add_argument("--each", type=int, default=EACH, help="queries of each class (%(default)s)")
    parser.add_argument("--before", type=Path, metavar="FOLDER", help="measure a checkout with its .venv, and no peers")
    chosen = parser.parse_args(arguments)
    sizes = [int(size) for size in chosen.sizes.split(",")]
    if chosen.before:
        for size in sizes:
            compare(chosen.before, size, chosen.rounds, chosen.each)
        return 0
    peers = installed()
    versions = ", ".join(f"{name} {peer.version}" for name, peer in peers.items())
    print(f"Python {platform.python_version()}; {versions}; {chosen.each} queries in each of {len(CLASSES)} classes")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            try:
                measure(peers, size, chosen.rounds, chosen.each, Path(folder))
            except Disagreement as error:
                print(error, file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
