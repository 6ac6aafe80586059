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
    """The parameters of a query string, by name; the first of several with one name.

    Pages in windows-1252 send ``comisi%F3n`` where UTF-8 is ``comisi%C3%B3n``: what is no UTF-8 is read as
    windows-1252. Control characters, which no page can show, become spaces, and the space around a value is removed;
    letters are composed (NFC).
    """
    parameters: dict[str, str] = {}
    for name, value in read_all(query_string):
        parameters.setdefault(name, value)
    return parameters


def read_all(query_string: bytes) -> Iterator[tuple[str, str]]:
    """All parameters of a query string in order, repeated names included.

    Values are read as ``read_parameters`` does.
    """
    # The plus sign goes before the decoding: one that was sent as %2B stays a plus sign.
    for part in query_string.replace(b"+", b" ").split(b"&"):
        name, _, value = part.partition(b"=")
        if name:
            yield _text(name), _text(value)


def _text(encoded: bytes) -> str:
    raw = unquote_to_bytes(encoded)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        # windows-1252 leaves a few bytes without a character.
        text = raw.decode("cp1252", errors="replace")
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", text)).strip()
