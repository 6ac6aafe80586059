"""Assignment of files to meetings: evidence, and questions to people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from indexer.model.corpus import Document, Meeting
from indexer.model.messages import Message
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
        message: what was found.
        weight: what it says. Something against a meeting, or something that asks, leaves the file to people.
    """

    message: Message
    weight: Weight

    @property
    def code(self) -> str:
        """The code of its message."""
        return self.message.code

    @property
    def is_objection(self) -> bool:
        """True for evidence that leaves the file to people."""
        return self.weight in (Weight.AGAINST, Weight.ASKS)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A file that people must give to a meeting, or must mend first.

    Attributes:
        file: its path within the folder of PDFs.
        candidates: the ids of the meetings that it may belong to.
        objection: the piece of evidence for which it is not certain.
        evidence: all that was found, in the order in which it was weighed.
        failure: why nothing could be read of it; None where something was.
    """

    file: str
    candidates: tuple[str, ...]
    objection: Evidence
    evidence: tuple[Evidence, ...]
    failure: Message | None = None


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
