"""Text that a reader of the printed page does not see: it is left out, with a caution."""

from pathlib import Path

import pytest

from indexer.extract.pdf.reader import read_pages
from indexer.model import Page
from tests.support.pdf_files import assembled, pdf, show, stream

SEEN = show(50, 700, "seen by all")
SECRET = show(50, 600, "kept back")
PICTURE = stream(
    b"\x80", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
)
SCAN = "q 600 0 0 800 0 0 cm /X10 Do Q\n"


def read(folder: Path, data: bytes) -> Page:
    path = folder / "report.pdf"
    path.write_bytes(data)
    (page,) = read_pages(path)
    return page


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def codes(page: Page) -> list[str]:
    return [caution.code for caution in page.warnings]


def layered(content: str, config: str, groups: str = "", properties: str = "/L 5 0 R /M 6 0 R /N 8 0 R") -> bytes:
    """A PDF with two layers, 5 and 6, and a membership dictionary, 8."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /OC 5 0 R"
    return assembled(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [5 0 R 6 0 R] /D << %s >> >> >>"
            % config.encode(),
            2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 << "
            b"/Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /X 7 0 R >> /Properties << %s >> >> >>"
            % properties.encode(),
            4: stream(content.encode()),
            5: b"<< /Type /OCG /Name (draft) /Usage << /View << /ViewState /OFF >> >> >>",
            6: b"<< /Type /OCG /Name (final) >>",
            7: stream(
                SECRET.encode(),
                form + b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
            ),
            8: b"<< /Type /OCMD %s >>" % groups.encode(),
        }
    )


@pytest.mark.parametrize(
    ("drawn", "config", "groups"),
    [
        (f"/OC /L BDC {SECRET} EMC", "/OFF [5 0 R]", ""),
        (f"/OC /L BDC /Span BMC {SECRET} EMC EMC", "/OFF [5 0 R]", ""),
        (f"/OC /L BDC {SECRET} EMC", "/BaseState /OFF /ON [6 0 R]", ""),
        (f"/OC /L BDC {SECRET} EMC", "/AS [<< /Event /View /Category [/View] /OCGs [5 0 R] >>]", ""),
        ("/X Do", "/OFF [5 0 R]", ""),
        (f"/OC /N BDC {SECRET} EMC", "/OFF [5 0 R]", "/OCGs 5 0 R"),
        (f"/OC /N BDC {SECRET} EMC", "/OFF [5 0 R]", "/OCGs [5 0 R 6 0 R] /P /AllOn"),
        (f"/OC /N BDC {SECRET} EMC", "", "/OCGs [5 0 R 6 0 R] /P /AnyOff"),
        (f"/OC /N BDC {SECRET} EMC", "/OFF [5 0 R]", "/OCGs [5 0 R 6 0 R] /P /AllOff"),
        (f"/OC /N BDC {SECRET} EMC", "", "/VE [/Not [/Or 5 0 R 6 0 R]]"),
        (f"/OC /N BDC {SECRET} EMC", "/OFF [5 0 R]", "/VE [/And 5 0 R 6 0 R] /OCGs 6 0 R"),
    ],
)
def test_layers_that_are_off_are_left_out(tmp_path: Path, drawn: str, config: str, groups: str) -> None:
    page = read(tmp_path, layered(f"{drawn}\n{SEEN}", config, groups))
    assert (texts(page), codes(page)) == (["seen by all"], ["hidden-text"])
    assert "8 in a layer that is switched off" in page.warnings[0].message.sentence()


@pytest.mark.parametrize(
    ("drawn", "config", "groups"),
    [
        (f"/OC /L BDC {SECRET} EMC", "", ""),
        (f"/OC /L BDC {SECRET} EMC", "/BaseState /OFF /ON [5 0 R]", ""),
        (f"/OC /M BDC EMC /P BMC EMC {SECRET}", "/OFF [6 0 R]", ""),
        ("/X Do", "/OFF [6 0 R]", ""),
        (f"/OC /N BDC {SECRET} EMC", "/OFF [5 0 R]", "/OCGs [5 0 R 6 0 R]"),
        (f"/OC /N BDC {SECRET} EMC", "/OFF [5 0 R]", "/OCGs [5 0 R 6 0 R] /P /AnyOff"),
        (f"/OC /N BDC {SECRET} EMC", "/OFF [5 0 R]", "/VE [/Not 5 0 R]"),
        (f"/OC /N BDC {SECRET} EMC", "/OFF [5 0 R]", ""),
        (f"/OC /Unknown BDC {SECRET} EMC", "/OFF [5 0 R]", ""),
    ],
)
def test_layers_that_are_on_are_read(tmp_path: Path, drawn: str, config: str, groups: str) -> None:
    page = read(tmp_path, layered(f"{SEEN}\n{drawn}", config, groups))
    assert (texts(page), codes(page)) == (["seen by all", "kept back"], [])


@pytest.mark.parametrize(
    ("drawn", "why"),
    [
        (f"3 Tr {SECRET} 0 Tr", "8 without ink. They are left out."),
        (f"q 3 Tr {SECRET} Q", "8 without ink. They are left out."),
        (f"7 Tr {SECRET} 0 Tr", "8 without ink. They are left out."),
        (f"q 1 g {SECRET} Q", "8 in the colour of what lies behind it"),
        (f"q 0 0 0 0 k {SECRET} Q", "8 in the colour of what lies behind it"),
        (f"q /DeviceRGB cs 1 1 1 sc {SECRET} Q", "8 in the colour of what lies behind it"),
        (f"q 1 G 1 Tr {SECRET} Q", "8 in the colour of what lies behind it"),
        (f"q 0 0 1 rg 40 590 200 30 re f {SECRET} Q", "8 in the colour of what lies behind it"),
        (f"q 30 w 0 1 0 RG 40 600 m 300 600 l S 0 1 0 rg {SECRET} Q", "8 in the colour of what lies behind it"),
        (
            f"q 50 100 200 100 re W n {SECRET} Q",
            "holds letters that it does not show: 8 outside of the part of the page where it may be seen",
        ),
        (
            f"q 50 100 m 90 100 l 90 200 l h W* n {SECRET} Q",
            "holds letters that it does not show: 8 outside of the part of the page where it may be seen",
        ),
        (
            f"q 0 0 0 0 re W n {SECRET} Q",
            "holds letters that it does not show: 8 outside of the part of the page where it may be seen",
        ),
    ],
)
def test_text_that_is_not_seen_is_left_out(tmp_path: Path, drawn: str, why: str) -> None:
    page = read(tmp_path, pdf(f"{drawn}\n{SEEN}"))
    assert (texts(page), codes(page)) == (["seen by all"], ["hidden-text"])
    assert why in page.warnings[0].message.sentence()


@pytest.mark.parametrize(
    "drawn",
    [
        f"q 0.9 g {SECRET} Q",
        f"q 0 g 40 590 200 30 re f 1 g {SECRET} Q",
        f"q 0 g 40 590 m 240 590 l 240 620 l 40 620 l f 1 g {SECRET} Q",
        f"q 30 w 40 600 m 300 600 l S 1 g {SECRET} Q",
        f"q 0 0 1 rg 40 500 m 90 800 300 800 400 500 c f 1 g {SECRET} Q",
        f"q 600 0 0 300 0 500 cm /X10 Do Q 1 g {SECRET} 0 g",
        f"q 40 590 200 30 re W n {SECRET} Q",
        f"q 1 1 1 rg 2 Tr {SECRET} Q",
        f"1 g 0 0 600 800 re f 0 g {SECRET}",
        f"{SECRET} 0 g 40 603 200 1 re f",
        f"{SECRET} q 50 100 20 20 re W n 0 0 600 800 re f Q",
        f"{SECRET} 40 590 200 30 re 45 595 190 20 re f*",
    ],
)
def test_text_that_is_seen_is_read(tmp_path: Path, drawn: str) -> None:
    page = read(tmp_path, pdf(f"{drawn}\n{SEEN}", more=[PICTURE]))
    assert sorted(texts(page)) == ["kept back", "seen by all"]
    assert codes(page) == []


def test_letters_outside_of_their_clip_are_left_out(tmp_path: Path) -> None:
    page = read(tmp_path, pdf(f"q 0 590 {50 + 25} 30 re W n {SECRET} Q"))
    assert (texts(page), codes(page)) == (["kept b"], ["hidden-text"])


@pytest.mark.parametrize(
    "box", ["40 595 300 14 re f", "40 595 m 340 595 l 340 609 l 40 609 l h f", "14 w 40 602 m 340 602 l S"]
)
def test_a_line_under_a_black_box_is_the_box(tmp_path: Path, box: str) -> None:
    page = read(tmp_path, pdf(f"{SEEN} {SECRET} {box}"))
    assert (texts(page), codes(page)) == (["seen by all", "█"], ["covered-text"])
    said = "Page 1 covers 8 letters with boxes or pictures. They are left out; the PDF has them."
    assert page.warnings[0].message.sentence() == said


def test_a_covered_name_leaves_the_rest_of_its_line(tmp_path: Path) -> None:
    line = show(50, 600, "The witness Jane Sample was heard.")
    box = "105 596 61 12 re f"
    assert texts(read(tmp_path, pdf(f"{line} {box}"))) == ["The witness █ was heard."]
    apart = (
        show(50, 600, "The witness ") + show(106.3, 600, "Jane ") + show(130.9, 600, "Sample") + show(167.7, 600, "was")
    )
    assert texts(read(tmp_path, pdf(f"{apart} {box}"))) == ["The witness █ was"]


@pytest.mark.parametrize(
    ("cover", "left"),
    [
        ("0 g 105 596 30 12 re 135 596 31 12 re f", "The witness █ was heard."),
        (
            "0 g 107 596 m 164 596 l 166 596 166 598 166 598 c 166 606 l 166 608 164 608 164 608 c "
            "107 608 l 105 608 105 606 105 606 c 105 598 l 105 596 107 596 107 596 c f",
            "The witness █ was heard.",
        ),
        ("1 g 105 596 61 12 re f", "The witness was heard."),
        ("q 61 0 0 12 105 596 cm /X10 Do Q", "The witness was heard."),
        ("0 g 135 602 m 150 620 l 160 602 l 140 590 l f", "The witness Jane Sample was heard."),
        (
            "0 g 105 602 m 105 605 118 608 135 608 c 152 608 166 605 166 602 c 166 599 152 596 135 596 c 105 596 l f",
            None,
        ),
    ],
)
def test_covers_of_other_forms_and_colours(tmp_path: Path, cover: str, left: str | None) -> None:
    line = "The witness Jane Sample was heard."
    page = read(tmp_path, pdf(f"{show(50, 600, line)} {cover}", more=[PICTURE]))
    assert texts(page) == [left or line]


def test_what_is_written_again_on_a_white_box_is_read_once(tmp_path: Path) -> None:
    page = read(tmp_path, pdf(f"{SECRET} 1 g 40 590 200 30 re f 0 g {show(50, 600, 'mended')}"))
    assert (texts(page), codes(page)) == (["mended"], ["covered-text"])


def test_a_marked_passage_stays(tmp_path: Path) -> None:
    state = b"<< /Type /ExtGState /BM /Multiply >>"
    data = pdf(f"{SEEN} q /G gs 1 1 0 rg 40 690 300 30 re f Q").replace(
        b"/XObject <<", b"/ExtGState << /G " + state + b" >> /XObject <<"
    )
    assert texts(read(tmp_path, data)) == ["seen by all"]


@pytest.mark.parametrize("content", [f"{SCAN} 3 Tr {SECRET}", f"3 Tr {SECRET} {SCAN}", f"{SECRET} {SCAN}"])
def test_the_text_layer_of_a_scan_is_read_and_said_to_be_one(tmp_path: Path, content: str) -> None:
    page = read(tmp_path, pdf(content, more=[PICTURE]))
    assert (texts(page), codes(page)) == (["kept back"], ["ocr-by-others"])
    assert "is a picture under text that somebody else's OCR has read in it" in page.warnings[0].message.sentence()


HEADER = "".join(show(50, y, "Journal of the group, volume 7, number 12, taken from its library") for y in (780, 768))
FOOTER = show(50, 30, "Whoever takes this copy away may read it, and may show it to others who ask for it, page 12")


@pytest.mark.parametrize(
    "beside", [show(300, 30, "7"), show(50, 700, "Received on 7 May") + show(300, 30, "- 12 -"), HEADER + FOOTER]
)
def test_a_scan_with_a_live_number_or_stamp_is_said_to_have_no_text(tmp_path: Path, beside: str) -> None:
    page = read(tmp_path, pdf(SCAN + beside, more=[PICTURE]))
    assert [caution.message.sentence() for caution in page.warnings] == [
        "Page 1 is a picture with little text beside it; it may be a scan."
    ]
    assert codes(page) == ["no-text"]
    assert page.lines


def test_a_page_of_text_over_a_picture_is_no_scan(tmp_path: Path) -> None:
    text = "".join(show(50, y, 2 * "That States report on what they have done. ") for y in range(400, 700, 20))
    assert codes(read(tmp_path, pdf(SCAN + text, more=[PICTURE]))) == []
    small = "q 300 0 0 300 0 0 cm /X10 Do Q\n" + show(50, 700, "A figure")
    assert codes(read(tmp_path, pdf(small, more=[PICTURE]))) == []


def test_invisible_copies_of_what_is_seen_are_left_out(tmp_path: Path) -> None:
    copy = show(50.5, 700.4, "seen bv all")
    page = read(tmp_path, pdf(f"{SCAN} {SEEN} 3 Tr {copy}", more=[PICTURE]))
    assert texts(page) == ["seen by all"]


def test_a_box_over_a_scan_covers_its_text_layer(tmp_path: Path) -> None:
    page = read(tmp_path, pdf(f"{SCAN} 40 595 300 14 re f 3 Tr {SECRET} {SEEN}", more=[PICTURE]))
    assert (texts(page), codes(page)) == (["seen by all"], ["covered-text", "ocr-by-others"])


def test_a_line_in_several_colours_stays_one(tmp_path: Path) -> None:
    assert texts(read(tmp_path, pdf("BT /F1 10 Tf 50 700 Td (see ) Tj 0 0 1 rg (this) Tj 0 g (.) Tj ET"))) == [
        "see this."
    ]
