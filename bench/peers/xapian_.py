"""Xapian: terms with a letter before them for their layer; counts by match spies. From the system's packages."""

from pathlib import Path
from typing import Any

import msgspec
import xapian

from bench.corpus import analysed, stem
from bench.peers.base import LIMIT, Answer, Shown
from bench.queries import CLASSES, Asked, Class
from bench.snippets import Snippets
from indexer.model import Publication

_STEM, _WORD = "S", "W"
_MEETING, _YEAR = 0, 1


class Xapian:
    """Xapian, by its Python binding."""

    version = str(xapian.version_string())
    classes: tuple[Class, ...] = tuple(kind for kind in CLASSES if kind != "fuzzy")

    def build(self, folder: Path, generation: Publication) -> None:
        """See Peer."""
        database: Any = xapian.WritableDatabase(str(folder / "loose"), xapian.DB_CREATE_OR_OPEN)
        for row in analysed(generation):
            document: Any = xapian.Document()
            for position, (stemmed, word) in enumerate(zip(row.stems, row.words, strict=True), 1):
                document.add_posting(_STEM + stemmed, position)
                document.add_posting(_WORD + word, position)
            document.add_value(_MEETING, row.meeting)
            document.add_value(_YEAR, str(row.year))
            document.set_data(msgspec.msgpack.encode((row.id, row.text, row.meeting, row.year)))
            database.add_document(document)
        database.commit()
        database.close()

    def open(self, folder: Path) -> "_Opened":
        """See Peer."""
        return _Opened(folder)


class _Opened:
    def __init__(self, folder: Path) -> None:
        self._database: Any = xapian.Database(str(folder / "loose"))
        self._size = self._database.get_doccount()
        self._snippets = Snippets()

    def ask(self, asked: Asked) -> Answer:
        enquire = xapian.Enquire(self._database)
        enquire.set_query(_query(asked))
        spies = [xapian.ValueCountMatchSpy(slot) for slot in (_MEETING, _YEAR)]
        for spy in spies:
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, LIMIT, self._size)
        hits = []
        for match in found:
            identity, text, meeting, year = msgspec.msgpack.decode(match.document.get_data())
            hits.append(Shown(identity, text, meeting, year, self._snippets.of(asked, identity, text)))
        meetings, years = ({each.term.decode(): each.termfreq for each in spy.values()} for spy in spies)
        by_year = {int(year): count for year, count in years.items()}
        return Answer(found.get_matches_estimated(), tuple(hits), meetings, by_year)

    def close(self) -> None:
        self._database.close()


def _query(asked: Asked) -> Any:
    query: Any = xapian.Query
    match asked.kind:
        case "phrase":
            return query(query.OP_PHRASE, [_WORD + word for word in asked.words], len(asked.words))
        case "prefix":
            return query(query.OP_WILDCARD, _WORD + asked.words[0], 0, query.WILDCARD_LIMIT_ERROR, query.OP_OR)
        case "and2" | "and3":
            return query(query.OP_AND, [_STEM + stem(word) for word in asked.words])
        case _:
            return query(query.OP_OR, [_STEM + stem(word) for word in asked.words])


ENGINE = Xapian()
