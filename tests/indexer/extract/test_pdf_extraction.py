"""Whole files: what is wrong with them is said, and hurts nothing else."""

import os
import re
import signal
import subprocess
import sys
import time
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from pdfminer.pdfdocument import PDFDocument

import indexer
from indexer.extract.pdf import Budget, extract, extract_all, protocol, reader, worker
from indexer.extract.pdf.pool import _WorkerPool
from indexer.extract.pdf.reader import read_pages
from indexer.model import Caution, Extraction, message
from indexer.model.errors import PdfError
from tests.support import stuck_reader
from tests.support.paths import ROOT
from tests.support.pdf_files import assembled, pdf, show, stream

HOSTILE = ROOT.parent / "shared/data/hostile-pdf"
SCANNED = HOSTILE.with_name("scanned")

PAGE = b"<< /Type /Page /MediaBox [0 0 600 800] /Resources 3 0 R /Contents 4 0 R >>"
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800]"
BEFORE, AFTER = show(50, 700, "before"), show(50, 700, "after")
STUCK, DEADLY = show(50, 700, stuck_reader.WAITS), show(50, 700, stuck_reader.DIES)


def write(folder: Path, data: bytes, name: str = "report.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that say so keep their reader for ever, or end it."""
    monkeypatch.setattr("indexer.extract.pdf.pool._WORKER", stuck_reader.MODULE)


def read_as(monkeypatch: pytest.MonkeyPatch, other: int, instead: int) -> None:
    """Have an object of files read in place of another: a loop that no file holds."""
    read = PDFDocument.getobj
    left = iter(range(20))

    def give(document: PDFDocument, number: int) -> object:
        if number == instead and next(left, None) is None:
            pytest.fail("the loop is followed without end")
        return read(document, other if number == instead else number)

    monkeypatch.setattr(PDFDocument, "getobj", give)


def lines(extraction: Extraction) -> list[list[str]]:
    return [[line.text for line in page.lines] for page in extraction.pages]


def codes(extraction: Extraction) -> list[list[str]]:
    return [[caution.code for caution in page.warnings] for page in extraction.pages]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", r"report\.pdf is empty \(0 bytes\)\. Fetch it again\."),
        (
            b"<html>We are sorry</html>",
            r"report\.pdf is not a PDF, whatever its name says\. Open it to see what it is, and",
        ),
        (
            b"%PDF-1.4\nnothing follows",
            "is damaged: nothing can be found in it. Open it in a PDF viewer; if that shows its pages",
        ),
        (
            assembled({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] >>"}),
            "has no pages. Fetch it again, or take it out of the catalogue",
        ),
        (
            assembled(
                {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Filter /Standard /V 1 /R 2 /O () /U () /P -1 >>"},
                b"/Root 1 0 R /Encrypt 2 0 R",
            ),
            r"report\.pdf is encrypted and asks for a password\. Save a copy without",
        ),
        (
            assembled({1: b"<< /Type /Catalog >>", 2: b"<< /Filter /Unheard >>"}, b"/Root 1 0 R /Encrypt 2 0 R"),
            r"report\.pdf is encrypted in a way that is not known",
        ),
    ],
    ids=["empty", "html", "nothing", "no pages", "password", "unknown encryption"],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(tmp_path: Path, data: bytes, said: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(PdfError, match=said):
        list(read_pages(path))
    extraction = extract(path)
    assert extraction.pages == ()
    assert re.search(said, str(extraction.failure))


def test_what_is_no_readable_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    os.mkfifo(tmp_path / "pipe.pdf")
    names = ["folder.pdf", "pipe.pdf", "missing.pdf", "n" * 300 + ".pdf"]
    found = [str(extraction.failure) for extraction in extract_all([tmp_path / name for name in names])]
    for failure, said in zip(
        found,
        ["is a folder", "is no ordinary file", "does not exist", "cannot be read: File name too long. Check the disk"],
        strict=True,
    ):
        assert said in failure


def test_a_file_without_permission_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, pdf(show(50, 700, "closed")))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # the tests may run as root, who may read everything
    assert "report.pdf may not be read by this user. Change its permissions" in str(extract(path).failure)


@pytest.mark.parametrize(
    "name", ["Informe Ñandú (1).pdf", " -rf.pdf", "a\nb.pdf", "%s{}.PDF", "noextension", "日本.pdf"]
)
def test_odd_file_names_are_no_obstacle(tmp_path: Path, name: str) -> None:
    extraction = extract(write(tmp_path, pdf(show(50, 700, "Text")), name))
    assert lines(extraction) == [["Text"]]
    assert extraction.file == name.replace("\n", "\ufffd")


def test_a_name_that_is_no_text_is_shown_all_the_same(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.pdf")
    extraction = extract(write(tmp_path, b"", name))
    assert str(extraction.failure).startswith("caf\ufffd.pdf is empty")


@pytest.mark.usefixtures("stuck")
def test_a_page_over_its_time_is_given_up_and_the_next_one_read(tmp_path: Path) -> None:
    extraction = extract(write(tmp_path, pdf(BEFORE, STUCK, AFTER)), budget=Budget(seconds=2))
    assert lines(extraction) == [["before"], [], ["after"]]
    assert codes(extraction) == [[], ["page-over-budget"], []]
    assert extraction.failure is None
    assert extraction.pages[1].warnings[0].message.sentence() == "Page 2 cannot be read: it takes more than 2 seconds."


@pytest.mark.usefixtures("stuck")
def test_a_file_of_pages_over_their_time_is_given_up_at_last(tmp_path: Path) -> None:
    extraction = extract(write(tmp_path, pdf(*[STUCK] * 3, AFTER)), budget=Budget(seconds=1, strikes=2))
    assert lines(extraction) == [[], []]
    assert str(extraction.failure) == (
        "report.pdf was read up to page 2 only: 2 of its pages went beyond what a page may take. Open it in a PDF "
        "viewer and save it anew from there."
    )


def test_a_file_that_takes_too_long_to_open_says_so(tmp_path: Path) -> None:
    extraction = extract(write(tmp_path, pdf(show(50, 700, "late"))), budget=Budget(opening=0))
    assert extraction.pages == ()
    assert str(extraction.failure).startswith("report.pdf cannot be opened: it takes more than 0 seconds. Open it")


def test_a_file_that_prints_without_end_is_left_before_it_fills_the_disk(tmp_path: Path) -> None:
    path = write(tmp_path, pdf(*[show(50, 700, "printed again")] * 9))
    extraction = extract(path, budget=Budget(letters=30))
    assert lines(extraction) == [["printed again"]] * 3
    assert str(extraction.failure) == (
        "report.pdf cannot be read beyond page 3: it prints more than 30 letters. Open it in a PDF viewer and save it "
        "anew from there."
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
@pytest.mark.parametrize("layers", [1, 2])
def test_a_page_that_unpacks_beyond_its_memory_is_given_up_and_the_next_one_read(tmp_path: Path, layers: int) -> None:
    content = bytes(8 * 2**20)
    for _ in range(layers):
        content = zlib.compress(content, 9)
    filters = b"/Filter [" + b"/FlateDecode " * layers + b"]"
    path = write(
        tmp_path,
        assembled(
            {
                1: b"<< /Type /Catalog /Pages 2 0 R >>",
                2: b"<< /Type /Pages /Kids [5 0 R 6 0 R] >>",
                3: b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
                4: stream(AFTER.encode()),
                5: PAGE.replace(b"4 0 R", b"7 0 R"),
                6: PAGE,
                7: stream(content, filters),
            }
        ),
    )
    extraction = extract(path, budget=Budget(seconds=60, megabytes=4))
    assert lines(extraction) == [[], ["after"]]
    assert codes(extraction) == [["page-over-budget"], []]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_page_that_prints_beyond_its_memory_is_given_up_and_the_next_one_read(tmp_path: Path) -> None:
    many = "".join(show(x, y, "a", size=1) for x in range(200) for y in range(100))
    extraction = extract(write(tmp_path, pdf(BEFORE, many, AFTER)), budget=Budget(seconds=60, megabytes=4))
    assert lines(extraction) == [["before"], [], ["after"]]
    assert "4 MB of memory" in extraction.pages[1].warnings[0].message.sentence()


def test_a_content_stream_longer_than_any_page_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.extract.pdf.interpreter.MOST_BYTES", 2**20)
    (page,) = read_pages(write(tmp_path, pdf(b" " * 2**21, packed=True)))
    assert [caution.message.sentence() for caution in page.warnings] == [
        "Page 1 cannot be read: its content is 2 MB long once unpacked."
    ]


@pytest.mark.parametrize("drawn", [f"({'word ' * 200}) Tj", f"[({'word ' * 200})] TJ", "(w) Tj (ord ) Tj " * 200])
def test_a_page_of_a_hundred_thousand_letters_is_read(tmp_path: Path, drawn: str) -> None:
    content = "".join(f"BT /F1 1 Tf 1 0 0 1 9 {790 - row * 7.8} Tm {drawn} ET\n" for row in range(100))
    extraction = extract(write(tmp_path, pdf(content, packed=True)), budget=Budget(seconds=60))
    assert extraction.failure is None
    assert sum(len(line.text) + 1 for line in extraction.pages[0].lines) == 100_000


def test_two_thousand_pages_are_read_in_order(tmp_path: Path) -> None:
    seen: list[int] = []
    path = write(tmp_path, pdf(*(show(50, 700, f"Page {number}") for number in range(1, 2001))))
    extraction = extract(path, progress=lambda _, number: seen.append(number))
    assert lines(extraction) == [[f"Page {number}"] for number in range(1, 2001)]
    assert seen == list(range(1, 2001))


def test_a_drawing_that_contains_itself_is_painted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = stream(b"BT /F1 10 Tf 50 700 Td (once) Tj ET 1 0 0 1 0 -20 cm /X11 Do", FORM)
    path = write(tmp_path, pdf("/X10 Do", more=[first, stream(b"/X12 Do", FORM), stream(b"", FORM)]))
    read_as(monkeypatch, 10, instead=12)
    (page,) = read_pages(path)
    assert [line.text for line in page.lines] == ["once"]
    assert page.warnings[0].message.sentence() == "Page 1 may lack text: a drawing on it contains itself."


def test_drawings_nested_deeper_than_any_real_ones_are_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.extract.pdf.interpreter._DEEPEST", 2)
    forms = [stream(show(50, 700 - 20 * n, f"{n}").encode() + b"/X%d Do" % (n + 1), FORM) for n in range(10, 13)]
    (page,) = read_pages(write(tmp_path, pdf("/X10 Do", more=[*forms, stream(b"", FORM)])))
    assert [line.text for line in page.lines] == ["10", "11"]
    assert page.warnings[0].message.sentence() == "Page 1 may lack text: its drawings are nested too deep."


def test_a_page_that_paints_more_drawings_than_any_real_one_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.extract.pdf.interpreter._MOST_FORMS", 3)
    path = write(
        tmp_path,
        pdf(
            "/X10 Do " * 3,
            "/X10 Do " * 4,
            "/X11 Do /X11 Do",
            more=[stream(AFTER.encode(), FORM), stream(b"/X10 Do", FORM)],
        ),
    )
    pages = list(read_pages(path))
    assert [[caution.code for caution in page.warnings] for page in pages] == [
        [],
        ["page-unreadable"],
        ["page-unreadable"],
    ]
    assert pages[1].warnings[0].message.sentence() == "Page 2 cannot be read: it paints more than 3 drawings."


def test_a_loop_of_pages_without_a_leaf_is_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_as(monkeypatch, 3, instead=4)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] >>",
        3: b"<< /Type /Pages /Kids [4 0 R] >>",
        4: b"<< /Type /Pages /Kids [] >>",
    }
    with pytest.raises(PdfError, match="has no pages"):
        list(read_pages(write(tmp_path, assembled(objects))))


def test_a_page_tree_with_a_loop_and_a_hole_gives_its_other_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [6 0 R 5 0 R 99 0 R << /Type /Page /Contents 4 0 R /Resources 3 0 R >> 5 0 R] >>",
        3: b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
        4: stream(show(50, 700, "inline").encode()),
        5: PAGE,
        6: b"<< /Type /Pages /Kids [7 0 R] >>",
        7: b"<< /Type /Pages /Kids [] >>",
    }
    read_as(monkeypatch, 6, instead=7)
    pages = list(read_pages(write(tmp_path, assembled(objects))))
    assert [[line.text for line in page.lines] for page in pages] == [["inline"], [], ["inline"]]
    assert [page.warnings for page in pages] == [
        (),
        (Caution(message("page-unreadable", 2, message("description-damaged")), 2),),
        (),
    ]


def test_a_broken_font_hurts_only_its_own_text(tmp_path: Path) -> None:
    fonts = {"F9": b"<< /Type /Font /Subtype /Type0 /DescendantFonts [] >>"}
    content = show(50, 700, "lost", font="F9") + show(50, 600, "kept")
    (page,) = read_pages(write(tmp_path, pdf(content, fonts=fonts)))
    assert page.lines[-1].text == "kept"
    (caution,) = page.warnings
    assert caution.code == "page-damaged"
    assert caution.message.sentence().startswith("Page 1 may lack text: the font F9 is damaged (")


def test_a_broken_part_of_a_page_hurts_only_itself(tmp_path: Path) -> None:
    parts = b"[10 0 R 11 0 R]"
    broken = stream(b"no packed bytes", b"/Filter /JBIG9Decode")
    whole = stream(show(50, 700, "kept").encode())
    (page,) = read_pages(write(tmp_path, pdf("", page=f"/Contents {parts.decode()}", more=[broken, whole])))
    assert [line.text for line in page.lines] == ["kept"]
    assert page.warnings[0].message.sentence().startswith("Page 1 may lack text: a part of its content is damaged (")


def test_a_page_that_cannot_be_read_says_so_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    transform = reader._page_transform
    monkeypatch.setattr(reader, "_page_transform", lambda page: transform(page) if page.rotate == 0 else 1 / 0)
    content = pdf(BEFORE, AFTER).replace(b"/Resources 3 0 R ", b"/Resources 3 0 R /Rotate 90", 1)
    first, second = read_pages(write(tmp_path, content))
    assert Caution(message("page-unreadable", 1, message("damaged-page", "ZeroDivisionError")), 1) in first.warnings
    assert [line.text for line in second.lines] == ["after"]


def test_a_file_that_is_to_be_read_when_the_work_is_broken_off_says_so(tmp_path: Path) -> None:
    workers = _WorkerPool(Budget(), None, None)
    workers.close()
    failure = workers.read(write(tmp_path, pdf(BEFORE))).failure
    assert str(failure) == "report.pdf was not read: the work was broken off. Run the command again."


def test_a_wrong_table_of_objects_is_not_believed(tmp_path: Path) -> None:
    data = pdf(show(50, 700, "found")).replace(b"xref\n0 1", b"xref\nx y")
    assert lines(extract(write(tmp_path, data))) == [["found"]]


def test_a_page_without_text_is_listed(tmp_path: Path) -> None:
    extraction = extract(write(tmp_path, pdf("0 0 10 10 re f", show(50, 700, "Text"), "0 0 m 10 10 l S")))
    assert (lines(extraction), codes(extraction)) == ([[], ["Text"], []], [["no-text"], [], ["no-text"]])
    said = extraction.pages[0].warnings[0].message.sentence()
    assert said == "Page 1 has no text; what it shows is drawn."


def test_a_page_on_which_nothing_was_found_is_said_to_be_blank_perhaps(tmp_path: Path) -> None:
    (page,) = extract(write(tmp_path, pdf("q Q 0 0 10 10 re n"))).pages
    assert page.warnings[0].message.sentence() == "Page 1 has no text; it may be blank."


def test_order_of_files_and_number_of_processes_change_nothing(tmp_path: Path) -> None:
    paths = [write(tmp_path, pdf(*[show(50, 700, f"File {n}")] * (n % 3 + 1)), f"{n}.pdf") for n in range(7)]
    paths[3].write_bytes(b"broken")
    alone = [extract(path) for path in paths]
    assert list(extract_all(paths, processes=3)) == alone
    assert list(extract_all(reversed(paths), processes=2)) == alone[::-1]


@pytest.mark.usefixtures("stuck")
def test_the_death_of_a_process_costs_one_page(tmp_path: Path) -> None:
    extraction = extract(write(tmp_path, pdf(BEFORE, DEADLY, AFTER)), budget=Budget(seconds=60))
    assert lines(extraction) == [["before"], [], ["after"]]
    assert "the process that read it died" in extraction.pages[1].warnings[0].message.sentence()


@pytest.mark.usefixtures("stuck")
def test_no_process_outlives_an_iteration_that_is_broken_off(tmp_path: Path) -> None:
    others = children(os.getpid())
    slow = [write(tmp_path, pdf(STUCK), f"{n}.pdf") for n in range(4)]
    extractions = extract_all([write(tmp_path, pdf("")), *slow], processes=2, budget=Budget(seconds=60))
    next(extractions)
    extractions.close()
    assert children(os.getpid()) == others


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_its_parent(tmp_path: Path, way: signal.Signals) -> None:
    path = write(tmp_path, pdf(BEFORE, STUCK))
    script = (
        "import sys, pathlib\nfrom indexer.extract.pdf import extract, pool\n"
        f"pool._WORKER = {stuck_reader.MODULE!r}\n"
        "try: extract(pathlib.Path(sys.argv[1]), progress=lambda *_: print('page', flush=True))\n"
        "except KeyboardInterrupt: sys.exit(130)\n"
    )
    root = str(Path(indexer.__file__).parents[1])
    with subprocess.Popen(
        [sys.executable, "-c", script, path], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": root}
    ) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"page\n"
        (reader,) = children(parent.pid)
        parent.send_signal(way)
        assert parent.wait(20) == (130 if way == signal.SIGINT else -way)
    deadline = time.monotonic() + 20
    while Path(f"/proc/{reader}").exists() and time.monotonic() < deadline:
        os.sched_yield()
    assert not Path(f"/proc/{reader}").exists() or "(zombie)" in Path(f"/proc/{reader}/status").read_text()


def children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found


@pytest.mark.skipif(not (HOSTILE / "index.tsv").is_file(), reason="optional: the files that break readers are not here")
def test_files_that_break_readers_give_pages_or_a_reason() -> None:
    _, *rows = (HOSTILE / "index.tsv").read_text(encoding="utf-8").splitlines()
    paths = [HOSTILE / row.split("\t")[0] for row in rows] + sorted(SCANNED.glob("*.pdf"))
    for path, extraction in zip(paths, extract_all(paths, processes=2), strict=True):
        assert extraction.file == path.name
        if extraction.failure:
            assert str(extraction.failure).startswith(path.name)
            assert "Traceback" not in str(extraction.failure)
            assert len(str(extraction.failure)) < 300
        else:
            assert extraction.pages
        for page in extraction.pages:
            assert page.lines or page.warnings
            assert "page-over-budget" not in {caution.code for caution in page.warnings}


def test_a_fault_of_ours_in_the_reader_is_told_with_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("astray")

    monkeypatch.setattr(worker, "read_pages", fail)
    monkeypatch.setattr(worker, "_limit_memory", lambda _memory: lambda: None)  # it would hold for tests to come
    said = BytesIO()
    worker._serve(str(tmp_path / "report.pdf"), 0, 0, said)
    said.seek(0)
    kind, failure = protocol.receive(said)
    assert kind == protocol.DONE
    told = "report.pdf cannot be read (RuntimeError: astray). Please report this file."
    assert str(protocol.message_from_tuple(failure)) == told
