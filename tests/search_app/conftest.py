from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.engines.whoosh import WhooshEngine
from indexer.generations import Reader
from search_app import create_app
from search_app.web.settings import Settings
from tests.support.library import shelf
from tests.support.visitor import visitor


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    made = Reader(shelf(tmp_path_factory.mktemp("web") / "index", WhooshEngine()))
    yield made
    made.close()


@pytest.fixture(scope="session")
def app(reader: Reader) -> Flask:
    return create_app(Settings(), reader)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return visitor(app)


@pytest.fixture
def empty_client(tmp_path: Path) -> FlaskClient:
    """A service before the first build."""
    return visitor(create_app(Settings(index=tmp_path / "index")))
