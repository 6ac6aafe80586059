"""How long an answer may be kept, and how to tell whether a kept one is still good."""

# ARCHITECTURE.md: No answer is kept as a whole.

import hashlib
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from search_app.request.locale import interface_language
from search_app.web.context import links

KEEP = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
FOR_EVER = "public, max-age=31536000, immutable"


@cache
def _program() -> str:
    """What tells one version of the pages' code, templates and translations from another."""
    content = hashlib.sha256()
    here = Path(__file__).parents[1]
    for file in sorted(here.rglob("*")):
        if file.suffix in (".py", ".html", ".asp", ".php", ".css", ".js", ".svg", ".po"):
            content.update(str(file.relative_to(here)).encode() + b"\0" + file.read_bytes())
    return content.hexdigest()


def _tag(state: str) -> str:
    """What an answer depends on, in short: the state, the program, the language, the address."""
    parts = (state, _program(), interface_language(), links().public_root, request.path)
    content = "\0".join(parts).encode("utf-8", "surrogatepass") + b"\0" + request.query_string
    return hashlib.sha256(content).hexdigest()[:32]


def keep(blueprint: Blueprint, state: Callable[[], str]) -> None:
    """Let the answers of a blueprint be kept for as long as what they depend on, beside the request, stays the same.

    Where the visitor's copy is the one that a request would get, the answer has no body.
    """

    @blueprint.before_request
    def from_the_visitors_copy() -> Response | None:
        g.tag = _tag(state())
        return _kept(Response(status=304)) if request.if_none_match.contains_weak(g.tag) else None

    @blueprint.after_request
    def to_be_kept(response: Response) -> Response:
        return _kept(response) if response.status_code == HTTPStatus.OK else response


def _kept(response: Response) -> Response:
    """The response with what a browser or a cache between needs to keep it."""
    response.set_etag(g.tag, weak=True)
    response.headers["Cache-Control"] = KEEP
    return response
