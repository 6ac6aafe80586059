import pytest
from playwright.sync_api import Route

from tests.browser.conftest import Visit
from tests.browser.test_accessibility import violations
from tests.support.portal import Portal
from tests.support.steps import FIELD, HOSTILE, WATCHED, asked, complaints, keep, search, until


@pytest.mark.parametrize("head", ["", HOSTILE], ids=["plain", "hostile"])
def test_the_element_searches_shows_and_turns_pages(visit: Visit, portal: Portal, head: str) -> None:
    seen = visit()
    page = seen.page
    page.goto(portal.put(portal.snippet(tier="element", size="4", body="sample", lang="es"), head))
    hits = search(page, "evidencia electrónica")
    assert hits.count() == 4
    assert "9 resultados, 1–4" in page.locator(".rs-count").inner_text()
    assert hits.first.locator("mark").all_inner_texts() == ["evidencia", "electrónica"]
    assert hits.first.locator(".rs-snippet").get_attribute("lang") == "es"
    assert "<b>&amp;</b>" in hits.first.locator(".rs-snippet").inner_text()
    assert page.locator(".rs-notice").is_visible()
    hits.first.locator("summary").click()
    assert f"{portal.search}/item/sample/II/2" in hits.first.locator(".rs-citation").inner_text()
    page.get_by_role("button", name="Siguiente").click()
    page.locator(".rs-count", has_text="5–8").wait_for()
    until(page, "document.activeElement.shadowRoot.activeElement.role === 'status'")
    page.locator(".rs-title a").first.click()
    page.wait_for_url(f"{portal.search}/item/**")
    assert page.locator("mark").count() > 0
    assert complaints(seen, portal) == []


def test_the_element_is_the_plain_form_where_scripts_do_not_run(visit: Visit, portal: Portal) -> None:
    seen = visit(java_script_enabled=False)
    seen.page.goto(portal.put(portal.snippet(tier="element", meeting="sample/IX"), HOSTILE))
    seen.page.locator(FIELD).fill("evidencia")
    seen.page.locator("button").click()
    seen.page.wait_for_url(f"{portal.search}/search?*")
    assert seen.page.locator("article").count() == 1


def test_the_page_around_the_element_stays_as_it_is(visit: Visit, portal: Portal) -> None:
    content = portal.snippet(tier="element", size="3")
    form = content[: content.index("<script")]
    for head in ("", HOSTILE):
        pictures = []
        for held in (form, content):
            page = visit().page
            page.goto(portal.put(held, head))
            if held is content:
                page.locator("#q").wait_for()
            mask = [page.locator("recommendation-search form")]
            pictures.append(page.screenshot(full_page=True, mask=mask, animations="disabled"))
        assert pictures[0] == pictures[1]
        around = [page.locator(each) for each in ("h1", "#above", "#below")]
        before = [each.screenshot() for each in around]
        height = page.locator("recommendation-search").evaluate("each => each.getBoundingClientRect().height")
        search(page, "evidencia")
        page.locator("recommendation-search").evaluate(  # whole pixels, for letters are drawn otherwise between them
            f"each => each.style.blockSize = `${{{height} + Math.ceil(each.getBoundingClientRect().height)}}px`"
        )
        assert [each.screenshot() for each in around] == before


def shifts(visit: Visit, portal: Portal, width: int, **choices: str) -> object:
    """The distance by which a page moves by itself, where script and answer are late."""
    page = visit(viewport={"width": width, "height": 800}).page
    held: list[Route] = []
    page.route("**/recommendation-search.js", keep(held))
    page.route("**/api/v1/**", keep(held))
    page.goto(portal.put(portal.snippet(tier="element", size="3", **choices), WATCHED), wait_until="commit")
    until(page, "performance.getEntriesByName('first-contentful-paint').length > 0")
    held.pop().continue_()
    page.locator("#q").press_sequentially("evidencia")
    if not choices:
        page.locator("#q").press("Enter")
    until(page, "performance.now() > acted + 600")
    held.pop().continue_()
    page.locator(".rs-hit").first.wait_for()
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate("shifts")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("choices", [{}, {"live": "1"}], ids=["asked", "typed"])
def test_nothing_shifts_when_the_script_and_the_answer_are_late(
    visit: Visit, portal: Portal, width: int, choices: dict[str, str]
) -> None:
    # A busy machine can be too late to make room within half a second; it is not in three tries.
    assert any(shifts(visit, portal, width, **choices) == [] for _ in range(3))


def test_the_observer_would_see_a_shift(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put("<p id=late></p>", WATCHED))
    # Until it is seen: what moves before the first frame was painted has moved for nobody.
    until(page, "document.querySelector('#late').append('x '.repeat(3000)), shifts.length > 0")


def test_nothing_is_loaded_before_the_first_search(visit: Visit, portal: Portal) -> None:
    seen = visit()
    paths = asked(seen, portal)
    seen.page.goto(portal.put(portal.snippet(tier="element", live="1")))
    seen.page.locator("#q").click()
    seen.page.locator("#q").type("ev")
    assert [each for each in paths if each.startswith("/")] == ["/embed/v1/recommendation-search.js"]
    seen.page.evaluate("window.acted = performance.now()")
    typed_and_sent = "each.value = 'evidencia'; each.dispatchEvent(new Event('input')); each.form.requestSubmit();"
    seen.page.locator("#q").evaluate(f"each => {{ {typed_and_sent} }}")
    seen.page.locator(".rs-hit").first.wait_for()
    until(seen.page, "performance.now() > acted + 400")  # what was typed would have been searched again by then
    assert sum(each.startswith("/api/v1/search?") for each in paths) == 1


def test_what_was_typed_before_the_element_took_over_stays(visit: Visit, portal: Portal) -> None:
    page = visit().page
    held: list[Route] = []
    page.route("**/recommendation-search.js", keep(held))
    page.goto(portal.put(portal.snippet(tier="element")), wait_until="commit")
    page.locator(FIELD).first.type("evid")
    held[0].continue_()
    until(page, "document.activeElement.shadowRoot?.activeElement.id === 'q'")
    page.keyboard.type("encia")
    assert page.locator("#q").input_value() == "evidencia"


def test_several_elements_on_a_page_do_not_meet(visit: Visit, portal: Portal) -> None:
    page = visit().page
    ninth, fifth = (portal.snippet(tier="element", meeting=f"sample/{meeting}") for meeting in ("IX", "V"))
    page.goto(portal.put(ninth + fifth))
    for place, meeting in ((0, "IX"), (1, "V")):
        element = page.locator("recommendation-search").nth(place)
        element.locator("#q").fill("evidencia")
        element.locator("#q").press("Enter")
        element.locator(".rs-hit").first.wait_for()
        assert f"/meeting/sample/{meeting}" in str(element.locator(".rs-facts a").first.get_attribute("href"))
    assert page.locator(".rs-hit").count() == 2


def test_results_can_be_shown_as_one_types(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put(portal.snippet(tier="element", live="1")))
    page.locator("#q").type("evidencia")
    page.locator(".rs-hit").first.wait_for()
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.id") == "q"
    page.locator("#q").fill("e")
    page.locator(".rs-hit").first.wait_for(state="detached")
    assert page.locator(".rs-count").inner_text() == ""


def test_pages_are_those_of_the_results_shown_whatever_was_typed_since(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put(portal.snippet(tier="element", size="4", body="sample")))
    search(page, "evidencia")
    page.locator("#q").fill("unidad")
    page.get_by_role("button", name="Siguiente").click()
    page.locator(".rs-count", has_text="5–8").wait_for()
    assert set(page.locator(".rs-hit mark").all_inner_texts()) == {"evidencia"}
    assert page.locator("#q").input_value() == "evidencia"


def test_results_can_be_shown_on_the_search_site(visit: Visit, portal: Portal) -> None:
    seen = visit()
    paths = asked(seen, portal)
    seen.page.goto(portal.put(portal.snippet(tier="element", results="site", meeting="sample/IX"), HOSTILE))
    seen.page.locator("#q").fill("comunicación")
    seen.page.locator("#q").press("Enter")
    seen.page.wait_for_url(f"{portal.search}/search?*")
    assert seen.page.locator("#q").input_value() == "comunicación"
    assert not [each for each in paths if each.startswith("/api/")]


def test_the_page_is_told_what_happens_and_can_refuse_it(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put(portal.snippet(tier="element"), WATCHED))
    search(page, "evidencia")
    (first, one), (second, two) = page.evaluate("told")
    assert (first, one) == ("rs-search", {"words": "evidencia", "page": 1})
    assert (second, two["words"], two["page"], two["total"]) == ("rs-results", "evidencia", 1, 9)
    assert two["generation"] == "a" * 16
    page.evaluate("window.refused = 'rs-open'")
    page.locator(".rs-title a").first.click()
    name, detail = page.evaluate("told.at(-1)")
    assert (name, detail["id"]) == ("rs-open", "sample/II/2")
    assert detail["address"].startswith(f"{portal.search}/item/sample/II/2?")
    assert page.url.startswith(portal.address)
    page.evaluate("window.refused = 'rs-search'")
    page.locator("#q").press("Enter")
    assert page.evaluate("told.at(-1)[0]") == "rs-search"
    page.evaluate("window.refused = ''")
    page.locator("#q").fill("year:x")
    page.locator("#q").press("Enter")
    until(page, "told.at(-1)[0] === 'rs-error'")
    assert page.evaluate("told.at(-1)[1].message") == page.locator(".rs-count").inner_text() != ""


def test_where_the_search_cannot_be_reached_the_element_says_so_and_leads_there(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.route("**/api/v1/**", lambda route: route.abort())
    page.goto(portal.put(portal.snippet(tier="element", meeting="sample/IX")))
    page.locator("#q").fill("evidencia")
    page.locator("#q").press("Enter")
    page.locator(".rs-more a").click()
    page.wait_for_url(f"{portal.search}/search?*")
    assert page.locator("article").count() == 1


def test_an_earlier_answer_never_comes_over_a_later_one(visit: Visit, portal: Portal) -> None:
    page = visit().page
    held: list[Route] = []
    page.route("**/api/v1/search?q=red*", keep(held))
    page.goto(portal.put(portal.snippet(tier="element")))
    page.locator("#q").fill("red")
    page.locator("#q").press("Enter")
    search(page, "evidencia")
    held[0].abort()
    page.evaluate("new Promise(done => setTimeout(done))")
    assert set(page.locator(".rs-hit mark").all_inner_texts()) == {"evidencia"}


def test_whatever_is_answered_is_text_and_leads_to_the_web_alone(visit: Visit, portal: Portal) -> None:
    seen = visit()
    page = seen.page
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    bad = "<img src=x onerror=alert(1)>"

    def poison(route: Route) -> None:
        answer = route.fetch()
        data = answer.json()
        hit = data["data"]["hits"][0]
        hit["link"], hit["pdf"], hit["meeting"]["link"] = "javascript:alert(1)", "data:text/html,x", "http:"
        hit["title"] = hit["citation"] = bad
        hit["highlights"][0]["pieces"][0]["text"] = bad
        hit["language"] = "x'y"
        route.fulfill(response=answer, json=data)

    page.route("**/api/v1/**", poison)
    page.goto(portal.put(portal.snippet(tier="element")))
    first = search(page, "evidencia").first
    assert bad in first.locator(".rs-title").inner_text()
    assert first.locator("a").count() == 0
    assert page.locator("img").count() == 0
    assert complaints(seen, portal) == []


def test_shortcuts_of_the_page_do_not_take_what_is_typed(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put(portal.snippet(tier="element"), HOSTILE))
    page.locator("#q").click()
    page.keyboard.type("24/7 sesiones")
    assert page.locator("#q").input_value() == "24/7 sesiones"
    page.keyboard.press("Escape")
    assert page.evaluate("heard") == ["Escape"]


def test_everything_in_the_element_can_be_done_by_keyboard_alone(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put(portal.snippet(tier="element", size="2")))
    page.keyboard.press("Tab")
    page.keyboard.type("evidencia")
    page.keyboard.press("Enter")
    page.locator(".rs-hit").first.wait_for()
    seen = []
    for _ in range(13):
        page.keyboard.press("Tab")
        deep = "document.activeElement.shadowRoot?.activeElement"
        seen.append(page.evaluate(f"{deep}?.textContent"))
        assert seen[-1] is None or page.evaluate(f"getComputedStyle({deep}).outlineStyle") == "solid"
    assert seen[0] == "Buscar"
    assert {"Recomendación 2", "PDF, página 2", "Para citar", "Siguiente", "Qué falta"} <= set(seen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_element_and_the_frame_put_no_barrier_up(visit: Visit, portal: Portal, scheme: str) -> None:
    page = visit(color_scheme=scheme, bypass_csp=True, viewport={"width": 360, "height": 800}).page
    page.goto(portal.put(portal.snippet(tier="element", size="2"), "", "<main>{0}</main>"))
    page.add_style_tag(content=":root { color-scheme: light dark; background: Canvas; color: CanvasText; }")
    search(page, "evidencia")
    page.locator("summary").first.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(f"{portal.search}/embed/v1/frame?q=evidencia&size=2&ui=es")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_element_goes_with_the_direction_of_the_page_and_the_answer_with_its_language(
    visit: Visit, portal: Portal
) -> None:
    page = visit().page
    page.goto(portal.put(portal.snippet(tier="element"), "", '<div dir="rtl">{0}</div>'))
    search(page, "evidencia")
    field, button = page.locator("#q").bounding_box(), page.locator("[part=button]").bounding_box()
    assert field
    assert button
    assert button["x"] < field["x"]
    assert page.locator(".rs-count").evaluate("each => getComputedStyle(each).direction") == "ltr"


def test_sites_set_the_look_by_properties_and_parts(visit: Visit, portal: Portal) -> None:
    page = visit(bypass_csp=True).page
    page.goto(portal.put(portal.snippet(tier="element")))
    page.add_style_tag(
        content="recommendation-search { --rs-accent: rgb(1, 2, 3); --rs-font-size: 20px; }"
        "recommendation-search::part(title) { text-transform: uppercase; }"
    )
    search(page, "evidencia")
    shown = page.locator(".rs-title a").first.evaluate("each => ({ ...getComputedStyle(each) })")
    assert (shown["color"], shown["fontSize"], shown["textTransform"]) == ("rgb(1, 2, 3)", "22px", "uppercase")


def test_paper_shows_the_results_with_what_is_needed_to_cite_them(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put(portal.snippet(tier="element", size="2")))
    search(page, "evidencia")
    page.emulate_media(media="print")
    for hidden in ("[part=button]", ".rs-pager", "summary"):
        assert page.locator(hidden).first.is_hidden()
    assert page.locator("#q").input_value() == "evidencia"
    assert page.locator(".rs-snippet").first.is_visible()
    box = page.locator(".rs-citation").first.bounding_box()
    assert box
    assert box["height"] > 10


def test_a_pinned_release_runs_also_beside_the_newest(visit: Visit, portal: Portal) -> None:
    content = portal.snippet(tier="element", pin="1")
    assert 'integrity="sha384-' in content
    seen = visit()
    newest = portal.snippet(tier="element")
    seen.page.goto(portal.put(content + newest[newest.index("<script") :]))
    search(seen.page, "evidencia")
    assert complaints(seen, portal) == []


def test_a_release_that_differs_from_the_pinned_one_does_not_run(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put(portal.snippet(tier="element", pin="1").replace("sha384-", "sha384-AAAA")))
    assert page.evaluate("customElements.get('recommendation-search')") is None
    assert page.locator(FIELD).is_visible()
