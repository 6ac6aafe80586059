"""Metadata of an index beside the Whoosh files, as JSON.

They are the values of the fields, the layout and the check sums of the files, the lexicon, the thesaurus and the
dictionaries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from indexer.analysis.fields import FieldVocabulary
from indexer.engines.whoosh.codec.layout import IndexLayout
from indexer.model import Dictionary, json, message
from indexer.model.errors import BadIndex
from indexer.query.lexicon import Lexicon
from indexer.query.thesaurus import Thesaurus

T = TypeVar("T")

_METADATA = "head.json"

# Files of their own, since many queries need none of them, and a large one takes long to read.
_LEXICON = "lexicon.json"
_THESAURUS = "thesaurus.json"
_DICTIONARIES = "dictionaries.json"

_READ_AT_ONCE = 1 << 20
"""Bytes of a file that are held while its check sum is taken."""


# The names of these fields are the keys of the file: part of the format.
@dataclass(frozen=True, slots=True)
class IndexMetadata:
    """The metadata of an index.

    Attributes:
        vocabulary: the bodies and meetings, and the values of each field in the index.
        values: the sets of values that rows have in each field, by code.
        layout: the places of things in Whoosh's files.
        files: the size in bytes and the CRC-32 of every other file, by name.
    """

    vocabulary: FieldVocabulary
    values: dict[str, tuple[tuple[str, ...], ...]]
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


def write_dictionaries(folder: Path, dictionaries: Sequence[Dictionary]) -> None:
    """Write the dictionaries.

    Raises:
        OSError: as above.
    """
    (folder / _DICTIONARIES).write_bytes(json.encode(dictionaries))


def write_metadata(folder: Path, metadata: IndexMetadata) -> None:
    """Write the metadata, when all other files are written.

    Raises:
        OSError: as above.
    """
    (folder / _METADATA).write_bytes(json.encode(metadata))


def checksums(folder: Path) -> dict[str, tuple[int, int]]:
    """The size and the CRC-32 of each file of a folder, by name.

    Raises:
        OSError: a file cannot be read.
    """
    found = {}
    # Sorted, as the order of a folder differs from machine to machine.
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            size, crc = 0, 0
            while block := file.read(_READ_AT_ONCE):
                size, crc = size + len(block), crc32(block, crc)
        found[path.name] = size, crc
    return found


def read_metadata(folder: Path) -> IndexMetadata:
    """The metadata of the index in a folder; all its files are there, in full length.

    Raises:
        BadIndex: they are not, or the metadata cannot be read.
    """
    metadata = _read(folder, _METADATA, IndexMetadata)
    # Only sizes are compared here. What is read as a whole is compared with its CRC-32 where it is read.
    for name, (size, _) in metadata.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            raise BadIndex(message("index-cut-short", str(path)))
    return metadata


def read_lexicon(folder: Path, metadata: IndexMetadata) -> Lexicon:
    """The lexicon of the index in a folder.

    Raises:
        BadIndex: it cannot be read.
    """
    return _read(folder, _LEXICON, Lexicon, metadata.files.get(_LEXICON))


def read_thesaurus(folder: Path, metadata: IndexMetadata) -> Thesaurus:
    """The thesaurus of the index in a folder.

    Raises:
        BadIndex: it cannot be read.
    """
    return _read(folder, _THESAURUS, Thesaurus, metadata.files.get(_THESAURUS))


def read_dictionaries(folder: Path, metadata: IndexMetadata) -> tuple[Dictionary, ...]:
    """The dictionaries of the index in a folder.

    Raises:
        BadIndex: they cannot be read.
    """
    return _read(folder, _DICTIONARIES, tuple[Dictionary, ...], metadata.files.get(_DICTIONARIES))


def _read(folder: Path, name: str, type: type[T], check: tuple[int, int] | None = None) -> T:
    try:
        data = (folder / name).read_bytes()
        if check and check[1] != crc32(data):
            raise json.CodecError("its check sum is wrong")
        return json.decode(data, type)
    except (OSError, json.CodecError) as error:
        raise BadIndex(message("index-part-unreadable", str(folder / name), str(error))) from error
