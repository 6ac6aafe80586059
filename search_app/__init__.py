"""The search pages and interfaces over a published index."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from indexer.engines.whoosh import WhooshEngine
from indexer.generations import Reader, Shelf
from search_app import api, discovery, elements, embed, feeds, files, ops, pages
from search_app.failures import install_failures
from search_app.headers import install_headers
from search_app.languages import install_languages
from search_app.settings import Settings
from search_app.templating import install_templating
from search_app.visit import install_visits


class _App(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No function here is asynchronous: Flask would look at each of them in each request."""
        return func


def create_app(settings: Settings, reader: Reader | None = None) -> Flask:
    """The application that serves the pages.

    ``reader`` hands out the generations to answer from; by default, those published in the index folder of the
    settings, which need not be there yet.
    """
    app = _App(__name__)
    app.url_map.strict_slashes = False
    install_visits(app, settings, reader or Reader(Shelf(settings.index, WhooshEngine.loaded())))
    install_languages(app)
    install_templating(app)
    install_headers(app)
    install_failures(app)
    modules = (pages, embed, elements, files, ops, feeds, discovery)
    for blueprint in (*(each.blueprint for each in modules), *api.blueprints):
        app.register_blueprint(blueprint)
    return app
