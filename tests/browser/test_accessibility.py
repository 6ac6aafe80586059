import json
from pathlib import Path

import axe_playwright_python
import pytest

from tests.browser.conftest import Visit

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
SEEN = pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [(language, scheme, width) for language in ("en", "es") for scheme in ("light", "dark") for width in (320, 1280)],
)


def violations(page: object) -> list[str]:
    """What axe-core finds wrong, with the elements."""
    page.evaluate(AXE)  # type: ignore[attr-defined]
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]  # type: ignore[attr-defined]
    return [f"{each['id']}: {json.dumps([node['html'] for node in each['nodes']])}" for each in found]


@SEEN
@pytest.mark.parametrize("name", PAGES)
def test_no_page_puts_a_barrier_up(visit: Visit, name: str, language: str, scheme: str, width: int) -> None:
    seen = visit(color_scheme=scheme, viewport={"width": width, "height": 900}, locale=language)
    page = seen.go(PAGES[name]).page
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert violations(page) == []
    assert seen.complaints == []


@SEEN
@pytest.mark.parametrize("name", ERRORS)
def test_no_error_puts_a_barrier_up(visit: Visit, name: str, language: str, scheme: str, width: int) -> None:
    seen = visit(color_scheme=scheme, viewport={"width": width, "height": 900}, locale=language)
    page = seen.go(ERRORS[name]).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    assert all("Failed to load resource: the server responded with a status of 40" in each for each in seen.complaints)


@pytest.mark.parametrize("name", PAGES)
def test_every_target_of_a_finger_is_large_enough_or_stands_in_a_sentence(visit: Visit, name: str) -> None:
    page = visit(viewport={"width": 320, "height": 900}).go(PAGES[name]).page
    small = page.evaluate(
        """[...document.querySelectorAll('a, button, input:not([type=hidden]), summary')].filter(each => {
            const box = each.getBoundingClientRect();
            const inSentence = getComputedStyle(each).display === 'inline';
            return box.width && !inSentence && !each.matches('.skip') && (box.height < 24 || box.width < 24);
        }).map(each => each.outerHTML)"""
    )
    assert small == []


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
