"""Measure what OCR reads of scans made of the sample: ``python -m bench.ocr_truth [--dots 200,300] [--turned 0,1,3]``.

Pages of the sample's PDFs and made lists, whose numbers hang in the margin at several indents, are drawn at several
resolutions, turned by some degrees and made grainy. Each is read as a scan, and its words and numbers are compared with
those of the page that was drawn. ``--indexer FOLDER`` reads with the checkout there, to compare with an earlier one.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.page_truth import words_of
from bench.table import table
from indexer.extract.pdf import extract_all
from tests.support.paths import ROOT
from tests.support.scans import hanging_list, picture_of, write_scan

NOISE = 25.0
"""Greys by which dots differ from what is printed."""

INDENTS = (18, 36)
"""Points from a number in the margin to its text."""

SAMPLES = ("III-recommendations-en.pdf", "IX-recommendations-es.pdf")
"""PDFs of the sample of which all pages are drawn."""

ITEMS = {
    "en": (
        "That the States keep a list of the persons who answer urgent requests, and that they send each change of it.",
        "That the office offer courses to those who gather and keep what machines have recorded, with the schools.",
        "That each State look at its laws on the matter before the next meeting of the group, and tell the office so.",
        "That the members of the group write down what they have done, and what has kept them from doing more of it.",
    ),
    "es": (
        "Que los Estados mantengan una lista de las personas que responden a los pedidos urgentes a cualquier hora.",
        "Que la oficina ofrezca cursos a quienes reúnen y guardan lo que las máquinas han registrado, según convenga.",
        "Que cada Estado examine sus leyes sobre la materia antes de la próxima reunión del grupo, y lo comunique así.",
        "Que los miembros del grupo escriban lo que han hecho, y también lo que les ha impedido hacer más por ello.",
    ),
}

READ = """
import json, sys
from pathlib import Path
from indexer.extract.ocr import find_ocr
from indexer.extract.pdf import extract_all
paths = [Path(path) for path in sys.argv[1:]]
read = extract_all(paths, processes=2, ocr=find_ocr(("en", "es")).read)
print(json.dumps([[[[line.text for line in page.lines], [caution.code for caution in page.warnings]]
    for page in extraction.pages] for extraction in read]))
"""


def originals(folder: Path) -> list[Path]:
    """The PDFs that are made into scans."""
    found = [ROOT / "corpus" / "sample" / "pdf" / name for name in SAMPLES]
    for language, items in ITEMS.items():
        for indent in INDENTS:
            found.append(folder / f"list-{language}-{indent}.pdf")
            hanging_list(found[-1], 3 * items, indent=indent)
    return found


def scans(folder: Path, paths: Sequence[Path], pages: Sequence[int], dots: int, turned: float) -> list[Path]:
    """The PDFs as scans."""
    found = []
    for path, count in zip(paths, pages, strict=True):
        found.append(folder / f"{path.stem}-{dots}-{turned}.pdf")
        write_scan(found[-1], *(picture_of(path, page, dots=dots, turned=turned, noise=NOISE) for page in range(count)))
    return found


def numbers_of(lines: Sequence[str]) -> Counter[str]:
    """The numbers that open lines."""
    return Counter(word for line in lines for word in line.split()[:1] if word[:1].isdigit())


def shares(printed: Sequence[Sequence[str]], read: Sequence[Sequence[str]]) -> tuple[float, float]:
    """The shares of words, and of numbers that open lines, that were read on their page."""
    words = numbers = all_words = all_numbers = 0
    for ours, theirs in zip(printed, read, strict=True):
        wanted = words_of("\n".join(ours))
        words += (wanted & words_of("\n".join(theirs))).total()
        all_words += wanted.total()
        numbers += (numbers_of(ours) & numbers_of(theirs)).total()
        all_numbers += numbers_of(ours).total()
    return words / all_words, numbers / all_numbers


def rows(options: argparse.Namespace) -> Iterator[list[str]]:
    """A row for each resolution and angle."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = originals(folder)
        printed = [[[line.text for line in page.lines] for page in each.pages] for each in extract_all(paths)]
        for dots in options.dots:
            for turned in options.turned:
                made = scans(folder, paths, list(map(len, printed)), dots, turned)
                command = [sys.executable, "-c", READ, *map(str, made)]
                env = {**os.environ, "PYTHONPATH": str(options.indexer)}
                done = subprocess.run(command, env=env, cwd=folder, stdout=subprocess.PIPE, check=True)
                read = json.loads(done.stdout)
                count = len(SAMPLES)
                cells = [f"{dots}", f"{turned:g}"]
                for part in (slice(None, count), slice(count, None)):
                    ours = [page for pages in printed[part] for page in pages]
                    theirs = [lines for pages in read[part] for lines, _ in pages]
                    cells += [f"{share:.3f}" for share in shares(ours, theirs)]
                doubted = sum(bool({*codes} - {"read-by-ocr"}) for pages in read for _, codes in pages)
                yield [*cells, str(doubted)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dots", type=_numbers, default=[150, 200, 300], help="resolutions, in dots per inch")
    parser.add_argument("--turned", type=_angles, default=[0.0, 0.2, 1.0, 3.0], help="degrees, counterclockwise")
    parser.add_argument("--indexer", type=Path, default=ROOT, metavar="FOLDER", help="the checkout that reads")
    headings = ["dots", "turned", "words", "numbers", "words of lists", "numbers of lists", "pages with remarks"]
    print(table(headings, list(rows(parser.parse_args()))))


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _angles(text: str) -> list[float]:
    return [float(number) for number in text.split(",")]


if __name__ == "__main__":
    main()
