"""Whom the recommendations of the sample are for, as a reader of its texts has listed them."""

import pytest

from corpus.sample.make import load_passages
from indexer.analysis.fields import ADDRESSEE
from indexer.items.field_values import add_field_values
from indexer.model import Body, Item, Kind
from tests.repository.test_sample_corpus import CATALOGUE
from tests.support.publications import item

BY_EYE = """
II 1.1 states
II 1.2 states
II 1.3 states
II 1.4 states
II 1.5 states
II 2.1 states
II 2.2 states secretariat
II 2.3 states
II 2.4 states
II 3.1 states
II 3.2 states
II 3.3
III I.A.1 states
III I.A.2 states
III I.A.3
III I.A.4
III I.B.1 states
III I.B.2
III II.A.1 states
III II.A.2
III II.B.1 states secretariat
III II.B.2 states network
III II.B.3
III III.1
III III.2
III III.3 secretariat
IV 1 states
IV 2 states
IV 3 secretariat states
IV 4 states secretariat
IV 5 states
IV 6 states
IV 7
IV 8 secretariat
IV 9 national-authorities
IV 10
IV 11
IV 12 national-authorities
IV 13 working-group
V 1 states
V 2 secretariat
V 3 states
V 4 states
V 5 states
V 6 states
V 7
V 8
V 9
V 10 states national-authorities
V 11 states
V 12 secretariat organizations
V 13
V 14
VI 1 states
VI 2 states
VI 3 states network
VI 4
VI 5 states
VI 6
VI 7
VI 8 states
VI 9 states
VI 10 states
VI 11
VI 12
VI 13
VI 14 working-group
VII 1 states
VII 2
VII 3 states
VII 4
VII 5 states
VII 6 national-authorities
VII 7
VII 8
VII 9 states secretariat
VII 10 states
VII 11
VII 12 states
VII 13 states
VII 14
VIII 1 states
VIII 2 states
VIII 3 states
VIII 4 states
VIII 5 states
VIII 6 states
VIII 7 states
VIII 8 states
VIII 9 states
VIII 10
VIII 11 states
VIII 12 states
VIII 13
VIII 14 states
VIII 15 working-group
IX 1 states
IX 2 secretariat states
IX 3 states
IX 4 states
IX 5 states organizations
IX 6 states
IX 7 states
IX 8
IX 9
IX 10
IX 11 states
IX 12 states
IX 13 states
IX 14
IX 15
X 1 states
X 2 states secretariat
X 3 states network
X 4 states
X 5 states
X 6 states
X 7 states
X 8 states
X 9
X 10
X 11 national-authorities
X 12
X 13 states
X 14
X 15
X 16 working-group secretariat
"""
"""Meeting, path and addressees of each recommendation: those who are to act, in either language."""

LEAST = 0.95
"""The share of the list that must be right."""

Expected = dict[tuple[str, str], set[str]]


def by_eye() -> Expected:
    rows = [line.split() for line in BY_EYE.split("\n") if line]
    return {(meeting, path): set(addressees) for meeting, path, *addressees in rows}


def made_item(meeting: str, path: str, languages: tuple[str, ...]) -> Item:
    (passage,) = [each for each in load_passages(meeting) if each.path == path and each.kind is Kind.RECOMMENDATION]
    return item(meeting, path, {language: passage.texts[language] for language in languages}, body="sample")


@pytest.mark.parametrize("languages", [("en", "es"), ("en",), ("es",)], ids="+".join)
def test_nearly_all_addressees_are_found_and_hardly_another(languages: tuple[str, ...]) -> None:
    expected = by_eye()
    assert len(expected) > 100
    wrong = []
    for (meeting, path), addressees in expected.items():
        found = add_field_values(made_item(meeting, path, languages), CATALOGUE.body).values
        if set(found.get(ADDRESSEE.name, ())) != addressees:
            wrong.append((meeting, path, found))
    assert len(wrong) <= (1 - LEAST) * len(expected), wrong


def test_a_body_whose_catalogue_lists_no_addressees_has_none() -> None:
    real = item("IX", "1", {"en": "That the States cooperate."}, body="other")
    assert add_field_values(real, Body("other", {}, ("en",))).values == {}
