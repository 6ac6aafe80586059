import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from indexer.analysis.translator import NoTranslator
from indexer.build.check import Remark, check_items, check_ledger, check_links
from indexer.catalogue.reader import load_catalogue
from indexer.cli import run as indexer
from indexer.fetch.client import Fetcher, Limits
from indexer.model import Box, Caution, Entry, Item, Kind, Place, State, Version, message
from tests.support.tiny_corpus import ENGLISH, SPANISH, TinyCorpus

Output = pytest.CaptureFixture[str]
FOLDERS = {"group": Path("pdf")}


@pytest.fixture
def corpus(tmp_path: Path) -> TinyCorpus:
    tiny = TinyCorpus(tmp_path / "corpus")
    tiny.add("I-en.pdf", 1, ENGLISH)
    return tiny


@dataclass(frozen=True)
class Told:
    """A remark as programs get it."""

    code: str
    file: str
    place: str
    message: str
    remedy: str
    cause: Mapping[str, Any]


def check_after_build(corpus: TinyCorpus, capfd: Output, *options: str) -> tuple[int, list[Told]]:
    """The exit code of ``indexer check`` after a build, and the remarks."""
    assert indexer(["build", "--corpus", str(corpus.corpus), "--processes", "1"]) == 0
    capfd.readouterr()
    code = indexer(["check", "--json", "--corpus", str(corpus.corpus), *options])
    return code, [Told(**json.loads(line)) for line in capfd.readouterr().out.splitlines()]


@pytest.fixture(autouse=True)
def without_translator(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that a machine lacks: that is no fault of a corpus."""
    monkeypatch.setattr("indexer.cli.check.find_translator", NoTranslator)


def test_a_translator_that_is_missing_is_remarked_on_with_what_to_install(
    corpus: TinyCorpus, capfd: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    lack = message("apertium-missing", "apt-get install lttoolbox")
    monkeypatch.setattr("indexer.cli.check.find_translator", lambda: NoTranslator(lack))
    code, (remark,) = check_after_build(corpus, capfd)
    assert (code, remark.code, remark.file) == (9, "apertium-missing", str(corpus.corpus))
    assert "apt-get install lttoolbox" in remark.remedy


def test_a_corpus_without_fault_gets_no_remark(corpus: TinyCorpus, capfd: Output) -> None:
    assert check_after_build(corpus, capfd) == (0, [])


def test_every_remark_names_its_file_and_a_remedy(corpus: TinyCorpus, capfd: Output) -> None:
    pdf = corpus.folder / "pdf"
    corpus.add("I-es.pdf", 1, SPANISH[:2], 'language = "es"')
    corpus.add("II-en.pdf", 2, [ENGLISH[0], "", ENGLISH[1]])
    (pdf / "III.pdf").write_bytes(b"<html>sorry</html>")
    corpus.list("III.pdf", 3)
    corpus.add("III-es.pdf", 3, SPANISH, "")
    corpus.add("III-more.pdf", 3, SPANISH, 'symbol = "G-III/doc.2"')
    corpus.list("III-absent.pdf", 3, "")
    (pdf / "new.pdf").write_bytes((pdf / "I-en.pdf").read_bytes())
    (corpus.corpus / "thesaurus.toml").write_text(
        '[moon]\nen = ["moonlight", "moonshine"]\n[judge]\nen = ["judge", "magistrate"]'
    )
    code, remarks = check_after_build(corpus, capfd)
    assert code == 9
    found = {(remark.code, remark.file.removeprefix(f"{corpus.corpus}/"), remark.place) for remark in remarks}
    assert found == {
        ("fewer-than-its-twin", "group/pdf/I-es.pdf", ""),
        ("empty-item", "group/pdf/II-en.pdf", "page 1"),
        ("unreadable", "group/pdf/III.pdf", ""),
        ("set-aside", "group/pdf/III-more.pdf", ""),
        ("not-fetched", "group/pdf/III-absent.pdf", ""),
        ("unassigned", "group/pdf/new.pdf", ""),
        ("matches-nothing", "thesaurus.toml", "moon"),
    }
    assert all(remark.message for remark in remarks)
    remedies = {remark.code: remark.remedy for remark in remarks}
    for kind, words in (
        ("not-fetched", "Put it there, or mend its name in the catalogue."),
        ("set-aside", "Take one of them out."),
        ("unreadable", "Open it to see what it is, and fetch it again."),
        ("fewer-than-its-twin", "Compare the two PDFs; where it was cut wrongly, say under `segmentation`"),
        ("matches-nothing", "Look for slips of the pen; add the words that the documents use, or take it out."),
        ("unassigned", "Move it into a folder named after its meeting"),
    ):
        assert words in remedies[kind]
    messages = {remark.code: remark.message for remark in remarks}
    assert messages["matches-nothing"] == "None of its 2 terms (moonlight, moonshine, …) occurs in any text."
    assert messages["not-fetched"] == "There is no such file in the folder of PDFs."
    causes = {remark.code: (remark.cause["code"], remark.cause["parts"]) for remark in remarks}
    assert causes["unreadable"] == ("not-a-pdf", ["III.pdf"])
    assert causes["matches-nothing"] == ("matches-nothing", ["2", "moonlight, moonshine"])


CUT = "Compare it with the PDF; where it was cut wrongly, say under `segmentation` in the catalogue how to cut it."


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("number-missing", CUT),
        ("repeated-number", CUT),
        ("empty-item", CUT),
        ("language-differs", "If that is wrong, mend the language in the catalogue, or take it out."),
        ("language-unknown", "Say the language in the catalogue."),
        ("meeting-not-listed", "Add the meeting to the catalogue, with its venue and its page on the portal."),
        ("meeting-differs", "If that is wrong, move the file into the folder of its meeting, or mend the catalogue."),
        ("symbol-differs", "If that is wrong, mend the symbol in the catalogue, or put the right file there."),
        ("revision-differs", "If that is wrong, mend the revision in the catalogue, or put the right file there."),
        (
            "no-text",
            "Fetch or make a copy with text; or install Tesseract and the extra ocr, and let indexer build read it.",
        ),
        ("ocr-failed", "Fetch or make a copy with text."),
        ("not-found-by-words", "Report it, with the PDF: the program is at fault, not the document."),
        ("control-characters", "Compare it with the PDF."),
    ],
)
def test_a_caution_of_the_ledger_is_a_remark_with_the_remedy_of_its_kind(code: str, remedy: str) -> None:
    found = message(code, *range(1, 5))
    warnings = (Caution(found, 2), Caution(message("read-by-ocr", *range(1, 4))))
    entry = Entry(
        body="group",
        meeting="I",
        language="en",
        role="recommendations",
        state=State.INDEXED,
        file="x.pdf",
        warnings=warnings,
    )
    (remark,) = check_ledger([entry], FOLDERS)
    assert remark == Remark(code, "pdf/x.pdf", "page 2", found)
    assert remark.remedy == remedy


def test_mistakes_in_all_settings_are_told_at_once(corpus: TinyCorpus, capfd: Output) -> None:
    corpus.list("I-en.pdf", 1, "languge = 1")
    (corpus.corpus / "thesaurus.toml").write_text('[moon]\nen = ["moonlight"]')
    (corpus.folder / "fetched.json").write_text("{")
    assert indexer(["check", "--corpus", str(corpus.corpus)]) == 3
    told = capfd.readouterr().err
    assert "unknown key. Did you mean 'language'?" in told
    assert "two terms or more" in told
    assert "fetched.json: " in told


def test_before_the_first_build_a_build_is_asked_for(corpus: TinyCorpus, capfd: Output) -> None:
    assert indexer(["check", "--corpus", str(corpus.corpus)]) == 5
    assert "indexer build" in capfd.readouterr().err


def test_remarks_are_said_to_people_with_their_number(corpus: TinyCorpus, capfd: Output) -> None:
    corpus.add("II-en.pdf", 2, [ENGLISH[0], "", ENGLISH[1]])
    check_after_build(corpus, capfd)
    indexer(["check", "--corpus", str(corpus.corpus)])
    first, last = capfd.readouterr().out.splitlines()
    assert first.startswith(f"{corpus.folder / 'pdf' / 'II-en.pdf'}, page 1: Number 2 has no text. Compare")
    assert last == "1 remark."


def item(path: str, **texts: str) -> Item:
    place = Place(2, Box(0, 0, 9, 9), label="ii")
    versions = tuple(Version(language, text, (place,), f"{language}.pdf", "0") for language, text in texts.items())
    return Item(
        id=f"group/I/{path}",
        body="group",
        meeting="I",
        role="recommendations",
        path=path,
        kind=Kind.RECOMMENDATION,
        order=0,
        versions=versions,
    )


def test_an_item_far_longer_than_its_neighbours_is_remarked_on_in_its_language_only() -> None:
    items = [item(str(number), en="word " * 30, es="palabra " * 30) for number in range(1, 6)]
    assert list(check_items(items, FOLDERS)) == []
    items[2] = item("3", en="word " * 200, es="palabra " * 30)
    (remark,) = check_items(items, FOLDERS)
    assert (remark.code, remark.file, remark.place) == ("far-longer", "pdf/en.pdf", "page ii (2)")
    assert "group/I/3 has 1000 letters in en, its neighbours about 150" in remark.message.sentence()
    assert remark.remedy.startswith("See whether it holds the number of another; where it was cut wrongly")


def test_a_twin_s_missing_numbers_are_named_up_to_a_bound() -> None:
    items = [item("1", en="a", es="b"), *(item(str(number), en="a") for number in range(2, 30))]
    (remark,) = check_items(items, FOLDERS)
    assert "Without a twin: 2, 3, 4," in remark.message.sentence()
    assert "and 16 more" in remark.message.sentence()


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status = {"/here": 200, "/moved": 302, "/sorry": 200, "/x.pdf": 200}.get(self.path, 404)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/sorry")
        self.end_headers()
        self.wfile.write(b"<p>a page</p>" if status == 200 else b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_dead_links_and_those_that_lead_elsewhere_are_remarked_on(corpus: TinyCorpus, site: str) -> None:
    corpus.list("I-en.pdf", 1, f'language = "en"\nurl = "{site}/x.pdf"')
    catalogue = load_catalogue(corpus.folder)
    catalogue = replace(
        catalogue,
        body=replace(catalogue.body, homepage=f"{site}/here", portal={"en": f"{site}/gone"}),
        meetings=tuple(replace(meeting, page=f"{site}/moved") for meeting in catalogue.meetings),
    )
    looked: list[str] = []
    remarks = check_links([catalogue], Fetcher(Limits(pauses=())), lambda _done, _of, address: looked.append(address))
    dead, elsewhere = "Look for its present address, and name that.", "See what is there; name the right address."
    found = {(remark.code, remark.place, remark.remedy) for remark in remarks}
    assert found == {
        ("dead-link", "body.portal.en", dead),
        ("leads-elsewhere", "meeting I, page", elsewhere),
        ("dead-link", "meeting I, document url", dead),
    }
    assert len(looked) == 5, "each address once, and the end"
