"""The parameters of version 1, and the check of requests against them.

The OpenAPI document is made of these rows.
"""

# ARCHITECTURE.md: Answers for programs speak English unless asked otherwise.

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from indexer.model import Kind, Match, Sort
from search_app.present.changelog import CURSOR
from search_app.present.search import MAX_PAGE, MAX_SIZE, MAX_VALUE, BadParameter
from search_app.request.locale import LANGUAGES
from search_app.request.parameters import INTERFACE, Parameters, read_all

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name, a sentence that explains it, and the JSON Schema of its value."""

    name: str
    sentence: str
    schema: Schema

    def check(self, value: str) -> None:
        """Check a value against the schema.

        Raises:
            BadParameter: the schema does not allow the value.
        """
        # Checked by hand, not by a validator of JSON Schema: the message tells people what the parameter may be.
        schema = self.schema
        if "enum" in schema and value not in schema["enum"]:
            raise BadParameter(self.name, f"“{self.name}” is one of {', '.join(schema['enum'])}.", value)
        if schema["type"] == "integer" and not _is_number(value, schema["minimum"], schema["maximum"]):
            range_ = f"{schema['minimum']} to {schema['maximum']}"
            raise BadParameter(self.name, f"“{self.name}” is a number from {range_}.", value)
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            raise BadParameter(self.name, f"“{self.name}” has 1 to {schema['maxLength']} characters.", value)
        if not re.search(schema.get("pattern", ""), value):
            raise BadParameter(self.name, f"“{self.name}” looks like {schema['examples'][0]}.", value)

    def number(self, given: Parameters) -> int:
        """The integer in checked parameters, else the default."""
        return int(given.get(self.name, self.schema["default"]))


def _is_number(value: str, least: int, most: int) -> bool:
    # The length is compared first: Python refuses to read a number of thousands of digits, with an error of its own.
    return value.isascii() and value.isdigit() and len(value) <= len(str(most)) and least <= int(value) <= most


def _choice(values: Sequence[str], default: str | None = None) -> Schema:
    return {"type": "string", "enum": list(values)} | ({"default": default} if default else {})


def _count(most: int, default: int) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}


# These bounds and defaults are published in the OpenAPI document, and so part of the promise of version 1.
MAX_ITEMS, DEFAULT_ITEMS = 1000, 100
MAX_COMPLETIONS, DEFAULT_COMPLETIONS = 20, 8
DEFAULT_RESULTS = 10

_VALUE: Schema = {"type": "string", "minLength": 1, "maxLength": MAX_VALUE}

UI = Parameter(
    INTERFACE,
    "The language of names, messages and of the pages that links lead to.",
    _choice(LANGUAGES, LANGUAGES[0]),
)
NAMES = (UI,)
Q = Parameter("q", "The query, in the query language. Without it, everything is found.", {"type": "string"})
PAGE = Parameter("page", "Which page of the results. One beyond the last is empty.", _count(MAX_PAGE, 1))
MANY = Parameter("size", "How many items one answer has.", _count(MAX_ITEMS, DEFAULT_ITEMS))
GENERATION = Parameter(
    "generation",
    "Only from this generation of the index.",
    {"type": "string", "pattern": "^[0-9a-f]+$", "examples": ["0123456789abcdef"]},
)
AFTER = Parameter(
    "after",
    "The cursor to go on from; without it, from the beginning.",
    {"type": "string", "pattern": CURSOR, "examples": ["1.12.0123abcd"]},
)
SIZE = Parameter("size", "How many results a page has.", _count(MAX_SIZE, DEFAULT_RESULTS))

LIMIT = Parameter("limit", "How many completions, at most.", _count(MAX_COMPLETIONS, DEFAULT_COMPLETIONS))
SUGGEST = (Parameter("q", "What has been typed so far.", {"type": "string"}), LIMIT, UI)
EXPORT = (PAGE, MANY, GENERATION, UI)
CHANGES = (AFTER, MANY, UI)
SEARCH = (
    Q,
    Parameter("body", "Only results of the body with this id.", _VALUE),
    Parameter("meeting", "Only results of this meeting: `IX`, or `body/IX` where there are several bodies.", _VALUE),
    Parameter(
        "year",
        "Only results of meetings of this year, or of a range of years.",
        {"type": "string", "pattern": r"^([0-9]{4}(\.\.([0-9]{4})?)?|\.\.[0-9]{4})$", "examples": ["2006..2016"]},
    ),
    Parameter("lang", "Only results that match in this language, by its code.", _VALUE),
    Parameter("kind", "Only texts of this kind.", _choice(tuple(Kind))),
    Parameter("match", "Whether all words must match, or any of them.", _choice(get_args(Match), "all")),
    Parameter("equivalents", "Whether equivalent terms are searched as well.", _choice(("on", "off"), "on")),
    Parameter("explain", "Whether each hit says what its score is made of.", _choice(("on", "off"), "off")),
    Parameter("sort", "The order of the results.", _choice(get_args(Sort), "relevance")),
    PAGE,
    SIZE,
    UI,
)


def read(query_string: bytes, known: Sequence[Parameter]) -> Parameters:
    """Read the query string of a request, and check each parameter.

    Args:
        query_string: the part of the address after ``?``, as it was sent.
        known: the parameters that the operation takes.

    Raises:
        BadParameter: a parameter is not known, is given more than once, or has a value that it cannot have.
    """
    # A program that misspells a filter must not get unfiltered results: unlike pages, this refuses what it cannot use.
    by_name = {parameter.name: parameter for parameter in known}
    parameters: dict[str, str] = {}
    for name, value in read_all(query_string):
        if name not in by_name:
            message = f"There is no parameter “{name}” here. There are: {', '.join(by_name)}."
            raise BadParameter(name, message, value, code="unknown-parameter")
        if name in parameters:
            raise BadParameter(name, f"“{name}” was given more than once.", value, code="repeated-parameter")
        by_name[name].check(value)
        parameters[name] = value
    return parameters
