"""Measure short commands against another checkout: ``python -m bench.startup --before FOLDER [--rounds 15]``.

Both checkouts, each with an environment in ``.venv``, build their own sample corpus; then their commands run in turns,
each in a process of its own, so that what disturbs the machine disturbs both. Prints medians in milliseconds, by the
clock and of the processor, and their ratios.
"""

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.table import table

HERE = Path(__file__).parents[1]
COMMANDS = {
    "build, nothing new": ["build"],
    "search": ["search", "digital evidence"],
    "search, with accents": ["search", "evidencia electrónica"],
    "help of search": ["search", "--help"],
    "status": ["status"],
}


def run(checkout: Path, arguments: Sequence[str], index: Path) -> tuple[float, float]:
    """The milliseconds that a command takes, by the clock and of the processor."""
    command = [str(checkout / ".venv/bin/python"), "-m", "indexer", *arguments, "--index", str(index)]
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, cwd=checkout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    taken, after = time.perf_counter() - start, os.times()
    work = sum(after[2:4]) - sum(before[2:4])
    return taken * 1000, work * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", type=Path, required=True, metavar="FOLDER", help="a checkout with its .venv")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    checkouts = (options.before.resolve(), HERE)
    with tempfile.TemporaryDirectory() as folder:
        indexes = [Path(folder, str(number)) for number in range(len(checkouts))]
        for each in zip(checkouts, indexes, strict=True):
            run(each[0], ["build"], each[1])
        rows = []
        for name, arguments in COMMANDS.items():
            rounds = [
                [run(checkout, arguments, index) for checkout, index in zip(checkouts, indexes, strict=True)]
                for _ in range(options.rounds)
            ]
            clock, work = ([median(each[side][kind] for each in rounds) for side in (0, 1)] for kind in (0, 1))
            figures = (*clock, clock[1] / clock[0], *work, work[1] / work[0])
            rows.append([name, *(f"{figure:.2f}" if figure < 10 else f"{figure:.0f}" for figure in figures)])
    print(table(["command", "before", "now", "ratio", "processor before", "now", "ratio"], rows))


if __name__ == "__main__":
    main()
