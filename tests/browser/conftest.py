import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from indexer.engines.whoosh import WhooshEngine
from tests.support.library import shelf
from tests.support.portal import Portal, portal_beside
from tests.support.program import served

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Visit = Callable[..., "Visited"]


class Visited:
    """A page of a browser, and what happened on it that should not have: messages, and requests to other hosts."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self._origin = origin
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        context.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if url.startswith("http") and not url.startswith(self._origin + "/"):
            self.complaints.append(f"a request to {url}")

    def go(self, address: str) -> "Visited":
        """Open an address of the service."""
        self.page.goto(self._origin + address)
        return self


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the program serves the pages."""
    folder = shelf(tmp_path_factory.mktemp("browser") / "index", WhooshEngine()).folder
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def portal(origin: str) -> Iterator[Portal]:
    """A site of somebody else, which embeds the search."""
    with portal_beside(origin) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("These tests drive Chromium. Install it and run them again: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=Path(program), args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, origin: str) -> Iterator[Visit]:
    """Opens a new page of the browser; options are those of Playwright's ``new_context``."""
    contexts: list[BrowserContext] = []

    def open_page(**options: object) -> Visited:
        settings = {"locale": "en-US", "viewport": {"width": 1280, "height": 900}, **options}
        contexts.append(browser.new_context(**settings))  # type: ignore[arg-type]  # options are checked by Playwright
        return Visited(contexts[-1], origin)

    yield open_page
    for context in contexts:
        context.close()
