import re
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from indexer.build.pipeline import Report, build
from indexer.engines.whoosh import WhooshEngine
from indexer.extract.ocr import Ocr, find_ocr, raster, without_ocr
from indexer.generations import IndexStore, Reader
from indexer.model import Box, Caution, Item, Kind, Line, Page, State, json, message
from search_app import create_app
from search_app.web.settings import Settings
from tests.conftest import OPTIONAL
from tests.support.pdf_files import pdf
from tests.support.scans import hanging_list
from tests.support.silent import Silent
from tests.support.tiny_corpus import ENGLISH, TinyCorpus, write_pdf
from tests.support.visitor import visitor

PICTURE = Page(1, 612, 792, (), warnings=(Caution(message("no-text", 1, message("maybe-scan")), 1),))


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF whose page is a picture of recommendations."""
    folder = tmp_path_factory.mktemp("scan")
    write_pdf(folder / "text.pdf", ENGLISH)
    drawn = subprocess.run(
        [sys.executable, "-m", "indexer.extract.ocr.raster", str(folder / "text.pdf"), "1"],
        capture_output=True,
        check=True,
    )
    canvas = Canvas(str(folder / "scan.pdf"), invariant=1)
    canvas.drawImage(ImageReader(Image.open(BytesIO(drawn.stdout))), 0, 0, *canvas._pagesize)
    canvas.save()
    return folder / "scan.pdf"


@pytest.fixture
def corpus(tmp_path: Path, scan: Path) -> TinyCorpus:
    tiny = TinyCorpus(tmp_path / "corpus")
    tiny.add("I-en.pdf", 1, ENGLISH)
    tiny.add("II-en.pdf", 2, ENGLISH)
    shutil.copy(scan, tiny.folder / "pdf" / "II-en.pdf")
    return tiny


@pytest.fixture
def tesseract() -> None:
    if shutil.which("tesseract") is None:
        pytest.skip(OPTIONAL + "Tesseract is not installed")


def store(corpus: TinyCorpus) -> IndexStore:
    return IndexStore(corpus.corpus.parent / "index", WhooshEngine())


def build_corpus(corpus: TinyCorpus) -> Report:
    return build(corpus.corpus, store(corpus), processes=2, listener=Silent(), find_ocr=find_ocr)


def recommendations(corpus: TinyCorpus, meeting: str) -> list[Item]:
    generation = store(corpus).open()
    try:
        items = generation.index.items()
        return [item for item in items if item.meeting == meeting and item.kind is Kind.RECOMMENDATION]
    finally:
        generation.close()


@pytest.mark.usefixtures("tesseract")
def test_a_scan_is_read_and_says_so_everywhere(corpus: TinyCorpus) -> None:
    (entry,) = (entry for entry in build_corpus(corpus).ledger if entry.meeting == "II")
    assert (entry.state, entry.pages_without_text) == (State.INDEXED, ())
    assert re.search(r"Page 1 was read by OCR, sure of \d+% \(tesseract .*eng\)", entry.warnings[0].message.sentence())
    printed, read = (recommendations(corpus, meeting) for meeting in ("I", "II"))
    assert [item.versions[0].text for item in read] == [item.versions[0].text for item in printed] == list(ENGLISH)
    assert all((item.versions[0].confidence or 0) > 80 for item in read)
    assert [item.versions[0].confidence for item in printed] == [None] * 3
    for one, other in zip(read, printed, strict=True):
        apart = [abs(a - b) for a, b in zip(corners(one), corners(other), strict=True)]
        assert max(apart) < 10, "what OCR reads stands where it is printed"
    assert b'"confidence":' in json.encode(read[0])

    with closing(Reader(store(corpus))) as reader:
        client = visitor(create_app(Settings(), reader))
        found = client.get("/search?q=prosecutors").get_data(as_text=True)
        assert found.count("OCR confidence") == 1
        assert "Scanned text (OCR confidence" in client.get("/item/group/II/2").get_data(as_text=True)
        assert "Scanned text" not in client.get("/item/group/I/2").get_data(as_text=True)


def corners(item: Item) -> tuple[float, float, float, float]:
    box: Box = item.versions[0].places[0].box
    return box.x0, box.top, box.x1, box.bottom


@pytest.mark.usefixtures("tesseract")
def test_what_ocr_was_at_hand_decides_whether_a_scan_is_read_again(
    corpus: TinyCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setattr(shutil, "which", lambda _name: None)
        (entry,) = (entry for entry in build_corpus(corpus).ledger if entry.meeting == "II")
        assert entry.state is State.UNREADABLE
        assert "Tesseract is not installed: apt-get install tesseract-ocr" in entry.warnings[0].message.sentence()
    report = build_corpus(corpus)
    assert report.published
    assert {entry.state for entry in report.ledger if entry.file} == {State.INDEXED}
    assert build_corpus(corpus).read == 0


def test_a_language_that_tesseract_lacks_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_tesseract(tmp_path, monkeypatch)
    ocr = find_ocr(("fr",))
    assert "none of the body's languages: apt-get install tesseract-ocr-fra" in ocr.name
    (caution,) = read_page(ocr, Path("x.pdf")).warnings
    assert caution.message.sentence() == (
        f"Page 1 has no text; it may be a scan, and was not read by OCR. {ocr.name}; build again."
    )


def test_what_draws_pages_is_named_where_it_lacks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def lack(name: str) -> str:
        raise PackageNotFoundError(name)

    fake_tesseract(tmp_path, monkeypatch)
    monkeypatch.setattr("indexer.extract.ocr.program.version_of", lack)
    assert find_ocr(("en",)).name == "pypdfium2 is not installed: pip install 'recommendation-search[ocr]'"


@pytest.mark.parametrize(("version", "seconds"), [("exit 1", 30), ("printf '\\377'", 30), ("echo tesseract 9", 0)])
def test_each_page_says_so_where_tesseract_does_not_work(
    version: str, seconds: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake_tesseract(tmp_path, monkeypatch, version=version)
    monkeypatch.setattr("indexer.extract.ocr.tesseract._ANSWERING_SECONDS", seconds)
    (caution,) = read_page(find_ocr(("en",)), Path("x.pdf")).warnings
    assert caution.code == "no-text"
    assert "Tesseract does not work, as tesseract --version shows" in caution.message.sentence()


@pytest.mark.parametrize(
    ("does", "words"),
    [
        ("exit 1", "has no text; it may be a scan, and OCR failed on it: "),
        ("printf 'no\\377 table'", "has no text; it may be a scan, and OCR failed on it: "),
        ("true", "has no text; it may be a scan, and OCR found no text in it (tesseract 9"),
    ],
)
def test_a_page_on_which_ocr_fails_stays_without_text_and_says_so(
    does: str, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, scan: Path
) -> None:
    fake_tesseract(tmp_path, monkeypatch, does)
    page = read_page(find_ocr(("en",)), scan)
    assert page.lines == ()
    assert len(page.warnings) == 1
    assert words in page.warnings[0].message.sentence()


def test_a_page_of_unknown_letters_is_read_in_its_picture(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hanging_list(tmp_path / "typed.pdf", ["That the State look at its laws"])
    fake_tesseract(tmp_path, monkeypatch, table_of("That the State look at its laws"))
    unknown = (message("no-text", 1, message("letters-unknown")), message("unmapped-glyphs", "1", 40))
    page = replace(PICTURE, warnings=tuple(Caution(each, 1) for each in unknown))
    (found,) = find_ocr(("en",)).read(tmp_path / "typed.pdf", [page])
    assert [line.text for line in found.lines] == ["That the State look at its laws"]
    assert {caution.code for caution in found.warnings} <= {"read-by-ocr", "ocr-margin-unread"}


def test_a_photograph_with_a_caption_keeps_that_and_is_no_page_without_text(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hanging_list(tmp_path / "typed.pdf", ["That the State look at its laws"])
    caption = Line("That the State look at its laws", Box(100, 80, 310, 96), 10)
    fake_tesseract(tmp_path, monkeypatch, table_of("That the State look at its laws"))
    said = Caution(message("no-text", 1, message("picture-with-little-text")), 1)
    page = replace(PICTURE, lines=(caption,), warnings=(said,))
    assert list(find_ocr(("en",)).read(tmp_path / "typed.pdf", [page])) == [replace(page, warnings=())]


def test_nothing_is_said_of_a_page_that_is_blank(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_tesseract(tmp_path, monkeypatch)
    (tmp_path / "blank.pdf").write_bytes(pdf(""))
    page = replace(PICTURE, warnings=(Caution(message("no-text", 1, message("maybe-blank")), 1),))
    assert list(find_ocr(("en",)).read(tmp_path / "blank.pdf", [page])) == [replace(page, warnings=())]


def test_a_file_that_cannot_be_drawn_hurts_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_tesseract(tmp_path, monkeypatch)
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    (caution,) = read_page(find_ocr(("en",)), tmp_path / "bad.pdf").warnings
    assert caution.code == "ocr-failed"


def test_signs_in_the_margin_that_stay_unread_are_counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hanging_list(tmp_path / "typed.pdf", ["That the State look at its laws"], indent=36)
    # The first words of the item are found, and on the sheet of signs nothing.
    does = table_of("That the State look at its laws")
    fake_tesseract(tmp_path, monkeypatch, does)
    page = read_page(find_ocr(("en",)), tmp_path / "typed.pdf")
    assert [caution.code for caution in page.warnings] == ["read-by-ocr", "ocr-margin-unread"]
    assert "has 1 sign in the margin, as numbers have, that OCR could not read" in page.warnings[1].message.sentence()
    fake_tesseract(tmp_path / "unsure", monkeypatch, table_of("That the State look at its laws", sure=70))
    page = read_page(find_ocr(("en",)), tmp_path / "typed.pdf")
    assert [caution.code for caution in page.warnings] == ["read-by-ocr", "ocr-unsure", "ocr-margin-unread"]
    assert "which is sure of 70% only" in page.warnings[1].message.sentence()


@pytest.mark.parametrize("limit", ["reading._DRAWING_SECONDS", "tesseract._READING_SECONDS"])
def test_a_page_that_keeps_ocr_too_long_is_given_up(
    limit: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, scan: Path
) -> None:
    fake_tesseract(tmp_path, monkeypatch)
    ocr = find_ocr(("en",))
    monkeypatch.setattr(f"indexer.extract.ocr.{limit}", 0)
    (caution,) = read_page(ocr, scan).warnings
    assert caution.message.sentence() == (
        "Page 1 has no text; it may be a scan, and OCR failed on it: it takes too long."
    )


def test_no_page_is_drawn_larger_than_the_largest(
    monkeypatch: pytest.MonkeyPatch, scan: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(raster, "_limit_memory", lambda: None)  # it would hold for the tests that follow
    monkeypatch.setattr(raster, "_MOST_DOTS", 10_000)
    monkeypatch.setattr(sys, "argv", ["raster", str(scan), "1"])
    raster.main()
    sys.stdout.flush()
    width, height = map(int, capfdbinary.readouterr().out.split(b"\n")[2].split())
    assert (width - 1) * (height - 1) <= 10_000 < (width + 1) * (height + 1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_no_page_is_drawn_with_more_memory_than_a_page_may_take(scan: Path) -> None:
    script = "from indexer.extract.ocr import raster; raster._MEMORY = 2**20; raster.main()"
    drawn = subprocess.run([sys.executable, "-c", script, scan, "1"], capture_output=True, check=False)
    assert drawn.returncode
    assert drawn.stdout == b""


def test_without_ocr_a_page_stays_as_it_is() -> None:
    assert read_page(without_ocr(("en",)), Path("x.pdf")) is PICTURE


def table_of(text: str, sure: int = 95) -> str:
    """A command that prints what Tesseract says of a page with one line as one word, and nothing of other pictures."""
    table = "level block_num par_num line_num left top width height conf text".replace(" ", "\\t")
    row = "\\t".join(["5", "1", "1", "1", "450", "353", "800", "30", str(sure), text])
    return f"case $* in *'--psm 3'*) printf '{table}\\n{row}\\n';; esac"


def read_page(ocr: Ocr, path: Path) -> Page:
    (page,) = ocr.read(path, [PICTURE])
    return page


def fake_tesseract(
    folder: Path, monkeypatch: pytest.MonkeyPatch, does: str = "true", version: str = "echo tesseract 9"
) -> None:
    """A program ``tesseract`` that has English only and does something else than reading."""
    program = folder / "bin" / "tesseract"
    program.parent.mkdir(parents=True)
    program.write_text(
        f"#!/bin/sh\ncase $1 in\n--version) {version};;\n--list-langs) echo List of:; echo eng;;\n"
        f"*) cat > /dev/null; {does};;\nesac\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
