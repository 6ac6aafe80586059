"""SQLite's FTS5: a contentless table for each layer, and a table of what is stored."""

from pathlib import Path
from typing import Any

import apsw

from bench.corpus import analysed, stem
from bench.peers.base import LIMIT, Answer, Shown
from bench.queries import CLASSES, Asked, Class
from bench.snippets import Snippets
from indexer.model import Publication

_SCHEMA = """
CREATE TABLE passage (number INTEGER PRIMARY KEY, id TEXT, text TEXT, meeting TEXT, year INTEGER);
CREATE TABLE place (number INTEGER PRIMARY KEY, meeting TEXT, year INTEGER);
CREATE VIRTUAL TABLE stems USING fts5(terms, content='');
CREATE VIRTUAL TABLE words USING fts5(terms, content='');
"""
_BEST = "SELECT rowid FROM {0} WHERE {0} MATCH ? ORDER BY rank LIMIT ?"
_COUNTS = "SELECT meeting, year, count(*) FROM {0} JOIN place ON number = {0}.rowid WHERE {0} MATCH ? GROUP BY 1, 2"


class Fts5:
    """SQLite, by apsw."""

    version = f"SQLite {apsw.sqlite_lib_version()}"
    classes: tuple[Class, ...] = tuple(kind for kind in CLASSES if kind != "fuzzy")

    def build(self, folder: Path, generation: Publication) -> None:
        """See Peer."""
        connection: Any = apsw.Connection(str(folder / "index.db"))
        connection.pragma("journal_mode", "off")
        connection.execute(_SCHEMA)
        with connection:
            for row in analysed(generation):
                connection.execute("INSERT INTO passage VALUES (?, ?, ?, ?, ?)", row[:5])
                connection.execute("INSERT INTO stems (rowid, terms) VALUES (?, ?)", (row.number, " ".join(row.stems)))
                connection.execute("INSERT INTO words (rowid, terms) VALUES (?, ?)", (row.number, " ".join(row.words)))
            connection.execute("INSERT INTO place SELECT number, meeting, year FROM passage")
            connection.execute("INSERT INTO stems (stems) VALUES ('optimize')")
            connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        connection.close()

    def open(self, folder: Path) -> "_Opened":
        """See Peer."""
        return _Opened(folder)


class _Opened:
    def __init__(self, folder: Path) -> None:
        self._connection: Any = apsw.Connection(str(folder / "index.db"), flags=apsw.SQLITE_OPEN_READONLY)
        self._connection.pragma("mmap_size", 1 << 28)
        self._connection.pragma("cache_size", -65_536)
        self._snippets = Snippets()

    def ask(self, asked: Asked) -> Answer:
        execute = self._connection.execute
        layer, match = _match(asked)
        hits = []
        for (number,) in execute(_BEST.format(layer), (match, LIMIT)).fetchall():
            row = execute("SELECT id, text, meeting, year FROM passage WHERE number = ?", (number,)).fetchone()
            identity, text, meeting, year = row
            hits.append(Shown(identity, text, meeting, year, self._snippets.of(asked, identity, text)))
        meetings: dict[str, int] = {}
        years: dict[int, int] = {}
        for meeting, year, count in execute(_COUNTS.format(layer), (match,)):
            meetings[meeting] = meetings.get(meeting, 0) + count
            years[year] = years.get(year, 0) + count
        return Answer(sum(meetings.values()), tuple(hits), meetings, years)

    def close(self) -> None:
        self._connection.close()


def _match(asked: Asked) -> tuple[str, str]:
    match asked.kind:
        case "phrase":
            return "words", f'"{" ".join(asked.words)}"'
        case "prefix":
            return "words", f'"{asked.words[0]}"*'
        case "or2" | "or3":
            return "stems", " OR ".join(f'"{stem(word)}"' for word in asked.words)
        case _:
            return "stems", " ".join(f'"{stem(word)}"' for word in asked.words)


ENGINE = Fts5()
