from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.analysis.fields import FIELDS
from indexer.engines.whoosh import WhooshEngine
from indexer.generations import Reader, clear_failure, write_failure
from indexer.model import NO_MEETING, Entry, Evidence, Message, State, Weight, message
from search_app import create_app
from search_app.request.locale import LANGUAGES
from search_app.web.settings import Settings
from tests.support.document import Element, read
from tests.support.library import OFFICIAL, publication, publish, shelf
from tests.support.visitor import visitor

PAGES = (
    "/",
    "/search",
    "/search?q=states",
    "/search?q=zzz",
    "/meetings",
    "/meeting/sample/IX",
    "/meeting/remja-cybercrime/IX",
    "/item/sample/IX/2?q=evidence",
    "/coverage",
    "/help",
    "/embed",
    "/api/v1/",
)


def page(client: FlaskClient, address: str, status: int = 200, **headers: str) -> Element:
    response = client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert response.status_code == status, response.text
    assert response.content_type == "text/html; charset=utf-8"
    return read(response.text)


def hits(found: Element) -> list[str]:
    return [each["href"].split("?")[0].split("#")[0] for heading in found.all("h3") for each in heading.all("a")]


def total(found: Element) -> int:
    return int("".join(filter(str.isdigit, found.one("h2", id="count").text.split("result")[0])) or 0)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_well_formed_and_names_itself_and_its_language(
    client: FlaskClient, address: str, language: str
) -> None:
    found = page(client, address, Accept_Language=language)
    assert found.one("html")["lang"] == language
    assert len(found.all("h1")) == 1
    assert len(found.one("title").text.split(" – ")[0]) > 2
    ids = [
        each["id"]
        for name in ("section", "h2", "h3", "li", "main", "input")
        for each in found.all(name)
        if "id" in each.attributes
    ]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", PAGES)
def test_every_link_within_the_service_leads_somewhere(client: FlaskClient, address: str) -> None:
    for link in page(client, address).all("a"):
        if link["href"].startswith("/"):
            assert client.get(link["href"].split("#")[0]).status_code == 200, link["href"]


@pytest.mark.parametrize("address", PAGES)
def test_the_words_of_an_invented_body_never_appear_without_its_notice(client: FlaskClient, address: str) -> None:
    notice = page(client, address).one("section", class_="notice")
    assert "do not exist" in notice.text
    assert notice.one("a")["href"] == "/coverage#documents"


def test_a_result_says_where_it_stands_and_leads_there(client: FlaskClient) -> None:
    found = page(client, "/search?q=evidence&meeting=IX")
    (hit,) = found.all("article")
    assert hit.one("h3").text == "IX (2016) · Recommendation 2"
    assert hit.one("p", class_="facts").text == "ISLA-IX/doc.3/16 rev.1 · p. 2 · Languages: EN ES"
    assert [mark.text for mark in hit.all("mark")] == ["evidence"]
    assert hit.one("blockquote")["lang"] == "en"
    links = [link["href"] for link in hit.all("a")]
    assert links == [
        "/item/sample/IX/2?q=evidence&meeting=IX&result=1",
        "/pdf/sample/IX-recommendations-en.pdf#page=2&search=That%20States%20consider%20acceding%20to%20treaties"
        "&phrase=true:~:text=That%20States%20consider%20acceding%20to%20treaties%20on%20mutual,%3Cb%3E%26amp%3B%3C%2Fb%3E%20in%20full.",
        "/item/sample/IX/2?q=evidence&meeting=IX&result=1#cite-en",
        "/meeting/sample/IX",
    ]


def test_a_result_in_a_later_version_opens_there(client: FlaskClient) -> None:
    links = page(client, "/search?q=evidencia&meeting=IX").one("article").one("h3").all("a")
    assert [link["href"] for link in links] == ["/item/sample/IX/2?q=evidencia&meeting=IX&result=1#es"]


def test_a_meeting_of_a_portal_links_back_to_it(client: FlaskClient) -> None:
    links = page(client, "/meeting/remja-cybercrime/IX").all("a", class_="away")
    assert [link["href"] for link in links] == ["http://www.oas.org/en/sla/dlc/cyber-en/grupo-trabajo.asp"]


def test_choosing_a_facet_gives_as_many_results_as_it_says(client: FlaskClient) -> None:
    found = page(client, "/search?q=states")
    facets = [link for link in found.one("aside").all("a") if link.all("span", class_="number")]
    assert "meeting" in {name for link in facets for name in parse_qs(urlsplit(link["href"]).query)}
    for link in facets:
        assert total(page(client, link["href"])) == int(link.one("span", class_="number").text)


def test_a_facet_that_leaves_no_choice_is_not_shown(client: FlaskClient) -> None:
    assert page(client, "/search?q=%22cybercrime+in+2016%22").all("aside") == []
    assert page(client, "/search?q=network+ransomware&year=2016").all("aside") == []
    assert "2016" in page(client, "/search?q=%22cybercrime+in+2016%22&year=2016").one("aside").text


def test_a_chosen_facet_can_be_removed_and_stays_in_the_search_box(client: FlaskClient) -> None:
    found = page(client, "/search?q=states&year=2016&lang=es")
    assert [link.text for link in found.one("ul", class_="chosen").all("a")] == [
        "Remove Year: 2016 ×",
        "Remove Language: Español ×",
    ]
    assert found.one("ul", class_="chosen").all("a")[0]["href"] == "/search?q=states&lang=es"
    hidden = {each["name"]: each["value"] for each in found.one("form").all("input", type="hidden")}
    assert hidden == {"year": "2016", "lang": "es"}


def test_all_results_can_be_paged_through_once_each(client: FlaskClient) -> None:
    address, seen = "/search?q=states", []
    while address:
        found = page(client, address)
        seen += hits(found)
        following = [link["href"] for link in found.all("a", rel="next")]
        address = following[0] if following else ""
    assert len(seen) == len(set(seen)) == total(page(client, "/search?q=states"))


def test_beyond_the_last_page_there_is_nothing_and_the_page_says_so(client: FlaskClient) -> None:
    found = page(client, "/search?q=states&page=99")
    assert found.all("article") == []
    assert "There is no page 99" in found.one("main").text
    assert page(client, found.one("main").all("a", rel="prev")[0]["href"]).all("article")


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "²", "9" * 40])
def test_a_page_that_cannot_be_counted_is_an_error_that_leads_to_the_first(client: FlaskClient, number: str) -> None:
    found = page(client, f"/search?q=states&page={number}", 400)
    assert "no such page of results" in found.one("h1").text
    assert "/search?q=states" in [link["href"] for link in found.one("main").all("a")]


@pytest.mark.parametrize("sent", ["match=some", "equivalents=maybe", "explain=x"])
def test_a_choice_that_there_is_not_is_an_error_that_names_those_there_are(client: FlaskClient, sent: str) -> None:
    alert = page(client, f"/search?q=states&{sent}", 400).one("p", role="alert").text
    assert sent.split("=")[1] in alert
    assert any(f" {choices}." in alert for choices in ("best, all, any", "on, off", "off, on"))


def test_an_unknown_order_is_an_error_that_names_the_orders(client: FlaskClient) -> None:
    assert "relevance, date, oldest, document" in page(client, "/search?q=states&sort=random", 400).one("main").text


def test_the_order_can_be_chosen_and_stays(client: FlaskClient) -> None:
    found = page(client, "/search?q=states&sort=date")
    assert found.one("nav", aria_label="Order of the results").one("span").text == "Newest first"
    assert all("sort=date" in link["href"] for link in found.one("nav", class_="pager").all("a"))
    assert {each["name"] for each in found.one("form", class_="ask").all("input", type="hidden")} == {"sort"}


@pytest.mark.parametrize(
    "words",
    ["!@#", "*", "AND", "-", "states-parties", "very-unlikely-phrase-xyz123", "[a TO b]", "a^2 {b}", "NOT states"],
)
@pytest.mark.parametrize("match", ["all", "any"])
def test_queries_that_broke_other_searches_are_answered(client: FlaskClient, words: str, match: str) -> None:
    response = client.get("/search", query_string={"q": words, "match": match})
    assert response.status_code == 200
    assert read(response.text).one("input", id="q")["value"] == words


def test_unknown_parameters_are_ignored(client: FlaskClient) -> None:
    assert hits(page(client, "/search?q=states&utm_source=x&limit=3")) == hits(page(client, "/search?q=states"))


def test_a_query_that_is_too_long_is_cut_and_the_page_says_so(client: FlaskClient) -> None:
    found = page(client, "/search?q=" + "states+" * 2000)
    assert "Only the first 2000 characters" in found.one("ul", class_="notes").text


def test_a_facet_value_that_is_too_long_is_an_error(client: FlaskClient) -> None:
    page(client, "/search?year=" + "2" * 10_000, 400)


def test_where_no_text_has_all_words_partial_matches_say_what_they_lack(client: FlaskClient) -> None:
    found = page(client, "/search?q=network+ransomware")
    assert found.one("h2", id="count").text == "No results"
    section = found.one("section", aria_labelledby="partial")
    assert {each.text for each in section.all("s")} == {"ransomware"}


def test_what_has_all_words_is_followed_by_what_lacks_some(client: FlaskClient) -> None:
    found = page(client, "/search?q=states+electronic&meeting=IX")
    assert total(found) == 1
    section = found.one("section", aria_labelledby="partial")
    assert section.one("h2").text == "2 more match some of the words"
    for article in section.all("article"):
        assert article.one("p", class_="lacking").text in ("Without: states", "Without: electronic")
    assert found.one("aside", id="narrow").one("p", class_="hint").text == "The numbers count results with all words."
    (link,) = [each for each in section.all("a") if each.text == "Only results with all words"]
    assert link["href"] == "/search?q=states+electronic&meeting=IX&match=all"
    alone = page(client, link["href"])
    assert (total(alone), len(hits(alone)), alone.all("section", aria_labelledby="partial")) == (1, 1, [])
    assert {"name": "match", "value": "all", "type": "hidden"} in [each.attributes for each in alone.all("input")]
    words = alone.one("nav", aria_label="Which words must match")
    assert (words.one("span").text, words.one("a").text) == ("All words, nothing else", "Best matches")
    assert words.one("a")["href"] == "/search?q=states+electronic&meeting=IX"


def test_the_pages_of_results_go_on_with_what_lacks_some_words(client: FlaskClient) -> None:
    seen: list[str] = []
    address, pages = "/search?q=states+electronic", 0
    while address:
        found, pages = page(client, address), pages + 1
        seen += hits(found)
        following = found.all("a", rel="next")
        address = following[0]["href"] if following else ""
    assert pages > 1
    assert len(seen) == len(set(seen)) == total(page(client, "/search?q=states+electronic&match=any"))
    assert page(client, f"/search?q=states+electronic&page={pages + 1}").all("article") == []


def test_where_nothing_has_all_words_those_with_some_can_be_counted_and_filtered(client: FlaskClient) -> None:
    found = page(client, "/search?q=network+ransomware&meeting=IX")
    assert total(found) == 0
    (link,) = [each for each in found.all("a") if each.text == "Count and filter them"]
    assert link["href"] == "/search?q=network+ransomware&meeting=IX&match=any"
    wide = page(client, link["href"])
    assert total(wide) == 1
    assert wide.one("article").one("p", class_="lacking").text == "Without: ransomware"
    assert {"name": "match", "value": "any", "type": "hidden"} in [each.attributes for each in wide.all("input")]
    words = wide.one("nav", aria_label="Which words must match")
    assert [each.text for each in words.all("li")] == ["Best matches", "All words, nothing else", "Any word"]


@pytest.mark.parametrize("address", ["/search?q=states", '/search?q="network+of+contacts"', "/search?q=-states"])
def test_where_there_are_not_several_words_it_is_not_asked_how_many_must_match(
    client: FlaskClient, address: str
) -> None:
    assert page(client, address).all("nav", aria_label="Which words must match") == []


def choices_in(found: Element, field: str) -> dict[str, tuple[int, bool, str]]:
    """The values of a facet by name: count, whether it is chosen, and where it leads."""
    section = found.one("section", aria_labelledby=f"facet-{field}")
    return {
        link.one("span", class_="value").text: (
            int(link.one("span", class_="number").text),
            "aria-current" in link.attributes,
            link["href"],
        )
        for link in section.all("a")
    }


def test_several_values_of_a_facet_can_be_chosen_and_taken_back_one_by_one(client: FlaskClient) -> None:
    one = page(client, "/search?meeting=sample/IX")
    nine, two = choices_in(one, "meeting")["IX (2016)"], choices_in(one, "meeting")["II (1999)"]
    assert (nine[1], two[1]) == (True, False)
    assert two[2] == "/search?meeting=sample/IX&meeting=sample/II"
    both = page(client, two[2])
    assert total(both) == nine[0] + two[0]
    assert [link["href"] for link in both.one("ul", class_="chosen").all("a")] == [
        "/search?meeting=sample/II",
        "/search?meeting=sample/IX",
    ]
    again = choices_in(both, "meeting")
    assert {name: (count, chosen) for name, (count, chosen, _) in again.items()} == {
        name: (count, chosen or name == "II (1999)") for name, (count, chosen, _) in choices_in(one, "meeting").items()
    }
    assert again["IX (2016)"][2] == "/search?meeting=sample/II"
    fields = both.one("form", class_="ask").all("input", type="hidden")
    assert [(each["name"], each["value"]) for each in fields] == [("meeting", "sample/IX"), ("meeting", "sample/II")]


def test_a_value_chosen_within_a_range_or_by_another_name_is_marked_and_can_be_taken_out(client: FlaskClient) -> None:
    named = choices_in(page(client, "/search?meeting=ninth"), "meeting")
    assert [name for name, (_, chosen, _) in named.items() if chosen] == ["IX (2016)"]
    assert named["IX (2016)"][2] == "/search"
    years = choices_in(page(client, "/search?year=1999..2006&year=2016"), "year")
    within = [name for name in years if "1999" <= name <= "2006"]
    assert {name for name, (_, chosen, _) in years.items() if chosen} == {*within, "2016"} < set(years)
    assert years["2016"][2] == "/search?" + "&".join(f"year={name}" for name in sorted(within))


def test_meetings_are_listed_newest_first_and_their_years_not_once_more(client: FlaskClient) -> None:
    found = page(client, "/search?q=states")
    names = list(choices_in(found, "meeting"))
    assert names == sorted(names, key=lambda name: name[-5:], reverse=True)
    assert choices_in(found, "year") == {}
    assert found.one("section", aria_labelledby="facet-year").all("form", class_="bounds")
    assert choices_in(page(client, "/search?q=states&year=1999..2016"), "year") == {}
    # Where one meeting is left, its list leaves no choice: that of the years does.
    assert len(choices_in(page(client, "/search?q=states&year=2016"), "year")) > 1


def test_a_bar_shows_how_large_a_count_is_beside_the_others(client: FlaskClient) -> None:
    found = page(client, "/search")
    section = found.one("section", aria_labelledby="facet-kind")
    bars = {link.one("span", class_="value").text: link.one("rect")["width"] for link in section.all("a")}
    assert {name: count for name, (count, _, _) in choices_in(found, "kind").items()} == {
        "Recommendations": 27,
        "Preambles": 9,
    }
    assert bars == {"Recommendations": "100%", "Preambles": "33%"}


def test_a_range_is_chosen_by_two_fields_of_a_form(client: FlaskClient) -> None:
    found = page(client, "/search?q=states&year=1999&kind=recommendation&ui=en")
    form = found.one("form", class_="bounds")
    assert [(each["name"], each["value"]) for each in form.all("input")] == [
        ("q", "states"),
        ("kind", "recommendation"),
        ("ui", "en"),
        ("year-from", "1999"),
        ("year-to", "1999"),
    ]
    for sent, chosen in (
        ("year-from=2006&year-to=2016", "&year=2006..2016"),
        ("year-from=&year-to=2016", "&year=..2016"),
        ("year-from=2006&year-to=", "&year=2006.."),
        ("year-from=99&year-to=99&year=2000&page=2", "&year=0099"),
    ):
        answer = client.get(f"/search?q=states&{sent}&ui=en")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/search?q=states{chosen}&ui=en")
    assert total(page(client, "/search?year-from=&year-to=&q=states")) == total(page(client, "/search?q=states"))
    assert page(client, "/search?year=1999..2016").one("ul", class_="chosen").one("strong").text == "1999–2016"
    assert page(client, "/search?year=1999..").one("ul", class_="chosen").one("strong").text == "from 1999"
    assert page(client, "/search?year=..2016").one("ul", class_="chosen").one("strong").text == "until 2016"
    page(client, "/search?year-from=soon", 400)


@pytest.mark.parametrize(
    ("sent", "corrected", "address"),
    [
        ("q=a+lang:español+b", "a lang:es b", "/search?q=a+lang:es+b&ui=es"),
        ("q=año:2016..1999", "año:1999..2016", "/search?q=a%C3%B1o:1999..2016&ui=es"),
        ("q=a&year=2016..1999&kind=note", "year:1999..2016", "/search?q=a&year=1999..2016&kind=note&ui=es"),
    ],
)
def test_where_one_can_tell_what_was_meant_the_corrected_query_is_a_link(
    client: FlaskClient, sent: str, corrected: str, address: str
) -> None:
    found = page(client, f"/search?{sent}&ui=es", 400)
    (link,) = [each for each in found.one("main").all("a") if each.all("code")]
    assert (link.text, link["href"]) == (f"Buscar {corrected}", address)


@pytest.mark.parametrize("match", ["all", "any"])
def test_each_choice_gives_as_many_results_as_it_says(client: FlaskClient, match: str) -> None:
    aside = page(client, f"/search?q=states+electronic&match={match}").one("aside", id="narrow")
    for link in aside.all("a"):
        said = int(link.one("span", class_="number").text)
        assert said == total(page(client, link["href"])), link["href"]
        assert ("match=any" in link["href"]) == (match == "any")


def test_the_last_page_is_the_last_also_where_any_word_may_match(client: FlaskClient) -> None:
    found = page(client, "/search?q=states+network&match=any")
    pages = -(-total(found) // 10)
    assert len(page(client, f"/search?q=states+network&match=any&page={pages}").all("article")) > 0
    beyond = page(client, f"/search?q=states+network&match=any&page={pages + 1}")
    assert beyond.all("article") == []
    assert f"The last page is {pages}" in beyond.one("main").text


def test_a_text_leads_back_to_results_that_are_asked_for_in_the_same_manner(client: FlaskClient) -> None:
    results = page(client, "/search?q=network+ransomware&match=any&equivalents=off")
    text = results.all("article")[0].one("h3").one("a")["href"]
    assert text.endswith("?q=network+ransomware&match=any&equivalents=off&result=1")
    (back,) = [each for each in page(client, text).all("a") if each.text == "Back to the results"]
    assert back["href"] == "/search?q=network+ransomware&match=any&equivalents=off"
    assert (
        "match"
        not in page(client, "/item/sample/IX/3?q=network&match=x").one("nav", class_="trail").all("a")[0]["href"]
    )


def test_a_text_knows_its_place_among_the_results_and_leads_back_to_their_page(client: FlaskClient) -> None:
    asked = "q=estados+OR+states&lang=es&sort=date&explain=on"
    results = page(client, f"/search?{asked}&page=2")
    links = [each.one("h3").one("a")["href"] for each in results.all("article")]
    eleventh = page(client, links[0])
    trail = eleventh.one("nav", class_="trail")
    assert "Result 11 of 18" in trail.text
    assert trail.all("a")[0]["href"] == f"/search?{asked}&page=2"
    assert trail.one("a", rel="next")["href"] == links[1].partition("#")[0]
    tenth = page(client, trail.one("a", rel="prev")["href"]).one("nav", class_="trail")
    assert "Result 10 of 18" in tenth.text
    assert tenth.all("a")[0]["href"] == f"/search?{asked}"
    first = page(client, f"/item/sample/X/1?{asked}&result=1").one("nav", class_="trail")
    assert (len(first.all("a", rel="prev")), len(first.all("a", rel="next"))) == (0, 1)
    around = [link["href"] for link in eleventh.one("nav", class_="pager").all("a")]
    assert around
    assert all(asked in address and "result" not in address for address in around)


@pytest.mark.parametrize("number", ["2", "99", "0", "x"])
def test_where_another_text_stands_at_the_number_by_now_no_place_is_told(client: FlaskClient, number: str) -> None:
    trail = page(client, f"/item/sample/IX/2?q=evidence&meeting=IX&result={number}").one("nav", class_="trail")
    assert "Result" not in trail.text
    assert trail.all("a")[0].text == "Back to the results"


def test_a_filter_alone_leads_back_to_its_results(client: FlaskClient) -> None:
    link = page(client, "/search?year=2016").all("article")[0].one("h3").one("a")["href"]
    assert page(client, link).one("nav", class_="trail").all("a")[0]["href"] == "/search?year=2016"
    assert page(client, "/item/sample/IX/2").one("nav", class_="trail").all("a")[0]["href"] == "/meetings#sample"


@pytest.mark.parametrize("address", PAGES)
def test_every_page_describes_itself_and_names_its_languages_by_whole_addresses(
    client: FlaskClient, address: str
) -> None:
    found = page(client, address)
    (description,) = [each["content"] for each in found.all("meta") if each.has({"name": "description"})]
    assert 10 < len(description) < 260
    alternates = {
        each["hreflang"]: each["href"] for each in found.all("link", rel="alternate") if "hreflang" in each.attributes
    }
    assert set(alternates) == {*LANGUAGES, "x-default"}
    assert all(each.startswith("http://localhost/") for each in alternates.values())


@pytest.mark.parametrize("address", [each for each in PAGES if each != "/"])
def test_every_page_has_the_search_box_once(client: FlaskClient, address: str) -> None:
    form = page(client, address).one("header").one("form", class_="ask")
    assert form.one("button").text == "Search"


def test_terms_searched_as_well_are_one_line_that_opens(client: FlaskClient) -> None:
    notes = page(client, "/search?q=cybercrime").one("ul", class_="notes")
    folded = notes.one("details")
    assert folded.one("summary").text == "+2 related terms"
    assert "delito cibernético, demora la evidencia" in folded.text
    assert "open" not in folded.attributes
    assert folded.one("a")["href"] == "/search?q=cybercrime&equivalents=off"


def test_words_with_the_same_meaning_can_be_left_out(client: FlaskClient) -> None:
    found = page(client, "/search?q=states&lang=es")
    assert total(found) == 0
    assert page(client, "/search?q=states&equivalents=off").one("ul", class_="notes").one("a")["href"] == (
        "/search?q=states"
    )


def test_each_result_says_why_it_is_one(client: FlaskClient) -> None:
    asked = page(client, "/search?q=network+contact&meeting=IX")
    assert asked.all("details", class_="why") == []
    (link,) = [each for each in asked.all("a") if each.text == "Explain the results"]
    why = page(client, link["href"]).one("article").one("details", class_="why")
    rows = [[cell.text for cell in row.all("td")] for row in why.one("tbody").all("tr")]
    assert [row[:-1] for row in rows] == [
        ["network", "network", "as typed"],
        ["contact", "contacts", "another form of the word"],
        ["network contact", "the words are close together"],
    ]
    shown = [float(row[-1]) for row in rows]
    assert sum(shown) == pytest.approx(float(why.one("tfoot").one("td").text), abs=0.02)


@pytest.mark.parametrize(
    ("asked", "meeting", "rest"),
    [
        ("recommendations of the fourth meeting", "IV", None),
        ("recomendaciones de la cuarta reunión", "IV", None),
        ("recommendations of 2006", "IV", None),
        ("network in the fourth meeting", "IV", "/search?q=network&meeting=sample/IV"),
    ],
)
def test_a_meeting_that_the_query_names_is_offered_and_not_taken_for_granted(
    client: FlaskClient, asked: str, meeting: str, rest: str | None
) -> None:
    found = page(client, f"/search?q={asked}")
    links = [each["href"] for each in found.one("ul", class_="notes").all("a")]
    assert f"/meeting/sample/{meeting}" in links
    assert f"/meeting/remja-cybercrime/{meeting}" not in links
    assert [link for link in links if "meeting=" in link] == ([rest] if rest else [])
    assert found.all("ul", class_="chosen") == []
    assert total(page(client, rest or "/search")) > 0


def test_a_meeting_without_a_text_is_offered_where_the_query_names_no_other(client: FlaskClient) -> None:
    notes = page(client, "/search?q=CIBER-IX/doc.3/16").one("ul", class_="notes")
    assert notes.all("a")[0]["href"] == "/meeting/remja-cybercrime/IX"


@pytest.mark.parametrize("view", ["/search", "/embed/v1/fragment"])
@pytest.mark.parametrize(
    ("asked", "heading", "path"),
    [
        ("recommendation 2 ninth meeting", "You cited this recommendation", "/item/sample/IX/2"),
        ("recommendation 2 ninth meeting&ui=es", "Usted citó esta recomendación", "/item/sample/IX/2"),
        ("preamble 1 of IX", "You cited this text", "/item/sample/IX/preamble.1"),
        ("recommendations 1 and 2 of IX", "You cited these texts", "/item/sample/IX/1"),
        ("ISLA-IX/doc.3/16", "You cited the document ISLA-IX/doc.3/16 rev.1", "/item/sample/IX/preamble.1"),
    ],
)
def test_what_a_query_cites_comes_first_and_it_is_said_why(
    client: FlaskClient, view: str, asked: str, heading: str, path: str
) -> None:
    found = page(client, f"{view}?q={asked}")
    assert heading in found.text
    assert "also matched" not in found.text.partition("result")[0]
    firsts = [each.all("a")[0]["href"] for each in found.all("li") if each.all("blockquote")]
    assert urlsplit(firsts[0]).path == path


def test_a_cited_item_that_is_found_as_well_stands_on_the_page_once(client: FlaskClient) -> None:
    plain = page(client, "/search?q=lang:en")
    cited = page(client, "/search?q=lang:en recommendation 2 IX")
    links = [urlsplit(each.all("a")[0]["href"]).path for each in cited.all("li") if each.all("blockquote")]
    assert links.count("/item/sample/IX/2") == 1
    assert total(plain) > 0


@pytest.mark.parametrize("view", ["/search", "/embed/v1/fragment", "/embed/v1/frame"])
def test_a_cited_item_is_no_partial_match_as_well(client: FlaskClient, view: str) -> None:
    found = page(client, f"{view}?q=rec. 3 of IX network soon possible")
    links = [urlsplit(each.all("a")[0]["href"]).path for each in found.all("li") if each.all("blockquote")]
    assert "match some of the words" in found.text
    assert links[0] == "/item/sample/IX/3"
    assert links.count("/item/sample/IX/3") == 1 < len(links)


@pytest.mark.parametrize("view", ["/search", "/embed/v1/fragment", "/embed/v1/frame"])
@pytest.mark.parametrize("asked", ["recommendation 3 ninth meeting", "rec. 3 of IX", "IX/3", "recommendation 3 (2016)"])
def test_beside_what_is_cited_alone_no_other_answer_is_offered(client: FlaskClient, view: str, asked: str) -> None:
    found = page(client, f"{view}?q={asked}")
    links = [urlsplit(each.all("a")[0]["href"]).path for each in found.all("li") if each.all("blockquote")]
    assert links == ["/item/sample/IX/3"]
    for offer in ("some of the words", "all of these words", "Do you mean", "Also searched"):
        assert offer not in found.text


def test_beside_a_cited_document_its_meeting_is_linked_once(client: FlaskClient) -> None:
    main = page(client, "/search?q=ISLA-IX//doc. 3/16 rev. 1").one("main")
    assert "All texts of this meeting" in main.text
    assert "Do you mean" not in main.text


def test_what_else_has_the_words_of_a_citation_follows_it(client: FlaskClient) -> None:
    found = page(client, "/search?q=recommendation 3 ninth meeting&match=any")
    assert "Do you mean" in found.one("main").text
    assert total(found) > 1


def test_a_citation_leaves_the_count_and_the_facets_as_they_are(client: FlaskClient) -> None:
    asked = "/api/v1/search?q=evidence recommendation 2 IX"
    data = client.get(asked).get_json()["data"]
    assert [each["id"] for each in data["cited"]] == ["sample/IX/2"]
    assert data["cited_document"] is None
    assert data["total"] == client.get(f"{asked}&page=2").get_json()["data"]["total"]
    assert client.get(f"{asked}&page=2").get_json()["data"]["cited"] == []
    assert client.get(f"{asked}&meeting=II").get_json()["data"]["cited"] == []


@pytest.mark.parametrize("asked", ["IV", "fourth", "AG/RES. 2068", "REMJA-IV", '"fourth meeting"'])
def test_a_number_alone_names_no_meeting(client: FlaskClient, asked: str) -> None:
    assert "Do you mean" not in page(client, f"/search?q={asked}").one("main").text


def test_a_correction_that_finds_nothing_is_not_offered(client: FlaskClient) -> None:
    assert "Did you mean evidence?" in page(client, "/search?q=evidnce").one("main").text
    assert "Did you mean" not in page(client, "/search?q=evidnce+network").one("main").text


def test_a_filter_that_cannot_be_read_is_an_error_that_says_where_and_how(client: FlaskClient) -> None:
    found = page(client, "/search?q=states+year:x", 400)
    assert "year:2006" in found.one("main").text
    assert found.one("main").one("mark").text.startswith("year:x")
    assert found.one("input", id="q")["value"] == "states year:x"


def test_a_chosen_value_that_cannot_be_read_is_an_error(client: FlaskClient) -> None:
    page(client, "/search?year=x", 400)


def test_the_language_of_the_interface_is_chosen_by_the_address_then_by_the_browser(client: FlaskClient) -> None:
    assert page(client, "/?ui=es", Accept_Language="en").one("html")["lang"] == "es"
    assert page(client, "/", Accept_Language="de, pt;q=0.8").one("html")["lang"] == "pt"
    assert page(client, "/?ui=xx").one("html")["lang"] == "en"


def test_the_chosen_language_of_the_interface_is_carried_in_every_link(client: FlaskClient) -> None:
    found = page(client, "/search?q=states&ui=es")
    inner = [link["href"] for link in found.all("a") if link["href"].startswith("/") and "/pdf/" not in link["href"]]
    assert all("ui=" in address for address in inner)
    assert [each["value"] for each in found.one("form", class_="ask").all("input", type="hidden")] == ["es"]


def test_the_language_links_stay_on_the_page(client: FlaskClient) -> None:
    found = page(client, "/search?q=mutual+assistance&year=2016")
    assert found.one("a", hreflang="es")["href"] == "/search?q=mutual+assistance&year=2016&ui=es"


def meetings_linked(found: Element) -> set[str]:
    return {link["href"].split("?")[0] for link in found.all("a") if "/meeting/" in link["href"]}


def test_all_meetings_are_listed_whether_or_not_anything_is_fetched(client: FlaskClient) -> None:
    listed = {f"/meeting/{meeting.key}" for meeting in publication().meetings}
    assert meetings_linked(page(client, "/meetings")) == listed
    # The first page shows the bodies that can be searched.
    assert meetings_linked(page(client, "/")) == {address for address in listed if "/sample/" in address}


def test_the_first_page_says_what_is_new_and_what_one_can_try(client: FlaskClient) -> None:
    found = page(client, "/")
    latest = found.one("p", class_="latest")
    assert latest.text.startswith("Latest meeting: X · Tenth Meeting")
    assert latest.one("a")["href"] == "/meeting/sample/X"
    assert "Last updated on" in found.text
    tried = found.one("p", class_="try").all("a")
    assert 2 <= len(tried) <= 3
    assert all(total(page(client, link["href"])) for link in tried)


def test_a_meeting_shows_its_texts_in_order_and_what_is_missing(client: FlaskClient) -> None:
    found = page(client, "/meeting/sample/V")
    paths = [each["id"] for each in found.one("ol", class_="texts").all("li") if "id" in each.attributes]
    assert paths == ["preamble.1", "1", "2", "3"]
    rows = [[cell.text for cell in row.all("td")] for row in found.one("tbody").all("tr")]
    assert [row[0] for row in rows][:2] == ["English", "Español"]
    assert {row[3] for row in rows if row[2] == "Searchable"} == {"2"}
    neighbours = found.one("ul", class_="steps").all("a")
    assert [link["href"] for link in neighbours] == ["/meeting/sample/IV", "/meeting/sample/VI"]
    within = found.one("form", class_="within")
    assert [(each["name"], each.attributes.get("value")) for each in within.all("input")] == [
        ("meeting", "sample/V"),
        ("q", None),
    ]


def test_a_meeting_is_read_in_the_language_asked_for(client: FlaskClient) -> None:
    for address in ("/meeting/sample/IX?lang=es", "/meeting/sample/IX?ui=es"):
        texts = page(client, address).one("ol", class_="texts").all("p", class_="text")
        assert {each["lang"] for each in texts} == {"es"}
    texts = page(client, "/meeting/sample/IX?lang=xx").one("ol", class_="texts").all("p", class_="text")
    assert {each["lang"] for each in texts} == {"en"}


def test_a_meeting_without_documents_says_so(client: FlaskClient) -> None:
    found = page(client, "/meeting/remja-cybercrime/III")
    assert found.text.count("Not available yet") == 2
    assert found.all("ol", class_="texts") == []


def test_an_item_shows_all_versions_as_printed_with_everything_to_cite_it(client: FlaskClient) -> None:
    item = next(each for each in publication().items if each.id == "sample/IX/2")
    found = page(client, "/item/sample/IX/2")
    assert [each.text for each in found.all("blockquote", class_="words")] == [each.text for each in item.versions]
    assert [each["lang"] for each in found.all("blockquote", class_="words")] == ["en", "es"]
    assert all(each.sha256 in found.text for each in item.versions)
    (cited,) = [each.text for each in found.all("span") if each.attributes.get("id") == "own-en"]
    assert cited == (
        "Serenda Working Group on Cybercrime and Digital Evidence (fictional), Ninth Meeting of the Working Group on "
        f"Cybercrime and Digital Evidence, Port Ambrel, Alvora, December 12–13, 2016, Recommendation 2, "
        f"{item.versions[0].symbol}, page 2. http://localhost/item/sample/IX/2"
    )
    (official,) = [link["href"] for link in found.all("a") if link["href"].startswith(OFFICIAL)]
    assert official.startswith(f"{OFFICIAL}#page=2&search=That%20States%20consider")


def test_an_item_says_where_no_value_of_a_field_is_named(tmp_path: Path) -> None:
    known = publication()
    values = {"sample/IX/1": {"addressee": ("states",)}}
    items = tuple(replace(each, values=values.get(each.id, {})) for each in known.items)
    made = shelf(tmp_path / "index", WhooshEngine())
    publish(made, replace(known, items=items), "b" * 16)
    with closing(Reader(made)) as reader:
        client = visitor(create_app(Settings(), reader))

        def addressees(path: str, ui: str = "en") -> list[str]:
            facts = [each.text for each in page(client, f"/item/sample/IX/{path}?ui={ui}").all("p", class_="facts")]
            return [each for each in facts if each.startswith(("Addressee", "Destinatario"))]

        assert addressees("1") == ["Addressee: States"]
        assert addressees("2") == ["Addressee: none named"]
        assert addressees("2", "es") == ["Destinatario: no se nombra ninguno"]
        assert addressees("preamble.1") == []


def test_the_words_of_the_query_are_still_marked_on_the_items_page(client: FlaskClient) -> None:
    found = page(client, "/item/sample/IX/2?q=evidence")
    assert "evidence" in [mark.text for mark in found.all("mark")]
    assert "/search?q=evidence" in [link["href"] for link in found.all("a")]
    plain = page(client, "/item/sample/IX/2").one("div", class_="versions")
    assert plain.all("mark") == []


def test_an_item_is_shown_also_for_a_query_that_cannot_be_read(client: FlaskClient) -> None:
    found = page(client, "/item/sample/IX/2?q=year:x")
    assert found.one("p", role="alert").text == "Your search terms could not be highlighted."


def test_an_item_leads_to_its_neighbours(client: FlaskClient) -> None:
    def around(path: str) -> list[str]:
        found = page(client, f"/item/sample/IX/{path}")
        return [link.text for link in found.one("nav", class_="pager").all("a")]

    assert around("preamble.1") == ["Next: Recommendation 1"]
    assert around("1") == ["Previous: Preamble [1]", "Next: Recommendation 2"]
    assert around("3") == ["Previous: Recommendation 2"]


def test_results_say_what_a_number_in_brackets_is(client: FlaskClient) -> None:
    said = "Numbers in brackets were counted"
    assert said in page(client, "/search?q=evidence&meeting=IV").text
    assert said not in page(client, "/search?q=evidence&meeting=IX").text


def test_a_counted_number_is_told_from_a_printed_one(client: FlaskClient) -> None:
    found = page(client, "/item/sample/IV/2")
    assert found.one("h1").text.startswith("Recommendation [2]")
    assert "the document prints none" in found.one("main").text


def test_the_permanent_address_is_the_public_one_where_that_is_set(reader: Reader) -> None:
    public = create_app(Settings(public_url="https://search.example.org"), reader)
    found = page(visitor(public), "/item/sample/IX/2")
    assert found.one("link", rel="canonical")["href"] == "https://search.example.org/item/sample/IX/2"


def test_the_coverage_page_has_a_row_for_every_entry_of_the_ledger(client: FlaskClient) -> None:
    found = page(client, "/coverage")
    tables = found.all("table", class_="stack")
    assert sum(len(table.one("tbody").all("tr")) for table in tables) == len(publication().ledger)
    assert "1 number missing before 4. Compare it with the PDF; where it was cut wrongly, say" in found.text
    assert "No recommendation was found in it." in found.text


def test_the_coverage_page_shows_at_a_glance_which_meeting_has_which_language(client: FlaskClient) -> None:
    found = page(client, "/coverage")
    sample, real = found.all("table", class_="matrix")
    rows = {row.one("th").text: [cell.text[0] for cell in row.all("td")] for row in sample.one("tbody").all("tr")}
    assert len(rows) == 10
    assert rows["IX (2016)"][:2] == ["●", "●"]
    assert rows["I (1999)"][:2] == ["◐", "◐"]
    assert {cell.text for cell in real.all("td")} == {"○Not available yet"}
    assert [link["href"] for link in sample.all("a") if "/pdf/" in link["href"]]


def test_the_coverage_page_shows_what_was_weighed_about_the_meeting_of_a_file(tmp_path: Path) -> None:
    known = publication()
    weighed = (
        Evidence(message("title", "IX", "<Ninth> Meeting"), Weight.FOR),
        Evidence(message("no-heading", "IX"), Weight.AGAINST),
    )
    asked = Entry(
        body="sample",
        meeting=NO_MEETING,
        language=None,
        role="recommendations",
        state=State.UNASSIGNED,
        file="x.pdf",
        reason=weighed[1].message,
        evidence=weighed,
    )
    given = replace(known.ledger[0], evidence=(Evidence(message("folder", "I"), Weight.DECIDES),))
    made = shelf(tmp_path / "index", WhooshEngine())
    publish(made, replace(known, ledger=(given, *known.ledger[1:], asked)), "b" * 16)
    with closing(Reader(made)) as reader:
        client = visitor(create_app(Settings(), reader))
        found = page(client, "/coverage")
        assert "Decides: It lies in a folder named after meeting I." in [each.text for each in found.all("li")]
        question = next(each for each in found.all("li") if each.text.startswith("x.pdf: It is of meeting IX, but no"))
        assert [each.text for each in question.all("li")] == [
            "Supports: It prints the name of meeting IX: “<Ninth> Meeting”.",
        ]
        spanish = page(client, "/coverage?ui=es")
        assert "Decide: Está en una carpeta con el nombre de la reunión I." in [each.text for each in spanish.all("li")]
        assert "x.pdf: Es de la reunión IX, pero ningún título dice que contenga recomendaciones." in spanish.text


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        (message("file-not-there"), "There is no such file in the folder of PDFs. Put it there, or mend its name"),
        (message("not-fetched", message("put-it-there")), "Not fetched: "),
        (message("put-it-there"), ""),
    ],
)
def test_the_coverage_page_says_why_a_document_is_not_there(tmp_path: Path, reason: Message, shown: str) -> None:
    known = publication()
    first = known.ledger[0]
    absent = replace(first, state=State.NOT_FETCHED, reason=reason, warnings=(), evidence=(), symbol="")
    made = shelf(tmp_path / "index", WhooshEngine())
    publish(made, replace(known, ledger=(absent, *known.ledger[1:])), "b" * 16)
    with closing(Reader(made)) as reader:
        found = page(visitor(create_app(Settings(), reader)), "/coverage")
    document, cell = found.all("tr", class_="not-fetched")[0].all("td")[1:3]
    assert (document.text.split()[0], document.all("a")) == (first.file, [])
    assert cell.text.removeprefix("Not available yet").strip().startswith(shown)
    assert bool(shown) == (cell.text.strip() != "Not available yet")


def test_the_coverage_page_says_what_keeps_builds_from_publishing(tmp_path: Path) -> None:
    made = shelf(tmp_path / "index", WhooshEngine())
    with closing(Reader(made)) as reader:
        client = visitor(create_app(Settings(), reader))
        before = client.get("/coverage")
        write_failure(made.folder, (message("no-catalogue", "<corpus>"), message("not-utf-8", "catalogue.toml", 3)))
        assert client.get("/coverage", headers={"If-None-Match": before.headers["ETag"]}).status_code == 200
        told = page(client, "/coverage").one("section", id="stopped")
        assert [each.text for each in told.all("li")] == [
            "<corpus>: no catalogue here. `indexer init FOLDER` proposes one for a folder of PDFs.",
            "catalogue.toml: byte 3 is no UTF-8. Save it as a text file in UTF-8.",
        ]
        clear_failure(made.folder)
        assert client.get("/coverage", headers={"If-None-Match": before.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", ["/nothing", "/item/sample/IX/99", "/item/x", "/meeting/sample/XL", "/search/x"])
def test_what_is_not_there_is_a_page_that_helps(client: FlaskClient, address: str) -> None:
    found = page(client, address, 404)
    assert found.one("h1").text == "There is no such page"
    assert found.one("form")


def test_only_reading_is_answered(client: FlaskClient) -> None:
    response = client.post("/search", data={"q": "states"})
    assert response.status_code == 405
    assert read(response.text).one("h1").text == "This request cannot be answered"


@pytest.mark.parametrize("address", ["/", "/search?q=x", "/help", "/item/a/b/c", "/pdf/a/b.pdf"])
def test_before_the_first_build_every_page_names_the_command(empty_client: FlaskClient, address: str) -> None:
    found = page(empty_client, address, 503)
    assert {"indexer build", "make run"} <= {code.text for code in found.all("code")}


def test_a_fault_of_ours_is_a_page_without_details(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("search_app.views.pages.ask", fail)
    response = client.get("/search?q=states")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert read(response.text).one("h1").text == "Something went wrong"


def test_every_field_of_which_there_are_values_can_be_chosen_by_the_address(client: FlaskClient) -> None:
    facets = client.get("/api/v1/search").get_json()["data"]["facets"]
    assert [facet["field"] for facet in facets] == list(FIELDS)
    chosen = [(facet["field"], facet["values"][0]) for facet in facets if facet["values"]]
    assert len(chosen) >= 5
    for field, value in chosen:
        assert total(page(client, f"/search?{field}={value['value']}")) == value["count"] > 0


def test_a_whole_page_of_results_weighs_less_than_sixty_kilobytes(client: FlaskClient) -> None:
    found = client.get("/search?q=states")
    shown = read(found.text)
    assets = [each["href"] for each in shown.all("link") if each["href"].startswith("/static/")]
    assets.append(shown.one("script")["src"])
    assert len(assets) == 3
    assert len(found.data) + sum(len(client.get(asset).data) for asset in assets) < 60_000


@pytest.mark.parametrize(
    ("asked", "corrected"),
    [
        (
            "q=lang:español&meeting=IX&sort=oldest&match=any&page=3&ui=en",
            "/search?q=lang:es&meeting=IX&sort=oldest&match=any&ui=en",
        ),
        ("q=law&meeting=IX&year=2016..2006&meeting=V", "/search?q=law&meeting=IX&year=2006..2016&meeting=V"),
        ("q=law&meeting=IX&meeting=V&sort=foo", "/search?q=law&meeting=IX&meeting=V"),
        ("q=law&meeting=IX&page=0", "/search?q=law&meeting=IX"),
        ("q=law&lang=es&year-from=abc&year-to=2006", "/search?q=law&lang=es&year-to=2006"),
    ],
)
def test_a_corrected_address_keeps_all_else_that_was_asked(client: FlaskClient, asked: str, corrected: str) -> None:
    found = page(client, f"/search?{asked}", 400)
    assert corrected in [link["href"] for link in found.one("div", class_="failure").all("a")]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/search?year-from=abc", "“year-from” cannot be “abc”. Give a number from 1 to 9999."),
        ("/search?year-from=-5", "“year-from” cannot be “-5”. Give a number from 1 to 9999."),
        ("/embed/v1/fragment?own=abc", "“own” cannot be “abc”. Give a number from 1 to 999."),
        (f"/search?lang={'x' * 201}", "“lang” is empty or too long. Give 1 to 200 characters."),
        ("/search?match=some", "“match” cannot be “some”. Give one of best, all, any."),
        ("/embed/v1/frame?at=x", "“at” cannot be “x”. Write it as in https://example.org/search."),
    ],
)
def test_a_bad_parameter_says_what_it_may_be(client: FlaskClient, address: str, said: str) -> None:
    assert page(client, address, 400).one("p", role="alert").text == said


def test_a_reversed_range_has_one_message_however_it_is_asked(client: FlaskClient) -> None:
    asked = ("/search?q=year:2016..2006", "/search?year=2016..2006")
    form = client.get("/search?year-from=2016&year-to=2006").headers["Location"]
    found = [page(client, each, 400).one("div", class_="failure") for each in (*asked, form)]
    assert {each.one("p", role="alert").text for each in found} == {"“year:2016..2006” ends before it begins."}
    assert {link.text for each in found for link in each.all("a")} == {"Search tips", "Search for year:2006..2016"}
