"""What one request works with: its parameters, the generation it is answered from, and the links that it makes."""

import contextlib
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar

from flask import Flask, current_app, g, request

from indexer.generations import Generation, Reader
from indexer.model.errors import IndexerError
from search_app.present.changelog import History
from search_app.present.coverage import BodyCoverage
from search_app.request.locale import asked_language
from search_app.request.parameters import Parameters, read_parameters
from search_app.request.urls import Links, manner_of
from search_app.web.settings import Settings

T = TypeVar("T")

ROOM = 64
"""How many things are kept for a generation."""

_KEPT = "search_app.kept"
_READER = "search_app.reader"
_SETTINGS = "search_app.web.settings"


class RequestContext:
    """What one request works with, made as far as it is asked for."""

    def __init__(self) -> None:
        self.parameters = read_parameters(request.query_string)
        language = asked_language(self.parameters)
        public_root = settings().public_url or f"{request.scheme}://{request.host}{request.script_root}"
        self.links = Links(
            rules=current_app.url_map,
            ui=language,
            root=request.script_root,
            public_root=public_root,
            path=request.path,
            parameters=self.parameters,
            manner=manner_of(self.parameters),
        )
        self._held = contextlib.ExitStack()

    @cached_property
    def generation(self) -> Generation:
        """The generation that the request is answered from."""
        return self._held.enter_context(reader().hold())

    @cached_property
    def holdings(self) -> BodyCoverage:
        """What that generation covers."""
        return cached(BodyCoverage, lambda: BodyCoverage(self.generation))

    def end(self) -> None:
        """Let go of the generation."""
        self._held.close()


def install_visits(app: Flask, settings: Settings, reader: Reader) -> None:
    """Let each request of the app work with the settings and hold one generation from its first use to the end."""
    app.extensions[_READER] = reader
    app.extensions[_SETTINGS] = settings
    app.before_request(_begin)
    app.teardown_request(_end)


def _begin() -> None:
    g.visit = RequestContext()
    g.asked_language = visit().links.ui


def _end(_error: BaseException | None) -> None:
    visit().end()


def visit() -> RequestContext:
    """The present request."""
    found: RequestContext = g.visit
    return found


def settings() -> Settings:
    """The settings of the running app."""
    found: Settings = current_app.extensions[_SETTINGS]
    return found


def reader() -> Reader:
    """What hands out generations."""
    found: Reader = current_app.extensions[_READER]
    return found


def parameters() -> Parameters:
    """The parameters of the present request."""
    return visit().parameters


def links() -> Links:
    """The addresses for the present request."""
    return visit().links


def generation() -> Generation:
    """The generation that the present request is answered from, held until the answer is made.

    Raises:
        NoIndex, BadIndex: there is none to answer from.
    """
    return visit().generation


def holdings() -> BodyCoverage:
    """What that generation covers.

    Raises:
        NoIndex, BadIndex: as ``generation``.
    """
    return visit().holdings


def cached(key: Hashable, make: Callable[[], T]) -> T:
    """What is made once for the generation that the present request is answered from, as far as there is room.

    Raises:
        NoIndex, BadIndex: as ``generation``.
    """
    held = generation()
    known: tuple[Generation, dict[Hashable, Any]] | None = current_app.extensions.get(_KEPT)
    if known is None or known[0] is not held or len(known[1]) > ROOM:
        known = current_app.extensions[_KEPT] = (held, {})
    values = known[1]
    if key not in values:
        values[key] = make()
    found: T = values[key]
    return found


def history() -> History:
    """What has happened to the items of that generation, as far as the change log tells.

    Raises:
        NoIndex, BadIndex: as ``generation``, or the change log cannot be read.
    """
    return cached(History, lambda: History(tuple(generation().log.switches()), generation()))


def holdings_or_none() -> BodyCoverage | None:
    """What the generation covers, or None where there is none: for what error pages share with the others."""
    try:
        return holdings()
    except IndexerError:
        return None
