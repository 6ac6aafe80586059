import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

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
        self._context = context
        self._origin = origin
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        context.on("request", self._note)

    def _note(self, request: Request) -> None:
        if request.url.startswith("http") and not request.url.startswith(self._origin + "/"):
            self.complaints.append(f"a request to {request.url}")

    def go(self, address: str) -> "Visited":
        """Open an address of the service."""
        self.page.goto(self._origin + address)
        return self

    def close(self) -> None:
        """Close the page, and those that it opened."""
        self._context.remove_listener("request", self._note)
        for page in self._context.pages[1:]:
            page.close()


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


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a context of the browser, once for the same options: that takes longer than all that most tests do in it.

    Nothing is stored in a browser, as a test shows; what tests have in common is what the browser keeps of files.
    """
    made: dict[str, BrowserContext] = {}

    def context(**options: object) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = browser.new_context(**options)  # type: ignore[arg-type]  # options are checked by Playwright
            made[key].new_page()  # keeps the window, in which each page is a tab
        return made[key]

    yield context
    for each in made.values():
        each.close()


@pytest.fixture
def visit(contexts: Callable[..., BrowserContext], origin: str) -> Iterator[Visit]:
    """Opens a new page of the browser; options are those of Playwright's ``new_context``."""
    visits: list[Visited] = []

    def open_page(**options: object) -> Visited:
        settings = {"locale": "en-US", "viewport": {"width": 1280, "height": 900}, **options}
        visits.append(Visited(contexts(**settings), origin))
        return visits[-1]

    yield open_page
    for each in visits:
        each.close()
