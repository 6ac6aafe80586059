"""What was fetched from a portal, beside the catalogue: ``corpus/<body>/fetched.json``.

The catalogue is written by people and says what a body's meetings are; this file is written by the program and says
what came from where, and what could not be had.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from indexer.model import json
from indexer.model.errors import CatalogueError
from indexer.storage.atomic import write_whole

FILE_NAME = "fetched.json"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A document that was fetched: from which address, for which meeting, into which file of the folder of PDFs.

    ``language`` is that of the portal's page that links to it, which need not be that of its text.
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
class Refusal:
    """An address that gave nothing usable, and why. ``meeting`` is None for the portal's page itself; ``language`` is
    that of the portal's page. What was not even ``asked`` only tells why a meeting lacks a document.
    """

    address: str
    meeting: str | None
    reason: str
    at: datetime
    language: str | None = None
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Receipts:
    """Everything known of earlier fetching."""

    fetched: tuple[Receipt, ...] = ()
    refused: tuple[Refusal, ...] = ()


def read_receipts(folder: Path) -> Receipts:
    """What stands beside the catalogue in this folder; empty where nothing was fetched yet.

    Raises:
        CatalogueError: the file cannot be read.
    """
    path = folder / FILE_NAME
    try:
        return json.decode(path.read_bytes(), Receipts)
    except FileNotFoundError:
        return Receipts()
    except (OSError, json.CodecError) as error:
        raise CatalogueError([f"{path}: {error}; remove it, and `indexer sync` makes it anew"]) from error


def write_receipts(folder: Path, content: Receipts) -> None:
    """Replace the file in one step.

    Raises:
        OSError: the folder cannot be written.
    """
    write_whole(folder / FILE_NAME, json.encode(content) + b"\n")
