"""Citations read back by programs of others."""

import json
import warnings
from collections.abc import Mapping
from typing import Any

import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

RIS = {
    "authors": "author",
    "title": "title",
    "secondary_title": "event-title",
    "publisher": "publisher",
    "place_published": "event-place",
    "type_of_work": "genre",
    "issn": "number",
    "start_page": "page",
    "language": "language",
    "urls": "URL",
    "abstract": "abstract",
}
"""The fields of a record, by those that rispy gives."""

BIBTEX = {
    "title": "title",
    "institution": "publisher",
    "type": "genre",
    "number": "number",
    "address": "event-place",
    "eventtitle": "event-title",
    "pages": "page",
    "language": "language",
    "note": "note",
    "abstract": "abstract",
    "url": "URL",
}
"""The fields of a record, by those of BibTeX."""


def read_ris(text: str) -> list[Mapping[str, Any]]:
    """The records of a file of RIS, as far as the names of their fields have a counterpart."""
    return [_of_ris(each) for each in rispy.loads(text)]


def _of_ris(entry: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        ours: entry[theirs] if isinstance(entry[theirs], str) else entry[theirs][0]
        for theirs, ours in RIS.items()
        if theirs in entry
    }
    assert len(entry["authors"]) == len(entry["urls"]) == 1
    return found | {"note": entry["notes"][-1], "accessed": entry["access_date"], "issued": entry.get("date")}


def read_bibtex(text: str) -> list[Mapping[str, Any]]:
    """The records of a file of BibTeX, as far as the names of their fields have a counterpart."""
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    # The decoder gives a sign of its own for a circumflex that stands alone.
    entries = [
        {field.key: str(field.value).replace("\u02c6", "^") for field in entry.fields} for entry in library.entries
    ]
    assert len({entry.key for entry in library.entries}) == len(entries)
    return [
        {ours: _bare(entry[theirs]) for theirs, ours in BIBTEX.items() if theirs in entry}
        | {"author": _bare(entry["author"]), "accessed": entry["urldate"], "issued": entry.get("date")}
        for entry in entries
    ]


def _bare(value: str) -> str:
    return value[1:-1] if value.startswith("{") and value.endswith("}") else value


def print_csl(text: str, style: str = "harvard-cite-them-right") -> list[str]:
    """The entries of a bibliography that citeproc-py prints of CSL-JSON."""
    records = json.loads(text)
    with warnings.catch_warnings():
        # It says which variables it does not know.
        warnings.simplefilter("ignore")
        source = CiteProcJSON(records)
        bibliography = CitationStylesBibliography(CitationStylesStyle(style, validate=False), source, formatter.plain)
        for record in records:
            bibliography.register(Citation([CitationItem(record["id"])]))
        return [str(each) for each in bibliography.bibliography()]
