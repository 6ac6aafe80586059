"""Drafts: passages that are being gathered."""

from dataclasses import dataclass, field

from indexer.model import Kind
from indexer.segment.regions import Region
from indexer.segment.rows import Row


@dataclass(slots=True)
class PassageDraft:
    """A passage that is being gathered.

    Attributes:
        kind: its kind, as far as known.
        heading: the headings above it.
        path: its path; None where it prints no number.
        width: the characters of the first row before its text.
        odd: true where its number is printed otherwise than those around it.
        rows: its rows.
        region: the region of recommendations that it stands in, or None.
        answers: the recommendation that it answers, for a reply.
        title_rows: how many of its rows are set as a heading, which is its title.
        repeats: drafts of the same text elsewhere in the document.
    """

    kind: Kind
    heading: str
    path: str | None = None
    width: int = 0
    odd: bool = False
    rows: list[Row] = field(default_factory=list)
    region: Region | None = None
    answers: "PassageDraft | None" = None
    title_rows: int = 0
    repeats: "list[PassageDraft]" = field(default_factory=list)

    @property
    def opening(self) -> str:
        """The text of its first row, without its number."""
        return self.rows[0].text[self.width :]

    @property
    def title(self) -> str:
        """The text of its title, without its number; empty where it has none."""
        rows = self.rows[: self.title_rows]
        return " ".join([self.opening, *(row.text for row in rows[1:])]) if rows else ""

    @property
    def text_below(self) -> str:
        """The text of its rows, without its number."""
        return " ".join([self.opening, *(row.text for row in self.rows[1:])])

    @property
    def text(self) -> str:
        """The text of its rows as they follow each other."""
        return " ".join(row.text for row in self.rows)
