from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.engines.whoosh import WhooshEngine
from indexer.generations import IndexStore, Reader
from search_app import create_app
from search_app.web.settings import Settings
from tests.support.library import publication, publish
from tests.support.visitor import visitor


def test_the_service_lives_before_it_is_ready(empty_client: FlaskClient) -> None:
    assert empty_client.get("/livez").get_json() == {"live": True}
    ready = empty_client.get("/readyz")
    assert ready.status_code == 503
    assert int(ready.headers["Retry-After"]) > 0
    assert "indexer build" in ready.get_json()["problem"]


def test_a_ready_service_names_its_generation_and_what_it_keeps_in_memory(client: FlaskClient) -> None:
    client.get("/search?q=states")
    ready = client.get("/readyz").get_json()
    assert ready.pop("memory_bytes") > 0
    assert ready == {"ready": True, "generation": "a" * 16, "problem": None}


def test_the_setting_bounds_what_is_kept_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = IndexStore(tmp_path / "index", WhooshEngine())
    publish(shelf, publication())
    monkeypatch.setattr("search_app.MEGABYTE", 1_000)
    kept = {}
    for memory in (20, 1_000):
        client = visitor(create_app(Settings(index=shelf.folder, memory=memory)))
        for word in ("states", "evidence", "unit", "treaties", "network", "delay", "investigation", "assistance"):
            assert client.get(f"/search?q={word}").status_code == 200
        kept[memory] = client.get("/readyz").get_json()["memory_bytes"]
    assert 0 < kept[20] <= 20_000 < kept[1_000]


def test_a_new_generation_is_served_without_a_restart(tmp_path: Path) -> None:
    shelf = IndexStore(tmp_path / "index", WhooshEngine())
    with closing(Reader(shelf)) as reader:
        client = visitor(create_app(Settings(), reader))
        assert client.get("/item/sample/IX/1").status_code == 503
        publish(shelf, publication())
        before = client.get("/item/sample/IX/1")
        assert before.status_code == 200
        whole = publication()
        publish(shelf, replace(whole, items=whole.items[:4]), generation="b" * 16)
        tag = {"If-None-Match": before.headers["ETag"]}
        assert client.get("/item/sample/IX/1", headers=tag).status_code == 410


def test_a_damaged_index_that_replaces_a_good_one_is_reported_while_the_good_one_serves(tmp_path: Path) -> None:
    shelf = IndexStore(tmp_path / "index", WhooshEngine())
    publish(shelf, publication())
    with closing(Reader(shelf)) as reader:
        client = visitor(create_app(Settings(), reader))
        assert client.get("/").status_code == 200
        shelf.pointer_file.write_text("{}")
        assert client.get("/").status_code == 200
        assert "damaged" in client.get("/readyz").get_json()["problem"]
