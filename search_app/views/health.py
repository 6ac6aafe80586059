"""What those who run the service ask it."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from indexer.model.errors import IndexerError
from search_app.web.context import generation, reader

blueprint = Blueprint("ops", __name__)

RETRY = {"Retry-After": "10", "Cache-Control": "no-store"}


@blueprint.get("/livez")
def livez() -> tuple[Response, dict[str, str]]:
    """The process answers."""
    return jsonify(live=True), {"Cache-Control": "no-store"}


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int, dict[str, str]]:
    """Questions can be answered: an index is open. ``problem`` says why the newest one is not, where it is not;
    ``memory_bytes`` is what this process keeps of the index for later questions.
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
