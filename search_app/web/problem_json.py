"""Errors for programs: RFC 9457, ``application/problem+json``."""

from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from indexer.model import json
from indexer.model.errors import BadIndex, BadQuery, IndexerError, NoIndex
from search_app.present.changelog import CursorExpired
from search_app.present.word_diff import ItemGone
from search_app.request.locale import message_remedy, message_text
from search_app.request.parameters import BadParameter
from search_app.web.context import links

TITLES = {
    "bad-query": "The question cannot be read",
    "bad-parameter": "A parameter has a value that it cannot have",
    "unknown-parameter": "There is no such parameter",
    "repeated-parameter": "A parameter was given more than once",
    "not-found": "There is nothing at this address",
    "cursor-gone": "The change log was begun anew",
    "generation-gone": "Another generation of the index is served now",
    "refused": "The request cannot be answered",
    "no-index": "There is no index yet",
    "bad-index": "The index cannot be read",
    "fault": "The answer could not be made",
}
"""Title of each problem, by its code."""


# The OpenAPI document publishes this docstring: its words are part of the interface for programs.
@dataclass(frozen=True, slots=True)
class Problem:
    """A problem (RFC 9457). ``code`` is stable, and the end of ``type``, which is the address of its explanation.
    ``parameter`` names the parameter at fault, ``position`` counts characters of the query from 0 to the fault,
    ``remedy`` says what to do instead, and ``correction`` is the value of the parameter that was probably
    meant.
    """

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    parameter: str | None = None
    position: int | None = None
    remedy: str | None = None
    correction: str | None = None


def is_for_programs() -> bool:
    """True if the present request is a program's, by its address or accepted types."""
    # text/html stands first: a browser that accepts anything gets a page.
    offered = ("text/html", "application/problem+json", "application/json")
    return request.path.startswith("/api/") or request.accept_mimetypes.best_match(offered, offered[0]) != offered[0]


def answer_with(error: Exception, status: int) -> Response:
    """The response that reports an error to a program."""
    whole = links().whole
    code, parameter, position, remedy, detail = _problem_parts(error, status)
    problem = Problem(
        type=whole.problem(code),
        title=TITLES[code],
        status=status,
        detail=detail,
        instance=whole.here(None),
        code=code,
        parameter=parameter,
        position=position,
        remedy=remedy,
        correction=(error.better or error.meant or None) if isinstance(error, BadQuery) else None,
    )
    return Response(json.encode(problem), status, mimetype="application/problem+json")


_ProblemParts = tuple[str, str | None, int | None, str | None, str]


def _problem_parts(error: Exception, status: int) -> _ProblemParts:
    match error:
        case BadQuery(message=message, field=field, position=position):
            name = field if position is None else "q"
            return "bad-query", name, position, message_remedy(message), message_text(message)
        case BadParameter(code=code, name=name):
            return code, name, None, None, str(error)
        case CursorExpired(code=code):
            return code, None, None, "Begin anew.", str(error)
        case ItemGone():
            return "not-found", None, None, None, str(error)
        case NoIndex():
            return "no-index", None, None, None, str(error)
        case BadIndex():
            return "bad-index", None, None, None, str(error)
        case IndexerError() if status == 404:
            return "not-found", None, None, None, str(error)
        case HTTPException(description=description) if status < 500:
            code = "not-found" if status == 404 else "refused"
            return code, None, None, None, description or TITLES[code]
    return "fault", None, None, None, "The fault is ours and has been written to the log. Please try again."
