"""A publication to a folder that holds a Whoosh index, and back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from indexer import codec
from indexer.analysis import fold
from indexer.engines.base import Progress
from indexer.engines.whoosh import files
from indexer.engines.whoosh.columns import coded
from indexer.engines.whoosh.files import TermPostings
from indexer.engines.whoosh.index import ID, WhooshIndex
from indexer.engines.whoosh.invert import Inversion
from indexer.engines.whoosh.records import Head, checks, write_head, write_lexicon
from indexer.filters import holdings, values_of
from indexer.lexicon import Lexicon
from indexer.model import FIELDS, Item, Publication
from indexer.order import by_tie, in_order, meeting_key, newest_first
from indexer.plan import EXACT
from indexer.storage import storage_errors

_REPORTED_EVERY = 200


class WhooshEngine:
    """The default engine: Whoosh keeps the index, arrays answer the questions."""

    name = "whoosh"

    def publish(self, folder: Path, publication: Publication, progress: Progress) -> None:
        """See the port."""
        items = in_order(publication)
        headings: Counter[str] = Counter()
        words: Counter[tuple[str, str]] = Counter()
        with storage_errors(folder), closing(Inversion(folder)) as inversion:
            for done, item in enumerate(items):
                if done % _REPORTED_EVERY == 0:
                    progress(done, len(items))
                for place, version in enumerate(item.versions):
                    inversion.add(version, None if place else (ID, item.id))
                    headings[version.heading] += bool(version.heading)
            numbers, values = _columns(items, publication)
            numbers |= {"text_words": inversion.text_lengths, "heading_words": inversion.heading_lengths}
            stored = (data for item in items for data in _stored(item))
            files.write(folder, _counted(inversion.terms(), words), numbers, stored)
            write_lexicon(folder, Lexicon.of(words, +headings))
            held = holdings(publication.bodies, publication.meetings, items)
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


def _columns(
    items: Sequence[Item], publication: Publication
) -> tuple[dict[str, Sequence[int]], dict[str, tuple[str, ...]]]:
    """The columns of the rows, and the values of the fields by code."""
    meetings = {meeting.key: meeting for meeting in publication.meetings}
    rows = [(item, version) for item in items for version in item.versions]
    place, tie, day = (
        {item.id: place for place, item in enumerate(order)}
        for order in (items, sorted(items, key=by_tie), newest_first(items, meetings))
    )
    numbers: dict[str, Sequence[int]] = {
        name: [ranks[item.id] for item, _ in rows] for name, ranks in (("item", place), ("tie", tie), ("day", day))
    }
    values: dict[str, tuple[str, ...]] = {}
    for field in FIELDS:
        of_row = (values_of(item, version, meetings[meeting_key(item)]).get(field) for item, version in rows)
        numbers[field], values[field] = coded(of_row, newest_first=field == "year")
    return numbers, values
