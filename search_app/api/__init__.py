"""The interface for programs, version 1: JSON over HTTP, kept stable while pages change."""

from search_app.api import reference, routes

blueprints = (routes.blueprint, reference.blueprint)
