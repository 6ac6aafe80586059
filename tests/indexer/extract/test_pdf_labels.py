"""Labels that a file gives its pages."""

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.psparser import LIT

from indexer.extract.pdf import extract
from indexer.extract.pdf.labels import page_labels
from indexer.segment.document import segment_document
from indexer.segment.repair import repair
from tests.support.pdf_files import pdf, show


def labels(folder: Path, tree: str, pages: int = 4) -> list[str]:
    path = folder / "labelled.pdf"
    content = [show(50, 700, "That States report on what they have done.") + show(300, 30, "1")] * pages
    # Two nodes that hold themselves and each other, one of them twice.
    nodes = [b"<< /Kids [10 0 R 11 0 R 11 0 R] >>", b"<< /Kids [10 0 R] /Nums [0 << /S /r >>] >>"]
    path.write_bytes(pdf(*content, more=nodes, catalog=tree))
    return [page.label for page in extract(path).pages]


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ("", ["", "", "", ""]),
        ("/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >>", ["i", "ii", "1", "2"]),
        ("/PageLabels << /Nums [0 << /S /D /St 9 /P (A-) >>] >>", ["A-9", "A-10", "A-11", "A-12"]),
        ("/PageLabels << /Nums [1 << /S /A >>] >>", ["", "A", "B", "C"]),
        ("/PageLabels (nonsense)", ["", "", "", ""]),
        ("/PageLabels << /Nums [0 << /S /r /St -7 >>] >>", ["", "", "", ""]),
        ("/PageLabels << /Nums [2 << /S /D >> 0 << /S /r >> 2 << /S /A >>] >>", ["i", "ii", "1", "2"]),
        ("/PageLabels << /Nums [0 << /S /D /St 999999999999999999999 >>] >>", ["", "", "", ""]),
        ("/PageLabels << /Nums [0 << /S /R /St 398 >>] >>", ["CCCXCVIII", "CCCXCIX", "", ""]),
        ("/PageLabels << /Nums [0 << /S /a /St 26 >>] >>", ["z", "aa", "bb", "cc"]),
        (f"/PageLabels << /Nums [0 << /S /D /P ({'long ' * 20}) >> 3 << /S /D >>] >>", ["", "", "", "1"]),
        ("/PageLabels << /Nums [0 << /P (Cover) >> 1 << /S /What >> 2 7 (3) << /S /D >>] >>", ["Cover", "", "", ""]),
        ("/PageLabels 10 0 R", ["i", "ii", "iii", "iv"]),
    ],
)
def test_pages_have_the_labels_of_the_file(tmp_path: Path, tree: str, expected: list[str]) -> None:
    assert labels(tmp_path, tree) == expected


def test_a_label_at_the_foot_of_its_page_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "labelled.pdf"
    first = show(50, 700, "Contents of this report")
    second = show(50, 700, "That States report on what they have done.") + show(300, 30, "- A-7 -")
    tree = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 7 /P (A-) >>] >>"
    path.write_bytes(pdf(first, second, catalog=tree))
    pages = repair(extract(path).pages)
    assert [line.text for line in pages[1].lines] == ["That States report on what they have done."]
    assert [line.text for line in pages[1].set_aside] == ["- A-7 -"]


def test_places_say_what_the_file_calls_their_pages(tmp_path: Path) -> None:
    path = tmp_path / "labelled.pdf"
    said = ("That States report on what they do.", "Courts have their own reports.", "Nobody reads all of them.")
    content = [show(50, 400, text) + show(50, 388, "They say so each year.") for text in said]
    tree = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 2 >> 2 << /S /D /P (A-) >>] >>"
    path.write_bytes(pdf(*content, catalog=tree))
    found = segment_document(extract(path).pages, None)
    places = [place for passage in found.passages for place in passage.places]
    # The second page is called by its number: nothing is said of it.
    assert [(place.page, place.label) for place in places] == [(1, "i"), (2, ""), (3, "A-1")]
    assert found.labels == {"1": "i", "3": "A-1"}


@given(st.integers(-5, 2000), st.sampled_from(["D", "r", "R", "a", "A", "", "X"]), st.text(max_size=60))
def test_any_range_gives_labels_that_fit(first: int, style: str, prefix: str) -> None:
    entries = {"St": first, "S": LIT(style), "P": b"\xfe\xff" + prefix.encode("utf-16-be", "surrogatepass")}
    labels = list(islice(page_labels({"PageLabels": {"Nums": [0, entries]}}), 9))
    assert all(len(label) <= 40 and (label == "" or label.isprintable()) for label in labels)
