"""Scripts that pages of other sites load: one file for each major version.

The newest is served under one address that stays. Each release has an address of its own as well, named with its
content, for pages that pin it; a release that is no longer the newest is kept in ``static/embed/released``.
"""

# ARCHITECTURE.md: The embed element is built around a plain form.

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from indexer.analysis.fields import FIELDS
from search_app.request.urls import STATIC
from search_app.web.caching import FOR_EVER
from search_app.web.headers import FROM_ANYWHERE

blueprint = Blueprint("elements", __name__)

ELEMENT = "recommendation-search"
"""The script that defines the element."""

FRAME = "recommendation-search-frame"
"""The script that makes a frame as high as its content."""

LIMITS = (*FIELDS, "sort", "match", "equivalents")
"""Parameters by which a site limits each search on it."""

FLOATING = "public, max-age=300, stale-while-revalidate=86400"
"""The ``Cache-Control`` of the newest release: sites get a correction within minutes, and load it in the background."""


@dataclass(frozen=True, slots=True)
class Script:
    """A release of a script: its name without an ending, and its content."""

    name: str
    content: bytes

    @property
    def file(self) -> str:
        """The file name of the newest release, whichever that is."""
        return f"{self.name}.js"

    @property
    def pinned_name(self) -> str:
        """The file name of this release: it holds 16 hexadecimal digits of its hash."""
        return f"{self.name}-{hashlib.sha256(self.content).hexdigest()[:16]}.js"

    @property
    def integrity(self) -> str:
        """The hash that browsers compare the content with (Subresource Integrity, section 3.2)."""
        return "sha384-" + b64encode(hashlib.sha384(self.content).digest()).decode()


@cache
def newest(name: str) -> Script:
    """The newest release of a script. The element carries its style sheet within, so that it is one file."""
    folder = STATIC / "embed"
    source = (folder / f"{name}.js").read_text("utf-8")
    look = json.dumps((folder / "look.css").read_text("utf-8"))
    return Script(name, source.replace('"look.css"', look).encode())


@cache
def _load_scripts() -> Mapping[str, tuple[bytes, str]]:
    """The content and the ``Cache-Control`` of each script, by file name."""
    # Sites that pin a release compare its hash: its file is served unchanged as long as they may name it.
    released = {file.name: (file.read_bytes(), FOR_EVER) for file in (STATIC / "embed" / "released").glob("*.js")}
    present = [newest(ELEMENT), newest(FRAME)]
    return (
        released
        | {each.pinned_name: (each.content, FOR_EVER) for each in present}
        | {each.file: (each.content, FLOATING) for each in present}
    )


@blueprint.get("/embed/v1/<file>")
def script(file: str) -> Response:
    """A script, for any site."""
    if file not in _load_scripts():
        abort(404)
    content, cache_control = _load_scripts()[file]
    response = Response(content, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = cache_control
    response.headers.update(FROM_ANYWHERE)
    response.add_etag()
    return response.make_conditional(request)
