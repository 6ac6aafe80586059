from dataclasses import replace
from pathlib import Path

import pytest

from indexer.extract.cache import ExtractionCache, ExtractionKey
from indexer.model import Box, Extraction, Line, Page

PAGES = (Page(1, 612, 792, (Line("That States cooperate", Box(1, 2, 3, 4), 11.0),)), Page(2, 612, 792, ()))
READ = Extraction("a.pdf", "ab" * 32, PAGES, "page 2 took too long")
KEY = ExtractionKey("ab" * 32, "a.pdf")
COPY = replace(KEY, file="b.pdf")
OTHER = replace(KEY, sha256="cd" * 32)


def test_what_was_kept_comes_back_for_the_same_file(tmp_path: Path) -> None:
    cache = ExtractionCache(tmp_path)
    assert not cache.holds(KEY)
    cache.put(KEY, READ)
    assert cache.holds(KEY)
    assert cache.load(KEY) == READ
    assert cache.failure(KEY) == "page 2 took too long"


def test_what_was_said_about_a_file_is_not_said_about_its_copy(tmp_path: Path) -> None:
    cache = ExtractionCache(tmp_path)
    cache.put(KEY, READ)
    assert not cache.holds(COPY)
    assert cache.load(COPY) is None
    assert cache.failure(COPY) is None


@pytest.mark.parametrize("damage", [b"", b"\n\n", b"{}\n[]\n"])
def test_what_is_damaged_counts_as_not_there(tmp_path: Path, damage: bytes) -> None:
    cache = ExtractionCache(tmp_path)
    cache.put(KEY, READ)
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(damage)
    assert cache.load(KEY) is None
    assert cache.failure(KEY) is None


def test_a_single_wrong_byte_counts_as_damage(tmp_path: Path) -> None:
    cache = ExtractionCache(tmp_path)
    cache.put(KEY, READ)
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(file.read_bytes().replace(b"States", b"Status"))
    assert cache.load(KEY) is None


def test_what_other_code_has_read_is_not_used_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ExtractionCache(tmp_path).put(KEY, READ)
    monkeypatch.setattr("indexer.storage.fingerprint.of_pages", lambda: "f" * 64)
    cache = ExtractionCache(tmp_path)
    assert not cache.holds(KEY)
    cache.clean({KEY})
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_is_not_used_any_more_is_removed(tmp_path: Path) -> None:
    cache = ExtractionCache(tmp_path)
    cache.put(KEY, READ)
    cache.put(OTHER, replace(READ, sha256="cd" * 32))
    (tmp_path / "pages" / ".new-1").write_bytes(b"half")
    cache.clean({OTHER})
    assert not cache.holds(KEY)
    assert cache.holds(OTHER)
    assert not (tmp_path / "pages" / ".new-1").exists()


def test_what_was_read_with_one_ocr_is_not_what_another_reads(tmp_path: Path) -> None:
    cache = ExtractionCache(tmp_path)
    cache.put(KEY, READ)
    assert not cache.holds(replace(KEY, ocr="tesseract 5 eng"))
