"""Proof that an index holds what it was given: asked for before anybody is shown it."""

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
from indexer.model import UNFOUND, Caution, Entry, Filter, Item, Publication, Question, Version
from indexer.model.errors import BadIndex

_SAMPLES = 20
_MEMORY = 2**20
"""Hardly anything is asked for twice."""

_LONGEST = 100
"""Characters of the longest word that is asked for: what is longer is no word that anybody types."""

_FEW = 100
"""An index is damaged where more than one item of so many is lost; a single one of several is never too many."""


class _Asked(NamedTuple):
    """An item, a question that is to find it, and the version of which the question is a word."""

    item: Item
    version: Version
    question: Question


def verify(engine: Engine, folder: Path, publication: Publication) -> tuple[Entry, ...]:
    """Open what an engine wrote and compare it with what it was given: every item, the count, and sample questions.

    Every page that an item names must be one of a document that the ledger lists, as that is what pages link to. The
    questions are words as analysis cuts them. Where a sample is not found, every item is asked for. One that the memory
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
        total = index.search(Question(limit=0)).total
        if total != len(items):
            raise _differs(f"it counts {total} items of {len(items)}")
        sample = items[:: len(items) // _SAMPLES + 1]
        for item in sample:
            if index.item(item.id) != item:
                raise _differs(f"it does not find {item.id} by its id")
        if all(_finds(index, asked, len(items)) for asked in _questions(sample)):
            return publication.ledger
        return _with_remarks(publication.ledger, _unfound(index, publication))
    finally:
        index.close()


def _compare_items(index: Index, publication: Publication) -> None:
    pages = {(entry.body, entry.file): entry.pages for entry in publication.ledger}
    for given, found in zip_longest(publication.items, index.items()):
        if given != found:
            raise _differs(f"it does not give back {(given or found).id}")
        for version in given.versions:
            for place in version.places:
                if not 1 <= place.page <= pages.get((given.body, version.file), 0):
                    raise _differs(f"{given.id} names page {place.page} of {version.file}, which the ledger lacks")


def _questions(items: Iterable[Item]) -> Iterator[_Asked]:
    """For each item that has a word, a question of the longest of them."""
    for item in items:
        words = [(word, version) for version in item.versions for word in _words(version.text)]
        if words:
            word, version = max(words, key=lambda each: len(each[0]))
            chosen = Filter("body", item.body), Filter("meeting", item.meeting)
            yield _Asked(item, version, Question(word.lower(), chosen))


def _words(text: str) -> Iterator[str]:
    bounds = parse(text).bounds
    return (text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True) if end - start <= _LONGEST)


def _finds(index: Index, asked: _Asked, limit: int) -> bool:
    return any(hit.item.id == asked.item.id for hit in index.search(replace(asked.question, limit=limit)).hits)


def _unfound(index: Index, publication: Publication) -> Iterator[_Asked]:
    """What is asked for and not found, of all items.

    Raises:
        BadIndex: more than a few of them are lost.
    """
    count, lost = len(publication.items), 0
    for asked in _questions(publication.items):
        if not _finds(index, asked, count):
            alone = MemoryIndex(replace(publication, items=(asked.item,), concepts=()), _MEMORY)
            lost += _finds(alone, asked, 1)
            if lost > max(1, count // _FEW) or lost == count:
                place = f"{asked.item.id} ({asked.version.file}, page {asked.version.page})"
                raise _differs(f"asked for {asked.question.text!r}, it does not give {place}")
            yield asked


def _with_remarks(ledger: Iterable[Entry], unfound: Iterable[_Asked]) -> tuple[Entry, ...]:
    firsts: dict[tuple[str, str | None], _Asked] = {}
    counts: Counter[tuple[str, str | None]] = Counter()
    for asked in unfound:
        firsts.setdefault((asked.item.body, asked.version.file), asked)
        counts[asked.item.body, asked.version.file] += 1
    remarks = {document: _remark(asked, counts[document]) for document, asked in firsts.items()}
    return tuple(
        replace(entry, warnings=(*entry.warnings, remarks[entry.body, entry.file]))
        if (entry.body, entry.file) in remarks
        else entry
        for entry in ledger
    )


def _remark(first: _Asked, count: int) -> Caution:
    others = f", nor {count - 1} more of this document by theirs" if count > 1 else ""
    said = (
        f"The search does not find {first.item.id} by its word “{first.question.text}”{others}. It can be read "
        "all the same. Please report this: the program is at fault."
    )
    return Caution(UNFOUND, said, first.version.page)


def _differs(how: str) -> BadIndex:
    return BadIndex(
        f"The new index was not published, as it does not hold what it was given: {how}. "
        "The one that was published before is untouched. Please report this: the program is at fault."
    )
