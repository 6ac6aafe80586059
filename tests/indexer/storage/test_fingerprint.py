import shutil
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import grimp
import pytest

import indexer
from indexer.build.stage import Stage
from indexer.build.stages import ASSIGN, DOCUMENT_STAGES, EXTRACT
from indexer.storage import fingerprint

STAGES: tuple[Stage[Any, Any], ...] = (EXTRACT, ASSIGN, *DOCUMENT_STAGES)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the package, to be changed."""
    copy = tmp_path / "indexer"
    shutil.copytree(Path(indexer.__file__).parent, copy)
    monkeypatch.setattr(fingerprint, "_PACKAGE", copy)
    forget()
    yield copy
    forget()


def forget() -> None:
    for kept in (
        fingerprint.of_items,
        fingerprint.of_index,
        fingerprint.of_code,
        fingerprint._files,
        fingerprint._content,
    ):
        kept.cache_clear()


def digests() -> dict[str, str]:
    forget()
    stages = {stage.name: fingerprint.of_code(stage.packages, stage.libraries) for stage in STAGES}
    return {**stages, "items": fingerprint.of_items(), "index": fingerprint.of_index()}


@pytest.mark.parametrize(
    ("file", "changes"),
    [
        ("indexer/extract/pdf/lines.py", {"extract", "items"}),
        ("indexer/segment/rows.py", {"segment", "assign", "items"}),
        ("indexer/catalogue/evidence.py", {"assign", "items"}),
        ("indexer/build/pipeline.py", {"items"}),
        ("indexer/items/align.py", {"items"}),
        ("indexer/analysis/folding.py", {"extract", "segment", "assign", "items", "index"}),
        ("indexer/analysis/tokenizer.py", {"items", "index"}),
        ("indexer/engines/base.py", {"items", "index"}),
        ("indexer/generations/manifest.py", {"items", "index"}),
        ("indexer/model/messages/pdfs.py", set()),
        ("indexer/model/messages/__init__.py", {"extract", "assign", "segment", "items", "index"}),
        ("indexer/model/corpus.py", {"extract", "assign", "segment", "items", "index"}),
        ("indexer/cli/console.py", set()),
        ("indexer/cli/status.py", set()),
    ],
)
def test_a_change_of_code_makes_anew_what_depends_on_it(package: Path, file: str, changes: set[str]) -> None:
    before = digests()
    changed = package.parent / file
    changed.write_bytes(changed.read_bytes() + b"# changed\n")
    now = digests()
    assert {name for name in now if now[name] != before[name]} == changes


def test_line_ends_and_compiled_files_are_no_change(package: Path) -> None:
    before = digests()
    (package / "items/align.py").write_bytes((package / "items/align.py").read_bytes().replace(b"\n", b"\r\n"))
    (package / "__pycache__").mkdir(exist_ok=True)
    (package / "__pycache__" / "align.cpython-399.pyc").write_bytes(b"x")
    assert digests() == before


@pytest.mark.parametrize("library", ["pdfminer.six", "PyStemmer", "whoosh-reloaded"])
def test_the_version_of_a_library_is_the_one_that_it_says_itself(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = version(library)
    monkeypatch.setattr("importlib.metadata.version", lambda _: pytest.fail("it was looked up in the slow way"))
    fingerprint._versions.cache_clear()
    assert fingerprint.version_of(library) == told


def test_a_library_without_the_folder_of_pip_is_asked_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda library: f"{library} 7")
    fingerprint._versions.cache_clear()
    assert fingerprint.version_of("strange") == "strange 7"


def test_no_code_that_a_stage_imports_is_left_out_of_its_digest() -> None:
    graph = grimp.build_graph("indexer", cache_dir=None)

    def imported(module: str) -> set[str]:
        modules = {module, *graph.find_descendants(module)}
        found = set().union(*(graph.find_upstream_modules(each) for each in modules)) | modules
        return {name for name in found if "." in name}

    def left_out(module: str, names: tuple[str, ...]) -> set[str]:
        return {name for name in imported(module) if fingerprint.is_among(name, names)}

    assert left_out("indexer.build.pipeline", fingerprint._OUTSIDE) == set()
    for module in ("indexer.engines", "indexer.generations"):
        assert left_out(module, fingerprint._OUTSIDE + fingerprint._BEFORE_THE_ENGINE) == set()
    works = {"extract": "indexer.extract.pdf", "assign": "indexer.catalogue.assign", "segment": "indexer.segment"}
    for stage in STAGES:
        assert {name for name in imported(works[stage.name]) if not fingerprint.is_among(name, stage.packages)} == set()
