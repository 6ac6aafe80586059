"""Publications made of a few words, for the tests of engines."""

from collections.abc import Mapping, Sequence
from datetime import date

from indexer.model import Body, Box, Concept, Dictionary, Item, Kind, Meeting, Place, Publication, Version

PLACE = Place(1, Box(0.0, 0.0, 10.0, 10.0))


def version(language: str, text: str, heading: str = "") -> Version:
    return Version(
        language=language, text=text, places=(PLACE,), file=f"{language}.pdf", sha256="0" * 64, heading=heading
    )


def item(
    meeting: str,
    path: str,
    texts: Mapping[str, str | tuple[str, str]],
    *,
    body: str = "body",
    kind: Kind = Kind.RECOMMENDATION,
    order: int = 0,
) -> Item:
    """An item; ``texts`` are its texts, or heading and text, by language."""
    versions = tuple(
        version(language, text) if isinstance(text, str) else version(language, text[1], text[0])
        for language, text in texts.items()
    )
    return Item(
        id=f"{body}/{meeting}/{path}",
        body=body,
        meeting=meeting,
        role="recommendations",
        path=path,
        kind=kind,
        order=order,
        versions=versions,
    )


def publication(
    items: Sequence[Item], concepts: tuple[Concept, ...] = (), dictionaries: tuple[Dictionary, ...] = ()
) -> Publication:
    """A publication of these items, with the meetings I (1999), II (2006), III (2006) and IV (no date) of each body."""
    names = dict.fromkeys(each.body for each in items) or {"body": None}
    bodies = tuple(Body(name, {"en": name}, ("en", "es")) for name in names)
    days = {"I": date(1999, 5, 1), "II": date(2006, 2, 1), "III": date(2006, 9, 1), "IV": None}
    meetings = tuple(
        Meeting(name, roman, ordinal, {"en": roman}, first_day=day, last_day=day)
        for name in names
        for ordinal, (roman, day) in enumerate(days.items(), start=1)
    )
    return Publication(bodies, meetings, tuple(items), (), concepts, dictionaries)


def of_texts(*texts: str, language: str = "en") -> Publication:
    """A publication of meeting I with one recommendation for each text: ``body/I/1``, ``body/I/2``, …"""
    return publication([item("I", str(path), {language: text}, order=path) for path, text in enumerate(texts, start=1)])
