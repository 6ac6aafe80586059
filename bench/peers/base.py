"""Port of the engines that are measured."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from bench.queries import Asked, Class
from indexer.model import Publication, Results, Window

LIMIT = 10
"""How many hits are shown."""


class Shown(NamedTuple):
    """A hit with its stored values and its snippet."""

    id: str
    text: str
    meeting: str
    year: int
    snippet: tuple[Window, ...]


class Answer(NamedTuple):
    """The whole job: how many hits in all, the first LIMIT, and counts of all by meeting and by year."""

    total: int
    hits: tuple[Shown, ...]
    meetings: Mapping[str, int]
    years: Mapping[int, int]


class Counts(NamedTuple):
    """The part of an answer that all engines must give alike; the order of hits is none."""

    total: int
    shown: int
    meetings: Mapping[str, int]
    years: Mapping[int, int]


class Opened(Protocol):
    """An index that is open."""

    def ask(self, asked: Asked) -> Answer | Results:
        """The answer to a query, in the form in which the engine's user gets it."""

    def close(self) -> None:
        """Let go of files and memory."""


class Peer(Protocol):
    """A kind of engine. ``version`` names what is measured, ``classes`` are the queries that it can answer."""

    version: str
    classes: tuple[Class, ...]

    def build(self, folder: Path, generation: Publication) -> None:
        """Write an index of a generation, from its items on, into an existing, empty folder."""

    def open(self, folder: Path) -> Opened:
        """Open what ``build`` wrote."""


def counts(answer: Answer | Results) -> Counts:
    """The counts of an answer."""
    if isinstance(answer, Answer):
        return Counts(answer.total, len(answer.hits), dict(answer.meetings), dict(answer.years))
    facets = {facet.field: {count.value: count.count for count in facet.counts} for facet in answer.facets}
    by_year = {int(year): count for year, count in facets["year"].items()}
    return Counts(answer.total, len(answer.hits), facets["meeting"], by_year)
