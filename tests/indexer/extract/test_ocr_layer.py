from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from indexer.extract.ocr.layer import has_far_fewer_words, may_lack_words
from indexer.extract.ocr.picture import Picture
from indexer.extract.ocr.tesseract import RecognizedWord
from indexer.extract.pdf.layer import seems_wrong
from indexer.model import Box, Line, Page

PROSE = (
    "That the States keep a list of the persons who answer urgent requests at any hour, and that they send each change "
    "of it to the office in the town, which will write it down and show it to all of the others that have asked for it."
)


def line(text: str, number: int = 0) -> Line:
    return Line(text, Box(60, 100 + 20 * number, 540, 112 + 20 * number), 10)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (PROSE, False),
        ("Rat Baum Haus Zeit Wort Blatt Stadt Land Fluss Berg " * 5, False),
        ("▯ " * 20 + PROSE, True),
        ("Tb3 St4tes k^ep li~st 0f pers0ns vvho ~~ answ3r urg{nt r3quests " * 6, True),
        ("Tb3 St4tes k^ep", False),
    ],
)
def test_a_layer_of_words_that_are_none_is_told(text: str, wrong: bool) -> None:
    assert seems_wrong([line(text)]) is wrong


def drawn(lines: int) -> Picture:
    """A page of 600 to 800 points with bars where lines are, and the shadow of a scanner at its edges."""
    image = Image.new("L", (600, 800), 250)
    pen = ImageDraw.Draw(image)
    for number in range(lines):
        pen.rectangle((62, 102 + 20 * number, 538, 110 + 20 * number), fill=20)
    pen.rectangle((0, 0, 10, 799), fill=0)
    pen.rectangle((0, 790, 599, 799), fill=0)
    return Picture(600, 800, image.tobytes())


def test_ink_without_words_is_told() -> None:
    page = Page(1, 600, 800, tuple(line("words", number) for number in range(10)))
    assert not may_lack_words(page, drawn(10))
    assert not may_lack_words(page, drawn(11))
    assert may_lack_words(page, drawn(14))
    assert not may_lack_words(Page(1, 600, 800, ()), drawn(0))
    # What runs down the page is read on the page as turned, and compared with the page as shown.
    turned = Page(1, 800, 600, (Line("words", Box(0, 0, 800, 600), 10),), turn=90)
    assert not may_lack_words(turned, drawn(14))


def test_a_reading_with_far_more_words_is_told() -> None:
    words = [RecognizedWord(text, 0, 0, 1, 1, 1, 10, 90) for text in PROSE.split()]
    assert not has_far_fewer_words(Page(1, 600, 800, (line(PROSE),)), words)
    assert has_far_fewer_words(Page(1, 600, 800, (line(PROSE[:90]),)), words)
    assert not has_far_fewer_words(Page(1, 600, 800, (line(PROSE[:90]),)), [replace(word, sure=20) for word in words])
