import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.build.watch import stamps
from indexer.catalogue.folders import files_in, pdfs_in
from indexer.catalogue.reader import load_corpus
from indexer.catalogue.scan import find_strays
from indexer.model.errors import CatalogueError, StorageError
from tests.support.tiny_corpus import TinyCorpus

BASKETS = (".Trash-1000/files", "#recycle", "$RECYCLE.BIN", "@Recycle", "@eaDir", "lost+found", "Recycler", "~snapshot")

Close = Callable[[Path], None]


@pytest.fixture
def close(monkeypatch: pytest.MonkeyPatch) -> Close:
    """Take from this process the right to read a folder, as ``chmod 000`` does for all but the system's owner."""
    scandir, stat = os.scandir, Path.stat

    def closing(closed: Path) -> None:
        def scan(folder: Path) -> object:
            refuse(Path(folder), or_itself=True)
            return scandir(folder)

        def look(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
            refuse(path, or_itself=False)
            return stat(path, follow_symlinks=follow_symlinks)

        def refuse(path: Path, *, or_itself: bool) -> None:
            if closed in path.parents or (or_itself and path == closed):
                raise PermissionError(errno.EACCES, "Permission denied", str(path))

        monkeypatch.setattr(os, "scandir", scan)
        monkeypatch.setattr(Path, "stat", look)

    return closing


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-")
    return path


def names(corpus: TinyCorpus) -> list[str]:
    (catalogue,) = load_corpus(corpus.corpus)
    return [stray.file for stray in find_strays(catalogue)]


@pytest.fixture
def corpus(tmp_path: Path) -> TinyCorpus:
    return TinyCorpus(tmp_path / "corpus")


@pytest.mark.parametrize("basket", BASKETS)
def test_what_lies_in_a_waste_basket_is_not_in_the_corpus(corpus: TinyCorpus, basket: str) -> None:
    kept = put(corpus.folder / "pdf" / "IX" / "new.PDF")
    for place in (corpus.corpus, corpus.folder, corpus.folder / "pdf", kept.parent):
        put(place / basket / "old.pdf")
    assert names(corpus) == ["IX/new.PDF"]
    assert {path.name for path in stamps([corpus.corpus])} == {"catalogue.toml", "new.PDF"}


def test_what_programs_leave_beside_a_file_is_none(tmp_path: Path) -> None:
    for name in ("._x.pdf", "~$x.pdf", ".new-12.pdf", "x.txt"):
        put(tmp_path / name)
    assert pdfs_in(tmp_path) == []


def test_linked_folders_are_read_and_may_lead_back(corpus: TinyCorpus, tmp_path: Path) -> None:
    put(tmp_path / "share" / "IX" / "a.pdf")
    folder = corpus.folder / "pdf"
    put(folder / "b.pdf")
    (folder / "linked").symlink_to(tmp_path / "share")
    (tmp_path / "share" / "back").symlink_to(folder)
    (folder / "itself").symlink_to(folder / "itself")
    assert names(corpus) == ["b.pdf", "linked/IX/a.pdf"]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert list(files_in(tmp_path / "nowhere")) == []
    assert list(files_in(put(tmp_path / "x.pdf"))) == []


@pytest.mark.parametrize("place", ["pdf", "pdf/VIII", ""])
def test_a_folder_that_cannot_be_read_stops_a_build(corpus: TinyCorpus, close: Close, place: str) -> None:
    put(corpus.folder / "pdf" / "VIII" / "a.pdf")
    before = stamps([corpus.corpus])
    close(corpus.folder / place)
    words = "cannot be read: Permission denied. What was published before is untouched. Change its permissions"
    with pytest.raises(StorageError, match=f"{corpus.folder / place}: {words}"):
        names(corpus)
    assert stamps([corpus.corpus]) not in ({}, before)


def test_a_folder_without_a_catalogue_that_cannot_be_read_stops_it_as_well(corpus: TinyCorpus, close: Close) -> None:
    other = put(corpus.corpus / "other" / "inner" / "a.pdf")
    with pytest.raises(CatalogueError, match="holds PDFs, but no catalogue"):
        load_corpus(corpus.corpus)
    close(other.parent)
    with pytest.raises(StorageError, match="cannot be read"):
        load_corpus(corpus.corpus)
