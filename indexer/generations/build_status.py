"""What keeps builds from publishing, for those who see nothing but the pages: ``stopped.json`` in the index folder."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.model import json
from indexer.storage.atomic import write_whole

_FILE_NAME = "stopped.json"


@dataclass(frozen=True, slots=True)
class BuildFailure:
    """Since when no build has got through, and what the latest said, for people."""

    since: datetime
    reason: str


def read_failure(index: Path) -> BuildFailure | None:
    """What keeps builds of an index folder from publishing; None where nothing is known to."""
    try:
        return json.decode((index / _FILE_NAME).read_bytes(), BuildFailure)
    except (OSError, json.CodecError):
        return None


def write_failure(index: Path, reason: str) -> None:
    """Say what stopped a build, as far as the folder can be written: that it cannot be may be what stopped it."""
    known = read_failure(index)
    since = known.since if known else datetime.now(UTC)
    with suppress(OSError):
        write_whole(index / _FILE_NAME, json.encode(BuildFailure(since, reason)))


def clear_failure(index: Path) -> None:
    """Say that a build got through.

    Raises:
        OSError: the folder cannot be written.
    """
    (index / _FILE_NAME).unlink(missing_ok=True)
