"""Whole files: what is wrong with them is said, and hurts nothing else."""

import os
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

import indexer
from indexer.errors import PdfError
from indexer.model import Extraction
from indexer.pdf import Budget, extract, extract_all
from indexer.pdf.reader import read_pages
from tests.pdf_files import assembled, pdf, show, stream

HOSTILE = Path(__file__).parents[2] / "shared/data/hostile-pdf"
SCANNED = HOSTILE.with_name("scanned")

PAGE = b"<< /Type /Page /MediaBox [0 0 600 800] /Resources 3 0 R /Contents 4 0 R >>"
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800]"
HEAVY = (b"q " + b"BT /F1 1 Tf 9 0 0 9 9 9 Tm (a) Tj ET " * 500 + b"Q\n") * 2000  # a million strings


def write(folder: Path, data: bytes, name: str = "report.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def lines(extraction: Extraction) -> list[list[str]]:
    return [[line.text for line in page.lines] for page in extraction.pages]


def codes(extraction: Extraction) -> list[list[str]]:
    return [[caution.code for caution in page.warnings] for page in extraction.pages]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", r"report\.pdf is empty \(0 bytes\)\. Fetch it again\."),
        (b"<html>We are sorry</html>", r"report\.pdf is not a PDF.*fetch it again\."),
        (b"%PDF-1.4\nnothing follows", r"report\.pdf is damaged.*fetch it again\."),
        (assembled({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] >>"}), "has no pages"),
        (assembled({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [2 0 R] >>"}), "has no pages"),
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
    ids=["empty", "html", "nothing", "no pages", "loop of pages", "password", "unknown encryption"],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(tmp_path: Path, data: bytes, said: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(PdfError, match=said):
        list(read_pages(path))
    extraction = extract(path)
    assert extraction.pages == ()
    with pytest.raises(PdfError, match=said):
        raise PdfError(extraction.failure)


def test_what_is_no_readable_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    os.mkfifo(tmp_path / "pipe.pdf")
    names = ["folder.pdf", "pipe.pdf", "missing.pdf", "n" * 300 + ".pdf"]
    found = [extraction.failure or "" for extraction in extract_all([tmp_path / name for name in names])]
    for failure, said in zip(
        found, ["is a folder", "is no ordinary file", "does not exist", "cannot be read"], strict=True
    ):
        assert said in failure


def test_a_file_without_permission_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, pdf(show(50, 700, "closed")))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # the tests may run as root, who may read everything
    assert "report.pdf may not be read by this user" in (extract(path).failure or "")


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
    assert (extraction.failure or "").startswith("caf\ufffd.pdf is empty")


def test_a_page_over_its_time_is_given_up_and_the_next_one_read(tmp_path: Path) -> None:
    path = write(tmp_path, pdf(show(50, 700, "before"), HEAVY, show(50, 700, "after"), packed=True))
    extraction = extract(path, budget=Budget(seconds=2))
    assert lines(extraction) == [["before"], [], ["after"]]
    assert codes(extraction) == [[], ["page-over-budget"], []]
    assert extraction.failure is None
    assert extraction.pages[1].warnings[0].message == "Page 2 cannot be read: it takes more than 2 seconds."


def test_a_file_of_pages_over_their_time_is_given_up_at_last(tmp_path: Path) -> None:
    path = write(tmp_path, pdf(*[HEAVY] * 3, show(50, 700, "after"), packed=True))
    extraction = extract(path, budget=Budget(seconds=1, strikes=2))
    assert lines(extraction) == [[], []]
    assert "was read up to page 2 only" in (extraction.failure or "")


def test_a_file_that_prints_without_end_is_left_before_it_fills_the_disk(tmp_path: Path) -> None:
    path = write(tmp_path, pdf(*[show(50, 700, "printed again")] * 9))
    extraction = extract(path, budget=Budget(letters=30))
    assert lines(extraction) == [["printed again"]] * 3
    assert "cannot be read beyond page 3: it prints more than 30 letters" in (extraction.failure or "")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_page_over_its_memory_is_given_up_and_the_next_one_read(tmp_path: Path) -> None:
    path = write(tmp_path, pdf(show(50, 700, "before"), HEAVY, show(50, 700, "after"), packed=True))
    extraction = extract(path, budget=Budget(seconds=60, megabytes=40))
    assert lines(extraction) == [["before"], [], ["after"]]
    assert "40 MB of memory" in extraction.pages[1].warnings[0].message


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
@pytest.mark.parametrize("layers", [1, 2])
def test_a_decompression_bomb_hurts_only_its_page(tmp_path: Path, layers: int) -> None:
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(2**20)) for _ in range(2**8)) + packer.flush()  # 256 MB of nothing
    for _ in range(layers - 1):
        bomb = zlib.compress(bomb, 9)
    filters = b"/Filter [" + b"/FlateDecode " * layers + b"]"
    path = write(
        tmp_path,
        assembled(
            {
                1: b"<< /Type /Catalog /Pages 2 0 R >>",
                2: b"<< /Type /Pages /Kids [5 0 R 6 0 R] >>",
                3: b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
                4: stream(show(50, 700, "after").encode()),
                5: PAGE.replace(b"4 0 R", b"7 0 R"),
                6: PAGE,
                7: b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(bomb), filters, bomb),
            }
        ),
    )
    extraction = extract(path, budget=Budget(seconds=60, megabytes=100))
    assert lines(extraction) == [[], ["after"]]
    assert codes(extraction) == [["page-over-budget"], []]


def test_a_content_stream_longer_than_any_page_is_not_read(tmp_path: Path) -> None:
    (page,) = read_pages(write(tmp_path, pdf(b" " * (65 * 2**20), packed=True)))
    assert [caution.message for caution in page.warnings] == [
        "Page 1 cannot be read: its content is 65 MB long once unpacked."
    ]


@pytest.mark.parametrize("drawn", [f"({'word ' * 200}) Tj", f"[({'word ' * 200})] TJ", "(w) Tj (ord ) Tj " * 200])
def test_a_page_of_a_million_letters_is_read(tmp_path: Path, drawn: str) -> None:
    content = "".join(f"BT /F1 1 Tf 1 0 0 1 9 {790 - row * 0.78} Tm {drawn} ET\n" for row in range(1000))
    extraction = extract(write(tmp_path, pdf(content, packed=True)), budget=Budget(seconds=60))
    assert extraction.failure is None
    assert sum(len(line.text) + 1 for line in extraction.pages[0].lines) == 1_000_000


def test_two_thousand_pages_are_read_in_order(tmp_path: Path) -> None:
    seen: list[int] = []
    path = write(tmp_path, pdf(*(show(50, 700, f"Page {number}") for number in range(1, 2001))))
    extraction = extract(path, progress=lambda _, number: seen.append(number))
    assert lines(extraction) == [[f"Page {number}"] for number in range(1, 2001)]
    assert seen == list(range(1, 2001))


def test_a_drawing_that_contains_itself_is_painted_once(tmp_path: Path) -> None:
    loop = stream(b"BT /F1 10 Tf 50 700 Td (once) Tj ET /X11 Do", FORM)
    path = write(tmp_path, pdf("/X10 Do", more=[loop, stream(b"/X10 Do", FORM)]))
    extraction = extract(path)
    assert lines(extraction) == [["once"]]
    assert extraction.pages[0].warnings[0].message == "Page 1 may lack text: a drawing on it contains itself."


def test_drawings_that_double_at_each_level_end(tmp_path: Path) -> None:
    forms = [stream(b"/X%d Do " % (number + 1) * 9, FORM) for number in range(10, 20)]
    (page,) = read_pages(write(tmp_path, pdf("/X10 Do", more=[*forms, stream(b"", FORM)])))
    assert [caution.code for caution in page.warnings] == ["page-unreadable"]


def test_a_page_tree_with_a_loop_and_a_hole_gives_its_other_pages(tmp_path: Path) -> None:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [2 0 R 5 0 R 99 0 R << /Type /Page /Contents 4 0 R /Resources 3 0 R >> 5 0 R] >>",
        3: b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
        4: stream(show(50, 700, "inline").encode()),
        5: PAGE,
    }
    extraction = extract(write(tmp_path, assembled(objects)))
    assert lines(extraction) == [["inline"], [], ["inline"]]
    assert codes(extraction) == [[], ["page-unreadable"], []]


def test_a_broken_font_hurts_only_its_own_text(tmp_path: Path) -> None:
    fonts = {"F9": b"<< /Type /Font /Subtype /Type0 /DescendantFonts [] >>"}
    content = show(50, 700, "lost", font="F9") + show(50, 600, "kept")
    (page,) = read_pages(write(tmp_path, pdf(content, fonts=fonts)))
    assert page.lines[-1].text == "kept"
    assert "page-damaged" in [caution.code for caution in page.warnings]


def test_a_wrong_table_of_objects_is_not_believed(tmp_path: Path) -> None:
    data = pdf(show(50, 700, "found")).replace(b"xref\n0 1", b"xref\nx y")
    assert lines(extract(write(tmp_path, data))) == [["found"]]


def test_a_page_without_text_is_listed(tmp_path: Path) -> None:
    extraction = extract(write(tmp_path, pdf("0 0 10 10 re f", show(50, 700, "Text"))))
    assert (lines(extraction), codes(extraction)) == ([[], ["Text"]], [["no-text"], []])


def test_order_of_files_and_number_of_processes_change_nothing(tmp_path: Path) -> None:
    paths = [write(tmp_path, pdf(*[show(50, 700, f"File {n}")] * (n % 3 + 1)), f"{n}.pdf") for n in range(7)]
    paths[3].write_bytes(b"broken")
    alone = [extract(path) for path in paths]
    assert list(extract_all(paths, processes=3)) == alone
    assert list(extract_all(reversed(paths), processes=2)) == alone[::-1]


def wait_until_it_is_at_work(process: int) -> None:
    """Until a process has computed for a fifth of a second more, as it does on a heavy page alone."""

    def computed() -> int:
        return int(Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11])

    enough = computed() + os.sysconf("SC_CLK_TCK") // 5
    while computed() < enough:
        os.sched_yield()


def test_the_death_of_a_process_costs_one_page(tmp_path: Path) -> None:
    path = write(tmp_path, pdf(show(50, 700, "before"), HEAVY, show(50, 700, "after"), packed=True))
    killed: list[int] = []
    others = children(os.getpid())

    def kill_the_reader(_: Path, number: int) -> None:
        if number == 1:
            killed.extend(set(children(os.getpid())).difference(others))
            for process in killed:
                wait_until_it_is_at_work(process)
                os.kill(process, signal.SIGKILL)

    extraction = extract(path, budget=Budget(seconds=60), progress=kill_the_reader)
    assert len(killed) == 1
    assert lines(extraction) == [["before"], [], ["after"]]
    assert "the process that read it died" in extraction.pages[1].warnings[0].message


def test_no_process_outlives_an_iteration_that_is_broken_off(tmp_path: Path) -> None:
    others = children(os.getpid())
    slow = [write(tmp_path, pdf(HEAVY, packed=True), f"{n}.pdf") for n in range(4)]
    extractions = extract_all([write(tmp_path, pdf("")), *slow], processes=2, budget=Budget(seconds=60))
    next(extractions)
    extractions.close()
    assert children(os.getpid()) == others


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_its_parent(tmp_path: Path, way: signal.Signals) -> None:
    path = write(tmp_path, pdf(show(50, 700, "before"), *[HEAVY] * 40, packed=True))
    script = (
        "import sys, pathlib\nfrom indexer.pdf import extract\n"
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


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="optional: the files that break readers are not here")
def test_files_that_break_readers_give_pages_or_a_reason() -> None:
    paths = sorted(HOSTILE.glob("*.pdf")) + sorted(SCANNED.glob("*.pdf"))
    for path, extraction in zip(paths, extract_all(paths, processes=2), strict=True):
        assert extraction.file == path.name
        if extraction.failure:
            assert extraction.failure.startswith(path.name)
            assert "Traceback" not in extraction.failure
            assert len(extraction.failure) < 300
        else:
            assert extraction.pages
        for page in extraction.pages:
            assert page.lines or page.warnings
            assert "page-over-budget" not in {caution.code for caution in page.warnings}
