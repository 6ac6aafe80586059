"""What lies beside the Whoosh files: the values of the fields, the lexicon and the thesaurus, as JSON."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from indexer.engines.whoosh.codec.layout import IndexLayout
from indexer.model import json
from indexer.model.errors import BadIndex
from indexer.query.fields import FieldVocabulary
from indexer.query.lexicon import Lexicon
from indexer.query.thesaurus import Thesaurus

T = TypeVar("T")

_HEAD = "head.json"
_LEXICON = "lexicon.json"
_THESAURUS = "thesaurus.json"


@dataclass(frozen=True, slots=True)
class IndexMetadata:
    """What an index holds, but for its words.

    ``values`` are those of each field by code; ``layout`` says where things lie in Whoosh's files; ``files`` holds the
    size in bytes and the CRC-32 of every other file, by name.
    """

    holdings: FieldVocabulary
    values: dict[str, tuple[str, ...]]
    layout: IndexLayout
    files: dict[str, tuple[int, int]]


def write_lexicon(folder: Path, lexicon: Lexicon) -> None:
    """Write the lexicon.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    (folder / _LEXICON).write_bytes(json.encode(lexicon))


def write_thesaurus(folder: Path, thesaurus: Thesaurus) -> None:
    """Write the thesaurus.

    Raises:
        OSError: as above.
    """
    (folder / _THESAURUS).write_bytes(json.encode(thesaurus))


def write_metadata(folder: Path, head: IndexMetadata) -> None:
    """Write the head, when all other files are written.

    Raises:
        OSError: as above.
    """
    (folder / _HEAD).write_bytes(json.encode(head))


def checks(folder: Path) -> dict[str, tuple[int, int]]:
    """The size and the CRC-32 of each file of a folder, by name."""
    found = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            size, crc = 0, 0
            while block := file.read(1 << 20):
                size, crc = size + len(block), crc32(block, crc)
        found[path.name] = size, crc
    return found


def read_metadata(folder: Path) -> IndexMetadata:
    """The head of the index in a folder, whose files are all there in full length.

    Raises:
        BadIndex: they are not.
    """
    head = _read(folder, _HEAD, IndexMetadata)
    for name, (size, _) in head.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            raise BadIndex(f"{path}: missing or cut short. `indexer build` makes a new index.")
    return head


def read_lexicon(folder: Path, head: IndexMetadata) -> Lexicon:
    """The lexicon of the index in a folder.

    Raises:
        BadIndex: it cannot be read.
    """
    return _read(folder, _LEXICON, Lexicon, head.files.get(_LEXICON))


def read_thesaurus(folder: Path, head: IndexMetadata) -> Thesaurus:
    """The thesaurus of the index in a folder.

    Raises:
        BadIndex: it cannot be read.
    """
    return _read(folder, _THESAURUS, Thesaurus, head.files.get(_THESAURUS))


def _read(folder: Path, name: str, type: type[T], check: tuple[int, int] | None = None) -> T:
    try:
        data = (folder / name).read_bytes()
        if check and check[1] != crc32(data):
            raise json.CodecError("its check sum is wrong")
        return json.decode(data, type)
    except (OSError, json.CodecError) as error:
        raise BadIndex(f"{folder / name}: cannot be read ({error}). `indexer build` makes a new index.") from error
