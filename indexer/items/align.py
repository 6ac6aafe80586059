"""Alignment of a meeting's documents: passages of one path in several languages are one item."""

from collections.abc import Iterable, Sequence

from indexer.items.documents import ReadDocument
from indexer.model import RECOMMENDATIONS, Item, Kind, Passage, Version


def gather(documents: Iterable[ReadDocument], languages: Sequence[str]) -> tuple[Item, ...]:
    """The items of one meeting, in the order of its documents.

    Args:
        documents: the documents of one meeting, at most one for each role and language.
        languages: the body's languages in its order, which is that of the versions; others follow by code.

    Returns:
        Every passage in exactly one item. Passages meet by role, kind and path; where the kind differs, each is an item
        of its own, and the later one's path gets the kind before it. Roles follow each other, recommendations first; in
        each, items stand as in the first language, those that it lacks after what they follow in their own.
    """
    place = {language: number for number, language in enumerate(languages)}
    # Recommendations first, and each role in the body's languages: what comes first names the items.
    ordered = sorted(
        documents,
        key=lambda each: (
            each.document.role != RECOMMENDATIONS,
            each.document.role,
            place.get(each.language, len(place)),
            each.language,
        ),
    )
    order: list[tuple[str, str]] = []
    versions: dict[tuple[str, str], list[tuple[ReadDocument, Passage]]] = {}
    for each in ordered:
        last: tuple[str, str] | None = None
        for passage in each.passages:
            key = _key(each, passage, versions)
            if key not in versions:
                # One of another kind stands behind the passage of its path, any other behind its predecessor.
                twin = (each.document.role, passage.path)
                order.insert(_place_after(order, twin if twin in versions else last, each.document.role), key)
            versions.setdefault(key, []).append((each, passage))
            last = key
    return tuple(_item(key, versions[key], number) for number, key in enumerate(order))


def _key(
    read: ReadDocument, passage: Passage, versions: dict[tuple[str, str], list[tuple[ReadDocument, Passage]]]
) -> tuple[str, str]:
    """The role and path of the item that a passage belongs to."""
    key = (read.document.role, passage.path)
    # A preamble and a recommendation of one path are no translations of each other.
    if key in versions and versions[key][0][1].kind is not passage.kind:
        return (read.document.role, f"{passage.kind.value}.{passage.path}")
    return key


def _place_after(order: list[tuple[str, str]], last: tuple[str, str] | None, role: str) -> int:
    """The place behind an item; that of its role's first where ``last`` is None."""
    if last is not None:
        return order.index(last) + 1
    own = [number for number, key in enumerate(order) if key[0] == role]
    return own[0] if own else len(order)


def _item(key: tuple[str, str], versions: Sequence[tuple[ReadDocument, Passage]], order: int) -> Item:
    role, path = key
    first, passage = versions[0]
    document = first.document
    # The role that nearly all items have needs no mention in an id.
    middle = "" if role == RECOMMENDATIONS else f"{role}/"
    return Item(
        id=f"{document.body}/{document.meeting}/{middle}{path}",
        body=document.body,
        meeting=document.meeting,
        role=role,
        path=path,
        kind=Kind(passage.kind),
        order=order,
        versions=tuple(_version(*each) for each in versions),
        numbered=passage.numbered,
    )


def _version(read: ReadDocument, passage: Passage) -> Version:
    return Version(
        language=read.language,
        text=passage.text,
        places=passage.places,
        file=read.file,
        sha256=read.sha256,
        heading=passage.heading,
        symbol=read.document.symbol,
        url=read.document.url,
        confidence=passage.confidence,
    )
