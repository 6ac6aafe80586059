"""The schemas of the answers of version 1.

The OpenAPI document is made of these classes and their docstrings, so that it is always true.
A field may be added; none is taken away or given another meaning while the version is 1.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Generic, TypeVar

from indexer.generations.changelog import ChangeKind
from indexer.model import Explained, Kind, Match, Sort, State, Strategy, json
from search_app.present.highlight import Piece
from search_app.present.notes import Note

T = TypeVar("T")


class Coverage(json.Record, frozen=True):
    """The completeness of the index, or of one body in it. ``meetings`` counts the meetings listed, ``covered`` those
    with text, ``by_language`` those with text in each language; ``pages_without_text`` counts pages that hold no text.
    ``link`` is the page that names them.
    """

    meetings: int
    covered: int
    by_language: dict[str, int]
    pages_without_text: int
    link: str


class Notice(json.Record, frozen=True):
    """A notice to be shown beside the words of a body: that it is invented, for instance."""

    body: str
    fictional: bool
    text: str


class Envelope(json.Record, Generic[T], frozen=True):
    """The envelope of every answer. ``generation`` is the id of the published index that it was made from, and ``made``
    the time when that index was made. The same request to the same generation has the same answer. ``link`` is the
    answer's own address.
    """

    generation: str
    made: datetime
    link: str
    coverage: Coverage
    notices: tuple[Notice, ...]
    data: T


class MeetingName(json.Record, frozen=True):
    """The name, days and addresses of a meeting. ``id`` is unique within the body; ``link`` is its page, ``api`` the
    answer about it, ``portal`` its page on the portal of the body.
    """

    body: str
    body_name: str
    id: str
    title: str
    first_day: date | None
    last_day: date | None
    venue: str | None
    link: str
    api: str
    portal: str | None


class Spot(json.Record, frozen=True):
    """The place in the PDF of a text, or of a part of it: a page, a box on it in points from the top left corner, and
    the address that opens the PDF there. The part begins at the character ``start``. ``page_label`` is what the file
    calls the page, empty where that is its number.
    """

    start: int
    page: int
    page_label: str
    x0: float
    top: float
    x1: float
    bottom: float
    pdf: str


class Highlight(json.Record, frozen=True):
    """A passage of ``text`` worth showing, from ``start`` to ``end`` in Unicode characters. ``pieces`` joined are the
    passage; those with ``matched`` are to be marked. ``spots`` are its places in the PDF: several where it runs over
    the end of a page or column.
    """

    start: int
    end: int
    pieces: tuple[Piece, ...]
    spots: tuple[Spot, ...]


class Text(json.Record, frozen=True):
    """An item in one language: the fields of a hit that are the same for every query."""

    id: str
    title: str
    number: str
    kind: Kind
    meeting: MeetingName
    language: str
    heading: str
    text: str
    symbol: str | None
    file: str
    sha256: str
    page: int
    page_label: str
    confidence: int | None
    citation: str
    permanent: str
    official: str | None
    api: str
    values: dict[str, tuple[str, ...]]


class Hit(Text, frozen=True):
    """A search result: an item in the version (``language``) that matched best. ``languages`` are all that matched.

    ``text`` is the text as printed. ``number`` is the item's number as cited, in square brackets where it was counted
    and the document prints none. ``lacking`` are the words of the query that the item does not have. ``explained`` is
    empty unless asked for. ``sha256`` is the hash of the PDF. ``confidence`` is the confidence of OCR in the text that
    it read, in percent; null where it read nothing of the text. ``link`` is the item's page with the words marked,
    ``permanent`` the address to cite, ``pdf`` the document opened where the version begins, ``official`` the
    document at its publisher, ``api`` the item in all its languages. ``values`` are the values of facets that are found
    in the text itself, by field: the facets have their names.
    """

    languages: tuple[str, ...]
    highlights: tuple[Highlight, ...]
    lacking: tuple[str, ...]
    score: float
    explained: tuple[Explained, ...]
    link: str
    pdf: str


class FacetValue(json.Record, frozen=True):
    """A value of a facet, with its name and the number of its results: of those that the choices in all other facets
    leave. ``chosen`` says that a choice in this facet lets it through.
    """

    value: str
    name: str
    count: int
    chosen: bool


class Facet(json.Record, frozen=True):
    """A facet: the values of a field in the results. ``field`` is also the parameter that chooses a value; repeated, it
    chooses several, any of which will do.
    """

    field: str
    name: str
    values: tuple[FacetValue, ...]


class Suggestion(json.Record, frozen=True):
    """A better query, and the address of its results."""

    text: str
    link: str


class Search(json.Record, frozen=True):
    """The results of a search. ``total``, ``pages`` and ``facets`` count full matches, which are ``hits``. ``partial``
    are items that lack some words, the best first: with ``match=best`` they follow the last full match and fill its
    page, else they are there where no item matches fully. ``partial_total`` counts them all; ``partial_next`` is the
    answer with the next of them, on a page that may stand behind ``pages``. ``choices`` are the chosen values of
    facets, ``chosen`` the first of each facet; ``understood`` is the query as it was read; ``notes`` say what was
    corrected in it; ``also`` are the equivalent terms that were searched as well, ``translations`` the words in other
    languages, by language. ``link`` is the page of these results; ``next`` and ``previous`` are the answers with the
    results after and before.
    ``cited`` are items that the query cites, on the first page: they count nowhere, and may be among the hits as well;
    their ``languages`` are those of the texts that the chosen facets leave. ``cited_document`` is the symbol of the
    document that it cites as a whole, whose first items these are.
    """

    question: str
    chosen: dict[str, str]
    choices: dict[str, tuple[str, ...]]
    match: Match
    sort: Sort
    equivalents: bool
    understood: str
    notes: tuple[Note, ...]
    also: tuple[str, ...]
    translations: Mapping[str, tuple[str, ...]]
    did_you_mean: Suggestion | None
    total: int
    page: int
    pages: int
    size: int
    hits: tuple[Hit, ...]
    partial: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    link: str
    next: str | None
    previous: str | None
    cited: tuple[Hit, ...]
    cited_document: str | None
    partial_total: int
    partial_next: str | None


class Completion(json.Record, frozen=True):
    """A query that goes on with what was typed. A search for it finds at least ``total`` items, and never none."""

    text: str
    total: int


class Suggest(json.Record, frozen=True):
    """Completions of the text typed so far, those with most results first. ``suggestions`` are their texts."""

    text: str
    suggestions: tuple[str, ...]
    completions: tuple[Completion, ...]


class Version(json.Record, frozen=True):
    """An item in one language. The fields are those of a hit; ``spots`` are its places in the PDF."""

    # Not derived from what Text has too: the fields of a base class are written first, and answers keep the order of
    # their fields.
    language: str
    heading: str
    text: str
    symbol: str | None
    file: str
    sha256: str
    page: int
    page_label: str
    confidence: int | None
    spots: tuple[Spot, ...]
    citation: str
    pdf: str
    official: str | None


class Item(json.Record, frozen=True):
    """An item: the same text in all its languages. ``order`` is its place in its meeting, from 0; ``path`` is its
    number within the document; ``numbered`` says whether the document prints that number. ``values`` are as in a hit.
    """

    id: str
    title: str
    number: str
    kind: Kind
    role: str
    path: str
    order: int
    numbered: bool
    meeting: MeetingName
    versions: tuple[Version, ...]
    permanent: str
    api: str
    values: dict[str, tuple[str, ...]]


class Caution(json.Record, frozen=True):
    """A note on a page or document. ``code`` is stable; ``message`` is in the language asked for; ``parts`` are what it
    is about, as they stand in it. ``remedy`` says what to do. ``page_label`` is what the file calls the page, empty
    where that is its number.
    """

    code: str
    message: str
    page: int | None
    page_label: str
    parts: tuple[str, ...]
    remedy: str


class Document(json.Record, frozen=True):
    """The state of a document that a meeting has or should have. ``passages`` counts its texts by kind; ``reason``
    says why it cannot be searched, and ``cause`` the same with its code; ``pdf`` is its address, where the service has
    it. ``page_labels`` says what the file calls the pages that are named here, by number, where that is another word.
    """

    language: str | None
    role: str
    state: State
    symbol: str | None
    revision: int
    file: str | None
    sha256: str | None
    pages: int
    pages_without_text: tuple[int, ...]
    page_labels: dict[str, str]
    passages: dict[str, int]
    strategy: Strategy | None
    warnings: tuple[Caution, ...]
    reason: str | None
    cause: Note | None
    pdf: str | None


class Entry(json.Record, frozen=True):
    """An item of a meeting: its title, languages and addresses."""

    id: str
    title: str
    kind: Kind
    languages: tuple[str, ...]
    permanent: str
    api: str


class Meeting(json.Record, frozen=True):
    """A meeting: its documents, and its items in order."""

    meeting: MeetingName
    ordinal: int
    year: int | None
    held_by: str | None
    documents: tuple[Document, ...]
    items: tuple[Entry, ...]


class BodyName(json.Record, frozen=True):
    """The name of a body. ``fictional`` says that the body is invented; ``api`` is the answer about it."""

    id: str
    name: str
    fictional: bool
    api: str


class Body(json.Record, frozen=True):
    """A body: its working languages, how much of it can be searched, and its meetings in order."""

    body: BodyName
    languages: tuple[str, ...]
    homepage: str | None
    portal: dict[str, str]
    coverage: Coverage
    meetings: tuple[MeetingName, ...]


class Status(json.Record, frozen=True):
    """The state of the service: the version of the program, the number of items, and the bodies. ``problem`` says why a
    newer index is not served, where there is one that cannot be.
    """

    program: str
    items: int
    bodies: tuple[BodyName, ...]
    problem: str | None


class Export(json.Record, frozen=True):
    """A page of all items, in the order of bodies, meetings and documents. ``next`` is the answer with the items that
    follow, of the same generation; where another is served by then, that is a problem (``generation-gone``).
    """

    total: int
    page: int
    pages: int
    size: int
    items: tuple[Item, ...]
    next: str | None


class Change(json.Record, frozen=True):
    """The latest change of an item: it appeared, changed, or was removed. ``item`` is the item as it is now, or null
    where it was removed.
    """

    cursor: str
    id: str
    kind: ChangeKind
    at: datetime
    generation: str
    item: Item | None


class Changes(json.Record, frozen=True):
    """Changes in the order in which they happened: each item at its latest alone. ``cursor`` marks the point to
    continue from, also later. ``next`` is the answer that continues there; ``more`` says whether it has any yet.
    """

    changes: tuple[Change, ...]
    cursor: str
    more: bool
    next: str
