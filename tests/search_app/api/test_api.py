import json
import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh import WhooshEngine
from indexer.engines.whoosh.index import WhooshIndex
from indexer.generations import IndexStore, Reader
from indexer.generations.writer import open_writer
from indexer.model import Box, Caution, Item, Place, message
from search_app import create_app
from search_app.web.headers import FROM_ANYWHERE
from search_app.web.problem_json import TITLES
from search_app.web.settings import Settings
from tests.support.contract import RECORDED, answer, data, lost, promised
from tests.support.document import read
from tests.support.library import OFFICIAL, publication, publish
from tests.support.visitor import visitor

ANSWERS = (
    "/search",
    "/search?q=states&explain=on&size=2&page=2",
    "/search?q=network+ransomware",
    "/search?q=network+ransomware&match=any",
    "/search?q=evidense",
    "/search?q=states&meeting=sample/IX&year=2006..2016&lang=es&kind=recommendation&body=sample",
    "/suggest?q=ev",
    "/item/sample/IX/2",
    "/meeting/sample/IX",
    "/meeting/remja-cybercrime/IX",
    "/body/sample",
    "/body/remja-cybercrime",
    "/export?size=20",
    "/changes?size=20",
    "/status",
)


def path_of(address: str) -> str:
    """An address of the service as its client asks for it, after ``/api/v1``."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}".removeprefix("/api/v1")


@pytest.mark.parametrize("ui", ["en", "es"])
@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_is_as_its_document_says(client: FlaskClient, address: str, ui: str) -> None:
    asked = f"{address}{'&' if '?' in address else '?'}ui={ui}"
    found = answer(client, asked)
    assert found["link"] == f"http://localhost/api/v1{asked}"
    assert found["generation"] == "a" * 16
    assert found["coverage"]["by_language"] == {"en": 9, "es": 9}
    assert [notice["body"] for notice in found["notices"]] == ["sample"]


def test_nothing_that_was_promised_has_gone() -> None:
    assert lost(json.loads(RECORDED.read_text("utf-8")), promised()) == []


def test_everything_that_is_promised_is_recorded() -> None:
    assert promised() == json.loads(RECORDED.read_text("utf-8")), "run: python -m tests.support.contract"


def test_a_field_that_goes_or_changes_its_type_breaks_the_promise() -> None:
    present = promised()
    del present["forms"]["Hit"]["citation"]
    present["forms"]["Hit"]["page"] = {"type": "string"}
    present["parameters"]["/search"]["kind"]["enum"].remove("note")
    gone = ["/forms/Hit/citation", "/forms/Hit/page/type", "/parameters/~search/kind/enum/note"]
    assert sorted(each.replace("//search", "/~search") for each in lost(promised(), present)) == gone


def test_a_hit_says_where_it_stands_in_the_pdf(client: FlaskClient) -> None:
    (hit,) = data(client, "/search?q=evidence&meeting=IX")["hits"]
    (highlight,) = hit["highlights"]
    assert "".join(piece["text"] for piece in highlight["pieces"]) == hit["text"]
    assert [piece["text"] for piece in highlight["pieces"] if piece["matched"]] == ["evidence"]
    begin = "That%20States%20consider%20acceding%20to%20treaties"
    address, _, fragment = highlight["spots"][0]["pdf"].partition("#")
    assert (len(highlight["spots"]), address) == (1, f"http://localhost/pdf/sample/{hit['file']}")
    assert fragment.startswith(f"page=2&highlight=72,500,100,140&search={begin}&phrase=true:~:text={begin}")
    assert hit["pdf"] == f"{address}#{fragment}".replace("&highlight=72,500,100,140", "")
    assert hit["official"] == f"{OFFICIAL}#page=2"


def test_what_ocr_read_says_how_sure_it_was(tmp_path: Path) -> None:
    whole = publication()
    first, *others = whole.items
    version, *versions = first.versions
    read = replace(first, versions=(replace(version, confidence=81), *versions))
    shelf = IndexStore(tmp_path, WhooshEngine())
    publish(shelf, replace(whole, items=(read, *others)))
    with closing(Reader(shelf)) as reader:
        client = visitor(create_app(Settings(), reader))
        told = data(client, f"/item/{quote(first.id)}")["versions"]
        assert [each["confidence"] for each in told] == [81] + [None] * len(versions)
        hits = data(client, f"/search?size=100&lang={version.language}")["hits"]
        assert {each["id"]: each["confidence"] for each in hits}[first.id] == 81


def test_the_links_of_a_hit_lead_to_it(client: FlaskClient) -> None:
    (hit,) = data(client, "/search?q=evidence&meeting=IX&ui=es")["hits"]
    shown = read(client.get(urlsplit(hit["link"]).path + "?" + urlsplit(hit["link"]).query).text)
    assert (shown.one("html")["lang"], "evidence" in [mark.text for mark in shown.all("mark")]) == ("es", True)
    assert hit["citation"] in shown.text
    assert client.get(urlsplit(hit["permanent"]).path).status_code == 200
    assert client.get(urlsplit(hit["pdf"]).path).content_type == "application/pdf"
    assert data(client, path_of(hit["api"]))["id"] == hit["id"] == "sample/IX/2"
    assert data(client, path_of(hit["meeting"]["api"]))["meeting"]["id"] == "IX"


def test_the_count_and_the_facets_are_what_choosing_them_gives(client: FlaskClient) -> None:
    for asked in ("q=states", "q=red+contactos", "q=states&match=any&year=2006..2016"):
        for facet in data(client, f"/search?{asked}")["facets"]:
            for value in facet["values"]:
                others = re.sub(rf"&{facet['field']}=[^&]*", "", asked)
                chosen = data(client, f"/search?{others}&{facet['field']}={quote(value['value'])}")
                assert chosen["total"] == value["count"], (asked, facet["field"], value)


def test_all_results_can_be_followed_once_each(client: FlaskClient) -> None:
    page = data(client, "/search?q=states&size=7")
    seen = [hit["id"] for hit in page["hits"]]
    while page["next"]:
        page = data(client, path_of(page["next"]))
        seen += [hit["id"] for hit in page["hits"]]
    assert len(seen) == len(set(seen)) == page["total"] == 27
    assert data(client, path_of(page["previous"]))["page"] == page["page"] - 1


def test_where_no_text_has_all_words_partial_matches_say_what_they_lack(client: FlaskClient) -> None:
    found = data(client, "/search?q=network+ransomware")
    assert (found["total"], found["hits"]) == (0, [])
    assert {word for hit in found["partial"] for word in hit["lacking"]} == {"ransomware"}


def test_a_query_from_a_page_in_windows_1252_is_understood(client: FlaskClient) -> None:
    for sent in ("investigaci%F3n", "investigaci%C3%B3n", "investigacio%CC%81n"):
        assert data(client, f"/search?q={sent}")["question"] == "investigación"
        assert data(client, f"/suggest?q={sent}")["text"] == "investigación"


def test_what_was_typed_is_completed(client: FlaskClient) -> None:
    assert data(client, "/suggest?q=electronic+evid")["suggestions"][0] == "electronic evidence"
    assert len(data(client, "/suggest?q=co&limit=2")["suggestions"]) == 2


@pytest.mark.parametrize("typed", ["", "x", "%00%ff", "%ED%A0%80", "<script>", "a" * 20_000, "((((", "zzzzz", "🙂🙂"])
def test_nothing_and_nonsense_have_no_completions(client: FlaskClient, typed: str) -> None:
    assert data(client, f"/suggest?q={typed}")["suggestions"] == []


def test_what_a_query_was_read_as_is_told_in_the_language_asked_for(client: FlaskClient) -> None:
    assert data(client, '/search?q="states')["notes"][0]["message"].startswith("A quotation mark")
    assert data(client, '/search?q="states&ui=es')["notes"][0]["message"].startswith("Quedó")
    spanish = client.get("/api/v1/search?q=states", headers={"Accept-Language": "es"})
    assert spanish.get_json() == answer(client, "/search?q=states")
    assert "Accept-Language" not in spanish.headers.get("Vary", "")


REFUSED = (
    ("/search?words=states", "unknown-parameter", "words", "There is no parameter “words” here. Give one of q, body,"),
    ("/search?q=a&q=b", "repeated-parameter", "q", "“q” was given more than once."),
    ("/search?q=states+year:x", "bad-query", "q", "year:x"),
    ("/search?year=x", "bad-parameter", "year", "“year” cannot be “x”. Write it as in 2006..2016."),
    ("/search?year=", "bad-parameter", "year", "“year” cannot be “”. Write it as in 2006..2016."),
    ("/search?body=", "bad-parameter", "body", "“body” is empty or too long. Give 1 to 200 characters."),
    ("/search?page=0", "bad-parameter", "page", "“page” cannot be “0”. Give a number from 1 to 100000."),
    ("/search?size=101", "bad-parameter", "size", "“size” cannot be “101”. Give a number from 1 to 100."),
    ("/search?size=%C2%B2", "bad-parameter", "size", "“size” cannot be “²”. Give a number from 1 to 100."),
    ("/search?kind=law", "bad-parameter", "kind", "“kind” cannot be “law”. Give one of recommendation, "),
    ("/search?match=most", "bad-parameter", "match", "“match” cannot be “most”. Give one of best, all, any."),
    ("/search?equivalents=yes", "bad-parameter", "equivalents", "“equivalents” cannot be “yes”. Give one of on, off."),
    (
        "/search?sort=random",
        "bad-parameter",
        "sort",
        "“sort” cannot be “random”. Give one of relevance, date, oldest, document.",
    ),
    ("/search?ui=xx", "bad-parameter", "ui", "“ui” cannot be “xx”. Give one of en, es, fr, pt."),
    ("/suggest?limit=99", "bad-parameter", "limit", "“limit” cannot be “99”. Give a number from 1 to 20."),
    ("/item/sample/IX/2?q=evidence", "unknown-parameter", "q", "There is no parameter “q” here. Give one of ui."),
    ("/status?verbose", "unknown-parameter", "verbose", "There is no parameter “verbose” here."),
    (
        "/changes?after=yesterday",
        "bad-parameter",
        "after",
        "“after” cannot be “yesterday”. Write it as in 1.12.0123abcd.",
    ),
    (
        "/export?generation=NEW",
        "bad-parameter",
        "generation",
        "“generation” cannot be “NEW”. Write it as in 0123456789abcdef.",
    ),
)


def test_a_field_takes_several_values_as_a_repeated_parameter(client: FlaskClient) -> None:
    both = data(client, "/search?meeting=IX&meeting=sample/II&lang=en")
    assert both["chosen"] == {"meeting": "IX", "lang": "en"}
    assert both["choices"] == {"meeting": ["IX", "sample/II"], "lang": ["en"]}
    assert both["total"] == sum(data(client, f"/search?meeting={each}&lang=en")["total"] for each in ("IX", "II"))
    (facet,) = [each for each in both["facets"] if each["field"] == "meeting"]
    assert {each["value"] for each in facet["values"] if each["chosen"]} == {"sample/IX", "sample/II"}
    assert "meeting=IX&meeting=sample/II&lang=en" in both["link"]


def test_what_was_probably_meant_is_told_to_programs(client: FlaskClient) -> None:
    typed = answer(client, "/search?q=a+lang:espa%C3%B1ol&ui=es", 400)
    assert (typed["parameter"], typed["position"], typed["correction"]) == ("q", 2, "a lang:es")
    assert "¿Quiso decir lang:es?" in typed["remedy"]
    chosen = answer(client, "/search?year=2016..1999", 400)
    assert (chosen["parameter"], chosen["position"], chosen["correction"]) == ("year", None, "1999..2016")


@pytest.mark.parametrize(("address", "code", "parameter", "detail"), REFUSED)
def test_what_cannot_be_answered_names_the_parameter(
    client: FlaskClient, address: str, code: str, parameter: str, detail: str
) -> None:
    problem = answer(client, address, 400)
    assert (problem["code"], problem["parameter"]) == (code, parameter)
    assert detail in problem["detail"]


def test_a_filter_that_cannot_be_read_is_a_problem_that_says_where_and_what_to_do(client: FlaskClient) -> None:
    problem = answer(client, "/search?q=states+year:x", 400)
    assert problem["position"] == 7
    assert "year:2016" in problem["remedy"]
    assert problem["type"].startswith("http://localhost/api/v1/#problem-bad-query")


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("/item/sample/IX/99", "There is no item “sample/IX/99”."),
        ("/meeting/sample/XL", "There is no meeting “sample/XL”."),
        ("/body/none", "There is no body “none”."),
        ("/nothing", ""),
        ("/x/y", ""),
    ],
)
def test_what_is_not_there_is_a_problem(client: FlaskClient, address: str, detail: str) -> None:
    problem = answer(client, address, 404)
    assert problem["code"] == "not-found"
    assert detail in problem["detail"]


def test_every_problem_has_the_title_that_was_promised() -> None:
    assert TITLES == {
        "bad-query": "The search could not be understood",
        "bad-parameter": "A parameter has a value that it cannot have",
        "unknown-parameter": "There is no such parameter",
        "repeated-parameter": "A parameter was given more than once",
        "not-found": "There is nothing at this address",
        "cursor-gone": "The change log was begun anew",
        "generation-gone": "Another generation of the index is served now",
        "refused": "The request cannot be answered",
        "no-index": "There is no index yet",
        "bad-index": "The index cannot be read",
        "fault": "The answer could not be made",
    }


def test_a_fault_of_ours_is_a_problem_that_tells_nothing_of_its_inside(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr(WhooshIndex, "search", fail)
    problem = client.get("/api/v1/search?q=states").get_json(force=True)
    assert (problem["code"], problem["status"]) == ("fault", 500)
    assert problem["detail"] == "The fault is ours and has been written to the log. Please try again."


def test_only_reading_is_answered(client: FlaskClient) -> None:
    response = client.post("/api/v1/search", data={"q": "states"})
    assert (response.status_code, response.mimetype) == (405, "application/problem+json")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_before_the_first_build_a_problem_names_the_command(empty_client: FlaskClient) -> None:
    problem = answer(empty_client, "/search?q=states", 503)
    assert (problem["code"], "indexer build" in problem["detail"]) == ("no-index", True)
    assert empty_client.get("/api/v1/search").headers["Retry-After"]
    assert empty_client.get("/api/v1/").status_code == 200


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("/search?page=x", "“page” cannot be “x”. Give a number from 1 to 100000."),
        ("/embed/v1/frame?q=x&size=0", "“size” cannot be “0”. Give a number from 1 to 100."),
        ("/search?sort=x", "“sort” cannot be “x”. Give one of relevance, date, oldest, document."),
        (f"/search?body={'x' * 201}", "“body” is empty or too long. Give 1 to 200 characters."),
        ("/embed/v1/frame?q=x&at=x", "“at” cannot be “x”. Write it as in https://example.org/search."),
    ],
)
def test_a_parameter_of_a_page_that_cannot_be_used_is_named_to_who_accepts_no_page(
    client: FlaskClient, address: str, detail: str
) -> None:
    problem = client.get(address, headers={"Accept": "application/json"}).get_json(force=True)
    assert (problem["code"], problem["detail"]) == ("bad-parameter", detail)


def test_a_page_that_fails_is_a_problem_for_who_accepts_no_page(client: FlaskClient) -> None:
    for accepted in ("application/json", "application/problem+json", "application/json, text/html;q=0.5"):
        assert client.get("/search?page=x", headers={"Accept": accepted}).mimetype == "application/problem+json"
    for accepted in ("text/html", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8", ""):
        assert client.get("/search?page=x", headers={"Accept": accepted}).mimetype == "text/html"


@pytest.mark.parametrize("address", ["/search?q=states", "/search?page=x", "/nothing", "/openapi.json"])
def test_pages_of_any_site_may_read_the_answers_without_credentials(client: FlaskClient, address: str) -> None:
    headers = client.get(f"/api/v1{address}", headers={"Origin": "https://elsewhere.example"}).headers
    assert {name: headers[name] for name in FROM_ANYWHERE} == FROM_ANYWHERE
    assert "Access-Control-Allow-Credentials" not in headers
    assert "Set-Cookie" not in headers


def test_no_other_answer_is_open_to_other_sites(client: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/search?q=states").headers


@pytest.mark.parametrize("address", ANSWERS)
def test_an_unchanged_answer_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(f"/api/v1{address}")
    assert "stale-while-revalidate=600" in first.headers["Cache-Control"]
    again = client.get(f"/api/v1{address}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    other = client.get("/api/v1/search?q=other", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_the_readable_page_explains_every_address_and_problem_and_its_examples_run(client: FlaskClient) -> None:
    page = read(client.get("/api/v1/?ui=es").text)
    examples = [link["href"] for link in page.all("a", class_="example")]
    told = client.get("/api/v1/openapi.json").get_json()
    assert len(examples) == len(told["paths"])
    for example in examples:
        data(client, path_of(example))
    assert "/api/v2/" in [code.text for code in page.all("code")]
    ids = {each["id"] for each in page.all("div") if "id" in each.attributes}
    assert ids == {f"problem-{code}" for code in promised()["problems"]}


# ------------------------------------------------------------------------------------------------------------ changes


def replay(client: FlaskClient, held: dict[str, object], cursor: str = "", size: int = 3) -> str:
    """Bring what is held up to date from a cursor on, and give the cursor to go on from."""
    address = f"/changes?size={size}" + (f"&after={cursor}" if cursor else "")
    while True:
        page = data(client, address)
        for change in page["changes"]:
            if change["item"] is None:
                held.pop(change["id"], None)
            else:
                held[change["id"]] = change["item"]
        if not page["more"]:
            return str(page["cursor"])
        address = path_of(page["next"])


def exported(client: FlaskClient) -> dict[str, object]:
    page = data(client, "/export?size=5")
    held = {item["id"]: item for item in page["items"]}
    while page["next"]:
        page = data(client, path_of(page["next"]))
        held |= {item["id"]: item for item in page["items"]}
    assert len(held) == page["total"]
    return held


def test_the_changes_from_the_beginning_give_exactly_the_export(client: FlaskClient) -> None:
    held: dict[str, object] = {}
    replay(client, held)
    assert held == exported(client)


def worded(item: Item, text: str) -> Item:
    return replace(item, versions=tuple(replace(version, text=text) for version in item.versions))


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(0, 3), min_size=6, max_size=6), min_size=1, max_size=4))
def test_whatever_was_published_the_changes_give_exactly_the_export_from_the_beginning_and_from_any_cursor(
    tmp_path_factory: pytest.TempPathFactory, generations: list[list[int]]
) -> None:
    whole = publication()
    shelf = IndexStore(tmp_path_factory.mktemp("changes") / "index", WhooshEngine())
    going: dict[str, object] = {}
    cursor = ""
    with closing(Reader(shelf)) as reader:
        client = visitor(create_app(Settings(), reader))
        for number, choices in enumerate(generations):
            items = [worded(each, f"Words {way}") for each, way in zip(whole.items[:6], choices, strict=True) if way]
            publish(shelf, replace(whole, items=tuple(items)), generation=f"{number:016x}")
            cursor = replay(client, going, cursor)
            anew: dict[str, object] = {}
            replay(client, anew)
            assert going == anew == exported(client)


def test_what_went_is_told_with_nothing_in_its_place(tmp_path: Path) -> None:
    shelf, whole = IndexStore(tmp_path / "index", WhooshEngine()), publication()
    publish(shelf, whole)
    with closing(Reader(shelf)) as reader:
        client = visitor(create_app(Settings(), reader))
        cursor = replay(client, {})
        tag = client.get(f"/api/v1/changes?after={cursor}").headers["ETag"]
        publish(shelf, replace(whole, items=(worded(whole.items[0], "Other words"), *whole.items[2:])), "b" * 16)
        later = client.get(f"/api/v1/changes?after={cursor}", headers={"If-None-Match": tag})
        found = [(each["id"], each["kind"], each["item"] is None) for each in later.get_json()["data"]["changes"]]
        assert sorted(found) == sorted(
            [(whole.items[0].id, "changed", False), (whole.items[1].id, "went", True)],
        )


def test_after_a_rollback_the_changes_lead_back(tmp_path: Path) -> None:
    shelf, whole = IndexStore(tmp_path / "index", WhooshEngine()), publication()
    held: dict[str, object] = {}
    with closing(Reader(shelf)) as reader:
        client = visitor(create_app(Settings(), reader))
        publish(shelf, whole)
        cursor = replay(client, held)
        before = dict(held)
        publish(shelf, replace(whole, items=(worded(whole.items[0], "Other words"), *whole.items[2:])), "b" * 16)
        cursor = replay(client, held, cursor)
        assert held == exported(client) != before
        with open_writer(shelf) as writer:
            writer.roll_back()
        replay(client, held, cursor)
        assert held == exported(client) == before


def test_a_cursor_of_another_log_is_a_problem_that_says_to_begin_anew(client: FlaskClient) -> None:
    for cursor in ("1.2.bbbbbbbb", "9.1.aaaaaaaa"):
        problem = answer(client, f"/changes?after={cursor}", 410)
        assert problem["code"] == "cursor-gone"
        assert problem["detail"] == (
            f"There is no place “{cursor}” in the change log: it was begun anew. Drop what you hold and read the "
            "changes from their beginning, without a cursor."
        )
        assert problem["detail"].endswith(problem["remedy"])


def test_an_export_does_not_go_on_from_another_generation(client: FlaskClient) -> None:
    problem = answer(client, f"/export?generation={'b' * 16}", 410)
    assert problem["code"] == "generation-gone"
    assert problem["detail"] == f"The generation {'b' * 16} is no longer served; {'a' * 16} is. Begin anew."


def test_a_log_that_lost_its_beginning_still_gives_the_export(tmp_path: Path) -> None:
    shelf, whole = IndexStore(tmp_path / "index", WhooshEngine()), publication()
    publish(shelf, whole)
    publish(shelf, replace(whole, items=whole.items[:20]), "b" * 16)
    lines = shelf.log_file.read_bytes().splitlines(keepends=True)
    shelf.log_file.write_bytes(lines[1])
    with closing(Reader(shelf)) as reader:
        client = visitor(create_app(Settings(), reader))
        held: dict[str, object] = {}
        replay(client, held)
        assert held == exported(client)
        assert len(held) == 20


def test_a_page_is_shown_with_what_its_file_calls_it(tmp_path: Path) -> None:
    shelf, whole = IndexStore(tmp_path / "index", WhooshEngine()), publication()
    first = whole.items[0]
    places = (Place(5, Box(72, 700, 500, 760), label="<iii>"),)
    versions = tuple(replace(each, text="alpha", places=places) for each in first.versions)
    noticed = Caution(message("no-text", 6, message("maybe-scan")), 6)
    ledger = tuple(
        replace(entry, pages=9, warnings=(noticed,), pages_without_text=(6, 7), page_labels={"6": "iv"})
        if entry.file in {each.file for each in versions}
        else entry
        for entry in whole.ledger
    )
    publish(shelf, replace(whole, items=(replace(first, versions=versions),), ledger=ledger))
    with closing(Reader(shelf)) as reader:
        client = visitor(create_app(Settings(), reader))
        (hit,) = data(client, "/search?q=alpha")["hits"]
        assert (hit["page"], hit["page_label"]) == (5, "<iii>")
        assert {(spot["page"], spot["page_label"]) for each in hit["highlights"] for spot in each["spots"]} == {
            (5, "<iii>")
        }
        assert "#page=5" in hit["pdf"]
        assert hit["citation"].endswith("page <iii> (5 of the PDF).")
        document = next(
            each
            for each in data(client, f"/meeting/{first.body}/{first.meeting}")["documents"]
            if each["file"] == versions[0].file
        )
        assert (document["pages_without_text"], document["page_labels"]) == ([6, 7], {"6": "iv"})
        assert [(each["page"], each["page_label"]) for each in document["warnings"]] == [(6, "iv")]
        for address in (
            "/search?q=alpha",
            f"/item/{first.id}",
            f"/meeting/{first.body}/{first.meeting}",
            "/embed/v1/fragment?q=alpha",
        ):
            page = client.get(f"{address}{'&' if '?' in address else '?'}ui=en").get_data(as_text=True)
            assert " &lt;iii&gt; (5 of the PDF)" in page.replace("&amp;", "&"), address
        assert "página &lt;iii&gt; (5 del PDF)" in client.get(f"/item/{first.id}?ui=es").get_data(as_text=True)
        coverage = read(client.get("/coverage?ui=en").get_data(as_text=True)).text
        assert "page iv (6 of the PDF)" in coverage
        assert "iv (6 of the PDF), 7" in coverage


def test_a_highlight_has_the_spot_of_its_own_page(tmp_path: Path) -> None:
    shelf, whole = IndexStore(tmp_path / "index", WhooshEngine()), publication()
    text = "alpha " * 80 + "omega " * 80
    places = (Place(1, Box(72, 700, 500, 760), 0), Place(2, Box(72, 72, 500, 130), text.index("omega")))
    versions = tuple(replace(each, text=text, places=places) for each in whole.items[0].versions)
    publish(shelf, replace(whole, items=(replace(whole.items[0], versions=versions),)))
    with closing(Reader(shelf)) as reader:
        client = visitor(create_app(Settings(), reader))
        for query, pages in (("alpha", {1}), ("omega", {2}), ('"alpha omega"', {1, 2})):
            (hit,) = data(client, f"/search?q={quote(query)}")["hits"]
            assert {spot["page"] for highlight in hit["highlights"] for spot in highlight["spots"]} == pages
            assert all(highlight["spots"] for highlight in hit["highlights"])
