"""Whoosh the ordinary way: its schema, its analyzers, its parser, its collectors and its facets.

The fields are those that the product indexes. Its stemming filter is given the product's stemmer, so that counts agree.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from whoosh import fields, index
from whoosh.analysis import LowercaseFilter, RegexTokenizer, StemFilter
from whoosh.qparser import FuzzyTermPlugin, QueryParser

from bench.corpus import stem
from bench.passages import LANGUAGE, years
from bench.peers.base import LIMIT, Answer, Shown
from bench.queries import CLASSES, Asked, Class
from bench.snippets import Snippets
from indexer.model import Publication

_TOKENS: Any = RegexTokenizer() | LowercaseFilter()
_STEMS: Any = RegexTokenizer() | LowercaseFilter() | StemFilter(stemfn=stem)


class Whoosh:
    """Whoosh with a searcher and a parser that are kept open."""

    version = version("whoosh-reloaded")
    classes: tuple[Class, ...] = CLASSES

    def build(self, folder: Path, generation: Publication) -> None:
        """See Peer."""
        schema = fields.Schema(
            id=fields.ID(stored=True, unique=True),
            body=fields.ID(stored=True),
            meeting=fields.ID(stored=True, sortable=True),
            year=fields.NUMERIC(int, stored=True, sortable=True),
            lang=fields.ID(stored=True),
            kind=fields.ID(stored=True),
            text=fields.TEXT(analyzer=_STEMS, stored=True),
            exact=fields.TEXT(analyzer=_TOKENS),
        )
        year_of = years(generation)
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for item in generation.items:
            text = item.versions[0].text
            meeting = f"{item.body}/{item.meeting}"
            writer.add_document(
                id=item.id,
                body=item.body,
                meeting=meeting,
                year=year_of[meeting],
                lang=LANGUAGE,
                kind=item.kind.value,
                text=text,
                exact=text,
            )
        writer.commit()

    def open(self, folder: Path) -> "_Opened":
        """See Peer."""
        return _Opened(folder)


class _Opened:
    def __init__(self, folder: Path) -> None:
        opened = index.open_dir(str(folder))
        self._searcher: Any = opened.searcher()
        self._parser: Any = QueryParser("text", opened.schema)
        self._parser.add_plugin(FuzzyTermPlugin())
        self._snippets = Snippets()

    def ask(self, asked: Asked) -> Answer:
        field = "exact:" if asked.kind in ("phrase", "prefix", "fuzzy") else ""
        query = self._parser.parse(field + asked.text)
        results = self._searcher.search(query, limit=LIMIT, groupedby=["meeting", "year"])
        hits = tuple(self._shown(asked, hit) for hit in results[:LIMIT])
        meetings, by_year = (
            {key: len(group) for key, group in results.groups(by).items()} for by in ("meeting", "year")
        )
        return Answer(len(results), hits, meetings, by_year)

    def close(self) -> None:
        self._searcher.close()

    def _shown(self, asked: Asked, hit: Any) -> Shown:
        stored = hit.fields()
        snippet = self._snippets.of(asked, stored["id"], stored["text"])
        return Shown(stored["id"], stored["text"], stored["meeting"], stored["year"], snippet)


ENGINE = Whoosh()
