"""The tests themselves: all of them run."""

from fnmatch import fnmatch

import pytest

from tests.support.paths import ROOT


def test_no_folder_of_tests_is_left_out(pytestconfig: pytest.Config) -> None:
    folders = {part for file in (ROOT / "tests").rglob("test_*.py") for part in file.relative_to(ROOT).parts[:-1]}
    left_out = pytestconfig.getini("norecursedirs")
    assert "build" in folders
    assert [folder for folder in sorted(folders) if any(fnmatch(folder, each) for each in left_out)] == []
