"""The failure that keeps builds from publishing, in ``stopped.json`` of the index folder.

It is for those who see nothing but the pages.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.model import Message, json
from indexer.storage.atomic import write_whole

_FILE_NAME = "stopped.json"


@dataclass(frozen=True, slots=True)
class BuildFailure:
    """A series of failed builds.

    Attributes:
        since: when the first of them failed (UTC).
        reasons: the messages of the latest.
    """

    since: datetime
    reasons: tuple[Message, ...]


def read_failure(index: Path) -> BuildFailure | None:
    """The failure that keeps builds of an index folder from publishing; None where none is known."""
    try:
        return json.decode((index / _FILE_NAME).read_bytes(), BuildFailure)
    except (OSError, json.CodecError):
        # A notice that cannot be read must not take the pages down that would show it.
        return None


def write_failure(index: Path, reasons: tuple[Message, ...]) -> None:
    """Write down why a build failed, where the folder can be written."""
    known = read_failure(index)
    since = known.since if known else datetime.now(UTC)
    # That the folder cannot be written may be the failure itself, which the command reports.
    with suppress(OSError):
        write_whole(index / _FILE_NAME, json.encode(BuildFailure(since, reasons)))


def clear_failure(index: Path) -> None:
    """Remove the notice, as a build got through.

    Raises:
        OSError: the folder cannot be written.
    """
    (index / _FILE_NAME).unlink(missing_ok=True)
