import gzip
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
import trustme

from indexer.fetch.client import Fetcher, Limits
from indexer.model.errors import FetchError

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40
LIMITS = Limits(size=1 << 20, seconds=0.4, silence=0.3, pauses=(1.0, 2.0), patience=60)


class Portal(BaseHTTPRequestHandler):
    """A server that misbehaves on request; ``asked`` counts requests by path."""

    asked: ClassVar[list[str]] = []
    agents: ClassVar[set[str | None]] = set()
    stop = threading.Event()
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.agents.add(self.headers["User-Agent"])
        getattr(self, "give_" + self.path.strip("/").split(".")[0])()

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def give_good(self) -> None:
        if self.headers["If-None-Match"] == '"one"':
            self.answer(b"", 304, ETag='"one"')
        else:
            self.answer(PDF, ETag='"one"', Last_Modified="Tue, 03 May 2022 10:00:00 GMT")

    def give_same(self) -> None:
        self.answer(b"", 304)

    def give_missing(self) -> None:
        self.answer(b"not here", 404)

    def give_broken(self) -> None:
        self.answer(b"oh", 500)

    def give_recovering(self) -> None:
        self.answer(PDF, 500 if self.asked.count(self.path) < 3 else 200)

    def give_busy(self) -> None:
        self.answer(b"", 503, Retry_After="30")

    def give_closed(self) -> None:
        self.answer(b"", 503, Retry_After="3600")

    def give_vague(self) -> None:
        self.answer(b"", 503, Retry_After="soon")

    def give_html(self) -> None:
        self.answer(b"<html>Welcome</html>")

    def give_other(self) -> None:
        self.answer(b"PK")

    def give_moved(self) -> None:
        self.answer(b"", 302, Location="/wearesorry.htm")

    def give_leaving(self) -> None:
        """Go on to a PDF, and leave without a word when asked for it here."""
        self.answer(b"", 302, Location="/good.pdf")
        self.rfile.readline()

    def give_wearesorry(self) -> None:
        self.answer(b"<html>We are sorry</html>")

    def give_circle(self) -> None:
        self.answer(b"", 302, Location="/circle.pdf")

    def give_zipped(self) -> None:
        self.answer(gzip.compress(PDF), Content_Encoding="gzip")

    def give_garbled(self) -> None:
        self.answer(PDF, Content_Encoding="gzip")

    def give_bomb(self) -> None:
        self.answer(gzip.compress(b"%PDF-" + bytes(8 << 20)), Content_Encoding="gzip")

    def give_short(self) -> None:
        self.answer(PDF, Content_Length=str(len(PDF) + 1000))

    def give_endless(self) -> None:
        self._pieces(PDF, pause=0)

    def give_drip(self) -> None:
        self._pieces(b"%", pause=0.05)

    def give_dripping_header(self) -> None:
        self._drip(b"HTTP/1.1 200 OK\r\nX-Endless: ", b"x")

    def give_dripping_size(self) -> None:
        self._drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0")

    def give_silence(self) -> None:
        self.stop.wait(5)

    def _pieces(self, piece: bytes, pause: float) -> None:
        self._drip(b"HTTP/1.1 200 OK\r\n\r\n", piece, pause)

    def _drip(self, first: bytes, piece: bytes, pause: float = 0.05) -> None:
        self.wfile.write(first)
        self.close_connection = True
        try:
            while not self.stop.wait(pause):
                self.wfile.write(piece)
        except OSError:
            pass

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def portal() -> Iterator[str]:
    yield from _serve()


@pytest.fixture
def secure_portal() -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    yield from _serve(context)


@pytest.fixture
def trusted_portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    yield from _serve(context)


def _serve(context: ssl.SSLContext | None = None) -> Iterator[str]:
    Portal.asked.clear()
    Portal.stop.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    server.handle_error = lambda *_: None  # type: ignore[method-assign] # clients that hang up are the point here
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"{'https' if context else 'http'}://127.0.0.1:{server.server_port}/"
    Portal.stop.set()
    server.shutdown()
    thread.join()
    server.server_close()


def fetcher(pause: Callable[[float], None] = lambda _seconds: None) -> Fetcher:
    return Fetcher(LIMITS, pause=pause)


def test_a_pdf_comes_with_what_a_conditional_request_needs(portal: str) -> None:
    fetched = fetcher().get_pdf(portal + "good.pdf")
    assert fetched
    assert (fetched.content, fetched.address) == (PDF, portal + "good.pdf")
    assert fetcher().get_pdf(portal + "good.pdf", etag=fetched.etag, modified=fetched.modified) is None


def test_a_server_may_end_a_connection_after_any_answer(portal: str) -> None:
    fetched = fetcher().get_pdf(portal + "leaving.pdf")
    assert fetched
    assert (fetched.content, fetched.address) == (PDF, portal + "good.pdf")
    assert Portal.asked == ["/leaving.pdf", "/good.pdf"]


def test_the_program_says_who_it_is(portal: str) -> None:
    fetcher().get_pdf(portal + "good.pdf")
    assert all(agent and agent.startswith("recommendation-search/") for agent in Portal.agents)


def test_a_zipped_answer_is_unzipped(portal: str) -> None:
    fetched = fetcher().get_pdf(portal + "zipped.pdf")
    assert fetched
    assert fetched.content == PDF


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing.pdf", r"answered 404\. Look for its present address"),
        ("same.pdf", "answered 304"),
        ("broken.pdf", r"answered 500 \(3 tries\)\. Try again later"),
        ("html.pdf", r"gave a web page, not a PDF\. Look for its present address on the portal"),
        ("other.pdf", "gave something else, not a PDF"),
        ("moved.pdf", "gave a web page after a redirect to .*/wearesorry.htm, not a PDF"),
        ("circle.pdf", "no answer"),
        ("bomb.pdf", "larger than 1 MB; not taken"),
        ("endless.pdf", "larger than 1 MB|not complete after"),
        ("drip.pdf", "not complete after 0.4 seconds"),
        ("dripping_header.pdf", "not complete after 0.4 seconds"),
        ("dripping_size.pdf", "not complete after 0.4 seconds"),
        ("short.pdf", r"the answer broke off \(3 tries\)\. Try again later"),
        ("garbled.pdf", "the answer cannot be read"),
        ("silence.pdf", "no answer"),
    ],
)
def test_an_answer_that_is_no_pdf_is_refused_with_its_reason(portal: str, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason) as refused:
        fetcher().get_pdf(portal + path)
    assert str(refused.value).startswith(portal + path)


@pytest.mark.parametrize("path", ["drip.pdf", "dripping_header.pdf", "dripping_size.pdf"])
def test_a_secure_answer_that_drips_is_refused_as_well(trusted_portal: str, path: str) -> None:
    with pytest.raises(FetchError, match=r"not complete after 0\.4 seconds"):
        fetcher().get_pdf(trusted_portal + path)


def test_pauses_grow_between_tries_and_a_passing_fault_passes(portal: str) -> None:
    pauses: list[float] = []
    assert fetcher(pauses.append).get_pdf(portal + "recovering.pdf")
    assert pauses == [1.0, 2.0]


@pytest.mark.parametrize(
    ("path", "waited", "reason"),
    [
        ("busy.pdf", [30.0, 30.0], r"answered 503 \(3 tries\)"),
        ("closed.pdf", [], r"answered 503, and asks to be left alone for 3600 seconds\. Try again later"),
        ("vague.pdf", [1.0, 2.0], r"answered 503 \(3 tries\)"),
    ],
)
def test_a_server_that_says_when_to_come_again_is_heard(
    portal: str, path: str, waited: list[float], reason: str
) -> None:
    pauses: list[float] = []
    with pytest.raises(FetchError, match=reason):
        fetcher(pauses.append).get_pdf(portal + path)
    assert pauses == waited


def test_a_lasting_fault_is_not_tried_again(portal: str) -> None:
    with pytest.raises(FetchError):
        fetcher().get_pdf(portal + "missing.pdf")
    assert len(Portal.asked) == 1


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(secure_portal: str) -> None:
    with pytest.raises(FetchError, match="certificate cannot be trusted"):
        fetcher().get_pdf(secure_portal + "good.pdf")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://127.0.0.1:1/x.pdf", "no answer"),
        ("http://[::1/x.pdf", r"no usable address\. Mend it in the catalogue"),
        ("nonsense", "no usable address; expected http:// or https://"),
        ("http:///x.pdf", r"no usable address\. Mend it in the catalogue"),
    ],
)
def test_an_address_that_leads_nowhere_is_named(address: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        fetcher().get_pdf(address)
