from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.engines.whoosh import WhooshEngine
from indexer.generations import IndexStore, Reader
from search_app import create_app
from search_app.web.settings import Settings
from tests.support.document import read
from tests.support.library import SAMPLE, publication, publish
from tests.support.visitor import visitor

FILE = "IX-recommendations-en.pdf"
ADDRESS = f"/pdf/sample/{FILE}"


def test_a_document_is_handed_out_whole(client: FlaskClient) -> None:
    response = client.get(ADDRESS)
    assert response.data == (SAMPLE / "pdf" / FILE).read_bytes()
    assert response.content_type == "application/pdf"
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Content-Disposition"] == "inline"


def test_a_document_is_handed_out_in_ranges(client: FlaskClient) -> None:
    whole = (SAMPLE / "pdf" / FILE).read_bytes()
    response = client.get(ADDRESS, headers={"Range": "bytes=5-14"})
    assert (response.status_code, response.data) == (206, whole[5:15])
    assert response.headers["Content-Range"] == f"bytes 5-14/{len(whole)}"
    assert client.get(ADDRESS, headers={"Range": "bytes=999999999-"}).status_code == 416


def test_an_unchanged_document_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get(ADDRESS)
    assert client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "address",
    [
        "/pdf/sample/../catalogue.toml",
        "/pdf/sample/%2e%2e%2fcatalogue.toml",
        "/pdf/sample/catalogue.toml",
        "/pdf/../sample/" + FILE,
        "/pdf/remja-cybercrime/" + FILE,
        "/pdf/sample//etc/passwd",
        "/pdf/sample/",
        "/pdf/none/none.pdf",
    ],
)
def test_only_documents_of_the_ledger_are_handed_out(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_document_in_an_inner_folder_is_handed_out(tmp_path: Path) -> None:
    held = publication()
    ledger = tuple(replace(each, file=f"IX/{FILE}") if each.file == FILE else each for each in held.ledger)
    items = [
        replace(item, versions=tuple(replace(v, file=f"IX/{FILE}") if v.file == FILE else v for v in item.versions))
        for item in held.items
    ]
    (tmp_path / "pdf" / "IX").mkdir(parents=True)
    (tmp_path / "pdf" / "IX" / FILE).write_bytes(b"%PDF-1.4")
    made = IndexStore(tmp_path / "index", WhooshEngine())
    publish(made, replace(held, ledger=ledger, items=items), pdfs=tmp_path / "pdf")
    with closing(Reader(made)) as reader:
        client = visitor(create_app(Settings(), reader))
        shown = read(client.get("/meeting/sample/IX").text)
        (link,) = {each["href"].partition("#")[0] for each in shown.all("a") if FILE in each.attributes.get("href", "")}
        assert link == f"/pdf/sample/IX/{FILE}"
        assert client.get(link).data == b"%PDF-1.4"


def test_a_document_that_has_gone_since_the_build_is_named(tmp_path: Path) -> None:
    shelf = IndexStore(tmp_path / "index", WhooshEngine())
    publish(shelf, publication(), pdfs=tmp_path / "elsewhere")
    with closing(Reader(shelf)) as reader:
        client = visitor(create_app(Settings(), reader))
        response, problem = client.get(ADDRESS), client.get(ADDRESS, headers={"Accept": "application/json"})
    assert response.status_code == problem.status_code == 404
    assert FILE in read(response.text).one("main").text
    detail = problem.get_json(force=True)["detail"]
    assert detail.startswith(f"{FILE} has gone from its folder since the index was built.")


def test_a_browser_that_shows_a_document_finds_the_sign_of_the_service(client: FlaskClient) -> None:
    assert client.get("/favicon.ico").content_type.startswith("image/svg+xml")
