import re
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh import WhooshEngine
from indexer.generations import IndexStore, Reader
from indexer.model import Publication
from search_app import create_app
from search_app.views import feeds
from search_app.views.atom import AtomEntry, Deleted, Feed, write
from search_app.web.settings import Settings
from tests.support.library import publication, publish
from tests.support.visitor import visitor

ATOM = "{http://www.w3.org/2005/Atom}"
DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
TAG = re.compile(r"tag:[A-Za-z0-9.-]+,[0-9]{4}(-[0-9]{2}){0,2}:[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

FEEDS = ("/search.atom", "/search.atom?q=evidence", "/search.atom?q=zzz", "/search.atom?q=%22", "/changes.atom")


def follow(client: FlaskClient, address: str) -> tuple[ET.Element, feedparser.FeedParserDict]:
    """A feed, once RFC 4287 (section 4) and an independent parser find it valid."""
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml"), response.text
    parsed = feedparser.parse(response.data)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    root = ET.fromstring(response.data)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (child,) = element.findall(f"{ATOM}{name}")
            assert child.text
        assert TAG.fullmatch(element.findtext(f"{ATOM}id") or "")
        assert MOMENT.fullmatch(element.findtext(f"{ATOM}updated") or "")
        assert element.findtext(f"{ATOM}author/{ATOM}name")
    own = [(link.get("rel"), link.get("type")) for link in root.findall(f"{ATOM}link")]
    assert len(own) == len(set(own))
    assert ("self", "application/atom+xml") in own
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)
    assert all(TAG.fullmatch(each.get("ref") or "") and each.get("when") for each in root.findall(DELETED))
    return root, parsed


def links(root: ET.Element) -> dict[str, str]:
    """The addresses of a feed by relation, as a client of the service asks for them."""
    found = {str(link.get("rel")): urlsplit(str(link.get("href"))) for link in root.findall(f"{ATOM}link")}
    return {relation: f"{parts.path}?{parts.query}" for relation, parts in found.items()}


@pytest.mark.parametrize("ui", ["en", "es"])
@pytest.mark.parametrize("address", FEEDS)
def test_every_feed_is_valid_and_leads_where_people_read_the_same(client: FlaskClient, address: str, ui: str) -> None:
    root, parsed = follow(client, f"{address}{'&' if '?' in address else '?'}ui={ui}")
    assert parsed.feed.language == ui
    assert "fictici" in parsed.feed.subtitle or "fictional" in parsed.feed.subtitle
    assert client.get(links(root)["alternate"]).mimetype == "text/html"
    for entry in parsed.entries:
        assert client.get(urlsplit(entry.link).path).status_code == 200


def test_the_feed_of_a_query_holds_what_answers_it(client: FlaskClient) -> None:
    _, parsed = follow(client, "/search.atom?q=evidencia&meeting=IX")
    (entry,) = parsed.entries
    assert entry.id == "tag:localhost,2026:item/sample/IX/2"
    assert entry.title.startswith("Recommendation 2 · Ninth Meeting")
    assert (entry.content[0].language, entry.content[0].type) == ("es", "text/plain")
    assert "<b>&amp;</b>" in entry.content[0].value
    assert parsed.feed.opensearch_totalresults == "1"
    assert entry.published == "2016-12-12T00:00:00Z"
    assert entry.summary.endswith("Recommendation 2, ISLA-IX/doc.3/16 rev.1, page 2.")
    (pdf,) = [link.href for link in entry.links if link.type == "application/pdf"]
    assert pdf.startswith("http://localhost/pdf/sample/IX-recommendations-es.pdf#page=2&search=Que")


def test_of_what_came_at_one_time_the_latest_meeting_is_first(client: FlaskClient) -> None:
    _, parsed = follow(client, "/search.atom?q=states")
    days = [entry.published for entry in parsed.entries]
    assert days == sorted(days, reverse=True)
    assert days[0].startswith("2022")
    assert [entry.id.rpartition("/")[2] for entry in parsed.entries[:3]] == ["preamble.1", "1", "2"]


def test_a_query_from_a_page_in_windows_1252_is_understood(client: FlaskClient) -> None:
    assert "investigación" in follow(client, "/search.atom?q=investigaci%F3n")[1].feed.title


def test_a_query_that_cannot_be_read_is_an_error(client: FlaskClient) -> None:
    assert client.get("/search.atom?q=year:x").status_code == 400
    assert client.get("/search.atom?page=x").status_code == 400


@pytest.mark.parametrize("address", ["/search.atom?q=states", "/changes.atom"])
def test_a_long_feed_can_be_followed_page_by_page(
    client: FlaskClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "ENTRIES", 5)
    root, parsed = follow(client, address)
    first, seen, back = links(root)["self"], [entry.id for entry in parsed.entries], []
    while "next" in links(root):
        back.append(links(root)["self"])
        root, parsed = follow(client, links(root)["next"])
        seen += [entry.id for entry in parsed.entries]
        assert links(root)["first"] == first
    assert len(seen) == len(set(seen)) == (27 if "states" in address else 36)
    while "previous" in links(root):
        root, _ = follow(client, links(root)["previous"])
        back.pop()
    assert back == []


def changed(whole: Publication) -> Publication:
    first = whole.items[1]
    worded = tuple(replace(version, text=f"{version.text} Amended.") for version in first.versions)
    return replace(whole, items=(replace(first, versions=worded), *whole.items[2:]))


def test_what_changed_comes_first_and_what_went_is_a_tombstone(tmp_path: Path) -> None:
    shelf, whole = IndexStore(tmp_path / "index", WhooshEngine()), publication()
    publish(shelf, whole)
    with closing(Reader(shelf)) as reader:
        client = visitor(create_app(Settings(), reader))
        tag = client.get("/changes.atom").headers["ETag"]
        publish(shelf, changed(whole), "b" * 16)
        assert client.get("/changes.atom", headers={"If-None-Match": tag}).status_code == 200
        root, parsed = follow(client, "/changes.atom")
        assert parsed.entries[0].id.endswith(whole.items[1].id)
        assert "Amended." in parsed.entries[0].content[0].value
        (gone,) = root.findall(DELETED)
        assert (gone.get("ref") or "").endswith(whole.items[0].id)
        assert follow(client, "/search.atom")[1].entries[0].id == parsed.entries[0].id


def test_an_unchanged_feed_is_not_sent_again(client: FlaskClient) -> None:
    for address in FEEDS:
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@given(st.text(), st.text())
def test_any_text_can_stand_in_a_feed(title: str, text: str) -> None:
    when = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    entries: list[AtomEntry | Deleted] = [
        AtomEntry(
            id="tag:a,2026:1",
            title=title or "-",
            updated=when,
            author="B",
            link="https://a/",
            text=text,
            language="en",
            citation=title,
            pdf="https://a/b.pdf",
        ),
        Deleted("tag:a,2026:2", when),
    ]
    written = write(
        Feed(
            id="tag:a,2026:f",
            title="F",
            subtitle="",
            language="en",
            updated=when,
            author="A",
            page="https://a/",
            links={},
            entries=entries,
        )
    )
    assert not feedparser.parse(written).bozo
    kept = "".join("\ufffd" if NO_XML.match(letter) else letter for letter in text)
    assert ET.fromstring(written).findtext(f"{ATOM}entry/{ATOM}content") == kept.replace("\r\n", "\n").replace(
        "\r", "\n"
    )
