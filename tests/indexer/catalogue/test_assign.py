from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue.assign import assign
from indexer.catalogue.reader import Catalogue, load_catalogue
from indexer.catalogue.scan import PdfFile, Stray
from indexer.extract.pdf import extract_all
from indexer.model import Assignment, Box, Document, Extraction, Line, Page
from tests.support.paths import ROOT

REAL = load_catalogue(ROOT / "corpus" / "remja-cybercrime")
SAMPLE = load_catalogue(ROOT / "corpus" / "sample")


def page_of(*lines: str) -> Extraction:
    box = Box(72, 72, 500, 84)
    return Extraction("x.pdf", "0" * 64, (Page(1, 612, 792, tuple(Line(text, box, 10) for text in lines)),))


def stray(file: str, linked: str | None = None) -> Stray:
    return Stray(file, PdfFile(Path(file), "0" * 64), linked)


def assign_page(*lines: str, file: str = "x.pdf", linked: str | None = None, catalogue: Catalogue = REAL) -> Assignment:
    return assign(catalogue, [(stray(file, linked), page_of(*lines))])


def document(assigned: Assignment) -> Document:
    assert assigned.doubts == ()
    return next(document for document in assigned.documents if document.file == "x.pdf")


@pytest.mark.parametrize(
    "title",
    [
        "FOURTH MEETING OF THE GROUP OF GOVERNMENTAL EXPERTS ON CYBER-CRIME",
        "Of the fourth meeting ofthe Group of Governmental Experts on Cybercrime",
        "IV Meeting of the Group of Governmental Experts on Cyber- crime",
        "4th Meeting of the REMJA Group of Governmental Experts on Cyber Crime",
        "Cuarta Reunión del Grupo de Expertos Gubernamentales sobre Delito Cibernético",
        "CUARTA REUNION DEL GRUPO DE EXPERTOS GUBERNAMENTALES SOBRE DELITO CIBERNETICO",
        "Quarta Reunião do Grupo de Trabajo en Delito Cibernético",
        "Quatrième Réunion du Grupo de Trabajo en Delito Cibernético",
        "Reunión IV del Grupo de Trabajo en Delito Cibernético de las REMJA",
        "CIBER-IV/doc.7/06",
        "CIBER-IV//doc. 7/06 rev.3",
    ],
)
def test_the_fourth_meeting_is_known_however_it_is_printed(title: str) -> None:
    assert document(assign_page(title, "RECOMMENDATIONS")).meeting == "IV"


SERIES, TOGETHER = "is of another series", "does not say together which body met and for which time"
SEVERAL, FOLLOWS = "names several meetings: ", "does not print that it follows the last, and on which days"


@pytest.mark.parametrize(
    ("lines", "candidates", "reason"),
    [
        (("REMJA-IV/doc.24/02", "Fourth Meeting of Ministers of Justice", "RECOMMENDATIONS"), (), SERIES),
        (
            ("REMJA-IV/doc.24/02", "took note of the Third Meeting of the Working Group on Cybercrime", "CONCLUSIONS"),
            (),
            SERIES,
        ),
        (("Fourth Meeting of Officials Responsible for Penitentiary Policies", "RECOMMENDATIONS"), ("IV",), TOGETHER),
        (("IV Meeting", "RECOMMENDATIONS"), ("IV",), TOGETHER),
        (("RECOMMENDATIONS", "Washington, D.C., February 27-28, 2006"), ("IV",), TOGETHER),
        (
            ("CIBER-IV/doc.1/06", "Fifth Meeting of the Working Group on Cyber-Crime", "RECOMMENDATIONS"),
            ("IV", "V"),
            f"{SEVERAL}IV, V.",
        ),
        (
            ("Fourth Meeting of the Working Group on Cyber-Crime", "November 19-20, 2007", "RECOMMENDATIONS"),
            ("IV", "V"),
            "to be of meeting IV, but prints the days of another",
        ),
        (
            ("Twentieth Meeting of the Working Group on Cybercrime", "RECOMMENDATIONS"),
            (),
            f"XX, and the page {FOLLOWS}",
        ),
        (
            ("Ninth Meeting of the Working Group on Cybercrime", "That the States cooperate."),
            ("IX",),
            "of meeting IX, but no heading says that it holds recommendations",
        ),
        (("Eleventh Meeting of the Working Group on Cybercrime", "RECOMMENDATIONS"), (), FOLLOWS),
        (
            ("Eleventh Meeting of the Working Group on Cybercrime", "April 28-29, 2022", "RECOMMENDATIONS"),
            ("X",),
            FOLLOWS,
        ),
        (
            (
                "Ninth Meeting of the Working Group on Cybercrime",
                "RECOMMENDATIONS",
                "made at the Eighth Meeting of the Working Group on Cybercrime",
            ),
            ("VIII", "IX"),
            f"{SEVERAL}VIII, IX.",
        ),
        (("Nothing of the kind",), (), TOGETHER),
    ],
)
def test_where_it_is_not_certain_people_are_asked(
    lines: tuple[str, ...], candidates: tuple[str, ...], reason: str
) -> None:
    (doubt,) = assign_page(*lines).doubts
    assert doubt.candidates == candidates
    assert reason in doubt.objection.message.text()


def test_a_file_of_another_series_may_be_taken_out() -> None:
    (doubt,) = assign_page("REMJA-V/doc.7/04", "Fifth Meeting of Ministers of Justice", "RECOMMENDATIONS").doubts
    assert doubt.candidates == ()
    assert (
        doubt.objection.message.text()
        == "Its symbol, REMJA-V, is of another series. If it is of another body, take it out."
    )


def test_the_name_with_the_days_of_a_meeting_tells_it() -> None:
    lines = ("Working Group on Cybercrime", "December 12-13, 2016", "RECOMMENDATIONS")
    assert document(assign_page(*lines)).meeting == "IX"


@pytest.mark.parametrize(
    "title",
    [
        "DÉCIMA PRIMERA REUNIÓN DEL GRUPO DE TRABAJO EN DELITO CIBERNÉTICO",
        "Décimo Primera Reunión del Grupo de Trabajo en Delito Cibernético",
        "DÉCIMO- PRIMERA REUNIÓN DEL GRUPO DE TRABAJO EN DELITO CIBERNÉTICO",
        "Decimoprimera Reunión del Grupo de Trabajo en Delito Cibernético",
        "Reunión Décima Primera del Grupo de Trabajo en Delito Cibernético",
        "11va. Reunión del Grupo de Trabajo en Delito Cibernético",
    ],
)
def test_a_number_of_two_words_is_one(title: str) -> None:
    found = document(assign_page(title, "7 y 8 de mayo de 2024", "RECOMENDACIONES"))
    assert found.meeting == "XI"
    (doubt,) = assign_page(title, "RECOMENDACIONES").doubts
    assert "no meeting XI," in doubt.objection.message.text()


def test_the_twenty_first_meeting_is_not_the_first() -> None:
    (doubt,) = assign_page("TWENTY-FIRST MEETING OF THE WORKING GROUP ON CYBERCRIME", "RECOMMENDATIONS").doubts
    assert "no meeting XXI," in doubt.objection.message.text()


@pytest.mark.parametrize(
    "number", ["HUNDRED AND FIRST", "HUNDRED AND TWENTY-FIRST", "CENTÉSIMA PRIMERA", "CENT UNIÈME"]
)
def test_a_number_that_is_not_read_is_not_half_read(number: str) -> None:
    lines = (f"{number} MEETING OF THE WORKING GROUP ON CYBERCRIME", "RECOMMENDATIONS")
    assert assign_page(*lines).doubts[0].candidates == ()


def test_days_of_another_time_than_the_meeting_s_make_a_question() -> None:
    title = "First Meeting of the Working Group on Cybercrime"
    (doubt,) = assign_page(title, "May 7-8, 2024", "RECOMMENDATIONS").doubts
    assert doubt.candidates == ("I",)
    assert "2024-05-07" in doubt.objection.message.text()
    assert document(assign_page(title, "May 7, 1999", "RECOMMENDATIONS")).meeting == "I"


def test_the_year_of_a_symbol_and_later_meetings_in_the_text_do_not_matter() -> None:
    lines = (
        "CIBER-VIII/doc.1/11",
        "Eighth Meeting of the Working Group on Cyber-Crime",
        "QUESTIONNAIRE ON THE RECOMMENDATIONS OF THE SEVENTH MEETING",
        "The Seventh Meeting of the Working Group on Cyber-Crime recommended as follows.",
    )
    found = document(assign_page(*lines))
    assert (found.meeting, found.role, found.symbol) == ("VIII", "questionnaire", "CIBER-VIII/doc.1/11")


@pytest.mark.parametrize(("printed_as", "revision"), [("rev. 2", 2), ("rev.2", 2), ("Rev 2", 2), ("", 0)])
def test_the_symbol_tells_the_revision(printed_as: str, revision: int) -> None:
    found = document(assign_page(f"CIBER-IX/doc.3/16 {printed_as}", "RECOMENDACIONES"))
    assert found.revision == revision


def test_a_document_that_the_catalogue_lists_without_a_file_gets_it() -> None:
    text = "The Working Group recommends that the States be in touch with one another on all of these."
    assigned = assign_page("CIBER-IX/doc.3/16 rev. 1", "RECOMMENDATIONS", text)
    assert len(assigned.documents) == len(REAL.documents)
    assert (document(assigned).language, document(assigned).symbol) == ("en", "CIBER-IX/doc.3/16 rev.1")


def test_a_document_of_another_language_is_one_more() -> None:
    text = "El Grupo de Trabajo recomienda que los Estados se comuniquen entre sí sobre todo lo que han visto."
    assert len(assign_page("CIBER-IX/doc.3/16 rev. 1", "RECOMENDACIONES", text).documents) == 3


def test_a_folder_named_after_a_meeting_is_believed_and_its_contradiction_said() -> None:
    lines = ("Ninth Meeting of the Working Group on Cybercrime", "RECOMMENDATIONS")
    assigned = assign_page(*lines, file="viii/x.pdf")
    assert assigned.documents[-1].meeting == "VIII"
    (caution,) = assigned.cautions["viii/x.pdf"]
    assert caution.code == "meeting-differs"
    assert caution.message.text() == (
        "It was given to meeting VIII, but its first page says IX. If that is wrong, move the file into the folder of "
        "its meeting, or mend the catalogue."
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("CIBER-IX/doc.3/16 rev.1", "That the States be in touch with one another."),
        ("Working Group on Cybercrime", "That the States be in touch with one another."),
        (
            "Ninth Meeting of the Working Group on Cybercrime",
            "made at the Eighth Meeting of the Working Group on Cybercrime",
        ),
        ("Washington, D.C., December 12-13, 2016", "Conclusions"),
        (),
    ],
)
def test_what_the_portal_links_is_of_its_meeting_where_the_page_agrees(lines: tuple[str, ...]) -> None:
    assert document(assign_page(*lines, linked="IX")).meeting == "IX"


@pytest.mark.parametrize(
    ("lines", "candidates", "reason"),
    [
        (("REMJA-IX/doc.24/02", "Ninth Meeting of Ministers of Justice", "RECOMMENDATIONS"), (), SERIES),
        (
            ("BALANCE SHEET OF THE CAFETERIA", "May 7-8, 2024", "RECOMMENDATIONS"),
            ("IX",),
            "links it to meeting IX, but its first page names neither the body nor the days of that meeting",
        ),
        (
            ("CIBER-VIII/doc.3/14", "Eighth Meeting of the Working Group on Cyber-Crime", "RECOMMENDATIONS"),
            ("VIII", "IX"),
            "The portal links it to meeting IX, but its first page says VIII.",
        ),
        (
            ("Working Group on Cybercrime", "February 27-28, 2014", "RECOMMENDATIONS"),
            ("VIII", "IX"),
            "The portal links it to meeting IX, but its first page says VIII.",
        ),
        (
            ("Working Group on Cybercrime", "May 7-8, 2002", "RECOMMENDATIONS"),
            ("IX",),
            "of meeting IX, but the days that it prints are far from it: 2002-05-07.",
        ),
    ],
)
def test_what_the_portal_links_is_not_believed_against_the_page(
    lines: tuple[str, ...], candidates: tuple[str, ...], reason: str
) -> None:
    (doubt,) = assign_page(*lines, linked="IX").doubts
    assert doubt.candidates == candidates
    assert reason in doubt.objection.message.text()


def test_the_next_meeting_is_added_with_what_the_page_prints() -> None:
    first = page_of(
        "CIBER-XI/doc.2/24",
        "ELEVENTH MEETING OF THE WORKING GROUP ON CYBERCRIME",
        "May 6 and 7, 2024",
        "RECOMMENDATIONS",
        "That the States be in touch with one another on all of these.",
    )
    second = page_of("Undécima Reunión del Grupo de Trabajo en Delito Cibernético", "RECOMENDACIONES")
    twelfth = page_of("Twelfth Meeting of the Working Group on Cybercrime", "June 1, 2026", "RECOMMENDATIONS")
    pages = {"a.pdf": first, "b.pdf": second, "c.pdf": twelfth}
    assigned = assign(REAL, [(stray(file), page) for file, page in pages.items()])
    eleventh = assigned.meetings[10]
    assert (eleventh.id, eleventh.first_day, eleventh.last_day) == ("XI", date(2024, 5, 6), date(2024, 5, 7))
    assert eleventh.title["en"] == "ELEVENTH MEETING OF THE WORKING GROUP ON CYBERCRIME"
    assert [document.meeting for document in assigned.documents if document.file] == ["XI", "XI", "XII"]


@pytest.fixture(scope="module")
def sample() -> list[tuple[Stray, Extraction]]:
    strays = [stray(document.file or "") for document in SAMPLE.documents]
    paths = [SAMPLE.pdf_folder / stray.file for stray in strays]
    return list(zip(strays, extract_all(paths, processes=2), strict=True))


@pytest.mark.parametrize("known", [0, 1])
def test_every_document_of_the_sample_is_recognised(sample: list[tuple[Stray, Extraction]], known: int) -> None:
    bare = replace(SAMPLE, documents=tuple(replace(each, file="there") for each in SAMPLE.documents[:known]))
    assigned = assign(bare, sample)
    assert assigned.doubts == ()
    found = {each.file: (each.meeting, each.role, each.symbol) for each in assigned.documents}
    assert all(found[each.file] == (each.meeting, each.role, each.symbol) for each in SAMPLE.documents)


def test_no_document_of_another_body_is_taken_for_one_of_ours(sample: list[tuple[Stray, Extraction]]) -> None:
    assigned = assign(REAL, sample)
    assert (assigned.meetings, assigned.documents) == (REAL.meetings, REAL.documents)
    assert len(assigned.doubts) == len(sample)


@given(st.lists(st.text(max_size=200), max_size=8), st.sampled_from(["x.pdf", "IX/x.pdf", "new/x.pdf"]))
def test_any_page_is_a_document_or_a_question(lines: list[str], file: str) -> None:
    assigned = assign_page(*lines, file=file)
    given_to = [each for each in assigned.documents if each.file == file]
    assert len(given_to) + len(assigned.doubts) == 1


def test_a_catalogue_that_knows_no_names_asks() -> None:
    bare = Catalogue(Path(), Path(), replace(REAL.body, name={"en": "OK"}), (), ())
    (doubt,) = assign_page("IX Meeting of the Working Group", catalogue=bare).doubts
    assert doubt.candidates == ()
