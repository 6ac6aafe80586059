import gzip
import hashlib
import re
from base64 import b64encode
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.generations import Reader
from indexer.query.parser import MAX_LENGTH
from search_app import create_app
from search_app.request.locale import LANGUAGES
from search_app.request.urls import STATIC
from search_app.views.embed import TIERS
from search_app.views.embed_scripts import ELEMENT, FRAME, LIMITS, newest
from search_app.web.settings import Settings
from tests.search_app.web.test_headers import HOSTILE
from tests.support.document import Element, read
from tests.support.paths import ROOT
from tests.support.visitor import visitor

SCRIPTS = (ELEMENT, FRAME)


def fragment(client: FlaskClient, query: str, status: int = 200) -> Element:
    response = client.get(f"/embed/v1/fragment?{query}")
    assert response.status_code == status
    return read(response.text)


def pasted(client: FlaskClient, query: str) -> list[str]:
    found = read(client.get(f"/embed?{query}").text)
    return [each.raw for each in found.all("pre", class_="pasted")]


# -------------------------------------------------------------------------------------------------------- the scripts


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_kept_briefly_under_the_address_that_stays(client: FlaskClient, name: str) -> None:
    response = client.get(f"/embed/v1/{name}.js")
    assert response.content_type == "text/javascript; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=300, stale-while-revalidate=86400"
    again = client.get(f"/embed/v1/{name}.js", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_release_is_kept_for_ever_and_is_what_its_integrity_says(client: FlaskClient, name: str) -> None:
    script = newest(name)
    response = client.get(f"/embed/v1/{script.pinned_name}")
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert script.integrity == "sha384-" + b64encode(hashlib.sha384(response.data).digest()).decode()
    assert client.get(f"/embed/v1/{name}-0123456789abcdef.js").status_code == 404


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_site_may_load_a_script(client: FlaskClient, name: str) -> None:
    headers = client.get(f"/embed/v1/{name}.js").headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in headers


RELEASES = re.findall(
    r"\| `([\w-]+\.js)` \| `(sha384-[\w+/]+)` \|", (ROOT / "docs" / "embedding.md").read_text("utf-8")
)


@pytest.mark.parametrize(("file", "integrity"), RELEASES)
def test_every_release_that_was_promised_is_still_served(client: FlaskClient, file: str, integrity: str) -> None:
    content = client.get(f"/embed/v1/{file}").data
    assert "sha384-" + b64encode(hashlib.sha384(content).digest()).decode() == integrity


def test_the_newest_releases_are_promised() -> None:
    assert {(newest(name).pinned_name, newest(name).integrity) for name in SCRIPTS} <= set(RELEASES)


def test_the_element_weighs_at_most_twelve_kilobytes_and_loads_nothing_else() -> None:
    content = newest(ELEMENT).content
    assert len(gzip.compress(content, 9)) <= 12_000
    assert not re.search(rb"\bimport\b(?!\.meta)|innerHTML|insertAdjacentHTML|\beval\b|@import|url\(", content)


def test_the_fields_take_the_longest_query_that_is_answered(client: FlaskClient) -> None:
    assert f'maxlength="{MAX_LENGTH}"' in client.get("/embed/v1/fragment").text
    assert f"maxlength: {MAX_LENGTH}," in (STATIC / "embed" / "recommendation-search.js").read_text(encoding="utf-8")


def test_the_element_speaks_every_language_of_the_interface() -> None:
    tables = re.findall(r"^  (\w\w): \{\n(.*?)^  \},$", newest(ELEMENT).content.decode(), re.DOTALL | re.MULTILINE)
    assert {language for language, _ in tables} == set(LANGUAGES)
    assert len({tuple(re.findall(r"^    (\w+):", table, re.MULTILINE)) for _, table in tables}) == 1


# ------------------------------------------------------------------------------------------------------- the fragment


def test_the_fragment_is_ascii_so_that_it_says_the_same_in_any_charset(client: FlaskClient) -> None:
    response = client.get("/embed/v1/fragment?q=evidencia+electr%C3%B3nica&ui=es")
    assert response.data.isascii()
    assert "electrónica" in read(response.text).text
    assert client.get("/embed/v1/fragment?q=year:x+%C3%B1&ui=es").data.isascii()


def test_the_fragment_holds_neither_styles_nor_scripts_nor_names_of_the_page(client: FlaskClient) -> None:
    found = fragment(client, "q=states")
    assert not any(found.all(name) for name in ("html", "script", "style", "link"))
    assert " id=" not in client.get("/embed/v1/fragment?q=states").text


def test_its_links_lead_to_the_search_and_its_pages_stay_in_the_portal(client: FlaskClient) -> None:
    found = fragment(client, "at=/a.asp&q=states&ui=es&size=3&body=sample&id=7")
    for link in found.all("a"):
        assert link["href"].startswith("/a.asp?" if "rel" in link.attributes else "http://localhost/")
    (following,) = found.all("a", rel="next")
    assert parse_qs(urlsplit(following["href"]).query) == {
        "id": ["7"],
        "q": ["states"],
        "body": ["sample"],
        "page": ["2"],
    }
    form = found.one("form")
    assert (form["action"], form["method"]) == ("/a.asp", "get")
    assert {each["name"]: each["value"] for each in form.all("input", type="hidden")} == {"id": "7", "body": "sample"}


def test_the_manner_of_asking_stays_with_the_form_and_the_pages(client: FlaskClient) -> None:
    found = fragment(client, "q=states+unit&match=any&equivalents=off&size=3")
    hidden = {each["name"]: each["value"] for each in found.one("form").all("input", type="hidden")}
    assert hidden == {"match": "any", "equivalents": "off"}
    assert {"match=any", "equivalents=off"} <= set(found.one("a", rel="next")["href"][1:].split("&"))


def test_without_an_address_its_pages_stay_on_the_page_that_holds_them(client: FlaskClient) -> None:
    found = fragment(client, "q=states")
    assert "action" not in found.one("form").attributes
    assert found.one("a", rel="next")["href"] == "?q=states&page=2"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", " javascript:x", "/a?b=c", "/a#b", "//[", "/\\x", "x"]
)
def test_an_address_that_cannot_hold_results_is_refused(client: FlaskClient, address: str) -> None:
    found = fragment(client, f"q=states&at={quote(address)}", 400)
    assert found.one("h3").text == "There is no such choice"
    assert "action" not in found.one("form").attributes


@pytest.mark.parametrize(
    ("asked", "corrected"),
    [
        ("fragment?at=http://h/p&size=5&meeting=IX&q=x&year=2016..2006", "http://h/p?meeting=IX&q=x&year=2006..2016"),
        ("fragment?meeting=IX&meeting=V&q=lang:español", "?meeting=IX&q=lang:es"),
        ("fragment?own=2&meeting=IX&meeting=V&q=lang:español", "?meeting=IX&meeting=V&q=lang:es"),
        (
            "frame?q=lang:español&meeting=IX&theme=dark&page=2",
            "http://localhost/embed/v1/frame?q=lang:es&meeting=IX&theme=dark",
        ),
        ("frame?q=x&size=foo&meeting=IX", "http://localhost/embed/v1/frame?q=x&meeting=IX"),
    ],
)
def test_a_corrected_query_stays_with_its_host_and_within_its_limits(
    client: FlaskClient, asked: str, corrected: str
) -> None:
    response = client.get(f"/embed/v1/{asked}")
    assert response.status_code == 400
    links = read(response.text).one("div", class_="failure").all("a", target="_self")
    assert corrected in [link["href"] for link in links]


def test_a_fragment_of_bad_parameters_stays_a_fragment(client: FlaskClient) -> None:
    assert "<html" not in client.get("/embed/v1/fragment?own=abc").text


@pytest.mark.parametrize("size", ["0", "101", "x", "-1", "9" * 20])
def test_a_size_that_no_page_has_is_refused(client: FlaskClient, size: str) -> None:
    fragment(client, f"q=states&size={size}", 400)
    assert client.get(f"/embed?size={size}").status_code == 400


def test_the_portal_decides_for_its_own_parameters_stand_first(client: FlaskClient) -> None:
    assert "/meeting/sample/IX" in str(
        [link["href"] for link in fragment(client, "meeting=sample/IX&q=evidence&meeting=sample/V").all("a")]
    )


def test_invented_texts_never_appear_without_their_notice(client: FlaskClient) -> None:
    for address in ("fragment?q=states", "fragment", "frame?q=states", "frame"):
        assert "do not exist" in read(client.get(f"/embed/v1/{address}").text).one("p", class_="rs-notice").text


def test_every_answer_says_how_complete_it_is_and_carries_citations(client: FlaskClient) -> None:
    found = fragment(client, "q=evidence&meeting=sample/IX")
    assert found.one("p", class_="rs-reach").text.startswith("9 of 20 meetings can be searched")
    assert found.one("details").text.endswith("page 2. http://localhost/item/sample/IX/2")


def test_where_no_text_has_all_words_the_best_are_shown_with_what_they_lack(client: FlaskClient) -> None:
    found = fragment(client, "q=network+ransomware")
    assert found.one("p", class_="rs-count").text == "No results"
    assert {each.text for each in found.all("s")} == {"ransomware"}


def test_a_page_beyond_the_last_says_so(client: FlaskClient) -> None:
    assert "There is no page 99" in fragment(client, "q=states&page=99").text


def test_before_the_first_build_fragment_and_frame_say_so(empty_client: FlaskClient) -> None:
    for address in ("fragment?q=x", "frame?q=x"):
        response = empty_client.get(f"/embed/v1/{address}")
        assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
        assert "There is no index yet" in read(response.text).text


# ---------------------------------------------------------------------------------------------------------- the frame


def sources(response_policy: str) -> dict[str, str]:
    return dict(each.split(" ", 1) for each in response_policy.split("; "))


def test_what_is_for_other_sites_stays_out_of_other_searches(client: FlaskClient) -> None:
    for address in ("fragment?q=states", "frame", f"{ELEMENT}.js"):
        assert "noindex" in client.get(f"/embed/v1/{address}").headers["X-Robots-Tag"]
    assert "X-Robots-Tag" not in client.get("/embed").headers


def test_only_the_frame_may_be_framed_elsewhere(client: FlaskClient) -> None:
    for address in ("/", "/search?q=states", "/embed", "/embed/v1/fragment", "/item/sample/IX/2", "/embed/v1/x.js"):
        found = sources(client.get(address).headers["Content-Security-Policy"])
        assert found["frame-ancestors"] == "'self'", address
    frame = client.get("/embed/v1/frame?q=states").headers
    assert sources(frame["Content-Security-Policy"])["frame-ancestors"] == "'self' *"
    assert frame["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "unsafe" not in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame


@pytest.mark.parametrize(
    ("hosts", "ancestors"), [("https://portal.example", "'self' https://portal.example"), ("", "'self'")]
)
def test_the_sites_that_may_frame_it_are_a_setting(reader: Reader, hosts: str, ancestors: str) -> None:
    frame = visitor(create_app(Settings(frame_hosts=hosts), reader)).get("/embed/v1/frame")
    assert sources(frame.headers["Content-Security-Policy"])["frame-ancestors"] == ancestors


def test_an_error_may_be_framed_as_well(client: FlaskClient) -> None:
    response = client.get("/embed/v1/frame?q=year:x")
    assert response.status_code == 400
    assert sources(response.headers["Content-Security-Policy"])["frame-ancestors"] == "'self' *"


def test_what_leads_out_of_the_frame_opens_in_its_place(client: FlaskClient) -> None:
    found = read(client.get("/embed/v1/frame?q=states&size=3").text)
    assert found.one("base")["target"] == "_top"
    assert found.one("form")["target"] == "_self"
    assert {link.attributes.get("rel") for link in found.all("a", target="_self")} == {"next"}
    elsewhere = read(client.get("/embed/v1/frame?results=site").text).one("form")
    assert elsewhere["action"] == "http://localhost/search"
    assert "target" not in elsewhere.attributes


def test_colours_and_language_are_carried_along(client: FlaskClient) -> None:
    found = read(client.get("/embed/v1/frame?q=states&theme=dark&ui=es&size=3").text)
    assert "dark" in [each["content"] for each in found.all("meta") if each.attributes.get("name") == "color-scheme"]
    query = parse_qs(urlsplit(found.one("a", rel="next")["href"]).query)
    assert (query["theme"], query["ui"], query["size"]) == (["dark"], ["es"], ["3"])


# ------------------------------------------------------------------------------------------------------- how to embed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tier", TIERS)
def test_what_is_pasted_is_ascii_and_whole(client: FlaskClient, tier: str, language: str) -> None:
    for code in pasted(client, f"tier={tier}&ui={language}&meeting=sample/IX&size=5"):
        assert code.isascii()
        assert "http://localhost" in code
        assert not re.search(r'\s(style|on\w+)="', code)


def test_what_is_pasted_holds_the_limits_and_choices(client: FlaskClient) -> None:
    element = read(pasted(client, "tier=element&meeting=sample/IX&lang=es&size=5&live=1&ui=es")[0])
    tag = element.one("recommendation-search")
    assert (tag["lang"], tag["size"], "as-you-type" in tag.attributes) == ("es", "5", True)
    hidden = {each["name"]: each["value"] for each in tag.all("input", type="hidden")}
    assert hidden == {"meeting": "sample/IX", "lang": "es", "ui": "es"}
    frame = read(pasted(client, "tier=frame&body=sample&theme=dark&results=site")[0]).one("iframe")
    asked = parse_qs(urlsplit(frame["src"]).query)
    assert asked == {"ui": ["en"], "body": ["sample"], "theme": ["dark"], "results": ["site"]}
    assert "allow-top-navigation-by-user-activation" in frame["sandbox"]


def test_several_values_of_a_limit_are_pasted(client: FlaskClient) -> None:
    element = read(pasted(client, "tier=element&meeting=sample/IX&meeting=sample/II")[0])
    limits = [each for each in element.all("input", type="hidden") if "data-limit" in each.attributes]
    assert [(each["name"], each["value"]) for each in limits] == [("meeting", "sample/IX"), ("meeting", "sample/II")]
    code = pasted(client, "tier=fragment&meeting=sample/IX&meeting=sample/II")[1]
    assert "?own=3&ui=en&meeting=sample%2FIX&meeting=sample%2FII" in code
    found = read(client.get("/embed?meeting=sample/IX&kind=note&kind=none").text)
    checked = [each["value"] for each in found.all("input", type="checkbox") if "checked" in each.attributes]
    assert checked == ["sample/IX", "note", "none"]


def test_the_element_knows_the_limits_of_the_first_release_and_those_that_are_marked() -> None:
    (listed,) = re.findall(r"const LIMITS = \[(.*)\];", newest(ELEMENT).content.decode())
    assert set(re.findall(r'"(\w+)"', listed)) <= set(LIMITS)


@pytest.mark.parametrize(
    ("sent", "meetings"),
    [
        ("own=3&ui=en&meeting=IX&meeting=II&at=/p&q=", {"IX", "II"}),
        ("own=3&ui=en&meeting=IX&meeting=II&at=/p&q=&meeting=III", {"IX", "II"}),
        ("meeting=IX&at=/p&q=&meeting=II", {"IX"}),
        ("meeting=IX&own=2&meeting=IX&meeting=II&at=/p&q=", {"IX"}),
        ("at=/p&meeting=IX&q=&meeting=II", {"IX"}),
        ("at=/p&q=&meeting=IX", {"IX"}),
        ("meeting=IX&q=&meeting=II", {"IX"}),
    ],
)
def test_visitors_of_a_fragment_cannot_lift_the_limits_of_its_host(
    client: FlaskClient, sent: str, meetings: set[str]
) -> None:
    found = read(client.get(f"/embed/v1/fragment?{sent}&size=100").text)
    addresses = [link["href"].partition("/meeting/sample/") for link in found.all("a")]
    assert {meeting.partition("?")[0] for _, place, meeting in addresses if place} == meetings
    assert all("own=" not in link["href"] for link in found.all("a"))


@pytest.mark.parametrize("sent", ["own=many&meeting=IX", "own=&q=", "own=0"])
def test_a_number_of_parameters_that_is_none_is_an_error(client: FlaskClient, sent: str) -> None:
    assert client.get(f"/embed/v1/fragment?{sent}").status_code == 400


def test_a_pinned_release_has_its_address_and_integrity(client: FlaskClient) -> None:
    script = read(pasted(client, "tier=element&pin=1")[0]).one("script")
    assert script["src"].endswith(f"/embed/v1/{newest(ELEMENT).pinned_name}")
    assert script["integrity"] == newest(ELEMENT).integrity
    assert "crossorigin" in script.attributes


def test_the_public_address_is_what_is_pasted(reader: Reader) -> None:
    public = visitor(create_app(Settings(public_url="https://search.example.org/x"), reader))
    for tier in TIERS:
        *codes, _ = (*pasted(public, f"tier={tier}"), "")
        assert "https://search.example.org/x/" in codes[0]
        assert not re.search(r"localhost", "".join(codes))
    assert "script-src https://search.example.org;" in pasted(public, "tier=element")[1]


def test_every_tier_names_what_a_policy_must_let(client: FlaskClient) -> None:
    policies = {tier: pasted(client, f"tier={tier}")[-1] for tier in TIERS if tier != "fragment"}
    assert re.findall(r"^[\w-]+", policies["element"], re.MULTILINE) == ["script-src", "connect-src", "form-action"]
    assert re.findall(r"^[\w-]+", policies["frame"], re.MULTILINE) == ["frame-src", "script-src"]
    assert policies["form"] == "form-action http://localhost;"


def test_an_unknown_way_is_refused(client: FlaskClient) -> None:
    assert client.get("/embed?tier=x").status_code == 400


@pytest.mark.parametrize(
    "parameter", ["q", "at", "size", "tier", "theme", "results", "live", "pin", "body", "meeting", "lang", "unknown"]
)
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_neither_execute_nor_break(client: FlaskClient, parameter: str, words: str) -> None:
    sent = f"{parameter}={quote(words.encode('utf-8', 'surrogatepass'))}"
    for place in ("/embed", "/embed?tier=fragment&", "/embed/v1/frame?q=states", "/embed/v1/fragment?q=states"):
        response = client.get(f"{place}{'&' if '?' in place else '?'}{sent}")
        assert response.status_code in (200, 400), place
        found = read(response.text)
        assert all(re.match(r"(http://localhost)?/(static|embed/v1)/", each["src"]) for each in found.all("script"))
        for name in ("a", "form", "input", "iframe", "p", "mark", "code", "recommendation-search"):
            for element in found.all(name):
                assert not [each for each in element.attributes if each.startswith("on") or each == "style"]
                assert not re.match(r"\s*(javascript|data):", element.attributes.get("href", "/"), re.IGNORECASE)
                assert not re.match(r"\s*(javascript|data):", element.attributes.get("action", "/"), re.IGNORECASE)


def test_the_code_for_servers_holds_values_as_values(client: FlaskClient) -> None:
    asp, php = pasted(client, "tier=fragment&body=" + quote("x\" & evil() & \"'. evil() .'<%>"))
    assert "evil()" not in asp.replace("evil%28%29", "")
    assert "evil()" not in php.replace("evil%28%29", "")


def test_every_event_property_and_part_is_documented() -> None:
    source = newest(ELEMENT).content.decode()
    documented = (ROOT / "docs" / "embedding.md").read_text("utf-8")
    names = {
        *re.findall(r'"(rs-[a-z]+)", \{', source),
        *re.findall(r"var\((--rs-[a-z-]+)", source),
        *re.findall(r'getAttribute\("([a-z-]+)"\) (?:===|!==)', source),
        *re.findall(r'hasAttribute\("([a-z-]+)"\)', source),
    }
    assert {"rs-search", "rs-results", "rs-open", "rs-error", "--rs-accent"} <= names
    assert [name for name in sorted(names) if f"`{name}`" not in documented] == []
    parts = set(re.findall(r'make\(\s*"\w+", "([a-z]+)"', source))
    assert [part for part in sorted(parts) if f"`{part}`" not in documented] == []


def test_code_that_only_this_machine_can_reach_is_warned_of(client: FlaskClient, reader: Reader) -> None:
    assert "only this computer can reach" in read(client.get("/embed").text).one("p", class_="warning").text
    public = visitor(create_app(Settings(public_url="https://search.example.org"), reader))
    assert read(public.get("/embed").text).all("p", class_="warning") == []
