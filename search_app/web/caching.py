"""HTTP caching: entity tags and lifetimes of answers."""

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
    """Digest of the code, templates and translations of the pages."""
    # A new release may write another answer from the same index.
    content = hashlib.sha256()
    here = Path(__file__).parents[1]
    for file in sorted(here.rglob("*")):
        if file.suffix in (".py", ".html", ".asp", ".php", ".css", ".js", ".svg", ".po"):
            content.update(str(file.relative_to(here)).encode() + b"\0" + file.read_bytes())
    return content.hexdigest()


def _tag(state: str) -> str:
    """Entity tag: digest of all that an answer depends on.

    These are the state, the program, the language and the address.
    """
    # Answers hold whole addresses: the same path below another root is another answer.
    parts = (state, _program(), interface_language(), links().public_root, request.path)
    content = "\0".join(parts).encode("utf-8", "surrogatepass") + b"\0" + request.query_string
    return hashlib.sha256(content).hexdigest()[:32]


def keep(blueprint: Blueprint, state: Callable[[], str]) -> None:
    """Add entity tags and lifetimes to the answers of a blueprint.

    ``state`` names what they depend on beside the request; they are good for as long as it stays the same.
    Where the visitor's copy is the one that a request would get, the answer has no body.
    """

    @blueprint.before_request
    def answer_unchanged() -> Response | None:
        g.tag = _tag(state())
        return _make_cacheable(Response(status=304)) if request.if_none_match.contains_weak(g.tag) else None

    @blueprint.after_request
    def add_caching(response: Response) -> Response:
        # Errors are not kept: their cause may be gone at the next request.
        return _make_cacheable(response) if response.status_code == HTTPStatus.OK else response


def _make_cacheable(response: Response) -> Response:
    """The response with its entity tag and lifetime."""
    response.set_etag(g.tag, weak=True)
    response.headers["Cache-Control"] = KEEP
    return response
