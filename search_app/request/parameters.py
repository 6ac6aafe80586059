"""Parameters of requests: their rows, and one reader for pages, embeds and programs.

A row has a name, a sentence and the JSON Schema of its value. The OpenAPI document is made of the same rows.
"""

# ARCHITECTURE.md: One reader reads all parameters.

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import unquote_to_bytes

from indexer.analysis.fields import FIELDS, Field
from indexer.model import Match, Message, Sort, message
from indexer.model.errors import IndexerError

Pairs = Sequence[tuple[str, str]]
"""Names and values as they were sent, in order, repeated names included."""


class Parameters(dict[str, str]):
    """Parameters of a request by name; of one with several values the first.

    Attributes:
        pairs: all names and values in order, each pair once.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self.pairs: Pairs = tuple(dict.fromkeys(pairs))
        # From the last to the first, so that the first of a name is what remains, in the order of the pairs.
        super().__init__(dict(self.pairs) | dict(reversed(self.pairs)))

    def every(self, name: str) -> tuple[str, ...]:
        """All values of a parameter, in order."""
        return tuple(value for each, value in self.pairs if each == name)


Schema = Mapping[str, Any]

INTERFACE = "ui"
"""The parameter that chooses the language of the interface, carried along in every link."""

MAX_VALUE = 200
"""Longest value of a facet, in characters."""

SHOWN_LENGTH = 80
"""Longest value that a message quotes, in characters."""

MAX_PAGE = 100_000
"""Last page of results that can be requested, empty or not."""

MAX_SIZE = 100
"""The most results of one page."""

LAST_BOUND = 9999
"""The last number of a range that a form can ask for: one of four digits, as years have."""

DEFAULT_RESULTS = 10
"""Results on a page where a program does not say how many."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class BadParameter(IndexerError):  # noqa: N818 - as BadQuery
    """A parameter of a request cannot be used. ``name`` says which; ``value`` is what was sent.

    ``code`` tells a value that cannot be from a parameter that must not be there at all.
    """

    status = 400

    def __init__(self, name: str, message: Message, value: str, code: str = "bad-parameter") -> None:
        self.name = name
        self.code = code
        self.value = value
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name, a sentence that explains it, and the JSON Schema of its value.

    ``several`` says that it may be repeated, with another value each time.
    """

    name: str
    sentence: str
    schema: Schema
    several: bool = False

    def check(self, value: str) -> None:
        """Check a value against the schema.

        Raises:
            BadParameter: the schema does not allow the value.
        """
        # Checked by hand, not by a validator of JSON Schema: the message tells people what the parameter may be.
        schema = self.schema
        if "enum" in schema and value not in schema["enum"]:
            choices = ", ".join(schema["enum"])
            raise BadParameter(self.name, message("no-choice", self.name, choices, _shorten(value)), value)
        if schema["type"] == "integer" and not _is_number(value, schema["minimum"], schema["maximum"]):
            problem = message("no-number", self.name, schema["minimum"], schema["maximum"], _shorten(value))
            raise BadParameter(self.name, problem, value)
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            raise BadParameter(self.name, message("wrong-length", self.name, schema["maxLength"]), value)
        if not re.search(schema.get("pattern", ""), value):
            problem = message("wrong-form", self.name, schema["examples"][0], _shorten(value))
            raise BadParameter(self.name, problem, value)

    def number(self, given: Parameters) -> int:
        """The integer in checked parameters, else the default."""
        return int(given.get(self.name) or self.schema["default"])

    def choice(self, given: Parameters) -> str:
        """The choice in checked parameters, else the default."""
        return given.get(self.name, str(self.schema["default"]))


def _shorten(value: str) -> str:
    return value if len(value) <= SHOWN_LENGTH else value[:SHOWN_LENGTH] + "…"


def _is_number(value: str, least: int, most: int) -> bool:
    # isdigit alone accepts digits that int() refuses, such as a superscript 2. The length is compared first: Python
    # refuses to read a number of thousands of digits, with an error of its own.
    return value.isascii() and value.isdigit() and len(value) <= len(str(most)) and least <= int(value) <= most


def choice(values: Sequence[str], default: str | None = None) -> Schema:
    """Schema of a choice among some values."""
    return {"type": "string", "enum": list(values)} | ({"default": default} if default else {})


def count(most: int, default: int) -> Schema:
    """Schema of a number from 1."""
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}


_VALUE: Schema = {"type": "string", "minLength": 1, "maxLength": MAX_VALUE}


def _value_schema(row: Field) -> Schema:
    """Schema of a value of a field."""
    if row.choices:
        return choice(row.choices)
    if row.ranges:
        return {"type": "string", "pattern": f"^({row.pattern.pattern})$", "examples": [row.example]}
    return _VALUE


_ENDS = ("from", "to")

Q = Parameter("q", "The query, in the query language. Without it, everything is found.", {"type": "string"})
OF_FIELDS = tuple(Parameter(name, row.choice, _value_schema(row), several=True) for name, row in FIELDS.items())
BOUNDS = tuple(
    Parameter(f"{name}-{end}", f"The value of {name} that the range goes {end}.", count(LAST_BOUND, 1))
    for name, row in FIELDS.items()
    if row.ranges
    for end in _ENDS
)
"""The ends of a range as two fields of a form; pages make a choice of them."""


MATCH = Parameter(
    "match",
    "Which words must match: all of them, with texts that lack some behind (`best`); `all`; or `any`.",
    choice(get_args(Match), "best"),
)
EQUIVALENTS = Parameter("equivalents", "Whether equivalent terms are searched as well.", choice(("on", "off"), "on"))
EXPLAIN = Parameter("explain", "Whether each hit says what its score is made of.", choice(("on", "off"), "off"))
SORT = Parameter("sort", "The order of the results.", choice(get_args(Sort), "relevance"))
PAGE = Parameter("page", "Which page of the results. One beyond the last is empty.", count(MAX_PAGE, 1))
SIZE = Parameter("size", "How many results a page has.", count(MAX_SIZE, DEFAULT_RESULTS))

RESULT = Parameter("result", "Which of all results it is, counted from 1.", count(MAX_PAGE * MAX_SIZE, 1))
"""The number of the result that an item's page was opened from."""

SEARCH = (Q, *OF_FIELDS, MATCH, EQUIVALENTS, EXPLAIN, SORT, PAGE)
"""The parameters of a search, which are the same everywhere."""


def read_pairs(query_string: bytes) -> Pairs:
    """Names and values of a query string.

    Pages in windows-1252 send ``comisi%F3n`` where UTF-8 is ``comisi%C3%B3n``: what is no UTF-8 is read as
    windows-1252. Control characters, which no page can show, become spaces, and the space around a value is removed;
    letters are composed (NFC).
    """
    return tuple(_pairs(query_string))


def _pairs(query_string: bytes) -> Iterator[tuple[str, str]]:
    # The plus sign goes before the decoding: one that was sent as %2B stays a plus sign.
    for part in query_string.replace(b"+", b" ").split(b"&"):
        name, _, value = part.partition(b"=")
        if name:
            yield _text(name), _text(value)


def _text(encoded: bytes) -> str:
    raw = unquote_to_bytes(encoded)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        # windows-1252 leaves a few bytes without a character.
        text = raw.decode("cp1252", errors="replace")
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", text)).strip()


def first_of_each(sent: Pairs) -> Parameters:
    """All parameters that were sent, unchecked; the first of several with one name, all of those of fields."""
    first = dict(reversed(sent))
    return Parameters((name, value) for name, value in sent if name in FIELDS or value == first[name])


def read_parameters(sent: Pairs, known: Iterable[Parameter], *, strict: bool) -> Parameters:
    """Read and check parameters by their rows.

    Args:
        sent: what was sent.
        known: the rows of those that are taken.
        strict: whether a parameter that is not known, is repeated or has no value is an error. Else the first of
            several counts, and the others are passed over, so that an address with an addition of another site still
            leads somewhere. Of fields all values count; the lenient reader only bounds them: the index tells what they
            can be.

    Raises:
        BadParameter: a parameter must not be there, or has a value that it cannot have.
    """
    rows = {parameter.name: parameter for parameter in known}
    found: list[tuple[str, str]] = []
    names: set[str] = set()
    for name, value in sent if strict else first_of_each(sent).pairs:
        # Fields of a form are sent without a value as well.
        if not strict and (name not in rows or not value):
            continue
        if name not in rows:
            problem = message("no-such-parameter", _shorten(name), _instead(name, rows))
            raise BadParameter(name, problem, value, code="unknown-parameter")
        if name in names and not rows[name].several:
            raise BadParameter(name, message("given-twice", name), value, code="repeated-parameter")
        bounded = not strict and name in FIELDS
        (Parameter(name, rows[name].sentence, _VALUE) if bounded else rows[name]).check(value)
        found.append((name, value))
        names.add(name)
    return Parameters(found)


def _instead(name: str, known: Iterable[str]) -> Message:
    """A message that says what to give in place of an unknown parameter."""
    from difflib import get_close_matches  # here, as few parameters are unknown

    known = tuple(known)
    field = next((row for row in FIELDS.values() if name in (f"{row.name}-{end}" for end in _ENDS)), None)
    if field and field.ranges and field.name in known:
        return message("range-of", f"{field.name}={field.example}")
    if near := get_close_matches(_shorten(name), known, n=1):
        return message("parameter-meant", near[0])
    return message("parameters-there", ", ".join(known))
