"""Form fields, notes and stamps: read as a viewer draws them."""

from pathlib import Path

import pytest

from indexer.extract.pdf.reader import read_pages
from indexer.model import Page
from tests.support.pdf_files import pdf, show, stream

FONTS = b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
DRAWN = stream(show(2, 4, "typed in").encode(), b"/Type /XObject /Subtype /Form /BBox [0 0 200 20] " + FONTS)
RECT = b"/Rect [100 500 300 520]"


def read(folder: Path, *annotations: bytes, content: str = "", page: str = "", more: tuple[bytes, ...] = ()) -> Page:
    path = folder / "form.pdf"
    listed = b"[" + b" ".join(annotations) + b"]"
    path.write_bytes(pdf(content, page=f"/Annots {listed.decode('latin-1')} {page}", more=[DRAWN, *more]))
    (read,) = read_pages(path)
    return read


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


@pytest.mark.parametrize(
    "entries",
    [
        b"/Subtype /Widget /FT /Tx /F 4 /AP << /N 10 0 R >>",
        b"/Subtype /Widget /FT /Tx /AP << /N 10 0 R >> /V (another value)",
        b"/Subtype /FreeText /AP << /N 10 0 R >>",
        b"/Subtype /Stamp /AP << /N 10 0 R >>",
        b"/Subtype /Widget /FT /Btn /AS /On /AP << /N << /On 10 0 R >> >>",
        b"/Subtype /Widget /FT /Btn /Ff 65536 /F 4 /AP << /N 10 0 R >>",
    ],
)
def test_an_annotation_is_read_by_its_drawing_where_it_stands(tmp_path: Path, entries: bytes) -> None:
    page = read(tmp_path, b"<< " + RECT + entries + b" >>")
    assert texts(page) == ["typed in"]
    assert page.warnings == ()
    assert page.lines[0].box.x0 == pytest.approx(102, abs=0.2)
    assert page.lines[0].box.bottom == pytest.approx(800 - 504 + 2, abs=1)


@pytest.mark.parametrize(
    "entries",
    [
        b"/Subtype /Widget /FT /Tx /F 2 /AP << /N 10 0 R >>",
        b"/Subtype /Stamp /F 32 /AP << /N 10 0 R >>",
        b"/Subtype /Popup /AP << /N 10 0 R >>",
        b"/Subtype /Widget /FT /Btn /AS /Off /AP << /N << /On 10 0 R >> >>",
        b"/Subtype /Widget /FT /Btn /Ff 65536 /AP << /N 10 0 R >>",
        b"/Subtype /Widget /FT /Tx /Ff 8192 /V (a password)",
        b"/Subtype /Text /Contents (a note that is closed)",
    ],
)
def test_an_annotation_that_is_not_shown_is_not_read(tmp_path: Path, entries: bytes) -> None:
    assert texts(read(tmp_path, b"<< " + RECT + entries + b" >>")) == []


@pytest.mark.parametrize(
    ("entries", "lines"),
    [
        (b"/FT /Tx /V (given) /DA (/F1 9 Tf 0 g)", ["given"]),
        (b"/FT /Tx /V <FEFF00E100F1006F>", ["áño"]),
        (b"/FT /Tx /Ff 4096 /V (one\rtwo)", ["one", "two"]),
        (b"/FT /Ch /V (e) /Opt [[(e) (English)] [(s) (Spanish)]]", ["English"]),
        (b"/FT /Ch /V [(red) (blue)]", ["red", "blue"]),
        (b"/Parent << /FT /Tx /V (inherited) >>", ["inherited"]),
    ],
)
def test_a_field_without_a_drawing_is_read_by_its_value(tmp_path: Path, entries: bytes, lines: list[str]) -> None:
    page = read(tmp_path, b"<< /Subtype /Widget " + RECT + entries + b" >>")
    assert texts(page) == lines
    said = [caution.message.sentence() for caution in page.warnings]
    if len(lines) > 1:
        assert said == ["Page 1 has 2 lines in form fields or notes whose places are estimated."]
    else:
        assert said == ["Page 1 has 1 line in a form field or note whose place is estimated."]
    assert all(100 <= line.box.x0 <= 104 for line in page.lines)


def test_a_note_without_a_drawing_is_read_by_its_contents(tmp_path: Path) -> None:
    page = read(tmp_path, b"<< /Subtype /FreeText /Contents (seen by all) /DA (/Helv 9 Tf 0 g) " + RECT + b" >>")
    assert texts(page) == ["seen by all"]
    assert [caution.code for caution in page.warnings] == ["form-fields"]


def test_a_drawing_is_fitted_into_its_rectangle(tmp_path: Path) -> None:
    form = b"/Type /XObject /Subtype /Form /BBox [50 0 150 10] /Matrix [0 1 -1 0 0 0] " + FONTS
    turned = stream(show(50, 2, "upwards").encode(), form)
    page = read(tmp_path, b"<< /Subtype /Stamp /Rect [100 400 120 600] /AP << /N 11 0 R >> >>", more=(turned,))
    (line,) = page.lines
    assert line.text == "upwards"
    assert [line.box.x1, line.box.bottom] == [pytest.approx(116 + 4, abs=1), pytest.approx(400, abs=1)]


def test_a_marker_pen_hides_nothing(tmp_path: Path) -> None:
    pen = stream(b"1 1 0 rg 0 0 400 40 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 400 40]")
    marked = b"/Rect [40 690 440 730] /AP << /N 11 0 R >> >>"
    content = show(50, 700, "marked")
    assert texts(read(tmp_path, b"<< /Subtype /Highlight " + marked, content=content, more=(pen,))) == ["marked"]
    assert texts(read(tmp_path, b"<< /Subtype /Square " + marked, content=content, more=(pen,))) == []


def test_damaged_annotations_leave_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [b"<< /Rect [1 2] >>", b"null", b"<< /Rect 5 >>", b"<< " + RECT + b" /Parent 99 0 R /AP 10 0 R >>"]
    page = read(tmp_path, *entries, content=show(50, 700, "whole"))
    assert (texts(page), page.warnings) == (["whole"], ())

    def fail(_: object) -> None:
        raise KeyError("lost")

    monkeypatch.setattr("indexer.extract.pdf.interpreter.shown_annotations", fail)
    page = read(tmp_path, content=show(50, 700, "whole"))
    assert texts(page) == ["whole"]
    assert "its notes and fields are damaged (KeyError)" in page.warnings[0].message.sentence()


def test_a_page_in_larger_units_has_its_size_in_points(tmp_path: Path) -> None:
    page = read(tmp_path, content=show(50, 700, "large"), page="/UserUnit 2")
    assert (page.width, page.height) == (1200, 1600)
    (line,) = page.lines
    assert [line.size, line.box.x0, line.box.bottom] == [20, 100, pytest.approx(204, abs=1)]
