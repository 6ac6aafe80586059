import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh import WhooshEngine
from indexer.generations import IndexStore, Reader
from indexer.model import Item, Publication
from search_app import create_app
from search_app.present.word_diff import Edit, edits
from search_app.web.settings import Settings
from tests.support.document import Element, read
from tests.support.library import publication, publish
from tests.support.visitor import Visitor, visitor

WORDS = st.lists(st.sampled_from(["a", "b", "c", "the", "ñ"]), max_size=12).map(" ".join)


def joined(found: tuple[Edit, ...], without: str) -> str:
    return " ".join(edit.text for edit in found if edit.kind != without)


@given(WORDS | st.text(), WORDS | st.text())
def test_what_is_kept_and_taken_out_is_the_old_text_and_with_what_is_put_in_the_new(before: str, now: str) -> None:
    found = edits(before, now)
    assert joined(found, "out").split() == now.split()
    assert joined(found, "in").split() == before.split()
    assert all(one.kind != other.kind for one, other in pairwise(found))


def test_only_the_words_that_differ_are_marked() -> None:
    assert edits("That States cooperate at once.", "That all States cooperate.") == (
        Edit("That", "kept"),
        Edit("all", "in"),
        Edit("States", "kept"),
        Edit("cooperate at once.", "out"),
        Edit("cooperate.", "in"),
    )


def test_very_long_texts_are_exchanged_as_a_whole_between_what_they_share() -> None:
    old, new = " ".join(map(str, range(9_000))), " ".join(map(str, range(9_000, 0, -1)))
    assert [edit.kind for edit in edits(f"That {old} end", f"That {new} end")] == ["kept", "out", "in", "kept"]


def changed(published: Publication, change: Callable[[Item], list[Item]]) -> Publication:
    return replace(published, items=tuple(other for item in published.items for other in change(item)))


def reworded(item: Item) -> list[Item]:
    if item.id == "sample/IX/3":
        return []
    if item.id != "sample/IX/2":
        return [item]
    english, spanish = item.versions
    return [
        replace(item, versions=(replace(english, text=english.text.replace("without delay", "<i>at once")), spanish))
    ]


@pytest.fixture
def index(tmp_path: Path) -> IndexStore:
    shelf = IndexStore(tmp_path / "index", WhooshEngine())
    first = publication()
    publish(shelf, changed(first, lambda item: [] if item.id == "sample/IX/1" else [item]), "a" * 16)
    publish(shelf, changed(first, reworded), "b" * 16)
    return shelf


@pytest.fixture
def client(index: IndexStore) -> Iterator[Visitor]:
    reader = Reader(index)
    yield visitor(create_app(Settings(), reader))
    reader.close()


def page(client: Visitor, address: str, status: int = 200, language: str = "en") -> Element:
    response = client.get(address, headers={"Accept-Language": language})
    assert response.status_code == status
    return read(response.text)


def test_an_item_that_changed_shows_the_words_taken_out_and_put_in(client: Visitor) -> None:
    section = page(client, "/item/sample/IX/2").one("section", aria_labelledby="changes")
    assert re.match(r"Changed on \w+ \d+, \d{4}", section.one("h2").text)
    assert [each.text for each in section.all("h3")] == ["English"]
    assert section.one("del").text == "[removed: without delay]"
    assert section.one("ins").text == "[added: <i>at once]"


def test_in_spanish_the_change_is_told_in_spanish(client: Visitor) -> None:
    section = page(client, "/item/sample/IX/2", language="es").one("section", aria_labelledby="changes")
    assert section.one("del").text.startswith("[suprimido:")
    assert section.one("h2").text.startswith("Cambiado el ")


def test_an_item_that_is_new_says_since_when_and_one_that_never_changed_says_nothing(client: Visitor) -> None:
    assert "Added on" in page(client, "/item/sample/IX/1").text
    unchanged = page(client, "/item/sample/VIII/1")
    assert "New here" not in unchanged.text
    assert not unchanged.all("del")


def test_an_item_that_went_says_when_and_what_it_said(client: Visitor) -> None:
    gone = page(client, "/item/sample/IX/3", 410)
    assert "was removed" in gone.one("h1").text
    assert [each["lang"] for each in gone.all("blockquote")] == ["en", "es"]
    assert "24/7 network" in gone.text
    assert page(client, "/item/sample/IX/33", 404)


def test_the_words_of_a_body_that_left_are_not_shown_any_more(client: Visitor, index: IndexStore) -> None:
    published = publication()
    publish(index, replace(published, bodies=published.bodies[1:], meetings=(), items=(), ledger=()), "c" * 16)
    gone = page(client, "/item/sample/IX/2", 410)
    assert not gone.all("blockquote")
    assert "evidence" not in gone.one("main").text


def test_a_page_kept_by_a_browser_is_renewed_when_its_history_differs(client: Visitor, index: IndexStore) -> None:
    first = client.get("/item/sample/IX/2").headers["ETag"]
    publish(index, publication(), "c" * 16)
    publish(index, changed(publication(), reworded), "b" * 16)
    assert client.get("/item/sample/IX/2", headers={"If-None-Match": first}).status_code == 200


def test_a_damaged_log_takes_no_page_away(client: Visitor, index: IndexStore) -> None:
    index.log_file.write_bytes(b"damaged\n")
    assert not page(client, "/item/sample/IX/2").all("del")
