"""How long an answer may be kept, and how to tell whether a kept one is still good."""

import hashlib
from functools import cache
from pathlib import Path

from flask import request
from werkzeug.wrappers import Response

from search_app.languages import interface_language

KEEP = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
FOR_EVER = "public, max-age=31536000, immutable"


@cache
def _program() -> str:
    """What tells one version of the pages' code, templates and translations from another."""
    content = hashlib.sha256()
    here = Path(__file__).parent
    for file in sorted(here.rglob("*")):
        if file.suffix in (".py", ".html", ".css", ".js", ".svg", ".po"):
            content.update(str(file.relative_to(here)).encode() + b"\0" + file.read_bytes())
    return content.hexdigest()


def _tag(generation: str) -> str:
    """What an answer depends on, in short: the generation, the program, the language, the address."""
    parts = (generation, _program(), interface_language(), request.host_url, request.path)
    content = "\0".join(parts).encode("utf-8", "surrogatepass") + b"\0" + request.query_string
    return hashlib.sha256(content).hexdigest()[:32]


def unchanged(generation: str) -> Response | None:
    """An answer without a body, where the visitor's copy is the one that this request would get."""
    if request.if_none_match.contains_weak(_tag(generation)):
        return answered(Response(status=304), generation)
    return None


def answered(response: Response, generation: str) -> Response:
    """The response with what a browser or a cache between needs to keep it."""
    response.set_etag(_tag(generation), weak=True)
    response.headers["Cache-Control"] = KEEP
    return response
