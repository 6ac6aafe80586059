"""Passages of a meeting's documents ─▶ items: what stands under one path in several languages is one item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.model import RECOMMENDATIONS, Document, Item, Kind, Passage, Version


@dataclass(frozen=True, slots=True)
class AlignmentInput:
    """A document cut into passages.

    ``file`` is the path of its PDF within the folder of PDFs, ``sha256`` the hexadecimal digest of that; ``language``
    is that of its text.
    """

    document: Document
    file: str
    language: str
    sha256: str
    passages: tuple[Passage, ...]


def gather(cuts: Iterable[AlignmentInput], languages: Sequence[str]) -> tuple[Item, ...]:
    """The items of one meeting, in the order of its documents.

    Args:
        cuts: the documents of one meeting, at most one for each role and language.
        languages: the body's languages in its order, which is that of the versions; others follow by code.

    Returns:
        Every passage in exactly one item. Passages meet by role, kind and path; where the kind differs, each is an item
        of its own, and the later one's path gets the kind before it. Roles follow each other, recommendations first; in
        each, items stand as in the first language, those that it lacks after what they follow in their own.
    """
    place = {language: number for number, language in enumerate(languages)}
    ordered = sorted(
        cuts,
        key=lambda cut: (
            cut.document.role != RECOMMENDATIONS,
            cut.document.role,
            place.get(cut.language, len(place)),
            cut.language,
        ),
    )
    order: list[tuple[str, str]] = []
    versions: dict[tuple[str, str], list[tuple[AlignmentInput, Passage]]] = {}
    for cut in ordered:
        last: tuple[str, str] | None = None
        for passage in cut.passages:
            key = _key(cut, passage, versions)
            if key not in versions:
                twin = (cut.document.role, passage.path)
                order.insert(_after(order, twin if twin in versions else last, cut.document.role), key)
            versions.setdefault(key, []).append((cut, passage))
            last = key
    return tuple(_item(key, versions[key], number) for number, key in enumerate(order))


def _key(
    cut: AlignmentInput, passage: Passage, versions: dict[tuple[str, str], list[tuple[AlignmentInput, Passage]]]
) -> tuple[str, str]:
    key = (cut.document.role, passage.path)
    if key in versions and versions[key][0][1].kind is not passage.kind:
        return (cut.document.role, f"{passage.kind.value}.{passage.path}")
    return key


def _after(order: list[tuple[str, str]], last: tuple[str, str] | None, role: str) -> int:
    if last is not None:
        return order.index(last) + 1
    own = [number for number, key in enumerate(order) if key[0] == role]
    return own[0] if own else len(order)


def _item(key: tuple[str, str], versions: Sequence[tuple[AlignmentInput, Passage]], order: int) -> Item:
    role, path = key
    cut, passage = versions[0]
    document = cut.document
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


def _version(cut: AlignmentInput, passage: Passage) -> Version:
    return Version(
        language=cut.language,
        text=passage.text,
        places=passage.places,
        file=cut.file,
        sha256=cut.sha256,
        heading=passage.heading,
        symbol=cut.document.symbol,
        url=cut.document.url,
        confidence=passage.confidence,
    )
