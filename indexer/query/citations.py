"""Citations: queries that name an item or a document.

``Recommendation 3 ninth meeting``, ``rec. 3 of IX``, ``IX/3``, ``ISLA-IX/doc.3/16``, an item's id, address or printed
citation: what is cited stands before the results, which stay what they are.
"""

# ARCHITECTURE.md: What a query cites stands before its results.

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, Protocol
from urllib.parse import unquote

from indexer.analysis.folding import fold
from indexer.analysis.numerals import roman_value
from indexer.analysis.ordinals import MEETING, strip_accents
from indexer.catalogue.symbols import work_of
from indexer.model import (
    RECOMMENDATIONS,
    And,
    Body,
    Entry,
    Filter,
    Item,
    Kind,
    Meeting,
    Node,
    Phrase,
    Query,
    Results,
    Word,
)
from indexer.query.citation_grammar import (
    KINDS,
    MOST_CITED,
    YEAR,
    Number,
    is_grammar,
    kinds_with_numbers,
    ordinals,
    words_in,
)
from indexer.query.parser import MAX_LENGTH, query_of_meeting

_MOST_TRIED = 100
"""Choices that are looked up, at most: a text may name a hundred meetings and as many numbers."""

_ADDRESS = re.compile(r"\S*/item/(?P<id>[^\s?#]+)\S*")
_AROUND = "()[]<>{}\"'“”«».,;:"
"""Signs around a word of a citation that are none of it."""


class Cited(NamedTuple):
    """Items that a query cites.

    Attributes:
        items: their ids, in order.
        symbol: the symbol of the document that is cited as a whole; empty where single items are.
    """

    items: tuple[str, ...] = ()
    symbol: str = ""


class Searched(Protocol):
    """Index in which cited items are looked up."""

    def item(self, id: str) -> Item | None:
        """See the port of the engines."""

    def search(self, query: Query) -> Results:
        """See the port of the engines."""


class _Place(NamedTuple):
    """A meeting that is named, and the roles of the documents that are meant."""

    meeting: Meeting
    roles: tuple[str, ...]


class Citations:
    """Reader of the citations of what one generation holds.

    Args:
        bodies: its bodies.
        meetings: their meetings.
        ledger: their documents.
    """

    def __init__(self, bodies: Iterable[Body], meetings: Iterable[Meeting], ledger: Iterable[Entry]) -> None:
        self._bodies: Mapping[str, Body] = {body.id.casefold(): body for body in bodies}
        self._meetings = tuple(meetings)
        self._roles: dict[str, dict[str, None]] = {meeting.key: {RECOMMENDATIONS: None} for meeting in self._meetings}
        self._documents: dict[tuple[str, ...], list[Entry]] = {}
        for entry in ledger:
            key = f"{entry.body}/{entry.meeting}"
            if key in self._roles:
                self._roles[key][entry.role] = None
                if entry.symbol:
                    self._documents.setdefault(work_of(entry.symbol)[1], []).append(entry)

    def read(self, query: Query, index: Searched) -> Cited:
        """Read what a query cites; nothing where it cites nothing that is there.

        Args:
            query: the query; only one that is words, phrases and filters side by side cites.
            index: the index that holds the items.
        """
        if not _is_plain(query.tree):
            return Cited()
        # Composed first, so that every character keeps its place when it loses its accent.
        text = " ".join(strip_accents(unicodedata.normalize("NFC", query.text[:MAX_LENGTH])).split())
        choices = self._by_id([word.strip(_AROUND) for word in text.split()]) or self._by_number(text, query)
        if choices:
            found = (_first_item(each, index) for each in choices[:_MOST_TRIED])
            return Cited(tuple(dict.fromkeys(item.id for item in found if item))[:MOST_CITED])
        return self._document(text, index)

    # ------------------------------------------------------------------------------------------------ ids, addresses

    def _by_id(self, words: Sequence[str]) -> list["_Choice"]:
        """Read ``sample/IX/3``, ``IX/3`` and addresses, beside words that only explain them."""
        ids = [(word, found) for word in words if "/" in word and (found := self._ids_of(word))]
        if not ids:
            return []
        rest = {word for word in words if word} - {word for word, _ in ids}
        if not all(self._explains(word) for word in rest):
            return []
        return [_Choice(each) for _, found in ids for each in found]

    def _explains(self, word: str) -> bool:
        folded = fold(word)
        return folded in KINDS or folded in MEETING or folded in self._bodies or is_grammar(word)

    def _ids_of(self, word: str) -> list[tuple[str, ...]]:
        """Ids that a word may be, those of one item together."""
        address = _ADDRESS.fullmatch(word)
        first, _, rest = (unquote(address["id"]) if address else word).partition("/")
        if first.casefold() in self._bodies:
            body, (meeting, _, path) = first.casefold(), rest.partition("/")
        else:
            body, meeting, path = "", first, rest
        if not path:
            return []
        written = (path, path.lower(), path.upper())
        return [
            tuple(dict.fromkeys(f"{each.key}/{one}" for one in written))
            for each in self._meetings
            if each.id.casefold() == meeting.casefold() and (not body or each.body.casefold() == body)
        ]

    # --------------------------------------------------------------------------------------------- kinds and numbers

    def _by_number(self, text: str, query: Query) -> list["_Choice"]:
        """Read a kind and a number, and the meeting beside them."""
        choices: list[_Choice] = []
        numbered = list(islice(kinds_with_numbers(text), MOST_CITED))
        if not numbered:
            return []
        by_symbol, bodies = self._by_symbol(text), self._bodies_in(text)
        for kind, numbers, start, end in numbered:
            places = by_symbol or self._places(text[:start], text[end:], query)
            named = [place for place in places if place.meeting.body in bodies]
            for number in numbers[:MOST_CITED]:
                choices += (_Choice(_paths(place, kind, number), kind, number.counted) for place in named or places)
        return choices

    def _places(self, before: str, after: str, query: Query) -> list[_Place]:
        """Find the meetings named before or after a number, by the surest of their names."""
        numbers, years = ordinals(before) | ordinals(after), YEAR.findall(after)
        ways: tuple[Sequence[Meeting], ...] = (
            [each for each in self._meetings if each.ordinal in numbers],
            self._beside(before, after),
            [each for each in self._meetings if _is_filtered(each, query)],
            [each for each in self._meetings if str(each.year) in years],
        )
        found = next(filter(None, ways), ())
        return [_Place(each, tuple(self._roles[each.key])) for each in found]

    def _bodies_in(self, text: str) -> set[str]:
        """Ids of the bodies that are named in a text."""
        folded = f" {words_in(text)} "
        names = ((body.id, name) for body in self._bodies.values() for name in (body.id, *body.name.values()))
        return {body for body, name in names if f" {words_in(name)} " in folded}

    def _by_symbol(self, text: str) -> list[_Place]:
        """Find the documents whose symbols stand in a text."""
        words = work_of(text)[1]
        lengths = {len(key) for key in self._documents}
        stretches = {words[start : start + length] for start in range(len(words)) for length in lengths}
        entries = [entry for key, own in self._documents.items() if key in stretches for entry in own]
        roles: dict[str, dict[str, None]] = {}
        for entry in entries:
            roles.setdefault(f"{entry.body}/{entry.meeting}", {})[entry.role] = None
        return [_Place(each, tuple(roles[each.key])) for each in self._meetings if each.key in roles]

    def _beside(self, before: str, after: str) -> list[Meeting]:
        """Find the meetings whose id stands next to a number, words of grammar apart."""
        sides = after.split(), before.split()[::-1]
        stripped = ((word.strip(_AROUND) for word in side) for side in sides)
        # An id may be a word of grammar as well: `I`.
        nearest = (
            next((ids for word in side if (ids := self._of_id(word)) or (word and not is_grammar(word))), [])
            for side in stripped
        )
        return next(filter(None, nearest), [])

    def _of_id(self, word: str) -> list[Meeting]:
        # A single small letter is a word: `a`, `e`, `y`.
        one = len(word) == 1
        return [
            each
            for each in self._meetings
            if (each.id == word if one else word.casefold() in (each.id.casefold(), each.key.casefold()))
        ]

    # ----------------------------------------------------------------------------------------------------- documents

    def _document(self, text: str, index: Searched) -> Cited:
        """Read a symbol that stands alone: the items of its document, in order."""
        for entry in self._documents.get(work_of(text)[1], ()):
            hits = index.search(query_of_meeting(entry.body, entry.meeting)).hits
            ids = tuple(hit.item.id for hit in hits if any(each.symbol == entry.symbol for each in hit.item.versions))
            if ids:
                return Cited(ids, entry.symbol or "")
        return Cited()


class _Choice(NamedTuple):
    """Ids that may be meant, the likeliest first.

    ``kind`` is that of the item where it was named, ``counted`` tells whether its number stands in square brackets.
    """

    ids: tuple[str, ...]
    kind: Kind | None = None
    counted: bool = False


def _is_plain(tree: Node) -> bool:
    parts = tree.parts if isinstance(tree, And) else (tree,)
    return all(isinstance(part, Word | Phrase | Filter) for part in parts)


def _is_filtered(meeting: Meeting, query: Query) -> bool:
    parts = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    filters = (part for part in (*parts, *query.chosen) if isinstance(part, Filter) and part.field == "meeting")
    return any(each.value.casefold() in (meeting.id.casefold(), meeting.key.casefold()) for each in filters)


def _paths(place: _Place, kind: Kind, number: Number) -> tuple[str, ...]:
    """Make the ids that a number of a kind may have in a meeting."""
    path = number.path
    value = roman_value(path)
    written = dict.fromkeys((path, path.upper(), *((str(value),) if value else ())))
    each = [(one, f"{kind.value}.{one}") for one in written]
    paths = [pair[counted] for pair in each for counted in ((1, 0) if number.counted else (0, 1))]
    return tuple(
        f"{place.meeting.key}/{'' if role == RECOMMENDATIONS else role + '/'}{path}"
        for role in place.roles
        for path in paths
    )


def _first_item(choice: _Choice, index: Searched) -> Item | None:
    """The first item of a choice that is there, one printed as cited before others."""
    found = [item for each in choice.ids if (item := index.item(each))]
    items = [item for item in found if choice.kind in (None, item.kind)]
    # `Paragraph 1` is the one that prints its number, `Paragraph [1]` the first of those that do not.
    alike = (item for item in items if choice.kind is None or item.numbered is not choice.counted)
    return next(alike, items[0] if items else None)
