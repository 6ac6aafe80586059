"""Composition: words that OCR read and text that the page has itself ─▶ the lines of the page.

They are put together by where they stand, as the text of any page is.
"""

from collections.abc import Sequence
from dataclasses import replace

from indexer.extract.ocr.tesseract import RecognizedWord, sureness
from indexer.extract.pdf.page_lines import lines_of
from indexer.extract.pdf.runs import TextRun
from indexer.model import Box, Line, Page

_BELOW = 0.2
"""Sizes from the baseline of a line to the lower edge of its box, as in Helvetica and Times."""


def words_beside(words: Sequence[RecognizedWord], page: Page, live: Sequence[Line]) -> list[RecognizedWord]:
    """Words that the page has not as text itself: OCR has read that too.

    Args:
        words: what OCR read, in points of the page as it is read.
        page: the page, turned as it is read.
        live: the lines that the page has itself, where they stand on the page as it is shown.
    """
    return [word for word in words if not _is_on(word, page, live)]


def compose(new: Sequence[RecognizedWord], page: Page, live: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a page that was read.

    Args:
        new: what OCR read beside the text that the page has itself, in points of the page as it is read.
        page: the page, turned as it is read.
        live: the lines that it has itself, where they stand on the page as it is shown.
    """
    moved = [replace(line, box=page.as_read(line.box)) for line in live]
    runs = [*map(_run_of_word, new), *map(_blank_after, new), *map(_run_of_line, moved)]
    return tuple(_with_confidence(line, new) for line in lines_of(runs, page.width, page.height))


def _is_on(word: RecognizedWord, page: Page, lines: Sequence[Line]) -> bool:
    """Tell whether the middle of a word is within one of some lines."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    middle = page.as_shown(Box(x, y, x, y))
    return any(
        line.box.x0 <= middle.x0 <= line.box.x1 and line.box.top <= middle.top <= line.box.bottom for line in lines
    )


def _run_of_word(word: RecognizedWord) -> TextRun:
    above, below = word.baseline - word.top, word.bottom - word.baseline
    return TextRun(word.text, word.x0, word.x1, word.baseline, word.size, False, max(above, 0.0), max(below, 0.0), 0)


def _blank_after(word: RecognizedWord) -> TextRun:
    """The blank behind a word, however near the next one is."""
    return TextRun(" ", word.x1, word.x1, word.baseline, word.size, False, 0.0, 0.0, 0)


def _run_of_line(line: Line) -> TextRun:
    baseline = line.box.bottom - _BELOW * line.size
    above, below = baseline - line.box.top, line.box.bottom - baseline
    return TextRun(line.text, line.box.x0, line.box.x1, baseline, line.size, line.bold, above, below, 0)


def _with_confidence(line: Line, words: Sequence[RecognizedWord]) -> Line:
    """A line with how sure OCR was of what it read of it."""
    box = line.box
    among = [
        word
        for word in words
        if box.x0 <= (word.x0 + word.x1) / 2 <= box.x1 and box.top <= (word.top + word.bottom) / 2 <= box.bottom
    ]
    return replace(line, confidence=round(sureness(among))) if among else line
