"""A picture of a page that is being served: ``python -m tests.support.screenshot http://127.0.0.1:8000/ page.png``."""

import shutil
import sys

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS


def main() -> None:
    """Take the picture: the first screen of a desktop, in light colours."""
    address, file = sys.argv[1:]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1200, "height": 900}, color_scheme="light", locale="en-US")
        page.goto(address)
        page.screenshot(path=file)
        browser.close()


if __name__ == "__main__":
    main()
