from pathlib import Path

import pytest

from indexer.items.spool import Spool
from indexer.model.errors import StorageError
from tests.support.publications import item

ITEMS = [item("I", str(number), {"en": f"text {number}", "es": "ñ" * number}, order=number) for number in range(6)]


def test_the_items_of_the_groups_chosen_come_back_as_they_were(tmp_path: Path) -> None:
    with Spool(tmp_path) as spool:
        first, second, third = (spool.add(ITEMS[start : start + 2]) for start in (0, 2, 4))
        items = spool.items([third, first])
        assert list(items) == [*ITEMS[4:], *ITEMS[:2]]
        assert (len(items), items[1], items[-1]) == (4, ITEMS[5], ITEMS[1])
        assert list(items[::3]) == [ITEMS[4], ITEMS[1]]
        assert [each for each in zip(items, items, strict=True) if each[0] != each[1]] == []
        assert list(items[1:][::2]) == [ITEMS[5], ITEMS[1]]
        assert items[0] == ITEMS[4]
        fourth = spool.add(ITEMS[:1])
        assert list(spool.items([second, spool.add([]), third, fourth])) == [*ITEMS[2:], ITEMS[0]]
        assert list(spool.items([])) == []


def test_no_file_is_seen_in_the_folder(tmp_path: Path) -> None:
    with Spool(tmp_path) as spool:
        spool.add(ITEMS)
        assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="nowhere"):
        Spool(tmp_path / "nowhere")
