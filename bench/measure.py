"""Times of answers: every engine, every query, in turns, so that what disturbs the machine disturbs all."""

import gc
import math
import time
from collections.abc import Mapping, Sequence
from statistics import median

from bench.peers.base import Counts, Opened, counts
from bench.queries import CLASSES, Asked, Class

Times = dict[tuple[str, Class], list[float]]
"""Milliseconds by engine and class, one number a query."""

_TOLD = 20


class Disagreement(Exception):  # noqa: N818 - it says what the engines are in
    """Engines count differently, so that their times say nothing."""


def check(opened: Mapping[str, Opened], classes: Mapping[str, Sequence[Class]], asked: Sequence[Asked]) -> Times:
    """Ask every engine every query for the first time and compare their counts.

    Raises:
        Disagreement: the counts of two engines differ; says in which queries.
    """
    times: Times = {}
    differing = []
    for query in asked:
        found: dict[str, Counts] = {}
        for name, index in opened.items():
            if query.kind in classes[name]:
                start = time.perf_counter()
                answer = index.ask(query)
                times.setdefault((name, query.kind), []).append((time.perf_counter() - start) * 1000)
                found[name] = counts(answer)
        if any(each != next(iter(found.values())) for each in found.values()):
            totals = ", ".join(f"{name} {each.total}" for name, each in found.items())
            differing.append(f"{query.text}: {totals}")
    if differing:
        raise Disagreement("\n".join([f"The engines' counts differ in {len(differing)} queries:", *differing[:_TOLD]]))
    return times


def warm(
    opened: Mapping[str, Opened], classes: Mapping[str, Sequence[Class]], asked: Sequence[Asked], rounds: int
) -> Times:
    """In each round every engine answers all queries of a class, then the next engine does.

    A turn is a class and not a query, since an engine that serves has the processor's caches to itself; the engine
    that begins changes from turn to turn. A query's time is the median of its rounds, so that a long tail is
    that of a class and not of the machine.
    """
    taken: dict[tuple[str, Class], list[list[float]]] = {}
    names = list(opened)
    gc.collect()
    gc.freeze()
    for turn in range(rounds * len(CLASSES)):
        kind = CLASSES[turn % len(CLASSES)]
        turned = turn % len(names)
        for name in names[turned:] + names[:turned]:
            if kind in classes[name]:
                taken.setdefault((name, kind), []).append(_turn(opened[name], [q for q in asked if q.kind == kind]))
    return {key: list(map(median, zip(*turns, strict=True))) for key, turns in taken.items()}


def _turn(index: Opened, asked: Sequence[Asked]) -> list[float]:
    taken = []
    for query in asked:
        start = time.perf_counter()
        index.ask(query)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def percentile(times: Sequence[float], share: float) -> float:
    """The least time within which this share of the answers came."""
    return sorted(times)[max(math.ceil(share * len(times)), 1) - 1]
