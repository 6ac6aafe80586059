from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.extract.ocr import find_ocr
from indexer.extract.pdf import extract_all
from indexer.model import Box, Page
from tests.support.scans import hanging_list, needs_tesseract, picture_of, write_scan

pytestmark = needs_tesseract

ENGLISH = (
    "That the States keep a list of the persons who answer urgent requests at any hour, and that they send each change "
    "of it to the office without delay.",
    "That the office offer courses to those who gather and keep what machines have recorded, with the help of schools.",
    "That each State look at its laws on the matter before the next meeting of the group.",
    "That the members of the group write down what they have done, and what has kept them from doing more.",
    "That the money which is needed for this be asked of those who have gained most by the new machines.",
    "That the next meeting of the group take place in the town that has offered to receive it.",
)
SPANISH = (
    "Que los Estados mantengan una lista de las personas que responden a pedidos urgentes a cualquier hora del día.",
    "Que la oficina ofrezca cursos a quienes reúnen y guardan lo que las máquinas han registrado, según su situación.",
    "Que cada Estado examine sus leyes sobre la materia antes de la próxima reunión del grupo, y lo comunique así.",
    "Que los miembros del grupo escriban lo que han hecho, y también lo que les ha impedido hacer más por los niños.",
)


SHORT = ENGLISH[2:5]


def read(path: Path, languages: Sequence[str] = ("en", "es"), own: str | None = None) -> tuple[Page, ...]:
    (extraction,) = extract_all([path], ocr=find_ocr(languages, own).read)
    return extraction.pages


def openings(page: Page) -> list[str]:
    """The numbers and first words of the items of a page."""
    return [line.text[:12] for line in page.lines if line.text[:1].isdigit()]


def expected(items: Sequence[str]) -> list[str]:
    return [f"{number}. {text}"[:12] for number, text in enumerate(items, 1)]


def codes(page: Page) -> list[str]:
    return [caution.code for caution in page.warnings]


@pytest.mark.parametrize("indent", [18, 48])
def test_numbers_that_hang_in_the_margin_of_a_scan_are_read(tmp_path: Path, indent: int) -> None:
    hanging_list(tmp_path / "typed.pdf", ENGLISH, indent=indent)
    write_scan(tmp_path / "scan.pdf", picture_of(tmp_path / "typed.pdf", turned=-0.2, noise=20))
    (page,) = read(tmp_path / "scan.pdf")
    assert openings(page) == expected(ENGLISH)
    assert codes(page) == ["read-by-ocr"]


def test_pages_that_lie_askew_or_on_their_side_are_read_and_boxes_are_those_of_the_page(tmp_path: Path) -> None:
    hanging_list(tmp_path / "typed.pdf", SHORT)
    turns = (0, -4, 1.5, 90, 180, 270)
    write_scan(tmp_path / "scan.pdf", *(picture_of(tmp_path / "typed.pdf", turned=turned) for turned in turns))
    level, *others = read(tmp_path / "scan.pdf")
    assert (level.turn, level.skew, openings(level)) == (0, 0, expected(SHORT))
    wanted = last_item(level)
    for page, turned in zip(others, turns[1:], strict=True):
        assert openings(page) == expected(SHORT)
        # The place of the same words on a page that was turned about its middle.
        if turned % 90 == 0:
            assert (page.turn, page.skew) == (-turned % 360, 0)
            box = wanted.turn(round(turned), 612, 792)
        else:
            assert page.turn == 0
            assert page.skew == pytest.approx(-turned, abs=0.06)
            box = Page(1, 612, 792, (), skew=-turned).as_shown(wanted)
        assert_same_place(page.as_shown(last_item(page)), box)


def last_item(page: Page) -> Box:
    return next(line.box for line in page.lines if line.text.startswith(f"{len(SHORT)}."))


def assert_same_place(found: Box, wanted: Box) -> None:
    sides = zip(
        (found.x0, found.top, found.x1, found.bottom), (wanted.x0, wanted.top, wanted.x1, wanted.bottom), strict=True
    )
    assert max(abs(one - other) for one, other in sides) < 3, (found, wanted)


def test_what_a_scan_has_as_text_is_joined_with_what_is_read(tmp_path: Path) -> None:
    hanging_list(tmp_path / "typed.pdf", SHORT)
    write_scan(tmp_path / "scan.pdf", picture_of(tmp_path / "typed.pdf"), over="Page 7 of the collection")
    (page,) = read(tmp_path / "scan.pdf")
    assert openings(page) == expected(SHORT)
    own = [line for line in page.lines if line.confidence is None]
    assert [line.text for line in own] == ["Page 7 of the collection"]
    assert sum("collection" in line.text for line in page.lines) == 1
    assert codes(page) == ["read-by-ocr"]


def test_each_page_is_read_in_its_own_language(tmp_path: Path) -> None:
    hanging_list(tmp_path / "en.pdf", SHORT)
    hanging_list(tmp_path / "es.pdf", SPANISH, title="RECOMENDACIONES")
    write_scan(tmp_path / "scan.pdf", picture_of(tmp_path / "es.pdf"), picture_of(tmp_path / "en.pdf"))
    for own in (None, "en"):
        spanish, english = read(tmp_path / "scan.pdf", own=own)
        assert ["spa)" in str(spanish.warnings[0].message), "eng)" in str(english.warnings[0].message)] == [True] * 2
        assert "reúnen" in " ".join(line.text for line in spanish.lines)


def test_a_language_without_data_is_named_with_the_remedy(tmp_path: Path) -> None:
    hanging_list(tmp_path / "typed.pdf", SHORT)
    write_scan(tmp_path / "scan.pdf", picture_of(tmp_path / "typed.pdf"))
    (page,) = read(tmp_path / "scan.pdf", ("en", "xx"), own="xx")
    # The page is in English, whatever the catalogue says of its file.
    assert codes(page) == ["read-by-ocr"]
    hanging_list(
        tmp_path / "typed.pdf",
        ("Que dans la ville où les membres sont les hôtes du groupe, une liste de ceux qui répondent soit tenue.",) * 4,
    )
    write_scan(tmp_path / "scan.pdf", picture_of(tmp_path / "typed.pdf"))
    (page,) = read(tmp_path / "scan.pdf", ("en",))
    if "fra" in str(page.warnings[0].message):
        pytest.skip("the data for French is installed")
    assert codes(page) == ["read-by-ocr", "ocr-language-missing"]
    assert "apt-get install tesseract-ocr-fra" in page.warnings[1].message.remedy()


def test_a_bad_layer_by_others_is_read_again_and_a_good_one_is_kept(tmp_path: Path) -> None:
    hanging_list(tmp_path / "typed.pdf", SHORT)
    picture = picture_of(tmp_path / "typed.pdf")
    write_scan(tmp_path / "scan.pdf", picture, layer=["Something else"])
    (page,) = read(tmp_path / "scan.pdf")
    assert openings(page) == expected(SHORT)
    assert codes(page) == ["layer-read-again", "read-by-ocr"]
    assert not any("Something" in line.text for line in page.lines)
    (own,) = read(tmp_path / "typed.pdf")
    write_scan(tmp_path / "scan.pdf", picture, layer=[line.text for line in own.lines])
    (page,) = read(tmp_path / "scan.pdf")
    assert codes(page) == ["ocr-by-others"]
    assert page.lines[0].confidence is None
