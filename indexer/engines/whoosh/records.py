"""What lies beside the Whoosh files: the values of the fields and the lexicon, as JSON."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from indexer import codec
from indexer.errors import BadIndex
from indexer.filters import Holdings
from indexer.lexicon import Lexicon

T = TypeVar("T")

_HEAD = "head.json"
_LEXICON = "lexicon.json"


@dataclass(frozen=True, slots=True)
class Head:
    """What an index holds, but for its words.

    ``values`` are those of each field by code; ``files`` the sizes of Whoosh's files in bytes, by name.
    """

    holdings: Holdings
    values: dict[str, tuple[str, ...]]
    files: dict[str, int]


def write_records(folder: Path, head: Head, lexicon: Lexicon) -> None:
    """Write both.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    (folder / _LEXICON).write_bytes(codec.encode(lexicon))
    (folder / _HEAD).write_bytes(codec.encode(head))


def read_head(folder: Path) -> Head:
    """The head of the index in a folder, whose files are all there in full length.

    Raises:
        BadIndex: they are not.
    """
    head = _read(folder, _HEAD, Head)
    for name, size in head.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            raise BadIndex(f"{path}: missing or cut short. `indexer build` makes a new index.")
    return head


def read_lexicon(folder: Path) -> Lexicon:
    """The lexicon of the index in a folder.

    Raises:
        BadIndex: it cannot be read.
    """
    return _read(folder, _LEXICON, Lexicon)


def _read(folder: Path, name: str, type: type[T]) -> T:
    try:
        return codec.decode((folder / name).read_bytes(), type)
    except (OSError, codec.CodecError) as error:
        raise BadIndex(f"{folder / name}: cannot be read ({error}). `indexer build` makes a new index.") from error
