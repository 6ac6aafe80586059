"""Search pages and interfaces over a published index."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from indexer.engines.whoosh import WhooshEngine
from indexer.generations import IndexStore, Reader
from search_app import api
from search_app.request.locale import install_languages
from search_app.views import citations, discovery, embed, embed_scripts, exports, feeds, files, health, pages
from search_app.web.context import install_request_context
from search_app.web.error_pages import install_failures
from search_app.web.headers import install_headers
from search_app.web.settings import MEGABYTE, Settings
from search_app.web.templating import install_templating


class _App(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself, as no function here is asynchronous."""
        # Flask would look at every handler again in each request.
        return func


def create_app(settings: Settings, reader: Reader | None = None) -> Flask:
    """The application that serves the pages.

    ``reader`` hands out the generations to answer from; by default, those published in the index folder of the
    settings, which need not be there yet.
    """
    app = _App(__name__)
    app.url_map.strict_slashes = False
    store = IndexStore(settings.index, WhooshEngine.load(), settings.memory * MEGABYTE)
    install_request_context(app, settings, reader or Reader(store))
    install_languages(app)
    install_templating(app)
    install_headers(app)
    install_failures(app)
    modules = (pages, citations, exports, embed, embed_scripts, files, health, feeds, discovery)
    for blueprint in (*(each.blueprint for each in modules), *api.blueprints):
        app.register_blueprint(blueprint)
    return app
