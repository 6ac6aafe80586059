"""Equivalent terms, and where a query uses them."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Concept, Synonym, json
from indexer.model.errors import CatalogueError
from indexer.query.thesaurus import Thesaurus, load_thesaurus
from tests.support.paths import ROOT

THESAURUS = ROOT / "corpus" / "thesaurus.toml"
CRIME = Concept(
    "cybercrime", (Synonym("en", "cybercrime"), Synonym("es", "delito cibernético"), Synonym("fr", "cybercrime"))
)
CONTACT = Concept("points-of-contact", (Synonym("en", "points of contact"), Synonym("es", "puntos de contacto")))
NETWORK = Concept("network", (Synonym("en", "24/7 network"), Synonym("es", "red 24/7")))
LAW = Concept("law", (Synonym("en", "law"), Synonym("es", "ley")))
MODEL_LAW = Concept("model-law", (Synonym("en", "model law"), Synonym("es", "ley modelo")))
ONLINE = Concept("online", (Synonym("en", "on line"), Synonym("es", "en línea")))
SMALL = Thesaurus.of((CRIME, CONTACT, NETWORK, LAW, MODEL_LAW, ONLINE))


@cache
def of_the_corpus() -> Thesaurus:
    return load_thesaurus(THESAURUS)


def found(query: str, thesaurus: Thesaurus = SMALL) -> list[tuple[int, int, str]]:
    return [(stretch.start, stretch.end, stretch.concept) for stretch in thesaurus.equivalents(query.split())]


@pytest.mark.parametrize(
    ("query", "stretches"),
    [
        ("cybercrime", [(0, 1, "cybercrime")]),
        ("Cyber-Crimes", [(0, 1, "cybercrime")]),
        ("all cyber crime units", [(1, 3, "cybercrime")]),
        ("delitos ciberneticos", [(0, 2, "cybercrime")]),
        ("delito grave", []),
        ("cibernético delito", []),
        ("puntos de contacto", [(0, 3, "points-of-contact")]),
        ("punto contacto", [(0, 2, "points-of-contact")]),
        ("puntos-de-contacto", [(0, 1, "points-of-contact")]),
        ("all points-of contact", [(1, 3, "points-of-contact")]),
        ("of-contact points", []),
        ("puntos de", []),
        ("de contacto", []),
        ("la red 24/7", [(1, 3, "network")]),
        ("red", []),
        ("24/7", []),
        ("model law", [(0, 2, "model-law")]),
        ("law model law", [(0, 1, "law"), (1, 3, "model-law")]),
        ("violencia en línea", [(1, 3, "online")]),
        ("la línea", []),
        ("the line", []),
        ("leyes contra el cybercrime", [(0, 1, "law"), (3, 4, "cybercrime")]),
        ("", []),
        ("!! ( \x00", []),
        ("law !! law", [(0, 1, "law"), (2, 3, "law")]),
    ],
)
def test_the_words_of_a_query_that_are_terms_are_found(query: str, stretches: list[tuple[int, int, str]]) -> None:
    assert stretches == found(query)


def test_the_others_are_the_terms_that_are_written_otherwise() -> None:
    (stretch,) = SMALL.equivalents(["cybercrime"])
    assert (Synonym("es", "delito cibernético"),) == stretch.others
    (stretch,) = SMALL.equivalents(["delito", "cibernético"])
    assert (Synonym("en", "cybercrime"), Synonym("fr", "cybercrime")) == stretch.others


def test_an_empty_thesaurus_knows_no_term() -> None:
    assert Thesaurus.of(()).equivalents(["law"]) == ()


def test_every_mistake_of_a_file_is_named_at_once_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "thesaurus.toml"
    file.write_text(
        """
        [Bad_Name]
        en = ["one", "another"]
        [lonely]
        en = ["alone"]
        [language]
        english = ["a", "b"]
        en = ["first term", "second term"]
        [form]
        en = "a, b"
        [twice]
        en = ["résumé", "Resume", "curriculum vitae"]
        [signs]
        en = ["any*", "plain", "..."]
        es = ["una frase que tiene muchas más palabras de las que caben aquí"]
        [one]
        en = ["shared", "other"]
        """,
        encoding="utf-8",
    )
    with pytest.raises(CatalogueError) as caught:
        load_thesaurus(file)
    mistakes = str(caught.value)
    for place in ("Bad_Name", "lonely", "language.english", "form.en", "twice.en", "signs.en", "signs.es"):
        assert f"{file}: {place}: " in mistakes
    for sentence in (
        "Bad_Name: expected a name of small letters, digits and hyphens, such as points-of-contact",
        'form.en: expected a list of texts, such as ["one", "another"], found \'a, b\'',
        "'any*': expected plain words, without quotation marks, signs and operators",
        "'...': expected 1 to 10 words, found 0",
        "'Resume': stands here twice; case and accents make no difference",
        "caben aquí': expected 1 to 10 words, found 12",
    ):
        assert sentence in mistakes


def test_a_term_of_two_concepts_is_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "thesaurus.toml"
    file.write_text('[a]\nen = ["one", "Shared"]\n[b]\nen = ["shared", "two"]\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"b\.en: 'shared' stands in 'a' as well\. Keep one of them\."):
        load_thesaurus(file)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "cyber-crime", "cybercrime"),
        ("en", "cyber crime", "cybercrimes"),
        ("en", "unit", "units"),
        ("es", "puntos de contacto", "punto del contacto"),
    ],
)
def test_a_term_that_is_met_by_the_words_of_another_concept_is_a_mistake(
    language: str, one: str, other: str, tmp_path: Path
) -> None:
    file = tmp_path / "thesaurus.toml"
    file.write_text(f'[a]\n{language} = ["{one}", "alpha"]\n[b]\n{language} = ["{other}", "beta"]\n', encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_thesaurus(file)
    mistake = str(caught.value)
    assert f"b.{language}: {other!r} stands in 'a' as well, written {one!r}" in mistake


@pytest.mark.parametrize(
    "term",
    ["the", "of the", "a OR b", "NOT x", "a NEAR/3 b", "-x", "x -y", "+x", "year:2006", "year:x", "any*", "'a b'"],
)
def test_a_term_that_no_plain_words_of_a_query_can_be_is_a_mistake(term: str, tmp_path: Path) -> None:
    file = tmp_path / "thesaurus.toml"
    file.write_text(f'[a]\nen = ["{term}", "first", "second"]\n', encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_thesaurus(file)
    mistake = str(caught.value)
    assert f"{file}: a.en: {term!r}: expected " in mistake


@pytest.mark.parametrize("content", ["[a\n", '[a]\nen = ["one" "two"]\n', "a = 1\n", "\udcff"])
def test_a_file_that_is_no_thesaurus_is_named(content: str, tmp_path: Path) -> None:
    file = tmp_path / "thesaurus.toml"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(CatalogueError, match=r"thesaurus\.toml"):
        load_thesaurus(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="cannot be read"):
        load_thesaurus(tmp_path / "thesaurus.toml")


@pytest.mark.parametrize(
    ("asked", "language", "equivalent"),
    [
        ("cyber crime", "es", "delito cibernético"),
        ("ciberdelitos", "en", "cybercrime"),
        ("cibercriminalidade", "fr", "cybercriminalité"),
        ("contact points", "es", "puntos de contacto"),
        ("Convenio de Budapest", "en", "Convention on Cybercrime"),
        ("Convention on Cyber-crime", "es", "Convenio de Budapest"),
        ("prueba electrónica", "en", "digital evidence"),
        ("mutual assistance", "pt", "auxílio jurídico mútuo"),
        ("entraide judiciaire", "en", "mutual legal assistance"),
        ("group of government experts", "en", "working group"),
        ("autoridades centrales", "en", "central authority"),
        ("specialized units", "es", "unidad especializada"),
        ("service providers", "es", "proveedor de servicios"),
        ("capacitación", "en", "training"),
        ("ministers of justice", "en", "REMJA"),
        ("24-hour/7-day network", "es", "red 24/7"),
        ("G-8", "es", "grupo de los ocho"),
        ("jueces", "en", "judge"),
        ("fiscales", "en", "prosecutor"),
        ("talleres", "en", "workshop"),
        ("criptomonedas", "en", "cryptocurrency"),
        ("ley modelo", "en", "model law"),
    ],
)
def test_the_thesaurus_of_the_corpus_knows_the_words_of_the_field(asked: str, language: str, equivalent: str) -> None:
    stretches = of_the_corpus().equivalents(asked.split())
    assert Synonym(language, equivalent) in [term for stretch in stretches for term in stretch.others]


PRINTED = {
    "the crime": {
        "en": ["cyber crime", "cyber-crime", "cybercrime"],
        "es": ["delito cibernético", "ciberdelito", "cibercrimen", "ciberdelincuencia", "delitos informáticos"],
        "pt": ["delito cibernético", "crimes cibernéticos"],
        "fr": ["cybercriminalité", "délit cybernétique"],
    },
    "the group": {
        "en": ["Group of Government Experts", "Group of Governmental Experts", "Working Group"],
        "es": ["Grupo de Expertos Gubernamentales", "Grupo de Trabajo"],
        "pt": ["Grupo de Peritos Governamentais", "Grupo de Trabalho"],
        "fr": ["groupe de travail"],
    },
    "the network": {
        "en": ["24/7 Network", "24-hour/7-day network"],
        "es": ["Red 24/7", "red 24 horas/7 días"],
        "pt": ["Grupo de Contato de 24 horas/7 dias", "Rede de Emergência 24 horas/7 dias"],
        "fr": ["réseau 24/7"],
    },
    "its directory": {
        "en": ["points of contact", "contact points"],
        "es": ["puntos de contacto"],
        "pt": ["pontos de contato"],
        "fr": ["points de contact"],
    },
    "the convention": {
        "en": ["Budapest Convention", "Convention on Cyber-crime", "Convention on Cybercrime", "CETS 185"],
        "es": [
            "Convenio de Budapest",
            "Convenio sobre la Ciberdelincuencia",
            "Convención sobre Delincuencia Cibernética",
        ],
        "pt": ["Convenção de Budapeste"],
        "fr": ["Convention sur la cybercriminalité"],
    },
    "the evidence": {
        "en": ["electronic evidence", "digital evidence"],
        "es": ["evidencia digital", "evidencia electrónica", "prueba electrónica", "prueba digital"],
        "pt": ["prova eletrônica", "prova digital"],
        "fr": ["preuve électronique"],
    },
    "the assistance": {
        "en": ["mutual assistance", "mutual legal assistance"],
        "es": ["asistencia judicial mutua", "asistencia jurídica mutua", "asistencia mutua", "asistencia legal"],
        "pt": ["auxílio jurídico mútuo", "assistência jurídica mútua"],
        "fr": ["entraide judiciaire", "assistance judiciaire"],
    },
    "the authorities": {
        "en": ["central authorities"],
        "es": ["autoridades centrales"],
        "pt": ["autoridade central"],
        "fr": ["autorités centrales"],
    },
    "the units": {
        "en": ["specialized units"],
        "es": ["unidades especializadas", "entidades especializadas"],
        "pt": ["unidades especializadas", "entidade pública"],
        "fr": ["unités spécialisées"],
    },
    "the providers": {
        "en": ["service providers", "internet service providers", "ISP"],
        "es": ["proveedores de servicios"],
        "pt": ["provedores de serviços"],
        "fr": ["fournisseurs de services"],
    },
    "the training": {
        "en": ["training", "capacity building"],
        "es": ["capacitación"],
        "pt": ["treinamento", "capacitação"],
        "fr": ["programme de formation"],
    },
    "the ministers": {
        "en": ["REMJA", "Ministers of Justice", "Attorneys General"],
        "es": ["Ministros de Justicia", "Fiscales Generales"],
        "pt": ["Procuradores-Gerais"],
        "fr": ["procureurs généraux"],
    },
}
"""What documents print of one thing, by language."""


@pytest.mark.parametrize("thing", PRINTED)
def test_what_documents_print_of_one_thing_stands_for_one_another_within_and_across_languages(thing: str) -> None:
    thesaurus = of_the_corpus()
    asked = [term for terms in PRINTED[thing].values() for term in terms]
    concepts = {term: {stretch.concept for stretch in thesaurus.equivalents(term.split())} for term in asked}
    assert set.intersection(*concepts.values()), concepts
    for term in asked:
        (stretch,) = [each for each in thesaurus.equivalents(term.split()) if each.concept in concepts[asked[0]]]
        assert (stretch.start, stretch.end) == (0, len(term.split()))


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("cybersecurity", "cybercrime"),
        ("seguridad cibernética", "delito cibernético"),
        ("questionnaire", "recommendation"),
        ("red", "network"),
        ("recomendación", "cuestionario"),
        ("ciberseguridad", "cybercrime"),
        ("segurança cibernética", "crime cibernético"),
    ],
)
def test_what_is_no_synonym_is_not_equivalent(asked: str, other: str) -> None:
    stretches = of_the_corpus().equivalents(asked.split())
    assert other not in [term.text for stretch in stretches for term in stretch.others]


@given(
    st.lists(
        st.text(max_size=12) | st.sampled_from(["law", "model", "ley", "de", "cyber", "crime", "24/7"]), max_size=8
    )
)
def test_stretches_lie_within_the_query_and_never_overlap(words: list[str]) -> None:
    stretches = SMALL.equivalents(words)
    assert all(0 <= stretch.start < stretch.end <= len(words) for stretch in stretches)
    places = sorted({(stretch.start, stretch.end) for stretch in stretches})
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


def test_a_thesaurus_written_and_read_again_finds_the_same_in_the_same_order() -> None:
    known = of_the_corpus()
    again = json.decode(json.encode(known), Thesaurus)
    for concept in known.concepts:
        for term in concept.terms:
            assert again.equivalents(term.text.split()) == known.equivalents(term.text.split())
