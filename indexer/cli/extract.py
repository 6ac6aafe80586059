"""Give the passages of any PDFs as JSON Lines; no catalogue is needed.

One line for each passage, in the order of the files and of their pages: pdf, path, kind, page, page_label (what the
file calls the page, empty where that is its number), heading, text, and boxes (page, x0, top, x1, bottom in points from
the top left corner). What could not be read, and what should be looked at, is said on the standard error, with what to
do. Pages that are pictures are read by OCR in ``indexer build`` alone. With --rows there is a line for each row of the
pages instead, which says what the row is and why.
"""

import argparse
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from indexer.cli.console import Bars, say, show_bytes
from indexer.cli.options import add_processes
from indexer.extract.pdf import extract_all
from indexer.extract.without_text import reason_without_text
from indexer.model import Extraction, Message, Passage, json
from indexer.model.errors import PdfError
from indexer.segment.annotation import annotate
from indexer.segment.document import segment_document
from indexer.segment.repair import repair


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.pdf", help="a PDF")
    parser.add_argument("--rows", action="store_true", help="give the rows of the pages, and what each is")
    add_processes(parser)


def run(options: argparse.Namespace) -> int:
    """Print the passages; 4 when a file could not be read as a whole."""
    files: list[Path] = options.files
    code = 0
    with Bars() as bars, closing(extract_all(files, processes=options.processes, progress=bars.page)) as extractions:
        bars.stage("extract", 0, len(files))
        for done, (path, extraction) in enumerate(zip(files, extractions, strict=True), start=1):
            bars.file(path)
            bars.stage("extract", done, len(files))
            for problem in _problems(extraction):
                say(f"{path}: {problem}")
                code = PdfError.exit_code
            for remark in _remarks(extraction):
                say(f"{path}: {remark}")
            for line in _rows(extraction) if options.rows else _lines(extraction):
                show_bytes(line)
    return code


def _problems(extraction: Extraction) -> Iterator[Message]:
    if extraction.failure:
        yield extraction.failure
    elif not any(page.lines for page in extraction.pages):
        yield reason_without_text(caution for page in extraction.pages for caution in page.warnings)


def _remarks(extraction: Extraction) -> Iterator[Message]:
    """The cautions on the pages of a file that gives some text."""
    if any(page.lines for page in extraction.pages):
        yield from (caution.message for page in extraction.pages for caution in page.warnings)


def _lines(extraction: Extraction) -> Iterator[bytes]:
    for passage in segment_document(extraction.pages, None).passages:
        yield json.encode(_as_mapping(extraction.file, passage))


def _rows(extraction: Extraction) -> Iterator[bytes]:
    """Give the rows of a document, each with what it is taken for."""
    found = annotate(repair(extraction.pages))
    body = found.body
    for index, row in enumerate(body.rows):
        mark, region = body.marks[index], body.regions[index]
        opens = index in found.items.numbers or index in found.items.dashes
        yield json.encode(
            {
                "pdf": extraction.file,
                "page": row.page,
                "text": row.text,
                "heading": body.look[index].name.lower(),
                "number": ".".join(mark.path) if mark else None,
                "announces": body.announced[index],
                "region": body.rows[region.start].text if region else None,
                "why": region.why.name.lower() if region else None,
                "recommendation": opens,
            }
        )


def _as_mapping(file: str, passage: Passage) -> dict[str, object]:
    return {
        "pdf": file,
        "path": passage.path,
        "kind": passage.kind,
        "page": passage.pages[0],
        "page_label": passage.places[0].label,
        "heading": passage.heading,
        "text": passage.text,
        "boxes": [
            [place.page, place.box.x0, place.box.top, place.box.x1, place.box.bottom] for place in passage.places
        ],
    }
