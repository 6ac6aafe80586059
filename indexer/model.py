"""The values that flow from a catalogue and its PDFs to a page of results.

Everything here is frozen, slotted and made of the standard library alone, so that any other module may import it.
Coordinates are points with the origin at the top left corner of the page as a reader sees it (its rotation applied,
relative to its crop box), y growing downwards, rounded to a tenth of a point. Page numbers count from 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, NamedTuple

# ---------------------------------------------------------------------------------------------------------- the corpus

Texts = Mapping[str, str]
"""A text per language code: ``{"en": "Ninth Meeting", "es": "Novena Reunión"}``."""

RECOMMENDATIONS = "recommendations"
"""The role of a document that needs no mention in an item's id."""


@dataclass(frozen=True, slots=True)
class Body:
    """An institution that holds meetings.

    ``notice`` is shown on every page that shows its words; ``portal`` holds the pages that list its
    meetings, by language.
    """

    id: str
    name: Texts
    languages: tuple[str, ...]
    fictional: bool = False
    homepage: str | None = None
    notice: Texts = field(default_factory=dict)
    portal: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a body. ``id`` is unique within the body (a Roman numeral unless the catalogue says otherwise)."""

    body: str
    id: str
    ordinal: int
    title: Texts
    held_by: Texts = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None
    venue: Texts = field(default_factory=dict)
    page: str | None = None

    @property
    def key(self) -> str:
        """The meeting's address in the corpus: ``body/meeting``."""
        return f"{self.body}/{self.id}"

    @property
    def year(self) -> int | None:
        """The year of the first day, where it is known."""
        return self.first_day.year if self.first_day else None


class Strategy(StrEnum):
    """How the recommendations of a document are told apart."""

    NUMBERED = "numbered"
    DECIMAL = "decimal"
    SECTIONED = "sectioned"
    DASH = "dash"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Override:
    """What a catalogue says about cutting one document, where no rule can know.

    ``start`` and ``end`` are openings of lines: items begin after the first line that begins with ``start`` and end
    before the next line that begins with ``end``.
    """

    strategy: Strategy | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One PDF of a meeting, in one language and role. ``language`` is None where the text is to tell it."""

    body: str
    meeting: str
    file: str | None = None
    language: str | None = None
    role: str = RECOMMENDATIONS
    symbol: str | None = None
    revision: int = 0
    url: str | None = None
    override: Override | None = None


# ----------------------------------------------------------------------------------------------------- pages of a PDF


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as printed. ``size`` is the height of its letters in points, ``bold`` whether most of them are.

    ``confidence`` is how sure OCR was of it, in percent; None where the PDF itself says what the letters are.
    """

    text: str
    box: Box
    size: float
    bold: bool = False
    confidence: int | None = None


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a reader of the ledger should know. ``code`` is stable and kebab-case; ``message`` is for people."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its lines in reading order, and those set aside (running headers, page marks), which are not its text."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    set_aside: tuple[Line, ...] = ()
    warnings: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from one PDF file.

    ``failure`` says, for people, why nothing or not everything could be read; ``pages`` then holds what could be.
    """

    file: str
    sha256: str
    pages: tuple[Page, ...]
    failure: str | None = None


# ------------------------------------------------------------------------------------------------- passages and items


class Kind(StrEnum):
    """What a passage is."""

    RECOMMENDATION = "recommendation"
    PREAMBLE = "preamble"
    PARAGRAPH = "paragraph"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of a passage stands: a box on a page. ``start`` is where the piece begins in the passage's text."""

    page: int
    box: Box
    start: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that can be found and cited.

    ``text`` is what the page prints, apart from line breaks and end-of-line hyphens. ``heading`` is the nearest heading
    above it, or empty. ``numbered`` is False where the path counts passages that print no number. ``confidence`` is how
    sure OCR was of what it read of it, in percent; None where OCR read nothing of it.
    """

    path: str
    kind: Kind
    text: str
    places: tuple[Place, ...]
    heading: str = ""
    numbered: bool = True
    confidence: int | None = None

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages it stands on, ascending."""
        return tuple(sorted({place.page for place in self.places}))


@dataclass(frozen=True, slots=True)
class Segmented:
    """A document cut into passages, in document order."""

    passages: tuple[Passage, ...]
    strategy: Strategy
    warnings: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """An item in one language, and the document that prints it. ``sha256`` is the hexadecimal digest of that file.

    ``confidence`` is how sure OCR was of what it read of it, in percent; None where OCR read nothing of it.
    """

    language: str
    text: str
    places: tuple[Place, ...]
    file: str
    sha256: str
    heading: str = ""
    symbol: str | None = None
    url: str | None = None
    confidence: int | None = None

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.places[0].page


@dataclass(frozen=True, slots=True)
class Item:
    """The same passage in its languages: what is found and counted.

    ``id`` is ``body/meeting/path``, with the role before the path when it is not ``recommendations``. ``order`` is the
    item's place in its meeting, from 0. ``versions`` are sorted by language in the body's order of languages.
    """

    id: str
    body: str
    meeting: str
    role: str
    path: str
    kind: Kind
    order: int
    versions: tuple[Version, ...]
    numbered: bool = True


# ----------------------------------------------------------------------------------------------------------- the ledger


class State(StrEnum):
    """What became of a document that a meeting has or should have."""

    INDEXED = "indexed"
    NO_ITEMS = "no-items"
    NOT_FETCHED = "not-fetched"
    UNREADABLE = "unreadable"
    SUPERSEDED = "superseded"
    SET_ASIDE = "set-aside"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger: a meeting, a language and what is known of its document.

    ``passages`` counts passages by kind. ``reason`` says, for people, why a document is not indexed. A file that could
    not be given to a meeting has an empty ``meeting``; ``candidates`` are those that it may belong to.
    """

    body: str
    meeting: str
    language: str | None
    role: str
    state: State
    file: str | None = None
    sha256: str | None = None
    symbol: str | None = None
    revision: int = 0
    pages: int = 0
    pages_without_text: tuple[int, ...] = ()
    passages: Mapping[str, int] = field(default_factory=dict)
    strategy: Strategy | None = None
    warnings: tuple[Caution, ...] = ()
    reason: str | None = None
    candidates: tuple[str, ...] = ()


class Synonym(NamedTuple):
    """A term of the thesaurus: a word or several, in one language."""

    language: str
    text: str


class Concept(NamedTuple):
    """Terms that can stand for one another, in the order of the thesaurus."""

    name: str
    terms: tuple[Synonym, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that one generation of the index holds. ``items`` need not be in memory."""

    bodies: tuple[Body, ...]
    meetings: tuple[Meeting, ...]
    items: Sequence[Item]
    ledger: tuple[Entry, ...]
    concepts: tuple[Concept, ...] = ()


# ------------------------------------------------------------------------------------------------------- the question


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
    """``field:value``. ``field`` is one of FIELDS; for ``year``, ``value`` is ``2006`` or a range ``2006..2016``."""

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
    """The empty question: matches every item."""


Node = Word | Phrase | Prefix | Typo | Near | Filter | Not | And | Or | Everything
"""A node of the syntax tree of a question."""

FIELDS = ("body", "meeting", "year", "lang", "kind")
"""The fields that can filter, which are also the facets, in the order in which they are shown."""

Sort = Literal["relevance", "date", "document"]
Match = Literal["all", "any"]


@dataclass(frozen=True, slots=True)
class Note:
    """Something the asker should know about how the question was read. ``code`` is stable; ``message`` is English;
    ``parts`` are what a translated message is made of.
    """

    code: str
    message: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of an engine. ``chosen`` holds the facets chosen, at most one value a field.

    ``offset`` and ``limit`` count results; a page beyond the end is empty.
    """

    text: str = ""
    chosen: tuple[Filter, ...] = ()
    match: Match = "all"
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    equivalents: bool = True
    explain: bool = False


# -------------------------------------------------------------------------------------------------------- the answer

As = Literal["exact", "stem", "accent", "equivalent", "typo", "prefix"]
"""As what a word matched: as typed, as an inflected form, as a form with other accents, as an equivalent term, …"""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a version's text that matched: offsets in characters, and as what."""

    start: int
    end: int
    matched: As = "exact"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a version's text that is worth showing, with the marks that fall into it (offsets of the text)."""

    start: int
    end: int
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """How a part of the question contributed to a hit: the part as typed, the term that matched, as what, its share.

    The share of ``proximity`` is for all parts together, where some of them stand close to one another.
    """

    part: str
    term: str
    matched: As | Literal["proximity"]
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """An item found. ``version`` is the one that matched best, ``languages`` all that matched.

    ``snippet`` are windows of ``version.text`` in order. ``lacking`` are the words of the question that it does not
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
    """A value of a facet and the number of results that one gets on choosing it in place of the present choice."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The counts of one field, largest first (years newest first)."""

    field: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a question.

    ``total`` counts all full matches. Where there is none, ``partial`` holds the best items that lack some words.
    ``understood`` is the question as it was read, in the query language. ``also`` are the equivalent terms that were
    searched as well; ``did_you_mean`` a better question, which finds something, or None.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    understood: str
    notes: tuple[Note, ...] = ()
    also: tuple[str, ...] = ()
    partial: tuple[Hit, ...] = ()
    did_you_mean: str | None = None
