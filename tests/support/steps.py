"""Steps that tests of the search inside another site share."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route

from tests.browser.conftest import Visited
from tests.support.portal import Portal

HOSTILE = '<link rel="stylesheet" href="/hostile.css"><script src="/shortcuts.js"></script>'
WATCHED = '<script src="/observer.js"></script>'
FIELD = "input[name=q]"
"""The field of the form, the fragment and the frame; the element's own is ``#q``."""


def complaints(seen: Visited, portal: Portal) -> list[str]:
    """Faults of a visit: messages of the browser, and requests to others than the portal and the search."""
    return [each for each in seen.complaints if not each.startswith(f"a request to {portal.address}/")]


def asked(seen: Visited, portal: Portal) -> list[str]:
    """Requests to the search from now on, as paths."""
    paths: list[str] = []
    seen.page.on("request", lambda each: paths.append(each.url.removeprefix(portal.search)))
    return paths


def search(page: Page, words: str) -> Locator:
    """Search with the element; its results."""
    page.locator("#q").fill(words)
    page.locator("#q").press("Enter")
    page.locator(".rs-hit").first.wait_for()
    return page.locator(".rs-hit")


def until(page: Page, condition: str) -> None:
    """Wait for a condition. (Playwright's own waiting evaluates text, which the portal's policy forbids.)"""
    for _ in range(1000):
        if page.evaluate(condition):
            return
        page.evaluate("new Promise(done => requestAnimationFrame(done))")
    pytest.fail(f"never: {condition}")


def keep(held: list[Route]) -> Callable[[Route], None]:
    """Holds requests back until the test lets them go."""
    return lambda route: held.append(route)


def said(place: Locator) -> str:
    """The text of an element as it stands in the document, whatever the page's style makes of it."""
    return place.text_content() or ""
