"""Publisher of a Whoosh index: a publication to the files of a folder."""

# ARCHITECTURE.md: A row is a version.

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

import numpy as np

from indexer.analysis.fields import FIELDS, FieldVocabulary, values_of
from indexer.analysis.folding import fold
from indexer.analysis.schema import EXACT
from indexer.engines.base import Progress
from indexer.engines.whoosh.arrays import Column
from indexer.engines.whoosh.codec.layout import DAY, HEADING_WORDS, ID_FIELD, ITEM_OF_ROW, TEXT_WORDS, TIE
from indexer.engines.whoosh.codec.positions import PositionEncoder
from indexer.engines.whoosh.codec.writer import IndexWriter, TermPostings
from indexer.engines.whoosh.doc_values import encode_values
from indexer.engines.whoosh.inverter import Inverter
from indexer.engines.whoosh.metadata import (
    IndexMetadata,
    checksums,
    write_dictionaries,
    write_lexicon,
    write_metadata,
    write_thesaurus,
)
from indexer.model import Item, Publication, json
from indexer.query.lexicon import Lexicon
from indexer.query.thesaurus import Thesaurus
from indexer.search.sort_keys import by_tie, day_of, in_order, meeting_key
from indexer.storage.atomic import storage_errors
from indexer.storage.external_sort import Scratch, Series, SortedLines

# Often enough for a counter to be seen moving, seldom enough to cost nothing.
_REPORTED_EVERY = 200
"""Items between two calls of the progress callback."""


def publish(folder: Path, publication: Publication, progress: Progress) -> None:
    """Write the index of a publication into an existing, empty folder.

    Raises:
        StorageError: the disk is full or the folder cannot be written.
    """
    items = in_order(publication)
    headings: Counter[str] = Counter()
    words: Counter[tuple[str, str]] = Counter()
    with (
        storage_errors(folder),
        closing(Inverter(folder)) as inverter,
        closing(_DocValuesBuilder(folder, publication)) as doc_values,
    ):
        writer = IndexWriter(folder)

        # The items are gone through once, since they are read from a file and not held: each is inverted, stored and
        # taken into the doc values at once. Doc values and postings are complete when all items are taken in.
        with writer.doc_store() as doc_store:
            for done, item in enumerate(items):
                if done % _REPORTED_EVERY == 0:
                    progress(done, len(items))
                doc_values.add(item)
                stored = json.encode(item)
                for version in item.versions:
                    doc_store.add(stored, inverter.add(version).pack())
                    stored = b""  # the item is stored with its first row only
                    headings[version.heading] += bool(version.heading)

        # Iterators, so that one column and one list are held at a time. The words are counted as the terms pass by.
        lengths = zip((TEXT_WORDS, HEADING_WORDS), inverter.lengths(), strict=True)
        writer.write_doc_values(chain(doc_values.columns(), lengths))
        writer.write_postings(chain(doc_values.ids(), _count_words(inverter.terms(), words)))
        layout = writer.finish()

        # A version without a heading has counted as 0 of an empty one, which unary plus takes away.
        write_lexicon(folder, Lexicon.of(words, +headings))
        write_thesaurus(folder, Thesaurus.of(publication.concepts))
        write_dictionaries(folder, publication.dictionaries)
        values = doc_values.values()
        sorted_values = {field: tuple(sorted(set().union(*sets))) for field, sets in values.items()}
        vocabulary = FieldVocabulary(publication.bodies, publication.meetings, sorted_values)
        # Last, since the metadata hold the check sums of all other files.
        write_metadata(folder, IndexMetadata(vocabulary, values, layout, checksums(folder)))
    progress(len(items), len(items))


def _count_words(terms: Iterable[TermPostings], words: Counter[tuple[str, str]]) -> Iterator[TermPostings]:
    """The terms as they pass; ``words`` gathers the number of rows of each printed word, by folded and printed form."""
    for term in terms:
        if term.field == EXACT:
            words[fold(term.text), term.text] += len(term.rows)
        yield term


class _DocValuesBuilder:
    """Gathers the doc values of the rows, item by item, in order.

    Args:
        folder: an existing folder for what is sorted.
        publication: the publication that the items are of.
    """

    def __init__(self, folder: Path, publication: Publication) -> None:
        self._meetings = {meeting.key: meeting for meeting in publication.meetings}
        self._ids = SortedLines(folder)
        self._ties = SortedLines(folder)
        self._scratch = Scratch(folder)
        self._days, self._item_of_row, self._combination_of_row = (Series(self._scratch, "i") for _ in range(3))
        # Rows share few combinations of values (about one a meeting, language and kind): a number a row stands for one.
        self._combinations: dict[tuple[tuple[str, ...], ...], int] = {}

    def add(self, item: Item) -> None:
        """Take in the rows of the next item."""
        place, row = len(self._days), len(self._item_of_row)
        later, name = by_tie(item)
        # Lines are sorted by their bytes, for UTF-8 the order of the strings. NUL comes before every other byte, so
        # that a string comes before those that it begins.
        self._ids.add(b"%b\0%d" % (item.id.encode(), row))
        self._ties.add(b"%d%b\0%d" % (later, name.encode(), place))
        self._days.append(day_of(item, self._meetings))
        for version in item.versions:
            values = values_of(item, version, self._meetings[meeting_key(item)])
            combination = tuple(values[field] for field in FIELDS)
            self._item_of_row.append(place)
            self._combination_of_row.append(self._combinations.setdefault(combination, len(self._combinations)))

    def ids(self) -> Iterator[TermPostings]:
        """The ids of the items as terms, sorted, each at its item's first row."""
        # A posting must have a position. That of an id says nothing.
        at_first = PositionEncoder().of(np.array([1]), np.array([0]))
        for line in self._ids:
            name, _, row = line.rpartition(b"\0")
            yield TermPostings(ID_FIELD, name.decode(), (int(row),), (1,), at_first)

    def columns(self) -> Iterator[tuple[str, Column]]:
        """The columns by name, one at a time."""
        series = (self._item_of_row, self._combination_of_row, self._days)
        item_of_row, combination_of_row, days = (np.frombuffer(each.read(), np.int32) for each in series)
        yield ITEM_OF_ROW, item_of_row
        yield TIE, _ranks(int(line.rpartition(b"\0")[2]) for line in self._ties).take(item_of_row)
        yield DAY, _number_days(days).take(item_of_row)
        for field, (codes, _) in self._encode().items():
            yield field, np.array(codes, np.int32).take(combination_of_row)

    def values(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The sets of values of each field by code."""
        return {field: values for field, (_, values) in self._encode().items()}

    def _encode(self) -> dict[str, tuple[list[int], tuple[tuple[str, ...], ...]]]:
        """Codes of each field by combination, and the field's sets of values by code."""
        of_fields = zip(*self._combinations, strict=True) if self._combinations else [()] * len(FIELDS)
        return {field: encode_values(sets) for field, sets in zip(FIELDS, of_fields, strict=True)}

    def close(self) -> None:
        """Remove what was sorted."""
        for each in (self._ids, self._ties, self._scratch):
            each.close()


def _number_days(days: Column) -> Column:
    """Number days by age, the oldest as 1; 0 stands for no day and stays."""
    known, numbers = np.unique(days, return_inverse=True)
    return np.asarray(numbers + (known[:1] > 0).sum(), np.int32)


def _ranks(order: Iterable[int]) -> Column:
    """The rank of each place, given the places by rank."""
    places = np.fromiter(order, np.int32)
    ranks = np.empty_like(places)
    ranks[places] = np.arange(len(places), dtype=np.int32)
    return ranks
