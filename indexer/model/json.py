"""JSON of the values of the model, both ways. The only importer of msgspec.

The same value gives the same bytes on any machine: fields in the order of their class, keys of mappings sorted.
"""

# ARCHITECTURE.md: Errors and JSON belong to the model.

from collections.abc import Iterable, Mapping
from inspect import cleandoc
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

# Sorted keys: digests are made of JSON, and must be the same on any machine.
_encoder = msgspec.json.Encoder(order="deterministic")


class Record(msgspec.Struct, frozen=True, gc=False):
    """Base of values that are made in bulk: in a fifth of the time of a frozen dataclass.

    No value may hold itself, nor anything that holds it: the garbage collector does not look into one (``gc=False``).
    """


class CodecError(ValueError):
    """Error of JSON that cannot be read or written; says where and why."""


def encode(value: object) -> bytes:
    """The value as one line of JSON in UTF-8.

    Raises:
        CodecError: the value holds something that JSON cannot (half of a surrogate pair, a class that is no dataclass).
    """
    try:
        return _encoder.encode(value)
    except (TypeError, UnicodeEncodeError, msgspec.MsgspecError) as error:
        raise CodecError(f"{type(value).__name__} cannot be written as JSON: {error}") from error


def extend_object(written: bytes, fields: Mapping[str, object]) -> Any:
    """A value that ``encode`` writes as one object: of the fields that it has written, and of more.

    Raises:
        CodecError: as ``encode``.
    """
    return msgspec.Raw(b"%b,%b" % (written[:-1], encode(fields)[1:]))


def decode(data: bytes, type: type[T]) -> T:
    """The value of this type that ``encode`` wrote.

    Raises:
        CodecError: the bytes are no JSON, or not of this type.
    """
    try:
        return msgspec.json.decode(data, type=type)
    except (UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise CodecError(f"not a {getattr(type, '__name__', type)}: {error}") from error


def schemas(types: Iterable[Any], place: str) -> tuple[list[Mapping[str, Any]], Mapping[str, Mapping[str, Any]]]:
    """The JSON Schema (2020-12) of what ``encode`` writes of these types: of each a reference, and all by name.

    ``place`` is where the schemas are to stand in the document that refers to them: ``#/components/schemas/``.
    Descriptions are the docstrings. Every field is required, as all are written, also those with their default value.
    """
    references, components = msgspec.json.schema_components(types, ref_template=f"{place}{{name}}")
    for schema in components.values():
        schema["description"] = cleandoc(schema["description"])
        if "properties" in schema:
            schema["required"] = list(schema["properties"])
    return list(references), components
