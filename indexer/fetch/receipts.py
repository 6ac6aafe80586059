"""Receipts of what was fetched from a portal: ``corpus/<body>/fetched.json``, beside the catalogue.

The catalogue is written by people and says what a body's meetings are; this file is written by the program and says
what came from where, and what could not be had.
"""

# ARCHITECTURE.md: Downloads are recorded beside the catalogue.

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from indexer.model import json
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
    reason: str
    at: datetime
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal(NotFetched):
    """An address that was asked for and gave nothing usable. ``asked`` marks it in JSON."""

    asked: Literal[True] = field(default=True, init=False)


@dataclass(frozen=True, slots=True)
class Absence(NotFetched):
    """A document that nobody asked for: people took it out, or no page links to it. ``asked`` marks it in JSON."""

    asked: Literal[False] = field(default=False, init=False)


@dataclass(frozen=True, slots=True)
class Receipts:
    """The receipts of a body: what was ``fetched``, and what was ``refused`` or absent."""

    fetched: tuple[Receipt, ...] = ()
    refused: tuple[Refusal | Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Record(NotFetched):
    """A refusal or an absence as it stands in the file."""

    asked: bool = True

    def value(self) -> Refusal | Absence:
        """The record as its type."""
        kind = Refusal if self.asked else Absence
        return kind(self.address, self.meeting, self.reason, self.at, self.language)


@dataclass(frozen=True, slots=True)
class _File:
    """The content of ``fetched.json``."""

    fetched: tuple[Receipt, ...] = ()
    refused: tuple[_Record, ...] = ()


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
        raise CatalogueError([f"{path}: {error}; remove it, and `indexer sync` makes it anew"]) from error
    except json.CodecError as error:
        why = (
            f"not a record of downloads: {error.__cause__}"  # the cause alone: its type is one that nobody has heard of
        )
        raise CatalogueError([f"{path}: {why}; remove it, and `indexer sync` makes it anew"]) from error
    return Receipts(content.fetched, tuple(record.value() for record in content.refused))


def write_receipts(folder: Path, content: Receipts) -> None:
    """Replace the receipts in a folder in one step.

    Raises:
        OSError: the folder cannot be written.
    """
    write_whole(folder / FILE_NAME, json.encode(content) + b"\n")
