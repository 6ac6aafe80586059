"""Citations: queries that name an item or a document.

``Recommendation 3 ninth meeting``, ``rec. 3 of IX``, ``IX/3``, ``ISLA-IX/doc.3/16``, an item's id, address or printed
citation: what is cited stands before the results, which stay what they are.
"""

# ARCHITECTURE.md: What a query cites stands before its results.

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
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
    Everything,
    Filter,
    Hit,
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
    Piece,
    is_grammar,
    names_kind,
    ordinals_in,
    pieces_of,
    words_in,
)
from indexer.query.lexer import without_filters
from indexer.query.parser import MAX_LENGTH, query_of_meeting

_MOST_TRIED = 100
"""Choices that are looked up, at most: a text may name a hundred meetings and as many numbers."""

_ADDRESS = re.compile(r"(?:\S*/)?item/(?P<id>[^\s?#]+)\S*", re.IGNORECASE)
_POINTED = re.compile(r"(?P<meeting>[^\W_]{2,}|[A-Z])\.(?P<path>\d[\w.~]*)")
_SLASH = re.compile(r"\s*/\s*")
_AROUND = "()[]<>{}\"'“”«».,;:"
"""Signs around a word of a citation that are none of it."""


class Cited(NamedTuple):
    """Items that a query cites.

    Attributes:
        items: their ids, in order.
        symbol: the symbol of the document that is cited as a whole; empty where single items are.
        alone: whether the query asks for nothing else, so that it is certain that it cites.
    """

    items: tuple[str, ...] = ()
    symbol: str = ""
    alone: bool = False

    def settles(self, results: Results) -> bool:
        """Tell whether what is cited is the whole answer: nothing else is asked for, and nothing else was found."""
        found = sum(hit.item.id in self.items for hit in results.hits)
        return self.alone and bool(results.cited) and results.total <= found

    def partial_beside(self, results: Results) -> tuple[Hit, ...]:
        """The partial matches to be shown beside what is cited: not that again, and none where it is all."""
        return () if self.settles(results) else tuple(hit for hit in results.partial if hit.item.id not in self.items)


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


class _Side(NamedTuple):
    """Meetings named on one side of a number: by ordinal or id, and by year."""

    meetings: Sequence[Meeting]
    of_years: Sequence[Meeting]


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
        self._by_word: dict[str, list[Meeting]] = {}
        for meeting in self._meetings:
            for word in (meeting.id.casefold(), meeting.key.casefold()):
                self._by_word.setdefault(word, []).append(meeting)
        self._roles: dict[str, dict[str, None]] = {meeting.key: {RECOMMENDATIONS: None} for meeting in self._meetings}
        self._documents: dict[tuple[str, ...], list[Entry]] = {}
        for entry in ledger:
            key = f"{entry.body}/{entry.meeting}"
            if key in self._roles:
                self._roles[key][entry.role] = None
                if entry.symbol:
                    self._documents.setdefault(work_of(entry.symbol)[1], []).append(entry)

    @cached_property
    def _names(self) -> re.Pattern[str]:
        names = (strip_accents(name) for body in self._bodies.values() for name in (body.id, *body.name.values()))
        by_length = sorted(filter(None, names), key=len, reverse=True)
        return re.compile(rf"(?<![\w/])(?:{'|'.join(map(re.escape, by_length)) or '(?!)'})(?![\w/])", re.IGNORECASE)

    def read(self, query: Query, index: Searched) -> Cited:
        """Read what a query cites; nothing where it cites nothing that is there.

        Args:
            query: the query; only one that is words, phrases and filters side by side cites.
            index: the index that holds the items.
        """
        if not all(isinstance(part, Word | Phrase | Filter) for part in _parts(query.tree)):
            return Cited()
        filters = tuple(dict.fromkeys(part for part in _parts(query.tree) if isinstance(part, Filter)))
        typed = query.text[:MAX_LENGTH]
        # Composed first, so that every character keeps its place when it loses its accent.
        composed = unicodedata.normalize("NFC", without_filters(typed) if filters else typed)
        cited = self._find(" ".join(strip_accents(composed).split()), query, index)
        items = _let_through(cited.items, filters, index)
        return cited._replace(items=items) if items else Cited()

    def _find(self, text: str, query: Query, index: Searched) -> Cited:
        words = [word.strip(_AROUND) for word in _SLASH.sub("/", text).split()]
        numbered, alone = self._by_number(text, query)
        # `rec. III.1` may be a number of a meeting named elsewhere; where there is none, it is the first one of III.
        ways = (self._by_id(words), True), (numbered, alone), (self._by_id(_with_slashes(words)), True)
        for choices, certain in ways:
            found = (_first_item(each, index) for each in choices[:_MOST_TRIED])
            if items := tuple(dict.fromkeys(item.id for item in found if item))[:MOST_CITED]:
                return Cited(items, alone=certain)
        return self._document(text, index)

    # ------------------------------------------------------------------------------------------------ ids, addresses

    def _by_id(self, words: Sequence[str]) -> list["_Choice"]:
        """Read ``sample/IX/3``, ``IX/3`` and addresses, beside words that only explain them."""
        ids = [(word, found) for word in words if (found := self._ids_of(word))]
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
        cited = unquote(address["id"]) if address else word
        first, _, rest = cited.rstrip("/").partition("/")
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

    def _by_number(self, text: str, query: Query) -> tuple[list["_Choice"], bool]:
        """Read a kind and a number, and the meeting beside them; and whether nothing else is said."""
        # Cutting into pieces takes longer than all else, and most queries cite nothing.
        if not names_kind(text):
            return [], False
        choices: list[_Choice] = []
        pieces = pieces_of(self._names.sub(", ", text))
        numbered = [(place, piece.kind, piece.numbers) for place, piece in enumerate(pieces) if piece.kind][:MOST_CITED]
        if not numbered:
            return [], False
        by_symbol, bodies = self._by_symbol(text), self._bodies_in(text)
        # Whoever begins with a meeting names each before its numbers: `third meeting, rec. 2, fourth meeting, rec. 3`.
        meeting_first = bool(self._beside(pieces, numbered[0][0], -1).meetings)
        for place, kind, numbers in numbered:
            steps = (-1, 1) if meeting_first and place != numbered[-1][0] else (1, -1)
            places = by_symbol or self._places([self._beside(pieces, place, step) for step in steps], query)
            named = [each for each in places if each.meeting.body in bodies]
            for number in numbers[:MOST_CITED]:
                choices += (_Choice(_paths(each, kind, number), kind, number.counted) for each in named or places)
        return choices, bool(by_symbol) or all(self._is_of_citations(piece) for piece in pieces)

    def _is_of_citations(self, piece: Piece) -> bool:
        known = piece.numbers or piece.ordinals or piece.explains or piece.is_meeting or YEAR.fullmatch(piece.text)
        return bool(known or self._of_id(piece.text) or fold(piece.text) in KINDS)

    def _places(self, sides: Sequence[_Side], query: Query) -> list[_Place]:
        """Find the meetings named beside a number, by the surest of their names."""
        filtered = [each for each in self._meetings if _is_filtered(each, query)]
        ways = (*(side.meetings for side in sides), filtered, *(side.of_years for side in sides))
        found = next(filter(None, ways), ())
        return [_Place(each, tuple(self._roles[each.key])) for each in found]

    def _beside(self, pieces: Sequence[Piece], place: int, step: int) -> _Side:
        """Find the meetings named before or after a number.

        Only words of grammar may stand between.
        """
        found: dict[str, list[Meeting]] = {"ordinals": [], "ids": [], "years": []}
        at, joined = place + step, True
        while 0 <= at < len(pieces):
            piece = pieces[at]
            way, meetings = self._named_by(pieces, at)
            if meetings:
                # One more is meant where it is on a list: `IV and IX`.
                if found[way] and not joined:
                    break
                found[way] += meetings
                joined = False
            elif piece.numbers:
                if any(found.values()):
                    break
            elif not (piece.explains or YEAR.fullmatch(piece.text)) and not _is_meeting_of_a_year(pieces, at, step):
                break
            joined = joined or piece.joins
            at += step
        return _Side(found["ordinals"] or found["ids"], found["years"])

    def _named_by(self, pieces: Sequence[Piece], at: int) -> tuple[str, list[Meeting]]:
        """Find the meetings that a piece names, and by which of their names."""
        piece = pieces[at]
        if piece.ordinals:
            return "ordinals", [each for each in self._meetings if each.ordinal in piece.ordinals]
        if YEAR.fullmatch(piece.text):
            return "years", [each for each in self._meetings if str(each.year) == piece.text]
        # `I` is a word as well, where a verb follows.
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        if is_grammar(piece.text) and following and not (following.numbers or following.explains):
            return "ids", []
        return "ids", self._of_id(piece.text)

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

    def _of_id(self, word: str) -> list[Meeting]:
        # A single small letter is a word: `a`, `e`, `y`.
        return [each for each in self._by_word.get(word.casefold(), ()) if len(word) > 1 or each.id == word]

    # ----------------------------------------------------------------------------------------------------- documents

    def _document(self, text: str, index: Searched) -> Cited:
        """Read a symbol that stands alone: the items of its document, in order."""
        for entry in self._documents.get(work_of(text)[1], ()):
            hits = index.search(query_of_meeting(entry.body, entry.meeting)).hits
            ids = tuple(hit.item.id for hit in hits if any(each.symbol == entry.symbol for each in hit.item.versions))
            if ids:
                return Cited(ids, entry.symbol or "", alone=True)
        return Cited()


class _Choice(NamedTuple):
    """Ids that may be meant, the likeliest first.

    ``kind`` is that of the item where it was named, ``counted`` tells whether its number stands in square brackets.
    """

    ids: tuple[str, ...]
    kind: Kind | None = None
    counted: bool = False


def _with_slashes(words: Sequence[str]) -> list[str]:
    """Write ``III.1`` as ``III/1``."""
    pointed = (_POINTED.fullmatch(word) for word in words)
    return [
        f"{match['meeting']}/{match['path']}" if match else word for word, match in zip(words, pointed, strict=True)
    ]


def _parts(tree: Node) -> tuple[Node, ...]:
    return tree.parts if isinstance(tree, And) else (tree,)


def _let_through(ids: tuple[str, ...], filters: Sequence[Filter], index: Searched) -> tuple[str, ...]:
    """Keep the items that all of some filters let through."""
    for each in filters:
        if ids:
            hits = index.search(Query("", Everything(), chosen=(each,), cited=ids, limit=len(ids))).cited
            ids = tuple(hit.item.id for hit in hits)
    return ids


def _is_filtered(meeting: Meeting, query: Query) -> bool:
    """Tell whether a filter or a choice names a meeting by key, id or ordinal."""
    parts = (*_parts(query.tree), *query.chosen)
    values = [part.value for part in parts if isinstance(part, Filter) and part.field == "meeting"]
    named = any(each.casefold() in (meeting.id.casefold(), meeting.key.casefold()) for each in values)
    return named or any(meeting.ordinal in ordinals_in(strip_accents(each)) for each in values)


def _is_meeting_of_a_year(pieces: Sequence[Piece], at: int, step: int) -> bool:
    """Tell whether a word for a meeting leads to its year.

    It does in ``of the meeting of 1999`` and ``1999 meeting``.
    """
    beside = pieces[at - 1] if at else None
    known = beside and (is_grammar(beside.text) if step > 0 else YEAR.fullmatch(beside.text))
    return pieces[at].is_meeting and bool(known)


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
