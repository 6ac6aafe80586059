from collections.abc import Sequence

import pytest

from indexer.model import Kind, Page, Segmented
from indexer.segment import segment
from indexer.segment.announcements import is_operative, says_recommendations
from indexer.segment.contents import contents_rows
from indexer.segment.rows import rows_of
from tests.support.layout import Set, heading, page, paragraph

PROSE = paragraph(
    "The experts looked at what harbours do with boats that nobody claims, and heard",
    "those who keep them. They thank the owners for answers that were full and frank.",
)


def recommendations(found: Segmented) -> list[tuple[str, str]]:
    return [(each.path, each.text) for each in found.passages if each.kind is Kind.RECOMMENDATION]


@pytest.mark.parametrize(
    "text",
    [
        "Recommendations",
        "7. Recommendations",
        "7.2 Recommendations",
        "IV. CONCLUSIONS AND RECOMMENDATIONS",
        "CHAPTER 8: CONCLUSIONS AND RECOMMENDATIONS",
        "SUMMARY OF C ONCLUSIONS AND RECOMMENDATIONS",
        "Summary of conclusions and recommendations",
        "Appendix 4: List of recommendations made in this report",
        "Recommendation",
        "Recommendation for Harbour Action",
        "Audit recommendations",
        "Harbour Inquiry Recommendation",
        "Recomendación",
        "Recomendaciones a los puertos",
        "Capítulo 5. Conclusiones y recomendaciones",
        "Conclusão e recomendações",
        "Recomendações ao Governo",
        "Conclusions et recommandations",
        "Chapitre III – Recommandations",
        "Recommandation",
    ],
)
def test_a_heading_announces_recommendations(text: str) -> None:
    assert says_recommendations(text)


@pytest.mark.parametrize(
    "text",
    [
        "Response to the recommendations",
        "Progress on recommendations",
        "Status of previous recommendations",
        "Recommendations of earlier inquiries",
        "Giving effect to recommendations of this inquiry",
        "Interpretive note to recommendation 7",
        "Recommendation 7: Boats",
        "Recommandation nº 3",
        "Seguimiento de las recomendaciones",
        "Respostas às recomendações",
        "Suivi des recommandations",
        "The recommendations that the experts made in the spring were read by all of the harbour masters",
    ],
)
def test_a_heading_is_about_recommendations_and_announces_none(text: str) -> None:
    assert not says_recommendations(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, True) for text in ("RESUELVE:", "RESUELVO", "SE RESUELVE:", "acuerda:", "DISPONE:", "Resolve:")),
        *((text, True) for text in ("DELIBERA:", "DÉCIDE", "recommends:", "recomienda que:", "recommande :")),
        *((text, False) for text in ("Resuelve", "acuerda", "The court decides:", "DECIDED")),
    ],
)
def test_an_operative_verb_stands_alone(text: str, expected: bool) -> None:
    assert is_operative(text) is expected


LAYOUTS: dict[str, tuple[Sequence[Page], list[tuple[str, str]]]] = {
    "a heading over two rows, with a small word below": (
        [
            page(
                heading("Appendix 2: List of"),
                heading("recommendations", gap=17),
                "1. That boats be counted.",
            )
        ],
        [("1", "That boats be counted.")],
    ),
    "a heading in two languages": (
        [page(heading("6 Recommendations"), heading("Ngā tūtohutanga", gap=17), "6.1. That boats be counted.")],
        [("6.1", "That boats be counted.")],
    ),
    "a chapter of numbered paragraphs before, and one after": (
        [
            page(heading("1. Findings"), "1.1. Boats rot.", "1.2. Nobody pays.", heading("2. Recommendations")),
            page(
                "2.1. That boats be counted.", "2.2. That owners pay.", heading("3. Thanks"), "3.1. To all.", number=2
            ),
        ],
        [("2.1", "That boats be counted."), ("2.2", "That owners pay.")],
    ),
    "headings of the same rank within the list": (
        [
            page(
                heading("RECOMMENDATIONS"),
                PROSE,
                heading("BOATS"),
                "1. That boats be counted.",
                heading("OWNERS"),
                "2. That owners pay.",
            )
        ],
        [("1", "That boats be counted."), ("2", "That owners pay.")],
    ),
    "an annex with a title": (
        [page(heading("RECOMMENDATIONS"), "1. That boats pay.", heading("Appendix 1: LIST OF BOATS"), "2. The Swan.")],
        [("1", "That boats pay.")],
    ),
    "an operative verb as the end of a sentence, and a resolution after it": (
        [
            page(
                heading("Acordada 15"),
                paragraph("Por ello, el puerto", "acuerda:"),
                "1. Contar los botes.",
                heading("Acordada 16"),
                "1. Los botes son muchos.",
            )
        ],
        [("1", "Contar los botes.")],
    ),
    "a paragraph whose last row is the word": (
        [page(paragraph("1. The harbour has what experts call", "Recommendations."), "2. It has boats.")],
        [],
    ),
    "contents without leaders": (
        [
            page(
                heading("Contents"),
                Set("1. Findings 3", gap=20),
                Set("2. Recommendations 4", gap=20),
                Set("3. Thanks 5", gap=20),
                heading("1. Findings"),
                "1.1 Boats rot.",
            )
        ],
        [],
    ),
}


@pytest.mark.parametrize(("pages", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_a_region_has_its_recommendations(pages: Sequence[Page], expected: list[tuple[str, str]]) -> None:
    assert recommendations(segment(pages)) == expected


def test_contents_go_on_over_pages_and_end_with_their_numbers() -> None:
    pages = [
        page(heading("ÍNDICE"), "Botes 3", "Dueños 7", "Recomendaciones 9"),
        page("Anexo 11", "Gracias 12", "Notas xiv", "The harbour is open.", number=2),
        page("In 2010 boats were 12", "Nobody knew.", number=3),
    ]
    rows = rows_of(pages)
    kept = [row.text for index, row in enumerate(rows) if index not in contents_rows(rows)]
    assert kept == ["The harbour is open.", "In 2010 boats were 12", "Nobody knew."]
