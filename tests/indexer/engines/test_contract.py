"""Contract of all engines: each promise is stated once and run on each."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest

from indexer.analysis.fields import FIELDS, Field
from indexer.engines.base import Engine, Index
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh import WhooshEngine
from indexer.model import (
    Completion,
    Concept,
    Count,
    Dictionary,
    Facet,
    Filter,
    Hit,
    Kind,
    Match,
    Publication,
    Results,
    Sort,
    Span,
    Synonym,
)
from indexer.model.errors import BadIndex, BadQuery, StorageError
from indexer.query.parser import parse
from tests.support.publications import item, of_texts, publication

ENGINES: tuple[Engine, ...] = (MemoryEngine(), WhooshEngine())
Opened = Callable[[Publication], Index]


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def engine(request: pytest.FixtureRequest) -> Engine:
    chosen: Engine = request.param
    return chosen


@pytest.fixture
def opened(engine: Engine, tmp_path: Path) -> Iterator[Opened]:
    indexes: list[Index] = []

    def open_published(publication: Publication) -> Index:
        folder = tmp_path / str(len(indexes))
        folder.mkdir()
        engine.publish(folder, publication, lambda _done, _all: None)
        indexes.append(engine.open(folder))
        return indexes[-1]

    yield open_published
    for index in indexes:
        index.close()


@pytest.mark.parametrize("memory", [0, 20_000])
def test_what_is_kept_takes_no_more_than_the_memory_given_and_changes_no_answer(
    engine: Engine, tmp_path: Path, memory: int
) -> None:
    words = [f"{onset}{vowel}{coda}" for onset in "bdfg" for vowel in "aeiou" for coda in ("n", "st", "ción")]
    texts = [" ".join(words[place % 7 :: 1 + place % 5]) for place in range(30)]
    engine.publish(tmp_path, of_texts(*texts), lambda _done, _all: None)
    chosen = (Filter("lang", "en"), Filter("meeting", "I"))
    asked = [parse(f"{one} {two}*", chosen=chosen) for one, two in pairwise(words)]
    with closing(engine.open(tmp_path)) as large, closing(engine.open(tmp_path, memory)) as small:
        for query in [*asked, *(parse(each.text, match="any") for each in asked)]:
            assert small.search(query) == large.search(query)
            assert small.nbytes <= memory
        assert large.nbytes > 20_000
        large.close()
        assert large.nbytes == 0


def ids(results: Results) -> list[str]:
    return [hit.item.path for hit in results.hits]


def marked(hit: Hit) -> list[str]:
    return [hit.version.text[mark.start : mark.end] for window in hit.snippet for mark in window.marks]


TEXTS = {
    "1": "That the States establish specialized units to investigate cyber-crime.",
    "2": "That each State designate a point of contact for the 24/7 network of the G-8.",
    "3": "To review the document CIBER-IX/doc.3/16 and resolution AG/RES. 2894 (XLVI-O/16).",
    "4": "That electronic evidence be preserved; the evidence of crimes, and of other crimes.",
    "5": "The military shall not investigate.",
}
SPANISH = {
    "6": "Que los Estados adopten la resolución sobre la prueba electrónica del año.",
    "7": "Resolucion del ano, sin acentos.",
    "8": "L'évidence n'est pas une preuve.",
}

FINDS = [
    ("states", "12", "an inflected form is met by another"),
    ("STATES", "12", "case makes no difference"),
    ("cybercrime", "1", "the joined form meets the one with a hyphen"),
    ("cyber crime", "1", "two words meet the compound"),
    ("cyber-crime", "1", "a compound meets itself"),
    ('"cyber crime"', "1", "in quotation marks as well"),
    ("24/7", "2", "a number with a slash is one thing"),
    ("G8", "2", "a joint may be left out"),
    ("G-8", "2", "or typed"),
    ("CIBER-IX/doc.3/16", "3", "a symbol is found whole"),
    ('"AG/RES. 2894"', "3", "a symbol is found in quotation marks"),
    ("resolucion", "67", "a word without its accents meets the accented one"),
    ('"resolucion"', "67", "in quotation marks accents fold, and no inflected form is met"),
    ("evidence", "48", "an elided article is passed over"),
    ("states -units", "2", "a word after a minus does not stand in what is found"),
    ("NOT military", "1234678", "a query may exclude alone"),
    ("investigate NOT military", "1", "NOT excludes"),
    ("investigate AND NOT military", "1", "after AND as well, and nothing of what it excludes leaks in"),
    ("investigate AND military", "5", "AND is an operator and no word"),
    ('"point of contact" network', "2", "a phrase and a word beside it must both match"),
    ('network "contact of point"', "", "and a phrase beside a word stays a phrase"),
    ("point-of-contact", "2", "words with hyphens meet the words without"),
    ("[cyber-crime]", "1", "brackets are no operators"),
    ("+states +investigate", "1", "a plus changes nothing"),
    ("title:special*", "", "an unknown field is read as a word, and never dropped"),
    ("military OR network", "25", "OR finds either"),
    ("(military OR network) states", "2", "parentheses group"),
    ("special*", "1", "a prefix is completed"),
    ("cybercr*", "1", "in compounds however they are written"),
    ("cyber-cr*", "1", "in compounds however they are typed"),
    ("cyber-vi*", "", "and in no other words"),
    ("l'electr*", "46", "without an elided article"),
    ("militery~", "5", "a slip is forgiven"),
    ("militaryy", "", "but only where it is asked to be"),
    ('"point of contact"', "2", "a phrase stands side by side"),
    ('"contact of point"', "", "in its order"),
    ("point NEAR/1 contact", "2", "NEAR counts the words between"),
    ("contact NEAR/1 point", "2", "in either order"),
    ("point NEAR/0 contact", "", "and no farther"),
    ("lang:es", "67", "a filter alone finds what it lets through"),
    ("states lang:en", "12", "a filter and a word must both match"),
    ("-lang:en", "678", "a filter can be negated"),
    ("", "12345678", "the empty query finds everything"),
    ("!@#", "12345678", "signs ask for nothing"),
    ("very-unlikely-phrase-xyz123", "", "what stands nowhere is not found"),
]


@pytest.fixture
def corpus(opened: Opened) -> Index:
    texts = [item("I", path, {"en": text}) for path, text in TEXTS.items()]
    languages = {"6": "es", "7": "es", "8": "fr"}
    return opened(publication([*texts, *(item("II", path, {languages[path]: text}) for path, text in SPANISH.items())]))


@pytest.mark.parametrize(("text", "found", "sentence"), FINDS, ids=[sentence for _, _, sentence in FINDS])
def test_a_query_finds(corpus: Index, text: str, found: str, sentence: str) -> None:
    results = corpus.search(parse(text, limit=50))
    assert sorted(ids(results)) == list(found), sentence
    assert results.total == len(found)


MEETS = [
    ("en", "e-mail", "by email"),
    ("en", "email", "by e-mail"),
    ("en", "cyber crime", "all cybercrimes"),
    ("en", "cybercrimes", "of cyber crime"),
    ("en", "G7", "the G-7 network"),
    ("en", "24/7", "the 24 / 7 network"),
    ("en", "24-hour/7-day", "a 24 hour/7 day network"),
    ("en", "AG/RES. 2040 (XXXIV-O/04)", "AG/RES 2040 (XXXIV-0/04)"),
    ("en", "AG/RES 2040 XXXIV-0/04", "resolution AG/RES. 2040 (XXXIV-O/04)"),
    ("en", "CIBER-IX/doc.3/16 rev.1", "see CIBER-IX//doc. 3/16 rev. 1"),
    ("en", "CIBER-IX/doc.3/16", "see CIBER-IX/doc.3/16 rev. 2"),
    ("es", "recomendacion", "las recomendaciones"),
    ("es", "delito cibernetico", "los delitos cibernéticos"),
    ("es", "autoridad", "las autoridades"),
    ("es", "jueces", "el juez"),
    ("es", "establecio", "que establezcan, que estableció"),
    ("pt", "recomendacao", "as recomendações"),
    ("pt", "agua", "um copo d’água"),
    ("pt", "tribunal", "os tribunais"),
    ("fr", "cybercriminalite", "la cybercriminalité"),
    ("fr", "l'evidence", "de l’évidence"),
    ("fr", "reseau", "les réseaux"),
    ("de", "prufung", "die Prüfung"),
    ("th", "ทํา", "ทำ"),
    ("pt", "artigo 5", "o artigo 5º"),
    ("pt", "artigo 5º", "o artigo 5"),
    ("pt", '"artigo 5"', "o artigo 5.º da lei, artigo 5º"),
    ("pt", "parte 1", "a 1ª parte"),
    ("es", "inciso 5", "el inciso 5to"),
    ("es", "3er informe", "informe 3"),
    ("fr", "article 1", "l’article 1er"),
    ("fr", "réunion 2", "la 2e réunion"),
    ("en", "meeting 3", "the 3rd meeting"),
    ("en", "2500000", "2\xa0500\xa0000 euros"),
    ("en", "2500000", "2.500.000 euros"),
    ("en", "2,500,000", "2 500 000 euros"),
    ("en", "3200", "some 3 200 forms"),
    ("en", "7 100", "some 7100 forms"),
    ("en", '"given a book … with examples"', "be given a book of law with examples"),
    ("en", '"given a book [...] with examples"', "be given a book of law with examples"),
]


@pytest.mark.parametrize(("language", "asked", "printed"), MEETS)
def test_a_query_meets_what_is_printed_otherwise(opened: Opened, language: str, asked: str, printed: str) -> None:
    index = opened(of_texts(printed, "0", language=language))
    assert ids(index.search(parse(asked))) == ["1"]


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("2016300", "in 2016 300 forms"),
        ("2000", "the 2,000,000 or 1 2000"),
        ("1200000", "in 1 200, 000"),
        ("artigo 6", "artigo 5º"),
    ],
)
def test_numbers_that_only_stand_side_by_side_are_not_one(opened: Opened, asked: str, printed: str) -> None:
    assert (opened(of_texts(printed)).search(parse(asked)).total == 1) == (asked == "2000")


MARKS = [
    ("states", ["States"]),
    ("cybercrime", ["cyber-crime"]),
    ('"specialized units"', ["specialized units"]),
    ("units specialized", ["specialized", "units"]),
    ("invest*", ["investigate"]),
    ("investigite~", ["investigate"]),
    ("establish NEAR/1 units", ["establish", "units"]),
    ('"specialized units" units', ["specialized units"]),
    ("states -military", ["States"]),
]


@pytest.mark.parametrize(("text", "marks"), MARKS)
def test_marks_stand_on_exactly_what_matched(opened: Opened, text: str, marks: list[str]) -> None:
    index = opened(of_texts(TEXTS["1"]))
    (hit,) = index.search(parse(text)).hits
    assert marked(hit) == marks
    (spans,) = index.spans(parse(text), hit.item).values()
    assert [TEXTS["1"][span.start : span.end] for span in spans] == marks


def test_a_phrase_is_marked_as_a_phrase_and_not_by_its_words_elsewhere(opened: Opened) -> None:
    text = "The evidence was lost. Electronic evidence was kept, and the electronic post."
    (hit,) = opened(of_texts(text)).search(parse('"electronic evidence"')).hits
    assert marked(hit) == ["Electronic evidence"]


def test_a_query_must_match_within_one_version(opened: Opened) -> None:
    index = opened(publication([item("I", "1", {"en": "legal assistance", "es": "asistencia jurídica"})]))
    assert index.search(parse("legal jurídica")).total == 0
    (hit,) = index.search(parse("jurídica")).hits
    assert (hit.version.language, hit.languages) == ("es", ("es",))


def test_an_item_is_one_hit_however_many_of_its_versions_match(opened: Opened) -> None:
    index = opened(publication([item("I", "1", {"en": "the 24/7 network", "es": "la red 24/7 24/7"})]))
    results = index.search(parse("24/7"))
    assert results.total == 1
    assert results.hits[0].languages == ("en", "es")
    assert results.hits[0].version.language == "es"


HELD = publication(
    [
        item("I", "1", {"en": "one word", "es": "una palabra"}),
        item("I", "2", {"en": "word"}, kind=Kind.PREAMBLE),
        item("II", "1", {"es": "word"}),
        item("III", "1", {"en": "word two"}),
        item("IV", "1", {"en": "word"}, body="other"),
    ]
)


@pytest.mark.parametrize(
    "text", ["word", "", "word two", "NOT two", "word OR palabra", "meeting:I", "year:2006", "lang:es"]
)
@pytest.mark.parametrize("chosen", [(), ("year", "2006"), ("lang", "es"), ("body", "other"), ("kind", "preamble")])
@pytest.mark.parametrize("match", ["all", "any"])
def test_a_facet_counts_what_one_gets_on_choosing_it(
    opened: Opened, text: str, chosen: tuple[str, str], match: Match
) -> None:
    index = opened(HELD)
    already = (Filter(*chosen),) if chosen else ()
    results = index.search(parse(text, chosen=already, match=match))
    assert [facet.field for facet in results.facets] == list(FIELDS)
    for facet in results.facets:
        others = tuple(choice for choice in already if choice.field != facet.field)
        for count in facet.counts:
            choice = Filter(facet.field, count.value)
            assert index.search(parse(text, chosen=(*others, choice), match=match)).total == count.count > 0, choice


def test_facets_show_the_largest_count_first_and_the_newest_year(opened: Opened) -> None:
    facets = {facet.field: facet for facet in opened(HELD).search(parse("")).facets}
    meetings = (Count("body/I", 2), Count("body/II", 1), Count("body/III", 1), Count("other/IV", 1))
    assert facets["meeting"] == Facet("meeting", meetings)
    assert facets["year"] == Facet("year", (Count("2006", 2), Count("1999", 2)))


MEETINGS = ["II", "ii", "2", "second", "Segunda", "body/II", "BODY/ii"]


@pytest.mark.parametrize("value", MEETINGS)
def test_a_meeting_can_be_named_in_many_ways_typed_or_chosen(opened: Opened, value: str) -> None:
    index = opened(HELD)
    assert [hit.item.id for hit in index.search(parse(f'meeting:"{value}"')).hits] == ["body/II/1"]
    assert [hit.item.id for hit in index.search(parse("", chosen=(Filter("meeting", value),))).hits] == ["body/II/1"]


@pytest.mark.parametrize("choice", [Filter("year", "soon"), Filter("year", "2006.."), Filter("colour", "red")])
def test_a_choice_that_cannot_be_read_is_a_bad_query(opened: Opened, choice: Filter) -> None:
    if choice.value == "2006..":
        assert opened(HELD).search(parse(chosen=(choice,))).total == 2
        return
    with pytest.raises(BadQuery):
        opened(HELD).search(parse(chosen=(choice,)))


def test_a_query_of_filters_alone_has_no_partial_matches(opened: Opened) -> None:
    results = opened(HELD).search(parse("(year:1999 OR meeting:I) (lang:en OR lang:es) meeting:III"))
    assert (results.total, results.partial) == (0, ())


def test_what_a_query_cites_stands_beside_its_results_as_far_as_choices_leave_it(opened: Opened) -> None:
    index = opened(HELD)
    asked = replace(parse("palabra"), cited=("body/III/1", "body/I/1", "body/IX/1"))
    results = index.search(asked)
    assert [hit.item.id for hit in results.cited] == ["body/III/1", "body/I/1"]
    assert [(hit.languages, hit.version.language) for hit in results.cited] == [(("en",), "en"), (("en", "es"), "en")]
    assert replace(results, cited=()) == index.search(parse("palabra"))
    spanish = index.search(replace(asked, chosen=(Filter("lang", "es"),)))
    assert [(hit.item.id, hit.languages, hit.version.language) for hit in spanish.cited] == [
        ("body/I/1", ("es",), "es")
    ]
    assert [hit.item.id for hit in index.search(replace(asked, limit=1)).cited] == ["body/III/1"]
    assert index.search(replace(asked, offset=1)).cited == ()


def test_what_is_typed_ranks_before_accents_before_stems_before_equivalents_before_slips(opened: Opened) -> None:
    texts = ["las resoluciones de ayer", "la resolución de ayer", "la resolucion de ayer", "la decisión de ayer"]
    concept = Concept("resolution", (Synonym("es", "resolución"), Synonym("es", "decisión")))
    held = of_texts(*texts, language="es")
    index = opened(Publication(held.bodies, held.meetings, held.items, (), (concept,)))
    assert ids(index.search(parse("resolucion"))) == ["3", "2", "1", "4"]
    assert ids(index.search(parse("resolución"))) == ["2", "3", "1", "4"]
    assert ids(index.search(parse("resolucien~"))) == ["2", "3"]


def test_a_typed_n_with_a_tilde_is_no_n_but_meets_one(opened: Opened) -> None:
    index = opened(of_texts("el ano nuevo", "el año nuevo", language="es"))
    assert ids(index.search(parse("año"))) == ["2", "1"]
    assert ids(index.search(parse("ano"))) == ["1", "2"]


def test_a_word_without_its_accents_meets_accented_and_inflected_forms_at_once(opened: Opened) -> None:
    index = opened(of_texts("la respiración", "las respiraciones", "respirar", "la resolución", language="es"))
    assert sorted(ids(index.search(parse("respiracion")))) == ["1", "2", "3"]
    assert sorted(ids(index.search(parse("respiraciones")))) == ["1", "2", "3"]


def test_words_written_without_spaces_are_found_within_their_sentence(opened: Opened) -> None:
    index = opened(of_texts("個人データ保護の原則", "犯罪の捜査", language="ja"))
    assert ids(index.search(parse('"データ保護"'))) == ["1"]
    assert ids(index.search(parse("データ保護"))) == ["1"]
    assert ids(index.search(parse("捜査"))) == ["2"]
    assert index.search(parse('"保護データ"')).total == 0


def test_all_languages_are_searched_at_once_and_can_be_told_apart_afterwards(opened: Opened) -> None:
    held = publication([item("I", "1", {"en": "the portal"}), item("I", "2", {"es": "el portal"})])
    index = opened(held)
    results = index.search(parse("portal"))
    assert results.total == 2
    assert {facet.field: facet for facet in results.facets}["lang"].counts == (Count("en", 1), Count("es", 1))
    assert ids(index.search(parse("portal", chosen=(Filter("lang", "es"),)))) == ["2"]


def test_words_side_by_side_rank_before_words_apart(opened: Opened) -> None:
    texts = ["mutual aid and legal assistance in crime of here", "mutual legal assistance in crime of here and aid"]
    assert ids(opened(of_texts(*texts)).search(parse("mutual assistance"))) == ["2", "1"]


def test_a_recommendation_ranks_before_a_preamble_of_the_same_words(opened: Opened) -> None:
    items = [item("I", "1", {"en": "the same words"}, kind=Kind.PREAMBLE), item("I", "2", {"en": "the same words"})]
    assert ids(opened(publication(items)).search(parse("words"))) == ["2", "1"]


def test_ties_are_broken_by_id(opened: Opened) -> None:
    items = [item("I", path, {"en": "the same words"}, order=order) for order, path in enumerate("312")]
    assert ids(opened(publication(items)).search(parse("words"))) == ["1", "2", "3"]


def test_results_can_be_sorted_by_date_and_as_in_the_documents(opened: Opened) -> None:
    index = opened(HELD)
    by_date = [hit.item.id for hit in index.search(parse("", sort="date")).hits]
    assert by_date == ["body/III/1", "body/II/1", "body/I/1", "body/I/2", "other/IV/1"]
    by_document = [hit.item.id for hit in index.search(parse("", sort="document")).hits]
    assert by_document == ["body/I/1", "body/I/2", "body/II/1", "body/III/1", "other/IV/1"]
    oldest_first = [hit.item.id for hit in index.search(parse("", sort="oldest")).hits]
    assert oldest_first == ["body/I/1", "body/I/2", "body/II/1", "body/III/1", "other/IV/1"]
    by_year = [hit.item.id for hit in index.search(parse("word", sort="oldest", limit=2, offset=1)).hits]
    assert by_year == ["body/I/2", "body/II/1"]


@pytest.mark.parametrize("match", ["all", "any"])
def test_pages_put_together_are_all_results_and_those_beyond_are_empty(opened: Opened, match: Match) -> None:
    texts = [f"{'word ' * (number % 7 + 1)} and other {number}" for number in range(110)]
    index = opened(of_texts(*texts))
    whole = index.search(parse("word other", match=match, limit=200))
    pages = [index.search(parse("word other", match=match, offset=at, limit=20)) for at in range(0, 200, 20)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert whole.total == 110
    assert pages[-1].hits == ()


def test_hits_can_be_asked_for_in_any_order_of_the_items(opened: Opened) -> None:
    index = opened(of_texts(*(f"word {'even' * (place % 2 == 0)} {place}" for place in range(9))))
    asked = parse("even", sort="document")
    hits = {hit.item.order - 1: hit for hit in index.search(asked).hits}
    among = index.hits_in_order(asked, (8, 3, 2, 4, 5))
    assert among == (hits[8], hits[2], hits[4])
    assert index.hits_in_order(replace(asked, offset=1, limit=1), (8, 3, 2, 4, 5)) == (hits[2],)
    assert index.hits_in_order(replace(asked, offset=9), (8, 3)) == index.hits_in_order(asked, ()) == ()


def test_hits_in_an_order_of_the_items_are_of_the_version_that_matches_and_heed_choices(opened: Opened) -> None:
    index = opened(publication([item("I", "1", {"en": "police force", "es": "fuerza policial"}, order=1)]))
    (hit,) = index.hits_in_order(parse("policial"), (0,))
    assert (hit.version.language, hit.languages) == ("es", ("es",))
    assert index.hits_in_order(parse("policial", chosen=(Filter("lang", "en"),)), (0,)) == ()


def test_what_has_all_words_is_followed_by_what_lacks_some(opened: Opened) -> None:
    index = opened(of_texts("states and units", "states", "network", "units of the states", "nothing"))
    results = index.search(parse("states units"))
    assert (results.total, sorted(ids(results)), results.partial_total) == (2, ["1", "4"], 1)
    assert [(hit.item.path, hit.lacking) for hit in results.partial] == [("2", ("units",))]
    assert not any(hit.lacking for hit in results.hits)
    alone = index.search(parse("states units", match="all"))
    assert replace(results, partial=(), partial_total=0) == alone


def test_full_and_partial_matches_are_one_list_by_their_places(opened: Opened) -> None:
    texts = [f"{'states ' * (place % 3)}{'units ' * (place % 4)}and {place}" for place in range(90)]
    index = opened(of_texts(*texts))
    sorts: tuple[Sort, ...] = ("relevance", "oldest")
    for sort in sorts:
        whole = index.search(parse("states units", limit=200, sort=sort))
        assert (len(whole.hits), len(whole.partial)) == (whole.total, whole.partial_total)
        assert whole.total > 20 < whole.partial_total
        pages = [index.search(parse("states units", offset=at, limit=20, sort=sort)) for at in range(0, 120, 20)]
        assert [hit for page in pages for hit in (*page.hits, *page.partial)] == [*whole.hits, *whole.partial]
        assert {(page.total, page.partial_total) for page in pages} == {(whole.total, whole.partial_total)}


def test_a_full_page_counts_those_behind_it_though_it_shows_none(opened: Opened) -> None:
    held = publication(
        [
            item("I", str(place), {"en": f"states {'of units' * (place % 2)} {place}", "es": "units"})
            for place in range(30)
        ]
    )
    for text in ("states units", "states units lang:en", "of OR (states units)", "(units -states) OR (of lang:en)"):
        index = opened(held)
        small, whole = (index.search(parse(text, limit=limit)) for limit in (2, 100))
        assert (small.total, small.partial_total) == (whole.total, len(whole.partial)), text


def test_facets_count_what_has_all_words(opened: Opened) -> None:
    results = opened(HELD).search(parse("word two"))
    assert (results.total, results.partial_total) == (1, 4)
    assert {facet.field: facet for facet in results.facets}["meeting"].counts == (Count("body/III", 1),)


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("evidence (digital OR electronic)", {"1": ("evidence",), "2": ("digital OR electronic",), "4": ("evidence",)}),
        ("(digital evidence) OR training", {"1": ("evidence",), "2": ("digital",)}),
        ('"digital evidence"', {"1": ('"digital evidence"',), "2": ('"digital evidence"',)}),
        ("digital NEAR/2 evidence", {"1": ("digital NEAR/2 evidence",), "2": ("digital NEAR/2 evidence",)}),
        ("digital-evidence", {"1": ("digital-evidence",), "2": ("digital-evidence",)}),
        ("digital evidence -data", {"2": ("digital",)}),
        (
            "digital evidence training",
            {"1": ("evidence", "training"), "2": ("digital", "training"), "3": ("digital", "evidence")},
        ),
        ("digital OR evidence", {}),
        ("dig*", {}),
        ("24/7", {}),
    ],
)
def test_what_is_near_says_what_it_lacks(opened: Opened, text: str, lacking: dict[str, tuple[str, ...]]) -> None:
    index = opened(of_texts("digital data", "evidence", "training", "electronic post", "24 of 7 others"))
    partial = index.search(parse(text)).partial
    assert {hit.item.path: hit.lacking for hit in partial} == lacking


def test_a_quotation_counts_as_a_whole_and_by_its_words_where_any_word_may_match(opened: Opened) -> None:
    index = opened(of_texts("the contact of all points", "points of contact", "points", "nothing"))
    found = index.search(parse('what are "points of contact"', match="any"))
    assert ids(found) == ["2", "1", "3"]
    assert [hit.lacking for hit in found.hits] == [(), ('"points of contact"',), ('"points of contact"',)]
    assert marked(found.hits[1]) == ["contact", "points"]


def test_a_compound_does_not_count_more_than_its_words(opened: Opened) -> None:
    index = opened(of_texts("a boundary-layer of heat", "a boundary layer of heat", "boundarylayer", "layer", "heat"))
    joined = index.search(parse("boundary-layer", match="any", explain=True))
    assert {part.part for hit in joined.hits for part in hit.explained} == {"boundary", "layer", "boundary layer"}
    assert sorted(ids(joined)) == ["1", "2", "3", "4"]
    assert {hit.item.path: hit.lacking for hit in joined.hits}["3"] == ()
    score = {hit.item.path: hit.score for hit in joined.hits}
    assert score["1"] < 1.5 * score["2"]


def test_what_lacks_words_is_marked_in_its_text_as_in_the_list(opened: Opened) -> None:
    index = opened(of_texts("points and contact", "nothing"))
    for text in ('"points of contact"', "points-contact", "points contact never"):
        (hit,) = index.search(parse(text)).partial
        assert index.spans(parse(text), hit.item)["en"] == hit.snippet[0].marks != ()


def test_where_nothing_has_all_words_the_best_partial_matches_say_what_they_lack(opened: Opened) -> None:
    index = opened(of_texts("states and units", "states", "network"))
    results = index.search(parse("states units satellites"))
    assert (results.total, results.hits) == (0, ())
    assert [(hit.item.path, hit.lacking) for hit in results.partial] == [
        ("1", ("satellites",)),
        ("2", ("units", "satellites")),
    ]


def test_partial_matches_heed_filters_and_exclusions(opened: Opened) -> None:
    index = opened(HELD)
    partial = index.search(parse("word nothere -two year:2006")).partial
    assert [hit.item.id for hit in partial] == ["body/II/1"]


def test_any_word_may_match_and_words_of_grammar_do_not_count(opened: Opened) -> None:
    index = opened(of_texts("states and units", "the of and", "networks of states"))
    results = index.search(parse("what are the units of the states?", match="any"))
    assert ids(results) == ["1", "3"]
    assert results.hits[1].lacking == ("units",)


def test_words_of_grammar_need_not_match_where_others_stand_beside_them_and_it_is_said(opened: Opened) -> None:
    index = opened(of_texts("preservation of data, by providers", "preservation of data held with providers", "by law"))
    results = index.search(parse("the preservation of data by providers"))
    assert ids(results) == ["1", "2"]
    (note,) = results.notes
    assert (note.code, note.parts) == ("grammar-left-out", ("the, of, by",))
    assert note.sentence() == "Common words were treated as optional: the, of, by."
    assert sorted(ids(index.search(parse("by")))) == ["1", "3"]
    assert ids(index.search(parse("by -law"))) == ["1"]
    assert ids(index.search(parse('"preservation of data by providers"'))) == ["1"]
    assert ids(index.search(parse("BY data"))) == ["1"]
    assert ids(index.search(parse("PRESERVATION BY PROVIDERS"))) == ["1", "2"]


def test_a_prefix_of_too_many_words_and_a_word_too_short_for_a_slip_say_so(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.query.plan_builder.MAX_WORDS", 2)
    index = opened(of_texts("network networks networking", "a ca"))
    notes = [note for text in ("netw*", "ca~") for note in index.search(parse(text)).notes]
    assert [(note.code, note.sentence()) for note in notes] == [
        ("prefix-bounded", "“netw*” was read as the 2 most frequent words that begin so."),
        ("typo-too-short", "“ca~” is too short for ~ and was searched as typed."),
    ]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ([("meeting", "I"), ("meeting", "IV")], ["body/I/1", "body/I/2", "other/IV/1"]),
        ([("year", "1999"), ("year", "2006..")], ["body/I/1", "body/I/2", "body/II/1", "body/III/1"]),
        ([("meeting", "I"), ("meeting", "II"), ("lang", "es")], ["body/I/1", "body/II/1"]),
        ([("kind", "preamble"), ("kind", "note")], ["body/I/2"]),
        ([("kind", "preamble"), ("kind", "preamble")], ["body/I/2"]),
        ([("kind", "preamble"), ("meeting", "IV"), ("meeting", "XX")], []),
    ],
)
def test_any_of_the_values_chosen_in_a_field_will_do_and_all_fields_must(
    opened: Opened, chosen: list[tuple[str, str]], found: list[str]
) -> None:
    query = parse("", chosen=tuple(Filter(*each) for each in chosen), sort="document")
    results = opened(HELD).search(query)
    assert [hit.item.id for hit in results.hits] == found


def test_values_chosen_in_a_field_leave_its_own_counts_and_narrow_the_others(opened: Opened) -> None:
    index = opened(HELD)
    results = index.search(parse("", chosen=(Filter("meeting", "I"), Filter("meeting", "II"))))
    counts = {facet.field: {each.value: each.count for each in facet.counts} for facet in results.facets}
    assert counts["meeting"] == {"body/I": 2, "body/II": 1, "body/III": 1, "other/IV": 1}
    assert counts["year"] == {"1999": 2, "2006": 1}


def test_a_word_of_grammar_that_is_also_the_first_part_of_compounds_need_not_match_either(opened: Opened) -> None:
    index = opened(of_texts("recursos de las unidades", language="es"))
    assert ids(index.search(parse("recursos para las unidades"))) == ["1"]
    assert ids(index.search(parse("recursos para unidades"))) == ["1"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("responsabilidad del Estado", "1"),
        ("DoS attack", "3"),
        ("car theft", "4"),
        ("América del Sur", "5"),
        ("ai regulation", "6"),
        ("AI REGULATION", "6"),
        ("IT LAW", "7"),
        ("comment procedure", "8"),
        ("de la procédure", "8 9"),
        ("contra ataques", "10"),
        ("THE LAW OF MEN", "2 7"),
    ],
)
def test_a_word_is_one_of_grammar_only_in_the_language_that_the_others_speak_for(
    opened: Opened, text: str, found: str
) -> None:
    texts = [
        ("es", "responsabilidad de los Estados"),
        ("en", "law for men: regulation, theft, attack"),
        ("en", "a DoS attack"),
        ("en", "car theft"),
        ("es", "América del Sur"),
        ("en", "regulation of AI"),
        ("en", "IT law for men"),
        ("en", "comment on the procedure"),
        ("fr", "procédure"),
        ("pt", "ataques"),
        ("es", "responsabilidad; América"),
    ]
    index = opened(
        publication([item("I", str(path), {language: each}) for path, (language, each) in enumerate(texts, start=1)])
    )
    assert sorted(ids(index.search(parse(text))), key=int) == found.split()


def test_a_term_keeps_its_words_of_grammar_where_it_would_be_one_word_without(opened: Opened) -> None:
    terms = (("on line", "en línea"), ("chain of custody", "cadena de custodia"))
    concepts = tuple(Concept(en.replace(" ", "-"), (Synonym("en", en), Synonym("es", es))) for en, es in terms)
    held = of_texts("crime in line", "crime on line", "the chain, in custody, of all")
    index = opened(Publication(held.bodies, held.meetings, held.items, (), concepts))
    assert ids(index.search(parse("crime on line"))) == ["2"]
    (hit,) = index.search(parse("the chain of custody")).hits
    assert marked(hit) == ["chain", "custody"]


def test_a_word_of_grammar_alone_is_no_term_of_the_thesaurus(opened: Opened) -> None:
    concepts = (Concept("crime", (Synonym("fr", "délit"), Synonym("en", "crime"))),)
    held = publication(
        [item("I", "1", {"en": "the crime"}), item("I", "2", {"fr": "le délit"}), item("I", "3", {"es": "grupo"})],
        concepts,
    )
    results = opened(held).search(parse("del grupo", match="any"))
    assert (ids(results), results.also) == (["3"], ())


def test_a_query_meets_a_text_in_another_language_in_spite_of_its_words_of_grammar(opened: Opened) -> None:
    words = (("strategy", "estrategia"), ("cybercrime", "ciberdelito"), ("points of contact", "puntos de contacto"))
    concepts = tuple(Concept(en, (Synonym("en", en), Synonym("es", es))) for en, es in words)
    held = publication(
        [
            item("I", "1", {"en": "That a strategy against cyber-crime be adopted"}),
            item("I", "2", {"en": "That contact be made; points of contact"}),
            item("I", "3", {"es": "la otra"}),
        ],
        concepts,
    )
    index = opened(held)
    for match in ("all", "any"):
        assert ids(index.search(parse("una estrategia contra el ciberdelito", match=match))) == ["1"]
        assert ids(index.search(parse("los puntos de contacto", match=match))) == ["2"]


def test_where_nothing_has_a_telling_word_there_is_no_partial_match(opened: Opened) -> None:
    index = opened(of_texts("the rules of the states"))
    results = index.search(parse("the extradition of hackers"))
    assert (results.total, results.partial) == (0, ())


def test_an_unknown_word_gives_a_better_query(opened: Opened) -> None:
    index = opened(of_texts("cooperation of prosecutors", "cooperation"))
    assert index.search(parse("cooperaton prosecutors -never")).did_you_mean == "cooperation prosecutors -never"
    assert index.search(parse("cooperation")).did_you_mean is None
    assert index.search(parse("xyzzy")).did_you_mean is None


def test_a_better_query_finds_something_and_changes_no_number(opened: Opened) -> None:
    index = opened(of_texts("cooperation of 2016 with the g8", "prosecutors"))
    assert index.search(parse("cooperaton prosecutors")).did_you_mean is None
    assert index.search(parse("cooperaton", chosen=(Filter("lang", "en"),))).did_you_mean == "cooperation"
    assert index.search(parse("cooperaton", chosen=(Filter("kind", "note"),))).did_you_mean is None
    for text in ("2017", "G7", "cooperation 2017"):
        assert index.search(parse(text, match="any")).did_you_mean is None


def test_words_that_the_thesaurus_answers_are_known(opened: Opened) -> None:
    held = of_texts("points of contact, puntas")
    index = opened(Publication(held.bodies, held.meetings, held.items, (), (CONTACT,)))
    results = index.search(parse("puntos de contacto"))
    assert (results.total, results.did_you_mean) == (1, None)
    assert index.search(parse("puntos", match="any")).did_you_mean == "puntas"


def test_the_marks_of_an_item_are_asked_for_in_the_manner_of_the_query(opened: Opened) -> None:
    held = of_texts("cyber-crime and layer")
    index = opened(Publication(held.bodies, held.meetings, held.items, (), (CRIME,)))
    (item,) = index.items()
    for query, found in (
        (parse("ciberdelito"), 1),
        (parse("ciberdelito", equivalents=False), 0),
        (parse("boundary-layer", match="all"), 0),
        (parse("boundary-layer"), 1),
        (parse("boundary-layer", match="any"), 1),
    ):
        assert len(index.spans(query, item)["en"]) == found


def test_an_explanation_adds_up_however_far_down_a_hit_is(opened: Opened) -> None:
    index = opened(of_texts(*("word " * (number % 7 + 1) + f"data {number}" for number in range(110))))
    for query in (
        parse("word data", explain=True, limit=110),
        parse("word data", explain=True, offset=60),
        parse("word data", explain=True, sort="document"),
        parse("word data never", explain=True),
    ):
        results = index.search(query)
        for hit in results.hits or results.partial:
            assert sum(part.score for part in hit.explained) == pytest.approx(hit.score)


CONTACT = Concept("contact", (Synonym("en", "points of contact"), Synonym("es", "puntos de contacto")))
CRIME = Concept("crime", (Synonym("en", "cybercrime"), Synonym("es", "ciberdelito"), Synonym("fr", "cybercriminalité")))


@pytest.fixture
def bilingual(opened: Opened) -> Index:
    held = publication(
        [
            item("I", "1", {"es": "Designar puntos de contacto contra los ciberdelitos"}),
            item("I", "2", {"en": "Designate points of contact against cyber-crime"}),
        ]
    )
    return opened(Publication(held.bodies, held.meetings, held.items, (), (CONTACT, CRIME)))


@pytest.mark.parametrize(
    ("text", "also"),
    [
        ("cybercrime", ("ciberdelito",)),
        ("cyber crime", ("ciberdelito",)),
        ("points of contact", ("puntos de contacto",)),
        ("contact points", ()),
        ("punto de contacto", ("points of contact",)),
        ("points of contact cybercrime", ("puntos de contacto", "ciberdelito")),
    ],
)
def test_equivalent_terms_are_found_shown_and_rank_below(bilingual: Index, text: str, also: tuple[str, ...]) -> None:
    results = bilingual.search(parse(text))
    assert results.also == also
    assert results.total == 1 + bool(also)
    assert all(not hit.lacking for hit in results.hits)
    assert results.hits[0].score > results.hits[-1].score or results.total == 1


@pytest.mark.parametrize(
    ("text", "chosen", "also"),
    [
        ("cybercrime", (Filter("lang", "en"),), ()),
        ("cybercrime", (Filter("lang", "es"),), ("ciberdelito",)),
        ("cybercrime", (Filter("lang", "es"), Filter("lang", "en")), ("ciberdelito",)),
        ("cybercrime", (Filter("lang", "es"), Filter("meeting", "II")), ()),
        ("cybercrime lang:en", (), ()),
        ("cybercrime lang:es", (), ("ciberdelito",)),
        ("cybercrime -lang:en", (), ("ciberdelito",)),
        ("ransomware cybercrime", (Filter("lang", "es"),), ("ciberdelito",)),
    ],
)
def test_equivalent_terms_that_filters_keep_from_matching_are_not_shown(
    bilingual: Index, text: str, chosen: tuple[Filter, ...], also: tuple[str, ...]
) -> None:
    assert bilingual.search(parse(text, chosen=chosen)).also == also


def test_equivalent_terms_are_left_out_of_quotes_and_where_they_are_switched_off(bilingual: Index) -> None:
    assert ids(bilingual.search(parse('"cybercrime"'))) == ["2"]
    assert ids(bilingual.search(parse("cybercrime", equivalents=False))) == ["2"]


def test_an_equivalent_term_is_marked_as_one(bilingual: Index) -> None:
    hit = bilingual.search(parse("points of contact")).hits[1]
    assert hit.snippet[0].marks == (Span(9, 27, "equivalent"),)


@pytest.fixture
def translated(opened: Opened) -> Index:
    """Two texts that have no word in common, and what a translator knows of the Spanish one."""
    items = [
        item("I", "1", {"es": "Que se creen redes de fiscales"}),
        item("I", "2", {"en": "To make networks of prosecutors"}),
    ]
    concepts = (Concept("prosecutor", (Synonym("en", "prosecutor"), Synonym("es", "fiscal"))),)
    known = {"network": ("redes",), "prosecutor": ("creen",), "make": ("creen",)}
    found = {stem: tuple(Synonym("es", word) for word in words) for stem, words in known.items()}
    return opened(publication(items, concepts, (Dictionary("en", found),)))


@pytest.mark.parametrize(
    ("text", "found", "translations"),
    [
        ("network", ["2", "1"], {"es": ("redes",)}),
        ("Networks", ["2", "1"], {"es": ("redes",)}),
        ("making networks", ["2", "1"], {"es": ("creen", "redes")}),
        ("prosecutors", ["2", "1"], {}),  # the thesaurus comes first
        ('"networks"', ["2"], {}),
        ("redes", ["1"], {}),
        ("networks -lang:es", ["2"], {"es": ("redes",)}),
    ],
)
def test_words_are_translated_where_no_equivalent_term_is_known(
    translated: Index, text: str, found: list[str], translations: dict[str, tuple[str, ...]]
) -> None:
    results = translated.search(parse(text))
    assert ids(results) == found
    assert results.translations == translations


def test_translations_are_left_out_where_equivalent_terms_are_switched_off(translated: Index) -> None:
    results = translated.search(parse("network", equivalents=False))
    assert (ids(results), results.translations) == (["2"], {})


def test_a_translated_word_is_marked_and_explained_as_one_and_weighs_less(translated: Index) -> None:
    first, second = translated.search(parse("network", explain=True)).hits
    assert second.snippet[0].marks == (Span(13, 18, "translation"),)
    assert [each.matched for each in second.explained] == ["translation"]
    assert second.score < first.score


@pytest.mark.parametrize("match", ["all", "any"])
def test_words_of_a_term_are_not_translated_as_well(opened: Opened, match: Match) -> None:
    items = [
        item("I", "1", {"en": "Use of digital evidence by courts", "es": "Uso de la evidencia digital por tribunales"}),
        item("I", "2", {"en": "Nothing of the kind is asked here", "es": "Nada de esta clase se pide aquí"}),
    ]
    concepts = (Concept("evidence", (Synonym("en", "digital evidence"), Synonym("es", "evidencia digital"))),)
    dictionary = Dictionary("en", {"evid": (Synonym("es", "evidencia"),), "digit": (Synonym("es", "digital"),)})
    results = opened(publication(items, concepts, (dictionary,))).search(parse("digital evidence", match=match))
    assert results.translations == {}
    # In the words of the query it is a better answer than in others, whatever more is known of these.
    assert [(hit.item.path, hit.version.language) for hit in results.hits] == [("1", "en")]


def test_a_language_without_texts_is_that_of_a_query_whose_words_only_its_dictionary_knows(opened: Opened) -> None:
    spanish = item("I", "1", {"es": "Que se mantenga la red"})
    dictionaries = (
        Dictionary("en", {"network": (Synonym("es", "red"),), "red": (Synonym("es", "mantenga"),)}),
        Dictionary("fr", {"reseau": (Synonym("es", "red"),)}),
    )
    index = opened(publication([spanish], (), dictionaries))
    assert index.search(parse("network")).translations == {"es": ("red",)}
    assert index.search(parse("réseau")).translations == {"es": ("red",)}
    # Texts know the word as Spanish, so that nobody takes it for the colour.
    assert index.search(parse("red")).translations == {}


def test_an_explanation_adds_up_to_the_score(opened: Opened) -> None:
    held = publication(
        [
            item("I", "1", {"en": ("Evidence of states", "The state, states and stated evidence")}),
            item("I", "2", {"en": "evidence"}),
        ]
    )
    (hit,) = opened(held).search(parse("states evidence", explain=True)).hits
    assert sum(part.score for part in hit.explained) == pytest.approx(hit.score)
    assert {(part.part, part.term, part.matched) for part in hit.explained} == {
        ("states", "states", "exact"),
        ("states", "state", "stem"),
        ("states", "stated", "stem"),
        ("evidence", "evidence", "exact"),
        ("states evidence", "states evidence", "proximity"),
    }


def test_where_any_word_may_match_and_and_or_make_no_difference(opened: Opened) -> None:
    index = opened(publication([item("I", str(path), {"en": word}) for path, word in enumerate(["law", "police"])]))
    plain = index.search(parse("law police training", match="any"))
    for text in ("law AND police OR training", "(law OR police) training", "LAW AND POLICE OR TRAINING"):
        found = index.search(parse(text, match="any"))
        assert [(hit.item.id, hit.score) for hit in found.hits] == [(hit.item.id, hit.score) for hit in plain.hits]
    assert [hit.item.path for hit in index.search(parse("law police -law", match="any")).hits] == ["1"]


def test_where_any_word_may_match_a_compound_matches_by_its_parts_as_well(opened: Opened) -> None:
    texts = ["the layer at the boundary", "the boundary-layer", "a layer", "nothing"]
    index = opened(publication([item("I", str(path), {"en": text}) for path, text in enumerate(texts)]))
    found = index.search(parse("boundary-layer", match="any"))
    assert [(hit.item.path, hit.lacking) for hit in found.hits] == [("1", ()), ("0", ()), ("2", ("boundary",))]
    assert index.search(parse("boundary-layer")).total == 1


def test_words_of_grammar_are_those_of_the_language_of_a_query_whatever_the_index_holds(opened: Opened) -> None:
    index = opened(publication([item("I", "1", {"es": "a on the line"}), item("I", "2", {"es": "evidencia digital"})]))
    found = index.search(parse("what is the digital evidence on a computer", match="any"))
    assert [hit.item.path for hit in found.hits] == ["2"]


def test_a_compound_that_is_begun_finds_it_joined_and_apart(opened: Opened) -> None:
    index = opened(of_texts("cybercrime", "cyber-crime", "cyber crime", "email", "crime"))
    for begun in ("cyber-cri*", "cybercri*"):
        assert sorted(ids(index.search(parse(begun)))) == ["1", "2", "3"]
    assert ids(index.search(parse("e-ma*"))) == ["4"]


def test_the_prefixes_of_a_query_share_the_words_that_they_may_stand_for(opened: Opened) -> None:
    words = [f"{letter}{number}" for letter in "ab" for number in range(300)]
    index = opened(publication([item("I", "1", {"en": " ".join(words)})]))
    assert [note.parts for note in index.search(parse("a*")).notes] == []
    assert [note.parts for note in index.search(parse("a* OR b*")).notes] == [("a*", "200"), ("b*", "200")]


def test_only_the_first_unknown_words_of_a_query_are_corrected(opened: Opened) -> None:
    index = opened(publication([item("I", "1", {"en": "evidence"})]))
    typed = [f"evidenc{letter}{letter}" for letter in "bdfghjkmnp"]
    assert index.search(parse(" ".join(typed), match="any")).did_you_mean == " ".join(["evidence"] * 8 + typed[8:])


@pytest.mark.parametrize("match", ["all", "any"])
def test_a_word_that_is_asked_twice_counts_twice(opened: Opened, match: Match) -> None:
    index = opened(publication([item("I", "1", {"en": "evidence of states"}), item("I", "2", {"en": "states"})]))
    once, twice = (
        index.search(parse(text, match=match, explain=True)).hits[0] for text in ("evidence", "evidence evidence")
    )
    assert twice.score == pytest.approx(2 * once.score)
    assert sum(part.score for part in twice.explained) == pytest.approx(twice.score)
    assert twice.snippet == once.snippet


@pytest.mark.parametrize(
    ("text", "match", "matched"),
    [
        ("resolucion", "all", {"accent"}),
        ("resolución decisiones", "all", {"exact", "stem", "proximity"}),
        ("ayuda", "all", {"equivalent"}),
        ("resolucien~", "all", {"typo"}),
        ("resol*", "all", {"prefix"}),
        ('"la resolución"', "all", {"exact"}),
        ("resolución nunca", "all", {"exact"}),
        ("una resolución nunca", "any", {"exact"}),
    ],
)
def test_an_explanation_says_as_what_each_word_matched_and_adds_up(
    opened: Opened, text: str, match: Match, matched: set[str]
) -> None:
    concepts = (Concept("aid", (Synonym("es", "ayuda"), Synonym("es", "asistencia"))),)
    held = of_texts("la resolución y la decisión de asistencia", "otra cosa", language="es")
    index = opened(Publication(held.bodies, held.meetings, held.items, (), concepts))
    results = index.search(parse(text, match=match, explain=True))
    (hit,) = results.hits or results.partial
    assert {part.matched for part in hit.explained} == matched
    assert sum(part.score for part in hit.explained) == pytest.approx(hit.score)


def test_the_heading_is_searched_with_the_text_but_no_phrase_runs_from_one_into_the_other(opened: Opened) -> None:
    index = opened(publication([item("I", "1", {"en": ("Legal cooperation", "between states")})]))
    assert index.search(parse("legal states")).total == 1
    assert index.search(parse('"cooperation between"')).total == 0
    assert index.search(parse('"legal cooperation"')).total == 1


def test_similar_items_share_telling_words_and_are_others(opened: Opened) -> None:
    index = opened(of_texts("electronic evidence of crimes", "chain of custody of electronic evidence", "roads"))
    assert [hit.item.path for hit in index.similar("body/I/1")] == ["2"]
    assert index.similar("body/I/9") == ()


@pytest.mark.parametrize(
    ("text", "printed", "marks"),
    [
        ("cyber crime", "Cybercrime and other crime", ["Cybercrime"]),
        ("(law police) OR crime", "law and crime", ["crime"]),
        ("(law police) OR law", "law and crime", ["law"]),
        ("(lang:es law) OR crime", "law and crime", ["crime"]),
        ("(lang:en law) OR crime", "law and crime", ["law", "crime"]),
        ("(-crime law) OR crime", "law and crime", ["crime"]),
        ("points contact never", "the points", ["points"]),
    ],
)
def test_what_is_marked_and_explained_is_of_alternatives_that_match(
    opened: Opened, text: str, printed: str, marks: list[str]
) -> None:
    results = opened(of_texts(printed, "nothing")).search(parse(text, explain=True))
    found = results.hits or results.partial
    for hit in found:
        if results.total:
            assert marked(hit) == marks
        assert sum(part.score for part in hit.explained) == pytest.approx(hit.score)
    assert found


def test_partial_matches_that_lack_the_fewest_parts_come_first(opened: Opened) -> None:
    index = opened(of_texts("the cyber crime", "a cybercrime unit", "nothing"))
    partial = index.search(parse("cyber crime unit satellites")).partial
    assert [(hit.item.path, hit.lacking) for hit in partial] == [("2", ("satellites",)), ("1", ("unit", "satellites"))]


def test_the_share_of_proximity_names_each_part_once(opened: Opened) -> None:
    (hit,) = opened(of_texts("the cyber crime", "nothing")).search(parse("cyber crime", explain=True)).hits
    assert [part.term for part in hit.explained if part.matched == "proximity"] in ([], ["cyber crime"])


def test_similar_items_lack_nothing(opened: Opened) -> None:
    index = opened(of_texts("electronic evidence network", "electronic evidence", "network"))
    assert [hit.lacking for hit in index.similar("body/I/1")] == [(), ()]


def suggested(index: Index, text: str, limit: int = 8) -> list[str]:
    """Completions; each is held to find at least as many items as it says, and never none."""
    found = index.suggest(text, limit)
    assert all(0 < each.total <= index.search(parse(each.text, match="all")).total for each in found)
    return [each.text for each in found]


def test_suggestions_complete_the_last_word_and_offer_headings(opened: Opened) -> None:
    held = publication(
        [
            item("I", "1", {"es": ("II. Resolución y otras", "la resolución resolutiva")}),
            item("I", "2", {"es": "resolución"}),
        ]
    )
    index = opened(held)
    assert suggested(index, "la resol")[0] == "la resolución"
    assert suggested(index, "otra -resol") == []
    assert suggested(index, '"la resol') == ['"la resolución']
    assert suggested(index, '"resol')[0] == '"resolución'
    assert "Resolución y otras" in suggested(index, "resolucion")
    assert index.suggest("") == index.suggest("x") == index.suggest("  ") == ()


def test_only_words_that_stand_beside_those_before_are_suggested(opened: Opened) -> None:
    held = publication(
        [
            item("I", "1", {"en": "resources for forensic units", "es": "recursos y formulario"}),
            item("I", "2", {"en": "a formal request"}),
            item("I", "3", {"en": "resource forms"}),
        ]
    )
    index = opened(held)
    assert suggested(index, "fo") == ["forms", "formal", "forensic", "formulario"]
    assert suggested(index, "resources fo") == ["resources forms", "resources forensic"]
    assert suggested(index, "resources formu") == suggested(index, "formal units fo") == []
    # Words of grammar need not stand in a text.
    assert suggested(index, "the resources of fo") == ["the resources of forms", "the resources of forensic"]
    assert suggested(index, "meeting:I resources fore") == ["meeting:I resources forensic"]
    assert suggested(index, "lang:es resources fo") == suggested(index, "year:never fo") == []


def test_suggestions_say_how_many_items_they_find_at_least(opened: Opened) -> None:
    held = publication(
        [item("I", "1", {"en": "states", "fr": "states"}), item("I", "2", {"en": "states and statutes"})]
    )
    assert opened(held).suggest("stat") == (Completion("states", 2), Completion("statutes", 1))
    assert opened(held).suggest("stat", 1) == (Completion("states", 2),)


def test_terms_and_meetings_are_suggested(opened: Opened) -> None:
    concept = Concept("budapest", (Synonym("en", "Budapest Convention"), Synonym("en", "the island treaty")))
    held = replace(publication([item("II", "1", {"en": "accede to the island treaty"})]), concepts=(concept,))
    index = opened(held)
    assert suggested(index, "the isl") == ["the island", "the island treaty"]
    assert suggested(index, "accede to the isl") == ["accede to the island", "accede to the island treaty"]
    # No text has this term: it stands for one that a text has.
    assert suggested(index, "budap") == ["Budapest Convention"]
    assert suggested(index, "II") == ["meeting:II"]
    assert suggested(index, "accede II") == ["accede meeting:II"]


def test_suggestions_complete_the_last_part_of_what_is_joined(opened: Opened) -> None:
    index = opened(of_texts("cyber-crime, e-mail and mail", "crime", "crises", "l'évidence", "employment"))
    assert suggested(index, "mail cyber-c") == ["mail cyber-crime"]
    assert suggested(index, "-cyber-c") == ["-cyber-crime"]
    assert suggested(index, "e-m") == ["e-mail"]
    assert index.suggest("e-") == index.suggest("cyber-crime.") == index.suggest("d'e") == ()
    assert suggested(index, "l'évi") == ["l'évidence"]
    assert suggested(index, "‘evi") == ["‘évidence"]


def test_suggestions_with_the_accents_that_were_typed_come_first(opened: Opened) -> None:
    index = opened(of_texts("anexos", "anexos", "año", "año", "año", "añejo"))
    assert suggested(index, "an") == ["año", "anexos", "añejo"]
    assert suggested(index, "AÑ") == ["año", "añejo", "anexos"]


def test_items_are_found_by_id_and_listed_in_order(opened: Opened) -> None:
    index = opened(HELD)
    assert [each.id for each in index.items()] == [each.id for each in HELD.items]
    assert all(index.item(each.id) == each for each in HELD.items)
    assert index.item("body/I/99") is None
    assert index.item("") is None


def test_an_empty_publication_answers(opened: Opened) -> None:
    index = opened(publication([]))
    assert index.search(parse("anything at all")).total == 0
    assert index.hits_in_order(parse(), ()) == ()
    assert list(index.items()) == []
    assert index.suggest("an") == ()


@pytest.mark.parametrize("text", ['"' * 50, "(" * 500, "a* " * 60, "AND OR NOT", "-", "a~ b~", "\ud800", "\x00", "‮x"])
def test_hostile_queries_are_answered(corpus: Index, text: str) -> None:
    corpus.search(parse(text))
    corpus.search(parse(text, match="any"))
    corpus.suggest(text)


def test_the_query_as_understood_and_notes_on_it_are_told(opened: Opened) -> None:
    results = opened(of_texts("word")).search(parse('"word'))
    assert results.understood == '"word"'
    assert [note.code for note in results.notes] == ["quote-closed"]


def test_a_folder_without_an_index_is_a_bad_index(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(BadIndex, match=r"cannot be read .*`indexer build` makes a new"):
        engine.open(tmp_path)


def test_an_index_cut_short_anywhere_is_a_bad_index(engine: Engine, tmp_path: Path) -> None:
    engine.publish(tmp_path, of_texts(*TEXTS.values()), lambda _done, _all: None)
    for path in sorted(tmp_path.iterdir()):
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2])
        with pytest.raises(BadIndex), closing(engine.open(tmp_path)) as index:
            index.search(parse("states special*"))
        path.write_bytes(content)


def test_a_folder_that_cannot_be_written_is_a_storage_error(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        engine.publish(tmp_path / "missing" / "folder", of_texts("word"), lambda _done, _all: None)


EXCLUDE, NO_VALUE = "filters-exclude", "no-such-value"


@pytest.mark.parametrize(
    ("text", "chosen", "notes", "better"),
    [
        ("word lang:es lang:en", "", [(EXCLUDE, "lang:es", "lang:en")], "word (lang:es OR lang:en)"),
        ("year:1999 year:2006", "", [(EXCLUDE, "year:1999", "year:2006")], "year:1999 OR year:2006"),
        ("body:other meeting:body/I", "", [(EXCLUDE, "body:other", "meeting:body/I")], None),
        ("lang:es", "lang:en", [(EXCLUDE, "lang:es", "lang:en")], None),
        ("", "year:1999 meeting:II meeting:III", [(EXCLUDE, "year:1999", "meeting:II OR meeting:III")], None),
        ("word lang:fr", "", [(NO_VALUE, "lang:fr")], None),
        ("", "meeting:XX kind:note", [(NO_VALUE, "meeting:XX"), (NO_VALUE, "kind:note")], None),
        ("word addressee:states", "", [("field-without-values", "addressee")], None),
        ("meeting:I word nothing", "", [], None),
        ("word langauge:es", "", [("filter-misspelt", "langauge", "lang:es")], "word lang:es"),
        ("word colour:IX", "", [("not-a-filter", "colour")], None),
    ],
)
def test_conditions_that_cannot_hold_are_named_and_what_was_meant_is_offered(
    opened: Opened, text: str, chosen: str, notes: list[tuple[str, ...]], better: str | None
) -> None:
    choices = tuple(Filter(*each.split(":")) for each in chosen.split())
    results = opened(HELD).search(parse(text, chosen=choices))
    assert results.total == 0
    assert len(results.notes) == len(notes)
    for note, (code, *parts) in zip(results.notes, notes, strict=True):
        assert (note.code, *map(str, note.parts))[: len(parts) + 1] == (code, *parts)
    assert results.did_you_mean == better


ROWS = {
    row.name: row
    for row in (
        replace(FIELDS["lang"], name="letter", values=lambda _item, text, _meeting: tuple(sorted(set(text.text)))),
        replace(FIELDS["lang"], name="size", values=lambda _item, version, _meeting: (str(len(version.text)),)),
        replace(FIELDS["kind"], name="number", values=lambda item, _text, _at: tuple(item.path), newest_first=True),
    )
}
"""Fields of versions and of items, some with several values, and some that versions of an item share."""


@pytest.fixture
def own_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, row in ROWS.items():
        monkeypatch.setitem(cast("dict[str, Field]", FIELDS), name, row)


@pytest.mark.usefixtures("own_fields")
def test_a_row_alone_makes_a_filter_and_a_facet_however_many_values_an_item_has(opened: Opened) -> None:
    held = publication(
        [
            item("I", "12", {"en": "ab", "es": "bc"}),
            item("I", "23", {"en": "a", "es": "d"}),
            item("I", "3", {"en": "e"}),
            item("I", "0", {"es": ""}),
        ]
    )
    index = opened(held)
    facets = {
        facet.field: [(count.value, count.count) for count in facet.counts] for facet in index.search(parse("")).facets
    }
    assert facets["letter"] == [("a", 2), ("b", 1), ("c", 1), ("d", 1), ("e", 1)]
    assert facets["size"] == [("1", 2), ("0", 1), ("2", 1)]
    assert facets["number"] == [("3", 2), ("2", 2), ("1", 1), ("0", 1)]
    for name in ROWS:
        for value, count in facets[name]:
            assert index.search(parse("", chosen=(Filter(name, value),))).total == count, (name, value)
