"""bm25s: scores worked out beforehand in a sparse matrix, which knows words and nothing else."""

from pathlib import Path
from typing import Any

import bm25s
import msgspec
import numpy as np

from bench.corpus import analysed, stem
from bench.peers.base import LIMIT, Answer, Shown
from bench.queries import Asked, Class
from bench.snippets import Snippets
from indexer.model import Publication


class Bm25s:
    """bm25s with a list of what is stored, and arrays of meetings and years."""

    version = str(bm25s.__version__)
    classes: tuple[Class, ...] = ("rare", "common", "or2", "or3")

    def build(self, folder: Path, generation: Publication) -> None:
        """See Peer."""
        stored, stems = [], []
        for row in analysed(generation):
            stored.append((row.id, row.text, row.meeting, row.year))
            stems.append(row.stems)
        scores: Any = bm25s.BM25(k1=1.2, b=0.75)
        scores.index(stems, show_progress=False)
        scores.save(str(folder))
        (folder / "stored").write_bytes(msgspec.msgpack.encode(stored))

    def open(self, folder: Path) -> "_Opened":
        """See Peer."""
        return _Opened(folder)


class _Opened:
    def __init__(self, folder: Path) -> None:
        self._scores: Any = bm25s.BM25.load(str(folder))
        self._stored = msgspec.msgpack.decode((folder / "stored").read_bytes())
        self._meetings, self._meeting = np.unique([row[2] for row in self._stored], return_inverse=True)
        self._years, self._year = np.unique([row[3] for row in self._stored], return_inverse=True)
        self._snippets = Snippets()

    def ask(self, asked: Asked) -> Answer:
        scores = self._scores.get_scores([stem(word) for word in asked.words])
        found = np.flatnonzero(scores)
        best = found
        if len(found) > LIMIT:
            best = found[np.argpartition(scores[found], -LIMIT)[-LIMIT:]]
        hits = []
        for number in best[np.argsort(-scores[best], kind="stable")].tolist():
            identity, text, meeting, year = self._stored[number]
            hits.append(Shown(identity, text, meeting, year, self._snippets.of(asked, identity, text)))
        meetings, years = np.bincount(self._meeting[found]), np.bincount(self._year[found])
        return Answer(
            len(found),
            tuple(hits),
            {str(self._meetings[at]): int(meetings[at]) for at in np.flatnonzero(meetings)},
            {int(self._years[at]): int(years[at]) for at in np.flatnonzero(years)},
        )

    def close(self) -> None:
        del self._scores


ENGINE = Bm25s()
