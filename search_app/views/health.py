"""Health checks, for those who run the service."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from indexer.model.errors import IndexerError
from search_app.web.context import generation, reader

blueprint = Blueprint("ops", __name__)

RETRY = {"Retry-After": "10", "Cache-Control": "no-store"}


@blueprint.get("/livez")
def livez() -> tuple[Response, dict[str, str]]:
    """Answer that the process is alive, whether or not it has an index."""
    return jsonify(live=True), {"Cache-Control": "no-store"}


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int, dict[str, str]]:
    """Answer whether searches can be answered: an index is open.

    ``problem`` says why the newest index is not open, where it is not; ``memory_bytes`` is the memory in which this
    process keeps parts of the index for later searches.
    """
    try:
        served = generation()
    except IndexerError as error:
        return jsonify(ready=False, problem=str(error)), 503, RETRY
    problem = reader().problem
    return (
        jsonify(
            ready=True,
            generation=served.id,
            memory_bytes=served.index.nbytes,
            problem=str(problem) if problem else None,
        ),
        200,
        {"Cache-Control": "no-store"},
    )
