"""Reading of pages that are pictures: which way up, in which language, and joined with what is text on them."""

# ARCHITECTURE.md: A page is read in the language that it turns out to be in.

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import indexer
from indexer.analysis.language import identify
from indexer.extract.ocr.bullets import with_bullets
from indexer.extract.ocr.layer import has_far_fewer_words, may_lack_words
from indexer.extract.ocr.margin import add_margin
from indexer.extract.ocr.picture import Picture
from indexer.extract.ocr.tesseract import (
    WHOLE_PAGE,
    RecognizedWord,
    Tesseract,
    data_name,
    output_of,
    package_of,
    sureness,
)
from indexer.model import Caution, Message, Page, Part, message

_DRAWING_SECONDS = 30
"""Seconds for drawing a page, which takes one; none may be lost to a machine under load."""

_LEAST_SURE = 60
"""Confidence in percent below which a page is taken for noise: a photograph, a hand."""

_UPRIGHT = 75
"""Confidence in percent from which a page is the right way up; upside down it is read with half of it."""

_UNSURE = 85
"""Confidence in percent below which people are asked to look at what was read."""


_OF_LAYERS = frozenset({"ocr-by-others", "layer-seems-wrong"})
"""Codes of cautions on pages under text by somebody else's OCR."""

_SETTLED = frozenset({"no-text", "unmapped-glyphs"})
"""Codes of cautions that a reading settles: letters that a file does not tell are read in the picture."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The words of a page that was drawn with level lines.

    Attributes:
        picture: the page as it was drawn.
        turn: the degrees counterclockwise by which it was turned to stand upright.
        words: its words, in dots of the picture.
        languages: those that it was read with.
        unread: signs in its margin that could not be read.
    """

    picture: Picture
    turn: int
    words: list[RecognizedWord]
    languages: tuple[str, ...]
    unread: int = 0

    @property
    def weight(self) -> float:
        """The letters read, each by how sure OCR is of it."""
        return sum(word.sure * len(word.text) for word in self.words)


class FileReader:
    """A reader of the pages of one file that are pictures.

    What a page tells of its language is remembered for the next ones.
    """

    def __init__(self, tesseract: Tesseract, languages: Sequence[str], own: str | None) -> None:
        """Begin a file.

        Args:
            tesseract: the program.
            languages: those of the documents of its body (ISO 639-1), of which the program has some.
            own: the language of this one, where it is known.
        """
        self._tesseract = tesseract
        self._languages = tuple(language for language in languages if tesseract.has(language))
        self._own = own

    def read(self, path: Path, pages: Iterable[Page]) -> Iterator[Page]:
        """Read the pages of the file that are pictures; the others stay as they are."""
        pages = tuple(pages)
        live = " ".join(line.text for page in pages if not is_picture(page) for line in page.lines)
        self._own = self._own or identify(live)
        for page in pages:
            if is_picture(page):
                yield self._treat(path, page)
            elif has_layer(page):
                yield self._with_layer_checked(path, page)
            else:
                yield page

    def _with_layer_checked(self, path: Path, page: Page) -> Page:
        """A page with the text that somebody else's OCR laid over it; or read again where that is bad."""
        wrong = any(caution.code == "layer-seems-wrong" for caution in page.warnings)
        try:
            if not wrong and not may_lack_words(page, _draw(path, page.number, "small")):
                return page
            reading = self._read_in_its_language(_draw(path, page.number))
            better = sureness(reading.words) >= _UPRIGHT and (
                identify(_text(reading.words)) if wrong else has_far_fewer_words(page, reading.words)
            )
            if not better:
                return page
            reading = self._with_margin(reading)
        except (OSError, subprocess.SubprocessError, ValueError):
            return page  # its layer remains, with the remark that it is one
        others = tuple(caution for caution in page.warnings if caution.code not in _OF_LAYERS)
        again = Caution(message("layer-read-again", page.number), page.number)
        bare = replace(page, lines=(), set_aside=(), structure=(), warnings=(*others, again))
        return _join(bare, reading, self._source(reading), self._missing(page, reading))

    def _treat(self, path: Path, page: Page) -> Page:
        try:
            picture = _draw(path, page.number)
            if not picture.has_ink:  # nothing is missing on it
                return replace(page, warnings=tuple(_others(page)))
            reading = self._read_in_its_language(picture)
            reading = self._with_margin(reading)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            why = message("ocr-too-slow") if isinstance(error, subprocess.TimeoutExpired) else type(error).__name__
            return with_caution(page, message("ocr-failed", page.number, state_of(page), why))
        return _join(page, reading, self._source(reading), self._missing(page, reading))

    def _read_in_its_language(self, picture: Picture) -> _Reading:
        """Read a page in the language that it turns out to be in."""
        known = self._own if self._own and self._tesseract.has(self._own) else None
        reading = self._read_upright(picture, (known,) if known else self._languages)
        told = identify(_text(reading.words))
        if told:
            self._own = self._own or told
            if self._tesseract.has(told) and reading.languages != (told,):
                again = self._words(reading.picture, (told,))
                return replace(reading, words=again, languages=(told,))
        return reading

    def _read_upright(self, picture: Picture, languages: tuple[str, ...]) -> _Reading:
        """Read a page that may stand on its head."""
        turn = int(picture.note.split()[0])
        reading = _Reading(picture, turn, self._words(picture, languages), languages)
        if sureness(reading.words) >= _UPRIGHT:
            return reading
        turned = picture.upside_down()
        other = _Reading(turned, (turn + 180) % 360, self._words(turned, languages), languages)
        return max(reading, other, key=lambda each: each.weight)

    def _words(self, picture: Picture, languages: tuple[str, ...]) -> list[RecognizedWord]:
        return with_bullets(picture, self._tesseract.words(picture, languages, WHOLE_PAGE))

    def _with_margin(self, reading: _Reading) -> _Reading:
        """The reading with the signs in the margin that were passed over."""
        words, unread = add_margin(
            reading.picture,
            reading.words,
            lambda picture, segmentation: self._tesseract.words(picture, reading.languages, segmentation),
        )
        return replace(reading, words=words, unread=unread)

    def _source(self, reading: _Reading) -> str:
        return f"{self._tesseract.release}, {'+'.join(map(data_name, reading.languages))}"

    def _missing(self, page: Page, reading: _Reading) -> Caution | None:
        """A caution where there is no data for the language of a page."""
        language = identify(_text(reading.words)) or self._own
        if language is None or self._tesseract.has(language):
            return None
        return Caution(message("ocr-language-missing", page.number, language, package_of(language)), page.number)


def _join(page: Page, reading: _Reading, source: str, missing: Caution | None) -> Page:
    """A page with what was read of it beside the text that it has itself."""
    # Here, as programs that read no page do without what composes lines.
    from indexer.extract.ocr.composition import compose, words_beside

    turned = _turn(page, reading)
    live, aside = (
        [replace(line, box=page.as_shown(line.box)) for line in part] for part in (page.lines, page.set_aside)
    )
    scale = turned.width / reading.picture.width
    words = words_beside([word.at_scale(scale) for word in reading.words], turned, (*live, *aside))
    sure = round(sureness(words))
    if sure < _LEAST_SURE:
        if page.lines:  # a photograph with its caption
            return replace(page, warnings=tuple(_others(page)))
        return with_caution(page, message("no-text", page.number, message("empty-by-ocr", state_of(page), source)))
    found = replace(
        turned,
        lines=compose(words, turned, live),
        set_aside=tuple(replace(line, box=turned.as_read(line.box)) for line in aside),
    )
    cautions = [Caution(message("read-by-ocr", page.number, sure, source), page.number)]
    if sure < _UNSURE:
        cautions.append(Caution(message("ocr-unsure", page.number, sure), page.number))
    if missing:
        cautions.append(missing)
    if reading.unread:
        cautions.append(Caution(message("ocr-margin-unread", str(page.number), reading.unread), page.number))
    return replace(found, warnings=(*_others(page), *cautions))


def _turn(page: Page, reading: _Reading) -> Page:
    """A page as it is turned to be read, its lines left where they are."""
    skew = float(reading.picture.note.split()[1])
    swapped = (reading.turn - page.turn) % 180 != 0
    width, height = (page.height, page.width) if swapped else (page.width, page.height)
    return replace(page, width=width, height=height, turn=reading.turn, skew=skew)


def with_caution(page: Page, message: Message) -> Page:
    """The page with a caution in place of ``no-text``."""
    return replace(page, warnings=(*_others(page), Caution(message, page.number)))


def _others(page: Page) -> Iterator[Caution]:
    """The cautions on a page but for those that say that nothing was read."""
    return (caution for caution in page.warnings if caution.code not in _SETTLED)


def is_picture(page: Page) -> bool:
    """Tell whether a page is a picture that is to be read."""
    return any(caution.code == "no-text" for caution in page.warnings)


def has_layer(page: Page) -> bool:
    """Tell whether a page has a text layer by somebody else's OCR."""
    return any(caution.code == "ocr-by-others" for caution in page.warnings)


def state_of(page: Page) -> Part:
    """The part of a caution that says why a page has no text."""
    return next(part for caution in page.warnings if caution.code == "no-text" for part in caution.message.parts[1:])


def _text(words: Sequence[RecognizedWord]) -> str:
    return " ".join(word.text for word in words)


def _draw(path: Path, number: int, *how: str) -> Picture:
    """Draw a page in another process, with level lines unless it is to be small."""
    # The package may be installed nowhere, and run from a folder that is on this process's path alone.
    root = str(Path(indexer.__file__).parent.parent)
    drawn = output_of(
        [sys.executable, "-P", "-m", "indexer.extract.ocr.raster", str(path.absolute()), str(number), *how],
        _DRAWING_SECONDS,
        PYTHONPATH=os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])]),
    )
    return Picture.from_pgm(drawn)
