"""A portal's page of meetings ─▶ the meetings it lists, each with the addresses of its recommendations.

The mark-up of such a page is not known beforehand and changes. What is read is the order of its texts and links: an
entry begins where a text names a meeting with its number and a date, and ends where the next begins; the links within
it whose words name recommendations are its own. Pages that do not declare their encoding are read as UTF-8 where they
are, else as windows-1252.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urljoin, urlsplit, urlunsplit

from indexer.dates import printed_days
from indexer.ordinals import ORDINAL, ordinal, unaccented

_MEETING = r"(?:Meeting|Reunion|Reuniao)"
_IN_BRACKETS = r"[^()]{0,200}?\((?P<inside>[^()]{1,300})\)"
_ENTRY = re.compile(
    rf"(?<![\w-])(?:(?P<before>{ORDINAL})\s+{_MEETING}|{_MEETING}\s+(?P<after>{ORDINAL}))(?![\w-])" + _IN_BRACKETS,
    re.IGNORECASE,
)
_DATED = re.compile(rf"\b{_MEETING}\b" + _IN_BRACKETS, re.IGNORECASE)
_LABEL = re.compile(r"recommendations|recomendaciones|recomendacoes|recommandations", re.IGNORECASE)

_MARGIN = 100
"""Characters by which the last entry of a page may be longer than twice the longest of the others."""

_BEFORE_A_DATE = re.compile(r"(?:[\s,;]|\b(?:on|el|del|los dias|em|le|du|les)\b)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting as a portal lists it. ``addresses`` are those of its recommendations, absolute, in the page's order."""

    ordinal: int
    venue: str
    first_day: date
    last_day: date
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    start: int
    end: int
    address: str


def read_portal(page: bytes, address: str) -> tuple[Listed, ...]:
    """The meetings that a page of HTML lists, in its order, each once.

    ``address`` is where the page was found; relative links are resolved against it (or the page's own base). An entry
    that occurs twice is listed once, with the links of both.
    """
    flow = _Flow(address)
    flow.feed(_decoded(page))
    flow.close()
    printed, links = flow.text, flow.links
    text = unaccented(printed)
    entries = [
        (match, days) for match in _ENTRY.finditer(text) if (days := _days(printed[slice(*match.span("inside"))]))
    ]
    begins = sorted({match.start() for match, _ in entries} | {*_other_meetings(text, entries)})
    bounds = [*begins, _end_of_last(begins, len(text))]
    listed: dict[int, Listed] = {}
    for match, (first, last, venue) in entries:
        number = ordinal(match["before"] or match["after"])
        if number is None:
            continue
        start, end = match.start(), bounds[bisect_right(bounds, match.start())]
        own = [link for link in links if start < link.end and link.start < end]
        addresses = tuple(link.address for link in own if _LABEL.search(text[max(link.start, start) : link.end]))
        known = listed.get(number)
        merged = dict.fromkeys((*known.addresses, *addresses) if known else addresses)
        listed[number] = Listed(number, venue, first, last, tuple(merged))
    return tuple(listed.values())


def _end_of_last(begins: Sequence[int], end: int) -> int:
    """Where the last entry ends: what follows it may be the foot of the page, whose links are not its own."""
    lengths = [after - before for before, after in pairwise(begins)]
    return min(end, begins[-1] + 2 * max(lengths) + _MARGIN) if lengths else end


def _other_meetings(text: str, entries: Sequence[tuple[re.Match[str], object]]) -> Iterator[int]:
    """Where entries begin that name a meeting and a date, but no number."""
    for match in _DATED.finditer(text):
        inside = match.span("inside")
        if _days(text[slice(*inside)]) and all(inside != entry.span("inside") for entry, _ in entries):
            yield match.start()


def _decoded(page: bytes) -> str:
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", page[:2048], re.IGNORECASE)
    names = [declared[1].decode("ascii")] if declared else []
    for name in [*names, "utf-8"]:
        try:
            return page.decode(name)
        except (LookupError, UnicodeError):  # some codecs of Python decode no text at all
            continue
    return page.decode("cp1252", errors="replace")


def _days(inside: str) -> tuple[date, date, str] | None:
    """First day, last day and the venue printed before them."""
    found = printed_days(inside)
    if found is None:
        return None
    first, last, place = found
    return first, last, inside[: len(_BEFORE_A_DATE.sub("", unaccented(inside)[:place]))].strip()


class _Flow(HTMLParser):
    """The text of a page with white space folded, and its links as stretches of that text."""

    _SILENT = frozenset({"script", "style", "template", "noscript", "title"})

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base = address
        self._pieces: list[str] = []
        self._length = 0
        self._silent = 0
        self._open: tuple[int, str] | None = None
        self.links: list[_Link] = []

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in self._SILENT:
            self._silent += 1
        elif tag == "base" and (base := values.get("href")):
            self._base = urljoin(self._base, base)
        elif tag == "a":
            self._end_link()
            if target := self._absolute(values.get("href")):
                self._open = (self._length, target)
        elif tag not in _INLINE:
            self._add(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a":
            self._end_link()
        elif tag not in _INLINE:
            self._add(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            for piece in _folded(data):
                self._add(piece)

    def close(self) -> None:
        super().close()
        self._end_link()

    def _add(self, piece: str) -> None:
        if piece != " " or (self._pieces and self._pieces[-1] != " "):
            self._pieces.append(piece)
            self._length += len(piece)

    def _end_link(self) -> None:
        if self._open:
            start, target = self._open
            self.links.append(_Link(start, self._length, target))
            self._open = None

    def _absolute(self, href: str | None) -> str | None:
        if not href:
            return None
        try:
            parts = urlsplit(urljoin(self._base, href.strip().replace("\\", "/")))
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        return urlunsplit(parts._replace(path=parts.path.replace(" ", "%20"), fragment=""))


_INLINE = frozenset({"a", "abbr", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"})


def _folded(data: str) -> Iterator[str]:
    for piece in re.split(r"(\s+)", data):
        if piece:
            yield " " if piece.isspace() else piece
