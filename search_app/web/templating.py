"""Names common to all templates."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, g
from jinja2 import StrictUndefined

from indexer import __version__
from indexer.analysis.fields import FIELDS
from search_app.present import highlight, labels, metadata
from search_app.present.citation.formats import FORMATS
from search_app.present.citation.styles import STYLE_NAMES, citations_of
from search_app.present.facets import shown_facets
from search_app.present.search import MATCHES, SORTS
from search_app.request.locale import (
    LANGUAGES,
    format_days,
    format_number,
    format_percent,
    interface_language,
    language_name,
    message_remedy,
    message_sentence,
    message_text,
    say,
)
from search_app.web.context import coverage_or_none, links, parameters

SHOWN_VALUES = 8
"""Number of a facet's values shown before the rest is folded away."""

SHOWN_PAGES = 2
"""Number of page links at either side of the present one."""


def install_templating(app: Flask) -> None:
    """Give the app's templates their common names."""
    # A slip in a name must be an error, not an empty place in a page.
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(_GLOBALS)
    app.context_processor(_request_values)


def _request_values() -> dict[str, Any]:
    return {
        "links": links(),
        "given": parameters(),
        "ui": interface_language(),
        "coverage": coverage_or_none(),
        "words": parameters().get("q", ""),
        "asked_language": g.asked_language,
    }


def page_numbers(page: int, pages: int) -> tuple[int | None, ...]:
    """The page numbers to link; None where some are left out.

    These are the first, the last and those around ``page``.
    """
    shown = sorted({1, pages, *range(max(1, page - SHOWN_PAGES), min(pages, page + SHOWN_PAGES) + 1)})
    row: list[int | None] = []
    for number in shown:
        if row and row[-1] is not None and number - row[-1] > 1:
            row.append(None)
        row.append(number)
    return tuple(row)


_GLOBALS: Mapping[str, Any] = {
    "FIELDS": FIELDS,
    "FORMATS": FORMATS,
    "LANGUAGES": LANGUAGES,
    "MATCHES": MATCHES,
    "SHOWN_VALUES": SHOWN_VALUES,
    "SORTS": SORTS,
    "STYLE_NAMES": STYLE_NAMES,
    "citations_of": citations_of,
    "format_days": format_days,
    "format_number": format_number,
    "format_percent": format_percent,
    "labels": labels,
    "language_name": language_name,
    "markup": metadata,
    "message_remedy": message_remedy,
    "message_sentence": message_sentence,
    "message_text": message_text,
    "page_numbers": page_numbers,
    "pieces": highlight.pieces,
    "say": say,
    "shown_facets": shown_facets,
    "snippet": highlight.snippet,
    "version": __version__,
}
