"""Compare what is read with what is printed: ``python -m bench.page_truth FOLDER [--ocr en,es] [--report FOLDER]``.

PDFium reads each page of the PDFs in a folder and its subfolders as well. Where its words and ours differ in more than
a share of them, OCR reads the drawing of the page, which knows nothing of the file, and tells who is right. Prints the
totals and the worst pages. A report holds all of them with their words and pictures; ``--before`` compares with the
``pages.json`` of an earlier report, and lists the pages that became better or worse.
"""

import argparse
import html
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pypdfium2

from bench.table import table
from indexer.extract.ocr import Ocr, find_ocr
from indexer.extract.pdf import extract_all
from indexer.model import Caution, Page, message

SHARE = 0.02
"""The share of words in which a page may differ: OCR and PDFium have faults of their own."""

SECONDS = 120
"""What PDFium may take for a file; it works in a process of its own, as some files break it."""

WORST = 40
"""Pages that are printed; the report holds all."""

PDFIUM = """
import json, sys, pypdfium2
pages = pypdfium2.PdfDocument(sys.argv[1])
json.dump([page.get_textpage().get_text_range(errors="replace") for page in pages], sys.stdout)
"""

_WORD = re.compile(r"[^\W_]+")

# PDFium gives U+FFFE for the hyphen of a divided word, and other readers one of these with the line break. Between
# letters no hyphen counts: how a word is divided is not told by the page.
_DIVISION = re.compile(r"(?<=[^\W\d_])[\ufffe\x02\u00ad\u2010-]\s*(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class PageDifference:
    """The difference of a page.

    Attributes:
        file: the path of the PDF in its folder.
        page: the number of the page, from 1.
        words: the number of words that were read, by whoever read more.
        share: the share of them in which the readers differ, or in which OCR sides with PDFium where it was asked.
        missing: the words that we did not read.
        extra: the words that we alone read.
        remarks: the codes of the cautions on the page.
    """

    file: str
    page: int
    words: int
    share: float
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    remarks: tuple[str, ...]


def words_of(text: str) -> Counter[str]:
    """The words of a text with their numbers, without case, ligatures and divisions."""
    folded = unicodedata.normalize("NFKC", _DIVISION.sub("", text)).casefold()
    return Counter(_WORD.findall(folded))


def difference(file: str, page: Page, drawn: str, seen: str | None = None) -> PageDifference:
    """Compare a page as we read it with its text by PDFium, and with what OCR saw on it, if it looked."""
    ours = words_of("\n".join(line.text for line in (*page.lines, *page.set_aside)))
    theirs = words_of(drawn)
    missing, extra = theirs - ours, ours - theirs
    if seen is not None:
        looked = words_of(seen)
        missing, extra = missing & (looked - ours), extra - looked
    words = max(ours.total(), theirs.total())
    return PageDifference(
        file=file,
        page=page.number,
        words=words,
        share=round(max(missing.total(), extra.total()) / words, 4) if words else 0.0,
        missing=tuple(sorted(missing.elements())),
        extra=tuple(sorted(extra.elements())),
        remarks=tuple(sorted({caution.code for caution in page.warnings})),
    )


def texts_of(path: Path) -> list[str] | None:
    """The text of each page by PDFium; None where it cannot read the file."""
    command = [sys.executable, "-c", PDFIUM, str(path)]
    try:
        return list(json.loads(subprocess.run(command, capture_output=True, timeout=SECONDS, check=True).stdout))
    except (subprocess.SubprocessError, ValueError):
        return None


def compare(folder: Path, share: float, ocr: Ocr | None) -> Iterator[PageDifference]:
    """Compare each page of the PDFs in a folder; what cannot be compared is said."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf")
    with closing(extract_all(paths)) as extractions:
        for path, extraction in zip(paths, extractions, strict=True):
            file = str(path.relative_to(folder))
            drawn = texts_of(path)
            if drawn is None or len(drawn) != len(extraction.pages):
                theirs = "no page" if drawn is None else f"{len(drawn)} pages"
                print(f"{file}: {len(extraction.pages)} pages of ours, {theirs} of PDFium. {extraction.failure or ''}")
            for page, text in zip(extraction.pages, drawn or (), strict=False):
                found = difference(file, page, text)
                if found.share > share and ocr:
                    picture = Caution(message("no-text", page.number, message("maybe-scan")), page.number)
                    (read,) = ocr.read(path, [replace(page, lines=(), set_aside=(), warnings=(picture,))])
                    found = difference(file, page, text, "\n".join(line.text for line in read.lines))
                yield found


def write_report(
    report: Path, folder: Path, pages: Sequence[PageDifference], differing: Sequence[PageDifference]
) -> None:
    """Write all pages as JSON, and those that differ with their pictures as HTML."""
    report.mkdir(parents=True, exist_ok=True)
    (report / "pages.json").write_text(json.dumps([asdict(page) for page in pages], ensure_ascii=False), "utf-8")
    parts = ["<!doctype html><meta charset=utf-8><title>Pages that differ</title>"]
    for number, page in enumerate(differing):
        picture = f"{number}.png"
        pypdfium2.PdfDocument(folder / page.file)[page.page - 1].render(scale=1).to_pil().save(report / picture)
        parts.append(
            f"<h2>{html.escape(page.file)}, page {page.page}: {page.share:.1%}</h2><img src={picture} alt=''>"
            f"<p>Missing: {html.escape(' '.join(page.missing))}<p>Extra: {html.escape(' '.join(page.extra))}"
            f"<p>Remarks: {html.escape(' '.join(page.remarks)) or 'none'}"
        )
    (report / "index.html").write_text("\n".join(parts), "utf-8")


def shares(pages: Iterable[Mapping[str, object]]) -> dict[tuple[object, object], float]:
    """The shares of a report, by file and page."""
    return {(page["file"], page["page"]): float(str(page["share"])) for page in pages}


def print_changes(before: Path, pages: Sequence[PageDifference]) -> None:
    """Print the pages that became better or worse since a report."""
    earlier = shares(json.loads(before.read_text("utf-8")))
    rows = [
        [f"{page.file}, page {page.page}", f"{earlier[page.file, page.page]:.1%}", f"{page.share:.1%}"]
        for page in pages
        if (page.file, page.page) in earlier and earlier[page.file, page.page] != page.share
    ]
    print(table(["changed since", "before", "now"], rows) if rows else "No page has changed.")


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--share", type=float, default=SHARE, help=f"words in which a page may differ; default: {SHARE}"
    )
    parser.add_argument("--ocr", default="", metavar="LANGUAGES", help="codes of the languages that OCR reads: en,es")
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="where to write the report")
    parser.add_argument("--before", type=Path, metavar="FILE", help="pages.json of an earlier report")
    options = parser.parse_args()
    ocr = find_ocr(options.ocr.split(",")) if options.ocr else None
    pages = list(compare(options.folder, options.share, ocr))
    differing = sorted((page for page in pages if page.share > options.share), key=lambda page: -page.share)
    said = sum(1 for page in differing if page.remarks)
    print(
        f"{len(pages)} pages, {len(differing)} differ in more than {options.share:.0%}, {said} of them with a remark."
    )
    rows = [
        [f"{page.file}, page {page.page}", f"{page.share:.1%}", " ".join(page.missing[:6]), " ".join(page.extra[:6])]
        for page in differing[:WORST]
    ]
    if rows:
        print(table(["page", "share", "missing", "extra"], rows))
    if options.before:
        print_changes(options.before, pages)
    if options.report:
        write_report(options.report, options.folder, pages, differing)


if __name__ == "__main__":
    main()
