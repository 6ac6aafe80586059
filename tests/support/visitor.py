"""A visitor of an app in tests: each answer is read to its end and let go, as a browser does."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Visitor(FlaskClient):
    """Flask's client, which otherwise leaves files open that it has not read."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        """The answer to a request."""
        return super().open(*args, **{"buffered": True, **options})


def visitor(app: Flask) -> Visitor:
    """A visitor of the app."""
    return Visitor(app, app.response_class)
