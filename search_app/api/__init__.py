"""The interface for programs, version 1: JSON over HTTP, kept stable while pages change."""

from search_app.api import docs_page, routes

blueprints = (routes.blueprint, docs_page.blueprint)
