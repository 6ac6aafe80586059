"""In-memory cache of encoded versions, from which hits are completed.

The part of a hit that is the same for every query is serialized once and kept within a bound of bytes.
"""

# ARCHITECTURE.md: The part of a hit that no query changes is encoded once.

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from indexer.model import Item, Version, json
from indexer.storage.memory_cache import MemoryCache
from search_app.api import schemas
from search_app.api.display_names import DisplayNames
from search_app.present import labels
from search_app.request.urls import opened_at

V = TypeVar("V", schemas.Text, schemas.Version)

MIB = 2**20

MEMORY = 32 * MIB
"""Bytes of texts kept for a generation, in all languages of the interface.

An entry takes some kilobytes, so that this holds thousands of versions. Each process of the service has its own.
"""

ENTRY_BYTES = 1000
"""Estimate of an entry without its JSON and spots: the objects, and three addresses of about 100 characters each."""

SPOT_BYTES = 400
"""Estimate of a spot: the object, its four floats, and the address that opens the PDF there."""


@dataclass(frozen=True, slots=True)
class EncodedVersion:
    """A version encoded as ``schemas.Text``, with the parts that complete a hit.

    Attributes:
        json: the JSON object, in UTF-8.
        page: the address of the item's page, without words to be marked.
        opened: the fragment of that address.
        pdf: the address of the document where the version begins, without words to be marked.
        spots: the places of the version in its document, their addresses without words to be marked.
    """

    json: bytes
    page: str
    opened: str
    pdf: str
    spots: tuple[schemas.Spot, ...]

    @property
    def nbytes(self) -> int:
        """Estimate of the memory that the entry takes, in bytes."""
        return ENTRY_BYTES + len(self.json) + SPOT_BYTES * len(self.spots)


# The names are part of the key: they stand for the interface language and the public address, which are in the JSON.
Texts = MemoryCache[tuple[DisplayNames, str, str], EncodedVersion]
"""Cache of texts, by the display names used, the id of the item, and the language of the version."""


def no_texts() -> Texts:
    """An empty cache of texts."""
    return MemoryCache(MEMORY, lambda text: text.nbytes)


def text_of(item: Item, version: Version, names: DisplayNames, texts: Texts) -> EncodedVersion:
    """The encoded text of a version, from the cache where it holds it."""
    key = names, item.id, version.language
    encoded = texts.get(key)
    return encoded if encoded is not None else texts.put(key, _encode(item, version, names))


def _encode(item: Item, version: Version, names: DisplayNames) -> EncodedVersion:
    links = names.links
    text = describe_version(
        schemas.Text,
        item,
        version,
        names,
        id=item.id,
        title=names.title(item),
        number=labels.number_of(item),
        kind=item.kind,
        meeting=names.meeting(names.coverage.meeting_of(item)),
        permanent=links.permanent(item),
        api=links.api("item", id=item.id),
        values=dict(item.values),
    )
    spots = spots_of(item, version, names)
    opened = opened_at(item, version.language)
    return EncodedVersion(json.encode(text), links.permanent(item), opened, links.version(item, version), spots)


def describe_version(
    schema: Callable[..., V], item: Item, version: Version, names: DisplayNames, **others: object
) -> V:
    """A version by either schema that tells of one: the fields that both have, and ``others`` of that schema alone."""
    return schema(
        language=version.language,
        heading=version.heading,
        text=version.text,
        symbol=version.symbol,
        file=version.file,
        sha256=version.sha256,
        page=version.page,
        page_label=version.page_label,
        confidence=version.confidence,
        citation=names.citation(item, version, names.title(item)),
        official=f"{version.url}#page={version.page}" if version.url else None,
        **others,
    )


def spots_of(item: Item, version: Version, names: DisplayNames) -> tuple[schemas.Spot, ...]:
    """The places of a version in its document, in the order of its text."""
    spots = []
    for place in version.places:
        box, pdf = place.box, names.links.spot(item, version, place)
        spots.append(
            schemas.Spot(
                start=place.start,
                page=place.page,
                page_label=place.label,
                x0=box.x0,
                top=box.top,
                x1=box.x1,
                bottom=box.bottom,
                pdf=pdf,
            )
        )
    return tuple(spots)
