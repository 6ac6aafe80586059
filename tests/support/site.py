"""A portal on this machine: a page of meetings, and the documents that it links to."""

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ENTRY = "<li>{} Meeting (Headquarters, {}) <a href='{}'>Recommendations</a></li>"


class Site:
    """A portal: what lies at each path, where others lead, and how often each was given whole."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.moved: dict[str, str] = {}
        self.given: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content = site.files.get(self.path)
                etag = f'"{hashlib.sha256(content or b"").hexdigest()}"'
                status = 404 if content is None else 304 if self.headers["If-None-Match"] == etag else 200
                if target := site.moved.get(self.path):
                    status = 302
                self.send_response(status)
                if target:
                    self.send_header("Location", target)
                self.send_header("ETag", etag)
                self.end_headers()
                if content is not None and status == 200:
                    site.given.append(self.path)
                    self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def lists(self, *entries: tuple[str, str, str]) -> None:
        """Let the page of meetings list these: number, day, address of the recommendations."""
        self.files["/en/list.asp"] = "".join(ENTRY.format(*entry) for entry in entries).encode()


def serving() -> Iterator[Site]:
    """A site that answers until the test has ended."""
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    site.server.shutdown()
    thread.join()
    site.server.server_close()
