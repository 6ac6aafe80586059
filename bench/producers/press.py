"""The producers: how each is found or installed, and how it makes a PDF of the invented document."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.producers.document import InventedDocument, marked
from bench.producers.markup import formatting_objects, open_document
from bench.producers.typeset import groff, latex, typst
from bench.producers.web import page

SECONDS = 300
"""Limit of what a program takes for a document, or an installation."""

PYTHON_PACKAGES = ("weasyprint==70.0", "typst==0.15.2", "reportlab==5.1.0", "pyphen==0.17.2")
NODE_PACKAGES = ("jspdf@4.2.1",)

_FILES = Path(__file__).parent
_SEPARATOR = "\x1f"


class MissingProgramError(Exception):
    """A producer that is not there; the text says what would bring it."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """The folders in which producers work.

    Attributes:
        cache: where packages of Python and Node are installed, and kept for the next run.
        folder: where sources are written.
    """

    cache: Path
    folder: Path

    def write(self, name: str, text: str) -> Path:
        """Write a source, and give its path."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def run(self, *command: str | Path, stdin: Path | None = None) -> bytes:
        """Run a program in the folder and give what it prints; an error shows the end of what it said."""
        done = subprocess.run(
            [str(part) for part in command],
            cwd=self.folder,
            input=stdin.read_bytes() if stdin else b"",
            capture_output=True,
            timeout=SECONDS,
        )
        if done.returncode:
            said = (done.stdout + done.stderr).decode(errors="replace")
            raise RuntimeError(f"{command[0]} ended with {done.returncode}: {said[-1000:]}")
        return done.stdout

    def python(self) -> Path:
        """The Python of an environment that has the packages; made at the first call."""
        environment = self.cache / "python"
        interpreter = environment / "bin/python"
        wanted = "\n".join(PYTHON_PACKAGES)
        mark = environment / "installed.txt"
        if not mark.exists() or mark.read_text("utf-8") != wanted:
            self.run(sys.executable, "-m", "venv", "--clear", environment)
            self.run(interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PYTHON_PACKAGES)
            mark.write_text(wanted, "utf-8")
        return interpreter

    def node(self) -> Path:
        """The folder of Node's packages; filled at the first call."""
        modules = self.cache / "node"
        wanted = "\n".join(NODE_PACKAGES)
        mark = modules / "installed.txt"
        if not mark.exists() or mark.read_text("utf-8") != wanted:
            npm = program("npm", "npm")
            modules.mkdir(parents=True, exist_ok=True)
            self.run(npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", modules, *NODE_PACKAGES)
            mark.write_text(wanted, "utf-8")
        return modules


def program(name: str, package: str) -> str:
    """The path of a program; where it is missing, Debian's package that has it is named."""
    path = shutil.which(name)
    if path is None:
        raise MissingProgramError(f"{name} is not installed (on Debian: apt-get install {package})")
    return path


@dataclass(frozen=True, slots=True)
class Producer:
    """A producer of PDFs.

    Attributes:
        name: its name.
        make: makes the PDF of a document at a path.
        substitutes: signs of the text that it is given others for, as its fonts have none.
    """

    name: str
    make: Callable[[Workshop, InventedDocument, Path], None]
    substitutes: Mapping[str, str] = field(default_factory=dict)


def _libreoffice(tagged: bool) -> Callable[[Workshop, InventedDocument, Path], None]:
    def make(workshop: Workshop, document: InventedDocument, target: Path) -> None:
        office = program("soffice", "libreoffice-writer hyphen-en-us hyphen-es fonts-liberation")
        source = workshop.write(f"{target.stem}.fodt", open_document(document))
        options = json.dumps({"UseTaggedPDF": {"type": "boolean", "value": str(tagged).lower()}})
        profile = f"-env:UserInstallation=file://{workshop.folder}/office"
        workshop.run(office, profile, "--headless", "--convert-to", f"pdf:writer_pdf_Export:{options}", source)
        shutil.move(source.with_suffix(".pdf"), target)

    return make


def _chromium(workshop: Workshop, document: InventedDocument, target: Path) -> None:
    browser = next((found for name in ("chromium", "google-chrome", "chrome") if (found := shutil.which(name))), None)
    browser = browser or program("chromium", "chromium")
    source = workshop.write(f"{target.stem}.html", page(document, paged=False))
    workshop.run(browser, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={target}", source.as_uri())


def _weasyprint(workshop: Workshop, document: InventedDocument, target: Path) -> None:
    source = workshop.write(f"{target.stem}.html", page(document, paged=True))
    workshop.run(workshop.python(), "-m", "weasyprint", source, target)


def _typst(workshop: Workshop, document: InventedDocument, target: Path) -> None:
    source = workshop.write(f"{target.stem}.typ", typst(document))
    workshop.run(workshop.python(), "-c", "import sys, typst; typst.compile(sys.argv[1], sys.argv[2])", source, target)


def latex_with(compiler: str, preamble: str, package: str) -> Callable[[Workshop, InventedDocument, Path], None]:
    """The maker of a program of TeX's family."""

    def make(workshop: Workshop, document: InventedDocument, target: Path) -> None:
        source = workshop.write(f"{target.stem}.tex", latex(document, preamble))
        for _ in range(2):  # the second run knows where the notes of the first stand
            workshop.run(program(compiler, package), "-interaction=nonstopmode", "-halt-on-error", source.name)
        shutil.move(source.with_suffix(".pdf"), target)

    return make


def _groff(workshop: Workshop, document: InventedDocument, target: Path) -> None:
    source = workshop.write(f"{target.stem}.ms", groff(document))
    formatter = program("groff", "groff")
    # It has no patterns for Spanish: words are divided nowhere then.
    target.write_bytes(workshop.run(formatter, "-Tpdf", "-ms", "-Kutf8", "-dpaper=a5", "-P-pa5", source))


def _fop(workshop: Workshop, document: InventedDocument, target: Path) -> None:
    source = workshop.write(f"{target.stem}.fo", formatting_objects(document))
    workshop.run(program("fop", "fop"), source, target)


def _fragments(document: InventedDocument) -> dict[str, object]:
    """The document for programs that lay it out by themselves: texts cut into fragments of one look."""

    def fragments(text: str) -> list[dict[str, str]]:
        def cut(kind: str) -> str:
            return f"{_SEPARATOR}{kind}:%s{_SEPARATOR}"

        whole = marked(text, plain=str, raised=cut("raised"), lowered=cut("lowered"), note=cut("note"))
        found = []
        for number, part in enumerate(whole.split(_SEPARATOR)):
            kind, text = part.split(":", 1) if number % 2 else ("plain", part)
            if text:
                found.append({"kind": kind, "text": text})
        return found

    return {
        "language": document.language,
        "header": document.header,
        "footer": document.footer,
        "title": document.title,
        "introduction": fragments(document.introduction),
        "heading": document.heading,
        "recommendations": [
            {"text": fragments(each.text), "points": [fragments(point) for point in each.points]}
            for each in document.recommendations
        ],
        "closing": document.closing,
        "notes": document.notes,
    }


def _reportlab(workshop: Workshop, document: InventedDocument, target: Path) -> None:
    source = workshop.write(f"{target.stem}.json", json.dumps(_fragments(document)))
    workshop.run(workshop.python(), "-I", _FILES / "lay_out.py", source, target)


def _jspdf(workshop: Workshop, document: InventedDocument, target: Path) -> None:
    source = workshop.write(f"{target.stem}.json", json.dumps(_fragments(document)))
    workshop.run(program("node", "nodejs"), _FILES / "lay_out.mjs", workshop.node(), source, target)


_TEX = "texlive-latex-extra texlive-lang-spanish cm-super lmodern"
_T1 = r"\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{textcomp,lmodern,eurosym}"
_OT1 = r"\usepackage[utf8]{inputenc}\usepackage{textcomp}\newcommand{\euro}{\texteuro}"

PRODUCERS = (
    Producer("LibreOffice, tagged", _libreoffice(tagged=True)),
    Producer("LibreOffice, untagged", _libreoffice(tagged=False)),
    Producer("Chromium", _chromium),
    Producer("WeasyPrint", _weasyprint),
    Producer("Typst", _typst),
    Producer("pdfLaTeX, T1", latex_with("pdflatex", _T1, _TEX)),
    Producer("pdfLaTeX, OT1", latex_with("pdflatex", _OT1, _TEX)),
    Producer("groff", _groff),
    Producer("FOP", _fop),
    Producer("ReportLab", _reportlab),
    Producer("jsPDF", _jspdf),
)
"""The producers that are measured, in the order of the table."""
