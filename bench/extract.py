"""Measure the extraction against its peers: ``python -m bench.extract [FOLDER] [--before CHECKOUT | --readers]``.

Prints, for the same files in one run: pages per second of ``pdfminer.high_level.extract_text`` and of ours, the word F1
of both against poppler's ``pdftotext`` (where it is installed), what a second process brings, and the peak memory for
documents of 250, 1,000 and 4,000 pages.

With ``--before`` it measures this checkout against another one, each with an environment in ``.venv``, in place of all
that. Both read the same files in turns, each time in processes of their own. Prints the medians of pages per second of
the processor and of peak memory: for the pages alone, and for the whole of ``indexer extract``.

With ``--readers`` it measures libraries that could read content streams in place of pdfminer (those of the group
``bench`` that are installed), each for what extraction needs at least: letters or strings with their places. The last
row is ours: pages of lines, in columns and without what no reader sees.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from pdfminer.high_level import extract_text
from reportlab.pdfgen.canvas import Canvas

from bench.table import table
from indexer.extract.pdf import extract_all
from indexer.extract.pdf.reader import read_pages

HERE = Path(__file__).parents[1]
FOLDER = HERE.parent / "shared/data/un-reports/pdf"

Result = TypeVar("Result")

PEAK = """
import re, resource, sys
from pathlib import Path
from indexer.extract.pdf.reader import read_pages
pages = sum(1 for _ in read_pages(Path(sys.argv[1])))
status = Path("/proc/self/status")
if status.exists():  # what getrusage says there counts the parent's memory as well
    peak = int(re.search(r"VmHWM:\\s*(\\d+)", status.read_text())[1]) / 2**10
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
print(pages, peak)
"""


# Run in either checkout, so that it may use nothing that only one of them has.
_PAGES = """
import sys
from pathlib import Path
try:
    from indexer.extract.pdf.reader import read_pages
except ImportError:  # where it was in the first versions
    from indexer.pdf.reader import read_pages
for path in sys.argv[1:]:
    for page in read_pages(Path(path)):
        pass
"""
_READERS = {
    "pypdfium2, the text alone": """
import sys, pypdfium2
for path in sys.argv[1:]:
    for page in pypdfium2.PdfDocument(path):
        page.get_textpage().get_text_range()
""",
    "pypdfium2, each letter with its box": """
import sys, pypdfium2
for path in sys.argv[1:]:
    for page in pypdfium2.PdfDocument(path):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            text.get_charbox(index)
""",
    "playa-pdf, each string with its box": """
import sys, playa
for path in sys.argv[1:]:
    with playa.open(path) as document:
        for page in document.pages:
            for text in page.texts:
                text.bbox, text.chars
""",
    "playa-pdf, each letter with its box": """
import sys, playa
for path in sys.argv[1:]:
    with playa.open(path) as document:
        for page in document.pages:
            for text in page.texts:
                for glyph in text:
                    glyph.bbox, glyph.text
""",
    "indexer, pages of lines": _PAGES,
}

# In a process of its own, which has little memory: what getrusage says of children counts their parent's as well.
_USAGE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 2**10)
"""


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """The result of a piece of work, and the seconds that it took."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def word_f1(found: str, expected: str) -> float:
    """The harmonic mean of precision and recall over words, counted with their repetitions, whatever their order."""
    ours, theirs = Counter(found.split()), Counter(expected.split())
    shared = (ours & theirs).total()
    return 2 * shared / (ours.total() + theirs.total() or 1)


def our_text(path: Path) -> tuple[str, int]:
    """The text of a PDF and the number of its pages."""
    pages = list(read_pages(path))
    return "\n".join(line.text for page in pages for line in page.lines), len(pages)


def compare(files: list[Path]) -> None:
    """Speed and agreement, file by file."""
    pages, ours, theirs = 0, 0.0, 0.0
    agreement: list[tuple[float, float]] = []
    for path in files:  # in turns, so that what else the machine does hurts both alike
        (text, count), seconds = timed(lambda path=path: our_text(path))  # type: ignore[misc]
        ours += seconds
        pages += count
        other, seconds = timed(lambda path=path: extract_text(path))  # type: ignore[misc]
        theirs += seconds
        if shutil.which("pdftotext"):
            poppler = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
            agreement.append((word_f1(text, poppler), word_f1(other, poppler)))
    print(f"{len(files)} files, {pages} pages")
    print(f"extract_text  {pages / theirs:7.1f} pages/s")
    print(f"ours          {pages / ours:7.1f} pages/s   {theirs / ours:.2f} times as fast")
    if agreement:
        mean, other_mean = (statistics.fmean(column) for column in zip(*agreement, strict=True))
        print(f"word F1 against pdftotext: extract_text {other_mean:.5f}, ours {mean:.5f}")


def scale(files: list[Path], rounds: int = 3) -> None:
    """The gain of a second process, start of processes included."""
    best: dict[int, float] = {}
    for _ in range(rounds):
        for processes in (1, 2):
            pages, seconds = timed(lambda: sum(len(one.pages) for one in extract_all(files, processes=processes)))  # noqa: B023
            best[processes] = max(best.get(processes, 0.0), pages / seconds)
    print(
        f"apart, 1 process {best[1]:.1f} pages/s, 2 processes {best[2]:.1f}: {best[2] / best[1]:.2f} times "
        f"(best of {rounds})"
    )


def memory() -> None:
    """Peak memory for documents of more and more pages."""
    with tempfile.TemporaryDirectory() as folder:
        for count in (250, 1000, 4000):
            path = Path(folder) / f"{count}.pdf"
            canvas = Canvas(str(path))
            for number in range(count):
                for row in range(50):
                    canvas.drawString(60, 780 - 14 * row, f"{number}.{row} That the States strengthen their laws")
                canvas.showPage()
            canvas.save()
            told = subprocess.run([sys.executable, "-c", PEAK, path], capture_output=True, check=True, text=True)
            pages, peak = told.stdout.split()
            print(f"{pages:>5} pages: peak {float(peak):.0f} MB")


def used(checkout: Path, arguments: list[str], files: list[Path]) -> tuple[float, float]:
    """The seconds of the processor and the peak memory in MB that a checkout's Python takes for files."""
    python = str(checkout / ".venv/bin/python")
    command = [sys.executable, "-c", _USAGE, python, *arguments, *map(str, files)]
    told = subprocess.run(command, cwd=checkout, capture_output=True, check=True, text=True)
    seconds, peak = map(float, told.stdout.split())
    return seconds, peak


def compare_checkouts(before: Path, files: list[Path], rounds: int) -> None:
    """Speed and memory of this checkout and of another one."""
    files = [path.resolve() for path in files]
    pages = sum(1 for path in files for _ in read_pages(path))
    rows = []
    for name, arguments in (("the pages", ["-c", _PAGES]), ("indexer extract", ["-m", "indexer", "extract"])):
        taken = [[used(checkout, arguments, files) for checkout in (before, HERE)] for _ in range(rounds)]
        seconds, peaks = ([statistics.median(each[side][kind] for each in taken) for side in (0, 1)] for kind in (0, 1))
        speeds = [pages / each for each in seconds]
        figures = [f"{each:.1f}" for each in speeds] + [f"{speeds[1] / speeds[0]:.2f}"]
        rows.append([name, *figures, *(f"{peak:.0f}" for peak in peaks)])
    print(f"{len(files)} files, {pages} pages, {rounds} rounds")
    print(table(["", "pages/s before", "now", "ratio", "peak MB before", "now"], rows))


def compare_readers(files: list[Path], rounds: int) -> None:
    """Speed and memory of libraries that read content streams, and ours."""
    files = [path.resolve() for path in files]
    pages = sum(1 for path in files for _ in read_pages(path))
    there = {name: code for name, code in _READERS.items() if find_spec(name.partition(",")[0].removesuffix("-pdf"))}
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in there}
    for _ in range(rounds):
        for name, code in there.items():
            taken[name].append(used(HERE, ["-c", code], files))
    rows = []
    for name, figures in taken.items():
        seconds, peak = (statistics.median(column) for column in zip(*figures, strict=True))
        rows.append([name, f"{pages / seconds:.1f}", f"{peak:.0f}"])
    print(f"{len(files)} files, {pages} pages, {rounds} rounds")
    print(table(["", "pages/s of the processor", "peak MB"], rows))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.extract", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="PDFs to read (default: %(default)s)")
    parser.add_argument("--before", type=Path, metavar="CHECKOUT", help="compare with another checkout alone")
    parser.add_argument("--readers", action="store_true", help="compare libraries that read content streams alone")
    parser.add_argument("--rounds", type=int, default=5, help="how often both are measured (%(default)s)")
    options = parser.parse_args()
    folder = options.folder
    files = sorted(folder.glob("*.pdf"))
    if files and options.before:
        compare_checkouts(options.before.resolve(), files, options.rounds)
        return
    if files and options.readers:
        compare_readers(files, options.rounds)
        return
    if files:
        compare(files)
        scale(files)
    else:
        print(f"There are no PDFs in {folder}: name a folder of PDFs to measure speed and agreement.")
    memory()


if __name__ == "__main__":
    main()
