import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from indexer.extract.ocr.picture import Picture
from indexer.extract.ocr.skew import measure


def picture(image: Image.Image) -> Picture:
    return Picture(image.width, image.height, image.convert("L").tobytes())


def lines() -> Image.Image:
    """A page at 100 dots an inch with lines of words."""
    image = Image.new("L", (850, 1100), 255)
    pen = ImageDraw.Draw(image)
    for line in range(100, 1000, 20):
        for x in range(100, 700 - line % 97, 40):
            pen.rectangle((x, line, x + 28, line + 7), fill=0)
    return image


@pytest.mark.parametrize("angle", [-5.0, -2.6, -0.2, 0.0, 0.1, 0.7, 5.0])
def test_the_skew_of_lines_is_measured(angle: float) -> None:
    turned = lines().rotate(-angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    lie = measure(picture(turned))
    assert not lie.sideways
    assert lie.skew == pytest.approx(angle, abs=0.06)


def test_lines_that_run_up_or_down_the_page_are_told() -> None:
    lie = measure(picture(lines().rotate(91, expand=True, fillcolor=255)))
    assert lie.sideways
    assert lie.skew == pytest.approx(-1, abs=0.06)


def test_a_page_without_lines_is_level() -> None:
    assert measure(picture(Image.new("L", (850, 1100), 255))).skew == 0
    assert measure(picture(Image.new("L", (850, 1100), 0))) == measure(picture(Image.new("L", (20, 20), 0)))


@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_a_picture_comes_back_from_its_form_and_from_its_turns(width: int, height: int, data: st.DataObject) -> None:
    dots = data.draw(st.binary(min_size=width * height, max_size=width * height))
    drawn = Picture(width, height, dots, "90 0.25")
    assert Picture.from_pgm(drawn.to_pgm()) == drawn
    assert drawn.upside_down().upside_down() == drawn
    assert drawn.on_its_side().on_its_side().dots == drawn.upside_down().dots
    assert drawn.cut(-1, -1, width + 1, height + 1).dots == dots


@pytest.mark.parametrize("data", [b"", b"P5 1 1 255\n\0", b"P5\n# 0 0\n2 2\n255\n\0", b"P5\n# 0 0\n2\n255\n\0\0\0\0"])
def test_what_is_no_picture_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"no picture|invalid literal|not enough values"):
        Picture.from_pgm(data)


def test_ink_is_told_from_grey_paper() -> None:
    image = Image.new("L", (100, 100), 180)
    ImageDraw.Draw(image).rectangle((40, 30, 59, 49), fill=60)
    drawn = picture(image)
    assert (drawn.ink.count(1), drawn.paper) == (400, 180)
    assert drawn.columns_with_ink(0, 0, 100, 100) == bytes(40 <= x < 60 for x in range(100))
    assert drawn.rows_with_ink(0, 0, 100, 100) == bytes(30 <= y < 50 for y in range(100))
    assert drawn.columns_with_ink(50, 40, 50, 40) == b""
