"""Errors for programs: RFC 9457, ``application/problem+json``."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response

from indexer.model import Message, json, message
from indexer.model.errors import BadIndex, BadQuery, IndexerError, NoIndex
from indexer.model.messages import PROBLEMS
from search_app.present.changelog import CursorExpired
from search_app.present.notes import Note, note_of
from search_app.request.locale import message_remedy, message_sentence, message_text
from search_app.request.parameters import BadParameter
from search_app.web.context import links

TITLES: Mapping[str, str] = {code: wording.sentence for code, wording in PROBLEMS.items()}
"""English title of each problem, by its code."""


# The OpenAPI document publishes this docstring: its words are part of the interface for programs.
@dataclass(frozen=True, slots=True)
class Problem:
    """A problem (RFC 9457). ``code`` is stable, and the end of ``type``, which is the address of its explanation.
    ``parameter`` names the parameter at fault, ``position`` counts characters of the query from 0 to the fault,
    ``remedy`` says what to do instead, and ``correction`` is the value of the parameter that was probably
    meant. ``cause`` is the message that ``detail`` says, with its code and its parts. All are in the language that the
    request chooses.
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
    cause: Note | None = None


def is_for_programs() -> bool:
    """True if the present request is a program's, by its address or accepted types."""
    # text/html stands first: a browser that accepts anything gets a page.
    offered = ("text/html", "application/problem+json", "application/json")
    return request.path.startswith("/api/") or request.accept_mimetypes.best_match(offered, offered[0]) != offered[0]


def answer_with(error: Exception, status: int) -> Response:
    """The response that reports an error to a program."""
    whole = links().whole
    title, cause = _messages(error, status)
    problem = Problem(
        type=whole.problem(title.code),
        title=message_sentence(title),
        status=status,
        detail=message_text(cause),
        instance=whole.here(None),
        code=title.code,
        parameter=_parameter(error),
        position=error.position if isinstance(error, BadQuery) else None,
        remedy=message_remedy(cause) or None,
        correction=(error.better or error.meant or None) if isinstance(error, BadQuery) else None,
        cause=note_of(cause),
    )
    return Response(json.encode(problem), status, mimetype="application/problem+json")


def _parameter(error: Exception) -> str | None:
    """The parameter at fault."""
    match error:
        case BadQuery(field=field, position=None):
            return field
        case BadQuery():
            return "q"
        case BadParameter(name=name):
            return name
    return None


def _messages(error: Exception, status: int) -> tuple[Message, Message]:
    """The title of a problem, and what is the matter."""
    match error:
        case BadQuery():
            return message("bad-query"), error.message
        case BadParameter(code="unknown-parameter"):
            return message("unknown-parameter"), error.message
        case BadParameter(code="repeated-parameter"):
            return message("repeated-parameter"), error.message
        case BadParameter():
            return message("bad-parameter"), error.message
        case CursorExpired(code="generation-gone"):
            return message("generation-gone"), error.message
        case CursorExpired():
            return message("cursor-gone"), error.message
        case NoIndex():
            return message("no-index"), error.message
        case BadIndex():
            return message("bad-index"), error.message
        case IndexerError() if status in (404, 410):
            return message("not-found"), error.message
        case MethodNotAllowed(valid_methods=methods):
            allowed = ", ".join(sorted(methods or ()))
            return message("refused"), message("no-such-method", request.method, allowed)
        case HTTPException() if status == 404:
            return message("not-found"), message("no-such-address")
        case HTTPException() if status < 500:
            return message("refused"), message("unanswerable", status)
    return message("fault"), message("our-fault")
