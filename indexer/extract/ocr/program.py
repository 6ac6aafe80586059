"""OCR that is installed here; or what is missing for it, and how to get it."""

import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from indexer.analysis.language import LANGUAGES
from indexer.extract.ocr.tesseract import data_name, package_of, program_at
from indexer.model import Message, Page, message
from indexer.storage.fingerprint import version_of


@dataclass(frozen=True, slots=True)
class Ocr:
    """Treatment of pages without text.

    Attributes:
        name: all that the text of such pages depends on, to tell cached ones apart.
        read: gives, for a file and its pages, these pages one after the other: those without text as they were read,
            with a caution in either case.
    """

    name: str
    read: Callable[[Path, Iterable[Page]], Iterator[Page]]


class Finder(Protocol):
    """A function that gives the treatment of pages without text."""

    def __call__(self, languages: Sequence[str], own: str | None = None, /) -> Ocr:
        """The treatment for the documents of a body.

        Args:
            languages: those of the body (ISO 639-1).
            own: the language of its documents that are meant; None for those of which it is not known.
        """


def without_ocr(_languages: Sequence[str], _own: str | None = None, /) -> Ocr:
    """Leave pages without text as they are."""
    return Ocr("", lambda _path, pages: iter(pages))


def find_ocr(languages: Sequence[str], own: str | None = None, /) -> Ocr:
    """Find the OCR that is installed here; without any, pages say what is missing."""
    program = shutil.which("tesseract")
    if program is None:
        return _unavailable(message("tesseract-missing"))
    try:
        drawer = f"pypdfium2 {version_of('pypdfium2')}"
    except ModuleNotFoundError:
        return _unavailable(message("pdfium-missing"))
    try:
        tesseract = program_at(program)
    except (OSError, subprocess.SubprocessError, ValueError):
        return _unavailable(message("tesseract-broken"))
    wanted = dict.fromkeys(languages)
    if not any(map(tesseract.has, wanted)):
        return _unavailable(message("tesseract-without-languages", " ".join(map(package_of, wanted))))
    # A page may be in a language that nobody expects in it.
    usable = [language for language in dict.fromkeys((*wanted, *LANGUAGES)) if tesseract.has(language)]
    name = f"{tesseract.release}, {'+'.join(map(data_name, usable))}; {'+'.join(wanted)}, {own or '?'}; {drawer}"

    def read(path: Path, pages: Iterable[Page]) -> Iterator[Page]:
        # Here and below, as a build that finds nothing new reads no page.
        from indexer.extract.ocr.reading import FileReader

        # A reader for each file: it remembers what the pages before have told.
        return FileReader(tesseract, languages, own).read(path, pages)

    return Ocr(name, read)


def _unavailable(what: Message) -> Ocr:
    """OCR that reads nothing and has each page say what is missing."""

    def say(page: Page) -> Page:
        from indexer.extract.ocr.reading import is_picture, state_of, with_caution

        if not is_picture(page):
            return page
        return with_caution(page, message("no-text", page.number, message("not-read-by-ocr", state_of(page), what)))

    return Ocr(str(what), lambda _path, pages: map(say, pages))
