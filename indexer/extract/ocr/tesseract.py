"""A page without text, read by Tesseract; or what is missing for that, and how to get it."""

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
from indexer.model import Box, Caution, Line, Page

# Seconds for a page. One of print is drawn in one and read in some; none may be lost to a machine under load, and
# reading takes longer the more a picture holds that might be letters.
_DRAWING = 30
_READING = 120

_LEAST_SURE = 60
"""Percent below which what was read of a page is taken for noise: a photograph, a hand."""

_NOISE = 30
"""Percent up to which a single line is."""

_LETTERS = 4 / 3
"""The size of letters, in heights of the boxes of usual words: few words reach as high and as low as letters may."""

_ONE_COLUMN = "4"
"""Tesseract's way of taking a page apart that leaves numbers in the margin with their text."""

# fmt: off
_NAMES = {
    "ar": "ara", "bg": "bul", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng",
    "es": "spa", "et": "est", "fi": "fin", "fr": "fra", "he": "heb", "hr": "hrv", "ht": "hat", "hu": "hun",
    "it": "ita", "ja": "jpn", "ko": "kor", "lt": "lit", "lv": "lav", "nl": "nld", "no": "nor", "pl": "pol",
    "pt": "por", "qu": "que", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sv": "swe", "tr": "tur",
    "uk": "ukr", "zh": "chi_sim",
}
# fmt: on
"""What Tesseract calls the languages of ISO 639-1."""

_GET_TESSERACT = "apt-get install tesseract-ocr, or brew install tesseract"
_GET_PDFIUM = "pip install 'recommendation-search[ocr]'"


_SIDES = ("left", "top", "width", "height")


@dataclass(frozen=True, slots=True)
class Ocr:
    """How pages without text are treated. ``name`` says all that their text depends on; ``read`` gives the page as it
    was read, with a caution in either case.
    """

    name: str
    read: Callable[[Path, Page], Page]


Finder = Callable[[Sequence[str]], Ocr]
"""Gives the treatment of documents in some languages (ISO 639-1)."""


def without_ocr(_languages: Sequence[str]) -> Ocr:
    """Pages without text stay as they are."""
    return Ocr("", lambda _path, page: page)


def find_ocr(languages: Sequence[str]) -> Ocr:
    """OCR by what is installed here; where that does not do, pages without text say what is missing."""
    program = shutil.which("tesseract")
    if program is None:
        return _lacking(f"Tesseract is not installed: {_GET_TESSERACT}")
    try:
        drawer = f"pypdfium2 {version('pypdfium2')}"
    except PackageNotFoundError:
        return _lacking(f"pypdfium2 is not installed: {_GET_PDFIUM}")
    known = {_NAMES.get(language, language): language for language in languages}
    release, installed = _tesseract(program)
    usable = tuple(name for name in known if name in installed)
    lacking = [name for name in known if name not in installed]
    packages = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in lacking)
    advice = f" Not all languages could be used: apt-get install {packages}." if lacking else ""
    if not usable:
        return _lacking(f"Tesseract has none of the body's languages: apt-get install {packages}")
    name = f"{release}, {'+'.join(usable)}"

    def read(path: Path, page: Page) -> Page:
        return _read(program, usable, path, page, said=f"{name}){advice}")

    return Ocr(f"{name}, {drawer}{advice}", read)


def _lacking(what: str) -> Ocr:
    def read(_path: Path, page: Page) -> Page:
        return _with_caution(
            page, "no-text", f"Page {page.number} is a picture, and was not read. {what}; build again."
        )

    return Ocr(what, read)


@cache
def _tesseract(program: str) -> tuple[str, frozenset[str]]:
    """The release of Tesseract, and the languages that it has."""
    said = [
        subprocess.run([program, option], capture_output=True, text=True, check=False, timeout=_DRAWING)  # noqa: S603 - found on the path
        for option in ("--version", "--list-langs")
    ]
    release, languages = (run.stdout + run.stderr for run in said)
    return release.splitlines()[0].strip(), frozenset(languages.split()[1:])


def _read(program: str, languages: Sequence[str], path: Path, page: Page, said: str) -> Page:
    try:
        picture = _drawn(path, page.number)
        table = _run(
            [program, "stdin", "stdout", "-l", "+".join(languages), "--psm", _ONE_COLUMN, "tsv"], _READING, picture
        ).decode()
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as error:
        why = "it takes too long" if isinstance(error, subprocess.TimeoutExpired) else type(error).__name__
        return _with_caution(page, "ocr-failed", f"Page {page.number} is a picture, and OCR failed on it: {why}.")
    lines = _lines(table, page)
    letters = sum(len(line.text) for line in lines)
    sure = round(sum((line.confidence or 0) * len(line.text) for line in lines) / letters) if letters else 0
    if sure < _LEAST_SURE:
        return _with_caution(page, "no-text", f"Page {page.number} is a picture in which OCR found no text ({said}")
    caution = f"Page {page.number} was read by OCR, sure of {sure}% ({said} Compare it with the PDF."
    return _with_caution(replace(page, lines=lines), "read-by-ocr", caution)


def _with_caution(page: Page, code: str, message: str) -> Page:
    """The page with a caution in place of the one that it has no text."""
    others = (caution for caution in page.warnings if caution.code != "no-text")
    return replace(page, warnings=(*others, Caution(code, message, page.number)))


def _drawn(path: Path, number: int) -> bytes:
    root = str(Path(indexer.__file__).parent.parent)
    return _run(
        [sys.executable, "-P", "-m", "indexer.extract.ocr.raster", str(path.absolute()), str(number)],
        _DRAWING,
        PYTHONPATH=os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])]),
    )


def _run(command: Sequence[str], seconds: float, given: bytes = b"", **environment: str) -> bytes:
    """What a program writes. Each works on one processor: pages are read side by side."""
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
    """The lines of Tesseract's table (tesseract(1), tsv), in its order, in the page's points.

    Letters' sizes that are about the usual one are taken for it: words tell them only roughly.
    """
    rows = list(csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows:
        return ()
    scale = page.width / max(int(rows[0]["width"]), 1)
    words = [row for row in rows if row["level"] == "5" and float(row["conf"]) >= 0 and (row["text"] or "").strip()]
    grouped = groupby(words, lambda row: (row["block_num"], row["par_num"], row["line_num"]))
    lines = [line for _, group in grouped if _is_text(line := _line(list(group), scale))]
    usual = median(line.size for line in lines) if lines else 0.0
    return tuple(replace(line, size=usual) if 0.7 * usual < line.size < 1.4 * usual else line for line in lines)


def _is_text(line: Line) -> bool:
    return (line.confidence or 0) > _NOISE and any(map(str.isalnum, line.text))


def _line(words: Sequence[dict[str, str]], scale: float) -> Line:
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
    size = _LETTERS * median(min(box.bottom - box.top, box.x1 - box.x0) for box in boxes)
    return Line(" ".join(word["text"] for word in words), around, round(size, 1), confidence=round(sure))
