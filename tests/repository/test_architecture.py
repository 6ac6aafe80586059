import re

import pytest

from tests.support.paths import ROOT

TOUR = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
DECISIONS = re.findall(r"^- \*\*(.+?)\*\*((?:.|\n(?!- |#|\n))*?\(`([^`]+)`\))$", TOUR, re.MULTILINE)
FOLDERS = re.findall(r"^## .*? `([^`]+)`$", TOUR, re.MULTILINE)


def sections() -> dict[str, str]:
    parts = re.split(r"^## (.*)$", TOUR, flags=re.MULTILINE)
    return {heading.rpartition(" ")[2].strip("`"): text for heading, text in zip(parts[1::2], parts[2::2], strict=True)}


def test_every_package_has_a_heading() -> None:
    packages = {
        path.parent.relative_to(ROOT).as_posix()
        for package in ("indexer", "search_app")
        for path in (ROOT / package).glob("*/__init__.py")
    }
    assert set(FOLDERS) == packages


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_module_is_named_under_its_folder(folder: str) -> None:
    modules = {path.name for path in (ROOT / folder).rglob("*.py")} - {"__init__.py"}
    assert {name for name in modules if f"`{name}`" not in sections()[folder]} == set()


def test_decisions_are_found() -> None:
    assert len(DECISIONS) == len(re.findall(r"^- \*\*", TOUR, re.MULTILINE)) > 30


@pytest.mark.parametrize(("title", "_text", "file"), DECISIONS, ids=[title for title, _, _ in DECISIONS])
def test_a_decision_and_the_file_where_it_holds_name_each_other(title: str, _text: str, file: str) -> None:
    said = " ".join(re.sub(r"^\s*(#|//|\*)", "", line) for line in (ROOT / file).read_text("utf-8").splitlines())
    assert f"ARCHITECTURE.md: {title.rstrip('.')}" in re.sub(r"\s+", " ", said).replace("``", "`")
