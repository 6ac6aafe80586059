"""Assignment of files to meetings: evidence, and questions to people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from indexer.model.corpus import Document, Meeting
from indexer.model.pages import Caution


class Weight(StrEnum):
    """Weight of a piece of evidence on the meeting of a file."""

    FOR = "for"
    AGAINST = "against"
    DECIDES = "decides"
    ASKS = "asks"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence on the meeting of a file.

    Attributes:
        code: its stable name in kebab-case; its sentence stands in ``SENTENCES``.
        weight: what it says. Something against a meeting, or something that asks, leaves the file to people.
        parts: what its sentence names, by name.
    """

    code: str
    weight: Weight
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_objection(self) -> bool:
        """True for evidence that leaves the file to people."""
        return self.weight in (Weight.AGAINST, Weight.ASKS)

    @property
    def sentence(self) -> str:
        """The sentence on it, for people."""
        return SENTENCES[self.code].format(**self.parts)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A file that people must give to a meeting, or must mend first.

    Attributes:
        file: its path within the folder of PDFs.
        candidates: the ids of the meetings that it may belong to.
        objection: the piece of evidence for which it is not certain.
        evidence: all that was found, in the order in which it was weighed.
        readable: False where nothing could be read of it.
    """

    file: str
    candidates: tuple[str, ...]
    objection: Evidence
    evidence: tuple[Evidence, ...]
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Assignment:
    """The meetings and documents of a catalogue, with those that were recognised.

    Attributes:
        meetings: the meetings, in order.
        documents: the documents, those of the catalogue first.
        evidence: for what each recognised document was given to its meeting, by file.
        cautions: what is to be said of each recognised document, by file.
        doubts: the files that were not recognised.
    """

    meetings: tuple[Meeting, ...]
    documents: tuple[Document, ...]
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    cautions: Mapping[str, tuple[Caution, ...]] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


SENTENCES: Mapping[str, str] = {
    "folder": "It lies in a folder named after meeting {meeting}.",
    "linked-unread": "The portal links it to meeting {meeting}; nothing in it could be read.",
    "unread": "{failure}",
    "misplaced": "It lies outside the folder of PDFs, where nothing is read.",
    "other-series": "Its symbol, {symbol}, is of another series. If it is of another body, take it out.",
    "symbol": "Its symbol, {symbol}, is one of meeting {meeting}.",
    "title": "It prints the name of meeting {meeting}: “{title}”.",
    "body": "It prints the name of the body.",
    "days": "It prints the days of meeting {meeting}: {first} to {last}.",
    "link": "The portal links it to meeting {meeting}.",
    "link-alone": "The portal links it to meeting {meeting}, but its first page names neither the body nor the days of "
    "that meeting.",
    "untold": "Its first page does not say together which body met and for which time.",
    "several-meetings": "Its first page names several meetings: {meetings}.",
    "link-differs": "The portal links it to meeting {linked}, but its first page says {meeting}.",
    "unlisted-meeting": "The catalogue has no meeting {meeting}, and the page does not print that it follows the last, "
    "and on which days.",
    "days-of-another": "It seems to be of meeting {meeting}, but prints the days of another.",
    "far-days": "It seems to be of meeting {meeting}, but the days that it prints are far from it: {day}.",
    "no-heading": "It is of meeting {meeting}, but no heading says that it holds recommendations.",
}
"""Sentence of each piece of evidence by its code, with names for its parts."""
