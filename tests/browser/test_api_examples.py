from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.browser.conftest import Visit
from tests.support.api_examples import example


class Blank(BaseHTTPRequestHandler):
    """An empty page, whatever is asked for."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Another site</title>")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def another_site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Blank) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_the_example_in_javascript_shows_marked_results_on_a_page_of_another_site(
    visit: Visit, origin: str, another_site: str
) -> None:
    page = visit().page
    page.goto(another_site)
    page.evaluate(f"async () => {{ {example('js', origin)} }}")
    assert page.locator("ol li").count() == 9
    assert {mark.inner_text() for mark in page.locator("mark").all()} == {"evidencia"}
