import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.support.paths import ROOT


def test_a_module_imports_only_what_stands_below_it() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


DOORS = {
    "babel": "search_app/request/locale.py",
    "filelock": "indexer/storage/lock.py",
    "flask_babel": "search_app/request/locale.py",
    "msgspec": "indexer/model/json.py",
    "numpy": "indexer/engines/whoosh",
    "pdfminer": "indexer/extract/pdf",
    "pypdfium2": "indexer/extract/ocr/raster.py",
    "rich": "indexer/cli/console.py",
    "Stemmer": "indexer/analysis/stemming.py",
    "tomlkit": "indexer/catalogue/writer.py",
    "urllib3": "indexer/fetch/client.py",
    "waitress": "search_app/__main__.py",
    "whoosh": "indexer/engines/whoosh",
    "xlsxwriter": "search_app/present/citation/tables.py",
}
"""The one file or folder through which each third-party library enters (Flask and what it is made of apart)."""


@cache
def imported() -> dict[str, set[str]]:
    """The libraries that each file of the two packages imports, by its path."""
    files = [path for package in ("indexer", "search_app") for path in (ROOT / package).rglob("*.py")]
    return {path.relative_to(ROOT).as_posix(): imported_by(path) for path in files}


def imported_by(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize(("library", "door"), DOORS.items())
def test_a_library_enters_through_one_door(library: str, door: str) -> None:
    importing = {path for path, libraries in imported().items() if library in libraries}
    assert importing
    assert all(path == door or path.startswith(f"{door}/") for path in importing), importing


def test_no_other_library_is_imported() -> None:
    known = {*sys.stdlib_module_names, *DOORS, "indexer", "search_app", "flask", "werkzeug", "jinja2", "markupsafe"}
    assert set().union(*imported().values()) <= known
