"""Results: hits with snippets and explanations, facets, counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from indexer.model.items import Item, Version
from indexer.model.messages import Message

As = Literal["exact", "stem", "accent", "equivalent", "translation", "typo", "prefix"]
"""As what a word matched: as typed, as an inflected form, as a form with other accents, as an equivalent term, …"""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a version's text that matched: offsets in characters, and as what."""

    start: int
    end: int
    matched: As = "exact"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text that a snippet shows.

    ``start``, ``end`` and ``marks`` are offsets in characters of the whole text.
    """

    start: int
    end: int
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """Share of one query term in the score of a hit.

    ``part`` is the term as typed, ``term`` the one that matched, ``matched`` the kind of match.

    The share of ``proximity`` is for all parts together, where some of them stand close to one another.
    """

    part: str
    term: str
    matched: As | Literal["proximity"]
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """An item found. ``version`` is the one that matched best, ``languages`` all that matched.

    ``snippet`` are windows of ``version.text`` in order. ``lacking`` are the words of the query that it does not
    have; empty for a full match.
    """

    item: Item
    version: Version
    score: float
    languages: tuple[str, ...]
    snippet: tuple[Window, ...] = ()
    lacking: tuple[str, ...] = ()
    explained: tuple[Explained, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """A value of a facet, and the number of results that have it.

    Counted are the results that the choices in all other fields leave: those that one gets on choosing this value alone
    in its field.
    """

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The counts of one field, largest first (years newest first).

    ``chosen`` are the values in the index that the choices in this field let through, sorted.
    """

    field: str
    counts: tuple[Count, ...]
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """Completion of a query as typed so far. It finds at least ``total`` items, and never none."""

    text: str
    total: int


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query.

    ``total`` counts all full matches, and so do the facets. ``partial`` are items that lack some words, the best first,
    which come after the last full match and fill the page; ``partial_total`` counts them all. Where only full matches
    are asked for, there are none as long as anything matches.
    ``understood`` is the query as it was read, in the query language. ``also`` are the equivalent terms that were
    searched as well, ``translations`` the words of other languages, by language; ``did_you_mean`` a better query, which
    finds something, or None. ``cited`` are items that the query cites, as far as the facets chosen leave them, on the
    first page; whether the text finds them or not, they count nowhere.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    understood: str
    notes: tuple[Message, ...] = ()
    also: tuple[str, ...] = ()
    translations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    partial: tuple[Hit, ...] = ()
    did_you_mean: str | None = None
    cited: tuple[Hit, ...] = ()
    partial_total: int = 0
