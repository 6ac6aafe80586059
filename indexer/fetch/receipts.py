"""Receipts of what was fetched from a portal: ``corpus/<body>/fetched.json``, beside the catalogue.

The catalogue is written by people and says what a body's meetings are; this file is written by the program and says
what came from where, and what could not be had.
"""

# ARCHITECTURE.md: Downloads are recorded beside the catalogue.

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from indexer.model import Message, json, message
from indexer.model.errors import CatalogueError
from indexer.storage.atomic import write_whole

FILE_NAME = "fetched.json"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The record of a document that was fetched.

    ``meeting`` is the id of the meeting that it was fetched for, ``file`` its path within the folder of PDFs,
    ``sha256`` its hexadecimal digest. ``language`` is that of the portal's page that links to it, which need not be
    that of its text. ``etag`` and ``modified`` are those of the answer, for conditional requests.
    """

    address: str
    meeting: str
    file: str
    sha256: str
    language: str
    at: datetime
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class NotFetched:
    """A document that is not there, and why; a ``Refusal`` or an ``Absence``.

    ``meeting`` is None for the portal's page itself; ``language`` is that of the portal's page.
    """

    address: str
    meeting: str | None
    reason: Message
    at: datetime
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal(NotFetched):
    """An address that was asked for and gave nothing usable."""


@dataclass(frozen=True, slots=True)
class Absence(NotFetched):
    """A document that nobody asked for: people took it out, or no page links to it."""


@dataclass(frozen=True, slots=True)
class Receipts:
    """The receipts of a body: what was ``fetched``, and what was ``refused`` or absent."""

    fetched: tuple[Receipt, ...] = ()
    refused: tuple[Refusal | Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFetchedRecord:
    """A refusal or an absence for programs, as it stands in the file.

    ``reason`` is in English; ``asked`` tells a refusal from an absence; ``cause`` is None where the file is older than
    the codes of messages.
    """

    address: str
    meeting: str | None
    reason: str
    at: datetime
    language: str | None = None
    asked: bool = True
    cause: Message | None = None

    @classmethod
    def of(cls, each: NotFetched) -> "NotFetchedRecord":
        """The record of a refusal or an absence."""
        asked = isinstance(each, Refusal)
        return cls(each.address, each.meeting, each.reason.sentence(), each.at, each.language, asked, each.reason)

    def value(self) -> Refusal | Absence:
        """The record as its type."""
        kind = Refusal if self.asked else Absence
        cause = self.cause or message("told-before", self.reason)
        return kind(self.address, self.meeting, cause, self.at, self.language)


@dataclass(frozen=True, slots=True)
class _File:
    """The content of ``fetched.json``."""

    fetched: tuple[Receipt, ...] = ()
    refused: tuple[NotFetchedRecord, ...] = ()


def read_receipts(folder: Path) -> Receipts:
    """The receipts beside the catalogue in a folder; empty where nothing was fetched yet.

    Raises:
        CatalogueError: the file cannot be read.
    """
    path = folder / FILE_NAME
    try:
        content = json.decode(path.read_bytes(), _File)
    except FileNotFoundError:
        return Receipts()
    except OSError as error:
        problem = message("receipts-unreadable", str(path), error.strerror or str(error))
        raise CatalogueError(problem) from error
    except json.CodecError as error:
        # The cause alone: its type is one that nobody has heard of.
        raise CatalogueError(message("no-receipts", str(path), str(error.__cause__))) from error
    return Receipts(content.fetched, tuple(record.value() for record in content.refused))


def write_receipts(folder: Path, content: Receipts) -> None:
    """Replace the receipts in a folder in one step.

    Raises:
        OSError: the folder cannot be written.
    """
    records = _File(content.fetched, tuple(map(NotFetchedRecord.of, content.refused)))
    write_whole(folder / FILE_NAME, json.encode(records) + b"\n")
