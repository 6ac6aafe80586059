import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from indexer.generations import Generation, IndexStore
from indexer.model import Body, Item, Meeting, Version
from search_app import create_app
from search_app.present.citation.citer import Citer
from search_app.present.citation.formats import FORMATS, bibtex, bibtex_key, csl_json, one_line, ris
from search_app.present.citation.record import Record
from search_app.present.citation.styles import citations_of, own_form
from search_app.request.urls import Links
from search_app.web.settings import Settings
from tests.support.citations import print_csl, read_bibtex, read_ris
from tests.support.library import publication

pytestmark = pytest.mark.xdist_group("needs")

TODAY = date(2026, 12, 1)
WHOLE = publication()


@pytest.fixture(scope="module")
def own_app(store: IndexStore) -> Flask:
    return create_app(Settings(index=store.folder))


def citer(app: Flask) -> Citer:
    return Citer(Links(app.url_map, None, "", "https://search.example"), "0123abcd", TODAY, TODAY)


@pytest.fixture(scope="module")
def sample(own_app: Flask, generation: Generation) -> Sequence[Record]:
    bodies = {body.id: body for body in generation.bodies}
    meetings = {meeting.key: meeting for meeting in generation.meetings}
    with own_app.app_context():
        records = [
            citer(own_app).record(item, version, meeting, bodies[item.body])
            for item in generation.index.items()
            for meeting in (meetings[f"{item.body}/{item.meeting}"],)
            for version in item.versions
        ]
        # As many again with less that is known: one day, no place, no symbol.
        fewer = [
            citer(own_app).record(
                replace(item, id=f"other/{item.id}"), replace(version, symbol=None), meeting, bodies[item.body]
            )
            for item in generation.index.items()
            for held in (meetings[f"{item.body}/{item.meeting}"],)
            for meeting in (replace(held, venue={}, last_day=held.first_day),)
            for version in item.versions
        ]
    return [*records, *fewer]


def test_the_sample_has_enough_to_cite(sample: Sequence[Record]) -> None:
    assert len(sample) >= 500
    assert {record["language"] for record in sample} == {"en", "es", "fr", "pt"}
    assert len({record["id"] for record in sample}) == len(sample)


LINES = ("title", "event-title", "event-place", "publisher", "genre", "number", "page", "language", "URL", "abstract")


def facts(record: Record) -> dict[str, str]:
    """The facts that every format is to give back, on one line each."""
    return {name: one_line(record[name]) for name in (*LINES, "note") if one_line(record.get(name, ""))}


def day(parts: Sequence[int], separator: str) -> str:
    return separator.join(f"{part:02}" for part in parts)


def test_each_citation_in_ris_comes_back_as_it_was(sample: Sequence[Record]) -> None:
    for record, entry in zip(sample, read_ris("".join(ris(sample))), strict=True):
        assert facts(entry) == facts(record)
        assert entry["author"] == record["author"][0]["literal"].replace(",", "")
        assert entry["accessed"] == "2026/12/01/"
        assert entry["issued"] == day(record["issued"]["date-parts"][-1], "/") + "/"


def test_each_citation_in_bibtex_comes_back_as_it_was(sample: Sequence[Record]) -> None:
    for record, entry in zip(sample, read_bibtex("".join(bibtex(sample))), strict=True):
        assert facts(entry) == facts(record)
        assert entry["author"] == record["author"][0]["literal"]
        assert entry["accessed"] == "2026-12-01"
        assert entry["issued"] == "/".join(day(each, "-") for each in record["issued"]["date-parts"])


def test_each_record_of_csl_is_printed_by_another_program(sample: Sequence[Record]) -> None:
    written = "".join(csl_json(sample))
    assert json.loads(written) == [json.loads(json.dumps(record)) for record in sample]
    for record, printed in zip(sample, print_csl(written), strict=True):
        # An institution stands whole, and before everything else.
        assert printed.startswith(record["author"][0]["literal"])
        assert record["title"] in printed


@pytest.mark.parametrize("style", ["own", "apa", "chicago", "oscola"])
def test_each_printed_citation_has_all_facts(own_app: Flask, sample: Sequence[Record], style: str) -> None:
    with own_app.app_context():
        for record in sample:
            printed = citations_of(record)[style]
            known = (record["author"][0]["literal"], record["event-title"], record["custom"]["name"], record["URL"])
            assert [fact for fact in (*known, record["page"], record.get("number", "")) if fact not in printed] == []
            assert str(record["issued"]["date-parts"][0][0]) in printed


def cited(app: Flask, language: str, **changed: Any) -> tuple[Record, dict[str, str]]:
    whole = WHOLE
    item = next(each for each in whole.items if each.id == "sample/IX/2")
    meeting = next(each for each in whole.meetings if each.key == "sample/IX")
    return record_of(app, item, language, replace(meeting, **changed), whole.bodies[0])


def record_of(app: Flask, item: Item, language: str, meeting: Meeting, body: Body) -> tuple[Record, dict[str, str]]:
    version: Version = next(each for each in item.versions if each.language == language)
    with app.app_context():
        record = citer(app).record(item, version, meeting, body)
        return record, dict(citations_of(record))


BODY = "Serenda Working Group on Cybercrime and Digital Evidence (fictional)"
GRUPO = "Grupo de Trabajo en Delito Cibernético y Evidencia Digital de Serenda (ficticio)"
NINTH = "Ninth Meeting of the Working Group on Cybercrime and Digital Evidence"
NOVENA = "Novena Reunión del Grupo de Trabajo en Delito Cibernético y Evidencia Digital"
SYMBOL = "ISLA-IX/doc.3/16 rev.1"
ADDRESS = "https://search.example/item/sample/IX/2"


def test_a_citation_is_in_the_words_of_the_language_cited(app: Flask) -> None:
    assert cited(app, "en")[1] == {
        "own": f"{BODY}, {NINTH}, Port Ambrel, Alvora, December 12–13, 2016, Recommendation 2, {SYMBOL}, page 2. "
        f"{ADDRESS}",
        "apa": f"{BODY}. (2016, December 12–13). Recommendation 2, {NINTH} ({SYMBOL}, p. 2). {ADDRESS}",
        "chicago": f"{BODY}, “Recommendation 2,” {NINTH} (Port Ambrel, Alvora, December 12–13, 2016), {SYMBOL}, 2, "
        f"accessed December 1, 2026, {ADDRESS}.",
        "oscola": f"{BODY}, ‘Recommendation 2, {NINTH}’ (12–13 December 2016) {SYMBOL}, 2 <{ADDRESS}> "
        "accessed 1 December 2026",
    }
    spanish = cited(app, "es")[1]
    assert spanish["apa"] == (
        f"{GRUPO}. (2016, 12–13 de diciembre). Recomendación 2, {NOVENA} ({SYMBOL}, p. 2). {ADDRESS}#es"
    )
    assert "consultado el 1 de diciembre de 2026" in spanish["chicago"]


@pytest.mark.parametrize(
    ("first", "last", "apa"),
    [
        (None, None, "(n.d.)"),
        (date(2016, 12, 12), date(2016, 12, 12), "(2016, December 12)"),
        (date(2016, 11, 30), date(2016, 12, 2), "(2016, November 30–December 2)"),
        (date(2016, 12, 30), date(2017, 1, 2), "(December 30, 2016–January 2, 2017)"),
    ],
)
def test_days_are_written_as_far_as_they_are_known(app: Flask, first: date | None, last: date | None, apa: str) -> None:
    record, printed = cited(app, "en", first_day=first, last_day=last)
    assert apa in printed["apa"]
    assert ("issued" in record) == (first is not None)
    assert ", ," not in "".join(printed.values())
    assert "()" not in "".join(printed.values())
    assert read_bibtex("".join(bibtex([record])))[0]["issued"] == (
        first and "/".join(each.isoformat() for each in dict.fromkeys((first, last)) if each)
    )
    assert len(read_ris("".join(ris([record])))) == 1


def test_an_organization_has_a_form_of_its_own(app: Flask) -> None:
    record, _ = cited(app, "en")
    forms = {"en": "{symbol}[, in {venue}], para. {item} [see {address}]", "es": "{body}"}
    with app.app_context():
        assert own_form(record, forms) == f"{SYMBOL}, in Port Ambrel, Alvora, para. Recommendation 2 see {ADDRESS}"
        assert own_form({**record, "event-place": ""}, forms).startswith(f"{SYMBOL}, para.")
        assert own_form({**record, "number": "{body} [x]"}, forms).startswith("{body} [x], in")


AWKWARD = st.text(
    st.sampled_from("aÀé {}`?!\\%&$#_~^\"'\n\r\t,;@=-–|<>[]()\u2028\u0085ñ")
    | st.characters(categories=["L", "N", "P"], exclude_characters="\u02c6")
)


@given(author=AWKWARD.filter(one_line), text=AWKWARD, symbol=AWKWARD)
def test_no_sign_of_a_text_is_lost_on_the_way(app: Flask, author: str, text: str, symbol: str) -> None:
    whole = WHOLE
    item, meeting = (
        whole.items[0],
        next(each for each in whole.meetings if each.key == f"sample/{whole.items[0].meeting}"),
    )
    version = replace(item.versions[0], text=f"Text {text}.", symbol=f"ISLA/{symbol}")
    body = replace(whole.bodies[0], name={"en": f"Body {author}."})
    record, printed = record_of(app, replace(item, versions=(version,)), "en", meeting, body)
    (tex,) = read_bibtex("".join(bibtex([record, {**record, "id": "another"}])))[:1]
    assert facts(tex) == facts(record)
    assert tex["author"] == one_line(f"Body {author}.")
    (entry, _) = read_ris("".join(ris([record, record])))
    assert facts(entry) == facts(record)
    assert entry["author"] == one_line(f"Body {author}.".replace(",", ""))
    (read,) = json.loads("".join(csl_json([record])))
    assert read["author"] == [{"literal": f"Body {author}."}]
    assert all(f"Body {author}." in each for each in printed.values())


@given(st.lists(st.text(), unique=True))
def test_ids_that_differ_have_keys_that_differ(ids: list[str]) -> None:
    keys = [bibtex_key(each) for each in ids]
    assert len(set(keys)) == len(keys)
    assert all(key.isascii() and not set(key) & set('{},%~#\\" ') for key in keys)


@pytest.mark.parametrize("form", FORMATS)
def test_no_records_make_a_file_that_can_be_read(form: str) -> None:
    written = b"".join(FORMATS[form].write([]))
    assert form != "json" or json.loads(written) == []
