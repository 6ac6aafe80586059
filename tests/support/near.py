"""The tests near a change: ``python -m tests.support.near`` prints their paths, for ``make quick``.

Tests lie in folders that mirror the code, so those near a module are in the folder that mirrors its own. Tests in the
browser are near everything that the search shows and take minutes: they are left to ``make test``.
"""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.support.paths import ROOT

TESTS = ROOT / "tests"
ALWAYS = (
    "test_architecture.py",
    "test_docs_commands.py",
    "test_docs_query.py",
    "test_floors.py",
    "test_messages.py",
    "test_names.py",
    "test_suite.py",
)
"""Tests of the repository that are quick, and hold for any change."""

ELSEWHERE = {
    "corpus/sample": "tests/repository/test_sample_corpus.py",
    "bench": "tests/repository/test_bench.py",
}
"""What no folder of tests mirrors, and its tests."""


def changed() -> list[str]:
    """The files that differ from where this branch left ``main``, or from the last commit where there is none."""
    base = _git("merge-base", "HEAD", "main") or ["HEAD"]
    return _git("diff", "--name-only", base[0]) + _git("ls-files", "--others", "--exclude-standard")


def _git(*arguments: str) -> list[str]:
    """The lines that git says; none where it fails."""
    run = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return run.stdout.splitlines() if run.returncode == 0 else []


def near(files: Iterable[str]) -> list[str]:
    """The paths of the tests near some files, folders among them, none of them in another."""
    found = {TESTS / "repository" / name for name in ALWAYS}
    for file in files:
        found.update(path for path in _near(Path(file)) if not path.is_relative_to(TESTS / "browser"))
    return sorted(path.relative_to(ROOT).as_posix() for path in found if found.isdisjoint(path.parents))


def _near(file: Path) -> Iterator[Path]:
    yield from (ROOT / tests for folder, tests in ELSEWHERE.items() if file.is_relative_to(folder))
    if file.is_relative_to("tests/support"):
        yield from _importing(".".join(file.with_suffix("").parts))
    elif file.is_relative_to("tests") and file.name.startswith("test_"):
        yield from (test for test in [ROOT / file] if test.exists())
    elif file.parts[0] in ("indexer", "search_app"):
        yield next(TESTS / folder for folder in file.parents if (TESTS / folder).is_dir())


def _importing(module: str) -> Iterator[Path]:
    yield from (test for test in TESTS.rglob("test_*.py") if module in test.read_text("utf-8"))


if __name__ == "__main__":
    print(*near(changed()))
