from pathlib import Path

import pytest

from indexer.catalogue.propose import body_id, propose
from indexer.catalogue.reader import FILE_NAME, Catalogue, load_catalogue
from indexer.catalogue.writer import catalogue_text
from indexer.model import Box, Extraction, Line, Page, message

BOX = Box(0, 0, 100, 10)
ENGLISH = "That the States have the rules which they are asked for, and that all of them be in force."
SPANISH = "Que los Estados tengan las reglas que se les piden, y que todas ellas estén en vigor."


def read(file: str, *large: str, small: str = ENGLISH, bold: str = "") -> tuple[str, Extraction]:
    lines = [Line(text, BOX, 16.0) for text in large] + [Line(bold, BOX, 10.0, bold=True)] * bool(bold)
    lines += [Line(small, BOX, 10.0)] * 8
    return file, Extraction(file, "0" * 64, (Page(1, 612, 792, tuple(lines)),))


def proposal_of(tmp_path: Path, *files: tuple[str, Extraction]) -> Catalogue:
    """The proposal as it is read back, which must be a catalogue without a mistake."""
    folder = tmp_path / "group"
    folder.mkdir()
    found = propose(folder, tmp_path, files)
    text = catalogue_text(found.body, found.meetings, found.documents, pdf_folder=str(tmp_path), comment="x")
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    return load_catalogue(folder)


def test_each_file_is_a_meeting_with_the_title_of_its_first_page(tmp_path: Path) -> None:
    found = proposal_of(tmp_path, read("mali 2008.pdf", "Report on", "Mali*"), read("angola.pdf", "Report on Angola"))
    assert [(each.id, each.title["en"]) for each in found.meetings] == [
        ("angola", "Report on Angola"),
        ("mali-2008", "Report on Mali"),
    ]
    assert [document.file for document in found.documents] == ["angola.pdf", "mali 2008.pdf"]


def test_files_that_differ_in_language_alone_are_one_meeting(tmp_path: Path) -> None:
    files = read("rules-en.pdf", "Rules"), read("rules-es.pdf", "Reglas", small=SPANISH), read("women.pdf", "Women")
    found = proposal_of(tmp_path, *files)
    assert [(each.id, dict(each.title)) for each in found.meetings] == [
        ("rules", {"en": "Rules", "es": "Reglas"}),
        ("women", {"en": "Women"}),
    ]
    assert [(each.meeting, each.language) for each in found.documents][:2] == [("rules", "en"), ("rules", "es")]
    assert found.body.languages == ("en", "es")


def test_a_file_named_by_its_language_alone_belongs_to_a_meeting_named_like_the_body(tmp_path: Path) -> None:
    found = proposal_of(tmp_path, read("en.pdf", "Rules"), read("es.pdf", "Reglas", small=SPANISH))
    assert [each.id for each in found.meetings] == ["group"]


@pytest.mark.parametrize(("file", "language"), [("rules-ES.pdf", "es"), ("rules-eſ.pdf", None)])
def test_a_language_at_the_end_of_a_name_is_one_in_letters_of_ascii(
    tmp_path: Path, file: str, language: str | None
) -> None:
    found = proposal_of(tmp_path, read(file, small="12"))
    assert found.documents[0].language == language
    assert found.body.languages == (language or "en",)


def test_what_several_first_pages_have_in_common_is_no_title(tmp_path: Path) -> None:
    files = [read(f"{name}.pdf", "United Nations", bold=f"Report on {name}") for name in ("Mali", "Angola")]
    assert [each.title["en"] for each in proposal_of(tmp_path, *files).meetings] == [
        "Report on Angola",
        "Report on Mali",
    ]


def test_titles_that_are_the_same_are_told_apart_by_the_file(tmp_path: Path) -> None:
    files = read("a2008.pdf", "Report"), read("a2012.pdf", "Report")
    assert [each.title["en"] for each in proposal_of(tmp_path, *files).meetings] == ["Report (a2008)", "Report (a2012)"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["IX-en.pdf", "II-en.pdf", "report.pdf"], [(1, "report"), (2, "II"), (9, "IX")]),
        (["IX.pdf", "IX.PDF.pdf"], [(1, "meeting-IX"), (2, "IX.PDF")]),
        (["a/IX.pdf", "b/IX.pdf"], [(1, "a-IX"), (2, "b-IX")]),
        (["ñandú.pdf", "報告.pdf"], [(1, "nandu"), (2, "group")]),
        (["Ninth meeting.pdf", "2nd meeting.pdf"], [(2, "2nd-meeting"), (9, "Ninth-meeting")]),
        (["..pdf", "-.pdf"], [(1, "group"), (2, "group-2")]),
    ],
)
def test_names_of_any_kind_give_ids_and_ordinals(
    tmp_path: Path, files: list[str], expected: list[tuple[int, str]]
) -> None:
    found = proposal_of(tmp_path, *(read(file) for file in files))
    assert sorted((each.ordinal, each.id) for each in found.meetings) == expected


def test_symbols_and_days_come_from_the_first_page(tmp_path: Path) -> None:
    small = "OEA/Ser.K/XXXIV CIBER-IX/doc.3/16 rev.1 of the meeting of December 12-13, 2016, and of the others"
    found = proposal_of(tmp_path, read("a.pdf", "Rules", small=small))
    assert (found.documents[0].symbol, found.documents[0].revision) == ("CIBER-IX/doc.3/16 rev.1", 1)
    assert [str(found.meetings[0].first_day), str(found.meetings[0].last_day)] == ["2016-12-12", "2016-12-13"]


def test_a_file_that_cannot_be_read_is_proposed_by_its_name(tmp_path: Path) -> None:
    found = proposal_of(
        tmp_path, ("broken.pdf", Extraction("broken.pdf", "0" * 64, (), message("pdf-damaged", "broken.pdf")))
    )
    assert [(each.id, each.title["en"]) for each in found.meetings] == [("broken", "broken")]
    assert found.documents[0].language is None


@pytest.mark.parametrize(
    ("name", "id"), [("UN Reports (2014)", "un-reports-2014"), ("Órgano", "organo"), ("報告", "body"), ("a--b", "a-b")]
)
def test_any_name_gives_a_body_id(name: str, id: str) -> None:
    assert body_id(name) == id
