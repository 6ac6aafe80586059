"""Tables as Markdown prints them, which a terminal can show as it is."""

from collections.abc import Mapping, Sequence
from statistics import geometric_mean

from bench.measure import Times, percentile
from bench.peers import YARDSTICK
from bench.queries import CLASSES, Class


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column is aligned to the left and all others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = [
        [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        for row in (head, *rows)
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in (lines[0], rule, *lines[1:]))


def times_table(title: str, times: Times, names: Sequence[str], share: float) -> str:
    """Milliseconds by class, a row for each engine."""
    rows = [[name, *(_cell(times, name, kind, share) for kind in CLASSES)] for name in names]
    return table([title, *CLASSES], rows)


def ratio_table(title: str, times: Times, names: Sequence[str], share: float) -> str:
    """Times relative to the yardstick's by class, and their geometric mean over the classes that both answer."""
    ratios: dict[str, dict[str, float]] = {}
    for (name, kind), taken in times.items():
        ratios.setdefault(name, {})[kind] = percentile(taken, share) / percentile(times[YARDSTICK, kind], share)
    rows = [
        [name, *(_ratio(ratios[name], kind) for kind in CLASSES), f"{geometric_mean(ratios[name].values()):.2f}"]
        for name in names
    ]
    return table([title, *CLASSES, "mean"], rows)


def _cell(times: Times, name: str, kind: Class, share: float) -> str:
    taken = times.get((name, kind))
    return f"{percentile(taken, share):.2f}" if taken else "-"


def _ratio(ratios: Mapping[str, float], kind: str) -> str:
    return f"{ratios[kind]:.2f}" if kind in ratios else "-"
