import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from types import FrameType

import pytest

from corpus.sample.make import SourceDocument, expected_passages, load_documents
from indexer.extract.pdf.reader import read_pages
from indexer.model import Box, Kind, Line, Override, Page, Segmented, Strategy
from indexer.segment import segment
from indexer.segment.markers import read_markers
from indexer.segment.repair import repair
from tests.support.paths import ROOT

TraceFunction = Callable[[FrameType, str, object], "TraceFunction"]

SAMPLE = ROOT / "corpus" / "sample" / "pdf"
DOCUMENTS = {document.file: document for document in load_documents()}


@cache
def cut(path: Path) -> Segmented:
    return segment(repair(list(read_pages(path))))


def folded(text: str) -> str:
    return " ".join(text.split())


# ------------------------------------------------------------------------------------------------ the sample corpus


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_every_recommendation_of_the_sources_comes_back_as_one_passage(document: SourceDocument) -> None:
    expected = {each.path: each for each in expected_passages(document) if each.kind is Kind.RECOMMENDATION}
    found = {each.path: each for each in cut(SAMPLE / document.file).passages if each.kind is Kind.RECOMMENDATION}
    assert list(found) == list(expected)
    for path, passage in found.items():
        assert passage.pages == expected[path].pages, path
        assert passage.numbered == expected[path].numbered, path
        place = 0
        for fragment in expected[path].fragments:
            place = passage.text.find(fragment, place)
            assert place >= 0, (path, fragment, passage.text)
        if len(expected[path].fragments) == 1:
            assert folded(passage.text) == expected[path].fragments[0]


@pytest.mark.parametrize(
    "document", [each for each in DOCUMENTS.values() if "questionnaire" not in each.file], ids=lambda each: each.file
)
def test_preambles_and_notes_of_the_sources_come_back(document: SourceDocument) -> None:
    kinds = (Kind.PREAMBLE, Kind.NOTE)
    expected = Counter((e.kind, e.fragments[0]) for e in expected_passages(document) if e.kind in kinds)
    found = Counter((e.kind, folded(e.text)) for e in cut(SAMPLE / document.file).passages if e.kind in kinds)
    assert found == expected


def test_a_questionnaire_has_no_recommendation() -> None:
    found = cut(SAMPLE / "I-questionnaire-en.pdf")
    assert found.strategy is Strategy.NONE
    assert {passage.kind for passage in found.passages} == {Kind.PARAGRAPH}


def test_what_a_scanned_page_hides_is_told() -> None:
    (caution,) = cut(SAMPLE / "VIII-recommendations-es-rev2.pdf").warnings
    assert (caution.code, caution.message.sentence(), caution.page) == (
        "number-missing",
        "6 numbers missing before 13.",
        3,
    )


# ---------------------------------------------------------------------------------------------------- pages by hand


def page(*texts: str, number: int = 1, gap: float = 30.0) -> Page:
    """A page of lines below each other; a text that begins with ``+`` follows its line closely."""
    lines: list[Line] = []
    top = 100.0
    for text in texts:
        top += 14.0 if text.startswith("+") else gap
        words = text.removeprefix("+")
        lines.append(Line(words, Box(72.0, top, 72.0 + 5 * len(words), top + 12.0), 11.0))
    return Page(number, 612.0, 792.0, tuple(lines))


def paths(found: Segmented) -> list[tuple[str, str]]:
    return [(passage.path, passage.text) for passage in found.passages if passage.kind is Kind.RECOMMENDATION]


LAYOUTS: dict[str, tuple[Sequence[str], list[tuple[str, str]]]] = {
    "numbers alone on a line": (
        ("RECOMMENDATIONS", "The Group agreed:", "1.", "+That States act.", "2.", "+That they report."),
        [("1", "That States act."), ("2", "That they report.")],
    ),
    "no space after the number": (
        ("RECOMENDACIONES", "1.Que los Estados actúen.", "2.Que informen."),
        [("1", "Que los Estados actúen."), ("2", "Que informen.")],
    ),
    "dashes": (
        ("RECOMMENDATIONS", "- That States act. In addition, that", "+they report.", "- Express thanks to all."),
        [("1", "That States act. In addition, that they report."), ("2", "Express thanks to all.")],
    ),
    "a year at the beginning of a line is no number": (
        ("RECOMMENDATIONS", "1. That States act before", "+2010. They may do so earlier.", "2. That they report."),
        [("1", "That States act before 2010. They may do so earlier."), ("2", "That they report.")],
    ),
    "the next number in the middle of a sentence is no number": (
        ("RECOMMENDATIONS", "1. That States meet in room", "+2. and act there.", "2. That they report."),
        [("1", "That States meet in room 2. and act there."), ("2", "That they report.")],
    ),
    "lettered sub-items belong to their recommendation": (
        ("RECOMMENDATIONS", "1. That States:", "a) act;", "b) report.", "2. That they meet."),
        [("1", "That States: a) act; b) report."), ("2", "That they meet.")],
    ),
    "the heading twice": (
        ("RECOMMENDATIONS", "RECOMMENDATIONS", "1. That States act.", "2. That they report."),
        [("1", "That States act."), ("2", "That they report.")],
    ),
    "a note mark after the number": (
        ("RECOMENDACIONES", "1. Delito cibernético", "1.1 Que actúen.", "1.2 * Que informen."),
        [("1.1", "Que actúen."), ("1.2", "Que informen.")],
    ),
    "superscript note marks": (
        (
            "RECOMMENDATIONS¹",
            "1. That States act in three months.²",
            "2.³ That they",
            "+meet;¹²",
            "3. That they report.",
        ),
        [("1", "That States act in three months.²"), ("2", "That they meet;¹²"), ("3", "That they report.")],
    ),
    "no heading, no recommendation": (("QUESTIONS", "1. Does your State act?", "2. Does it report?"), []),
}


@pytest.mark.parametrize(("texts", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_a_layout_is_cut(texts: Sequence[str], expected: list[tuple[str, str]]) -> None:
    assert paths(segment([page(*texts)])) == expected


@pytest.mark.parametrize(("numeral", "values"), [("iv", [(4,)]), ("IV", [(4,)]), ("ıv", []), ("İV", [])])
def test_a_numeral_after_a_word_is_of_letters_that_numerals_have(numeral: str, values: list[tuple[int, ...]]) -> None:
    assert [marker.values for marker in read_markers(f"Article {numeral}. That States act.")] == values


def test_an_item_goes_on_over_a_page_break() -> None:
    pages = [
        page("RECOMMENDATIONS", "1. That States", number=1),
        page("+act together.", "2. That they report.", number=2),
    ]
    first = segment(pages).passages[0]
    assert (first.text, first.pages) == ("That States act together.", (1, 2))
    assert [first.text[place.start :] for place in first.places] == ["That States act together.", "act together."]


def count_steps(pages: Sequence[Page]) -> int:
    """Operations of the interpreter that segmenting some pages takes."""
    steps = 0

    def count(frame: FrameType, event: str, _: object) -> TraceFunction:
        nonlocal steps
        frame.f_trace_opcodes = True
        steps += event == "opcode"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        segment(pages)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("row", ["+went on without a number and", "+12. went on with", "+Recommendation 1: went on"])
def test_steps_grow_with_pages_alone(row: str) -> None:
    pages = [page("RECOMMENDATIONS", "The experts met and", *[row] * 15, number=number) for number in range(1, 61)]
    assert count_steps(pages) <= 2.1 * count_steps(pages[:30])


def test_gaps_repeats_and_empty_items_are_told() -> None:
    texts = ("RECOMMENDATIONS", "1. That States act.", "2.", "3. That they meet.", "5. That they report.")
    found = segment([page(*texts)])
    assert [(caution.code, caution.message.sentence()) for caution in found.warnings] == [
        ("number-missing", "1 number missing before 5."),
        ("empty-item", "Number 2 has no text."),
    ]
    twice = ("RECOMMENDATIONS", "1. That States act.", "2. That they meet.", "RECOMMENDATIONS", "1. That they report.")
    assert [(caution.code, caution.message.sentence()) for caution in segment([page(*twice)]).warnings] == [
        ("repeated-number", "Number 1 occurs 2 times."),
    ]


def test_the_catalogue_says_where_items_begin_and_end() -> None:
    texts = ("QUESTIONS", "Agreed text", "1. That States act.", "2. That they report.", "Closing words", "3. Not this.")
    override = Override(start="Agreed text", end="Closing words")
    assert [path for path, _ in paths(segment([page(*texts)], override))] == ["1", "2"]


def test_no_pages_give_no_passages() -> None:
    assert segment([]) == Segmented((), Strategy.NONE)


# --------------------------------------------------------------------------------------------------- real documents


def test_known_items_of_real_reports_are_found(shared_data: Path) -> None:
    known: dict[tuple[str, str], str] = {}
    for line in (shared_data / "un-reports" / "items.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        known.setdefault((item["pdf"], item["number"].strip(". ")), item["text"])
    files = sorted({pdf for pdf, _ in known})[::8]
    wanted = {key: text for key, text in known.items() if key[0] in files}
    found = {
        (file, path): text for file in files for path, text in paths(cut(shared_data / "un-reports" / "pdf" / file))
    }
    right = [key for key in wanted if key in found and alike(wanted[key], found[key])]
    assert len(right) >= 0.93 * len(wanted)
    assert len([key for key in found if key in wanted]) >= 0.97 * len(found)


def alike(one: str, other: str) -> bool:
    """Tell whether known words stand in a text found; known texts leave out closing brackets and later parts."""
    short = folded(one).split("(")[0][:80].lower()
    return SequenceMatcher(None, short, folded(other)[: len(short)].lower()).ratio() > 0.8


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_declaration_is_cut_into_its_preamble_and_articles(shared_data: Path, language: str) -> None:
    found = cut(next((shared_data / "udhr").rglob(f"{language}.pdf")))
    numbered = [passage.path for passage in found.passages if passage.numbered]
    assert numbered == [str(number) for number in range(1, 31)]
    assert any(passage.kind is Kind.PREAMBLE for passage in found.passages)
    assert not any(passage.kind is Kind.RECOMMENDATION for passage in found.passages)
