"""Which code made something: digests of this package's own files and the versions of the libraries that shape results.

The same code gives the same digest on any machine, whatever its line ends and wherever it is installed.
"""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).parent
_SUFFIXES = {".py", ".json", ".toml", ".tsv", ".txt"}

_OUTSIDE = ("__main__", "check", "commands", "console", "draft", "fetch", "portal", "sync", "watch")
"""Modules that meet people and the network: they shape no published index."""

_BEFORE_THE_ENGINE = (
    *("align", "build", "cutting", "extraction", "keeping", "ledger", "lockfile"),
    *("ocr", "pdf", "proposal", "reading", "recognition", "segment", "spool", "text"),
)
"""Modules that make items: an index that is there already is read without them."""

_EXTRACTION = ("errors", "model", "ocr", "pdf")
"""Modules that make the pages of a PDF."""

_CUTTING = ("analysis", "cutting", "errors", "linguistics", "model", "segment", "text")
"""Modules that cut pages into passages."""


@lru_cache
def of_items() -> str:
    """The digest of everything that can change what is published: hexadecimal SHA-256."""
    return _digest(lambda name: not _among(name, _OUTSIDE), ("pdfminer.six", "PyStemmer", "whoosh-reloaded"))


@lru_cache
def of_index() -> str:
    """The digest of everything that writer and reader of an index must share: hexadecimal SHA-256."""
    return _digest(lambda name: not _among(name, _OUTSIDE + _BEFORE_THE_ENGINE), ("PyStemmer", "whoosh-reloaded"))


@lru_cache
def of_pages() -> str:
    """The digest of everything that can change the pages read from a PDF: hexadecimal SHA-256."""
    return _digest(lambda name: _among(name, _EXTRACTION), ("pdfminer.six",))


@lru_cache
def of_cuttings() -> str:
    """The digest of everything that can change how pages are cut: hexadecimal SHA-256."""
    return _digest(lambda name: _among(name, _CUTTING), ("PyStemmer",))


def _among(name: str, modules: tuple[str, ...]) -> bool:
    """Whether a module or folder is one of these, or a part of one (``pdf_lines`` of ``pdf``)."""
    return any(name == module or name.startswith(f"{module}_") for module in modules)


def _digest(chosen: Callable[[str], bool], libraries: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    files = {path.relative_to(_PACKAGE).as_posix(): path for path in _PACKAGE.rglob("*") if path.suffix in _SUFFIXES}
    for place, path in sorted(files.items()):
        if chosen(place.partition("/")[0].partition(".")[0]):
            content = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{place}\0{len(content)}\0".encode() + content)
    for library in libraries:
        digest.update(f"{library}=={version(library)}\0".encode())
    return digest.hexdigest()
