import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from search_app.request.locale import LANGUAGES
from search_app.request.urls import STATIC
from tests.browser.conftest import Visit, Visited

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")

PAGES = {
    "home": "/",
    "results": "/search?q=states",
    "chosen": "/search?q=states&year=2016&lang=es",
    "mended": "/search?q=%22mutual+assistance&sort=date",
    "partial": "/search?q=network+ransomware",
    "why": "/search?q=states+the+fourth+meeting&match=any&explain=on",
    "beyond": "/search?q=states&page=99",
    "all": "/search",
    "meetings": "/meetings",
    "meeting": "/meeting/sample/VI",
    "unfetched": "/meeting/remja-cybercrime/IX",
    "item": "/item/sample/IV/2?q=evidence",
    "print": "/search.print?q=states",
    "coverage": "/coverage",
    "help": "/help",
    "embed": "/embed",
    "reference": "/api/v1/",
}
ERRORS = {
    "unreadable": "/search?q=states+year:x",
    "page": "/search?page=x",
    "missing": "/nothing",
}
WIDTHS = (320, 1280)
"""Widths at which pages are laid out differently, in CSS pixels: the narrowest that WCAG 1.4.10 names, and a desk's."""


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def seen(browser: Browser, origin: str, language: str) -> Iterator[Visited]:
    """A page of the browser in one language, for one address after the other: to open a new one takes far longer."""
    context = browser.new_context(locale=language, viewport={"width": WIDTHS[0], "height": 900})
    yield Visited(context, origin)
    context.close()


def violations(page: Page) -> list[str]:
    """Faults that axe-core finds, with the elements."""
    page.evaluate(AXE)
    return _found(page, {})


def _found(page: Page, rules: dict[str, object]) -> list[str]:
    options = {**rules, "resultTypes": ["violations"], "selectors": False}
    found = page.evaluate("options => axe.run(document, options).then(found => found.violations)", options)
    return [f"{each['id']}: {json.dumps([node['html'] for node in each['nodes']])}" for each in found]


def barriers(page: Page) -> dict[tuple[int, str], list[str]]:
    """Faults at each width, and in the dark.

    The width decides which elements are shown and where: all rules are asked at both. The scheme decides all colours
    and nothing else, at any width alike: only the rules on colours are asked of it, where most elements are shown.
    """
    found: dict[tuple[int, str], list[str]] = {}
    page.evaluate(AXE)
    looks: tuple[tuple[int, Literal["light", "dark"], dict[str, object]], ...] = (
        (1280, "light", {}),
        (320, "light", {}),
        (320, "dark", {"runOnly": ["cat.color"]}),
    )
    for width, scheme, rules in looks:
        widen(page, width)
        page.emulate_media(color_scheme=scheme)
        found[width, scheme] = _found(page, rules)
    page.emulate_media(color_scheme="light")
    return {place: wrong for place, wrong in found.items() if wrong}


STYLES = re.sub(r"/\*.*?\*/", "", (STATIC / "style.css").read_text("utf-8"), flags=re.DOTALL)
MEDIA = re.findall(r"@media ([^{]+?) \{\n(.*?)\n\}\n", STYLES, re.DOTALL)
COLOURS = r"--[\w-]+:|colou?r|background|fill|shadow|opacity|filter"


def test_the_dark_scheme_defines_names_of_colours_and_nothing_else() -> None:
    (rules,) = [rules for query, rules in MEDIA if "prefers-color-scheme" in query]
    assert re.fullmatch(r"\s*:root \{\s*(--[\w-]+: #[0-9a-f]{6};\s*)+\}", rules)


def test_no_width_has_colours_of_its_own_and_the_least_width_hides_nothing() -> None:
    widths = {query: rules for query, rules in MEDIA if "width" in query}
    assert len(widths) > 1
    assert [query for query, rules in widths.items() if re.search(COLOURS, rules)] == []
    hiding = [query for query, rules in widths.items() if re.search("display: none|visibility", rules)]
    assert all(query.startswith("(min-width:") for query in hiding), hiding


def widen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def scrolling(page: Page) -> list[int]:
    """The widths at which the page scrolls sideways."""
    found = []
    for width in WIDTHS:
        widen(page, width)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(width)
    return found


def shown(seen: Visited, address: str) -> Page:
    """The page at an address, as narrow as a page can be, with nothing said yet."""
    widen(seen.page, WIDTHS[0])
    seen.complaints.clear()
    return seen.go(address).page


@pytest.mark.parametrize("name", PAGES)
def test_no_page_puts_a_barrier_up(seen: Visited, language: str, name: str) -> None:
    page = shown(seen, PAGES[name])
    assert page.evaluate("document.documentElement.lang") == language
    assert scrolling(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert barriers(page) == {}
    assert seen.complaints == []


@pytest.mark.parametrize("name", ERRORS)
def test_no_error_puts_a_barrier_up(seen: Visited, name: str) -> None:
    page = shown(seen, ERRORS[name])
    assert scrolling(page) == []
    assert barriers(page) == {}
    assert all("Failed to load resource: the server responded with a status of 40" in each for each in seen.complaints)


@pytest.mark.parametrize("name", PAGES)
def test_every_target_of_a_finger_is_large_enough_or_stands_in_a_sentence(seen: Visited, name: str) -> None:
    page = shown(seen, PAGES[name])
    small = page.evaluate(
        """[...document.querySelectorAll('a, button, input:not([type=hidden]), summary')].filter(each => {
            const box = each.getBoundingClientRect();
            const inSentence = getComputedStyle(each).display === 'inline';
            return box.width && !inSentence && !each.matches('.skip') && (box.height < 24 || box.width < 24);
        }).map(each => each.outerHTML)"""
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_filters_and_menu_opened_on_a_phone_put_no_barrier_up(visit: Visit, scheme: str) -> None:
    page = visit(color_scheme=scheme, viewport={"width": 320, "height": 900}).go("/search?q=states&year=2016").page
    page.locator(".menu summary").click()
    assert violations(page) == []
    page.locator(".menu summary").click()
    page.locator(".found button.narrow").first.click()
    assert page.locator("aside").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_suggestions_put_no_barrier_up(visit: Visit, scheme: str) -> None:
    page = visit(color_scheme=scheme, viewport={"width": 320, "height": 900}).go("/").page
    page.locator("#q").press_sequentially("cont")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("document.querySelector('[role=option]').getBoundingClientRect().height") >= 24
    assert violations(page) == []


def test_marks_are_told_by_more_than_colour(visit: Visit) -> None:
    page = visit().go("/search?q=evidence").page
    style = "getComputedStyle(document.querySelector('mark'))"
    assert page.evaluate(f"[{style}.fontWeight, {style}.textDecorationLine]") == ["700", "underline"]


def test_text_can_be_twice_as_large_without_scrolling_sideways(visit: Visit) -> None:
    page = visit(viewport={"width": 640, "height": 900}).go("/search?q=states").page
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
