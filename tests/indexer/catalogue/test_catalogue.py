from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from indexer.analysis.fields import FIELDS, Field, field_of_catalogues
from indexer.analysis.numerals import roman
from indexer.analysis.subjects import find_subjects
from indexer.catalogue.reader import FILE_NAME, load_catalogue, load_corpus
from indexer.catalogue.symbols import revision_of, work_of
from indexer.catalogue.writer import catalogue_text
from indexer.items.field_values import add_field_values
from indexer.model import FieldValue, Kind, Override, Strategy
from indexer.model.errors import CatalogueError
from tests.support.paths import ROOT
from tests.support.publications import item

CORPUS = ROOT / "corpus"

BODY = """
[body]
id = "group"
languages = ["en", "es"]
name.en = "Group"
"""
MEETING = """
[[meeting]]
ordinal = 9
title.en = "Ninth Meeting"
"""
DOCUMENT = """
[[meeting.document]]
language = "en"
file = "IX-en.pdf"
"""


def folder_with(folder: Path, text: str, name: str = "group") -> Path:
    (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / name / FILE_NAME).write_text(text, encoding="utf-8")
    return folder / name


def mistakes_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder_with(folder, text))
    prefix = f"{folder / 'group' / FILE_NAME}: "
    mistakes = [str(mistake) for mistake in caught.value.messages]
    assert all(mistake.startswith(prefix) for mistake in mistakes)
    return [mistake.removeprefix(prefix) for mistake in mistakes]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("CIBER-IX/doc.3/16 rev.1", "CIBER-IX/doc. 3/16, Rev. 2", True),
        ("CIBER-IX//doc. 3/16", "CIBER-IX/doc.3/16 rev 1", True),
        ("CIBER-IX/doc.3/16", "CIBER-IX/doc.31/6", False),
        ("CIBER-IX/doc.3/16 rev.1", "CIBER-IX/doc.5/16 rev.1", False),
        ("CIBER-IX/doc.3/16", None, False),
        (None, None, True),
    ],
)
def test_symbols_that_differ_in_the_revision_alone_are_of_one_work(
    one: str | None, other: str | None, same: bool
) -> None:
    assert (work_of(one) == work_of(other)) is same


def test_works_follow_each_other_by_their_numbers() -> None:
    symbols = ["CIBER-X/doc.5/22", "CIBER-X/doc.10/22 rev.1", None]
    assert sorted((symbols[2], symbols[1], symbols[0]), key=work_of) == symbols


def test_a_meeting_is_named_by_its_roman_numeral_and_its_document_by_its_symbol(tmp_path: Path) -> None:
    text = BODY + MEETING + 'first_day = 2016-12-12\nlast_day = 2016-12-13\nheld_by.en = "Experts"\n' + DOCUMENT
    text += 'symbol = "CIBER-IX/doc.3/16 rev.1"\nsegmentation.strategy = "dash"\nsegmentation.start = "THE GROUP"\n'
    catalogue = load_catalogue(folder_with(tmp_path, text))
    (meeting,), (document,) = catalogue.meetings, catalogue.documents
    assert ("group/IX", 2016, date(2016, 12, 13)) == (meeting.key, meeting.year, meeting.last_day)
    assert (
        document.meeting,
        document.role,
        document.revision,
        document.file,
    ) == ("IX", "recommendations", 1, "IX-en.pdf")
    assert Override(Strategy.DASH, "THE GROUP", None) == document.override
    assert tmp_path / "group" / "pdf" == catalogue.pdf_folder


def test_a_body_may_say_how_all_of_its_documents_are_cut(tmp_path: Path) -> None:
    text = BODY + 'segmentation.item = "Guideline"\n' + MEETING + DOCUMENT + 'segmentation.end = "Annex"\n'
    catalogue = load_catalogue(folder_with(tmp_path, text))
    assert catalogue.override == Override(item="Guideline")
    own = catalogue.documents[0].override
    assert own is not None
    assert own.over(Override(item="Guideline", end="Thanks")) == Override(item="Guideline", end="Annex")


def test_meetings_come_in_the_order_of_their_ordinals(tmp_path: Path) -> None:
    text = BODY + MEETING + DOCUMENT + MEETING.replace("9", "2")
    assert [meeting.id for meeting in load_catalogue(folder_with(tmp_path, text)).meetings] == ["II", "IX"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["body: missing; expected a table", "body.id: missing", "body.name: missing", "body.languages: missing"]),
        (BODY + "meeting = 3", ["body.meeting: unknown key"]),
        ('meeting = "IX"' + BODY, ["meeting: expected tables, each under a line [[meeting]], found 'IX'"]),
        (BODY.replace('"group"', '"other"'), ["body.id: expected 'group', the name of its folder, found 'other'"]),
        (BODY.replace('"group"', '"Group one"'), ["body.id: expected small letters, digits and single hyphens"]),
        (BODY.replace("name.en", "nmae.en"), ["body.name: missing", "body.nmae: unknown key. Did you mean 'name'?"]),
        (BODY.replace('"es"', '"spanish"'), ["body.languages: expected a list of languages of two small letters"]),
        (BODY.replace('"es"', '"en"'), ["body.languages: expected a list of languages"]),
        (BODY + 'fictional = "yes"', ["body.fictional: expected true or false, found 'yes'"]),
        (BODY + 'homepage = "javascript:alert(1)"', ["body.homepage: expected an address that begins with http"]),
        (BODY + "[[meeting]]", ["meeting[1].ordinal: missing", "meeting[1].title: missing"]),
        (BODY + MEETING.replace("9", "0"), ["meeting[1].ordinal: expected a whole number, 1 or above, found 0"]),
        (BODY + MEETING.replace("9", "true"), ["meeting[1].ordinal: expected a whole number, 1 or above, found True"]),
        (
            BODY + MEETING.replace("title.en", "title"),
            ["meeting[1].title: expected a text per language, such as title.en = \"…\", found 'Ninth Meeting'"],
        ),
        (BODY + "pdf = 3", ["body.pdf: expected the path of the folder of its PDFs, found 3"]),
        (
            BODY + "zzzzzz = 3",
            ["body.zzzzzz: unknown key. Take it out, or use one of the keys here: citation, fictional, homepage, id,"],
        ),
        *(
            (
                BODY + f'citation.en = "{form}"',
                ["body.citation.en: expected a sentence with places among {body}, {meeting}, {venue}, {days}, {item},"],
            )
            for form in ("{boddy}", "{body", "body}", "[{body}[, {item}]]", "{body}]", "{body}, [{item}")
        ),
        (BODY + MEETING + "title.es = 4", ["meeting[1].title.es: expected a text, found 4"]),
        (BODY + MEETING + 'title.spa = "Novena"', ["meeting[1].title.spa: expected a language of two small letters"]),
        (BODY + MEETING + 'id = "X"', ["meeting[1].id: expected 'IX', the Roman numeral of ordinal 9, found 'X'"]),
        (BODY + MEETING + 'id = "a/b"', ["meeting[1].id: expected letters, digits, dots and hyphens, found 'a/b'"]),
        (BODY + MEETING + 'id = ".."', ["meeting[1].id: expected letters, digits, dots and hyphens, found '..'"]),
        (BODY + MEETING + 'first_day = "2016"', ["meeting[1].first_day: expected a date such as 2016-12-13"]),
        (BODY + MEETING + "first_day = 2016-12-12T10:00:00", ["meeting[1].first_day: expected a date"]),
        (BODY + MEETING + "last_day = 2016-12-12", ["meeting[1].first_day: missing; expected a date"]),
        (
            BODY + MEETING + "first_day = 2016-12-13\nlast_day = 2016-12-12",
            ["meeting[1].last_day: expected 2016-12-13 (first_day) or later, found 2016-12-12"],
        ),
        (BODY + MEETING + "lastday = 2016-12-12", ["meeting[1].lastday: unknown key. Did you mean 'last_day'?"]),
        (BODY + MEETING + MEETING, ["meeting[2].ordinal: the same ordinal as meeting[1]", "meeting[2].id: the same"]),
        (BODY + MEETING + DOCUMENT * 2, ["meeting[1].document[2].file: the same file", "meeting[1].document[2].rev"]),
        (
            BODY + MEETING + DOCUMENT + MEETING.replace("9", "8") + DOCUMENT.replace("IX-en", "ix-EN"),
            ["meeting[2].document[1].file: the same file as meeting[1].document[1]; each may occur once. Take one out"],
        ),
        (
            BODY + MEETING + DOCUMENT + DOCUMENT.replace("IX-en.pdf", "b.pdf") + 'symbol = "doc.3"',
            ["meeting[1].document[2].revision: the same meeting, language, role and revision as meeting[1].doc"],
        ),
        (
            BODY + MEETING + DOCUMENT + 'role = "The report"',
            ["meeting[1].document[1].role: expected small letters and single hyphens"],
        ),
        (BODY + MEETING + DOCUMENT + "revision = -1", ["meeting[1].document[1].revision: expected a whole number"]),
        (BODY + MEETING + DOCUMENT + 'url = "ftp://x/y"', ["meeting[1].document[1].url: expected an address"]),
        (
            BODY + 'segmentation.item = "R3"\n' + MEETING + DOCUMENT,
            ["body.segmentation.item: expected one or more words, such as Guideline, or a letter, found 'R3'"],
        ),
        (
            BODY + MEETING + DOCUMENT + 'segmentation.strategy = "dahs"',
            [
                "meeting[1].document[1].segmentation.strategy: "
                "expected one of numbered, decimal, sectioned, dash, prose, none"
            ],
        ),
        (
            BODY + MEETING + DOCUMENT + 'segmentation.begin = "x"',
            ["meeting[1].document[1].segmentation.begin: unknown key"],
        ),
        (BODY + "id = 3", ["expected TOML: Cannot overwrite a value (at "]),
        (BODY + "[[meeting]", ["expected TOML: "]),
    ],
)
def test_a_mistake_is_named_with_its_key_and_what_was_expected(tmp_path: Path, text: str, expected: list[str]) -> None:
    found = mistakes_of(tmp_path, text)
    assert len(found) == len(expected), found
    for sentence, beginning in zip(found, expected, strict=True):
        assert sentence.startswith(beginning)


OWN = field_of_catalogues(
    name="subject",
    names={"es": ("sujeto",)},
    label="Subject",
    choice="Only texts for this one.",
    finds="for the States",
    example="States",
    in_texts=find_subjects,
    in_kinds=(Kind.RECOMMENDATION,),
)
"""A field of the tests' own whose values catalogues define."""


@pytest.fixture
def own_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cast("dict[str, Field]", FIELDS), OWN.name, OWN)


VALUES = """
[fields.subject.states]
name.en = "States"
name.es = "Estados"
phrases.en = ["States", "member States"]
phrases.es = ["Estados"]

[fields.subject.the-secretariat]
name.en = "Secretariat"
phrases.en = ["Secretariat"]
"""


@pytest.mark.usefixtures("own_field")
def test_a_catalogue_defines_the_values_of_a_field_with_names_and_phrases(tmp_path: Path) -> None:
    assert load_catalogue(folder_with(tmp_path, BODY + VALUES + MEETING)).body.fields == {
        "subject": (
            FieldValue(
                "states",
                {"en": "States", "es": "Estados"},
                {"en": ("States", "member States"), "es": ("Estados",)},
            ),
            FieldValue("the-secretariat", {"en": "Secretariat"}, {"en": ("Secretariat",)}),
        )
    }


@pytest.mark.usefixtures("own_field")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            VALUES.replace("subject", "subjekt"),
            ["fields.subjekt: no field whose values are found in texts. Use one of "],
        ),
        (VALUES.replace(".states]", ".The-States]"), ["fields.subject.The-States: expected an id of small letters"]),
        (VALUES.replace('name.en = "S', 'nmae.en = "S', 1), ["fields.subject.states.nmae: unknown key. Did you mean"]),
        ("[fields.subject.states]", ["fields.subject.states.name: missing", "fields.subject.states.phrases: missing"]),
        ("fields = 3", ["body.fields: unknown key"]),
        ("[fields]\nsubject = 3", ["fields.subject: expected a table, found 3"]),
        (
            VALUES.replace('es = ["E', 'spanish = ["E'),
            ["fields.subject.states.phrases.spanish: expected a"],
        ),
        (
            VALUES.replace('es = ["E', 'xx = ["E'),
            ["fields.subject.states.phrases.xx: no text of this body is in this language"],
        ),
        (VALUES.replace('["Estados"]', "[]"), ["fields.subject.states.phrases.es: expected a list of texts"]),
        (VALUES.replace('["Estados"]', '"Estados"'), ["fields.subject.states.phrases.es: expected a list of texts"]),
        (
            VALUES.replace('["Secretariat"]', '["MEMBER states"]'),
            ["fields.subject.the-secretariat.phrases.en: 'MEMBER states' names another value already, in "],
        ),
    ],
)
def test_a_mistake_in_the_values_of_a_field_is_named_with_its_key(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    found = mistakes_of(tmp_path, BODY + text + MEETING)
    assert len(found) == len(expected), found
    for sentence, beginning in zip(found, expected, strict=True):
        assert sentence.startswith(beginning)


@pytest.mark.usefixtures("own_field")
def test_what_is_written_of_a_field_is_what_is_read(tmp_path: Path) -> None:
    body = load_catalogue(folder_with(tmp_path, BODY + VALUES + MEETING)).body
    text = catalogue_text(body, (), (), pdf_folder=None, comment="")
    assert load_catalogue(folder_with(tmp_path / "again", text)).body == body


@pytest.mark.usefixtures("own_field")
def test_an_item_gets_the_values_that_any_of_its_versions_names(tmp_path: Path) -> None:
    body = load_catalogue(folder_with(tmp_path, BODY + VALUES + MEETING)).body
    texts = {"en": "That the Secretariat help.", "es": "Que los Estados ayuden."}
    both = add_field_values(item("IX", "1", texts), body)
    assert both.values == {"subject": ("states", "the-secretariat")}
    for other in (
        item("IX", "1", texts, kind=Kind.PREAMBLE),
        item("IX", "1", {"en": "That the States' help be sought."}),
        item("IX", "1", {"de": "That the States help."}),
    ):
        assert add_field_values(other, body) is other
        assert add_field_values(item("IX", "1", texts), replace(body, fields={})).values == {}


@pytest.mark.parametrize("name", ["../x.pdf", "/etc/x.pdf", "a/../../x.pdf", "a\\\\x.pdf", "C:x.pdf", ".", "a\\nb.pdf"])
def test_a_file_that_leaves_the_folder_of_pdfs_is_a_mistake(tmp_path: Path, name: str) -> None:
    found = mistakes_of(tmp_path, BODY + MEETING + DOCUMENT.replace("IX-en.pdf", name))
    assert len(found) == 1
    assert found[0].startswith("meeting[1].document[1].file: expected a file within the folder of PDFs")


def test_all_mistakes_are_listed_at_once(tmp_path: Path) -> None:
    text = BODY.replace('"group"', '"other"') + MEETING.replace("9", "-1") + "first_day = 3\n" + DOCUMENT + "rol = 1"
    assert [mistake.split(":")[0] for mistake in mistakes_of(tmp_path, text)] == [
        "body.id",
        "meeting[1].ordinal",
        "meeting[1].first_day",
        "meeting[1].document[1].rol",
    ]


def test_a_catalogue_that_is_no_utf_8_names_the_byte(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "")
    (folder / FILE_NAME).write_bytes(BODY.encode() + 'name.es = "Reunión"'.encode("latin-1"))
    with pytest.raises(CatalogueError, match=r"is no UTF-8\. Save it as a text file in UTF-8\."):
        load_catalogue(folder)


def test_the_mistakes_of_all_bodies_are_listed_at_once(tmp_path: Path) -> None:
    folder_with(tmp_path, BODY.replace("group", "a") + "x = 1", "a")
    folder_with(tmp_path, BODY.replace("group", "b") + MEETING, "b")
    folder_with(tmp_path, BODY.replace("group", "c") + "y = 1", "c")
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "Report.PDF").write_bytes(b"%PDF-")
    with pytest.raises(CatalogueError) as caught:
        load_corpus(tmp_path)
    assert [Path(str(mistake).split(":")[0]).relative_to(tmp_path).parts[0] for mistake in caught.value.messages] == [
        "a",
        "c",
        "d",
    ]


def test_a_corpus_without_a_catalogue_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="indexer init FOLDER"):
        load_corpus(tmp_path)
    with pytest.raises(CatalogueError, match=r"the folder of the corpus cannot be read: .*\. --corpus names another"):
        load_corpus(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "I"), (4, "IV"), (9, "IX"), (10, "X"), (14, "XIV"), (49, "XLIX"), (94, "XCIV"), (110, "CX")],
)
def test_an_ordinal_has_a_roman_numeral(number: int, numeral: str) -> None:
    assert numeral == roman(number)


@pytest.mark.parametrize(
    ("symbol", "revision"),
    [
        ("CIBER-IX/doc.3/16 rev.1", 1),
        ("CIBER-IV/doc.4/06 rev. 1", 1),
        ("REMJA-III/doc. 13/00 rev. 2", 2),
        ("CIBER-VIII/doc.1/11", 0),
        ("A/HRC/14/11/Rev.1", 1),
        ("PREV.2/doc.1", 0),
        ("doc.1/REV12", 12),
    ],
)
def test_the_revision_is_read_from_the_symbol(symbol: str, revision: int) -> None:
    assert revision == revision_of(symbol)


def test_the_ten_real_meetings_are_catalogued() -> None:
    catalogue = load_catalogue(CORPUS / "remja-cybercrime")
    assert [each.id for each in catalogue.meetings] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
    assert [each.year for each in catalogue.meetings] == [1999, 1999, 2003, 2006, 2007, 2010, 2012, 2014, 2016, 2022]
    assert not catalogue.body.fictional
    assert all(each.page and set(each.title) == {"en", "es"} for each in catalogue.meetings)
