"""The settings of the search pages: each is a row with a name, a default and a sentence."""

import argparse
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, get_args, get_type_hints
from urllib.parse import urlsplit

from indexer.engines.base import MEMORY

PREFIX = "SEARCH_APP_"
"""A setting ``page_size`` is read from the environment as ``SEARCH_APP_PAGE_SIZE``."""

MEGABYTE = 2**20
"""The unit, in bytes, in which memory is set: nobody wants to type nine digits."""


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"a port lies between 0 and 65535, not {text}")
    return int(text)


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"a number of at least 1 is needed, not {text}")
    return int(text)


def _address(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise argparse.ArgumentTypeError(f"an address like https://search.example.org is needed, not {text!r}")
    return text.rstrip("/")


_SITE = re.compile(r"\*|https?://(\*\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]+)?")


def _sites(text: str) -> str:
    for site in text.split():
        if not _SITE.fullmatch(site):
            raise argparse.ArgumentTypeError(f"sites like https://portal.example.org are needed, not {site!r}")
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class _Means:
    """Parser of a setting's text, and its description for people."""

    parse: Callable[[str], object]
    sentence: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the service. An option of the command line wins over the environment, which wins over the default."""

    host: Annotated[str, _Means(str, "The address to listen at; 0.0.0.0 for all of this machine.")] = "127.0.0.1"
    port: Annotated[int, _Means(_port, "The port to listen at; 0 for any that is free.")] = 8000
    index: Annotated[Path, _Means(Path, "The folder of the published index.")] = Path("index")
    page_size: Annotated[int, _Means(_positive, "Results on a page.")] = 10
    frame_hosts: Annotated[
        str,
        _Means(
            _sites,
            "Sites that may show the search in a frame, with spaces between: like https://portal.example.org; * for "
            "any, empty for none.",
        ),
    ] = "*"
    threads: Annotated[int, _Means(_positive, "Requests answered at the same time.")] = 4
    memory: Annotated[int, _Means(_positive, "Megabytes of memory for cached postings and texts.")] = MEMORY // MEGABYTE
    public_url: Annotated[
        str,
        _Means(_address, "Address at which visitors reach the service, to be cited; empty: the one that was asked."),
    ] = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A setting as documented: name, default, sentence, how it is read, and the names by which it is set."""

    name: str
    default: object
    sentence: str
    parse: Callable[[str], object]
    option: str
    variable: str


def rows() -> Iterator[Row]:
    """All settings, in the order in which they are declared."""
    hints = get_type_hints(Settings, include_extras=True)
    for each in fields(Settings):
        means: _Means = get_args(hints[each.name])[1]
        option, variable = "--" + each.name.replace("_", "-"), PREFIX + each.name.upper()
        yield Row(
            name=each.name,
            default=each.default,
            sentence=means.sentence,
            parse=means.parse,
            option=option,
            variable=variable,
        )


def read_settings(options: Sequence[str], environment: Mapping[str, str]) -> Settings:
    """The settings from the options of a command line and the environment.

    Exits with a usage message, as command lines do, when an option or variable cannot be read.
    """
    parser = argparse.ArgumentParser("search-app", description="Serve the search pages over a published index.")
    for row in rows():
        shown = str(row.default) or "empty"
        parser.add_argument(
            row.option,
            type=row.parse,
            metavar=row.name.upper(),
            help=f"{row.sentence} Default: {shown}. Also {row.variable}.",
        )
    given = {name: value for name, value in vars(parser.parse_args(options)).items() if value is not None}
    for row in rows():
        if row.name not in given and row.variable in environment:
            try:
                given[row.name] = row.parse(environment[row.variable])
            except (ValueError, argparse.ArgumentTypeError) as error:
                parser.error(f"environment variable {row.variable}: {error}")
    return Settings(**given)
