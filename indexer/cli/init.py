"""Propose a catalogue for a folder of PDFs of any body, to be edited.

Nothing is copied: unless the folder is in the corpus, the catalogue points to it. Each PDF becomes a meeting;
`rules-en.pdf` and `rules-es.pdf` become one meeting in two languages. Titles, days, languages and symbols are guessed
from first pages. Mend them in the file, and build.
"""

import argparse
import re
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from indexer.catalogue.folders import pdfs_in
from indexer.catalogue.propose import body_id, propose
from indexer.catalogue.reader import BODY_ID, FILE_NAME
from indexer.catalogue.writer import catalogue_text
from indexer.cli.console import Bars, say, show
from indexer.cli.options import add_corpus, add_processes
from indexer.extract.pdf import extract_all
from indexer.model import Extraction, message
from indexer.model.errors import CatalogueError
from indexer.storage.atomic import storage_errors, write_whole

_COMMENT = """\
Proposed by `indexer init` from file names and first pages. Nothing here is certain: check the titles, the days
(the first that the page prints) and the symbols, say the body's full name, and add what you know of each meeting
(venue.en = "…", page = "https://…"). Several documents of one meeting go under one [[meeting]], each in a
[[meeting.document]] of its own."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a folder of PDFs")
    parser.add_argument("--body", metavar="ID", help="small letters, digits and hyphens; default: the folder's name")
    add_corpus(parser)
    add_processes(parser)


def run(options: argparse.Namespace) -> int:
    """Write the catalogue, and say where and what to do next."""
    if options.body is not None and not re.fullmatch(BODY_ID, options.body):
        raise CatalogueError(message("no-body-id", options.body))
    if not options.folder.is_dir():
        raise CatalogueError(message("no-such-folder", str(options.folder)))
    pdf_folder = _pdf_folder(options.folder)
    target = _target(options.folder.resolve(), options.corpus.resolve(), options.body)
    if (target / FILE_NAME).exists():
        raise CatalogueError(message("catalogue-there", str(target / FILE_NAME)))
    files = _pdfs(pdf_folder)
    if not files:
        raise CatalogueError(message("folder-without-pdf", str(options.folder)))
    # Closed whatever happens: the processes that read must not outlive what asks them.
    with closing(_extract(pdf_folder, files, options.processes)) as extractions:
        proposed = propose(target, pdf_folder, extractions)
    # A path of this machine is written only where it must be: a catalogue should work where the corpus is copied to.
    inside = pdf_folder.resolve() == target / "pdf"
    text = catalogue_text(
        proposed.body,
        proposed.meetings,
        proposed.documents,
        pdf_folder=None if inside else str(pdf_folder.resolve()),
        comment=_COMMENT,
    )
    with storage_errors(target):
        target.mkdir(parents=True, exist_ok=True)
        write_whole(target / FILE_NAME, text.encode())
    show(f"{target / FILE_NAME}: {len(proposed.meetings)} meetings, {len(proposed.documents)} documents proposed.")
    show("Look it through and mend what is wrong, then run `indexer build`.")
    return 0


def _pdf_folder(folder: Path) -> Path:
    """The folder of the PDFs: the one named, or ``pdf`` in it where that holds none itself."""
    inner = folder / "pdf"
    return inner if inner.is_dir() and not any(path.suffix.lower() == ".pdf" for path in folder.iterdir()) else folder


def _pdfs(folder: Path) -> list[Path]:
    return [path for path in pdfs_in(folder) if path.is_file()]


def _target(folder: Path, corpus: Path, body: str | None) -> Path:
    """The folder of the body: the one in the corpus that holds the PDFs, or a new one."""
    if body is None and folder.is_relative_to(corpus) and folder != corpus:
        return corpus / folder.relative_to(corpus).parts[0]
    # A folder called "pdf" says nothing; the folder that holds it is named after the body.
    name = body or body_id(folder.parent.name if folder.name == "pdf" else folder.name)
    return corpus / name


def _extract(folder: Path, files: list[Path], processes: int) -> Generator[tuple[str, Extraction], None, None]:
    with Bars() as bars, closing(extract_all(files, processes=processes, progress=bars.page)) as extractions:
        bars.stage("extract", 0, len(files))
        for done, (path, extraction) in enumerate(zip(files, extractions, strict=True), start=1):
            bars.file(path)
            bars.stage("extract", done, len(files))
            if extraction.failure:
                say(f"{path}: {extraction.failure}")
            yield path.relative_to(folder).as_posix(), extraction
