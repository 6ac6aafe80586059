"""Tantivy: one index with a field for each layer; counts by its aggregations over fast fields."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy

from bench.corpus import analysed, stem
from bench.passages import MEETINGS
from bench.peers.base import LIMIT, Answer, Shown
from bench.queries import CLASSES, Asked, Class
from bench.snippets import Snippets
from indexer.model import Publication

_COUNTS = {field: {"terms": {"field": field, "size": MEETINGS}} for field in ("meeting", "year")}


class Tantivy:
    """Tantivy, by its Python binding."""

    version = version("tantivy")
    classes: tuple[Class, ...] = CLASSES

    def build(self, folder: Path, generation: Publication) -> None:
        """See Peer."""
        builder: Any = tantivy.SchemaBuilder()
        for stored in ("id", "text"):
            builder.add_text_field(stored, stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("meeting", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("year", stored=True, fast=True)
        for layer in ("stems", "words"):
            builder.add_text_field(layer, tokenizer_name="whitespace")
        index: Any = tantivy.Index(builder.build(), path=str(folder))
        writer = index.writer(heap_size=512_000_000, num_threads=1)
        for row in analysed(generation):
            fields = {"id": row.id, "text": row.text, "meeting": row.meeting, "year": row.year}
            layers = {"stems": " ".join(row.stems), "words": " ".join(row.words)}
            writer.add_document(tantivy.Document(**fields, **layers))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> "_Opened":
        """See Peer."""
        return _Opened(folder)


class _Opened:
    def __init__(self, folder: Path) -> None:
        index: Any = tantivy.Index.open(str(folder))
        self._schema = index.schema
        self._searcher = index.searcher()
        self._snippets = Snippets()

    def ask(self, asked: Asked) -> Answer:
        query = self._query(asked)
        found = self._searcher.search(query, LIMIT, count=True)
        counts = self._searcher.aggregate(query, _COUNTS)
        hits = tuple(self._shown(asked, address) for _, address in found.hits)
        meetings = {str(bucket["key"]): int(bucket["doc_count"]) for bucket in counts["meeting"]["buckets"]}
        years = {int(bucket["key"]): int(bucket["doc_count"]) for bucket in counts["year"]["buckets"]}
        return Answer(found.count, hits, meetings, years)

    def close(self) -> None:
        del self._searcher

    def _shown(self, asked: Asked, address: Any) -> Shown:
        stored = self._searcher.doc(address).to_dict()
        identity, text, meeting, year = (stored[field][0] for field in ("id", "text", "meeting", "year"))
        return Shown(identity, text, meeting, year, self._snippets.of(asked, identity, text))

    def _query(self, asked: Asked) -> Any:
        query, schema = tantivy.Query, self._schema
        match asked.kind:
            case "phrase":
                return query.phrase_query(schema, "words", list(asked.words))
            case "prefix":
                return query.fuzzy_term_query(schema, "words", asked.words[0], distance=0, prefix=True)
            case "fuzzy":
                return query.fuzzy_term_query(schema, "words", asked.words[0], distance=1)
            case "and2" | "and3":
                occur = tantivy.Occur.Must
            case _:
                occur = tantivy.Occur.Should
        terms = [query.term_query(schema, "stems", stem(word)) for word in asked.words]
        return terms[0] if len(terms) == 1 else query.boolean_query([(occur, term) for term in terms])


ENGINE = Tantivy()
