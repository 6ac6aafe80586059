import shutil
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import grimp
import pytest

import indexer
from indexer.storage import fingerprint


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
        fingerprint.of_pages,
        fingerprint.of_cuttings,
        fingerprint._files,
    ):
        kept.cache_clear()


def digests() -> tuple[str, str, str, str]:
    forget()
    return fingerprint.of_pages(), fingerprint.of_cuttings(), fingerprint.of_items(), fingerprint.of_index()


@pytest.mark.parametrize(
    ("file", "changes"),
    [
        ("indexer/extract/pdf/lines.py", (True, False, True, False)),
        ("indexer/segment/__init__.py", (False, True, True, False)),
        ("indexer/build/pipeline.py", (False, False, True, False)),
        ("indexer/analysis/folding.py", (False, True, True, True)),
        ("indexer/engines/base.py", (False, False, True, True)),
        ("indexer/generations/manifest.py", (False, False, True, True)),
        ("indexer/model/corpus.py", (True, True, True, True)),
        ("indexer/cli/console.py", (False, False, False, False)),
        ("indexer/cli/status.py", (False, False, False, False)),
    ],
)
def test_a_change_of_code_makes_anew_what_depends_on_it(
    package: Path, file: str, changes: tuple[bool, bool, bool, bool]
) -> None:
    before = digests()
    changed = package.parent / file
    changed.write_bytes(changed.read_bytes() + b"# changed\n")
    assert tuple(one != other for one, other in zip(before, digests(), strict=True)) == changes


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
    fingerprint._version.cache_clear()
    assert fingerprint._version(library) == told


def test_a_library_without_the_folder_of_pip_is_asked_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda library: f"{library} 7")
    fingerprint._version.cache_clear()
    assert fingerprint._version("strange") == "strange 7"


def test_no_code_that_a_stage_imports_is_left_out_of_its_digest() -> None:
    graph = grimp.build_graph("indexer", cache_dir=None)

    def imported(module: str) -> set[str]:
        modules = {module, *graph.find_descendants(module)}
        found = set().union(*(graph.find_upstream_modules(each) for each in modules)) | modules
        return {name for name in found if "." in name}

    def left_out(module: str, names: tuple[str, ...]) -> set[str]:
        return {name for name in imported(module) if fingerprint._among(name, names)}

    assert left_out("indexer.build.pipeline", fingerprint._OUTSIDE) == set()
    for module in ("indexer.engines", "indexer.generations"):
        assert left_out(module, fingerprint._OUTSIDE + fingerprint._BEFORE_THE_ENGINE) == set()
    assert {
        name for name in imported("indexer.extract.pdf") if not fingerprint._among(name, fingerprint._EXTRACTION)
    } == set()
    keeps = {
        "indexer.storage.content_cache",
        "indexer.storage.fingerprint",
        "indexer.storage.atomic",
    }
    assert {
        name for name in imported("indexer.segment.cache") if not fingerprint._among(name, fingerprint._CUTTING)
    } == keeps
