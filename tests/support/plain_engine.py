"""An engine for tests of what stands around engines: items in one file, words found by looking."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from indexer.engines.base import MEMORY, Progress
from indexer.model import Completion, Hit, Item, Publication, Query, Results, Span, json, message
from indexer.model.errors import BadIndex


class PlainIndex:
    def __init__(self, items: tuple[Item, ...]) -> None:
        self._items = items
        self.closed = False

    def search(self, query: Query) -> Results:
        found = self._found(query)
        hits = [Hit(item, item.versions[0], 1.0, ()) for item in found[query.offset :][: query.limit]]
        return Results(len(found), tuple(hits), (), query.text)

    def hits_in_order(self, query: Query, places: Sequence[int]) -> tuple[Hit, ...]:
        found = self._found(query)
        asked = [item for place in places if (item := self._items[place]) in found]
        return tuple(Hit(item, item.versions[0], 1.0, ()) for item in asked[query.offset :][: query.limit])

    def _found(self, query: Query) -> list[Item]:
        assert not self.closed
        chosen = {each.field: each.value for each in query.chosen}
        return [
            item
            for item in self._items
            if chosen.get("body", item.body) == item.body
            and chosen.get("meeting", item.meeting) == item.meeting
            and any(query.text in version.text.lower() for version in item.versions)
        ]

    def item(self, id: str) -> Item | None:
        assert not self.closed
        return next((item for item in self._items if item.id == id), None)

    def items(self) -> Iterator[Item]:
        assert not self.closed
        return iter(self._items)

    def spans(self, query: Query, item: Item) -> Mapping[str, tuple[Span, ...]]:  # noqa: ARG002 - the port's signature
        return {}

    def similar(self, id: str, limit: int = 5) -> tuple[Hit, ...]:  # noqa: ARG002 - the port's signature
        return ()

    def suggest(self, text: str, limit: int = 8) -> tuple[Completion, ...]:  # noqa: ARG002 - the port's signature
        return ()

    @property
    def nbytes(self) -> int:
        return 0

    def close(self) -> None:
        self.closed = True


class PlainEngine:
    name = "plain"

    def publish(self, folder: Path, publication: Publication, progress: Progress) -> None:
        for number, item in enumerate(publication.items, start=1):
            (folder / f"{number:05}.json").write_bytes(json.encode(item))
            progress(number, len(publication.items))

    def open(self, folder: Path, memory: int = MEMORY) -> PlainIndex:  # noqa: ARG002 - the port's signature
        try:
            files = sorted(folder.glob("*.json"))
            return PlainIndex(tuple(json.decode(file.read_bytes(), Item) for file in files))
        except json.CodecError as error:
            raise BadIndex(message("index-unreadable", str(folder), str(error))) from error
