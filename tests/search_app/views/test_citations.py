import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from indexer.engines.whoosh import WhooshEngine
from indexer.generations import IndexStore, Reader
from search_app import create_app
from search_app.web.settings import Settings
from tests.support.citations import read_bibtex, read_ris
from tests.support.library import publication, publish
from tests.support.visitor import visitor


def test_a_citation_is_a_file_in_the_language_asked_for(client: FlaskClient) -> None:
    english, spanish = client.get("/cite/ris/sample/IX/2"), client.get("/cite/bib/sample/IX/2?lang=es")
    assert read_ris(english.text)[0]["title"].startswith("Recommendation 2")
    assert read_bibtex(spanish.text)[0]["title"].startswith("Recomendación 2")
    assert spanish.mimetype == "application/x-bibtex"
    assert "sample-IX-2-es.bib" in spanish.headers["Content-Disposition"]
    (record,) = json.loads(client.get("/cite/json/sample/IX/2").data)
    assert record["custom"]["item"] == "sample/IX/2"
    # Words of ours follow the text, and the interface's language changes nothing.
    assert client.get("/cite/ris/sample/IX/2?ui=es").data == english.data


def test_a_page_has_the_citations_of_each_language_and_their_files(client: FlaskClient) -> None:
    shown = client.get("/item/sample/IX/2").text
    for language in ("en", "es"):
        assert f'id="apa-{language}"' in shown
        for form in ("bib", "ris", "json"):
            assert f'href="/cite/{form}/sample/IX/2?lang={language}"' in shown
            assert client.get(f"/cite/{form}/sample/IX/2?lang={language}").status_code == 200
    assert 'class="unapi-id" title="sample/IX/2"' in shown
    assert "#cite-" in client.get("/search?q=states").text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/cite/ris/sample/IX/99", 404),
        ("/cite/xyz/sample/IX/2", 404),
        ("/cite/ris/sample/IX/2?lang=xx", 400),
        ("/unapi?format=ris", 404),
        ("/unapi?id=sample/IX/99", 404),
        ("/unapi?id=sample/IX/2&format=marc", 406),
    ],
)
def test_a_citation_that_cannot_be_had_is_an_error_in_a_sentence(
    client: FlaskClient, address: str, status: int
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert "<h1" in answer.text


def test_the_citation_of_a_text_that_was_removed_is_gone(tmp_path: Path) -> None:
    shelf, whole = IndexStore(tmp_path / "index", WhooshEngine()), publication()
    publish(shelf, whole)
    publish(shelf, replace(whole, items=whole.items[1:]), "b" * 16)
    with closing(Reader(shelf)) as reader:
        client = visitor(create_app(Settings(), reader))
        gone = whole.items[0].id
        for address in (f"/cite/bib/{gone}", f"/unapi?id={gone}&format=ris"):
            answer = client.get(address)
            assert answer.status_code == 410
            assert "This text was removed" in answer.text


def test_citation_managers_are_told_the_formats_and_given_one(client: FlaskClient) -> None:
    formats = ET.fromstring(client.get("/unapi?id=sample/IX/2").data)
    assert formats.get("id") == "sample/IX/2"
    assert [each.get("name") for each in formats] == ["bibtex", "ris"]
    assert len(ET.fromstring(client.get("/unapi").data)) == 2
    (entry,) = read_bibtex(client.get("/unapi?id=sample/IX/2&format=bibtex").text)
    assert entry["author"] == entry["publisher"]
