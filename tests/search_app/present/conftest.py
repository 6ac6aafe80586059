"""The sample, built once for the tests of a module."""

from collections.abc import Iterator

import pytest

from indexer.generations import Generation, IndexStore
from tests.support.needs import built


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> IndexStore:
    return built(tmp_path_factory.mktemp("sample") / "index")


@pytest.fixture(scope="module")
def generation(store: IndexStore) -> Iterator[Generation]:
    generation = store.open()
    yield generation
    generation.close()
