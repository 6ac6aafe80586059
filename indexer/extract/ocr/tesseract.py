"""Tesseract, the program: its release, its languages, and the words that it finds in a picture."""

# ARCHITECTURE.md: OCR is Tesseract on pages drawn by PDFium.

import csv
import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import groupby
from statistics import median

from indexer.extract.ocr.picture import Picture

_ANSWERING_SECONDS = 30
"""Seconds for saying its release and languages; none may be lost to a machine under load."""

_READING_SECONDS = 120
"""Seconds for a picture, which takes longer the more it holds that might be letters. A page of print takes some."""

WHOLE_PAGE = "3"
"""Segmentation of a picture as a page that may have columns."""

ONE_BLOCK = "6"
"""Segmentation of a picture as lines below each other."""

_WORD_LEVEL = "5"
"""The level of words in Tesseract's table; those above are pages, blocks, paragraphs and lines."""

_NOISE = 30
"""Confidence in percent up to which a line is noise."""

_LETTERS = 4 / 3
"""Size of letters in heights of the boxes of usual words: few words reach as high and as low as letters may."""

_USUAL_SIZE = (0.7, 1.4)
"""Sizes of lines, in those of the usual line, that are taken for it: words tell the size of their letters roughly."""

_REACHING_DOWN = frozenset("gjpqyJQçµß,;()[]{}|/\\_@$§&")
"""Letters and signs that may reach below the baseline."""

_BELOW = 0.2
"""Sizes that the lowest of them reaches."""

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
class RecognizedWord:
    """A word as it was read, in dots of its picture.

    Attributes:
        text: its letters.
        x0, top, x1, bottom: the box around them.
        baseline: where its line stands.
        size: the size of the letters of its line.
        sure: how sure OCR was of it, in percent.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    sure: float

    def at_scale(self, factor: float) -> "RecognizedWord":
        """The word with all lengths multiplied."""
        x0, top, x1, bottom, baseline, size = (
            factor * length for length in (self.x0, self.top, self.x1, self.bottom, self.baseline, self.size)
        )
        return RecognizedWord(self.text, x0, top, x1, bottom, baseline, size, self.sure)


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program as it is installed.

    Attributes:
        program: its path.
        release: what it calls itself.
        data: the names of the languages that it has data for.
    """

    program: str
    release: str
    data: frozenset[str]

    def has(self, language: str) -> bool:
        """Tell whether there is data for a language (ISO 639-1)."""
        return data_name(language) in self.data

    def words(self, picture: Picture, languages: Iterable[str], segmentation: str) -> list[RecognizedWord]:
        """The words of a picture, in the order of Tesseract.

        Raises:
            OSError: it cannot be run.
            SubprocessError: it fails, or takes too long.
            UnicodeDecodeError: what it answers is no text.
        """
        names = "+".join(map(data_name, languages))
        command = [self.program, "stdin", "stdout", "-l", names, "--psm", segmentation, "tsv"]
        return _words(output_of(command, _READING_SECONDS, picture.to_pgm()).decode())


def data_name(language: str) -> str:
    """The name of the data for a language (ISO 639-1)."""
    return _NAMES.get(language, language)


def package_of(language: str) -> str:
    """The package of the data for a language in Debian."""
    return f"tesseract-ocr-{data_name(language).replace('_', '-')}"


@cache
def program_at(program: str) -> Tesseract:
    """Ask a program for its release and languages.

    Raises:
        OSError: it cannot be run.
        SubprocessError: it does not answer in time.
        ValueError: its answer is empty, or no text.
    """
    with ExitStack() as stack:
        # Both at once: a build that finds nothing new waits for hardly anything else.
        ask = partial(subprocess.Popen[str], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        runs = []
        for option in ("--version", "--list-langs"):
            runs.append(stack.enter_context(ask([program, option])))
            # At once, so that none outlives a failure to start the next.
            stack.callback(runs[-1].kill)
        # Some releases answer on one of the streams, some on the other.
        release, languages = ("".join(run.communicate(timeout=_ANSWERING_SECONDS)) for run in runs)
    if not release.strip():
        raise ValueError("no release")
    return Tesseract(program, release.splitlines()[0].strip(), frozenset(languages.split()[1:]))


def output_of(command: Sequence[str], seconds: float, given: bytes = b"", **environment: str) -> bytes:
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


def _words(table: str) -> list[RecognizedWord]:
    """The words of Tesseract's table (tesseract(1), tsv)."""
    # Quotes are letters in this table, as in what is printed.
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    read = [
        row for row in rows if row["level"] == _WORD_LEVEL and float(row["conf"]) >= 0 and (row["text"] or "").strip()
    ]
    grouped = groupby(read, lambda row: (row["block_num"], row["par_num"], row["line_num"]))
    lines = [list(_line([_word(row) for row in group])) for _, group in grouped]
    usual = median(line[0].size for line in lines) if lines else 0.0
    smallest, largest = (usual * factor for factor in _USUAL_SIZE)
    return [
        replace(word, size=usual) if smallest < word.size < largest else word
        for line in lines
        if _is_text(line)
        for word in line
    ]


def _word(row: dict[str, str]) -> RecognizedWord:
    left, top, width, height = (int(row[side]) for side in _SIDES)
    return RecognizedWord(row["text"], left, top, left + width, top + height, top + height, height, float(row["conf"]))


def _line(words: Sequence[RecognizedWord]) -> Iterator[RecognizedWord]:
    """The words of a line with the size of its letters and its baseline."""
    # The shorter side, as the line may run upwards.
    size = _LETTERS * median(min(word.bottom - word.top, word.x1 - word.x0) for word in words)
    standing = [word.bottom for word in words if not _REACHING_DOWN & set(word.text)]
    baseline = median(standing) if standing else median(word.bottom for word in words) - _BELOW * size
    return (replace(word, size=size, baseline=baseline) for word in words)


def _is_text(line: Sequence[RecognizedWord]) -> bool:
    """Tell whether a line is more than noise: sure enough, and with a letter or digit in it."""
    return sureness(line) > _NOISE and any(any(map(str.isalnum, word.text)) for word in line)


def sureness(words: Sequence[RecognizedWord]) -> float:
    """The confidence of OCR in some words, in percent, each counted by its letters."""
    letters = sum(len(word.text) for word in words)
    return sum(word.sure * len(word.text) for word in words) / letters if letters else 0.0
