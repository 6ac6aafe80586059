"""PDFs of the documents, whole or in ranges."""

from flask import Blueprint, abort, send_file
from werkzeug.wrappers import Response

from search_app.request.urls import STATIC
from search_app.web.caching import KEEP
from search_app.web.context import generation
from search_app.web.error_pages import NotThere

blueprint = Blueprint("files", __name__)


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The icon of the service, for browsers that show a PDF: it has no page that names one."""
    return send_file(STATIC / "favicon.svg")


@blueprint.get("/pdf/<body>/<path:file>", merge_slashes=False)
def pdf(body: str, file: str) -> Response:
    """A PDF that the ledger lists; no other file can be had."""
    # The path comes from the ledger, never from the address: no address can lead out of the folder of documents.
    path = generation().pdf(body, file)
    if path is None:
        abort(404)
    if not path.is_file():
        raise NotThere(file)
    response = send_file(path.absolute(), mimetype="application/pdf", conditional=True, download_name=path.name)
    response.headers["Cache-Control"] = KEEP
    response.headers["Content-Disposition"] = "inline"
    return response
