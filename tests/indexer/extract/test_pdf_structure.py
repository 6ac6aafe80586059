"""Structure of tagged PDFs: the elements that the lines of a page stand in."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.pdf import extract
from indexer.extract.pdf.protocol import page_from_tuple, page_to_tuple
from indexer.extract.pdf.reader import read_pages
from indexer.model import Box, Caution, Element, Line, Page, message
from tests.support.pdf_files import pdf, show, stream
from tests.support.tagged_pdfs import Shown, lines, tagged, tagged_pdf


def read(folder: Path, data: bytes) -> tuple[Page, ...]:
    path = folder / "tagged.pdf"
    path.write_bytes(data)
    return extract(path).pages


def chains(page: Page) -> list[list[str]]:
    """For each line the roles of its parts, each with those around it."""
    elements = {element.number: element for element in page.structure}

    def chain(number: int) -> str:
        roles = []
        while number:
            roles.append(elements[number].role)
            number = elements[number].within
        return " in ".join(roles)

    return [[chain(number) for _, number in line.elements] for line in page.lines]


def test_lines_have_the_elements_that_they_stand_in(tmp_path: Path) -> None:
    data = tagged_pdf(
        tagged(
            "Document",
            tagged("H1", Shown("Recommendations", 50, 700)),
            tagged("P", *lines("The Group recommends what follows/to all States:", 50, 670)),
            tagged("L", tagged("LI", tagged("Lbl", Shown("1.", 50, 630)), tagged("LBody", Shown("Train.", 70, 630)))),
        )
    )
    (page,) = read(tmp_path, data)
    assert chains(page) == [["H1"], ["P"], ["P"], ["Lbl in LI in L", "LBody in LI in L"]]
    heading, *paragraph, item = page.lines
    assert paragraph[0].elements == paragraph[1].elements != heading.elements
    assert item.text == "1. Train."
    assert item.elements[1][0] == len("1. ")


def test_elements_are_numbered_in_the_order_of_the_tree(tmp_path: Path) -> None:
    data = tagged_pdf(tagged("P", Shown("Below", 50, 500)), tagged("P", Shown("Above", 50, 700)))
    (page,) = read(tmp_path, data)
    assert [(line.text, line.elements) for line in page.lines] == [("Above", ((0, 2),)), ("Below", ((0, 1),))]


def test_what_is_set_within_lines_is_of_their_block(tmp_path: Path) -> None:
    words = tagged("Span", Shown("Train ", 50, 700)), tagged("Link", Shown("judges", 80, 700)), Shown("now.", 120, 700)
    (page,) = read(tmp_path, tagged_pdf(tagged("Sect", tagged("P", *words))))
    assert chains(page) == [["P"]]


def test_text_in_groups_alone_is_in_no_block(tmp_path: Path) -> None:
    data = tagged_pdf(
        tagged("Document", Shown("Loose", 50, 700), tagged("Span", Shown("words", 50, 680))),
        tagged("Document", tagged("Div", Shown("In a box", 50, 660))),
    )
    (page,) = read(tmp_path, data)
    assert [line.elements for line in page.lines[:2]] == [(), ()]
    assert chains(page)[2] == [""]


def test_a_role_of_the_files_own_is_told_by_its_map(tmp_path: Path) -> None:
    roles = {"Punkt": "Absatz", "Absatz": "P", "Round": "Trip", "Trip": "Round"}
    data = tagged_pdf(
        tagged("Punkt", Shown("Train judges.", 50, 700)), tagged("Round", Shown("And round.", 50, 680)), roles=roles
    )
    (page,) = read(tmp_path, data)
    assert chains(page) == [["P"], [""]]


def test_a_block_over_two_pages_is_one(tmp_path: Path) -> None:
    data = tagged_pdf(tagged("P", Shown("That States train", 50, 60), Shown("their judges.", 50, 700, page=2)))
    first, second = read(tmp_path, data)
    assert first.lines[0].elements == second.lines[0].elements != ()


def test_what_a_file_calls_an_artifact_stands_in_no_element(tmp_path: Path) -> None:
    data = tagged_pdf(tagged("P", Shown("Train judges.", 50, 700)), artifacts=[Shown("A note beside it", 50, 400)])
    (page,) = read(tmp_path, data)
    assert [line.elements for line in page.lines] == [((0, 1),), ()]


def test_marked_content_of_a_form_is_found_by_the_form(tmp_path: Path) -> None:
    mark = "/P << /MCID 0 >> BDC\n{0}EMC\n"
    form = stream(
        mark.format(show(50, 600, "In the form")).encode(),
        b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources 3 0 R",
    )
    tree = [
        b"<< /Type /StructTreeRoot /K [11 0 R 12 0 R] >>",
        b"<< /S /P /Pg 14 0 R /K 0 >>",
        b"<< /S /H2 /K << /Type /MCR /Pg 14 0 R /Stm 13 0 R /MCID 0 >> >>",
        form,
    ]
    content = mark.format(show(50, 700, "On the page")) + "/X13 Do\n"
    (page,) = read(tmp_path, pdf(content, more=tree, catalog="/StructTreeRoot 10 0 R"))
    assert [(line.text, *roles) for line, roles in zip(page.lines, chains(page), strict=True)] == [
        ("On the page", "P"),
        ("In the form", "H2"),
    ]


def test_an_untagged_file_has_no_elements(tmp_path: Path) -> None:
    (page,) = read(tmp_path, pdf("/P << /MCID 0 >> BDC\n" + show(50, 700, "Train judges.") + "EMC\n"))
    assert page.structure == ()
    assert page.lines[0].elements == ()


@pytest.mark.parametrize(
    "objects",
    [
        [b"<< /K 10 0 R >>"],
        [b"<< /K [11 0 R 11 0 R] >>", b"<< /S /P /K [11 0 R 10 0 R 0] >>"],
        [b"<< /K [11 0 R] /RoleMap 7 >>", b"<< /S 5 /Pg 99 0 R /K << /MCID (a) >> >>"],
        [b"<< /K [11 0 R 98 0 R null (a)] >>", b"[[[[ << /S /P >> ]]]]"],
    ],
)
def test_a_damaged_tree_harms_nothing(tmp_path: Path, objects: list[bytes]) -> None:
    content = "/P << /MCID 0 >> BDC\n" + show(50, 700, "Train judges.") + "EMC\n"
    (page,) = read(tmp_path, pdf(content, more=objects, catalog="/StructTreeRoot 10 0 R"))
    assert [line.text for line in page.lines] == ["Train judges."]
    assert page.warnings == ()


@pytest.mark.parametrize("limit", ["_MOST_NODES", "_MOST_OBJECTS"])
def test_a_tree_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    path = tmp_path / "tagged.pdf"
    path.write_bytes(tagged_pdf(*(tagged("P", Shown(f"Line {n}", 50, 700 - 20 * n)) for n in range(5))))
    assert all(line.elements for page in read_pages(path) for line in page.lines)
    monkeypatch.setattr(f"indexer.extract.pdf.structure.{limit}", 4)
    (page,) = read_pages(path)
    assert not any(line.elements for line in page.lines)
    assert page.warnings == (Caution(message("tags-not-believed", message("tags-too-many"))),)


@given(st.lists(st.sampled_from(["P", "Lbl", "LBody", "H1", ""]), max_size=5))
def test_elements_survive_the_way_between_processes(roles: list[str]) -> None:
    structure = tuple(Element(number, role, number - 1) for number, role in enumerate(roles, start=1))
    own = tuple((place, element.number) for place, element in enumerate(structure))
    page = Page(1, 600, 800, (Line("text", Box(0, 0, 1, 1), 10, elements=own),), structure=structure)
    assert page_from_tuple(page_to_tuple(page)) == page
