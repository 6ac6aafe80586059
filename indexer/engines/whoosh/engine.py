"""A publication to a folder that holds a Whoosh index, and back."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from indexer import codec
from indexer.analysis import fold
from indexer.engines.base import Progress
from indexer.engines.whoosh import files
from indexer.engines.whoosh.columns import NO_VALUE, coded
from indexer.engines.whoosh.files import TermPostings
from indexer.engines.whoosh.index import ID, WhooshIndex
from indexer.engines.whoosh.invert import Inversion
from indexer.engines.whoosh.records import Head, checks, write_head, write_lexicon
from indexer.filters import holdings, values_of
from indexer.lexicon import Lexicon
from indexer.model import FIELDS, Item, Publication
from indexer.order import by_date, by_tie, in_order, meeting_key
from indexer.plan import EXACT
from indexer.storage import storage_errors

_REPORTED_EVERY = 200


class WhooshEngine:
    """The default engine: Whoosh keeps the index, arrays answer the questions."""

    name = "whoosh"

    def publish(self, folder: Path, publication: Publication, progress: Progress) -> None:
        """See the port."""
        items = in_order(publication)
        columns = _Columns(publication)
        headings: Counter[str] = Counter()
        words: Counter[tuple[str, str]] = Counter()
        with storage_errors(folder), closing(Inversion(folder)) as inversion:
            for done, item in enumerate(items):
                if done % _REPORTED_EVERY == 0:
                    progress(done, len(items))
                columns.add(item)
                for place, version in enumerate(item.versions):
                    inversion.add(version, None if place else (ID, item.id))
                    headings[version.heading] += bool(version.heading)
            numbers, values = columns.coded()
            numbers |= {"text_words": inversion.text_lengths, "heading_words": inversion.heading_lengths}
            stored = (data for item in items for data in _stored(item))
            files.write(folder, _counted(inversion.terms(), words), numbers, stored)
            write_lexicon(folder, Lexicon.of(words, +headings))
            held = holdings(publication.bodies, publication.meetings, values["lang"][NO_VALUE + 1 :])
            write_head(folder, Head(held, publication.concepts, values, checks(folder)))
        progress(len(items), len(items))

    def open(self, folder: Path) -> WhooshIndex:
        """See the port."""
        return WhooshIndex(folder)


def _stored(item: Item) -> list[bytes]:
    """What each row of an item keeps: the first the item, the others nothing."""
    return [codec.encode(item)] + [b""] * (len(item.versions) - 1)


def _counted(terms: Iterable[TermPostings], words: Counter[tuple[str, str]]) -> Iterator[TermPostings]:
    """Terms as they pass; ``words`` gathers in how many rows each printed word stands."""
    for term in terms:
        if term.field == EXACT:
            words[fold(term.text), term.text] = len(term.rows)
        yield term


class _Columns:
    """The columns of the rows, gathered item by item, in order."""

    def __init__(self, publication: Publication) -> None:
        self._meetings = {meeting.key: meeting for meeting in publication.meetings}
        self._ties: list[tuple[bool, str]] = []
        self._days: list[int] = []
        self._item = array("i")
        self._values: dict[str, list[str | None]] = {field: [] for field in FIELDS}

    def add(self, item: Item) -> None:
        """Take in the rows of the next item."""
        for version in item.versions:
            self._item.append(len(self._ties))
            values = values_of(item, version, self._meetings[meeting_key(item)])
            for field, held in self._values.items():
                held.append(values.get(field))
        self._ties.append(by_tie(item))
        self._days.append(by_date(item, self._meetings))

    def coded(self) -> tuple[dict[str, Sequence[int]], dict[str, tuple[str, ...]]]:
        """The columns, and the values of the fields by code."""
        numbers: dict[str, Sequence[int]] = {"item": self._item}
        for name, keys in (("tie", self._ties), ("day", self._days)):
            ranks = array("i", bytes(4 * len(keys)))
            for rank, place in enumerate(sorted(range(len(keys)), key=keys.__getitem__)):
                ranks[place] = rank
            numbers[name] = [ranks[place] for place in self._item]
        values: dict[str, tuple[str, ...]] = {}
        for field, held in self._values.items():
            numbers[field], values[field] = coded(held, newest_first=field == "year")
        return numbers, values
