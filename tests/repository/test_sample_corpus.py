"""The sample corpus: its catalogue, its sources and the PDFs made from them agree."""

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.sample.make import (
    PDF,
    ExpectedPassage,
    SourceDocument,
    SourcePassage,
    expected_passages,
    load_documents,
    load_furniture,
    load_passages,
    lost_passages,
    make_pdf,
    print_document,
)
from corpus.sample.make.paper import Sheet
from indexer.catalogue.reader import load_catalogue
from indexer.model import Document, Kind

pytestmark = pytest.mark.xdist_group("sample corpus")

DOCUMENTS = load_documents()
MEETINGS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
CATALOGUE = load_catalogue(Path("corpus/sample"))

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.file)


def recommendations(meeting: str) -> list[SourcePassage]:
    return [passage for passage in load_passages(meeting) if passage.kind is Kind.RECOMMENDATION]


def document_of(file: str) -> SourceDocument:
    return next(document for document in DOCUMENTS if document.file == file)


@cache
def sheets_of(file: str) -> list[Sheet]:
    """The sheets of a document, which takes long to set."""
    return print_document(document_of(file)).sheets


@cache
def expected_of(file: str) -> list[ExpectedPassage]:
    return expected_passages(document_of(file))


def printed_lines(document: SourceDocument) -> list[str]:
    return [run.text for sheet in sheets_of(document.file) for run in sheet.runs]


def test_the_catalogue_lists_the_sources_and_nothing_else() -> None:
    def row(document: Document | SourceDocument) -> tuple[str, str | None, str | None, str | None]:
        return document.meeting, document.language, document.symbol, document.file

    assert sorted(map(row, CATALOGUE.documents)) == sorted(map(row, DOCUMENTS))
    revisions = {document.file: document.revision for document in CATALOGUE.documents}
    assert all(revisions[document.file] == document.revision for document in DOCUMENTS if document.revision)


def test_the_folder_holds_the_pdfs_of_the_sources_and_nothing_else() -> None:
    assert {path.name for path in PDF.iterdir()} == {document.file for document in DOCUMENTS}
    assert sum(path.stat().st_size for path in PDF.iterdir()) < 2_000_000


def test_the_catalogue_says_that_the_body_is_fictional() -> None:
    assert CATALOGUE.body.fictional
    assert set(CATALOGUE.body.notice) == {"en", "es"}


def test_the_languages_are_complete() -> None:
    languages = [{document.language for document in DOCUMENTS if document.meeting == meeting} for meeting in MEETINGS]
    assert all({"en", "es"} <= spoken for spoken in languages)
    assert sum("pt" in spoken for spoken in languages) == 2
    assert sum("fr" in spoken for spoken in languages) == 2


@pytest.mark.parametrize("meeting", MEETINGS)
def test_every_passage_has_its_text_in_every_language_of_its_meeting(meeting: str) -> None:
    languages = {document.language for document in DOCUMENTS if document.meeting == meeting}
    assert {passage.path for passage in load_passages(meeting) if set(passage.texts) != languages} == set()


@pytest.mark.parametrize("meeting", MEETINGS)
def test_paths_are_unique_within_a_meeting(meeting: str) -> None:
    paths = [passage.path for passage in load_passages(meeting) if passage.kind]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("language", ["en", "es"])
def test_at_least_120_distinct_recommendations_can_be_read_in_each_main_language(language: str) -> None:
    texts = {
        passage.text(language)
        for meeting in MEETINGS
        for passage in recommendations(meeting)
        if language not in passage.lost
    }
    assert len(texts) >= 120


def test_the_first_meeting_holds_a_questionnaire_and_no_recommendation() -> None:
    assert recommendations("I") == []
    assert [passage.path for passage in load_passages("I") if passage.kind is Kind.PARAGRAPH]


def test_what_carries_on_an_earlier_recommendation_names_one_of_an_earlier_meeting() -> None:
    earlier: set[str] = set()
    carried_on = 0
    for meeting in MEETINGS:
        items = recommendations(meeting)
        named = [passage.continues for passage in items if passage.continues]
        assert set(named) <= earlier
        carried_on += len(named)
        earlier |= {f"{meeting}/{passage.path}" for passage in items}
    assert carried_on >= 60


def test_texts_are_composed_and_hold_no_stray_space() -> None:
    texts = [text for meeting in MEETINGS for passage in load_passages(meeting) for text in passage.texts.values()]
    assert [text for text in texts if text != unicodedata.normalize("NFC", text) or text != text.strip()] == []
    assert [text for text in texts if "  " in text and "(  )" not in text] == []


@each_document
def test_the_committed_pdf_is_what_its_source_makes(document: SourceDocument) -> None:
    assert (PDF / document.file).read_bytes() == make_pdf(document)


@each_document
def test_every_page_says_that_the_body_is_fictional(document: SourceDocument) -> None:
    sentence = load_furniture()[document.language].fictional
    for sheet in sheets_of(document.file):
        assert sentence in [run.text for run in sheet.runs]


@each_document
def test_every_passage_is_expected_on_a_page_or_lost(document: SourceDocument) -> None:
    pages = len(sheets_of(document.file))
    expected = expected_of(document.file)
    lost = lost_passages(document)
    assert {passage.path for passage in expected} | set(lost) == {one.path for one in document.passages if one.kind}
    assert all(1 <= page <= pages for passage in expected for page in passage.pages)
    assert all(after - before == 1 for passage in expected for before, after in pairwise(passage.pages))


@each_document
def test_pages_without_text_hold_all_that_is_lost_and_nothing_else(document: SourceDocument) -> None:
    scans = {number for number, sheet in enumerate(sheets_of(document.file), start=1) if sheet.scan}
    assert {page for pages in lost_passages(document).values() for page in pages} == scans
    assert scans.isdisjoint(page for passage in expected_of(document.file) for page in passage.pages)


def test_what_is_readable_of_a_damaged_passage_comes_from_its_text() -> None:
    damaged = [(passage, language) for meeting in MEETINGS for passage in load_passages(meeting)
               for language in passage.readable]  # fmt: skip
    assert len(damaged) >= 3
    for passage, language in damaged:
        words, fragments = passage.text(language), passage.readable[language]
        if len(fragments) == 1:  # letters taken for others: every letter has a place
            assert 0 < sum(read != meant for read, meant in zip(fragments[0], words, strict=True)) < 4
        else:
            assert re.fullmatch(".+".join(map(re.escape, fragments)), words)


def test_two_revisions_differ_in_one_recommendation() -> None:
    first, second = (expected_of(f"VIII-recommendations-en-rev{number}.pdf") for number in (1, 2))
    texts = zip(first, second, strict=True)
    assert [before.path for before, after in texts if before.fragments != after.fragments] == ["5"]


@pytest.mark.parametrize(
    ("what", "pattern", "least"),
    [
        ("a range that breaks at its hyphen", r"\d-$", 2),
        ("a compound that breaks at its hyphen", r"(?i)\bcyber-$", 5),
        ("a word that breaks at the end of a line", r"[a-zé]{2}(?<!cyber)-$", 12),
        ("a ligature that is one character", "[ﬁﬂ]", 20),
        ("a number glued to its text", r"^\d+\.[A-Z][a-z]", 6),
        ("a letter glued to its heading", r"^[A-Z]\.[A-Z]{2}", 4),
        ("a number alone on its line", r"^\d+\.$", 50),
        ("a dash", r"^-$", 10),
        ("a long dash", r"^–$", 10),
        ("a middle dot", r"^·$", 10),
        ("a dot leader", r"\.{20}", 12),
        ("a sentence glued to the one before it", r"[a-zí]\.(In|Asimismo)\b", 2),
        ("a bullet", r"^•$", 10),
        ("a small square", r"^▪$", 10),
        ("a note mark after the number", r"^1\.4 \* ", 2),
        ("a note mark after the heading", r"^RE\w+S\*$", 4),
        ("a note of the style 1/", "^1/ ", 2),
        ("a note of the style [1]", r"^\[1\] ", 5),
        ("a page mark between hyphens", r"^- \d -$", 8),
        ("a page mark alone", r"^\d$", 10),
        ("a page mark with its word", r"^P[aá]gin?[ae] \d$|^Page \d$", 8),
        ("a lettered sub-item", r"^[a-d]\) ", 10),
        ("letters taken for others", "prosecutorís|electr—nica", 2),
        ("letters that no program can tell", "[\U000f0000-\U000fffff]", 1),
    ],
)
def test_the_pdfs_show_every_layout_and_defect(what: str, pattern: str, least: int) -> None:
    found = [line for document in DOCUMENTS for line in printed_lines(document) if re.search(pattern, line)]
    assert len(found) >= least, what


def test_a_hyphen_after_cyber_at_a_line_end_always_belongs_to_the_word() -> None:
    lines = [line for document in DOCUMENTS for line in printed_lines(document)]
    broken = [after for before, after in pairwise(lines) if re.search(r"(?i)\bcyber-$", before)]
    assert [line for line in broken if not re.match(r"(?i)crimes?\b", line)] == []


def test_a_recommendation_runs_across_a_page_break_in_most_documents() -> None:
    crossing = {document.file for document in DOCUMENTS for passage in expected_of(document.file)
                if passage.kind is Kind.RECOMMENDATION and len(passage.pages) == 2}  # fmt: skip
    assert len(crossing) > len(DOCUMENTS) / 2


def test_the_title_of_a_document_with_a_cover_is_printed_twice() -> None:
    document = document_of("IV-recommendations-en.pdf")
    cover, first, *_ = sheets_of(document.file)
    for sheet in (cover, first):
        assert document.title in " ".join(run.text for run in sheet.runs)
    assert expected_of(document.file)[0].pages == (2,)


def test_a_column_of_numbers_is_drawn_before_any_text_of_its_page() -> None:
    page = (PDF / "VI-recommendations-en.pdf").read_bytes()
    assert page.index(b"(5.)") < page.index(b"(CONFERENCE OF") < page.index(b"(That the States which")


def test_a_page_is_stored_sideways() -> None:
    stored = (PDF / "VII-recommendations-en.pdf").read_bytes()
    assert stored.count(b"/Rotate 90") == 1
    assert b"/MediaBox [ 0 0 792 612 ]" in stored


def test_a_font_does_not_say_which_letters_it_holds() -> None:
    stored = (PDF / "VII-recommendations-en.pdf").read_bytes()
    assert b"+Silent" in stored
    assert b"/ToUnicode" not in stored
