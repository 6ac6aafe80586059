"""A publication to a folder that holds a Whoosh index."""

# ARCHITECTURE.md: A row is a version.

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from indexer.analysis.folding import fold
from indexer.analysis.schema import EXACT
from indexer.engines.base import Progress
from indexer.engines.whoosh.arrays import Column
from indexer.engines.whoosh.codec import writer
from indexer.engines.whoosh.codec.positions import PositionEncoder
from indexer.engines.whoosh.codec.writer import TermPostings
from indexer.engines.whoosh.doc_values import NO_VALUE, encode_values
from indexer.engines.whoosh.index import ID
from indexer.engines.whoosh.inverter import Inverter
from indexer.engines.whoosh.metadata import IndexMetadata, checks, write_lexicon, write_metadata, write_thesaurus
from indexer.model import FIELDS, Item, Publication, json
from indexer.query.fields import field_vocabulary, values_of
from indexer.query.lexicon import Lexicon
from indexer.query.thesaurus import Thesaurus
from indexer.search.sort_keys import by_date, by_tie, in_order, meeting_key
from indexer.storage.atomic import storage_errors
from indexer.storage.external_sort import Scratch, Series, SortedLines

_REPORTED_EVERY = 200


def publish(folder: Path, publication: Publication, progress: Progress) -> None:
    """Write the index of a publication into an existing, empty folder, as the port says."""
    items = in_order(publication)
    headings: Counter[str] = Counter()
    words: Counter[tuple[str, str]] = Counter()
    with (
        storage_errors(folder),
        closing(Inverter(folder)) as inversion,
        closing(_ColumnBuilder(folder, publication)) as columns,
    ):

        def kept() -> Iterator[tuple[bytes, bytes]]:
            for done, item in enumerate(items):
                if done % _REPORTED_EVERY == 0:
                    progress(done, len(items))
                columns.add(item)
                stored = json.encode(item)
                for version in item.versions:
                    yield stored, inversion.add(version).pack()
                    stored = b""
                    headings[version.heading] += bool(version.heading)

        def numbers() -> Iterator[tuple[str, Column]]:
            yield from columns.numbers()
            yield from zip(("text_words", "heading_words"), inversion.lengths(), strict=True)

        def terms() -> Iterator[TermPostings]:
            yield from columns.ids()
            yield from _counted(inversion.terms(), words)

        writer.write(folder, kept(), numbers(), terms())
        write_lexicon(folder, Lexicon.of(words, +headings))
        write_thesaurus(folder, Thesaurus.of(publication.concepts))
        values = columns.values()
        held = field_vocabulary(publication.bodies, publication.meetings, values["lang"][NO_VALUE + 1 :])
        write_metadata(folder, IndexMetadata(held, values, writer.layout_of(folder), checks(folder)))
    progress(len(items), len(items))


def _counted(terms: Iterable[TermPostings], words: Counter[tuple[str, str]]) -> Iterator[TermPostings]:
    """Terms as they pass; ``words`` gathers in how many rows each printed word stands."""
    for term in terms:
        if term.field == EXACT:
            words[fold(term.text), term.text] += len(term.rows)
        yield term


class _ColumnBuilder:
    """The columns of the rows, gathered item by item, in order; what is equal is held but once.

    Args:
        folder: an existing folder for what is sorted.
        publication: what the rows are of.
    """

    def __init__(self, folder: Path, publication: Publication) -> None:
        self._meetings = {meeting.key: meeting for meeting in publication.meetings}
        self._ids = SortedLines(folder)
        self._ties = SortedLines(folder)
        self._scratch = Scratch(folder)
        self._days, self._item, self._value = (Series(self._scratch, "i") for _ in range(3))
        self._values: dict[tuple[str | None, ...], int] = {}

    def add(self, item: Item) -> None:
        """Take in the rows of the next item."""
        place, row = len(self._days), len(self._item)
        later, name = by_tie(item)
        self._ids.add(b"%b\0%d" % (item.id.encode(), row))
        self._ties.add(b"%d%b\0%d" % (later, name.encode(), place))
        self._days.append(by_date(item, self._meetings))
        for version in item.versions:
            values = values_of(item, version, self._meetings[meeting_key(item)])
            self._item.append(place)
            self._value.append(self._values.setdefault(tuple(map(values.get, FIELDS)), len(self._values)))

    def ids(self) -> Iterator[TermPostings]:
        """The terms that are the ids of the items, sorted."""
        at_first = PositionEncoder().of(np.array([1]), np.array([0]))
        for line in self._ids:
            name, _, row = line.rpartition(b"\0")
            yield TermPostings(ID, name.decode(), (int(row),), (1,), at_first)

    def numbers(self) -> Iterator[tuple[str, Column]]:
        """The columns by name, one at a time."""
        item, value, days = (np.frombuffer(series.read(), np.int32) for series in (self._item, self._value, self._days))
        yield "item", item
        yield "tie", _ranks(int(line.rpartition(b"\0")[2]) for line in self._ties).take(item)
        yield "day", _ranks(days.argsort(kind="stable")).take(item)
        for field, (codes, _) in self._coded().items():
            yield field, np.array(codes, np.int32).take(value)

    def values(self) -> dict[str, tuple[str, ...]]:
        """The values of the fields by code."""
        return {field: values for field, (_, values) in self._coded().items()}

    def _coded(self) -> dict[str, tuple[list[int], tuple[str, ...]]]:
        held = zip(*self._values, strict=True) if self._values else [()] * len(FIELDS)
        return {
            field: encode_values(values, newest_first=field == "year")
            for field, values in zip(FIELDS, held, strict=True)
        }

    def close(self) -> None:
        """Let go of what was sorted."""
        for each in (self._ids, self._ties, self._scratch):
            each.close()


def _ranks(order: Iterable[int]) -> Column:
    """The rank of each place, of all places by rank."""
    places = np.fromiter(order, np.int32)
    ranks = np.empty_like(places)
    ranks[places] = np.arange(len(places), dtype=np.int32)
    return ranks
