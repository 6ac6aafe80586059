"""HTTP client for downloads that take nothing on trust: the only importer of urllib3.

One request at a time, with an honest User-Agent, limits of size and time, and a few more tries with growing pauses
where the fault may pass. What cannot be had is told in a sentence.
"""

# ARCHITECTURE.md: A download ends when its connection is closed.

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Self
from urllib.parse import urljoin

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, InvalidHeader, LocationValueError, MaxRetryError, ProtocolError, SSLError

from indexer import __version__
from indexer.model import Message, message
from indexer.model.errors import FetchError

_USER_AGENT = f"recommendation-search/{__version__} (indexer sync; keeps a search index of public documents)"
# Those that a server gives while it is busy or starts anew; the others say the same at each try.
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_CHUNK = 1 << 16  # bytes; small enough that progress is seen on slow lines
_MOST_REDIRECTS = 5  # to https, to another host, to a new path; longer chains are circles
_PDF_HEAD = 1024  # ISO 32000-1, Annex H.3.4.1: readers accept the header within the first 1024 bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a download.

    ``size`` is in bytes after decompression. ``seconds`` are for a whole answer, redirects and headers among it,
    ``silence`` for the time between two of its pieces. ``pauses`` are seconds before each further try, longer ones
    where a server asks for them (RFC 9110, 10.2.3), up to ``patience``.
    """

    # An answer is held in memory as a whole, and once more while it is handed on.
    size: int = 64 << 20
    # The largest answer comes in time at half a megabyte a second.
    seconds: float = 120.0
    # Portals make pages on request; a server that says nothing for longer has most likely died.
    silence: float = 20.0
    # A server that starts anew is back within seconds; one that is not holds up the others for 21.
    pauses: tuple[float, ...] = (1.0, 4.0, 16.0)
    # As long as an answer may take; a server that asks for more is asked again at the next sync.
    patience: float = 120.0


@dataclass(frozen=True, slots=True)
class Download:
    """The answer to a request.

    ``address`` is the one that the ``content`` came from after redirects; ``etag`` and ``modified`` are what a later
    conditional request needs, None where the server gave none.
    """

    content: bytes
    address: str
    etag: str | None
    modified: str | None

    @property
    def has_end(self) -> bool:
        """The presence of a PDF's end mark (ISO 32000-1, 7.5.5).

        A server that miscounts cuts it off.
        """
        return b"%%EOF" in self.content


class Fetcher:
    """A client that fetches one address at a time.

    ``pause`` waits for seconds; ``progress`` hears of bytes got and of bytes expected, None where nobody knows.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        pause: Callable[[float], None] = time.sleep,
        progress: Callable[[int, int | None], None] = lambda _got, _of: None,
    ) -> None:
        self._limits = limits or Limits()
        self._pause = pause
        self._progress = progress
        self._deadline = _Deadline(self._limits.seconds)
        timeout = urllib3.Timeout(connect=self._limits.silence, read=self._limits.silence)
        self._pool = urllib3.PoolManager(
            headers={"User-Agent": _USER_AGENT, "Accept-Encoding": "gzip, deflate"},
            timeout=timeout,
            # Only redirects are followed here: tries are made by ``get``, which pauses and says what was wrong.
            retries=urllib3.Retry(
                total=_MOST_REDIRECTS,
                connect=0,
                read=0,
                status=0,
                other=0,
                redirect=_MOST_REDIRECTS,
                raise_on_status=False,
            ),
        )
        self._pool.pool_classes_by_scheme = _pools(lambda waiting: self._deadline.watch(waiting))

    def get(self, address: str, *, etag: str | None = None, modified: str | None = None) -> Download | None:
        """The answer of an address; None where nothing changed since ``etag`` or ``modified``.

        Raises:
            FetchError: no usable answer within the limits and the tries.
        """
        headers = {
            name: value
            for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified))
            if value is not None
        }
        for pause in (*self._limits.pauses, None):
            try:
                return self._once(address, headers)
            except _PassingFault as fault:
                if pause is None:
                    tries = len(self._limits.pauses) + 1
                    raise FetchError(message("given-up", address, fault.why, tries)) from fault
                if fault.asked > self._limits.patience:
                    asked = f"{fault.asked:g}"
                    raise FetchError(message("asked-to-wait", address, fault.why, asked)) from fault
                self._pause(max(pause, fault.asked))
        raise AssertionError("the last try returns or raises")

    def get_pdf(self, address: str, *, etag: str | None = None, modified: str | None = None) -> Download | None:
        """The answer of an address that gives a PDF, as ``get`` gives it.

        Raises:
            FetchError: as ``get``, or what came is not a PDF.
        """
        fetched = self.get(address, etag=etag, modified=modified)
        if fetched and b"%PDF-" not in fetched.content[:_PDF_HEAD]:
            raise FetchError(_no_pdf(address, fetched))
        return fetched

    def _once(self, address: str, headers: dict[str, str]) -> Download | None:
        """One try, within the time for a whole answer."""
        with _Deadline(self._limits.seconds) as self._deadline:
            try:
                answer = self._answer(address, headers)
            # A connection that the deadline ends fails in many ways, none of which says why.
            except (_PassingFault, FetchError):
                if not self._deadline.is_over:
                    raise
            else:
                if not self._deadline.is_over:
                    return answer
        raise FetchError(message("not-complete", address, f"{self._limits.seconds:g}"))

    def _answer(self, address: str, headers: dict[str, str]) -> Download | None:
        if not address.startswith(("http://", "https://")):
            raise FetchError(message("address-of-other-kind", address))
        try:
            response = self._pool.request(
                "GET", address, headers={**self._pool.headers, **headers}, preload_content=False, redirect=True
            )
        except (LocationValueError, UnicodeError) as error:
            raise FetchError(message("address-unusable", address)) from error
        except MaxRetryError as error:
            if isinstance(error.reason, SSLError):
                raise FetchError(message("certificate-not-trusted", address, str(error.reason))) from error
            raise _PassingFault(message("no-answer", str(error.reason))) from error
        except HTTPError as error:
            raise _PassingFault(message("no-answer", str(error))) from error
        try:
            final = _final_address(address, response)
            if response.status == 304 and headers:
                return None
            if response.status in _PASSING:
                raise _PassingFault(message("server-answered", response.status), _asked_pause(response))
            if response.status != 200:
                raise FetchError(message("refused-by-server", address, response.status))
            return Download(
                self._read(address, response),
                final,
                response.headers.get("ETag"),
                response.headers.get("Last-Modified"),
            )
        finally:
            response.close()

    def _read(self, address: str, response: urllib3.BaseHTTPResponse) -> bytes:
        length = response.headers.get("Content-Length", "")
        expected = int(length) if length.isdecimal() else None
        content = bytearray()
        try:
            while piece := response.read1(_CHUNK):
                content += piece
                self._progress(len(content), expected)
                if len(content) > self._limits.size:
                    raise FetchError(message("too-large", address, self._limits.size >> 20))
        except ProtocolError as error:
            raise _PassingFault(message("answer-broke-off")) from error
        except HTTPError as error:
            raise _PassingFault(message("answer-unreadable", str(error))) from error
        return bytes(content)


class _Deadline:
    """A deadline for a request, which ends its connections when the ``seconds`` are over.

    A limit on each piece would let a server drip for days, in headers as in the text.
    """

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True  # a program that is broken off does not wait for it
        self._guard = threading.Lock()
        self._waiting: list[socket.socket] = []
        self.is_over = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()

    def watch(self, waiting: socket.socket) -> None:
        """End a socket as well, at once where the seconds are over."""
        with self._guard:
            self._waiting.append(waiting)
        if self.is_over:
            self._end()

    def _end(self) -> None:
        self.is_over = True
        with self._guard:
            for waiting in self._waiting:
                with suppress(OSError):  # it has ended by itself
                    socket.socket.shutdown(waiting, socket.SHUT_RDWR)  # also what TLS goes through, without a farewell


def _pools(told: Callable[[socket.socket], None]) -> dict[str, type[urllib3.HTTPConnectionPool]]:
    """The pools of connections by scheme, with sockets that can be watched.

    ``told`` is given the socket of a connection before it waits for an answer. No connection is used again: a server
    may end one at any time (RFC 9112, 9.5), and a request that meets this gets no answer.
    """

    class Plain(HTTPConnection):
        is_connected = False  # what a pool asks of a connection before it is used again

        def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override] # as in urllib3
            told(self.sock)
            return super().getresponse()

    class Secure(Plain, HTTPSConnection):
        pass

    class Pool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": Pool, "https": SecurePool}


def _no_pdf(address: str, fetched: Download) -> Message:
    """The reason for not taking what is no PDF."""
    page = b"<" in fetched.content[:_PDF_HEAD]
    if fetched.address == address:
        return message("page-instead" if page else "something-else", address)
    return message("page-after-redirect" if page else "something-else-after-redirect", address, fetched.address)


class _PassingFault(Exception):  # noqa: N818 - never leaves this file
    """A fault that may be gone at the next try.

    ``why`` says what happened; ``asked`` is the pause in seconds that the server asks for, 0 where it asks for none.
    """

    def __init__(self, why: Message, asked: float = 0.0) -> None:
        super().__init__(str(why))
        self.why = why
        self.asked = asked


def _asked_pause(response: urllib3.BaseHTTPResponse) -> float:
    """The pause in seconds that a server asks for; 0 where it asks for none."""
    try:
        return urllib3.Retry().get_retry_after(response) or 0.0
    except InvalidHeader:
        return 0.0


def _final_address(address: str, response: urllib3.BaseHTTPResponse) -> str:
    """The address at the end of a chain of redirects."""
    for step in response.retries.history if response.retries else ():
        address = urljoin(address, step.redirect_location or "")
    return address
