"""The OpenAPI 3.1 document of version 1.

It is made of the parameters and schemas that the answers are made with.
"""

# ARCHITECTURE.md: The OpenAPI document is made of what answers.

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_type_hints

from indexer.model import json
from search_app.api.parameters import AFTER, GENERATION
from search_app.api.routes import OPERATIONS, Operation
from search_app.api.schemas import Envelope
from search_app.request.parameters import Parameter
from search_app.web.caching import KEEP
from search_app.web.problem_json import Problem

Json = dict[str, Any]

VERSION = "1.0.0"
"""The version of the interface: the first number is that in the address, the second grows with each addition."""

DESCRIPTION = """\
Full-text search over what institutions recommend. Every answer is data in one envelope, or a problem (RFC 9457). All
addresses are read with GET, from any site, without credentials; nobody is asked for a key.

What is promised while the address says `v1`: no field is taken away, renamed or given another type or meaning, no
parameter or value of a parameter stops working, and no code of a problem changes. Fields, parameters, values and codes
may be added: let programs pass over fields that they do not know. A change that would break this promise gets the
address `/api/v2/`, and `v1` is then served for at least a year, its answers carrying the `Deprecation` (RFC 9745) and
`Sunset` (RFC 8594) headers.
"""


def document(root: str, examples: Mapping[str, str]) -> Json:
    """The document as a JSON object.

    Args:
        root: the public address of the service, without a slash at its end.
        examples: values of the parameters in paths, by name.
    """
    # The annotation of each function is the only place that says what it answers, so that the document agrees with it.
    types = [Envelope[get_type_hints(each.answer)["return"]] for each in OPERATIONS]  # type: ignore[misc]  # known now
    (problem, *answers), components = json.schemas([Problem, *types], "#/components/schemas/")
    operations = zip(OPERATIONS, answers, strict=True)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Recommendation search",
            "version": VERSION,
            "description": DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": f"{root}/api/v1"}],
        "paths": {path_of(each): {"get": _operation(each, answer, examples)} for each, answer in operations},
        "components": {
            "schemas": components,
            "responses": {name: _problem(name, problem) for name in _RESPONSES},
        },
    }


def path_of(operation: Operation) -> str:
    """The path of an operation in the notation of OpenAPI: ``{id}`` for Flask's ``<path:id>``."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", operation.path)


def _operation(operation: Operation, answer: Mapping[str, Any], examples: Mapping[str, str]) -> Json:
    found = {
        "description": "The answer.",
        "headers": {
            "ETag": {"description": "Changes with the generation and the query.", "schema": {"type": "string"}},
            "Cache-Control": {"description": f"`{KEEP}`", "schema": {"type": "string"}},
        },
        "content": {"application/json": {"schema": answer}},
    }
    # Only a request that goes on from an earlier answer can find that its cursor or generation is no longer there.
    goes_on = AFTER in operation.parameters or GENERATION in operation.parameters
    return {
        "operationId": operation.name,
        "summary": (operation.answer.__doc__ or "").strip(),
        "parameters": [*_parameters(operation, examples)],
        "responses": {
            "200": found,
            "304": {"description": "The copy whose `ETag` was sent in `If-None-Match` is still good."},
            "400": {"$ref": "#/components/responses/Unusable"},
            **({"404": {"$ref": "#/components/responses/Missing"}} if operation.in_path else {}),
            **({"410": {"$ref": "#/components/responses/Gone"}} if goes_on else {}),
            "500": {"$ref": "#/components/responses/Fault"},
            "503": {"$ref": "#/components/responses/NotReady"},
        },
    }


def _parameters(operation: Operation, examples: Mapping[str, str]) -> Iterator[Json]:
    for each in operation.in_path:
        example = {"example": examples[each.name]} if each.name in examples else {}
        yield {**_parameter(each), "in": "path", "required": True, **example}
    for each in operation.parameters:
        yield {**_parameter(each), "in": "query"}


def _parameter(parameter: Parameter) -> Json:
    found: Json = {"name": parameter.name, "description": parameter.sentence, "schema": dict(parameter.schema)}
    if parameter.several:
        found["description"] += " Repeat it for several values, any of which will do."
        # Written as a repeated parameter: `meeting=IX&meeting=X`.
        found |= {"schema": {"type": "array", "items": found["schema"]}, "style": "form", "explode": True}
    return found


_RESPONSES = {
    "Unusable": "The query or a parameter cannot be read: `code` is `bad-query`, `bad-parameter`, "
    "`unknown-parameter` or `repeated-parameter`.",
    "Missing": "There is nothing of this name: `code` is `not-found`.",
    "Gone": "What the request goes on from is no longer there: `code` is `cursor-gone` or `generation-gone`.",
    "NotReady": "Nothing can be searched at present: `code` is `no-index` or `bad-index`.",
    "Fault": "The fault is ours: `code` is `fault`.",
}


def _problem(name: str, schema: Mapping[str, Any]) -> Json:
    return {"description": _RESPONSES[name], "content": {"application/problem+json": {"schema": schema}}}
