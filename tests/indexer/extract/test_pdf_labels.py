"""Labels that a file gives its pages."""

from pathlib import Path

import pytest

from indexer.extract.pdf import extract
from indexer.segment.repair import repair
from tests.support.pdf_files import pdf, show


def labels(folder: Path, tree: str, pages: int = 4) -> list[str]:
    path = folder / "labelled.pdf"
    content = [show(50, 700, "That States report on what they have done.") + show(300, 30, "1")] * pages
    path.write_bytes(pdf(*content).replace(b"/Type /Catalog", b"/Type /Catalog " + tree.encode()))
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
    ],
)
def test_pages_have_the_labels_of_the_file(tmp_path: Path, tree: str, expected: list[str]) -> None:
    assert labels(tmp_path, tree) == expected


def test_a_label_at_the_foot_of_its_page_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "labelled.pdf"
    first = show(50, 700, "Contents of this report")
    second = show(50, 700, "That States report on what they have done.") + show(300, 30, "- A-7 -")
    tree = b"/Type /Catalog /PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 7 /P (A-) >>] >>"
    path.write_bytes(pdf(first, second).replace(b"/Type /Catalog", tree))
    pages = repair(extract(path).pages)
    assert [line.text for line in pages[1].lines] == ["That States report on what they have done."]
    assert [line.text for line in pages[1].set_aside] == ["- A-7 -"]
