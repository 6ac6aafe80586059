"""The parameters of a request, from the bytes that were sent."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from urllib.parse import unquote_to_bytes

Parameters = Mapping[str, str]

INTERFACE = "ui"
"""The parameter that chooses the language of the interface, carried along in every link."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def read_parameters(query_string: bytes) -> Parameters:
    """The parameters of a query string; the first of several with one name, with the space around it removed.

    Pages in windows-1252 send ``comisi%F3n`` where UTF-8 is ``comisi%C3%B3n``: what is no UTF-8 is read as
    windows-1252. Control characters, which no page can show, become spaces; letters are composed (NFC).
    """
    parameters: dict[str, str] = {}
    for name, value in read_all(query_string):
        parameters.setdefault(name, value)
    return parameters


def read_all(query_string: bytes) -> Iterator[tuple[str, str]]:
    """The same with each of several parameters with one name, in the order in which they were sent."""
    for part in query_string.replace(b"+", b" ").split(b"&"):
        name, _, value = part.partition(b"=")
        if name:
            yield _text(name), _text(value)


def _text(encoded: bytes) -> str:
    raw = unquote_to_bytes(encoded)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", text)).strip()
