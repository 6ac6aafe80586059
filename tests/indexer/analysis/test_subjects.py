"""Whom a recommendation is for: its subjects, and nobody whom it only mentions."""

import pytest

from indexer.analysis.subjects import find_subjects

PHRASES = {
    "en": {
        "states": ["States", "State", "member States"],
        "secretariat": ["Secretariat", "General Secretariat"],
        "group": ["Working Group"],
        "experts": ["Working Group of Experts"],
    },
    "es": {
        "states": ["Estados", "Estado"],
        "secretariat": ["Secretaría", "Secretaría General"],
        "group": ["Grupo de Trabajo"],
    },
    "pt": {"states": ["Estados"], "secretariat": ["Secretaria-Geral"], "group": ["Grupo de Trabalho"]},
    "fr": {"states": ["États"], "secretariat": ["Secrétariat général"], "group": ["Groupe de travail"]},
}


def subjects(language: str, text: str) -> str:
    return " ".join(sorted(find_subjects(text, language, PHRASES[language])))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("That the States cooperate with the Secretariat.", "states"),
        ("That each State name a point of contact.", "states"),
        ("That all member States, where the law permits, do so.", "states"),
        ("That States, the Secretariat and the Working Group hold a conference.", "group secretariat states"),
        ("That the States answer, and that the Secretariat publish the answers.", "secretariat states"),
        ("That the States answer. In addition, that the Secretariat publish the answers.", "secretariat states"),
        ("During the next two years, that each State establish a unit.", "states"),
        ("The General Secretariat is asked to prepare a study for the States.", "secretariat"),
        ("States should adopt laws.", "states"),
        ("The States have adopted laws.", ""),
        ("Request the Working Group to meet with the States.", "group"),
        ("To urge once again the States, which have not done so, to accede.", "states"),
        ("Strongly encourage the member States to share.", "states"),
        ("Invite the Working Group of Experts to convene.", "experts"),
        ("The Working Group recommends that the States accede.", "states"),
        ("It is recommended that States accede.", "states"),
        ("The Working Group requests the Secretariat to report.", "secretariat"),
        ("The request of the Secretariat to the States was heard.", ""),
        ("That the States be invited to accede.", "states"),
        ("That the Working Group be convened by the Secretariat.", "secretariat"),
        ("That the register be kept by the Secretariat, and be open to the States.", "secretariat"),
        ("That the Working Group be made permanent.", ""),
        ("That cooperation among States be strengthened.", ""),
        ("That the Working Group's report be sent to the States.", ""),
        ("That the States' experts meet.", ""),
        ("That laws be harmonized, so that the States can cooperate.", ""),
        ("That the States ask the Secretariat to help them.", "states"),
        ("Express its gratitude to the States, and ask the Secretariat to thank them.", "secretariat"),
        ("", ""),
        ("that", ""),
    ],
)
def test_subjects_are_found_by_their_place_in_english(text: str, found: str) -> None:
    assert subjects("en", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Que los Estados cooperen con la Secretaría.", "states"),
        ("Que los Estados que aún no lo hayan hecho, y que la Secretaría, actúen.", "secretariat states"),
        ("Que cada Estado designe un punto de contacto y la Secretaría lo sepa.", "states"),
        ("Durante los próximos años, que cada Estado establezca una unidad.", "states"),
        ("Que la Secretaría General y los Estados se reúnan.", "secretariat states"),
        ("Que el Grupo de Trabajo se convierta en permanente.", ""),
        ("Que el Grupo de Trabajo se reúna de nuevo.", "group"),
        ("Que se convoque al Grupo de Trabajo.", ""),
        ("Que los documentos se conserven en un registro a cargo de la Secretaría.", "secretariat"),
        ("Que el informe sea publicado por la Secretaría.", "secretariat"),
        ("Que se fortalezca la cooperación entre los Estados.", ""),
        ("Que las leyes de los Estados se revisen.", ""),
        ("Solicitar a la Secretaría General que informe a los Estados.", "secretariat"),
        ("Se exhorta a los Estados a adherirse.", "states"),
        ("Los Estados deberían adoptar leyes.", "states"),
        ("El Grupo de Trabajo recomienda que los Estados se adhieran.", "states"),
        ("Que los Estados sean invitados a adherirse.", "states"),
    ],
)
def test_subjects_are_found_by_their_place_in_spanish(text: str, found: str) -> None:
    assert subjects("es", text) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("pt", "Que os Estados cooperem com a Secretaria-Geral.", "states"),
        ("pt", "Solicitar à Secretaria-Geral que informe os Estados.", "secretariat"),
        ("pt", "Que a cooperação entre os Estados seja fortalecida pela Secretaria-Geral.", "secretariat"),
        ("pt", "Que o Grupo de Trabalho seja dissolvido.", ""),
        ("fr", "Que les États coopèrent avec le Secrétariat général.", "states"),
        ("fr", "Demander au Secrétariat général de faire rapport aux États.", "secretariat"),
        ("fr", "Que le Groupe de travail soit dissous.", ""),
        ("fr", "Les États devraient adopter des lois.", "states"),
        ("fr", "Que le registre soit tenu par le Secrétariat général.", "secretariat"),
    ],
)
def test_subjects_are_found_by_their_place_in_portuguese_and_french(language: str, text: str, found: str) -> None:
    assert subjects(language, text) == found


def test_in_a_language_without_a_grammar_and_without_phrases_nothing_is_found() -> None:
    assert find_subjects("Dass die Staaten handeln", "de", {"states": ["Staaten"]}) == set()
    assert find_subjects("That the States act", "en", {}) == set()
