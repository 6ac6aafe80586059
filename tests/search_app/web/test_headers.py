import json
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from search_app.web.headers import HEADERS, POLICY
from tests.support.document import Element, read

ADDRESSES = (
    "/",
    "/search?q=states",
    "/nothing",
    "/search?page=x",
    "/livez",
    "/static/style.css",
    "/pdf/sample/IX-recommendations-en.pdf",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers_and_no_cookie(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert {name: response.headers[name] for name in HEADERS} == dict(HEADERS)
    assert "Set-Cookie" not in response.headers


def test_the_policy_has_no_exception() -> None:
    assert HEADERS["X-Content-Type-Options"] == "nosniff"
    assert HEADERS["Referrer-Policy"] == "no-referrer"
    assert POLICY.startswith("default-src 'none'; ")
    assert "unsafe" not in POLICY
    assert "*" not in POLICY
    assert "script-src 'self';" in POLICY
    assert "connect-src 'self';" in POLICY


def test_result_pages_stay_out_of_other_searches(client: FlaskClient) -> None:
    assert client.get("/search?q=states").headers["X-Robots-Tag"] == "noindex, follow"
    assert "X-Robots-Tag" not in client.get("/item/sample/IX/1").headers


def test_an_unchanged_page_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/search?q=states")
    assert first.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
    again = client.get("/search?q=states", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert again.headers["Vary"] == first.headers["Vary"]


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/search?q=state", {}),
        ("/search?q=states&page=2", {}),
        ("/search?q=states&ui=es", {}),
        ("/search?q=states", {"Accept-Language": "es"}),
        ("/search?q=states", {"Host": "elsewhere.example"}),
    ],
)
def test_another_query_language_or_host_has_another_tag(
    client: FlaskClient, address: str, headers: dict[str, str]
) -> None:
    tag = client.get("/search?q=states").headers["ETag"]
    assert client.get(address, headers={**headers, "If-None-Match": tag}).status_code == 200


def test_an_answer_varies_with_the_browsers_language_unless_the_address_chooses(client: FlaskClient) -> None:
    assert client.get("/").headers["Vary"] == "Accept-Language"
    assert "Vary" not in client.get("/?ui=es").headers


@pytest.mark.parametrize("address", ["/nothing", "/search?page=x"])
def test_errors_are_not_kept(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_static_files_are_kept_for_ever_under_the_name_of_their_content(client: FlaskClient) -> None:
    named = read(client.get("/").text).one("link", rel="stylesheet")["href"]
    assert client.get(named).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for other in ("/static/style.css", "/static/style.css?v=0123"):
        assert client.get(other).headers["Cache-Control"] == "public, max-age=60"
    assert client.get("/static/nothing.css").status_code == 404


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    "{{7*7}}{% raw %}",
    "%(name)s %s {0}",
    "javascript:alert(1)",
    "a\0b\x1b",
    "\u202eesrever\u2066 \u200f",
    "x" * 10_000,
    '"' * 999,
    "(" * 999,
    "\ud83d\ude00 \U0001f600 \ufeff \ufffe",
    "../../etc/passwd",
    "a\r\nSet-Cookie: x=y",
)
PARAMETERS = (
    "q",
    "body",
    "meeting",
    "year",
    "lang",
    "kind",
    "match",
    "equivalents",
    "sort",
    "explain",
    "page",
    "ui",
    "unknown",
)
PLACES = ("/search?{0}", "/item/sample/IX/2?{0}", "/meeting/sample/IX?{0}", "/coverage?{0}", "/?{0}")


def assert_nothing_executes(found: Element) -> None:
    described = found.all("script", type="application/ld+json")
    for script in described:
        json.loads(script.raw)
    executed = [each for each in found.all("script") if each not in described]
    assert {each["src"].split("?")[0] for each in executed} - {"/static/copy.js"} == {"/static/suggest.js"}
    assert [each.raw for each in executed if each.raw] == []
    assert found.all("style") == []
    for element in found.elements():
        assert not [name for name in element.attributes if name.startswith("on") or name == "style"]
        assert not element.attributes.get("href", "/").lower().startswith(("javascript:", "data:"))
        assert element.attributes.get("src", "/static/").startswith("/static/")


@pytest.mark.parametrize("parameter", PARAMETERS)
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_in_any_parameter_neither_execute_nor_break(
    client: FlaskClient, parameter: str, words: str
) -> None:
    sent = f"{parameter}={quote(words.encode('utf-8', 'surrogatepass'))}"
    for place in PLACES:
        response = client.get(place.format(sent))
        assert response.status_code in (200, 400), place
        assert_nothing_executes(read(response.text))
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("sent", ["%ED%A0%80", "%00", "%ff%fe", "%zz", "%", "%C3", "%F0%9F", "%u0041"])
def test_escapes_that_say_nothing_do_not_break(client: FlaskClient, sent: str) -> None:
    for place in (
        *(place.format(f"q={sent}&{sent}={sent}") for place in PLACES),
        f"/{sent}",
        f"/item/{sent}/{sent}",
        f"/pdf/{sent}/{sent}",
    ):
        response = client.get(place)
        assert response.status_code in (200, 400, 404), place
        read(response.text)


def test_words_of_a_page_in_windows_1252_are_understood(client: FlaskClient) -> None:
    assert read(client.get("/search?q=delito+cibern%E9tico").text).one("input", id="q")["value"] == "delito cibernético"


def test_texts_are_shown_as_printed_and_never_as_markup(client: FlaskClient) -> None:
    found = read(client.get("/item/sample/IX/2").text)
    assert "delay <b>&amp;</b> in full" in found.all("blockquote")[0].text
    assert found.all("b") == []
