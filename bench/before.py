"""Our search measured against another checkout, for ``bench.search --before``.

Both checkouts, each with an environment in ``.venv``, build their own index of the same passages. A process of each
then answers the same queries, class by class in turns, so that what disturbs the machine disturbs both. First each
query is asked once, when nothing is kept of it; then in rounds.
"""

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import geometric_mean, median
from typing import NamedTuple

from bench.corpus import Statistics
from bench.measure import percentile
from bench.passages import publication
from bench.queries import CLASSES, Asked, queries
from bench.table import table

HERE = Path(__file__).parents[1]

# Run in either checkout, so that it may use nothing that only one of them has.
_ANSWER = """
import gc, json, sys, time
from pathlib import Path
from types import SimpleNamespace
from bench.peers import load

index = load("ours").open(Path(sys.argv[1]))
gc.collect()
gc.freeze()
for line in sys.stdin:
    taken = []
    for text in json.loads(line):
        start = time.process_time_ns()
        index.ask(SimpleNamespace(text=text))
        taken.append((time.process_time_ns() - start) / 1e6)
    print(json.dumps(taken), flush=True)
"""


class _Pair(NamedTuple):
    """Milliseconds for each query in the two checkouts."""

    before: list[float]
    now: list[float]


class _Checkout:
    """A process that answers for a checkout."""

    def __init__(self, checkout: Path, index: Path, size: int) -> None:
        python = str(checkout / ".venv/bin/python")
        index.mkdir()
        build = [python, "-m", "bench.process", "build", "ours", str(index), str(size)]
        subprocess.run(build, cwd=checkout, stdout=subprocess.DEVNULL, check=True)
        command = [python, "-c", _ANSWER, str(index)]
        self._process = subprocess.Popen(
            command, cwd=checkout, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __enter__(self) -> "_Checkout":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._process.communicate()

    def ask(self, texts: Sequence[str]) -> list[float]:
        """The time of the processor for each answer, in milliseconds.

        Raises:
            RuntimeError: the process has ended.
        """
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("The process has no pipes.")
        print(json.dumps(texts), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"The process that answers has ended: {self._process.args!r}")
        taken: list[float] = json.loads(answer)
        return taken


def compare(before: Path, size: int, rounds: int, each: int) -> None:
    """Measure this checkout and another, and print the times of the processor for an answer."""
    generation = publication(size)
    texts = _by_class(queries(generation, Statistics(generation), each))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        checkouts = [
            stack.enter_context(_Checkout(checkout, Path(folder, name), size))
            for name, checkout in (("before", before.resolve()), ("now", HERE))
        ]
        print(f"\n## {size:,} passages\n")
        first = {kind: _Pair(*(checkout.ask(asked) for checkout in checkouts)) for kind, asked in texts.items()}
        again = {kind: _in_rounds(checkouts, asked, rounds) for kind, asked in texts.items()}
    for title, taken, share in (("p50", again, 0.5), ("p95", again, 0.95), ("first time asked, p50", first, 0.5)):
        rows = [[kind, *_figures(pair, share)] for kind, pair in taken.items()]
        ratio = geometric_mean(float(row[-1]) for row in rows)
        rows.append(["mean", "", "", f"{ratio:.2f}"])
        print(table([f"{title}, ms", "before", "now", "ratio"], rows), "\n")


def _by_class(asked: Sequence[Asked]) -> Mapping[str, list[str]]:
    return {kind: [query.text for query in asked if query.kind == kind] for kind in CLASSES}


def _in_rounds(checkouts: Sequence[_Checkout], asked: Sequence[str], rounds: int) -> _Pair:
    """The times of the queries of a class, each the median of its rounds."""
    taken: list[list[list[float]]] = [[] for _ in checkouts]
    for turn in range(rounds):
        # The one that begins changes from round to round.
        for side in (0, 1) if turn % 2 else (1, 0):
            taken[side].append(checkouts[side].ask(asked))
    return _Pair(*(list(map(median, zip(*each, strict=True))) for each in taken))


def _figures(taken: _Pair, share: float) -> tuple[str, str, str]:
    """A percentile of a class before and now, and the ratio."""
    before, now = (percentile(each, share) for each in taken)
    return f"{before:.3f}", f"{now:.3f}", f"{now / before:.2f}"
