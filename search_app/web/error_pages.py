"""Error answers for people and programs: what was wrong, where, and what to do."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, current_app, g, render_template
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response

from indexer.model import message
from indexer.model.errors import BadIndex, BadQuery, IndexerError, NoIndex
from search_app.present.changelog import CursorExpired
from search_app.present.word_diff import ItemGone
from search_app.request.parameters import BadParameter
from search_app.web.problem_json import answer_with, is_for_programs

Failure = tuple[Response, Mapping[str, str]]


def install_failures(app: Flask) -> None:
    """Let every error of the app end in an answer."""
    app.register_error_handler(BadQuery, _bad_query)
    app.register_error_handler(BadParameter, _bad_parameter)
    app.register_error_handler(IndexerError, _index_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _internal_error)


class NotThere(IndexerError):  # noqa: N818 - a state, which the page names
    """A document in the ledger has gone from its folder since the build."""

    status = 404

    def __init__(self, file: str) -> None:
        self.file = file
        super().__init__(message("document-gone", file))


class NothingOfThisName(IndexerError):  # noqa: N818 - as NotThere
    """Nothing in the index has the name that an address gives."""

    status = 404


def _page(template: str, status: int, error: Exception, **values: object) -> Failure:
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "10"
    # RFC 9110, section 15.5.6: such an answer must name the methods that are allowed.
    if isinstance(error, MethodNotAllowed):
        headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    if is_for_programs():
        return answer_with(error, status), headers
    page = render_template(template, status=status, layout=g.get("layout", "base.html"), error=error, **values)
    return Response(page, status, mimetype="text/html"), headers


def _bad_query(error: Exception) -> Failure:
    return _page("errors/bad_query.html", HTTPStatus.BAD_REQUEST, error)


def _bad_parameter(error: Exception) -> Failure:
    return _page("errors/bad_parameter.html", HTTPStatus.BAD_REQUEST, error)


def _index_error(error: Exception) -> Failure:
    if isinstance(error, NotThere):
        return _page("errors/not_there.html", error.status, error)
    if isinstance(error, NothingOfThisName):
        return _page("errors/not_found.html", error.status, error)
    if isinstance(error, ItemGone):
        return _page("errors/gone.html", error.status, error)
    if isinstance(error, (NoIndex, BadIndex)):
        return _page("errors/no_index.html", error.status, error, damaged=isinstance(error, BadIndex))
    if isinstance(error, CursorExpired):
        return _page("errors/other.html", error.status, error)
    return _internal_error(error)


def _http_error(error: Exception) -> Failure:
    status = error.code if isinstance(error, HTTPException) and error.code else 500
    template = "errors/not_found.html" if status == HTTPStatus.NOT_FOUND else "errors/other.html"
    return _page(template, status, error)


def _internal_error(error: Exception) -> Failure:
    current_app.logger.error("An answer failed", exc_info=error)
    return _page("errors/other.html", HTTPStatus.INTERNAL_SERVER_ERROR, error)
