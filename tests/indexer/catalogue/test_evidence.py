from pathlib import Path

import pytest

from indexer.catalogue.evidence import TABLE, Case, Verdict, weigh
from indexer.catalogue.first_page import FirstPageReader
from indexer.catalogue.reader import load_catalogue
from indexer.catalogue.scan import PdfFile, Stray
from indexer.model import Box, Evidence, Line, Meeting, Page, Weight, message
from indexer.model.messages.documents import EVIDENCE
from tests.support.paths import ROOT

REAL = load_catalogue(ROOT / "corpus" / "remja-cybercrime")
READER = FirstPageReader(REAL)
NINTH = "Ninth Meeting of the Working Group on Cybercrime"
GROUP = "Working Group on Cybercrime"


def verdict(*lines: str, file: str = "x.pdf", linked: str | None = None) -> Verdict:
    box = Box(72, 72, 500, 84)
    page = Page(1, 612, 792, tuple(Line(text, box, 10) for text in lines))
    stray = Stray(file, PdfFile(Path(file), "0" * 64), linked)
    return weigh(Case(REAL, stray, READER.read((page,))))


def codes(weighed: Verdict) -> list[str]:
    return [each.code for each in weighed.evidence]


def sentences(weighed: Verdict, weight: Weight) -> list[str]:
    return [each.message.text() for each in weighed.evidence if each.weight is weight]


EXAMPLES = {
    "folder": verdict("Nothing", file="ix/x.pdf"),
    "linked-unread": verdict(linked="IX"),
    "unread": verdict(),
    "other-series": verdict("REMJA-IX/doc.24/02", "RECOMMENDATIONS"),
    "symbol": verdict("CIBER-IX/doc.3/16 rev. 1", "RECOMMENDATIONS"),
    "title": verdict(NINTH, "RECOMMENDATIONS"),
    "body": verdict(GROUP, "December 12-13, 2016", "RECOMMENDATIONS"),
    "days": verdict(NINTH, "December 12-13, 2016", "RECOMMENDATIONS"),
    "link": verdict(NINTH, "RECOMMENDATIONS", linked="IX"),
    "link-alone": verdict("BALANCE SHEET", linked="IX"),
    "untold": verdict("December 12-13, 2016", "RECOMMENDATIONS"),
    "several-meetings": verdict(NINTH, f"made at the Eighth Meeting of the {GROUP}", "RECOMMENDATIONS"),
    "link-differs": verdict(NINTH, "RECOMMENDATIONS", linked="VIII"),
    "unlisted-meeting": verdict(f"Eleventh Meeting of the {GROUP}", "RECOMMENDATIONS"),
    "days-of-another": verdict(NINTH, "February 27-28, 2014", "RECOMMENDATIONS"),
    "far-days": verdict(NINTH, "May 7-8, 2024", "RECOMMENDATIONS"),
    "no-heading": verdict(NINTH, "That the States cooperate."),
}
"""For each row of the table what is weighed where it is there."""


def test_every_row_of_the_table_has_an_example_and_a_sentence() -> None:
    assert len(TABLE) == len(EXAMPLES)
    assert set(EVIDENCE) == {*EXAMPLES, "misplaced"}


@pytest.mark.parametrize("code", EXAMPLES)
def test_a_row_is_found_where_it_is_there_and_says_what_it_names(code: str) -> None:
    found = {each.code: each for each in EXAMPLES[code].evidence}
    assert found[code].message.sentence()


def test_what_asks_or_speaks_against_has_a_remedy_and_what_speaks_for_a_meeting_needs_none() -> None:
    found = {each for weighed in EXAMPLES.values() for each in weighed.evidence}
    assert {each.code for each in found if not each.message.remedy()} == {
        each.code for each in found if each.weight in (Weight.FOR, Weight.DECIDES)
    }
    assert message("misplaced").remedy()


@pytest.mark.parametrize("code", EXAMPLES)
def test_what_decides_or_asks_is_weighed_last_and_what_objects_is_the_answer(code: str) -> None:
    weighed = EXAMPLES[code]
    assert all(each.weight in (Weight.FOR, Weight.AGAINST) for each in weighed.evidence[:-1])
    objections = [each for each in weighed.evidence if each.is_objection]
    if objections:
        assert weighed.answer == objections[0]
    else:
        assert isinstance(weighed.answer, Meeting)
        assert weighed.answer.id == "IX"


def test_what_tells_for_a_meeting_stands_before_all_that_tells_against_it() -> None:
    weighed = verdict(NINTH, "February 27-28, 2010", "That the States cooperate.", linked="VIII")
    assert codes(weighed) == ["title", "link", "link-differs", "far-days"]
    assert sentences(weighed, Weight.FOR) == [
        f"It prints the name of meeting IX: “{NINTH}”.",
        "The portal links it to meeting VIII.",
    ]
    assert isinstance(weighed.answer, Evidence)
    assert weighed.answer.message.sentence() == "The portal links it to meeting VIII, but its first page says IX."


def test_a_folder_ends_the_weighing() -> None:
    assert codes(verdict(NINTH, "RECOMMENDATIONS", file="VIII/x.pdf", linked="IX")) == ["folder"]


def test_days_without_the_name_tell_for_a_meeting_but_do_not_suffice() -> None:
    assert codes(EXAMPLES["untold"]) == ["days", "untold"]
    assert sentences(EXAMPLES["untold"], Weight.FOR) == ["It prints the days of meeting IX: 2016-12-12 to 2016-12-13."]
