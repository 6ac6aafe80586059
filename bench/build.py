"""Measure builds: ``python -m bench.build [FOLDER of PDFs] [--documents 200] [--memory 100,1000]``.

A corpus is made of the PDFs of a folder, each as often as it takes, with a comment at its end and a word in the
catalogue that make it another document, to be read and cut by itself as different ones would be. Prints what a build
takes from an empty index folder, with one more PDF, with another thesaurus, and with nothing new, as a share of the
first, and the PDFs that each reads; the same for the sample corpus; and the peak memory of builds of two sizes, whose
PDFs were read before.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from bench.table import table
from indexer.build.scan import PdfToRead
from indexer.build.stage import Made, StageRun
from indexer.build.stages import EXTRACT
from indexer.catalogue.scan import PdfFile
from indexer.cli.console import Bars
from indexer.extract.ocr import find_ocr
from indexer.extract.pdf import extract_all

FOLDER = Path(__file__).parents[2] / "shared/data/un-reports/pdf"
SAMPLE = Path(__file__).parents[1] / "corpus"

COMMAND = """
import os, re, sys, time
from pathlib import Path
start = time.perf_counter()
from indexer.cli import run
code = run(sys.argv[1:])
seconds = time.perf_counter() - start
status = Path("/proc/self/status")
peak = int(re.search(r"VmHWM:\\s*(\\d+)", status.read_text())[1]) / 2**10 if status.exists() else 0.0
print(seconds, sum(os.times()[:4]), peak, file=sys.stderr)
sys.exit(code)
"""


class Built(NamedTuple):
    """Figures of a build: seconds, those of processors, the peak of its own process in MB, PDFs read, items."""

    seconds: float
    work: float
    peak: float
    read: int
    items: int


def build(corpus: Path, index: Path) -> Built:
    """``indexer build`` in a process of its own."""
    arguments = ["build", "--json", "--corpus", str(corpus), "--index", str(index)]
    command = [sys.executable, "-c", COMMAND, *arguments]
    done = subprocess.run(command, cwd=SAMPLE.parent, capture_output=True, text=True, check=True)
    seconds, work, peak = map(float, done.stderr.splitlines()[-1].split())
    report = json.loads(done.stdout)
    return Built(seconds, work, peak, report["read"], report["items"])


def write_corpus(folder: Path, pdfs: Iterator[Path], documents: int) -> Path:
    """A corpus of one body with so many documents, a meeting each; those that are there already stay as they are."""
    body = folder / "bench"
    (body / "pdf").mkdir(parents=True, exist_ok=True)
    lines = ['[body]\nid = "bench"\nlanguages = ["en"]\nname.en = "Bench"\nfictional = true']
    for number, source in enumerate(islice(pdfs, documents), start=1):
        target = body / "pdf" / f"{number}.pdf"
        if not target.exists():
            target.write_bytes(source.read_bytes() + f"\n% {number}\n".encode())
        lines.append(
            f'[[meeting]]\nordinal = {number}\ntitle.en = "{number}"\n'
            f'[[meeting.document]]\nfile = "{number}.pdf"\nsegmentation.end = "No line begins so: {number}"'
        )
    (body / "catalogue.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def steps(pdfs: Sequence[Path], documents: int, place: Path) -> None:
    """Builds one after the other, and what each takes beside the first."""
    corpus, index = place / "corpus", place / "index"
    built = {}
    write_corpus(corpus, cycle(pdfs), documents)
    built[f"{documents} PDFs, from nothing"] = build(corpus, index)
    write_corpus(corpus, cycle(pdfs), documents + 1)
    built["one more"] = build(corpus, index)
    (corpus / "thesaurus.toml").write_text("", encoding="utf-8")
    built["another thesaurus"] = build(corpus, index)
    built["nothing new"] = build(corpus, index)
    shutil.copytree(SAMPLE, place / "sample" / "corpus")
    for name in ("the sample, from nothing", "the sample, nothing new"):
        built[name] = build(place / "sample" / "corpus", place / "sample" / "index")
    first = next(iter(built.values()))
    rows = [
        [
            name,
            *(f"{each.seconds:.2f}", f"{each.seconds / first.seconds:.3f}"),
            *(f"{each.work:.2f}", f"{each.work / first.work:.3f}"),
            *(str(each.read), str(each.items), f"{each.peak:.0f}"),
        ]
        for name, each in built.items()
    ]
    print(table(["build", "seconds", "share", "CPU seconds", "share", "PDFs read", "items", "peak MB"], rows))


def memory(pdfs: Sequence[Path], sizes: Sequence[int], place: Path) -> None:
    """The peak of builds whose PDFs were read before, so that it is that of what a build holds itself."""
    read = list(extract_all(pdfs, processes=os.cpu_count() or 1))
    rows = []
    for size in sizes:
        corpus, index = write_corpus(place / str(size) / "corpus", cycle(pdfs), size), place / str(size) / "index"
        run, ocr = StageRun(index / "cache", Bars()), find_ocr(("en",))
        for path, extraction in zip(
            sorted((corpus / "bench" / "pdf").iterdir(), key=_number), cycle(read), strict=False
        ):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            pdf = PdfToRead(PdfFile(path, digest), ocr)
            run.put(EXTRACT, Made(pdf, extraction.pages, extraction.failure))
        done = build(corpus, index)
        rows.append([str(size), str(done.items), f"{done.peak:.0f}", f"{done.seconds:.1f}", str(done.read)])
    print(table(["documents", "items", "peak MB", "seconds", "PDFs read"], rows))


def _number(path: Path) -> int:
    return int(path.stem)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help=f"default: {FOLDER}")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--memory", default="100,1000", help="numbers of documents; default: 100,1000")
    options = parser.parse_args()
    pdfs = sorted(options.folder.glob("*.pdf"))
    if not pdfs:
        parser.error(f"{options.folder} holds no PDFs")
    with tempfile.TemporaryDirectory() as folder:
        if options.documents:
            steps(pdfs, options.documents, Path(folder) / "steps")
        if options.memory:
            memory(pdfs, [int(size) for size in options.memory.split(",")], Path(folder) / "memory")


if __name__ == "__main__":
    main()
