from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page

from search_app.request.pdf_fragment import pdf_fragment
from tests.browser.conftest import Visit


def press_until(page: Page, key: str, wanted: str) -> None:
    """Press a key until the element with the focus says ``wanted``."""
    for _ in range(80):
        page.keyboard.press(key)
        said = page.evaluate("(document.activeElement.innerText || document.activeElement.name || '').trim()")
        if wanted in said:
            return
    pytest.fail(f"{wanted!r} cannot be reached with {key}")


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def test_everything_can_be_done_by_keyboard_alone(visit: Visit) -> None:
    seen = visit()
    page = seen.go("/").page
    press_until(page, "Tab", "Skip to the content")
    assert page.evaluate("document.activeElement.getBoundingClientRect().width") > 24
    page.keyboard.press("Enter")
    press_until(page, "Tab", "q")
    page.keyboard.type("states")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=states")
    assert "27 results" in page.locator("#count").inner_text()
    press_until(page, "Tab", "Next")
    page.keyboard.press("Enter")
    page.wait_for_url("**page=2")
    assert page.locator("article").count() == 10
    press_until(page, "Tab", " · ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/item/**")
    assert page.locator("mark").count() > 0
    press_until(page, "Tab", "Back to the results")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=states&page=2")
    press_until(page, "Tab", "Español")
    page.keyboard.press("Enter")
    page.wait_for_url("**ui=es")
    assert "27 resultados" in page.locator("#count").inner_text()
    press_until(page, "Tab", "IX (2016)\n")
    page.keyboard.press("Enter")
    page.wait_for_url("**meeting=**")
    page.go_back()
    page.wait_for_url("**ui=es")
    assert seen.complaints == []


def test_suggestions_are_picked_by_hand_and_then_searched(visit: Visit) -> None:
    seen = visit()
    page = seen.go("/").page
    box, options, spoken = page.locator("#q"), page.locator("[role=option]"), page.locator("form [role=status]")
    box.press_sequentially("electronic evid")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert "Use the arrow keys" in spoken.inner_text()
    page.keyboard.press("ArrowDown")
    assert options.first.get_attribute("id") == box.get_attribute("aria-activedescendant")
    assert options.first.get_attribute("aria-selected") == "true"
    assert options.first.locator("bdi").inner_text() == "electronic evidence"
    assert options.first.locator("small").inner_text().isdigit()
    assert spoken.inner_text().startswith("electronic evidence ")
    assert (box.input_value(), page.url.endswith("/")) == ("electronic evid", True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=electronic+evidence")
    assert seen.complaints == []


def test_suggestions_go_away_with_escape_and_with_the_focus_and_can_be_clicked(visit: Visit) -> None:
    page = visit().go("/").page
    box, options = page.locator("#q"), page.locator("[role=option]")
    for leave in ("Escape", "Tab"):
        box.fill("")
        box.press_sequentially("cont")
        options.first.wait_for()
        page.keyboard.press(leave)
        assert (options.count(), box.input_value()) == (0, "cont")
    box.fill("")
    box.press_sequentially("cont")
    options.first.click()
    page.wait_for_url("**/search?q=cont*")
    assert (box.input_value() != "cont", page.locator("article").count() > 0) == (True, True)


def test_the_box_works_where_suggestions_fail(visit: Visit) -> None:
    page = visit().go("/").page
    page.route("**/suggest**", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.locator("#q").press_sequentially("states")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=states")


def test_the_focus_can_always_be_seen(visit: Visit) -> None:
    page = visit().go("/search?q=states&year=2016").page
    for _ in range(30):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")


def test_all_of_it_works_without_scripts(visit: Visit) -> None:
    seen = visit(java_script_enabled=False)
    page = seen.go("/").page
    page.locator("#q").fill("evidence")
    page.locator("form button").click()
    page.locator("aside a", has_text="2016").first.click()
    page.locator("article h3 a").first.click()
    assert "Recommendation 2" in heading(page)
    page.locator("a", has_text="Español").first.click()
    assert "Recomendación 2" in heading(page)
    assert seen.complaints == []


def test_nothing_is_stored_in_the_browser(visit: Visit) -> None:
    page = visit().go("/search?q=states").page
    page.locator("article h3 a").first.click()
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' autofocus onfocus='alert(1)"]
)
def test_hostile_words_do_nothing_in_a_browser(visit: Visit, words: str) -> None:
    seen = visit()
    page = seen.page
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    seen.go("/")
    page.locator("#q").fill(words)
    page.locator("form button").click()
    page.wait_for_url("**/search**")
    assert page.locator("#q").input_value() == words
    assert seen.complaints == []


def test_a_form_in_a_page_of_another_charset_is_understood(visit: Visit, origin: str) -> None:
    seen = visit()
    page = seen.page
    form = (
        f'<form action="{origin}/search"><input name="q" value="delito cibern\xe9tico"><button>Buscar</button></form>'
    )
    page.route(
        "http://portal.example/",
        lambda route: route.fulfill(body=form.encode("cp1252"), content_type="text/html; charset=windows-1252"),
    )
    page.goto("http://portal.example/")
    page.locator("button").click()
    page.wait_for_url("**/search**")
    assert "%E9" in page.url
    assert page.locator("#q").input_value() == "delito cibernético"
    assert page.locator("article").count() > 0


def test_paper_shows_what_was_asked_and_found_and_nothing_to_click(visit: Visit) -> None:
    page = visit().go("/search?q=evidence&year=2016").page
    page.emulate_media(media="print")
    assert page.locator("aside").is_hidden()
    assert page.locator("header nav").first.is_hidden()
    assert page.locator("#q").is_visible()
    assert page.locator("article").first.is_visible()
    assert page.locator(".notice").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_a_document_opens_in_the_browsers_own_viewer_without_complaint(visit: Visit) -> None:
    seen = visit()
    seen.go("/pdf/sample/IX-recommendations-en.pdf#page=2")
    assert seen.page.evaluate("document.contentType") == "application/pdf"
    assert seen.complaints == []


FIRST_SCREENS = {(390, 844): 1, (768, 1024): 1, (1280, 800): 3}
"""Sizes of windows, in CSS pixels, and how many whole results their first screen shows at least."""


@pytest.mark.parametrize("size", FIRST_SCREENS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_results_are_seen_without_scrolling(visit: Visit, language: str, size: tuple[int, int]) -> None:
    width, height = size
    seen = visit(viewport={"width": width, "height": height}, locale=language)
    page = seen.go("/search?q=the+cybercrime&year=1999..2016").page
    for present in (".notice", ".chosen a", ".notes li >> text=/: the/", ".notes summary", ".menu summary"):
        assert page.locator(present).first.is_visible(), present
    whole = [
        box
        for box in (each.bounding_box() for each in page.locator("article").all())
        if box and box["y"] + box["height"] <= height
    ]
    assert len(whole) >= FIRST_SCREENS[size]


@pytest.mark.parametrize("size", FIRST_SCREENS)
def test_filters_can_be_reached_beside_the_results_at_every_width(visit: Visit, size: tuple[int, int]) -> None:
    seen = visit(viewport={"width": size[0], "height": size[1]}, java_script_enabled=False)
    page = seen.go("/search?q=states").page
    filters = page.locator("aside")
    opens = page.locator(".found button.narrow").first
    assert filters.is_visible() != opens.is_visible()
    if opens.is_visible():
        opens.click()
        assert filters.is_visible()
        page.keyboard.press("Escape")
        assert not filters.is_visible()
        opens.click()
    box = filters.bounding_box()
    assert box
    assert box["y"] < size[1] / 2
    filters.locator("a", has_text="2016").first.click()
    assert page.locator(".chosen").inner_text().endswith("Meeting: IX (2016) ×")
    assert seen.complaints == []


def test_a_slash_takes_one_to_the_search_box_and_stays_a_sign_where_one_types(visit: Visit) -> None:
    seen = visit()
    page = seen.go("/item/sample/IX/2?q=24").page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("24/7")
    assert page.locator("#q").input_value() == "24/7"
    assert seen.complaints == []


def test_the_order_is_chosen_from_a_menu(visit: Visit) -> None:
    page = visit(java_script_enabled=False).go("/search?q=states").page
    page.locator(".menu summary").click()
    page.locator(".menu a", has_text="Newest").click()
    assert "sort=date" in page.url
    assert "Newest" in page.locator(".menu summary").inner_text()


FRAGMENT_COLOUR = (233, 210, 253)
"""The ground on which Chromium sets the text that a text fragment names."""


@pytest.mark.parametrize(
    ("file", "page", "text"),
    [
        (
            "V-recommendations-en.pdf",
            2,
            "That the States answer the part of the questionnaire that deals with digital evidence, which only six of "
            "them have returned.",
        ),
        (
            "III-recommendations-en.pdf",
            3,
            "That technical workshops be held, one in each group of islands, to train judges, prosecutors and police "
            "officers and to help in the drafting of legislation on cyber-crime.",
        ),
        (
            "V-recommendations-es.pdf",
            2,
            "Que los Estados respondan a la parte del cuestionario relativa a la evidencia digital, que solo seis de "
            "ellos han devuelto.",
        ),
    ],
)
def test_chromium_marks_the_text_in_the_document(visit: Visit, file: str, page: int, text: str) -> None:
    seen = visit(viewport={"width": 1000, "height": 1300})
    seen.go(f"/pdf/sample/{file}{pdf_fragment(page, text)}")
    # The viewer says nobody when it has drawn: each picture takes a while, and shows more.
    for _ in range(50):
        picture = Image.open(BytesIO(seen.page.screenshot())).convert("RGB")
        colours = {colour: number for number, colour in picture.getcolors(picture.width * picture.height) or ()}
        if colours.get(FRAGMENT_COLOUR, 0) > 1000:
            break
    else:
        pytest.fail("nothing is marked")
    assert seen.complaints == []


def test_forced_colours_leave_no_ground_of_ours(visit: Visit) -> None:
    page = visit(forced_colors="active").go("/").page
    assert page.evaluate("getComputedStyle(document.querySelector('.hero')).borderImageSource") == "none"


def test_paper_names_its_address_and_the_generation(visit: Visit, origin: str) -> None:
    page = visit().go("/search?q=evidence").page
    printed = page.locator(".printed")
    assert printed.is_hidden()
    page.emulate_media(media="print")
    assert printed.inner_text().startswith(f"{origin}/search?q=evidence")
    assert "Generation of the index: aaaa" in printed.inner_text()
    assert page.locator(".ways").first.is_hidden()
