"""Request context: parameters, generation and links of one request."""

import contextlib
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import Any, TypeVar

from flask import Flask, current_app, g, request

from indexer.generations import Generation, Reader
from indexer.model.errors import IndexerError
from search_app.present.changelog import History
from search_app.present.coverage import BodyCoverage
from search_app.request.locale import LANGUAGES, asked_language
from search_app.request.parameters import Pairs, Parameter, Parameters, first_of_each, read_pairs, read_parameters
from search_app.request.urls import Links, manner_of
from search_app.web.settings import Settings

T = TypeVar("T")

CACHED_VALUES = 64
"""Most values cached for a generation; a bound, as some keys come from requests."""

_CACHE = "search_app.cache"
_READER = "search_app.reader"
_SETTINGS = "search_app.settings"


class RequestContext:
    """Context of one request; the generation is opened at its first use."""

    def __init__(self) -> None:
        self.take(read_pairs(request.query_string))
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
        self._open_generation = contextlib.ExitStack()

    def take(self, sent: Pairs) -> None:
        """Take these for the parameters of the request."""
        self.sent = sent
        self.parameters = first_of_each(sent)

    @cached_property
    def generation(self) -> Generation:
        """The generation that the request is answered from."""
        return self._open_generation.enter_context(reader().hold())

    @cached_property
    def coverage(self) -> BodyCoverage:
        """The coverage of that generation."""
        return memoize(BodyCoverage, lambda: BodyCoverage(self.generation))

    def end(self) -> None:
        """Release the generation."""
        self._open_generation.close()


def install_request_context(app: Flask, settings: Settings, reader: Reader) -> None:
    """Give each request of the app a context with the settings and one generation.

    A request holds its generation from the first use to its end.
    """
    app.extensions[_READER] = reader
    app.extensions[_SETTINGS] = settings
    app.before_request(_begin)
    app.teardown_request(_end)


def _begin() -> None:
    g.request_context = RequestContext()
    g.asked_language = request_context().links.ui
    # Programs ask for what they want, whatever the browser's language; so do addresses that no route has. The reference
    # is a page for people.
    if request.path.startswith("/api/") and request.blueprint != "reference":
        g.asked_language = g.asked_language or LANGUAGES[0]


def _end(_error: BaseException | None) -> None:
    request_context().end()


def request_context() -> RequestContext:
    """The context of the present request."""
    found: RequestContext = g.request_context
    return found


def settings() -> Settings:
    """The settings of the running app."""
    found: Settings = current_app.extensions[_SETTINGS]
    return found


def reader() -> Reader:
    """The reader that hands out generations."""
    found: Reader = current_app.extensions[_READER]
    return found


def parameters() -> Parameters:
    """The parameters of the present request as they were sent, the first of each name."""
    return request_context().parameters


def read_checked(known: Iterable[Parameter], *, strict: bool = False) -> Parameters:
    """Read those parameters of the present request that are known.

    Raises:
        BadParameter: as ``read_parameters``.
    """
    return read_parameters(request_context().sent, known, strict=strict)


def links() -> Links:
    """The addresses for the present request."""
    return request_context().links


def generation() -> Generation:
    """The generation of the present request, held until its end.

    Raises:
        NoIndex, BadIndex: there is none to answer from.
    """
    return request_context().generation


def coverage() -> BodyCoverage:
    """The coverage of that generation.

    Raises:
        NoIndex, BadIndex: as ``generation``.
    """
    return request_context().coverage


def memoize(key: Hashable, make: Callable[[], T]) -> T:
    """Value made once for the generation of the present request.

    ``make`` runs where the cache has no value for ``key``.

    Raises:
        NoIndex, BadIndex: as ``generation``.
    """
    present = generation()
    cache: tuple[Generation, dict[Hashable, Any]] | None = current_app.extensions.get(_CACHE)
    # A new generation drops all values of the one before; so does a full cache, which then begins anew.
    if cache is None or cache[0] is not present or len(cache[1]) > CACHED_VALUES:
        cache = current_app.extensions[_CACHE] = (present, {})
    values = cache[1]
    # No lock: two threads may make a value twice, and both are equal.
    if key not in values:
        values[key] = make()
    found: T = values[key]
    return found


def history() -> History:
    """The latest changes of that generation's items, from the change log.

    Raises:
        NoIndex, BadIndex: as ``generation``, or the change log cannot be read.
    """
    return memoize(History, lambda: History(tuple(generation().log.switches()), generation()))


def coverage_or_none() -> BodyCoverage | None:
    """The coverage of the generation, or None without one.

    Error pages share a layout with the others, and need it even then.
    """
    try:
        return coverage()
    except IndexerError:
        return None
