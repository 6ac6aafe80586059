"""The ranking measured on judged collections: ``python -m bench.relevance [FOLDER]``.

FOLDER holds a folder for each collection: ``corpus.jsonl`` (``_id``, ``title``, ``text``), ``queries.jsonl``
(``_id``, ``text``) and ``qrels.tsv`` (query, document, grade). Each query is asked twice: as everybody asks who
chooses nothing, where what has all words is followed by what lacks some; and so that any word may match. Words are
translated where Apertium is installed, there is no thesaurus, and every collection is ranked with the same settings.
Where two collections hold the same documents in two languages (``xquad-en``, ``xquad-es``), the queries of each are
also asked of the other. So are those of the Universal Declaration of Human Rights (``udhr`` beside FOLDER), which are
the first words of each article.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from math import log2
from pathlib import Path
from typing import NamedTuple

from bench.declaration import query_of, read_articles
from indexer.analysis.apertium import find_translator
from indexer.analysis.translation import make_dictionaries, words_by_language
from indexer.engines.whoosh import WhooshEngine
from indexer.model import Body, Box, Item, Kind, Match, Meeting, Place, Publication, Version
from indexer.query.parser import parse

DEPTH = 100
"""How many results of a query are looked at."""

DEFAULT = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "relevance"

MATCHES: tuple[Match, ...] = ("best", "any")
"""Ways in which each query is asked: by default, and so that any word may match."""

Grades = Mapping[str, int]


class Figures(NamedTuple):
    """Means over the queries of a collection that have a relevant document."""

    ndcg: float
    average_precision: float
    reciprocal_rank: float
    recall: float


class Collection(NamedTuple):
    """Judged queries: documents (id, title, text), queries by id, and by query the grades of documents."""

    name: str
    language: str
    documents: tuple[tuple[str, str, str], ...]
    queries: Mapping[str, str]
    judged: Mapping[str, Grades]


def read(folder: Path) -> Collection:
    """The collection in a folder; its name tells the language where it ends with one, as in ``xquad-es``."""
    tail = folder.name.rpartition("-")[2]
    documents = tuple((line["_id"], line.get("title") or "", line["text"]) for line in _lines(folder / "corpus.jsonl"))
    queries = {line["_id"]: line["text"] for line in _lines(folder / "queries.jsonl")}
    judged: dict[str, dict[str, int]] = {}
    for row in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, document, grade = row.split("\t")[:3]
        if grade.lstrip("-").isdecimal():
            judged.setdefault(query, {})[document] = int(grade)
    return Collection(folder.name, tail if len(tail) == 2 else "en", documents, queries, judged)


def declaration(folder: Path) -> list[Collection]:
    """The collections of the Declaration in a folder: one for each file ``en.html``, named ``udhr-en``."""
    found = []
    for path in sorted(folder.glob("*.html")):
        articles = {str(number): text for number, text in enumerate(read_articles(path))}
        documents = tuple((number, "", text) for number, text in articles.items())
        queries = {number: query_of(text) for number, text in articles.items()}
        judged = {number: {number: 1} for number in articles}
        found.append(Collection(f"udhr-{path.stem}", path.stem, documents, queries, judged))
    return found


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def publication(collection: Collection) -> Publication:
    """The documents as items of one meeting, their titles as headings; the path of each is its place."""
    place = (Place(1, Box(0.0, 0.0, 0.0, 0.0)),)
    items = tuple(
        Item(
            id=f"judged/I/{number}",
            body="judged",
            meeting="I",
            role="recommendations",
            path=str(number),
            kind=Kind.RECOMMENDATION,
            order=number,
            versions=(
                Version(
                    language=collection.language,
                    text=text,
                    places=place,
                    file="judged.pdf",
                    sha256="0" * 64,
                    heading=title,
                ),
            ),
        )
        for number, (_, title, text) in enumerate(collection.documents)
    )
    names = {collection.language: collection.name}
    body = Body("judged", names, (collection.language,))
    dictionaries = tuple(make_dictionaries(words_by_language(items), find_translator()))
    return Publication((body,), (Meeting("judged", "I", 1, names),), items, (), dictionaries=dictionaries)


def measured(collection: Collection, queries: Mapping[str, str], judged: Mapping[str, Grades]) -> list[Figures]:
    """The figures of judged queries asked of a collection, for each of MATCHES."""
    with tempfile.TemporaryDirectory() as folder:
        WhooshEngine().publish(Path(folder), publication(collection), lambda _done, _all: None)
        with closing(WhooshEngine().open(Path(folder))) as index:
            means = []
            for match in MATCHES:
                rows = []
                for query, grades in judged.items():
                    if any(grade > 0 for grade in grades.values()):
                        results = index.search(parse(queries[query], match=match, limit=DEPTH))
                        hits = results.hits + results.partial
                        rows.append(figures([collection.documents[int(hit.item.path)][0] for hit in hits], grades))
                means.append(Figures(*(sum(column) / len(rows) for column in zip(*rows, strict=True))))
    return means


def figures(found: Sequence[str], grades: Grades) -> Figures:
    """nDCG@10 (grades as gains), average precision, reciprocal rank within 10, recall within DEPTH, of one query."""
    gains = [max(0, grades.get(document, 0)) for document in found]
    best = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
    hits = [place for place, gain in enumerate(gains, start=1) if gain]
    precision = sum(order / place for order, place in enumerate(hits, start=1)) / len(best)
    rank = 1 / hits[0] if hits and hits[0] <= 10 else 0.0
    return Figures(_discounted(gains[:10]) / _discounted(best[:10]), precision, rank, len(hits) / len(best))


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, start=1))


def main(arguments: list[str] | None = None) -> None:
    """Print a table of all collections of a folder."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.relevance", description="Measure the ranking on judged collections."
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, default=DEFAULT, help="holds a folder for each collection (%(default)s)"
    )
    folder: Path = parser.parse_args(arguments).folder
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    collections = [read(path) for path in paths if (path / "qrels.tsv").is_file()]
    collections += declaration(folder.parent / "udhr")
    if not collections:
        parser.error(f"{folder} holds no collection: no folder with a qrels.tsv in it")
    print(f"{'':54}{'as asked by default':>35}   {'any word may match':>35}")
    three = f"{'nDCG@10':>9}{'MAP':>7}{'MRR@10':>8}{'recall@100':>11}"
    print(f"{'collection':34}{'documents':>10}{'queries':>10}{three}   {three}")
    for collection in collections:
        _print(collection.name, collection, measured(collection, collection.queries, collection.judged))
    for asked in collections:
        for other in collections:
            if asked.name != other.name and asked.name.rpartition("-")[0] == other.name.rpartition("-")[0] != "":
                _print(f"{asked.name} asked of {other.name}", other, measured(other, asked.queries, asked.judged))


def _print(name: str, collection: Collection, means: Sequence[Figures]) -> None:
    counts = f"{len(collection.documents):10}{len(collection.queries):10}"
    columns = "   ".join(
        f"{each.ndcg:9.3f}{each.average_precision:7.3f}{each.reciprocal_rank:8.3f}{each.recall:11.3f}" for each in means
    )
    print(f"{name:34}{counts}{columns}", flush=True)


if __name__ == "__main__":
    main()
