"""The examples of the interface's documentation run."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines.whoosh import WhooshEngine
from search_app.api.openapi import path_of
from search_app.api.routes import OPERATIONS
from search_app.web.problem_json import TITLES
from tests.conftest import OPTIONAL
from tests.support.api_examples import DOCUMENT, example
from tests.support.library import shelf
from tests.support.program import served


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(shelf(tmp_path_factory.mktemp("docs") / "index", WhooshEngine()).folder) as found:
        yield found


def test_the_example_in_curl_runs(address: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip(OPTIONAL + "curl is not installed")
    run = subprocess.run(["sh", "-c", example("sh", address)], capture_output=True, text=True, check=True)
    assert '"total":9' in run.stdout


def test_the_example_in_python_runs(address: str, tmp_path: Path) -> None:
    script = tmp_path / "example.py"
    script.write_text(example("python", address), "utf-8")
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert re.search(r"Recommendation 2 Ninth Meeting .*/item/sample/IX/2", run.stdout)


def test_the_documentation_names_every_address_and_what_problems_ask_for() -> None:
    for operation in OPERATIONS:
        assert f"`/api/v1{path_of(operation)}`" in DOCUMENT
    for code in ("bad-query", "cursor-gone", "generation-gone"):
        assert code in TITLES
        assert code in DOCUMENT
