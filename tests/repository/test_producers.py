"""The measurement by producers: the document that they make, and what is called exact."""

import re
import subprocess
import sys

import pytest

from bench.producers.__main__ import difference
from bench.producers.document import DOCUMENTS, InventedDocument, Recommendation, marked, printed
from bench.producers.markup import formatting_objects, open_document
from bench.producers.typeset import groff, latex, typst
from bench.producers.web import page

each_language = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.language)


def test_marks_are_written_in_the_language_of_a_producer() -> None:
    text = marked(
        "m{^2} & CO{_2}.{1}", plain=lambda plain: plain.replace("&", "and"), raised="^%s", lowered="_%s", note="n%s"
    )
    assert text == "m^2 and CO_2.n1"


def test_print_has_superscripts_plain_lowered_figures_and_no_soft_hyphens() -> None:
    recommendation = Recommendation("Over 250 m{^2} of CO{_2}.{1}", ("trans\u00adboundary;", "«so»."))
    assert printed(recommendation, {"«": "“", "»": "”"}) == "Over 250 m² of CO2.¹ (a) transboundary; (b) “so”."


@each_language
def test_the_document_has_twelve_recommendations_and_a_mark_for_each_note_in_order(document: InventedDocument) -> None:
    assert len(document.recommendations) == 12
    texts = " ".join(each.text for each in document.recommendations)
    assert re.findall(r"\{(\d)\}", texts) == [str(number) for number in range(1, len(document.notes) + 1)]


@each_language
def test_every_source_holds_all_recommendations_in_order(document: InventedDocument) -> None:
    sources = (
        latex(document, ""),
        typst(document).replace("\\", ""),
        groff(document),
        page(document, paged=False),
        page(document, paged=True),
        formatting_objects(document),
        open_document(document),
    )
    for source in sources:
        place = 0
        for each in document.recommendations:
            # Letters that no producer writes otherwise; the index of a text that is missing is an error.
            place = source.index(max(re.findall(r"\b[a-z]+\b", each.text), key=len), place)
        assert all(re.split("[–,]", note)[0] in source for note in document.notes)


def test_a_difference_names_the_words_on_both_sides() -> None:
    assert difference("a long-term plan", "a longterm plan") == "'long-term' read as 'longterm'"
    assert difference("same", "same") == ""


def test_a_producer_without_its_program_is_named_and_left_out() -> None:
    command = [sys.executable, "-m", "bench.producers", "groff"]
    done = subprocess.run(command, capture_output=True, text=True, env={"PATH": "", "HOME": "/nowhere"}, check=True)
    assert "not made" in done.stdout
    assert "apt-get install groff" in done.stdout
