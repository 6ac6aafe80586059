"""Verification of a new index against the publication, before anybody is shown it."""

# ARCHITECTURE.md: A text never keeps an index back, a lost item does.

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from indexer.analysis.tokenizer import parse
from indexer.engines.base import Engine, Index
from indexer.engines.memory import MemoryIndex
from indexer.model import Caution, Entry, Filter, Item, Message, Publication, Query, Version, message
from indexer.model.errors import BadIndex
from indexer.query.parser import parse as parse_query

_SAMPLES = 20
"""Items that are asked for at most, evenly spread, where all of them are found."""

_MEMORY = 2**20
"""Bytes that the index may keep: little, as hardly anything is asked for twice."""

_LONGEST = 100
"""Characters of the longest word that is asked for: what is longer is no word that anybody types."""

_FEW = 100
"""An index is damaged where more than one item of so many is lost; a single one of several is never too many."""


class _Sample(NamedTuple):
    """Item that is asked for by a word of one of its versions.

    ``query`` is that word, within the meeting of the item; it is to find the item.
    """

    item: Item
    version: Version
    query: Query


def verify(engine: Engine, folder: Path, publication: Publication) -> tuple[Entry, ...]:
    """Open what an engine wrote and compare it with what it was given: every item, the count, and sample queries.

    Every page that an item names must be one of a document that the ledger lists, as that is what pages link to. The
    queries are words as analysis cuts them. Where a sample is not found, every item is asked for. One that the memory
    engine does not find either is no fault of the index. One that it does find is lost in the index, which is damaged
    where more than a few are. All others are published, with a remark on those that are not found.

    Returns:
        The ledger, with a remark on each document that has an item which is not found.

    Raises:
        BadIndex: it differs; nothing must be published.
    """
    index = engine.open(folder, _MEMORY)
    try:
        _compare_items(index, publication)
        items = publication.items
        total = index.search(parse_query(limit=0)).total
        if total != len(items):
            raise _differs(message("counts-items", total, len(items)))
        chosen = items[:: len(items) // _SAMPLES + 1]
        for item in chosen:
            if index.item(item.id) != item:
                raise _differs(message("not-found-by-id", item.id))
        if all(_finds(index, sample, len(items)) for sample in _samples(chosen)):
            return publication.ledger
        return _with_remarks(publication.ledger, _missing(index, publication))
    finally:
        index.close()


def _compare_items(index: Index, publication: Publication) -> None:
    pages = {(entry.body, entry.file): entry.pages for entry in publication.ledger}
    for given, found in zip_longest(publication.items, index.items()):
        if given != found:
            raise _differs(message("not-given-back", (given or found).id))
        for version in given.versions:
            for place in version.places:
                if not 1 <= place.page <= pages.get((given.body, version.file), 0):
                    raise _differs(message("page-not-in-ledger", given.id, place.page, version.file))


def _samples(items: Iterable[Item]) -> Iterator[_Sample]:
    """The sample of each item that has a word: the query is its longest."""
    for item in items:
        words = [(word, version) for version in item.versions for word in _words(version.text)]
        if words:
            word, version = max(words, key=lambda each: len(each[0]))
            filters = Filter("body", item.body), Filter("meeting", item.meeting)
            # In small letters, as AND, OR and NOT in capitals are operators.
            yield _Sample(item, version, parse_query(word.lower(), chosen=filters))


def _words(text: str) -> Iterator[str]:
    bounds = parse(text).bounds
    return (text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True) if end - start <= _LONGEST)


def _finds(index: Index, sample: _Sample, limit: int) -> bool:
    return any(hit.item.id == sample.item.id for hit in index.search(replace(sample.query, limit=limit)).hits)


def _missing(index: Index, publication: Publication) -> Iterator[_Sample]:
    """The samples of all items that the index does not find.

    Raises:
        BadIndex: more than a few of them are lost.
    """
    count, lost = len(publication.items), 0
    for sample in _samples(publication.items):
        if not _finds(index, sample, count):
            alone = MemoryIndex(replace(publication, items=(sample.item,), concepts=()), _MEMORY)
            # Where the memory engine does not find it either, the query or the analysis is at fault, not the index.
            lost += _finds(alone, sample, 1)
            # An index that finds nothing is damaged, however few items it has.
            if lost > max(1, count // _FEW) or lost == count:
                place = sample.item.id, sample.version.file, sample.version.page
                raise _differs(message("not-found-by-word", repr(sample.query.text), *place))
            yield sample


def _with_remarks(ledger: Iterable[Entry], missing: Iterable[_Sample]) -> tuple[Entry, ...]:
    firsts: dict[tuple[str, str | None], _Sample] = {}
    counts: Counter[tuple[str, str | None]] = Counter()
    for sample in missing:
        firsts.setdefault((sample.item.body, sample.version.file), sample)
        counts[sample.item.body, sample.version.file] += 1
    remarks = {document: _remark(sample, counts[document]) for document, sample in firsts.items()}
    return tuple(
        replace(entry, warnings=(*entry.warnings, remarks[entry.body, entry.file]))
        if (entry.body, entry.file) in remarks
        else entry
        for entry in ledger
    )


def _remark(first: _Sample, count: int) -> Caution:
    others = message("nor-others", count - 1) if count > 1 else ""
    found = message("not-found-by-words", first.item.id, first.query.text, others)
    return Caution(found, first.version.page)


def _differs(how: Message) -> BadIndex:
    return BadIndex(message("index-differs", how))
