import hashlib
import os
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from indexer.build.pipeline import Report, build
from indexer.engines.whoosh import WhooshEngine
from indexer.extract.ocr import Ocr
from indexer.extract.pdf.reader import read_pages
from indexer.fetch.receipts import Receipt, Receipts, Refusal, write_receipts
from indexer.generations import IndexStore
from indexer.generations.changelog import ChangeKind
from indexer.items.ledger import question
from indexer.model import Entry, Extraction, Kind, Page, State, json, message
from indexer.model.errors import CatalogueError, Loss
from indexer.query.parser import parse
from indexer.storage import fingerprint
from tests.support.plain_engine import PlainEngine
from tests.support.silent import Silent
from tests.support.small_translator import SmallTranslator
from tests.support.tiny_corpus import ENGLISH, NAME, SPANISH, TinyCorpus, write_pdf


def store(folder: Path) -> IndexStore:
    return IndexStore(folder / "index", PlainEngine())


def run_build(corpus: TinyCorpus, *, fewer: bool = False) -> Report:
    return build(corpus.corpus, store(corpus.corpus.parent), processes=1, listener=Silent(), fewer=fewer)


def export_of(corpus: TinyCorpus) -> bytes:
    generation = store(corpus.corpus.parent).open()
    return b"\n".join(json.encode(item) for item in generation.index.items())


def row(report: Report, file: str) -> Entry:
    return next(entry for entry in report.ledger if entry.file == file)


@pytest.fixture
def corpus(tmp_path: Path) -> TinyCorpus:
    tiny = TinyCorpus(tmp_path / "corpus")
    tiny.add("I-en.pdf", 1, ENGLISH)
    tiny.add("II-en.pdf", 2, ENGLISH[:2])
    return tiny


def test_recommendations_of_a_corpus_can_be_found(corpus: TinyCorpus) -> None:
    report = run_build(corpus)
    assert (report.published, report.read, report.items) == (True, 2, len(recommendations(corpus)))
    assert recommendations(corpus) == [*ENGLISH, *ENGLISH[:2]]


def recommendations(corpus: TinyCorpus) -> list[str]:
    items = store(corpus.corpus.parent).open().index.items()
    return [item.versions[0].text for item in items if item.kind is Kind.RECOMMENDATION]


def test_where_nothing_has_changed_nothing_is_read_or_published(corpus: TinyCorpus) -> None:
    first = run_build(corpus)
    again = run_build(corpus)
    assert (again.generation, again.published, again.read) == (first.generation, False, 0)
    assert again.ledger == first.ledger


def test_only_new_pdfs_are_read(corpus: TinyCorpus) -> None:
    run_build(corpus)
    corpus.add("III-en.pdf", 3, ENGLISH[1:])
    assert run_build(corpus).read == 1


def test_the_same_corpus_in_two_places_gives_the_same_generation_and_export(tmp_path: Path) -> None:
    both = []
    for place in ("here", "there/deeper"):
        tiny = TinyCorpus(tmp_path / place / "corpus")
        tiny.add("I-en.pdf", 1, ENGLISH)
        (tiny.folder / "pdf" / "bad.pdf").write_bytes(b"no PDF")
        tiny.list("bad.pdf", 2)
        tiny.list("absent.pdf", 3)
        both.append((run_build(tiny).generation, export_of(tiny)))
    assert both[0] == both[1]


def read_here(paths: Iterable[Path], **_: object) -> Generator[Extraction, None, None]:
    """As ``extract_all``, without a process that has to start first."""
    for path in paths:
        yield Extraction(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), tuple(read_pages(path)))


TEXTS = st.lists(st.sampled_from([*ENGLISH, *SPANISH]), min_size=1, max_size=3, unique=True)
ENTRIES = st.sampled_from(["", 'language = "en"', 'segmentation = { strategy = "none" }', 'role = "report"'])
STEPS = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from("abc"), st.none() | st.tuples(TEXTS, ENTRIES)), min_size=2, max_size=6
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_build_after_any_changes_is_the_same_as_one_from_scratch(
    steps: list[tuple[int, str, tuple[list[str], str] | None]],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("indexer.extract.pdf.extract_all", read_here)
    folder = tmp_path_factory.mktemp("corpus")
    changed, fresh = TinyCorpus(folder / "changed" / "corpus"), TinyCorpus(folder / "fresh" / "corpus")
    last: dict[str, tuple[int, list[str], str]] = {}
    for meeting, name, content in steps:
        file = f"{name}.pdf"
        if content:
            texts, entry = content
            last[file] = (meeting, texts, f"{entry}\nrevision = {'abc'.index(name)}")  # which a catalogue may ask for
            changed.add(file, *last[file])
        elif last.pop(file, None):
            changed.drop(file)
        report = run_build(changed, fewer=True)
    for file, each in last.items():
        fresh.add(file, *each)
    scratch = run_build(fresh)
    assert (report.generation, export_of(changed)) == (scratch.generation, export_of(fresh))
    assert report.ledger == scratch.ledger
    assert run_build(changed).read == 0


def test_what_a_document_depends_on_alone_has_it_cut_anew(corpus: TinyCorpus) -> None:
    assert run_build(corpus).cut == 2
    corpus.list("II-en.pdf", 2, 'language = "en"\nurl = "https://example.org/II.pdf"')
    assert run_build(corpus).cut == 0
    corpus.list("II-en.pdf", 2, 'language = "en"\nsegmentation = { strategy = "none" }')
    report = run_build(corpus)
    assert (report.published, report.read, report.cut) == (True, 0, 1)
    (corpus.corpus / "thesaurus.toml").write_text("", encoding="utf-8")
    report = run_build(corpus)
    assert (report.published, report.read, report.cut) == (True, 0, 0)


@pytest.fixture
def change_code(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """A function that makes a file of the package another one."""
    real = fingerprint._content

    def forget() -> None:
        for digest in (fingerprint.of_items, fingerprint.of_index, fingerprint.of_code):
            digest.cache_clear()

    def change(file: str) -> None:
        changed = fingerprint._files(fingerprint._PACKAGE)[file]
        monkeypatch.setattr(fingerprint, "_content", lambda path: "f" * 64 if path == changed else real(path))
        forget()

    yield change
    monkeypatch.undo()
    forget()


@pytest.mark.parametrize(
    ("file", "read", "cut"),
    [("analysis/tokenizer.py", 0, 0), ("segment/rows.py", 0, 2), ("extract/pdf/lines.py", 2, 0)],
)
def test_other_code_makes_anew_what_depends_on_it_alone(
    corpus: TinyCorpus, change_code: Callable[[str], None], file: str, read: int, cut: int
) -> None:
    run_build(corpus)
    change_code(file)
    report = run_build(corpus)
    assert (report.published, report.read, report.cut) == (True, read, cut)


def test_strays_are_given_to_meetings_once(corpus: TinyCorpus, change_code: Callable[[str], None]) -> None:
    write_pdf(corpus.folder / "pdf" / "III" / "x.pdf", ENGLISH[::-1])
    write_pdf(corpus.folder / "pdf" / "asked.pdf", ENGLISH)
    first = run_build(corpus)
    assert first.made == {"extract": 4, "assign": 1, "segment": 3}
    again = run_build(corpus)
    assert (again.made, again.ledger) == ({}, first.ledger)
    change_code("catalogue/evidence.py")
    assert run_build(corpus).made == {"assign": 1}
    write_pdf(corpus.folder / "pdf" / "asked.pdf", SPANISH)
    assert run_build(corpus).made == {"extract": 1, "assign": 1}


def test_a_stray_that_changes_while_it_is_read_is_asked_about(
    corpus: TinyCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pdf(corpus.folder / "pdf" / "III" / "x.pdf", ENGLISH)
    write_pdf(corpus.folder / "pdf" / "y.pdf", ENGLISH)
    stray = corpus.folder / "pdf" / "y.pdf"

    def read_and_change(paths: Iterable[Path], **_: object) -> Generator[Extraction, None, None]:
        stray.write_bytes(stray.read_bytes() + b"% more\n")
        return read_here(paths)

    monkeypatch.setattr("indexer.extract.pdf.extract_all", read_and_change)
    report = run_build(corpus)
    assert row(report, "III/x.pdf").state is State.INDEXED
    assert row(report, "y.pdf").state is State.UNREADABLE
    assert str(row(report, "y.pdf").reason) == "It changed while it was being read. Build again."
    monkeypatch.setattr("indexer.extract.pdf.extract_all", read_here)
    assert row(run_build(corpus), "y.pdf").state is State.UNASSIGNED


def test_what_is_damaged_in_the_cache_is_made_anew(corpus: TinyCorpus) -> None:
    first = run_build(corpus)
    kept = store(corpus.corpus.parent)
    for file in kept.cache.rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes().replace(b"the", b"tha"))
    shutil.rmtree(kept.generations)
    report = run_build(corpus)
    assert (report.generation, report.read, report.cut) == (first.generation, 2, 2)
    assert recommendations(corpus) == [*ENGLISH, *ENGLISH[:2]]


def test_what_changed_in_a_document_stands_in_the_log(corpus: TinyCorpus) -> None:
    run_build(corpus)
    corpus.add("II-en.pdf", 2, (ENGLISH[0], ENGLISH[2], ENGLISH[1]))
    run_build(corpus)
    log = store(corpus.corpus.parent).open().log
    changes = {change.item: change.kind for change in list(log.switches())[-1].changes}
    assert changes["group/II/2"] is ChangeKind.CHANGED
    assert changes["group/II/3"] is ChangeKind.APPEARED
    assert "group/II/1" not in changes


def test_a_thesaurus_is_part_of_what_a_generation_is(corpus: TinyCorpus) -> None:
    first = run_build(corpus)
    (corpus.corpus / "thesaurus.toml").write_text("", encoding="utf-8")
    again = run_build(corpus)
    assert again.published
    assert (again.read, again.generation == first.generation) == (0, False)


TRANSLATIONS = {("es", "en"): {"red": ("network",)}}


def translated(corpus: TinyCorpus, translator: SmallTranslator) -> tuple[Report, list[str]]:
    """Build with a translator; the report, and the recommendations of another language that a word finds."""
    served = IndexStore(corpus.corpus / "searched", WhooshEngine())
    report = build(corpus.corpus, served, processes=1, listener=Silent(), find_translator=lambda: translator)
    with closing(served.open()) as generation:
        found = generation.index.search(parse("network lang:es")).hits
        return report, [hit.item.path for hit in found]


def test_words_are_translated_and_the_translator_is_part_of_what_a_generation_is(corpus: TinyCorpus) -> None:
    corpus.add("I-es.pdf", 1, SPANISH, 'language = "es"')
    report, found = translated(corpus, SmallTranslator(TRANSLATIONS))
    assert (report.published, report.lack, found) == (True, None, ["3"])
    assert not translated(corpus, SmallTranslator(TRANSLATIONS))[0].published


def test_a_translator_that_fails_costs_its_translations_alone_and_is_asked_again(corpus: TinyCorpus) -> None:
    corpus.add("I-es.pdf", 1, SPANISH, 'language = "es"')
    failure = message("apertium-failed", "TimeoutExpired")
    report, found = translated(corpus, SmallTranslator(TRANSLATIONS, failure))
    assert (report.published, report.lack, found) == (True, failure, [])
    again, found = translated(corpus, SmallTranslator(TRANSLATIONS))
    assert (again.published, found) == (True, ["3"])
    assert again.generation != report.generation


def test_a_mistake_in_the_thesaurus_is_said_before_a_pdf_is_read(
    corpus: TinyCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.add("I-en.pdf", 1, ENGLISH)
    (corpus.corpus / "thesaurus.toml").write_text("[evidence]\n", encoding="utf-8")
    monkeypatch.setattr("indexer.extract.pdf.extract_all", lambda *_, **__: pytest.fail("a PDF was read"))
    with pytest.raises(CatalogueError, match="two terms or more"):
        run_build(corpus)


def test_a_build_that_finds_nothing_new_does_not_read_the_thesaurus(
    corpus: TinyCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.add("I-en.pdf", 1, ENGLISH)
    (corpus.corpus / "thesaurus.toml").write_text("", encoding="utf-8")
    run_build(corpus)
    monkeypatch.setattr("indexer.query.thesaurus.load_thesaurus", lambda path: pytest.fail(f"{path} was read"))
    assert not run_build(corpus).published


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"<html>we are sorry</html>", b"%PDF-1.4\ntrailer<</Root 1 0 R>>"]
)
def test_a_file_that_is_no_pdf_is_skipped_and_listed(corpus: TinyCorpus, content: bytes) -> None:
    (corpus.folder / "pdf" / "III-en.pdf").write_bytes(content)
    corpus.list("III-en.pdf", 3)
    report = run_build(corpus)
    assert row(report, "III-en.pdf").state is State.UNREADABLE
    assert row(report, "III-en.pdf").reason
    assert row(report, "I-en.pdf").state is State.INDEXED


def test_a_document_without_its_file_and_a_meeting_without_a_document_are_not_fetched_yet(corpus: TinyCorpus) -> None:
    corpus.drop("II-en.pdf")
    corpus.list("II-en.pdf", 2)
    (corpus.folder / "pdf" / "a folder.pdf").mkdir()
    corpus.list("a folder.pdf", 3)
    report = run_build(corpus)
    assert row(report, "II-en.pdf").state is State.NOT_FETCHED
    assert row(report, "a folder.pdf").reason
    assert [(entry.meeting, entry.state.value) for entry in report.ledger if entry.meeting != "III"] == [
        ("I", "indexed"),
        ("II", "not-fetched"),
    ]


def test_a_mistake_in_a_catalogue_stops_the_build_and_leaves_what_is_served(corpus: TinyCorpus) -> None:
    first = run_build(corpus)
    corpus.add("III-en.pdf", 3, ENGLISH, "languge = 3")
    with pytest.raises(CatalogueError, match=r"unknown key\. Did you mean 'language'\?"):
        run_build(corpus)
    assert store(corpus.corpus.parent).open().id == first.generation


def test_a_later_revision_takes_the_place_of_an_earlier_one(corpus: TinyCorpus) -> None:
    corpus.list("I-en.pdf", 1, 'language = "en"\nsymbol = "G-I/doc.1"')
    corpus.add("I-later.pdf", 1, ENGLISH[::-1], 'language = "en"\nsymbol = "G-I/doc. 1, rev. 2"')
    report = run_build(corpus)
    earlier = row(report, "I-en.pdf")
    assert (earlier.state, str(earlier.reason)) == (
        State.SUPERSEDED,
        "I-later.pdf (revision 2) takes its place. Read that one.",
    )
    assert row(report, "I-later.pdf").state is State.INDEXED
    assert recommendations(corpus)[:3] == list(ENGLISH[::-1])


def test_an_unreadable_revision_takes_no_place(corpus: TinyCorpus) -> None:
    (corpus.folder / "pdf" / "I-en-rev2.pdf").write_bytes(b"no PDF")
    corpus.list("I-en-rev2.pdf", 1, 'language = "en"\nrevision = 2')
    report = run_build(corpus)
    assert row(report, "I-en.pdf").state is State.INDEXED
    assert row(report, "I-en-rev2.pdf").state is State.UNREADABLE


def set_aside(report: Report, file: str) -> str:
    """The reason why a file was set aside."""
    entry = row(report, file)
    assert entry.state is State.SET_ASIDE
    return str(entry.reason)


def test_of_two_documents_that_nothing_tells_apart_the_first_is_taken(corpus: TinyCorpus) -> None:
    corpus.add("I-more.pdf", 1, ENGLISH[:1], "")
    assert set_aside(run_build(corpus), "I-more.pdf") == (
        "I-en.pdf, of the same meeting, language and role, is of the same symbol and revision, and was taken. "
        "Take out the one that is not wanted, or say in the catalogue what tells them apart."
    )


def test_a_copy_of_a_document_is_said_to_be_one(corpus: TinyCorpus) -> None:
    corpus.add("I-copy.pdf", 1, ENGLISH, "")
    corpus.list("I-en.pdf", 1, 'language = "en"\nsymbol = "G-I/doc.1"')
    assert "is the same file as I-copy.pdf. Take one of them out." in set_aside(run_build(corpus), "I-en.pdf")


def test_a_document_without_recommendations_takes_the_place_of_none_that_has_some(corpus: TinyCorpus) -> None:
    corpus.list("I-en.pdf", 1, 'language = "en"\nsymbol = "CIBER-I/doc.3/99"')
    write_pdf(corpus.folder / "pdf" / "I" / "agenda.pdf", (), heading="CIBER-I/doc.3/99 rev.2", title="DRAFT AGENDA")
    report = run_build(corpus)
    assert row(report, "I-en.pdf").state is State.INDEXED
    assert "No recommendation was found in it" in set_aside(report, "I/agenda.pdf")
    assert recommendations(corpus)[:3] == list(ENGLISH)


def test_a_document_without_recommendations_gives_its_place_to_one_that_has_some(corpus: TinyCorpus) -> None:
    corpus.add("III-a.pdf", 3, (), 'language = "en"\nrevision = 2')
    corpus.add("III-b.pdf", 3, ENGLISH, 'language = "en"\nrevision = 1')
    report = run_build(corpus)
    assert row(report, "III-b.pdf").state is State.INDEXED
    reason = set_aside(report, "III-a.pdf")
    assert reason.startswith("No recommendation was found in it; III-b.pdf, of the same meeting, language and role,")
    assert "holds some, and was taken. Take out" in reason


def test_a_later_revision_of_another_document_takes_no_place_whatever_its_name(corpus: TinyCorpus) -> None:
    for file, number in (("Z.pdf", "5/22"), ("A workshop.pdf", "10/22 rev.1"), ("B.pdf", "11/22")):
        texts = ENGLISH if file == "Z.pdf" else ENGLISH[:1]
        write_pdf(corpus.folder / "pdf" / "III" / file, texts, title=f"CIBER-III/doc.{number}")
    report = run_build(corpus)
    assert row(report, "III/Z.pdf").state is State.INDEXED
    assert "is another document, and was taken. Take out" in set_aside(report, "III/A workshop.pdf")
    assert "is another document, and was taken. Take out" in set_aside(report, "III/B.pdf")


def test_of_what_was_fetched_with_one_symbol_the_last_is_taken(corpus: TinyCorpus) -> None:
    corpus.list("I-en.pdf", 1, 'language = "en"\nsymbol = "CIBER-I/doc.3/99"')
    receipts = []
    for month, name in enumerate(("d.pdf", "z.pdf", "a.pdf"), start=1):
        write_pdf(corpus.folder / "pdf" / name, ENGLISH[:month], title="CIBER-III/doc.5/22")
        at = datetime(2024, month if name != "z.pdf" else 9, 1, tzinfo=UTC)
        receipts.append(
            Receipt(
                address=f"https://example.org/{name}", meeting="III", file=name, sha256="0" * 64, language="en", at=at
            )
        )
    write_receipts(corpus.folder, Receipts(tuple(receipts)))
    report = run_build(corpus)
    assert row(report, "z.pdf").state is State.INDEXED
    assert "z.pdf" in set_aside(report, "d.pdf")
    assert "z.pdf" in set_aside(report, "a.pdf")


def test_what_the_catalogue_says_of_a_document_is_compared_with_its_page(corpus: TinyCorpus) -> None:
    listed = {
        "same.pdf": ("rev. 1", 'symbol = "CIBER-III/doc.3/16 rev.1"'),
        "meeting.pdf": ("", 'symbol = "CIBER-II/doc.3/16"'),
        "symbol.pdf": ("", 'symbol = "CIBER-III/doc.5/16"\nrevision = 3'),
        "revision.pdf": ("rev.4", 'symbol = "CIBER-III/doc.3/16 rev.2"'),
        "silent.pdf": ("rev. 5", ""),
    }
    for file, (revision, entry) in listed.items():
        write_pdf(corpus.folder / "pdf" / file, ENGLISH, title=f"CIBER-III/doc.3/16 {revision}")
        corpus.list(file, 2 if file == "meeting.pdf" else 3, entry)
    report = run_build(corpus)
    found = {file: [caution.code for caution in row(report, file).warnings] for file in listed}
    assert found == {
        "same.pdf": [],
        "meeting.pdf": ["meeting-differs", "symbol-differs"],
        "symbol.pdf": ["symbol-differs", "revision-differs"],
        "revision.pdf": ["revision-differs"],
        "silent.pdf": [],
    }
    assert row(report, "meeting.pdf").warnings[0].message.sentence() == (
        "The catalogue says meeting II, but the first page prints III. It is taken as II."
    )
    silent = row(report, "silent.pdf")
    assert (silent.state, silent.symbol, silent.revision) == (State.INDEXED, "CIBER-III/doc.3/16 rev. 5", 5)
    assert row(report, "same.pdf").state is State.SUPERSEDED


def test_the_text_tells_its_language_and_a_catalogue_that_says_otherwise_is_warned(corpus: TinyCorpus) -> None:
    corpus.add("III-x.pdf", 3, SPANISH, "")
    corpus.add("III-y.pdf", 3, SPANISH, 'language = "en"')
    report = run_build(corpus)
    assert row(report, "III-x.pdf").language == "es"
    assert row(report, "III-y.pdf").language == "en"
    (caution,) = row(report, "III-y.pdf").warnings
    assert (caution.code, caution.message.sentence()) == (
        "language-differs",
        "The catalogue says en, but the text reads as es. It is taken as en.",
    )


def test_a_text_that_does_not_tell_its_language_is_taken_as_the_body_s_and_says_so(corpus: TinyCorpus) -> None:
    corpus.add("III.pdf", 3, ["Xyzzy plugh", "Plugh xyzzy"], "")
    found = row(run_build(corpus), "III.pdf")
    assert (found.language, [caution.code for caution in found.warnings]) == ("en", ["language-unknown"])
    assert found.warnings[0].message.sentence() == ("The text does not tell its language. It is taken as en.")


def test_a_pdf_that_changes_while_it_is_read_is_unreadable_and_says_so(corpus: TinyCorpus) -> None:
    class Changing(Silent):
        def stage(self, name: str, done: int, total: int) -> None:  # noqa: ARG002
            if (name, done) == ("extract", 0):
                write_pdf(corpus.folder / "pdf" / "I-en.pdf", SPANISH)

    report = build(corpus.corpus, store(corpus.corpus.parent), processes=1, listener=Changing())
    found = row(report, "I-en.pdf")
    assert (found.state, str(found.reason)) == (State.UNREADABLE, "It changed while it was being read. Build again.")


def test_fictional_bodies_leave_when_real_documents_are_there(tmp_path: Path) -> None:
    sample = TinyCorpus(tmp_path / "corpus", "sample", fictional=True)
    sample.add("I-en.pdf", 1, ENGLISH)
    real = TinyCorpus(tmp_path / "corpus", "real")
    (real.folder / "pdf").mkdir()
    (real.folder / "pdf" / "II.pdf").write_bytes(b"no PDF")
    real.list("II.pdf", 2)
    report = run_build(real)
    assert report.withdrawn == ()
    assert {entry.body for entry in report.ledger} == {"real", "sample"}
    real.add("I-en.pdf", 1, ENGLISH[:2])
    report = run_build(real)
    assert report.withdrawn == ("sample",)
    assert {entry.body for entry in report.ledger} == {"real"}
    assert b"sample" not in export_of(real)
    assert [body.id for body in store(tmp_path).open().bodies] == ["real"]


@pytest.mark.parametrize("left", ["no folder", "an empty folder", "damaged files"])
def test_a_folder_that_lost_its_pdfs_takes_nothing_from_what_is_served(corpus: TinyCorpus, left: str) -> None:
    first = run_build(corpus)
    folder, away = corpus.folder / "pdf", corpus.folder / "away"
    folder.rename(away)
    if left != "no folder":
        folder.mkdir()
    if left == "damaged files":
        for name in ("I-en.pdf", "II-en.pdf"):
            (folder / name).write_bytes((away / name).read_bytes()[:99])
    with pytest.raises(Loss, match="only 0 of the 2 documents of group that are in the search"):
        run_build(corpus)
    assert store(corpus.corpus.parent).open().id == first.generation
    shutil.rmtree(folder, ignore_errors=True)
    away.rename(folder)
    again = run_build(corpus)
    assert (again.generation, again.published, again.read) == (first.generation, False, 0)


def test_a_body_that_went_is_missed_and_leaves_where_that_is_said(corpus: TinyCorpus) -> None:
    other = TinyCorpus(corpus.corpus, "other")
    run_build(corpus)
    shutil.rmtree(corpus.folder)
    with pytest.raises(Loss, match="of group"):
        run_build(other)
    assert [entry.body for entry in run_build(other, fewer=True).ledger] == ["other"] * 3


def test_a_document_that_is_taken_out_leaves_the_search(corpus: TinyCorpus) -> None:
    run_build(corpus)
    corpus.drop("II-en.pdf")
    assert run_build(corpus).published
    assert recommendations(corpus) == list(ENGLISH)


def name_meetings(corpus: TinyCorpus) -> None:
    """Name the meetings of a corpus so that first pages tell them."""
    path = corpus.folder / "catalogue.toml"
    words = {1: "First", 2: "Second", 3: "Third"}
    text = path.read_text(encoding="utf-8")
    for number, word in words.items():
        text = text.replace(f'"Meeting {number}"', f'"{word} Meeting of the Working Group on Cybercrime"')
    path.write_text(text, encoding="utf-8")


def test_a_pdf_laid_into_the_folder_is_given_to_the_meeting_that_it_names(corpus: TinyCorpus) -> None:
    name_meetings(corpus)
    before = run_build(corpus)
    write_pdf(
        corpus.folder / "pdf" / "scan 12 (copy).PDF", ENGLISH, title="THIRD MEETING OF THE WORKING GROUP ON CYBERCRIME"
    )
    report = run_build(corpus)
    found = row(report, "scan 12 (copy).PDF")
    assert (found.meeting, found.state, found.language) == ("III", State.INDEXED, "en")
    assert report.items > before.items
    assert run_build(corpus).published is False


def test_the_first_pdf_of_the_next_meeting_adds_the_meeting(corpus: TinyCorpus) -> None:
    name_meetings(corpus)
    write_pdf(
        corpus.folder / "pdf" / "new.pdf",
        ENGLISH,
        title="Fourth Meeting of the Working Group on Cybercrime, May 6-7, 2024",
    )
    found = row(run_build(corpus), "new.pdf")
    assert (found.meeting, found.state) == ("IV", State.INDEXED)
    (caution,) = found.warnings
    assert caution.code == "meeting-not-listed"
    assert (
        "does not have meeting IV: its title and days are those that this document prints."
        in caution.message.sentence()
    )
    assert "group/IV" in {meeting.key for meeting in store(corpus.corpus.parent).open().meetings}


def test_a_pdf_that_cannot_be_told_is_asked_about_until_a_folder_says_whose_it_is(corpus: TinyCorpus) -> None:
    file = corpus.folder / "pdf" / "new" / "x.pdf"
    write_pdf(file, ENGLISH, title="Third Meeting of Officials Responsible for Prisons")
    asked = row(run_build(corpus), "new/x.pdf")
    assert (asked.meeting, asked.state, asked.candidates) == ("", State.UNASSIGNED, ("III",))
    assert "does not say" in str(asked.reason)
    assert "Move it into the folder of its meeting, or list it in the catalogue." in str(asked.reason)
    assert str(question(asked)) == (
        "It may be of meeting III. Move it into a folder named after its meeting, such as III, within the folder of "
        "PDFs, if it holds recommendations of it; otherwise take it out, or list it in the catalogue with its role."
    )
    file.parent.rename(file.parent.with_name("III"))
    answered = row(run_build(corpus), "III/x.pdf")
    assert (answered.meeting, answered.state) == ("III", State.INDEXED)


def test_a_row_of_the_ledger_keeps_what_was_weighed_about_its_meeting(corpus: TinyCorpus) -> None:
    write_pdf(corpus.folder / "pdf" / "III" / "told.pdf", ENGLISH)
    write_pdf(corpus.folder / "pdf" / "asked.pdf", ENGLISH)
    report = run_build(corpus)
    assert [each.code for each in row(report, "III/told.pdf").evidence] == ["folder"]
    assert [each.code for each in row(report, "asked.pdf").evidence] == ["untold"]
    assert row(report, "I-en.pdf").evidence == ()
    (corpus.folder / "pdf" / "III" / "told.pdf").write_bytes(b"no PDF")
    unread = row(run_build(corpus), "III/told.pdf")
    assert (unread.state, [each.code for each in unread.evidence]) == (State.UNREADABLE, ["folder"])


def test_a_row_of_the_ledger_names_the_stage_at_which_its_document_was_left_out(corpus: TinyCorpus) -> None:
    pdf = corpus.folder / "pdf"
    corpus.list("absent.pdf", 3)
    corpus.add("I-more.pdf", 1, ENGLISH[:1], "")
    corpus.add("none.pdf", 3, (), 'language = "es"')
    for revision, (file, content) in enumerate((("bad.pdf", b"no PDF"), ("empty.pdf", b"")), start=1):
        corpus.list(file, 3, f"revision = {revision}")
        (pdf / file).write_bytes(content)
    (pdf / "unread.pdf").write_bytes(b"no PDF")
    write_pdf(pdf / "asked.pdf", ENGLISH)
    write_pdf(corpus.folder / "beside.pdf", ENGLISH)
    report = run_build(corpus)
    assert {entry.file: entry.stage for entry in report.ledger} == {
        "I-en.pdf": None,
        "I-more.pdf": "align",
        "II-en.pdf": None,
        "absent.pdf": "scan",
        "bad.pdf": "extract",
        "empty.pdf": "scan",
        "none.pdf": "segment",
        "unread.pdf": "extract",
        "asked.pdf": "assign",
        "../beside.pdf": "scan",
    }


def test_pdfs_in_a_linked_folder_lie_in_the_folder_of_pdfs(corpus: TinyCorpus, tmp_path: Path) -> None:
    write_pdf(tmp_path / "elsewhere" / "linked.pdf", ENGLISH)
    (corpus.folder / "pdf" / "III").symlink_to(tmp_path / "elsewhere")
    report = run_build(corpus)
    assert row(report, "III/linked.pdf").state is State.INDEXED
    assert all(entry.state is not State.UNASSIGNED for entry in report.ledger)


@pytest.mark.parametrize(
    ("listed", "lies"),
    [("d\u00e9cima.pdf", "de\u0301cima.pdf"), ("de\u0301cima.pdf", "d\u00e9cima.pdf"), ("seven.pdf", "seven.PDF")],
)
def test_a_listed_file_is_found_however_its_name_is_written_on_the_disk(
    corpus: TinyCorpus, listed: str, lies: str
) -> None:
    write_pdf(corpus.folder / "pdf" / "new" / lies, ENGLISH)
    corpus.list(f"new/{listed}", 3)
    rows = [entry for entry in run_build(corpus).ledger if entry.meeting in ("III", "")]
    assert [(entry.file, entry.state) for entry in rows] == [(f"new/{lies}", State.INDEXED)]
    write_pdf(corpus.folder / "pdf" / "new" / listed, SPANISH)
    assert row(run_build(corpus), f"new/{listed}").state is State.INDEXED
    assert row(run_build(corpus), f"new/{lies}").meeting == ""


def test_dropped_files_that_cannot_be_read_are_listed_with_their_faults_and_read_once(corpus: TinyCorpus) -> None:
    (corpus.folder / "pdf" / "x.pdf").write_bytes(b"<html>We are sorry</html>")
    (corpus.folder / "pdf" / "empty.pdf").touch()
    (corpus.folder / "pdf" / "._x.pdf").write_bytes(b"what a file manager leaves")
    unread = {entry.file: entry for entry in run_build(corpus).ledger if entry.state is State.UNREADABLE}
    assert unread.keys() == {"x.pdf", "empty.pdf"}
    assert {(entry.meeting, question(entry)) for entry in unread.values()} == {("", None)}
    assert "is not a PDF" in str(unread["x.pdf"].reason)
    assert str(unread["empty.pdf"].reason) == "It is empty (0 bytes). Copy it there again."
    assert run_build(corpus).read == 0


def test_pdfs_laid_beside_the_folder_of_pdfs_are_asked_about(corpus: TinyCorpus) -> None:
    name_meetings(corpus)
    title = "THIRD MEETING OF THE WORKING GROUP ON CYBERCRIME"
    for place in (corpus.folder / "III.pdf", corpus.folder / "III" / "a.pdf", corpus.corpus / "b.PDF"):
        write_pdf(place, ENGLISH, title=title)
    report = run_build(corpus)
    for file in ("../III.pdf", "../III/a.pdf", "../../b.PDF"):
        asked = row(report, file)
        assert (asked.state, str(asked.reason)) == (
            State.UNASSIGNED,
            "It lies outside the folder of PDFs, where nothing is read. "
            "Move it into the folder of PDFs, or take it out.",
        )
        assert store(corpus.corpus.parent).open().pdf("group", file) is None
    (corpus.folder / "III.pdf").rename(corpus.folder / "pdf" / "III.pdf")
    assert row(run_build(corpus), "III.pdf").state is State.INDEXED


def test_no_pdf_is_outside_where_the_folder_of_the_body_is_that_of_its_pdfs(corpus: TinyCorpus) -> None:
    (corpus.folder / "pdf").rename(corpus.folder / "II")
    catalogue = corpus.folder / "catalogue.toml"
    listed = catalogue.read_text("utf-8").replace('file = "', 'file = "II/').replace("[body]", '[body]\npdf = "."')
    catalogue.write_text(listed, encoding="utf-8")
    assert all(entry.state is not State.UNASSIGNED for entry in run_build(corpus).ledger)


def test_a_name_that_is_not_utf_8_is_told_and_stops_nothing_else(corpus: TinyCorpus) -> None:
    name_meetings(corpus)
    folder = corpus.folder / "pdf"
    title = "THIRD MEETING OF THE WORKING GROUP ON CYBERCRIME"
    write_pdf(folder / "III.pdf", ENGLISH, title=title)
    (folder / "III").mkdir()
    for place in (folder, folder / "III"):
        try:
            (place / os.fsdecode(b"d\xe9cima.pdf")).write_bytes((folder / "III.pdf").read_bytes())
        except OSError:
            pytest.skip("this file system has names in UTF-8 only")
    report = run_build(corpus)
    assert row(report, "III.pdf").state is State.INDEXED
    asked, told = row(report, r"d\xe9cima.pdf"), row(report, r"III/d\xe9cima.pdf")
    assert (asked.state, told.state) == (State.UNREADABLE, State.UNREADABLE)
    assert "not written in UTF-8" in str(asked.reason)
    assert "not written in UTF-8" in str(told.reason)


def test_a_dropped_revision_takes_the_place_of_the_one_that_the_catalogue_lists(corpus: TinyCorpus) -> None:
    corpus.list("I-en.pdf", 1, 'language = "en"\nsymbol = "CIBER-I/doc.3/99 rev. 1"')
    write_pdf(corpus.folder / "pdf" / "later.pdf", ENGLISH[::-1], title="CIBER-I/doc.3/99 rev.2")
    report = run_build(corpus)
    assert row(report, "I-en.pdf").state is State.SUPERSEDED
    assert row(report, "later.pdf").state is State.INDEXED


def test_what_was_fetched_from_a_portal_is_indexed_with_its_address(corpus: TinyCorpus) -> None:
    write_pdf(corpus.folder / "pdf" / "III.pdf", ENGLISH, title=NAME)
    now = datetime(2024, 1, 1, tzinfo=UTC)
    receipt = Receipt(
        address="https://example.org/III.pdf", meeting="III", file="III.pdf", sha256="0" * 64, language="en", at=now
    )
    write_receipts(corpus.folder, Receipts((receipt,)))
    report = run_build(corpus)
    assert row(report, "III.pdf").state is State.INDEXED
    assert b"https://example.org/III.pdf" in export_of(corpus)


def test_the_page_of_a_fetched_document_tells_its_revision_and_its_place_in_the_catalogue(corpus: TinyCorpus) -> None:
    corpus.list("I-en.pdf", 1, 'language = "en"\nsymbol = "CIBER-I/doc.3/99 rev. 1"')
    for revision in (1, 2):
        write_pdf(
            corpus.folder / "pdf" / f"{revision}.pdf", ENGLISH[revision:], title=f"CIBER-II/doc.3/99 rev.{revision}"
        )
    corpus.drop("II-en.pdf")
    now = datetime(2024, 1, 1, tzinfo=UTC)
    receipt = Receipt(
        address="https://example.org/II.pdf", meeting="II", file="2.pdf", sha256="0" * 64, language="en", at=now
    )
    write_receipts(corpus.folder, Receipts((receipt,)))
    report = run_build(corpus)
    assert (row(report, "2.pdf").state, row(report, "2.pdf").symbol) == (State.INDEXED, "CIBER-II/doc.3/99 rev.2")
    assert row(report, "1.pdf").state is State.SUPERSEDED


def write_fetched(corpus: TinyCorpus, *meetings: str) -> None:
    """Write a fetched PDF and its receipt for each of these meetings."""
    corpus.list("I-en.pdf", 1, 'language = "en"\nsymbol = "CIBER-I/doc.3/99"')
    receipts = []
    for meeting in meetings:
        path = corpus.folder / "pdf" / f"{meeting}.pdf"
        write_pdf(path, ENGLISH, title=f"CIBER-{meeting}/doc.5/22")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        now = datetime(2024, 1, 1, tzinfo=UTC)
        receipts.append(
            Receipt(
                address=f"https://example.org/{meeting}.pdf",
                meeting=meeting,
                file=path.name,
                sha256=digest,
                language="en",
                at=now,
            )
        )
    write_receipts(corpus.folder, Receipts(tuple(receipts)))


def test_a_fetched_pdf_that_people_moved_is_where_they_moved_it(corpus: TinyCorpus) -> None:
    write_fetched(corpus, "II", "III")
    pdf = corpus.folder / "pdf"
    (pdf / "I").mkdir()
    (pdf / "II.pdf").rename(pdf / "second.pdf")
    (pdf / "III.pdf").rename(pdf / "I" / "III.pdf")
    corpus.drop("II-en.pdf")
    report = run_build(corpus)
    assert [(entry.meeting, entry.file) for entry in report.ledger if entry.file and entry.file != "I-en.pdf"] == [
        ("I", "I/III.pdf"),
        ("II", "second.pdf"),
    ]
    assert b"https://example.org/II.pdf" in export_of(corpus)


def test_a_fetched_pdf_that_people_took_out_is_said_to_be_out(corpus: TinyCorpus) -> None:
    write_fetched(corpus, "III")
    (corpus.folder / "pdf" / "III.pdf").unlink()
    (reason,) = (str(entry.reason) for entry in run_build(corpus).ledger if entry.meeting == "III")
    assert "III.pdf was taken out of the folder of PDFs" in (reason or "")
    corpus.add("III-en.pdf", 3, ENGLISH)
    assert [entry.file for entry in run_build(corpus).ledger if entry.meeting == "III"] == ["III-en.pdf"]


def test_a_refusal_stands_in_the_row_of_its_language_or_in_one_of_its_own(corpus: TinyCorpus) -> None:
    text = (corpus.folder / "catalogue.toml").read_text().replace('["en"]', '["en", "es"]')
    (corpus.folder / "catalogue.toml").write_text(text)
    now = datetime(2024, 1, 1, tzinfo=UTC)
    refused = (
        Refusal("https://example.org/en/III.pdf", "III", message("refused-by-server", "en/III.pdf", 404), now, "en"),
        Refusal("https://example.org/es/III.pdf", "III", message("refused-by-server", "es/III.pdf", 500), now, "es"),
        Refusal("https://example.org/II.pdf", "II", message("refused-by-server", "II.pdf", 404), now, "en"),
        Refusal("https://example.org/list.asp", None, message("refused-by-server", "list.asp", 404), now, "es"),
    )
    write_receipts(corpus.folder, Receipts(refused=refused))
    rows = [
        (entry.meeting, entry.language, str(entry.reason)) for entry in run_build(corpus).ledger if entry.file is None
    ]
    look = ". Look for its present address."
    assert rows == [
        ("I", "es", f"Not fetched: list.asp: the server answered 404{look}"),
        ("II", "en", f"Not fetched: II.pdf: the server answered 404{look}"),
        ("II", "es", f"Not fetched: list.asp: the server answered 404{look}"),
        ("III", "en", f"Not fetched: en/III.pdf: the server answered 404{look}"),
        ("III", "es", f"Not fetched: es/III.pdf: the server answered 500{look}"),
    ]


def test_what_a_portal_refused_stands_in_the_ledger(corpus: TinyCorpus) -> None:
    refusal = Refusal(
        "https://example.org/III.pdf",
        "III",
        message("refused-by-server", "III.pdf", 404),
        datetime(2024, 1, 1, tzinfo=UTC),
    )
    write_receipts(corpus.folder, Receipts(refused=(refusal,)))
    (reason,) = [str(entry.reason) for entry in run_build(corpus).ledger if entry.meeting == "III"]
    assert reason == "Not fetched: III.pdf: the server answered 404. Look for its present address."


def test_a_cache_that_was_removed_is_no_loss(corpus: TinyCorpus) -> None:

    first = run_build(corpus)
    shutil.rmtree(store(corpus.corpus.parent).cache)
    again = run_build(corpus)
    assert (again.generation, again.published, again.read) == (first.generation, False, 2)


def test_a_scan_that_two_bodies_share_is_read_by_the_ocr_of_each(tmp_path: Path) -> None:
    """Bodies of other languages have another OCR, whose name is in the key."""
    read: list[tuple[str, ...]] = []
    shared = tmp_path / "shared"
    shared.mkdir()
    canvas = Canvas(str(shared / "scan.pdf"), invariant=1)
    canvas.showPage()
    canvas.save()
    for body, language in (("one", "en"), ("other", "fr")):
        folder = tmp_path / "corpus" / body
        folder.mkdir(parents=True)
        (folder / "catalogue.toml").write_text(
            f'[body]\nid = "{body}"\nlanguages = ["{language}"]\nname.en = "Body"\npdf = "{shared}"\n'
            '[[meeting]]\nordinal = 1\ntitle.en = "First"\n[[meeting.document]]\nfile = "scan.pdf"\n'
        )

    def find_ocr(languages: Sequence[str], own: str | None = None, /) -> Ocr:
        assert own is None

        def see(_path: Path, pages: Iterable[Page]) -> Iterator[Page]:
            read.append(tuple(languages))
            return iter(pages)

        return Ocr(f"by eye, {languages[0]}", see)

    report = build(tmp_path / "corpus", store(tmp_path), processes=1, listener=Silent(), find_ocr=find_ocr)
    assert sorted(read) == [("en",), ("fr",)]
    assert [str(entry.reason) for entry in report.ledger if entry.file] == [
        "None of its pages holds text: they seem to be blank. "
        "Open it in a PDF viewer; if that shows something, fetch it again."
    ] * 2
