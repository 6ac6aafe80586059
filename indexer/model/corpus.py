"""Bodies, their meetings and their documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Texts = Mapping[str, str]
"""A text by language code: ``{"en": "Ninth Meeting", "es": "Novena Reunión"}``."""

RECOMMENDATIONS = "recommendations"
"""The role of a document that needs no mention in an item's id."""


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value of a field, as a catalogue defines it.

    ``phrases`` are the words by which texts name it; they and ``name`` are by language.
    """

    id: str
    name: Texts
    phrases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Body:
    """An institution that holds meetings.

    ``notice`` is shown on every page that shows its words; ``portal`` holds the pages that list its
    meetings, by language; ``fields`` are the values of fields that are found in its texts, by field;
    ``citation`` is the form in which it wants them cited, by language (``citation_form.py``).
    """

    id: str
    name: Texts
    languages: tuple[str, ...]
    fictional: bool = False
    homepage: str | None = None
    notice: Texts = field(default_factory=dict)
    portal: Texts = field(default_factory=dict)
    fields: Mapping[str, tuple[FieldValue, ...]] = field(default_factory=dict)
    citation: Texts = field(default_factory=dict)


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
        # Ids of meetings are unique within a body only: every body has a first meeting.
        return f"{self.body}/{self.id}"

    @property
    def year(self) -> int | None:
        """The year of the first day, where it is known."""
        return self.first_day.year if self.first_day else None


class Strategy(StrEnum):
    """Rule by which the recommendations of a document are told apart."""

    NUMBERED = "numbered"
    DECIMAL = "decimal"
    SECTIONED = "sectioned"
    DASH = "dash"
    PROSE = "prose"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Override:
    """Word of a catalogue on how to segment a document, or all of a body.

    ``start`` and ``end`` are openings of lines: items begin after the first line that begins with ``start`` and end
    before the next line that begins with ``end``. ``item`` is what the document calls a recommendation: its headings
    and labels say so (``Guideline``, ``R``).
    """

    strategy: Strategy | None = None
    start: str | None = None
    end: str | None = None
    item: str | None = None

    def over(self, default: "Override") -> "Override":
        """The word on a document, with that on its body where it says nothing."""
        return Override(
            self.strategy or default.strategy,
            self.start or default.start,
            self.end or default.end,
            self.item or default.item,
        )


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
