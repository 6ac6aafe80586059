"""Whether an index holds what it was given: asked before anybody is shown it."""

import re
from itertools import zip_longest
from pathlib import Path

from indexer.engines.base import Engine, Index
from indexer.errors import BadIndex
from indexer.model import Filter, Item, Publication, Question

_SAMPLES = 20
_MEMORY = 2**20
"""Hardly anything is asked for twice."""

_WORD = re.compile(r"[^\W\d_]{4,}")


def verify(engine: Engine, folder: Path, publication: Publication) -> None:
    """Open what an engine wrote and compare it with what it was given: every item, the count, and sample questions.

    Every page that an item names must be one of a document that the ledger lists, as that is what pages link to.

    Raises:
        BadIndex: it differs; nothing must be published.
    """
    index = engine.open(folder, _MEMORY)
    try:
        _compare_items(index, publication)
        total = index.search(Question(limit=0)).total
        if total != len(publication.items):
            raise _differs(f"it counts {total} items of {len(publication.items)}")
        for item in publication.items[:: len(publication.items) // _SAMPLES + 1]:
            _ask_for(index, item, len(publication.items))
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


def _ask_for(index: Index, item: Item, limit: int) -> None:
    if index.item(item.id) != item:
        raise _differs(f"it does not find {item.id} by its id")
    words = [word for version in item.versions for word in _WORD.findall(version.text)]
    if words:
        question = Question(
            text=max(words, key=len).lower(),
            chosen=(Filter("body", item.body), Filter("meeting", item.meeting)),
            limit=limit,
        )
        if all(hit.item.id != item.id for hit in index.search(question).hits):
            raise _differs(f"asked for {question.text!r}, it does not give {item.id}")


def _differs(how: str) -> BadIndex:
    return BadIndex(
        f"The new index was not published, as it does not hold what it was given: {how}. "
        "The one that was published before is untouched. Please report this: the program is at fault."
    )
