"""Citations as programs read them: CSL-JSON, BibTeX and RIS, each as a stream of text."""

# ARCHITECTURE.md: A citation has one source of facts.

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.model import json
from search_app.present.citation.record import Record, author_of, days_of
from search_app.present.citation.tables import csv_table, xlsx_table


def csl_json(records: Iterable[Record]) -> Iterator[str]:
    """Records as one array of CSL-JSON."""
    before = "[\n"
    for record in records:
        yield before + json.encode(record).decode()
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def json_lines(records: Iterable[Record]) -> Iterator[str]:
    """Records of CSL-JSON, each on a line."""
    for record in records:
        yield json.encode(record).decode() + "\n"


def bibtex(records: Iterable[Record]) -> Iterator[str]:
    """Records as entries of BibTeX, with the fields of biblatex beside the old ones."""
    for record in records:
        fields = "".join(f"  {name} = {value},\n" for name, value in _bibtex_fields(record).items())
        yield f"@techreport{{{bibtex_key(record['id'])},\n{fields}}}\n\n"


def bibtex_key(id: str) -> str:
    """The key of an entry; ids that differ have keys that differ."""
    return re.sub(r"[^A-Za-z0-9.:-]", lambda found: "-" if found[0] == "/" else f"_{ord(found[0]):x}_", id)


def _bibtex_fields(record: Record) -> Mapping[str, str]:
    texts = {
        "title": record["title"],
        "institution": record["publisher"],
        "type": record["genre"],
        "number": record.get("number"),
        "address": record.get("event-place"),
        "eventtitle": record["event-title"],
        "pages": record["page"],
        "language": record["language"],
        "note": record["note"],
        "abstract": record["abstract"],
    }
    # A second pair of braces keeps an institution from being cut into names, and a title its capitals.
    twice = ("title", "institution")
    found = {"author": f"{{{{{_tex(author_of(record))}}}}}"}
    found |= {
        name: f"{{{{{_tex(text)}}}}}" if name in twice else f"{{{_tex(text)}}}" for name, text in texts.items() if text
    }
    if days := days_of(record, "issued"):
        found["year"] = f"{{{days[0].year}}}"
        found["month"] = calendar.month_abbr[days[0].month].lower()
        found["date"] = f"{{{'/'.join(day.isoformat() for day in days)}}}"
    # Addresses are read as they are; ours hold none of the characters that would end them.
    return found | {"url": f"{{{record['URL']}}}", "urldate": f"{{{days_of(record, 'accessed')[0].isoformat()}}}"}


_TEX = {
    "\\": r"\textbackslash{}",
    # Escaped braces would count as braces all the same.
    "{": r"\lbrace{}",
    "}": r"\rbrace{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "%&$#_"},
}

_LIGATURE = re.compile(r"([-`'<>,])(?=\1)|[?!](?=`)")
"""Signs of which TeX makes another one with the next: two hyphens a dash."""


def _tex(text: str) -> str:
    """A text as TeX prints it again, on one line."""
    return _LIGATURE.sub(r"\g<0>{}", "".join(_TEX.get(sign, sign) for sign in one_line(text)))


def one_line(text: str) -> str:
    """A text with spaces in place of line breaks, and none at its ends."""
    return " ".join(line.strip() for line in text.splitlines()).strip()


def ris(records: Iterable[Record]) -> Iterator[str]:
    """Records as references of RIS."""
    for record in records:
        yield (
            "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in _ris_fields(record) if value) + "ER  - \r\n\r\n"
        )


def _ris_fields(record: Record) -> Iterator[tuple[str, str]]:
    yield "TY", "RPRT"
    yield "ID", record["id"]
    # A comma would cut the name into last and first: it is left out here, and stands in the publisher's.
    yield "AU", author_of(record).replace(",", "")
    yield "TI", record["title"]
    yield "T2", record["event-title"]
    yield "PB", record["publisher"]
    yield "CY", record.get("event-place", "")
    yield "M3", record["genre"]
    yield "SN", record.get("number", "")
    if days := days_of(record, "issued"):
        yield "PY", str(days[-1].year)
        yield "DA", f"{days[-1]:%Y/%m/%d}/"
        # RIS has one day alone: where there are two, it is the last, and a note has both.
        yield "N1", "/".join(day.isoformat() for day in days) if len(days) > 1 else ""
    yield "SP", record["page"]
    yield "LA", record["language"]
    yield "UR", record["URL"]
    yield "L1", record["custom"]["pdf"]
    yield "Y2", f"{days_of(record, 'accessed')[0]:%Y/%m/%d}/"
    yield "N1", record["note"]
    yield "AB", record["abstract"]


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """Format of a file of citations: its name for people, its media type and its writer."""

    name: str
    media_type: str
    write: Callable[[Iterable[Record]], Iterator[bytes]]


def _encode(write: Callable[[Iterable[Record]], Iterator[str]]) -> Callable[[Iterable[Record]], Iterator[bytes]]:
    return lambda records: (text.encode() for text in write(records))


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMATS: Mapping[str, CitationFormat] = {
    "csv": CitationFormat("CSV", "text/csv", csv_table),
    "xlsx": CitationFormat("Excel", _XLSX, xlsx_table),
    "bib": CitationFormat("BibTeX", "application/x-bibtex", _encode(bibtex)),
    "ris": CitationFormat("RIS", "application/x-research-info-systems", _encode(ris)),
    "json": CitationFormat("CSL-JSON", "application/vnd.citationstyles.csl+json", _encode(csl_json)),
    "jsonl": CitationFormat("JSON Lines", "application/jsonl", _encode(json_lines)),
}
"""The formats by the suffix of their files."""
