"""The interface for programs under load, as a share of what the same server does when it has nothing to do.

wrk sends two workers of the product's server 10,000 different queries once each, so that no answer comes from a cache.
The yardstick is a bare Flask application with one route, which gives a constant body of the same size, behind the same
server. Run as ``python -m bench.api``; 1 where an answer failed or the share is below the bar.
"""

import argparse
import json
import logging
import multiprocessing
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from flask import Flask
from waitress import create_server

from bench.corpus import Statistics
from bench.passages import publication
from bench.queries import CLASSES, queries
from indexer.engines.whoosh import WhooshEngine
from indexer.generations import IndexStore
from indexer.generations.writer import open_writer
from search_app import create_app
from search_app.web.settings import Settings

QUERIES = 10_000
PASSAGES = 10_000
WORKERS = 2
CONNECTIONS = 32  # the workers take them from one queue: of few, one worker would get most
ROUNDS = 3
LONGEST = 300
BAR = 0.4

_ASKED = tuple(each for each in CLASSES if each != "common")  # there are not enough common words
_SCRIPT = Path(__file__).with_name("ask.lua")


@dataclass(frozen=True, slots=True)
class Load:
    """Figures of wrk: answers, those that were not 200, broken connections, bytes of bodies, seconds, milliseconds."""

    answered: int
    refused: int
    bytes: int
    broken: int
    seconds: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return self.answered / self.seconds


def paths(passages: int, number: int) -> list[str]:
    """Addresses of different queries, each of which has an answer; some more, so that wrk never runs out of them."""
    generation = publication(passages)
    each = -(-(number + WORKERS * CONNECTIONS) // len(_ASKED))
    asked = queries(generation, Statistics(generation), each, classes=_ASKED)
    mixed = [asked[place] for start in range(each) for place in range(start, len(asked), each)]
    return [f"/api/v1/search?{urlencode({'q': query.text})}" for query in mixed]


def publish(folder: Path, passages: int) -> None:
    """Publish an index of so many passages."""
    with open_writer(IndexStore(folder, WhooshEngine())) as writer:
        writer.write("b" * 16, publication(passages), {"bench": folder}, lambda _done, _of: None)
        writer.publish("b" * 16)


def constant(body: bytes) -> Flask:
    """The yardstick."""
    app = Flask("constant")
    app.add_url_rule("/api/v1/search", view_func=lambda: app.response_class(body, mimetype="application/json"))
    return app


@contextmanager
def served(app: Callable[[], Flask]) -> Iterator[str]:
    """The address of an application, served by two workers until the end."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        fork = multiprocessing.get_context("fork")
        ready = fork.Barrier(WORKERS + 1)
        workers = [fork.Process(target=_work, args=(app, listener, ready), daemon=True) for _ in range(WORKERS)]
        for worker in workers:
            worker.start()
        try:
            ready.wait()
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            for worker in workers:
                worker.terminate()
                worker.join()


def _work(app: Callable[[], Flask], listener: socket.socket, ready: Barrier) -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # there are more connections than threads
    server = create_server(app(), sockets=[listener], threads=Settings().threads, ident=None)
    ready.wait()
    server.run()


def load(address: str, asked: Path, answers: int) -> Load:
    """Ask every query once."""
    command = ["wrk", "--threads", str(WORKERS), "--connections", str(CONNECTIONS), "--duration", f"{LONGEST}s"]
    command += ["--script", str(_SCRIPT), address, "--", str(asked), str(WORKERS), str(answers)]
    times: dict[str, list[float]] = {"started": [], "finished": []}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as wrk:
        assert wrk.stdout
        for line in map(str.strip, wrk.stdout):
            if line in times:
                times[line].append(time.perf_counter())
                if len(times["finished"]) == WORKERS:
                    wrk.send_signal(signal.SIGINT)
            last = line
    if len(times["finished"]) < WORKERS:
        raise RuntimeError(f"wrk waited {LONGEST} seconds for answers, and not all came: {last}")
    return Load(seconds=max(times["finished"]) - min(times["started"]), **json.loads(last))


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.api", description="Measure the API under load.")
    parser.add_argument("--queries", type=int, default=QUERIES, help="how many (%(default)s)")
    parser.add_argument("--passages", type=int, default=PASSAGES, help="in how many passages (%(default)s)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often both are measured (%(default)s)")
    chosen = parser.parse_args(arguments)
    if shutil.which("wrk") is None:
        print("This measures with wrk. Install it and run it again: apt-get install wrk", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        index, asked = Path(name, "index"), Path(name, "queries")
        asked.write_text("".join(f"{path}\n" for path in paths(chosen.passages, chosen.queries)), encoding="ascii")
        publish(index, chosen.passages)
        rounds = [_round(index, asked, chosen.queries) for _ in range(chosen.rounds)]
    for name, place in (("api", 0), ("constant", 1)):
        each = [pair[place] for pair in rounds]
        rates, tails = [f"{one.rate:,.0f}" for one in each], [f"{one.p99:.1f}" for one in each]
        size = each[0].bytes / each[0].answered
        print(f"{name:9} {' '.join(rates)} answers/s; p99 {' '.join(tails)} ms; {size:,.0f} bytes")
    failed = sum(one.refused + one.broken for pair in rounds for one in pair)
    share = median(api.rate / bare.rate for api, bare in rounds)
    print(f"{failed} errors; {share:.2f} × the constant body (median of {len(rounds)}; the bar is {BAR})")
    return int(failed > 0 or share < BAR)


def _round(index: Path, asked: Path, answers: int) -> tuple[Load, Load]:
    """The interface, just started, and the yardstick with bodies of the same size."""
    with served(lambda: create_app(Settings(index=index))) as address:
        measured = load(address, asked, answers)
    body = b"x" * (measured.bytes // measured.answered)
    with served(lambda: constant(body)) as address:
        return measured, load(address, asked, answers)


if __name__ == "__main__":
    sys.exit(main())
