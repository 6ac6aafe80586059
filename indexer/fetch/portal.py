"""Reader of a portal's page of meetings, each with the addresses of its recommendations.

The mark-up of such a page is not known beforehand and changes. What is read is the order of its texts and links: an
entry is a text that names a meeting with its number and its days, with the link, row, list item or paragraph that it
stands in, and ends where a text names another meeting, whether or not that is an entry. The links within it whose words
name recommendations are its own; those that are nobody's are told. Pages that do not declare their encoding are read as
UTF-8 where they are, else as windows-1252.
"""

# ARCHITECTURE.md: A portal's page is read by `html.parser`.

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urljoin, urlsplit, urlunsplit

from indexer.analysis.dates import printed_days
from indexer.analysis.ordinals import ORDINAL, ordinal, strip_accents

_MEETING = r"(?:Meeting|Reunion|Reuniao)"
_NUMBERED = re.compile(
    rf"(?<![\w-])(?:(?P<before>{ORDINAL})\s+{_MEETING}|{_MEETING}\s+(?P<after>{ORDINAL}))(?![\w-])", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"(?P<between>[^()]{0,200}?)\((?P<inside>[^()]{1,300})\)")
_OF_A_YEAR = re.compile(
    rf"\b{_MEETING}\b[^()]{{0,200}}?\([^()]{{0,300}}?\b(?:19|20)\d\d\b[^()]{{0,300}}\)", re.IGNORECASE
)
_LABEL = re.compile(r"recommendations|recomendaciones|recomendacoes|recommandations", re.IGNORECASE)

# The last entry has no next one to end it; entries of one page are of about one length.
_TIMES_LONGEST = 2
_MARGIN = 100
"""The last entry of a page may be as long as so many times the longest of the others, and so many characters more."""

_LONGEST_CONTEXT = 120
"""Characters of the text before a link that a note gives with it: enough for the name of a meeting."""

_DECLARATION = 2048
"""Bytes at the beginning of a page in which its encoding is looked for: twice the 1024 of the HTML standard."""

_NO_NAME = re.compile(r"(?!)")
_BEFORE_A_DATE = re.compile(r"(?:[\s,;]|\b(?:on|el|del|los dias|em|le|du|les)\b)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """A meeting as a portal lists it. ``addresses`` are those of its recommendations, absolute, in the page's order."""

    ordinal: int
    venue: str
    first_day: date
    last_day: date
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LooseLink:
    """A link to recommendations of no known meeting; ``after`` is the text before it, and its own."""

    address: str
    after: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The listing of a portal's page: meetings of a body in its order, each once, and links of no meeting."""

    meetings: tuple[ListedMeeting, ...]
    loose: tuple[LooseLink, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A mention of a meeting, which need not be one of the body.

    ``place`` is its beginning in the text, in characters. ``days`` are the first and last day and the venue, where the
    mention is an entry.
    """

    place: int
    number: int | None
    days: tuple[date, date, str] | None


@dataclass(frozen=True, slots=True)
class _Link:
    """A link, with the stretch of text in it, in characters."""

    start: int
    end: int
    address: str


def read_portal(page: bytes, address: str, name: re.Pattern[str] = _NO_NAME) -> Listing:
    """The listing of a page of HTML.

    ``address`` is where the page was found; relative links are resolved against it (or the page's own base). ``name``
    finds the body's names in a text without accents: a meeting that says whose it is must be the body's. An entry that
    occurs twice is listed once, with the links of both.
    """
    flow = _Flow(address)
    flow.feed(_decode(page))
    flow.close()
    printed = flow.text
    text = strip_accents(printed)  # of the same length, so that places in one are places in the other
    mentions = list(_mentions(printed, text, name))
    starts = list(_starts(mentions, flow))
    end = _end_of_last(starts, len(text))
    listed: dict[int, ListedMeeting] = {}
    for mention in mentions:
        if mention.number and mention.days:
            first, last, venue = mention.days
            known = listed.get(mention.number)
            listed[mention.number] = ListedMeeting(mention.number, venue, first, last, known.addresses if known else ())
    loose: list[LooseLink] = []
    for link in flow.links:
        if not _LABEL.search(text[link.start : link.end]):
            continue
        owner = mentions[place - 1] if (place := bisect_right(starts, link.start)) and link.start < end else None
        if owner and owner.number and owner.days:
            meeting = listed[owner.number]
            addresses = tuple(dict.fromkeys((*meeting.addresses, link.address)))
            listed[owner.number] = replace(meeting, addresses=addresses)
        else:
            loose.append(LooseLink(link.address, _shorten(printed[: link.end].strip())))
    return Listing(tuple(listed.values()), tuple(loose))


def _shorten(text: str) -> str:
    """The last words of a text."""
    return text if len(text) <= _LONGEST_CONTEXT else f"… {text[-_LONGEST_CONTEXT:].partition(' ')[2]}"


def _mentions(printed: str, text: str, name: re.Pattern[str]) -> Iterator[_Mention]:
    """The mentions of meetings, in order, without repetitions within an entry."""
    numbered = {match.start(): match for match in _NUMBERED.finditer(text)}
    unnumbered = [
        match.start()
        for match in _OF_A_YEAR.finditer(text)
        if not any(match.start() < each.end() and each.start() < match.end() for each in numbered.values())
    ]
    entry: int | None = None
    for place in sorted({*numbered, *unnumbered}):
        match = numbered.get(place)
        number = ordinal(match["before"] or match["after"]) if match else None
        brackets = _IN_BRACKETS.match(text, match.end()) if match else None
        # Words between number and days name a body, which is another one unless its name is ours.
        ours = brackets and (name.search(brackets["between"]) or not re.search(r"[^\W\d_]", brackets["between"]))
        days = _days(printed[slice(*brackets.span("inside"))]) if brackets and ours else None
        if days or number is None or number != entry:
            yield _Mention(place, number, days)
            entry = number if days else None


def _starts(mentions: Iterable[_Mention], flow: "_Flow") -> Iterator[int]:
    """The places at which entries start, one a mention.

    An entry starts with the link, row, list item or paragraph around its mention, where that holds no mention before.
    """
    before = -1
    for mention in mentions:
        around = [link.start for link in flow.links if link.start <= mention.place < link.end]
        around += flow.blocks[: bisect_right(flow.blocks, mention.place)][-1:]
        yield min((place for place in around if place > before), default=mention.place)
        before = mention.place


def _end_of_last(starts: Sequence[int], end: int) -> int:
    """The end of the last entry: after it may come the foot of the page, whose links are not its own."""
    lengths = [after - before for before, after in pairwise(starts)]
    return min(end, starts[-1] + _TIMES_LONGEST * max(lengths) + _MARGIN) if lengths else end


def _decode(page: bytes) -> str:
    """The text of a page, in its declared encoding, UTF-8 or windows-1252."""
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", page[:_DECLARATION], re.IGNORECASE)
    names = [declared[1].decode("ascii")] if declared else []
    for name in [*names, "utf-8"]:
        try:
            return page.decode(name)
        except (LookupError, UnicodeError):  # some codecs of Python decode no text at all
            continue
    # Of the bytes that windows-1252 leaves without a letter none is lost in silence.
    return page.decode("cp1252", errors="replace")


def _days(inside: str) -> tuple[date, date, str] | None:
    """First day, last day and the venue before them, of a text in brackets."""
    found = printed_days(inside)
    if found is None:
        return None
    first, last, place = found
    return first, last, inside[: len(_BEFORE_A_DATE.sub("", strip_accents(inside)[:place]))].strip()


class _Flow(HTMLParser):
    """The text of a page with white space folded, and its links.

    ``links`` are stretches of that text;
    ``blocks`` are the places in the text where rows, list items and paragraphs begin.
    """

    # No browser shows what is in them, save for the title, which names the page and no meeting of it.
    _SILENT = frozenset({"script", "style", "template", "noscript", "title"})

    _BLOCKS = frozenset({"dt", "li", "p", "tr"})

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base = address
        self._pieces: list[str] = []
        self._length = 0
        self._silent = 0
        self._open: tuple[int, str] | None = None
        self.links: list[_Link] = []
        self.blocks: list[int] = []

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in self._BLOCKS:
            self._add(" ")
            self.blocks.append(self._length)
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
            self._silent = max(0, self._silent - 1)  # an end without a beginning must not unhide another's text
        elif tag == "a":
            self._end_link()
        elif tag not in _INLINE:
            self._add(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            for piece in _fold_space(data):
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
        """The absolute address of a link; None where it leads to no page or file on the web."""
        if not href:
            return None
        try:
            parts = urlsplit(urljoin(self._base, href.strip().replace("\\", "/")))
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        return urlunsplit(parts._replace(path=parts.path.replace(" ", "%20"), fragment=""))


# Their ends and beginnings part no words: ``M<b>eeting</b>`` is one.
_INLINE = frozenset({"a", "abbr", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"})


def _fold_space(data: str) -> Iterator[str]:
    """The pieces of a text, with one space for each stretch of white space."""
    for piece in re.split(r"(\s+)", data):
        if piece:
            yield " " if piece.isspace() else piece
