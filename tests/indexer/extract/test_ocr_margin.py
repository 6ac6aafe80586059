from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw

from indexer.extract.ocr.bullets import with_bullets
from indexer.extract.ocr.margin import Reader, add_margin
from indexer.extract.ocr.picture import Picture
from indexer.extract.ocr.tesseract import RecognizedWord

SIZE = 40


def word(text: str, x0: float, line: int, sure: float = 90, width: float | None = None) -> RecognizedWord:
    baseline = 100.0 * line
    return RecognizedWord(text, x0, baseline - 28, x0 + (width or 20 * len(text)), baseline, baseline, SIZE, sure)


def page(*boxes: tuple[int, int, int, int]) -> Picture:
    """A white page with black boxes."""
    image = Image.new("L", (1000, 600), 250)
    pen = ImageDraw.Draw(image)
    for box in boxes:
        pen.rectangle(box, fill=0)
    return Picture(1000, 600, image.tobytes())


TEXT = [word("Firstly", 300, 1), word("Secondly", 300, 2), word("Thirdly", 300, 3)]
NUMBERS = [(200, 72, 225, 100), (200, 172, 225, 200), (200, 272, 225, 300)]


def signs_on_sheet(*texts: str, sure: float = 95) -> tuple[list[Picture], Reader]:
    """A reader that gives texts for the signs of a sheet, one below the other; and the sheets that it was given."""
    sheets: list[Picture] = []

    def read(sheet: Picture, _segmentation: str) -> list[RecognizedWord]:
        sheets.append(sheet)
        step = sheet.height / len(texts)
        middles = [round(step * (number + 0.5)) for number in range(len(texts))]
        return [
            RecognizedWord(text, SIZE, middle - 5, SIZE + 20, middle + 5, middle, SIZE, sure)
            for text, middle in zip(texts, middles, strict=True)
            if text
        ]

    return sheets, read


def read_margin(
    picture: Picture, words: Sequence[RecognizedWord], *texts: str, sure: float = 95
) -> tuple[list[str], int]:
    sheets, read = signs_on_sheet(*texts, sure=sure)
    found, unread = add_margin(picture, words, read)
    assert len(sheets) == bool(texts)
    assert [each.baseline for each in found if each.text in texts] == [
        100.0 * line for line, text in enumerate(texts, 1) if text and text in [each.text for each in found]
    ]
    return [each.text for each in found if each.x0 < 300], unread


def test_ink_in_the_margin_that_was_passed_over_is_read_beside_its_text() -> None:
    assert read_margin(page(*NUMBERS), TEXT, "1.", "2.", "3.") == (["1.", "2.", "3."], 0)


def test_a_sign_that_cannot_be_read_is_counted() -> None:
    assert read_margin(page(*NUMBERS), TEXT, "1.", "", "3.") == (["1.", "3."], 1)
    assert read_margin(page(*NUMBERS), TEXT, "1.", "2.", "3.", sure=20) == ([], 3)
    assert read_margin(page(*NUMBERS), TEXT, "1.", "word", "3.") == (["1.", "3."], 1)


@pytest.mark.parametrize(
    "box",
    [
        (200, 90, 204, 93),  # a speck
        (200, 0, 206, 500),  # a rule
        (10, 60, 280, 110),  # a picture
        (292, 72, 299, 100),  # a part of the text itself
    ],
)
def test_what_is_no_sign_is_passed_over(box: tuple[int, int, int, int]) -> None:
    assert read_margin(page(box), TEXT[:1]) == ([], 0)


def test_a_sign_that_was_read_wrongly_is_read_again() -> None:
    wrong = [word("Al,", 190, 1, sure=78), *TEXT[:1]]
    assert read_margin(page(NUMBERS[0]), wrong, "11.") == (["11."], 0)
    less = [word("12", 200, 1, sure=97), *TEXT[:1]]
    assert read_margin(page(NUMBERS[0]), less, "12.") == (["12."], 0)
    right = [word("3.", 200, 1, sure=97), *TEXT[:1]]
    assert read_margin(page(NUMBERS[0]), right, "8.") == (["3."], 0)
    assert read_margin(page(NUMBERS[0]), right, "") == (["3."], 0)


def test_the_column_to_the_left_is_no_margin() -> None:
    left = [word("left", 100, 1), word("column", 195, 1)]
    assert read_margin(page((100, 72, 280, 100)), [*left, word("right", 380, 1)]) == (["left", "column"], 0)


def test_a_round_dot_before_a_text_is_a_bullet() -> None:
    image = Image.new("L", (400, 200), 255)
    pen = ImageDraw.Draw(image)
    pen.ellipse((20, 80, 36, 96), fill=0)
    pen.ellipse((120, 80, 136, 96), outline=0, width=3)
    dot = RecognizedWord("¢", 20, 80, 37, 97, 100, SIZE, 50)
    ring = RecognizedWord("o", 120, 80, 137, 97, 100, SIZE, 50)
    letter = RecognizedWord("x", 20, 80, 37, 97, 100, SIZE, 50)
    found = with_bullets(Picture(400, 200, image.tobytes()), [dot, ring, letter])
    assert [each.text for each in found] == ["•", "o", "x"]
