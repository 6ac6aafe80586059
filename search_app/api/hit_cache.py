"""What answers say of a version whatever was asked: written once, and kept as far as memory goes."""

# ARCHITECTURE.md: The part of a hit that no query changes is encoded once.

from dataclasses import dataclass

from indexer.model import Item, Version, json
from indexer.storage.memory_cache import MemoryCache
from search_app.api import schemas
from search_app.api.display_names import DisplayNames
from search_app.present import labels
from search_app.request.urls import opened_at

MEMORY = 32 * 2**20
"""How many bytes of texts are kept for a generation, in all languages of the interface."""


@dataclass(frozen=True, slots=True)
class EncodedVersion:
    """A version in the form ``Text``, as JSON, and what hits go on from.

    Attributes:
        json: the JSON.
        page: the address of the item's page, without words to be marked.
        opened: the fragment of that address.
        pdf: the address of the document where the version begins, without words to be marked.
        spots: where the version stands, the same of their addresses.
    """

    json: bytes
    page: str
    opened: str
    pdf: str
    spots: tuple[schemas.Spot, ...]

    @property
    def nbytes(self) -> int:
        """About how much memory this takes."""
        return 1000 + len(self.json) + 400 * len(self.spots)


Texts = MemoryCache[tuple[DisplayNames, str, str], EncodedVersion]
"""Texts by the names that they use, the id of the item, and the language."""


def no_texts() -> Texts:
    """A place for texts, with none in it yet."""
    return MemoryCache(MEMORY, lambda text: text.nbytes)


def text_of(item: Item, version: Version, names: DisplayNames, kept: Texts) -> EncodedVersion:
    """The text of a version, the kept one if it is there."""
    key = names, item.id, version.language
    known = kept.get(key)
    return known if known is not None else kept.put(key, _written(item, version, names))


def _written(item: Item, version: Version, names: DisplayNames) -> EncodedVersion:
    links, title = names.links, names.title(item)
    text = schemas.Text(
        id=item.id,
        title=title,
        number=labels.number_of(item),
        kind=item.kind,
        meeting=names.meeting(names.holdings.meeting_of(item)),
        language=version.language,
        heading=version.heading,
        text=version.text,
        symbol=version.symbol,
        file=version.file,
        sha256=version.sha256,
        page=version.page,
        confidence=version.confidence,
        citation=names.citation(item, version, title),
        permanent=links.permanent(item),
        official=official(version),
        api=links.api("item", id=item.id),
    )
    spots = spots_of(item, version, names)
    opened = opened_at(item, version.language)
    return EncodedVersion(json.encode(text), links.permanent(item), opened, links.version(item, version), spots)


def spots_of(item: Item, version: Version, names: DisplayNames) -> tuple[schemas.Spot, ...]:
    """Where a version stands in its document."""
    spots = []
    for place in version.places:
        box, pdf = place.box, names.links.pdf(item.body, version.file, place.page, place=place)
        spots.append(schemas.Spot(place.start, place.page, box.x0, box.top, box.x1, box.bottom, pdf))
    return tuple(spots)


def official(version: Version) -> str | None:
    """The address of the document at its publisher, opened where the version begins."""
    return f"{version.url}#page={version.page}" if version.url else None
