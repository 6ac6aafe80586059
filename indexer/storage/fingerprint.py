"""Digests of the code that made something.

They cover files of this package and the versions of the libraries that shape results.

The same code gives the same digest on any machine, whatever its line ends and wherever it is installed.
"""

import hashlib
import os
import sys
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_SUFFIXES = (".py", ".json", ".toml", ".tsv", ".txt")

_OUTSIDE = ("indexer.__main__", "indexer.cli")
"""Packages that meet people: they shape no published index."""

_BEFORE_THE_ENGINE = (
    *("indexer.build", "indexer.items", "indexer.fetch", "indexer.catalogue", "indexer.segment", "indexer.extract"),
)
"""Packages that make items: an index that is there already is read without them."""

_SENTENCES = "indexer.model.messages."
"""Modules of sentences for people. What is kept holds codes and parts; they become words where they are shown."""


@lru_cache
def of_items() -> str:
    """The digest of everything that can change what is published: hexadecimal SHA-256."""
    return _digest(lambda name: not is_among(name, _OUTSIDE), ("pdfminer.six", "PyStemmer", "whoosh-reloaded"))


@lru_cache
def of_index() -> str:
    """The digest of everything that writer and reader of an index must share: hexadecimal SHA-256."""
    return _digest(lambda name: not is_among(name, _OUTSIDE + _BEFORE_THE_ENGINE), ("PyStemmer", "whoosh-reloaded"))


@lru_cache
def of_code(packages: tuple[str, ...], libraries: tuple[str, ...] = ()) -> str:
    """The digest of these packages and modules, and of the versions of these libraries: hexadecimal SHA-256."""
    return _digest(lambda name: is_among(name, packages), libraries)


def is_among(name: str, modules: tuple[str, ...]) -> bool:
    """True where a module is one of these, or within one of these packages."""
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def _digest(chosen: Callable[[str], bool], libraries: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    # Places are digested with the contents: code that moves to another module is other code.
    for place, path in _files(_PACKAGE).items():
        name = "indexer." + place.partition(".")[0].removesuffix("/__init__").replace("/", ".")
        if chosen(name) and not name.startswith(_SENTENCES):
            digest.update(f"{place}\0{_content(path)}\0".encode())
    for library in libraries:
        digest.update(f"{library}=={version_of(library)}\0".encode())
    return digest.hexdigest()


@lru_cache
def _files(package: Path) -> Mapping[str, Path]:
    """Files of a package by their place in it, sorted."""
    paths = (Path(folder, name) for folder, _, names in os.walk(package) for name in names if name.endswith(_SUFFIXES))
    return dict(sorted((path.relative_to(package).as_posix(), path) for path in paths))


# Each file is read once for all digests, and only if one of them needs it.
@cache
def _content(path: Path) -> str:
    """SHA-256 of a file's content. Line ends do not count, as git may change them."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def version_of(library: str) -> str:
    """The version of an installed library.

    Raises:
        PackageNotFoundError: it is not installed.
    """
    found = _versions().get(_plain(library))
    if found is not None:
        return found
    from importlib.metadata import version  # here, as it is needed where another program than pip has installed it

    return version(library)


@lru_cache
def _versions() -> Mapping[str, str]:
    """Versions of the installed libraries, by plain name.

    They are read from the names of the folders that pip leaves: to load what else tells them takes a twentieth of a
    search.
    """
    releases: dict[str, str] = {}
    for folder in sys.path:
        for found in Path(folder).glob("*.dist-info"):
            name, _, release = found.stem.rpartition("-")
            # As in an import, the first on the path counts.
            releases.setdefault(_plain(name), release)
    return releases


def _plain(library: str) -> str:
    """A library's name, however it is written."""
    return library.lower().replace("-", "_").replace(".", "_")
