"""Passages, items in their versions, the ledger and the publication."""

# ARCHITECTURE.md: Items are found and counted.

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from indexer.model.assignment import Evidence
from indexer.model.corpus import Body, Meeting, Strategy
from indexer.model.messages import Message
from indexer.model.pages import Box, Caution, Page


class Kind(StrEnum):
    """Kind of a passage."""

    RECOMMENDATION = "recommendation"
    PREAMBLE = "preamble"
    PARAGRAPH = "paragraph"
    REPLY = "reply"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """A box on a page that holds a piece of a passage. ``start`` is where the piece begins in the passage's text.

    ``label`` is what the file calls the page; empty where that is its number, or nothing.
    """

    page: int
    box: Box
    start: int = 0
    label: str = ""


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
        # A passage has several places on one page where it runs over columns or around a note.
        return tuple(sorted({place.page for place in self.places}))


@dataclass(frozen=True, slots=True)
class Segmented:
    """A document cut into passages, with the facts of its pages that the ledger shows.

    Attributes:
        passages: its passages, in document order.
        strategy: the rule by which its recommendations were told apart.
        warnings: the cautions on its pages, then those on its passages.
        language: the language that the text tells, or None.
        pages: the number of its pages.
        without_text: the numbers of the pages that print nothing at all.
        opening: the first page that prints something, as it was read.
        labels: what the file calls pages, by number, where that is another word than the number.
    """

    passages: tuple[Passage, ...]
    strategy: Strategy
    warnings: tuple[Caution, ...] = ()
    language: str | None = None
    pages: int = 0
    without_text: tuple[int, ...] = ()
    opening: Page | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


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

    @property
    def page_label(self) -> str:
        """The label that the file gives that page; empty where that is its number, or nothing."""
        return self.places[0].label

    def text_at(self, place: Place) -> str:
        """The part of its text that stands at one of its places."""
        return self.text[
            place.start : min((each.start for each in self.places if each.start > place.start), default=None)
        ]

    def text_of(self, page: int) -> str:
        """The part of its text that stands on one of its pages."""
        there = [each for each in self.places if each.page == page]
        later = [each.start for each in self.places if each.page != page and each.start > there[0].start]
        return self.text[there[0].start : min(later, default=None)]


@dataclass(frozen=True, slots=True)
class Item:
    """The same passage in its languages: what is found and counted.

    ``id`` is ``body/meeting/path``, with the role before the path when it is not ``recommendations``. ``order`` is the
    item's place in its meeting, from 0. ``versions`` are sorted by language in the body's order of languages.
    ``values`` are those of fields that are found in the texts, by field.
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
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NO_MEETING = ""
"""The meeting of a file that could not be given to one: in the JSON of the ledger, which old indexes hold too."""


class State(StrEnum):
    """State of a document that a meeting has or should have."""

    INDEXED = "indexed"
    NO_ITEMS = "no-items"
    NOT_FETCHED = "not-fetched"
    UNREADABLE = "unreadable"
    SUPERSEDED = "superseded"
    SET_ASIDE = "set-aside"
    UNASSIGNED = "unassigned"


class StageName(StrEnum):
    """Name of a stage of a build, in the order of the stages."""

    SCAN = "scan"
    EXTRACT = "extract"
    ASSIGN = "assign"
    SEGMENT = "segment"
    ALIGN = "align"
    TRANSLATE = "translate"
    WRITE = "write"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger: a meeting, a language and what is known of its document.

    ``passages`` counts passages by kind. ``reason`` says why a document is not indexed. A file that could
    not be given to a meeting has ``NO_MEETING``; ``candidates`` are those that it may belong to. ``evidence`` is what
    was weighed about the meeting of a file that the catalogue does not list. ``stage`` is that of the build at which
    the document, or a part of it, was left out; None where nothing was, and in old indexes. ``page_labels`` says what
    the file calls the pages that the row names, by number, where that is another word.
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
    reason: Message | None = None
    candidates: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    stage: str | None = None
    page_labels: Mapping[str, str] = field(default_factory=dict)

    def page_label(self, page: int | None) -> str:
        """The label that the file gives a page which the row names; empty where it is its number."""
        return self.page_labels.get(str(page), "")

    @property
    def is_unassigned(self) -> bool:
        """True for a file that could not be given to a meeting."""
        return self.meeting == NO_MEETING


class Synonym(NamedTuple):
    """A term of the thesaurus, or a word of a dictionary: a word or several, in one language."""

    language: str
    text: str


class Concept(NamedTuple):
    """Terms that can stand for one another, in the order of the thesaurus."""

    name: str
    terms: tuple[Synonym, ...]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A dictionary from one language to words of the texts of an index.

    Attributes:
        language: the language of the words that are looked up.
        entries: by the stem of such a word, the words of texts that translate it, by language and the likeliest first.
    """

    language: str
    entries: Mapping[str, tuple[Synonym, ...]]


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that one generation of the index holds. ``items`` need not be in memory."""

    bodies: tuple[Body, ...]
    meetings: tuple[Meeting, ...]
    # A sequence, not a tuple: a build keeps items in a file, so that memory does not grow with them.
    items: Sequence[Item]
    ledger: tuple[Entry, ...]
    concepts: tuple[Concept, ...] = ()
    dictionaries: tuple[Dictionary, ...] = ()
