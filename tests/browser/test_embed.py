import pytest

from tests.browser.conftest import Visit
from tests.browser.test_accessibility import violations
from tests.support.portal import Portal
from tests.support.steps import FIELD, HOSTILE, complaints, said, until

# ------------------------------------------------------------------------------------------------------- the plain form


def test_the_form_works_in_a_hostile_page_without_scripts(visit: Visit, portal: Portal) -> None:
    seen = visit(java_script_enabled=False)
    seen.page.goto(portal.put(portal.snippet(tier="form", meeting="sample/IX"), HOSTILE))
    assert seen.page.evaluate("document.compatMode + document.characterSet") == "BackCompatwindows-1252"
    assert "Buscar en las recomendaciones" in said(seen.page.locator("label"))
    seen.page.locator(FIELD).fill("evidencia electrónica")
    seen.page.locator("button").click()
    seen.page.wait_for_url("**/search?*")
    assert "evidencia+electr%C3%B3nica" in seen.page.url
    assert seen.page.locator("#q").input_value() == "evidencia electrónica"
    assert seen.page.locator("html").get_attribute("lang") == "es"
    assert seen.page.locator("article").count() == 1
    assert complaints(seen, portal) == []


# --------------------------------------------------------------------------------------------------------- the fragment


@pytest.mark.parametrize("head", ["", HOSTILE], ids=["plain", "hostile"])
def test_the_fragment_searches_and_turns_pages_without_leaving_the_portal(
    visit: Visit, portal: Portal, head: str
) -> None:
    seen = visit(java_script_enabled=False)
    page = seen.page
    address = portal.put(portal.include("ui=es&size=4&body=sample"), head)
    page.goto(address + "?id=7")
    assert page.locator(".rs-hit").count() == 0
    page.locator(FIELD).fill("evidencia electrónica")
    page.locator("button").click()
    page.wait_for_url(lambda url: url.startswith(address) and "id=7" in url and "q=" in url)
    assert page.locator(FIELD).input_value() == "evidencia electrónica"
    assert "electrónica" in said(page.locator(".rs-snippet").first)
    assert "9 resultados, 1–4" in said(page.locator(".rs-count"))
    page.locator(".rs-pager a").click()
    page.wait_for_url(lambda url: url.startswith(f"{address}?id=7&") and url.endswith("&page=2"))
    assert "9 resultados, 5–8" in said(page.locator(".rs-count"))
    cited = page.locator(".rs-cite p").first
    assert said(cited).endswith(f"{portal.search}/item/sample/V/2")
    page.locator(".rs-title a").first.click()
    page.wait_for_url(f"{portal.search}/item/**")
    assert page.locator("mark").count() > 0
    assert complaints(seen, portal) == []


def test_a_portal_in_windows_1252_can_hand_on_its_own_letters(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put(portal.include("ui=es")) + "?q=evidencia+electr%F3nica")
    assert page.locator(FIELD).input_value() == "evidencia electrónica"
    assert page.locator(".rs-hit").count() > 0


def test_a_query_that_cannot_be_read_is_answered_in_the_portal(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put(portal.include("ui=es")) + "?q=year:x")
    assert page.locator("[role=alert]").is_visible()
    assert page.locator("#below").is_visible()


# ------------------------------------------------------------------------------------------------------------ the frame


@pytest.mark.parametrize("head", ["", HOSTILE], ids=["plain", "hostile"])
def test_the_frame_is_as_high_as_what_it_shows(visit: Visit, portal: Portal, head: str) -> None:
    seen = visit()
    page = seen.page
    page.goto(portal.put(portal.snippet(tier="frame", size="3", body="sample"), head))
    inner = page.frame_locator("iframe")
    inner.locator(FIELD).fill("evidencia")
    inner.locator("button").click()
    inner.locator(".rs-hit").nth(2).wait_for()
    content = page.frames[1].evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    until(page, f"document.querySelector('iframe').clientHeight >= {content}")
    assert page.locator("iframe").evaluate("each => each.clientHeight") - content <= 4
    inner.locator("a[rel=next]").click()
    inner.locator(".rs-count", has_text="4–6").wait_for()
    assert page.url.startswith(portal.address)
    inner.locator(".rs-title a").first.click()
    page.wait_for_url(f"{portal.search}/item/**")
    assert complaints(seen, portal) == []


def test_the_frame_works_without_scripts(visit: Visit, portal: Portal) -> None:
    seen = visit(java_script_enabled=False)
    seen.page.goto(portal.put(portal.snippet(tier="frame"), HOSTILE))
    inner = seen.page.frame_locator("iframe")
    inner.locator(FIELD).fill("evidencia")
    inner.locator("button").click()
    inner.locator(".rs-hit").first.wait_for()
    assert complaints(seen, portal) == []


def test_a_query_that_cannot_be_read_is_answered_in_the_frame(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put(portal.snippet(tier="frame")))
    inner = page.frame_locator("iframe")
    inner.locator(FIELD).fill("year:x")
    inner.locator(FIELD).press("Enter")
    inner.locator("[role=alert]").wait_for()
    assert inner.locator(FIELD).input_value() == "year:x"


def test_nobody_else_sets_the_height_of_a_frame(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put(portal.snippet(tier="frame")))
    page.frame_locator("iframe").locator(FIELD).wait_for()
    until(page, "document.querySelector('iframe').style.blockSize")
    before = page.locator("iframe").evaluate("each => each.style.blockSize")
    lie = '{ type: "recommendation-search:height", height: 9999 }'
    page.evaluate(f"postMessage({lie}, '*')")  # another origin
    page.evaluate(  # the right window, but not sent by the search
        f"dispatchEvent(new MessageEvent('message', {{ data: {lie}, origin: location.origin,"
        " source: document.querySelector('iframe').contentWindow }))"
    )
    page.evaluate(  # the right origin, but another window
        f"dispatchEvent(new MessageEvent('message', {{ data: {lie}, origin: '{portal.search}', source: window }}))"
    )
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    assert page.locator("iframe").evaluate("each => each.style.blockSize") == before


def test_the_frame_answers_nobody_but_the_page_around_it(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put(portal.snippet(tier="frame"), '<script src="/counter.js"></script>'))
    page.frame_locator("iframe").locator(FIELD).wait_for()
    until(page, "document.querySelector('iframe').style.blockSize")
    ask = "dispatchEvent(new MessageEvent('message', {{ data: {{ type: 'recommendation-search:ask' }}, source: {} }}))"
    before = page.evaluate("told")
    page.frames[1].evaluate(ask.format("window"))
    page.frames[1].evaluate("parent.postMessage('last', '*')")
    until(page, "last")
    assert page.evaluate("told") == before
    page.frames[1].evaluate(ask.format("parent"))
    until(page, f"told > {before}")


def test_a_height_beyond_reason_is_cut(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put(portal.snippet(tier="frame")))
    page.frame_locator("iframe").locator(FIELD).wait_for()
    for told, height in (("1e9", "20000px"), ("-5", "100px"), ("'x'", "100px"), ("NaN", "100px")):
        message = f"{{ type: 'recommendation-search:height', height: {told} }}"
        page.frames[1].evaluate(f"parent.postMessage({message}, '*')")
        until(page, f"document.querySelector('iframe').style.blockSize === '{height}'")


def test_a_dark_frame_is_black_on_paper(visit: Visit, portal: Portal) -> None:
    page = visit(color_scheme="dark").page
    page.goto(portal.put(portal.snippet(tier="frame", theme="dark")))
    page.frame_locator("iframe").locator(FIELD).wait_for()
    ink = "getComputedStyle(document.body).color"
    assert page.frames[1].evaluate(ink) == "rgb(255, 255, 255)"
    page.emulate_media(media="print")
    assert page.frames[1].evaluate(ink) == "rgb(0, 0, 0)"


# --------------------------------------------------------------------------------------------------------- how to embed


@pytest.mark.parametrize("tier", ["element", "frame", "form", "fragment"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_that_says_how_shows_how_it_looks(visit: Visit, tier: str, width: int) -> None:
    seen = visit(viewport={"width": width, "height": 900})
    page = seen.go("/embed").page
    page.locator(f"[value={tier}]").check()
    page.get_by_role("button", name="Create the code").click()
    page.wait_for_url(f"**/embed?tier={tier}*")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    preview = page.frame_locator(".preview iframe").locator("body") if tier == "frame" else page.locator(".preview")
    field = preview.locator("[name=q]").last
    field.fill("evidence")
    field.press("Enter")
    if tier == "form":
        page.wait_for_url("**/search?*")
    else:
        preview.locator(".rs-hit").first.wait_for()
    assert seen.complaints == []
