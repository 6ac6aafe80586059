"""The tests themselves: all of them run, and those near a change are known."""

from fnmatch import fnmatch

import pytest

from tests.support.near import ALWAYS, near
from tests.support.paths import ROOT


def test_no_folder_of_tests_is_left_out(pytestconfig: pytest.Config) -> None:
    folders = {part for file in (ROOT / "tests").rglob("test_*.py") for part in file.relative_to(ROOT).parts[:-1]}
    left_out = pytestconfig.getini("norecursedirs")
    assert "build" in folders
    assert [folder for folder in sorted(folders) if any(fnmatch(folder, each) for each in left_out)] == []


@pytest.mark.parametrize(
    ("file", "tests"),
    [
        ("indexer/analysis/folding.py", ["tests/indexer/analysis"]),
        ("indexer/engines/whoosh/writer.py", ["tests/indexer/engines"]),
        ("indexer/analysis/gone.py", ["tests/indexer/analysis"]),
        ("indexer/__main__.py", ["tests/indexer"]),
        ("search_app/templates/item.html", ["tests/search_app"]),
        ("tests/indexer/model/test_json.py", ["tests/indexer/model/test_json.py"]),
        ("tests/indexer/model/test_gone.py", []),
        ("tests/support/contract.py", ["tests/search_app/api/test_api.py"]),
        ("tests/browser/test_visits.py", []),
        ("corpus/sample/source/body.toml", ["tests/repository/test_sample_corpus.py"]),
        ("README.md", []),
    ],
)
def test_the_tests_near_a_file_are_those_that_mirror_or_use_it(file: str, tests: list[str]) -> None:
    always = {f"tests/repository/{name}" for name in ALWAYS}
    assert near([file]) == sorted({*tests, *always})


def test_a_folder_takes_in_what_is_in_it() -> None:
    both = near(["indexer/model/json.py", "tests/indexer/model/test_json.py"])
    assert [each for each in both if "model" in each] == ["tests/indexer/model"]


def test_what_is_always_near_is_there() -> None:
    assert [name for name in ALWAYS if not (ROOT / "tests" / "repository" / name).is_file()] == []
