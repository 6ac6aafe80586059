import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PACKAGES = ("indexer", "search_app")

PARTICIPLES = frozenset(
    {
        "bound",
        "bought",
        "built",
        "caught",
        "chosen",
        "drawn",
        "found",
        "given",
        "grown",
        "held",
        "hidden",
        "kept",
        "known",
        "left",
        "lost",
        "made",
        "met",
        "said",
        "seen",
        "sent",
        "shown",
        "sold",
        "spent",
        "spread",
        "taken",
        "thrown",
        "told",
        "written",
    }
)
"""The past participles of English that do not end in ``-ed`` and that code is tempted by."""

VERBS_IN_ED = frozenset({"embed", "feed", "need", "seed"})


def modules(package: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def definitions(package: str) -> Iterator[tuple[str, ast.Module | ast.ClassDef | ast.FunctionDef]]:
    for place, tree in modules(package):
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                yield f"{place}:{getattr(node, 'lineno', 1)}", node


@pytest.mark.parametrize("package", PACKAGES)
def test_a_public_class_name_occurs_once_in_a_top_level_package(package: str) -> None:
    places = defaultdict(list)
    for place, tree in modules(package):
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(place)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_no_function_is_named_by_a_bare_past_participle(package: str) -> None:
    def is_participle(name: str) -> bool:
        ends = name.endswith("ed") and "_" not in name and name not in VERBS_IN_ED
        return ends or name in PARTICIPLES

    functions = ((place, node.name) for place, node in definitions(package) if isinstance(node, ast.FunctionDef))
    assert [(place, name) for place, name in functions if is_participle(name.strip("_"))] == []


@pytest.mark.parametrize("package", [*PACKAGES, "bench", "corpus", "tests"])
def test_a_docstring_begins_with_a_noun_or_a_verb(package: str) -> None:
    opening = re.compile(r"(what|which|how|where|whether|who|when|why|from|something)\b", re.IGNORECASE)
    texts = ((place, ast.get_docstring(node) or "") for place, node in definitions(package))
    assert [(place, text.splitlines()[0]) for place, text in texts if opening.match(text)] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_docstring_names_the_thing_in_few_words(package: str) -> None:
    texts = ((place, ast.get_docstring(node) or "") for place, node in definitions(package))
    # What follows a colon or a semicolon is no longer the name.
    names = ((place, re.split(r"[.:;]\s|\n\n", text)[0]) for place, text in texts)
    assert [(place, name) for place, name in names if len(name.split()) > 15] == []


@pytest.mark.parametrize("folder", [*PACKAGES, "tests"])
def test_a_folder_holds_no_more_than_one_listing_shows(folder: str) -> None:
    most = {"indexer": 16, "search_app": 10, "tests": 16}[folder]
    entries = {path.name for path in (ROOT / folder).iterdir() if not path.name.startswith((".", "__pycache__"))}
    assert len(entries) <= most, sorted(entries)


def test_no_module_is_longer_than_one_thing_takes() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for package in PACKAGES
        for path in Path(ROOT / package).rglob("*.py")
    }
    assert {place: length for place, length in lengths.items() if length > 400} == {}
