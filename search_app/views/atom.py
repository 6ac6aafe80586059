"""Writer of Atom feeds (RFC 4287).

Removed entries are tombstones (RFC 6721), pages are linked (RFC 5005), and results are counted (OpenSearch 1.1).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from xml.etree import ElementTree as ET

MEDIA_TYPE = "application/atom+xml"

_ATOM = "http://www.w3.org/2005/Atom"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_SEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """An entry for a text that appeared or changed.

    ``language`` is that of the text, ``citation`` its citation and ``pdf`` the address of the page that prints it.
    ``published`` is the first day of its meeting; None where that is not known.
    """

    id: str
    title: str
    updated: datetime
    author: str
    link: str
    text: str
    language: str
    citation: str
    pdf: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Deleted:
    """A tombstone for a text that was removed; ``id`` is that of its entry."""

    id: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, or a page of one.

    ``page`` is the address where people read the same, ``links`` are addresses of feeds by relation, ``counts`` the
    elements of OpenSearch by name.
    """

    id: str
    title: str
    subtitle: str
    language: str
    updated: datetime
    author: str
    page: str
    links: Mapping[str, str]
    entries: Sequence[AtomEntry | Deleted]
    counts: Mapping[str, int] = field(default_factory=dict)


def write(feed: Feed) -> bytes:
    """The feed as XML."""
    # Without registered prefixes ElementTree writes ns0, ns1, …, which is valid but hard for people to read.
    for prefix, namespace in (("", _ATOM), ("at", _TOMBSTONES), ("opensearch", _SEARCH)):
        ET.register_namespace(prefix, namespace)
    root = ET.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: feed.language})
    _head(root, feed.id, feed.title, feed.updated, feed.author)
    if feed.subtitle:
        _text(root, "subtitle", feed.subtitle)
    _link(root, "alternate", feed.page, "text/html")
    for relation, address in feed.links.items():
        _link(root, relation, address, MEDIA_TYPE)
    for name, count in feed.counts.items():
        ET.SubElement(root, f"{{{_SEARCH}}}{name}").text = str(count)
    for entry in feed.entries:
        if isinstance(entry, Deleted):
            ET.SubElement(root, f"{{{_TOMBSTONES}}}deleted-entry", ref=entry.id, when=_time(entry.when))
        else:
            _entry(root, entry)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _entry(root: ET.Element, entry: AtomEntry) -> None:
    element = ET.SubElement(root, f"{{{_ATOM}}}entry")
    _head(element, entry.id, entry.title, entry.updated, entry.author)
    if entry.published:
        _text(element, "published", _time(datetime.combine(entry.published, time(), UTC)))
    _link(element, "alternate", entry.link, "text/html")
    _link(element, "related", entry.pdf, "application/pdf")
    _text(element, "summary", entry.citation)
    _text(element, "content", entry.text, {"type": "text", _LANGUAGE: entry.language})


def _head(parent: ET.Element, id: str, title: str, updated: datetime, author: str) -> None:
    _text(parent, "id", id)
    _text(parent, "title", title)
    _text(parent, "updated", _time(updated))
    _text(ET.SubElement(parent, f"{{{_ATOM}}}author"), "name", author)


def _text(parent: ET.Element, name: str, text: str, attributes: Mapping[str, str] | None = None) -> None:
    # Texts from PDFs may hold control characters. ElementTree would write them, and no reader could parse the feed.
    ET.SubElement(parent, f"{{{_ATOM}}}{name}", dict(attributes or {})).text = _NO_XML.sub("\ufffd", text)


def _link(parent: ET.Element, relation: str, address: str, media_type: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", rel=relation, href=address, type=media_type)


def _time(moment: datetime) -> str:
    """A moment as RFC 3339 writes it, down to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
