"""The command line as a person or a script meets it."""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from indexer.analysis.tokenizer import ParsedText, parse
from indexer.cli import run
from indexer.cli.console import harmless
from indexer.model import UNFOUND, Extraction
from tests.support.paths import ROOT
from tests.support.pdf_files import pdf, show
from tests.support.tiny_corpus import ENGLISH, SPANISH, TinyCorpus, write_pdf

MANUAL = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")

Output = pytest.CaptureFixture[str]


@pytest.fixture
def corpus(tmp_path: Path) -> TinyCorpus:
    tiny = TinyCorpus(tmp_path / "corpus")
    tiny.add("I-en.pdf", 1, ENGLISH)
    tiny.add("I-es.pdf", 1, SPANISH, 'language = "es"')
    return tiny


def call(corpus: TinyCorpus, *arguments: str) -> int:
    command, *rest = arguments
    return run([command, "--corpus", str(corpus.corpus), *rest])


def test_building_then_searching_finds_a_recommendation(corpus: TinyCorpus, capfd: Output) -> None:
    assert call(corpus, "build") == 0
    built = capfd.readouterr().out.splitlines()
    assert re.fullmatch(r"Published generation [0-9a-f]+: \d+ items of 2 documents\.", built[0])
    assert re.fullmatch(r"New PDFs read: 2\. Documents divided into passages: 2\.", built[1])
    assert built[2] == "Expected documents missing: 2 (`indexer status` lists them)."
    assert call(corpus, "build") == 0
    assert re.match(r"Nothing has changed: generation \w+ is served, with \d+ items\.", capfd.readouterr().out)
    assert call(corpus, "search", "prosecutors") == 0
    shown = capfd.readouterr().out
    assert "1 result." in shown
    assert "group/I/2  Meeting 1, I-en.pdf page 1" in shown
    assert "judges and" in shown
    assert call(corpus, "search", "prosecutors", "--json") == 0
    assert json.loads(capfd.readouterr().out)["hits"][0]["item"]["id"] == "group/I/2"
    assert call(corpus, "search", "recommendation 2 first meeting") == 0
    shown = capfd.readouterr().out
    assert shown.startswith("You cited:\n\ngroup/I/2  Meeting 1")
    assert "The nearest" not in shown
    assert call(corpus, "search", "recommendation 2 first meeting judges moonlight") == 0
    assert capfd.readouterr().out.count("group/I/2  ") == 1


def test_a_search_says_what_was_searched_as_well_and_what_the_nearest_lack(corpus: TinyCorpus, capfd: Output) -> None:
    (corpus.corpus / "thesaurus.toml").write_text('[judge]\nen = ["judge", "magistrate"]')
    call(corpus, "build")
    capfd.readouterr()
    assert call(corpus, "search", "magistrate") == 0
    assert "Searched as well: judge.\n1 result.\n" in capfd.readouterr().out
    assert call(corpus, "search", "prosecutors moonlight") == 0
    shown = capfd.readouterr().out
    assert "0 results." in shown
    assert "No item has all words. The nearest:\n" in shown
    assert "  without: moonlight" in shown
    assert call(corpus, "search", "prosecutors judge") == 0
    mixed = capfd.readouterr().out
    assert call(corpus, "search", "prosecutors judge", "--match", "all") == 0
    alone = capfd.readouterr().out
    assert "without:" not in alone
    assert mixed.startswith(alone.rstrip("\n"))
    assert call(corpus, "search", "prosecutorz") == 0
    assert "Did you mean: prosecutors" in capfd.readouterr().out


def test_what_is_found_comes_in_the_order_that_is_asked_for(corpus: TinyCorpus, capfd: Output) -> None:
    corpus.add("II-en.pdf", 2, ["That prosecutors be trained by other prosecutors in each of the States and islands."])
    call(corpus, "build")
    capfd.readouterr()
    for order, first in (("relevance", "group/II/1"), ("oldest", "group/I/2"), ("document", "group/I/2")):
        assert call(corpus, "search", "prosecutors", "--sort", order, "--json") == 0
        assert json.loads(capfd.readouterr().out)["hits"][0]["item"]["id"] == first


def test_an_error_names_the_stage_that_it_stopped(corpus: TinyCorpus, capfd: Output) -> None:
    corpus.list("I-en.pdf", 1, "languge = 3")
    assert call(corpus, "build") == 3
    assert capfd.readouterr().err.splitlines()[-1] == "The build stopped at the stage scan."
    corpus.list("I-en.pdf", 1)
    kept = corpus.corpus.parent / "index" / "cache"
    kept.mkdir(parents=True)
    (kept / "extract").write_text("in the way")
    assert call(corpus, "build") == 7
    assert capfd.readouterr().err.splitlines()[-1] == "The build stopped at the stage extract."


def test_programs_get_the_code_the_parts_and_the_words_of_each_message(corpus: TinyCorpus, capfd: Output) -> None:
    (corpus.folder / "pdf" / "x.pdf").write_bytes(b"<html>")
    assert call(corpus, "build", "--json") == 0
    (skipped,) = json.loads(capfd.readouterr().out)["skipped"]
    said = "x.pdf is not a PDF, whatever its name says."
    remedy = "Open it to see what it is, and fetch it again."
    cause = {"code": "not-a-pdf", "message": said, "parts": ["x.pdf"], "remedy": remedy}
    assert (skipped["reason"], skipped["cause"]) == (f"{said} {remedy}", cause)
    assert call(corpus, "status", "--json") == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [(row["reason"], row["cause"]) for row in rows if row["file"] == "x.pdf"] == [(f"{said} {remedy}", cause)]
    assert call(corpus, "search", '"prosecutors', "--json") == 0
    (note,) = json.loads(capfd.readouterr().out)["notes"]
    closed = "A quotation mark was left open and has been closed at the end."
    remedy = "Close it where the phrase ends, or leave it out."
    assert note == {"code": "quote-closed", "message": closed, "parts": [], "remedy": remedy}


def test_a_build_names_what_it_skipped_and_why(corpus: TinyCorpus, capfd: Output) -> None:
    (corpus.folder / "pdf" / "II.pdf").write_bytes(b"<html>sorry</html>")
    corpus.list("II.pdf", 2)
    write_pdf(corpus.folder / "pdf" / "XI.pdf", ENGLISH)
    assert call(corpus, "build") == 0
    told = capfd.readouterr()
    assert re.search(r"group/II: II.pdf: unreadable \(extract\): \S+", told.err)
    assert re.search(r"group/\?: XI.pdf: unassigned \(assign\): \S+", told.err)
    assert "Move it into a folder named after its meeting within the folder of PDFs" in told.err
    assert "Move it into the folder of its meeting" not in told.err, "the remedy is said twice"
    assert call(corpus, "build", "--json") == 0
    report = json.loads(capfd.readouterr().out)
    assert (report["published"], report["read"], report["documents"]["unreadable"]) == (False, 0, 1)
    assert report["skipped"][0]["file"] == "II.pdf"


def test_words_with_digits_keep_nothing_from_being_published(corpus: TinyCorpus, capfd: Output) -> None:
    corpus.add("II-en.pdf", 2, ["That States act on SARSCOV2."])
    assert call(corpus, "build") == 0
    assert call(corpus, "search", "sarscov2") == 0
    told = capfd.readouterr()
    assert "1 result." in told.out
    assert "does not find" not in told.err


def test_an_item_that_its_words_do_not_find_is_published_and_named(
    corpus: TinyCorpus, capfd: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.add("II-en.pdf", 2, ["That States act on SARSCOV2."])

    def cut_otherwise(text: str) -> ParsedText:
        return parse(text.replace("SARSCOV2", " SARSCOV"))

    monkeypatch.setattr("indexer.generations.verification.parse", cut_otherwise)
    assert call(corpus, "build") == 0
    told = capfd.readouterr()
    assert "Published generation" in told.out
    assert re.search(r"group/II: II-en\.pdf, page 1: The search does not find group/II/1 by its word", told.err)
    assert call(corpus, "build", "--json") == 0
    (named,) = json.loads(capfd.readouterr().out)["unfound"]
    assert (named["body"], named["meeting"], named["file"], named["page"]) == ("group", "II", "II-en.pdf", 1)
    assert call(corpus, "check", "--json") == 9
    assert UNFOUND in [json.loads(line)["code"] for line in capfd.readouterr().out.splitlines()]
    assert call(corpus, "status") == 0
    assert "does not find" in " ".join(capfd.readouterr().out.split())


def test_the_status_shows_what_is_there_and_what_is_missing(corpus: TinyCorpus, capfd: Output) -> None:
    call(corpus, "build")
    capfd.readouterr()
    assert call(corpus, "status") == 0
    shown = capfd.readouterr().out
    assert re.match(r"Generation [0-9a-f]+, made \d{4}-\d\d-\d\d \d\d:\d\d UTC\.\n", shown)
    assert "group: Group of Small Islands" in shown
    assert "I-en.pdf" in shown
    assert "not-fetched" in shown
    assert "It has not been fetched yet. Put the PDF into the folder of PDFs." in shown
    assert call(corpus, "status", "--json") == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [(row["meeting"], row["language"], row["state"]) for row in rows] == [
        ("I", "en", "indexed"),
        ("I", "es", "indexed"),
        ("II", "en", "not-fetched"),
        ("III", "en", "not-fetched"),
    ]


def test_an_export_gives_each_item_with_its_languages(corpus: TinyCorpus, capfd: Output) -> None:
    call(corpus, "build")
    capfd.readouterr()
    assert call(corpus, "export") == 0
    items = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    item = next(item for item in items if item["id"] == "group/I/2")
    assert [(each["language"], each["text"]) for each in item["versions"]] == [("en", ENGLISH[1]), ("es", SPANISH[1])]


def test_going_back_where_there_is_no_index_says_so_and_makes_none(corpus: TinyCorpus, capfd: Output) -> None:
    assert call(corpus, "rollback") == 5
    assert "no index has been published here yet" in capfd.readouterr().err
    assert not (corpus.corpus.parent / "index").exists()


def test_going_back_serves_what_was_served_before(corpus: TinyCorpus, capfd: Output) -> None:
    call(corpus, "build")
    assert call(corpus, "rollback") == 5
    assert "no generation before this one" in capfd.readouterr().err
    corpus.add("II-en.pdf", 2, ENGLISH)
    call(corpus, "build")
    assert call(corpus, "rollback") == 0
    capfd.readouterr()
    call(corpus, "search", "prosecutors")
    assert "1 result." in capfd.readouterr().out
    assert call(corpus, "build") == 0
    capfd.readouterr()
    call(corpus, "search", "prosecutors")
    assert "2 results." in capfd.readouterr().out


def test_going_back_passes_over_builds_that_changed_no_item(corpus: TinyCorpus, capfd: Output) -> None:
    call(corpus, "build")
    for name in ("junk.pdf", "more.pdf"):
        (corpus.folder / "pdf" / name).write_bytes(b"%PDF-1.4 scrap %%EOF")
        assert call(corpus, "build") == 0
        assert "Published generation" in capfd.readouterr().out
    assert call(corpus, "rollback") == 5
    assert "whose items differ from those that are served. Nothing was changed." in capfd.readouterr().err
    corpus.add("II-en.pdf", 2, ENGLISH)
    call(corpus, "build")
    for name in ("junk.pdf", "more.pdf"):
        (corpus.folder / "pdf" / name).unlink()
        assert call(corpus, "build") == 0
    capfd.readouterr()
    assert call(corpus, "generations", "--json") == 0
    served, before = (json.loads(line) for line in capfd.readouterr().out.splitlines())
    assert (served["state"], before["state"]) == ("served", "previous")
    assert call(corpus, "rollback") == 0
    assert f"Serving generation {before['id']} again." in capfd.readouterr().out
    call(corpus, "search", "prosecutors")
    assert "1 result." in capfd.readouterr().out


def test_the_generations_are_listed_with_what_they_changed(corpus: TinyCorpus, capfd: Output) -> None:
    call(corpus, "build")
    corpus.add("II-en.pdf", 2, ENGLISH)
    call(corpus, "build")
    capfd.readouterr()
    assert call(corpus, "generations", "--json") == 0
    served, before = (json.loads(line) for line in capfd.readouterr().out.splitlines())
    assert (served["state"], before["state"], served["held"]) == ("served", "previous", False)
    assert served["changes"] == {"appeared": len(ENGLISH)}
    assert served["served"] >= served["made"] > before["served"]
    assert call(corpus, "generations") == 0
    assert f"{len(ENGLISH)} appeared" in capfd.readouterr().out


def test_a_command_before_the_first_build_says_what_to_do(corpus: TinyCorpus, capfd: Output) -> None:
    for arguments in (["search", "x"], ["status"], ["export"], ["generations"]):
        assert call(corpus, *arguments) == 5
        assert "`indexer build` makes one" in capfd.readouterr().err


def test_mistakes_of_a_catalogue_are_listed_one_a_line(corpus: TinyCorpus, capfd: Output) -> None:
    corpus.list("I-en.pdf", 1, "languag = 3\nurl = 4")
    assert call(corpus, "build") == 3
    *mistakes, stopped = capfd.readouterr().err.splitlines()
    assert (len(mistakes), stopped) == (2, "The build stopped at the stage scan.")


def test_a_filter_that_cannot_be_read_is_the_typist_s(corpus: TinyCorpus, capfd: Output) -> None:
    call(corpus, "build")
    assert call(corpus, "search", "year:soon") == 2
    assert "year" in capfd.readouterr().err


def test_passages_are_extracted_without_a_catalogue(corpus: TinyCorpus, tmp_path: Path, capfd: Output) -> None:
    odd = tmp_path / "a b é 'x'.pdf"
    shutil.copy(corpus.folder / "pdf" / "I-en.pdf", odd)
    assert run(["extract", str(odd), str(corpus.folder / "pdf" / "I-es.pdf")]) == 0
    passages = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    found = [(each["pdf"], each["path"], each["text"]) for each in passages if each["kind"] == "recommendation"]
    assert found[:2] == [(odd.name, "1", ENGLISH[0]), (odd.name, "2", ENGLISH[1])]
    assert found[3:4] == [("I-es.pdf", "1", SPANISH[0])]
    assert passages[0].keys() == {"pdf", "path", "kind", "page", "page_label", "heading", "text", "boxes"}
    assert len(passages[-1]["boxes"][0]) == 5


def test_rows_are_given_with_what_they_are_taken_for(corpus: TinyCorpus, capfd: Output) -> None:
    assert run(["extract", "--rows", str(corpus.folder / "pdf" / "I-en.pdf")]) == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    opening = next(each for each in rows if each["recommendation"])
    announcing = next(each for each in rows if each["announces"])
    assert (opening["number"], opening["region"], opening["why"]) == ("1", announcing["text"], "heading")
    assert announcing["heading"] == "strong"


def test_the_order_of_passages_does_not_depend_on_the_number_of_processes(tmp_path: Path, capfd: Output) -> None:
    files = []
    for number in range(6):
        files.append(str(tmp_path / f"{number}.pdf"))
        write_pdf(Path(files[-1]), ENGLISH[: 1 + number % 3])
    outputs = []
    for processes in ("1", "3"):
        assert run(["extract", *files, "--processes", processes]) == 0
        outputs.append(capfd.readouterr().out)
    assert outputs[0] == outputs[1]


def test_what_a_scan_lacks_is_said_with_what_to_do(tmp_path: Path, capfd: Output) -> None:
    (tmp_path / "blank.pdf").write_bytes(pdf(""))
    (tmp_path / "drawn.pdf").write_bytes(pdf("0 0 10 10 re f", show(50, 700, "That States act.")))
    assert run(["extract", str(tmp_path / "blank.pdf"), str(tmp_path / "drawn.pdf")]) == 4
    told = capfd.readouterr().err
    assert "blank.pdf: None of its pages holds text: they seem to be blank. Open it in a PDF viewer" in told
    assert "drawn.pdf: Page 1 has no text; what it shows is drawn. Fetch or make a copy with text; or install" in told
    assert "Page 1 has no text; it may be blank" not in told


def test_what_cannot_be_extracted_is_named_and_the_rest_is_given(tmp_path: Path, capfd: Output) -> None:
    write_pdf(tmp_path / "good.pdf", ENGLISH)
    (tmp_path / "empty.pdf").write_bytes(b"")
    assert run(["extract", str(tmp_path / "empty.pdf"), str(tmp_path / "none.pdf"), str(tmp_path / "good.pdf")]) == 4
    told = capfd.readouterr()
    assert "empty.pdf is empty (0 bytes). Fetch it again." in told.err
    assert "none.pdf does not exist" in told.err
    assert len(told.out.splitlines()) >= 3
    assert "Traceback" not in told.err


def test_a_folder_of_any_pdfs_becomes_a_body_that_can_be_searched(tmp_path: Path, capfd: Output) -> None:
    write_pdf(tmp_path / "My Reports" / "mali2008.pdf", ENGLISH)
    write_pdf(tmp_path / "My Reports" / "angola2010.pdf", ENGLISH[1:])
    corpus = str(tmp_path / "corpus")
    assert run(["init", str(tmp_path / "My Reports"), "--corpus", corpus]) == 0
    assert capfd.readouterr().out == (
        f"{tmp_path / 'corpus' / 'my-reports' / 'catalogue.toml'}: 2 meetings, 2 documents proposed.\n"
        "Look it through and mend what is wrong, then run `indexer build`.\n"
    )
    proposed = (tmp_path / "corpus" / "my-reports" / "catalogue.toml").read_text(encoding="utf-8")
    assert "# Proposed by `indexer init` from file names and first pages. Nothing here is certain" in proposed
    assert not list((tmp_path / "corpus").rglob("*.pdf"))
    assert run(["build", "--corpus", corpus]) == 0
    capfd.readouterr()
    assert run(["search", "prosecutors", "--corpus", corpus]) == 0
    shown = capfd.readouterr().out
    assert "my-reports/mali2008/2" in shown
    assert "my-reports/angola2010/1" in shown
    assert run(["init", str(tmp_path / "My Reports"), "--corpus", corpus]) == 3
    assert "is there already. Edit it, or name another body with --body" in capfd.readouterr().err


def test_a_catalogue_is_proposed_in_place_for_pdfs_in_the_corpus(tmp_path: Path, capfd: Output) -> None:
    write_pdf(tmp_path / "corpus" / "group" / "pdf" / "a.pdf", ENGLISH)
    assert run(["init", str(tmp_path / "corpus" / "group" / "pdf"), "--corpus", str(tmp_path / "corpus")]) == 0
    catalogue = (tmp_path / "corpus" / "group" / "catalogue.toml").read_text(encoding="utf-8")
    assert "pdf =" not in catalogue
    assert "a.pdf" in catalogue
    capfd.readouterr()


def test_a_fault_while_a_catalogue_is_proposed_ends_the_processes_that_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[bool] = []

    def extract_all(files: Sequence[Path], **_settings: object) -> Iterator[Extraction]:
        try:
            for file in files:
                yield Extraction(file.name, "0" * 64, ())
        finally:
            ended.append(True)

    def propose(_target: Path, _folder: Path, extractions: Iterator[object]) -> None:
        next(extractions)
        raise RuntimeError

    monkeypatch.setattr("indexer.cli.init.extract_all", extract_all)
    monkeypatch.setattr("indexer.cli.init.propose", propose)
    write_pdf(tmp_path / "reports" / "a.pdf", ENGLISH)
    # The fault holds all that was running: nothing is closed because it is forgotten.
    with pytest.raises(RuntimeError) as fault:
        run(["init", str(tmp_path / "reports"), "--corpus", str(tmp_path / "corpus")])
    assert fault.tb
    assert ended


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["init", "{}/nowhere"], "nowhere: there is no such folder"),
        (["init", "{}"], "holds no PDF"),
        (["init", "{}", "--body", "../x"], "small letters, digits and single hyphens"),
        (["build", "--corpus", "{}/nowhere"], "cannot be read"),
        (["build", "--corpus", "{}"], "indexer init FOLDER"),
    ],
)
def test_a_place_that_cannot_be_used_is_named(tmp_path: Path, arguments: list[str], words: str, capfd: Output) -> None:
    filled = [argument.format(tmp_path) for argument in arguments]
    assert run([*filled, *([] if "--corpus" in filled else ["--corpus", str(tmp_path / "corpus")])]) == 3
    assert words in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "COMMAND"),
        (["nonsense"], "nonsense"),
        (["extract"], "FILE"),
        (["build", "--processes", "0"], "a number of at least 1 is needed, not 0"),
        (["build", "--processes", "x"], "a number of at least 1 is needed, not x"),
    ],
)
def test_what_is_typed_wrongly_is_explained(arguments: list[str], words: str, capfd: Output) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(arguments)
    assert stopped.value.code == 2
    said = capfd.readouterr().err
    assert "usage: indexer" in said
    assert words in said


def test_the_help_says_the_purpose_and_where_more_stands(capfd: Output) -> None:
    with pytest.raises(SystemExit):
        run(["--help"])
    shown = " ".join(capfd.readouterr().out.split())
    assert "Make a published index of recommendations from the PDFs of a body's meetings." in shown
    assert "Exit codes and examples stand in docs/command-line.md." in shown


def test_every_exit_code_stands_in_the_manual() -> None:
    from indexer.cli.check import REMARKS
    from indexer.model import errors

    codes = {
        error.exit_code for error in vars(errors).values() if isinstance(error, type) and hasattr(error, "exit_code")
    }
    assert codes | {0, 2, REMARKS, 130} == {int(code) for code in re.findall(r"^\| (\d+) \|", MANUAL, re.MULTILINE)}


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x1b[31mb", "a[31mb"), ("a\u202eb", "ab"), ("a\ud800b", "a?b"), ("é\nñ\tx", "é\nñ\tx"), ("\x9b2Jx", "2Jx")],
)
def test_words_of_a_document_give_no_orders_to_a_terminal(text: str, shown: str) -> None:
    assert harmless(text) == shown
