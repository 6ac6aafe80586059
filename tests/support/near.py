"""The tests near what has changed, a path a line.

``python -m tests.support.near`` looks at what differs from the branch ``main``, uncommitted changes included. Near a
module are the tests in the folder that mirrors its package; near a test is its own file. The tests of the repository
itself are always near, but for those that take long.
"""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.support.paths import ROOT

TESTS = Path("tests")

ALWAYS = tuple(
    TESTS / "repository" / name
    for name in ("test_architecture.py", "test_docs_commands.py", "test_floors.py", "test_names.py", "test_suite.py")
)


def changed() -> Iterator[Path]:
    """The files that differ from the main branch, as paths from the folder of the project."""
    base = git("merge-base", "HEAD", "main") or git("rev-parse", "HEAD")
    names = f"{git('diff', '--name-only', *base.split())}\n{git('ls-files', '--others', '--exclude-standard')}"
    return map(Path, filter(None, names.splitlines()))


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def near(files: Iterable[Path]) -> tuple[Path, ...]:
    """The files and folders of tests that are near some files, each once."""
    found = dict.fromkeys(ALWAYS)
    for file in files:
        if file.parts[0] in ("indexer", "search_app"):
            found[TESTS.joinpath(*file.parts[:2]) if len(file.parts) > 2 else TESTS / file.parts[0]] = None
        elif file.name.startswith("test_") and file.parts[0] == "tests":
            found[file] = None
    return tuple(path for path in found if (ROOT / path).exists())


if __name__ == "__main__":
    print(*near(changed()), sep="\n")
