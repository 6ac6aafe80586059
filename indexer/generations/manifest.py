"""The manifest of a generation, and the pointer to the one that is served."""

# ARCHITECTURE.md: A rollback goes to what differs.

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from indexer.model import Part, Publication, json, message
from indexer.model.errors import BadIndex
from indexer.search.sort_keys import meeting_key
from indexer.storage.digest import file_sha256

FORMAT = 1
"""Version of the stored forms in this module."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Pointer to the generation that is served.

    Attributes:
        generation: its id.
        previous: the id of the one to which a rollback goes back: the newest before it that has other content.
        at: when it came to be served (UTC).
    """

    generation: str
    previous: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Manifest:
    """Description of a generation and of the files that belong to it.

    Attributes:
        format: the version of its form.
        id: the name of its folder.
        made: when it was built (UTC).
        engine: the name of the engine that wrote the index.
        code: the digest of the code that reads it.
        items: the number of its items.
        files: the SHA-256 of each file, hexadecimal, by its path in the generation.
        pdf_folders: where the PDFs of each body lay, relative to the index folder where that is possible.
        content: the digest that ``content_of`` gives; None where it was not noted.
    """

    format: int
    id: str
    made: datetime
    engine: str
    code: str
    items: int
    files: Mapping[str, str]
    pdf_folders: Mapping[str, str]
    content: str | None = None


@dataclass(frozen=True, slots=True)
class _Maker:
    """The part of a manifest that every version of the program can read."""

    format: int
    engine: str
    code: str


@dataclass(frozen=True, slots=True)
class _Content(_Maker):
    """The content of a generation, and its maker."""

    content: str | None = None


def content_of(publication: Publication) -> str:
    """The digest of all that readers find in a publication: hexadecimal SHA-256.

    These are its items, the bodies and meetings that have some, and the equivalent terms; not the ledger, nor where a
    body's meetings are listed, which change nothing in what is found.
    """
    digest = hashlib.sha256()
    bodies, meetings = set[str](), set[str]()
    for item in publication.items:
        bodies.add(item.body)
        meetings.add(meeting_key(item))
        digest.update(json.encode(item) + b"\n")
    about = (
        [replace(body, portal={}) for body in publication.bodies if body.id in bodies],
        [meeting for meeting in publication.meetings if meeting.key in meetings],
        publication.concepts,
    )
    digest.update(json.encode(about))
    return digest.hexdigest()


def have_same_content(one: Path, other: Path) -> bool:
    """Tell if readers find the same in two generations.

    False where their manifests do not tell, or tell of another version of the program.
    """
    try:
        first, second = (json.decode((folder / "manifest.json").read_bytes(), _Content) for folder in (one, other))
    except (OSError, json.CodecError):
        return False
    # Two that were made before contents were noted are not the same for that.
    return first.content is not None and first == second


def read_manifest(folder: Path, *, engine: str, code: str) -> Manifest:
    """Read the manifest of a generation, and check every file against it.

    Raises:
        BadIndex: something is missing or damaged, or was made by another engine or version of the program.
    """
    try:
        content = (folder / "manifest.json").read_bytes()
        # First the part that every version can read: the rest may have another form.
        if (maker := json.decode(content, _Maker)) != _Maker(FORMAT, engine, code):
            raise BadIndex(message("other-version", str(folder), repr(maker.engine)))
        manifest = json.decode(content, Manifest)
    except (OSError, json.CodecError) as error:
        raise damage_error(folder, str(error)) from error
    if manifest.id != folder.name:
        raise damage_error(folder, message("calls-itself", manifest.id))
    for name, expected in manifest.files.items():
        if sha256(folder / name, folder) != expected:
            raise damage_error(folder, message("not-as-published", name))
    return manifest


def sha256(path: Path, folder: Path) -> str:
    """The hexadecimal SHA-256 of a file of a generation.

    Raises:
        BadIndex: it cannot be read.
    """
    try:
        return file_sha256(path)
    except OSError as error:
        raise damage_error(folder, message("part-damaged", path.name, error.strerror or str(error))) from error


def damage_error(folder: Path, what: Part) -> BadIndex:
    """The error of a generation that cannot be read."""
    return BadIndex(message("index-damaged", str(folder), what))
