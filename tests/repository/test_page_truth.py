"""Comparison of what is read with what is printed."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from bench.page_truth import compare, difference, words_of
from indexer.model import Box, Caution, Line, Page, message

BOX = Box(0, 0, 10, 10)


def page(text: str, *cautions: Caution) -> Page:
    return Page(1, 100, 100, (Line(text, BOX, 10),), warnings=cautions)


@pytest.mark.parametrize(
    "text", ["recom-\nmendation", "recom\ufffemendation", "recom\u00admendation", "Recommendation"]
)
def test_a_divided_word_is_one_whoever_reads_it(text: str) -> None:
    assert words_of(text) == {"recommendation": 1}


def test_a_hyphen_between_digits_is_none_of_a_division() -> None:
    assert words_of("12-13") == {"12": 1, "13": 1}


def test_a_page_differs_by_the_words_that_one_reader_alone_has() -> None:
    caution = Caution(message("no-text", 1, "is empty"))
    found = difference("a.pdf", page("one two three four", caution), "one two three five five")
    assert (found.missing, found.extra) == (("five", "five"), ("four",))
    assert (found.words, found.share, found.remarks) == (5, 0.4, ("no-text",))


def test_ocr_tells_who_is_right() -> None:
    found = difference("a.pdf", page("one 28941"), "one 2894 1 lost", seen="one 2894 lost")
    assert (found.missing, found.extra) == (("2894", "lost"), ("28941",))


def test_pages_of_a_folder_are_read_as_they_are_printed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    canvas = Canvas(str(tmp_path / "in/a.pdf"))
    canvas.drawString(72, 700, "That the States meet every year.")
    canvas.save()
    (found,) = compare(tmp_path, share=0.02, ocr=None)
    assert (found.file, found.page, found.words, found.share) == ("in/a.pdf", 1, 6, 0.0)


def test_a_file_that_nobody_can_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no PDF")
    assert list(compare(tmp_path, share=0.02, ocr=None)) == []
    assert "a.pdf: 0 pages of ours, no page of PDFium." in capsys.readouterr().out
