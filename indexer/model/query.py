"""Query: its text, syntax tree and settings."""

from dataclasses import dataclass, replace
from typing import Literal, TypedDict

from indexer.model.messages import Message


@dataclass(frozen=True, slots=True)
class Word:
    """A plain word: matches its inflected forms, its accented forms and its equivalent terms."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in quotes: matches them in this order, side by side, in no other form."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """``begin*``: matches the words that begin so."""

    text: str


@dataclass(frozen=True, slots=True)
class Typo:
    """``word~``: matches words at most one slip of the pen away."""

    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """``left NEAR/distance right``: matches where at most ``distance`` words stand between the two."""

    left: "Word | Phrase"
    right: "Word | Phrase"
    distance: int


@dataclass(frozen=True, slots=True)
class Filter:
    """``field:value``. ``field`` is the name of a field; ``value`` may be a range where it has them: ``2006..2016``."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """Matches what ``part`` does not."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """Matches where all parts match. Two parts or more."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Matches where any part matches. Two parts or more."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query: matches every item."""


Node = Word | Phrase | Prefix | Typo | Near | Filter | Not | And | Or | Everything
"""A node of the syntax tree of a query."""

Sort = Literal["relevance", "date", "oldest", "document"]

Match = Literal["best", "all", "any"]
"""Words that must match: all, with what lacks some behind; all, and nothing else; or any."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was read, with its settings. ``indexer.query.parser.parse`` makes it.

    Attributes:
        text: the query as typed.
        tree: its syntax tree.
        notes: notes on what was mended or left out, each once.
        chosen: the values chosen in facets: any of those of one field, and all fields.
        match: which words must match.
        sort: the order of the results.
        offset: results before the first one wanted; a page beyond the end is empty.
        limit: the most results wanted.
        equivalents: whether equivalent terms are searched as well.
        explain: whether hits explain their scores.
        meant: words of the text that look like filters, and the filters that were probably meant.
        cited: ids of items that the text cites: see ``indexer.query.citations``.
    """

    text: str
    tree: Node
    notes: tuple[Message, ...] = ()
    meant: tuple[tuple[str, Filter], ...] = ()
    chosen: tuple[Filter, ...] = ()
    match: Match = "best"
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    equivalents: bool = True
    explain: bool = False
    cited: tuple[str, ...] = ()


def partial_page(query: Query, found: int) -> Query:
    """Make the query of the partial matches of a page: those behind ``found`` full matches, the best first."""
    # They share few words with the query: in the order of days or documents they would be no answer.
    shown = min(max(found - query.offset, 0), query.limit)
    return replace(query, offset=max(query.offset - found, 0), limit=query.limit - shown, sort="relevance")


class QuerySettings(TypedDict, total=False):
    """Settings of a query; see ``Query``, which has the default of each."""

    chosen: tuple[Filter, ...]
    match: Match
    sort: Sort
    offset: int
    limit: int
    equivalents: bool
    explain: bool
