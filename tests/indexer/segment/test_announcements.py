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


TEXT = page(*[paragraph(*["The experts looked at what harbours do with boats that nobody claims at all."] * 6)] * 8)
"""A page of text, which shows how wide and how close its lines are."""


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


ANNOUNCED_OTHERWISE: dict[str, tuple[Sequence[Page], list[tuple[str, str]]]] = {
    "labels in boxes, of which no heading speaks, beside numbered paragraphs": (
        [
            page(
                heading("1. Boats"),
                "1.1. Boats rot in the harbour and nobody that we asked had ever counted them.",
                heading("Recommendation 1: Counting the boats of", size=12, left=90),
                Set("the harbour", 12, True, 90, 14),
                paragraph("The harbour should count its boats.", "It should do so each year.", left=90),
                "1.2. Owners do not pay, and nobody that we asked had ever written to them at all.",
                heading("Recommendation 2: Letters", size=12, left=90),
                paragraph("The harbour should write to them.", left=90),
                "1.3. Thieves take boats by night, and nobody that we asked had ever seen a thief.",
                heading("Recommendation 3: Lamps", size=12, left=90),
                paragraph("The harbour should buy lamps.", left=90),
                "1.4. That is all that there is to say of boats, owners and thieves in this harbour.",
            )
        ],
        [
            ("1", "Counting the boats of the harbour The harbour should count its boats. It should do so each year."),
            ("2", "Letters The harbour should write to them."),
            ("3", "Lamps The harbour should buy lamps."),
        ],
    ),
    "labels in the text: a paragraph each, with its points": (
        [
            page(
                "We looked at boats, at their owners and at thieves for two years and a half.",
                paragraph("Recommendation 1: Count the boats, by:", left=72),
                "(a) their names; and",
                "(b) their colours.",
                "Boats are many, and nobody had ever counted those that lie behind the wall.",
                "Recommendation 2: Write to the owners.",
                "Owners are few, and nobody had ever written to those who live behind the wall.",
                "Recommendation 3: Buy lamps.",
                "Thieves are many, and nobody had ever seen those who come from behind the wall.",
            )
        ],
        [
            ("1", "Count the boats, by: (a) their names; and (b) their colours."),
            ("2", "Write to the owners."),
            ("3", "Buy lamps."),
        ],
    ),
    "a label of another document": (
        [page("The harbour knows of", "Recommendation 1: boats must be counted.", "It does not like it at all.")],
        [],
    ),
    "a paragraph that recommends, and one that does not": (
        [
            page(
                heading("Recommendation for Harbour Action"),
                paragraph("We recommend that the harbour count its boats, of", "which it has many."),
                "The harbour said that it has no ladder for that.",
                heading("Agency comments"),
                "We recommend nothing else.",
            )
        ],
        [("1", "We recommend that the harbour count its boats, of which it has many.")],
    ),
    "points below a paragraph that introduces them, and what comes after": (
        [
            page(
                heading("What we found"),
                "• Boats rot.",
                "• Nobody pays.",
                paragraph("In the light of all this the committee of the harbour", "recommends that:"),
                paragraph("• boats be counted;", left=90),
                paragraph("• owners pay.", left=90),
                "The committee thanks all who wrote to it, and those who did not do so as well.",
                paragraph("• Boats are thanked too.", left=90),
            )
        ],
        [("1", "boats be counted;"), ("2", "owners pay.")],
    ),
    "points of a conclusion before the recommendations of one heading": (
        [
            page(
                heading("Conclusão e recomendações"),
                "• Os barcos são muitos.",
                "A comissão recomenda:",
                "• Que se contem os barcos;",
                "• Que os donos paguem.",
            )
        ],
        [("1", "Que se contem os barcos;"), ("2", "Que os donos paguem.")],
    ),
    "numbers below a paragraph that introduces recommendations": (
        [
            page(
                heading("6 Recommendations"),
                "6.1 It matters that recommendations are heeded by all.",
                "6.2 In May the harbour commission recommended that the owners:",
                "6.2.1 count their boats;",
                "6.2.2 pay.",
            )
        ],
        [("6.2.1", "count their boats;"), ("6.2.2", "pay.")],
    ),
    "a heading in the margin": (
        [
            page(
                Set("Recommendation for", 17, False, 36, top=100),
                Set("Harbour Action", 17, False, 36, top=120),
                Set("Comments", 17, False, 36, top=200),
                Set("We therefore recommend that the harbour count all boats", left=216, top=100),
                Set("behind the wall, and that it do so each year with care.", left=216, top=113),
                Set("The harbour said that it has no ladder for that, and no", left=216, top=200),
                Set("time for it, and nobody who might do it, and no purse.", left=216, top=213),
                Set("We are sending copies of this to all who might want it.", left=216, top=240),
            )
        ],
        [
            (
                "1",
                "We therefore recommend that the harbour count all boats behind the wall, and that it do so each year "
                "with care.",
            )
        ],
    ),
    "what an annex quotes of others": (
        [
            page(
                heading("RECOMMENDATIONS"),
                "1. That boats be counted.",
                heading("Appendix 3 Other harbours"),
                "Safety recommendations",
                "1. That lamps be bought.",
            )
        ],
        [("1", "That boats be counted.")],
    ),
    "the head of a table": (
        [page("We looked at boats.", Set("Key recommendations", 8, gap=30), "1. Capacity.", "2. Stocks.", PROSE)],
        [],
    ),
    "an outline of the report, with bullets": (
        [
            page(heading("Recommendations"), "• Summary", "• Boats and owners", "• List of boats"),
            page(heading("Recommendations"), "1. That boats be counted.", "2. That owners pay.", number=2),
        ],
        [("1", "That boats be counted."), ("2", "That owners pay.")],
    ),
    "an outline of the report": (
        [
            page(
                heading("Overview and recommendations"),
                "1 Boats",
                "2 Owners",
                heading("3 Recommendations"),
                "1. That boats be counted.",
                "2. That owners pay.",
            )
        ],
        [("1", "That boats be counted."), ("2", "That owners pay.")],
    ),
}


@pytest.mark.parametrize(("pages", "expected"), ANNOUNCED_OTHERWISE.values(), ids=ANNOUNCED_OTHERWISE)
def test_what_no_heading_of_a_list_announces_is_found(pages: Sequence[Page], expected: list[tuple[str, str]]) -> None:
    assert recommendations(segment([TEXT, *pages])) == expected


@pytest.mark.parametrize(
    "closing",
    [
        "Lakeville, 3 May 2012",
        "Lakeville, May 3, 2012",
        "Puerto de los Lagos, 3 de mayo de 2012.",
        "Dado en San Lago, a los siete días del mes de mayo de dos mil quince.",
        "Lagoa, 5 de fevereiro de 2014.",
        "Fait à Lac-Ville, le 3 mai 2012.",
    ],
)
def test_place_and_day_above_the_signatures_end_the_last_recommendation(closing: str) -> None:
    found = segment([TEXT, page(heading("Recommendations"), "1. Count.", "2. Pay.", closing, "A. Lake")])
    assert recommendations(found) == [("1", "Count."), ("2", "Pay.")]


def test_a_day_within_a_recommendation_ends_none() -> None:
    found = segment([TEXT, page(heading("Recommendations"), "1. Count.", "Boats, from 3 May 2012.", "2. Pay.")])
    assert recommendations(found) == [("1", "Count. Boats, from 3 May 2012."), ("2", "Pay.")]


ENDS: dict[str, tuple[Sequence[Page], list[tuple[Kind, str, str]]]] = {
    "a reply by its title": (
        [page(heading("Recommendations"), "1. Count the boats.", "Response: We did.", "We will again.", "2. Pay.")],
        [
            (Kind.RECOMMENDATION, "1", "Count the boats."),
            (Kind.REPLY, "reply.1", "Response: We did."),
            (Kind.PARAGRAPH, "paragraph.9", "We will again."),
            (Kind.RECOMMENDATION, "2", "Pay."),
        ],
    ),
    "a reply by its first words": (
        [page(heading("Recomendaciones"), "1. Contar.", "El Gobierno acepta esto.", "2. Pagar.")],
        [
            (Kind.RECOMMENDATION, "1", "Contar."),
            (Kind.REPLY, "reply.1", "El Gobierno acepta esto."),
            (Kind.RECOMMENDATION, "2", "Pagar."),
        ],
    ),
    "what stands left of a box": (
        [
            page(
                heading("Committee recommendation"),
                paragraph("1. Count all boats of the", "harbour each year.", left=80),
                paragraph("That is hard, as there are", "so many of them.", left=72),
            )
        ],
        [
            (Kind.RECOMMENDATION, "1", "Count all boats of the harbour each year."),
            (Kind.PARAGRAPH, "paragraph.9", "That is hard, as there are so many of them."),
        ],
    ),
    "what stands at the number of a hanging list": (
        [
            page(
                heading("Recommendations"),
                paragraph("1. Count all boats of the", "harbour each year.", hanging=90),
                "We also recommend that the harbour do this:",
                paragraph("2. Write to those who own", "boats and never pay.", hanging=90),
            )
        ],
        [
            (Kind.RECOMMENDATION, "1", "Count all boats of the harbour each year."),
            (Kind.PARAGRAPH, "paragraph.9", "We also recommend that the harbour do this:"),
            (Kind.RECOMMENDATION, "2", "Write to those who own boats and never pay."),
        ],
    ),
}


@pytest.mark.parametrize(("pages", "expected"), ENDS.values(), ids=ENDS)
def test_a_recommendation_ends_where_other_text_begins(
    pages: Sequence[Page], expected: list[tuple[Kind, str, str]]
) -> None:
    assert [(each.kind, each.path, each.text) for each in segment([TEXT, *pages]).passages[8:]] == expected


def test_a_list_that_is_printed_twice_is_one_with_several_places() -> None:
    pages = [
        page(heading("Recommendations in brief"), "1. That boats be counted.", "2. That owners pay.", number=1),
        page(heading("Findings"), *[PROSE] * 3, number=2),
        page(heading("List of recommendations"), "1. That boats be counted.", "2. That owners pay.", number=3),
    ]
    found = segment(pages)
    assert [(each.path, each.text, each.pages) for each in found.passages if each.kind is Kind.RECOMMENDATION] == [
        ("1", "That boats be counted.", (1, 3)),
        ("2", "That owners pay.", (1, 3)),
    ]
    assert not found.warnings


def test_of_a_list_and_its_discussion_the_list_is_it() -> None:
    pages = [
        page(
            heading("Recommendations"),
            heading("1. Counting boats", size=12),
            PROSE,
            heading("2. Making owners pay", size=12),
            PROSE,
            heading("The recommendations", size=13),
            heading("1. Counting boats", size=12),
            "(a) That boats be counted.",
            heading("2. Making owners pay", size=12),
            "(a) That owners pay.",
        )
    ]
    assert recommendations(segment(pages)) == [
        ("1", "Counting boats (a) That boats be counted."),
        ("2", "Making owners pay (a) That owners pay."),
    ]
