"""Compare one document by many producers with what is read: ``python -m bench.producers [NAME ...] [--keep FOLDER]``.

An invented document of twelve recommendations, in English and in Spanish, is made by each producer. Prints how many of
the recommendations are read exactly, number and text, and the words that differ. Packages of Python and Node are
installed into a folder that is kept; programs that are missing are named with Debian's package.
"""

import argparse
import subprocess
import tempfile
from contextlib import closing
from difflib import SequenceMatcher
from pathlib import Path
from unicodedata import normalize

from bench.producers.document import DOCUMENTS, InventedDocument, printed
from bench.producers.press import PRODUCERS, MissingProgramError, Producer, Workshop
from bench.table import table
from indexer.extract.pdf import extract_all
from indexer.segment import segment
from indexer.segment.repair import repair

CACHE = Path.home() / ".cache/recommendation-search-producers"


def read(path: Path) -> dict[str, str]:
    """The recommendations that the product reads of a PDF: their texts by number."""
    with closing(extract_all([path])) as extractions:
        (extraction,) = extractions
    found: dict[str, str] = {}
    for passage in segment(repair(extraction.pages)).passages:
        if passage.kind == "recommendation":
            found.setdefault(passage.path, passage.text)
    return found


def difference(wanted: str, got: str) -> str:
    """The words in which two texts differ."""
    ours, theirs = wanted.split(), got.split()
    parts = []
    for kind, begin, end, start, stop in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            parts.append(f"{' '.join(ours[begin:end])!r} read as {' '.join(theirs[start:stop])!r}")
    return "; ".join(parts)


def compare(producer: Producer, document: InventedDocument, path: Path) -> list[tuple[str, str]]:
    """The recommendations of a PDF that are not exact: the number of each, and what differs."""
    found = read(path)
    wrong = []
    for number, each in enumerate(document.recommendations, 1):
        wanted = normalize("NFC", printed(each, producer.substitutes))
        got = found.pop(str(number), None)
        if got is None:
            wrong.append((str(number), "not found"))
        elif got != wanted:
            wrong.append((str(number), difference(wanted, got)))
    return wrong + [(number, f"not in the document: {text[:60]!r}") for number, text in found.items()]


def main() -> None:
    """Make, read, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="producers whose names begin so; default: all")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the PDFs are kept, and taken from if there")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="FOLDER", help="packages (%(default)s)")
    options = parser.parse_args()
    chosen = [
        each
        for each in PRODUCERS
        if not options.names or any(each.name.casefold().startswith(name.casefold()) for name in options.names)
    ]
    rows, details = [], []
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep.resolve() if options.keep else Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        workshop = Workshop(options.cache.resolve(), Path(temporary))
        for producer in chosen:
            row = [producer.name]
            for document in DOCUMENTS:
                path = folder / f"{producer.name.replace(', ', '-').lower()}-{document.language}.pdf"
                try:
                    if not path.exists():
                        producer.make(workshop, document, path)
                except (MissingProgramError, RuntimeError, OSError, subprocess.SubprocessError) as error:
                    row.append("not made")
                    details.append(f"{producer.name}, {document.language}: {error}")
                    continue
                wrong = compare(producer, document, path)
                exact = len(document.recommendations) - sum(
                    number.isdigit() and int(number) <= 12 for number, _ in wrong
                )
                row.append(f"{exact} of {len(document.recommendations)}")
                details += [f"{producer.name}, {document.language}, {number}: {said}" for number, said in wrong]
            rows.append(row)
    print(table(["producer", *(document.language for document in DOCUMENTS)], rows))
    print("\n".join(details))


if __name__ == "__main__":
    main()
