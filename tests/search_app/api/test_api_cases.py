from pathlib import Path

import pytest

from indexer.engines.whoosh import WhooshEngine
from tests.support.api_cases import ask
from tests.support.library import shelf
from tests.support.program import served


@pytest.mark.long
def test_whatever_the_document_allows_and_much_that_it_does_not_is_answered_as_it_says(tmp_path: Path) -> None:
    with served(shelf(tmp_path / "index", WhooshEngine()).folder) as address:
        cases, said = ask(address, examples=20, seed=1)
    assert cases > 500, said
