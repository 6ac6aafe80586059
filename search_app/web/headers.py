"""Security headers of every answer: no foreign content, no scripts but our own."""

from flask import Flask, g, request
from werkzeug.wrappers import Response

from search_app.request.urls import digest
from search_app.web.caching import FOR_EVER
from search_app.web.context import parameters

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
}


def policy(**changed: str) -> str:
    """Content Security Policy with some directives changed or added.

    Hyphens in their names are written as underscores.
    """
    directives = {**_POLICY, **{name.replace("_", "-"): sources for name, sources in changed.items()}}
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


POLICY = policy()

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=()",
}

FROM_ANYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}
"""Headers that let pages of any site read an answer, without credentials."""


def install_headers(app: Flask) -> None:
    """Let every answer of the app carry the headers."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    is_open = request.path.startswith(("/api/", "/cite/", "/search.")) or request.path.endswith(".atom")
    # An answer that sets one of the headers itself, as embeds do, keeps its own.
    own = {name.lower() for name, _ in response.headers}
    common = HEADERS | FROM_ANYWHERE if is_open else HEADERS
    response.headers.extend((name, value) for name, value in common.items() if name.lower() not in own)
    if request.endpoint == "static" and request.view_args and response.status_code in (200, 304):
        # Only an address with the digest names its content; any other may have new content tomorrow.
        named = parameters().get("v") == digest(request.view_args["filename"])
        response.headers["Cache-Control"] = FOR_EVER if named else "public, max-age=60"
    elif g.get("asked_language") is None:
        # Without a chosen language, that of the answer is the browser's.
        response.vary.add("Accept-Language")
    return response
