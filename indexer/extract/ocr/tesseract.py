"""Reading of pages without text by Tesseract; or what is missing for that, and how to get it."""

# ARCHITECTURE.md: OCR is Tesseract on pages drawn by PDFium.

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from statistics import median

import indexer
from indexer.model import Box, Caution, Line, Message, Page, message

# Seconds for a page. One of print is drawn in one and read in some; none may be lost to a machine under load, and
# reading takes longer the more a picture holds that might be letters.
_DRAWING_SECONDS = 30
_READING_SECONDS = 120

_LEAST_SURE = 60
"""Confidence in percent below which a page is taken for noise: a photograph, a hand."""

_NOISE = 30
"""Confidence in percent up to which a single line is."""

_LETTERS = 4 / 3
"""Size of letters in heights of the boxes of usual words: few words reach as high and as low as letters may."""

_USUAL_SIZE = (0.7, 1.4)
"""Sizes of lines, in those of the usual line, that are taken for it: words tell the size of their letters roughly."""

_ONE_COLUMN = "4"
"""Tesseract's segmentation of a page as one column, which leaves numbers in the margin with their text."""

_WORD_LEVEL = "5"
"""The level of words in Tesseract's table; those above are pages, blocks, paragraphs and lines."""

# fmt: off
_NAMES = {
    "ar": "ara", "bg": "bul", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng",
    "es": "spa", "et": "est", "fi": "fin", "fr": "fra", "he": "heb", "hr": "hrv", "ht": "hat", "hu": "hun",
    "it": "ita", "ja": "jpn", "ko": "kor", "lt": "lit", "lv": "lav", "nl": "nld", "no": "nor", "pl": "pol",
    "pt": "por", "qu": "que", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sv": "swe", "tr": "tur",
    "uk": "ukr", "zh": "chi_sim",
}
# fmt: on
"""Tesseract's names of languages by their codes of ISO 639-1. For other codes the code itself is tried."""

_SIDES = ("left", "top", "width", "height")


@dataclass(frozen=True, slots=True)
class Ocr:
    """Treatment of pages without text.

    Attributes:
        name: all that the text of such pages depends on, to tell cached ones apart.
        read: gives, for a file and a page of it, the page as it was read, with a caution in either case.
    """

    name: str
    read: Callable[[Path, Page], Page]


Finder = Callable[[Sequence[str]], Ocr]
"""A function from the languages of documents (ISO 639-1) to the treatment of their pages without text."""


def without_ocr(_languages: Sequence[str]) -> Ocr:
    """Leave pages without text as they are."""
    return Ocr("", lambda _path, page: page)


def find_ocr(languages: Sequence[str]) -> Ocr:
    """Find the OCR that is installed here; without any, pages say what is missing."""
    program = shutil.which("tesseract")
    if program is None:
        return _unavailable(message("tesseract-missing"))
    try:
        drawer = f"pypdfium2 {version('pypdfium2')}"
    except PackageNotFoundError:
        return _unavailable(message("pdfium-missing"))
    known = {_NAMES.get(language, language): language for language in languages}
    try:
        release, installed = _tesseract(program)
    except (OSError, subprocess.SubprocessError, ValueError):
        return _unavailable(message("tesseract-broken"))
    usable = tuple(name for name in known if name in installed)
    lacking = [name for name in known if name not in installed]
    packages = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in lacking)
    if not usable:
        return _unavailable(message("tesseract-without-languages", packages))
    name = f"{release}, {'+'.join(usable)}"
    # Pages are read all the same, and say which languages they were not read with.
    source = message("ocr-in-some-languages", name, packages) if lacking else message("ocr-in-all-languages", name)

    def read(path: Path, page: Page) -> Page:
        return _read(program, usable, path, page, source=source)

    return Ocr(f"{source}, {drawer}", read)


def _unavailable(what: Message) -> Ocr:
    """OCR that reads nothing and has each page say what is missing."""

    def read(_path: Path, page: Page) -> Page:
        return _with_caution(page, message("no-text", page.number, message("picture-not-read", what)))

    return Ocr(str(what), read)


@cache
def _tesseract(program: str) -> tuple[str, frozenset[str]]:
    """The release of Tesseract, and the languages that it has by its own names.

    Raises:
        OSError: it cannot be run.
        SubprocessError: it does not answer in time.
        ValueError: its answer is empty, or no text.
    """
    answers = [
        subprocess.run([program, option], capture_output=True, text=True, check=False, timeout=_DRAWING_SECONDS)  # noqa: S603 - found on the path
        for option in ("--version", "--list-langs")
    ]
    # Some releases answer on one of the streams, some on the other.
    release, languages = (run.stdout + run.stderr for run in answers)
    if not release.strip():
        raise ValueError("no release")
    return release.splitlines()[0].strip(), frozenset(languages.split()[1:])


def _read(program: str, languages: Sequence[str], path: Path, page: Page, source: Message) -> Page:
    """Read a page with Tesseract; ``source`` says what reads it."""
    try:
        picture = _draw(path, page.number)
        table = _output_of(
            [program, "stdin", "stdout", "-l", "+".join(languages), "--psm", _ONE_COLUMN, "tsv"],
            _READING_SECONDS,
            picture,
        ).decode()
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as error:
        why = message("ocr-too-slow") if isinstance(error, subprocess.TimeoutExpired) else type(error).__name__
        return _with_caution(page, message("ocr-failed", page.number, why))
    lines = _lines(table, page)
    # Each line counts by its letters: a stray speck must not weigh as much as a paragraph.
    letters = sum(len(line.text) for line in lines)
    sure = round(sum((line.confidence or 0) * len(line.text) for line in lines) / letters) if letters else 0
    if sure < _LEAST_SURE:
        return _with_caution(page, message("no-text", page.number, message("picture-without-text", source)))
    return _with_caution(replace(page, lines=lines), message("read-by-ocr", page.number, sure, source))


def _with_caution(page: Page, message: Message) -> Page:
    """The page with a caution in place of ``no-text``."""
    others = (caution for caution in page.warnings if caution.code != "no-text")
    return replace(page, warnings=(*others, Caution(message, page.number)))


def _draw(path: Path, number: int) -> bytes:
    """Draw a page as a picture in the form PGM, in another process."""
    # The package may be installed nowhere, and run from a folder that is on this process's path alone.
    root = str(Path(indexer.__file__).parent.parent)
    return _output_of(
        [sys.executable, "-P", "-m", "indexer.extract.ocr.raster", str(path.absolute()), str(number)],
        _DRAWING_SECONDS,
        PYTHONPATH=os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])]),
    )


def _output_of(command: Sequence[str], seconds: float, given: bytes = b"", **environment: str) -> bytes:
    """The output of a program that is given some bytes.

    Raises:
        SubprocessError: it fails, or takes longer than ``seconds``.
        OSError: it cannot be run.
    """
    # Each works on one processor (OMP_THREAD_LIMIT), since pages are read side by side.
    return subprocess.run(  # noqa: S603 - programs of ours and the one found on the path
        command,
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=seconds,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1", **environment},
    ).stdout


def _lines(table: str, page: Page) -> tuple[Line, ...]:
    """The lines of Tesseract's table (tesseract(1), tsv), in its order, in points."""
    # Quotes are letters in this table, as in what is printed.
    rows = list(csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows:
        return ()
    # Points for a dot. The first row is the page itself.
    scale = page.width / max(int(rows[0]["width"]), 1)
    words = [
        row for row in rows if row["level"] == _WORD_LEVEL and float(row["conf"]) >= 0 and (row["text"] or "").strip()
    ]
    grouped = groupby(words, lambda row: (row["block_num"], row["par_num"], row["line_num"]))
    lines = [line for _, group in grouped if _is_text(line := _line(list(group), scale))]
    usual = median(line.size for line in lines) if lines else 0.0
    smallest, largest = (usual * factor for factor in _USUAL_SIZE)
    return tuple(replace(line, size=usual) if smallest < line.size < largest else line for line in lines)


def _is_text(line: Line) -> bool:
    """Tell whether a line is more than noise: sure enough, and with a letter or digit in it."""
    return (line.confidence or 0) > _NOISE and any(map(str.isalnum, line.text))


def _line(words: Sequence[dict[str, str]], scale: float) -> Line:
    """A line of the rows of its words; ``scale`` is points for a dot."""
    boxes = [
        Box(left, top, left + width, top + height)
        for left, top, width, height in ([int(word[side]) * scale for side in _SIDES] for word in words)
    ]
    letters = sum(len(word["text"]) for word in words)
    sure = sum(float(word["conf"]) * len(word["text"]) for word in words) / letters
    around = Box(
        round(min(box.x0 for box in boxes), 1),
        round(min(box.top for box in boxes), 1),
        round(max(box.x1 for box in boxes), 1),
        round(max(box.bottom for box in boxes), 1),
    )
    # The shorter side, as the line may run upwards.
    size = _LETTERS * median(min(box.bottom - box.top, box.x1 - box.x0) for box in boxes)
    return Line(" ".join(word["text"] for word in words), around, round(size, 1), confidence=round(sure))
