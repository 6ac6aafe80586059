import json
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from search_app.views import discovery
from tests.support.document import read
from tests.support.library import publication

SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def test_a_browser_finds_the_description_of_the_search_and_all_that_it_names(client: FlaskClient) -> None:
    link = read(client.get("/?ui=es").text).one("link", rel="search")
    root = ET.fromstring(client.get(link["href"]).data)
    assert 0 < len(root.findtext(f"{SEARCH}ShortName") or "") <= 16
    urls = {str(url.get("type")): str(url.get("template")) for url in root.findall(f"{SEARCH}Url")}
    for media_type, template in urls.items():
        asked = client.get(path(template.replace("{searchTerms}", "evidencia")))
        assert (asked.status_code, asked.mimetype) == (200, media_type)
    assert "ui=es" in urls["text/html"]


def test_the_box_of_a_browser_gets_completions(client: FlaskClient) -> None:
    response = client.get("/suggestions?q=evi")
    assert response.mimetype == "application/x-suggestions+json"
    assert json.loads(response.data) == ["evi", ["evidence", "evidencia"]]
    assert json.loads(client.get("/suggestions").data)[0] == ""


@pytest.mark.parametrize("sent", ["%00%ff", "x" * 10_000, "%22((((", "year:x", "%3Cscript%3E"])
def test_hostile_letters_in_the_box_of_a_browser_break_nothing(client: FlaskClient, sent: str) -> None:
    assert client.get(f"/suggestions?q={sent}").status_code == 200


def test_robots_leave_result_pages_out_and_find_the_documents(client: FlaskClient) -> None:
    rules = client.get("/robots.txt").text.splitlines()
    kept_out = [rule.removeprefix("Disallow: ") for rule in rules if rule.startswith("Disallow")]
    assert any("/search?q=states".startswith(each) for each in kept_out)
    assert any("/search.atom".startswith(each) for each in kept_out)
    assert any("/api/v1/export".startswith(each) for each in kept_out)
    for address in ("/", "/item/sample/IX/1", "/meeting/sample/IX", "/pdf/sample/IX-recommendations-en.pdf"):
        assert not any(address.startswith(each) for each in kept_out)
    assert "Sitemap: http://localhost/sitemap.xml" in rules


def test_the_sitemap_lists_every_page_item_and_document_once(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "PART", 10)
    parts = [each.text or "" for each in ET.fromstring(client.get("/sitemap.xml").data).iter(f"{MAP}loc")]
    listed = [
        each.text or "" for part in parts for each in ET.fromstring(client.get(path(part)).data).iter(f"{MAP}loc")
    ]
    whole = publication()
    assert len(listed) == len(set(listed))
    assert {each for each in listed if "/item/" in each} == {f"http://localhost/item/{item.id}" for item in whole.items}
    assert {f"http://localhost/meeting/{meeting.key}" for meeting in whole.meetings} <= set(listed)
    for address in listed:
        response = client.get(path(address))
        assert (response.status_code, response.headers.get("X-Robots-Tag")) == (200, None), address
    assert client.get(f"/sitemap-{len(parts)}.xml").status_code == 404


PAGES = ("/", "/meetings", "/meeting/sample/IX?lang=es", "/item/sample/IX/2?q=evidence", "/coverage", "/help")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_one_address_without_what_led_there(client: FlaskClient, address: str) -> None:
    found = read(client.get(address).text).one("link", rel="canonical")["href"]
    assert found == f"http://localhost{address.partition('?')[0]}"


def test_results_have_one_address_whatever_else_was_sent(client: FlaskClient) -> None:
    found = read(client.get("/search?utm_source=x&sort=relevance&year=2016&q=states&page=1").text)
    assert found.one("link", rel="canonical")["href"] == "http://localhost/search?q=states&year=2016"


def described(client: FlaskClient, address: str) -> dict[str, object]:
    script = read(client.get(address).text).one("script", type="application/ld+json")
    value: dict[str, object] = json.loads(script.raw)
    assert value["@context"] == "https://schema.org"
    return value


def test_pages_describe_themselves_in_the_words_of_schema_org(client: FlaskClient) -> None:
    assert described(client, "/")["@type"] == "WebSite"
    assert described(client, "/meeting/sample/IX")["startDate"] == "2016-12-12"
    item = next(each for each in publication().items if each.id == "sample/IX/2")
    value = described(client, "/item/sample/IX/2")
    assert (value["@type"], value["@id"]) == ("Report", "http://localhost/item/sample/IX/2")
    assert (value["inLanguage"], value["text"]) == ("en", item.versions[0].text)
    assert value["creativeWorkStatus"] == "Invented sample"


def test_citation_managers_read_the_first_version_of_an_item(client: FlaskClient) -> None:
    metas = read(client.get("/item/sample/IX/2").text).all("meta")
    names = {each["name"]: each["content"] for each in metas if each.attributes.get("name", "").startswith("citation_")}
    assert names["citation_title"].startswith("Recommendation 2, Ninth Meeting")
    assert names["citation_publication_date"] == "2016/12/13"
    assert names["citation_pdf_url"] == "http://localhost/pdf/sample/IX-recommendations-en.pdf"
    assert names["citation_language"] == "en"
    assert names["citation_technical_report_institution"].startswith("Serenda Working Group")
    # Zotero cuts what is called an author into a first and a last name; without one the institution stays whole.
    assert "citation_author" not in names
