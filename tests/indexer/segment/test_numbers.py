"""Numbers of items: their markers, places and neighbours, on pages made by hand."""

from collections.abc import Sequence

import pytest

from indexer.model import Box, Kind, Line, Page, Segmented
from indexer.segment import segment
from indexer.segment.markers import Style, read_markers

LEAD = "The experts agreed on the following:"
HEAD = ((230.0, "RECOMMENDATIONS"), (72.0, LEAD))


def page(*rows: tuple[float, str], number: int = 1, top: float = 100.0) -> Page:
    """A page of lines at left edges of their own; a text that begins with ``+`` follows its line closely."""
    lines: list[Line] = []
    for left, text in rows:
        top += 14.0 if text.startswith("+") else 30.0
        words = text.removeprefix("+")
        lines.append(Line(words, Box(left, top, left + 5 * len(words), top + 12.0), 11.0))
    return Page(number, 612.0, 792.0, tuple(lines))


def beside(left: Page, right: Page) -> Page:
    """A page of two columns."""
    return Page(left.number, left.width, left.height, left.lines + right.lines)


def items(*pages: Page) -> list[tuple[str, str]]:
    return recommendations(segment(pages))


def recommendations(found: Segmented) -> list[tuple[str, str]]:
    return [(each.path, each.text) for each in found.passages if each.kind is Kind.RECOMMENDATION]


def codes(*pages: Page) -> list[tuple[str, str]]:
    return [(caution.code, caution.message.sentence()) for caution in segment(pages).warnings]


def at(left: float, *texts: str) -> tuple[tuple[float, str], ...]:
    return tuple((left, text) for text in texts)


THREE = [("1", "That States act."), ("2", "That they meet."), ("3", "That they report.")]

# ------------------------------------------------------------------------------------------------------- markers

MARKERS = {
    "a point and a dash": ("1.-", "2.-", "3.-"),
    "a point, a blank and a dash": ("1. –", "2. –", "3. –"),
    "ordinal signs": ("1.º", "2.º", "3.º"),
    "ordinal signs without a point": ("1º", "2º", "3º"),
    "degree signs with a point": ("1°.", "2°.", "3°."),
    "feminine ordinal signs": ("1ª", "2ª", "3ª"),
    "degree signs with a bracket": ("1°)", "2°)", "3°)"),
    "no sign": ("1", "2", "3"),
    "brackets": ("(1)", "(2)", "(3)"),
    "square brackets": ("[1]", "[2]", "[3]"),
    "a stroke": ("1/", "2/", "3/"),
    "a letter and a number": ("R1.", "R2.", "R3."),
    "a letter, a dash and a number": ("R-1", "R-2", "R-3"),
    "an abbreviation": ("Rec. 1 –", "Rec. 2 –", "Rec. 3 –"),
    "a word": ("Recommendation 1:", "Recommendation 2:", "Recommendation 3:"),
    "a word and a sign for numbers": ("Recomendación n.º 1", "Recomendación n.º 2", "Recomendación n.º 3"),
    "articles with ordinal signs": ("Art. 1º", "Art. 2º", "Art. 3º"),
    "articles": ("Artículo 1", "Artículo 2", "Artículo 3"),
    "articles in words": ("ARTÍCULO PRIMERO.-", "ARTÍCULO SEGUNDO.-", "ARTÍCULO TERCERO.-"),
    "paragraph signs": ("§ 1", "§ 2", "§ 3"),
    "ordinals in capitals": ("PRIMERO.", "SEGUNDO.", "TERCERO."),
    "feminine ordinals": ("Primera:", "Segunda:", "Tercera:"),
    "Portuguese ordinals": ("Primeiro –", "Segundo –", "Terceiro –"),
    "French adverbs": ("Premièrement :", "Deuxièmement :", "Troisièmement :"),
}


@pytest.mark.parametrize("markers", MARKERS.values(), ids=MARKERS)
def test_a_marker_numbers_its_item(markers: Sequence[str]) -> None:
    texts = [f"{marker} {text}" for marker, (_, text) in zip(markers, THREE, strict=True)]
    assert items(page(*HEAD, *at(72, *texts))) == THREE


LETTERED = {
    "small letters": (("a)", "b)", "c)"), "abc"),
    "small letters in brackets": (("(a)", "(b)", "(c)"), "abc"),
    "capitals": (("A.", "B.", "C."), "ABC"),
    "small numerals with a point": (("i.", "ii.", "iii."), ("i", "ii", "iii")),
    "small numerals with a bracket": (("i)", "ii)", "iii)"), ("i", "ii", "iii")),
    "numerals": (("I.", "II.", "III."), ("I", "II", "III")),
}


@pytest.mark.parametrize(("markers", "labels"), LETTERED.values(), ids=LETTERED)
def test_a_letter_numbers_its_item_where_no_number_does(markers: Sequence[str], labels: Sequence[str]) -> None:
    texts = [f"{marker} {text}" for marker, (_, text) in zip(markers, THREE, strict=True)]
    assert items(page(*HEAD, *at(72, *texts))) == [
        (label, text) for label, (_, text) in zip(labels, THREE, strict=True)
    ]


def test_letters_before_the_numbers_are_of_the_introduction() -> None:
    lead = at(72, "Having considered:", "a) the report;", "b) the list, the experts agreed:")
    assert items(page((230, "RECOMMENDATIONS"), *lead, *at(72, "1. That States act.", "2. That they meet."))) == [
        *THREE[:2]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1º de mayo de 2012",
        "24/7 contact points",
        "5-10 persons",
        "First, they met",
        "Madrid. They met",
        "12,5 % of all",
    ],
)
def test_what_looks_like_a_marker_is_none(text: str) -> None:
    assert [each for each in read_markers(text) if each.sign] == []


def test_a_word_before_a_number_tells_its_list() -> None:
    (marker,) = read_markers("Recomendación n.º 12 – Que actúen")
    assert (marker.style, marker.values, marker.sign) == (Style.WORD, (12,), "recommendation")


# --------------------------------------------------------------------------------------------------------- places


def test_a_page_may_stand_further_right() -> None:
    second = page(
        (84, "4. That they publish it at each of the"), (84, "+meetings."), (84, "5. That they end."), number=2
    )
    found = items(page(*HEAD, *at(72, "1. That States act.", "2. That they meet.", "3. That they report.")), second)
    assert found == [*THREE, ("4", "That they publish it at each of the meetings."), ("5", "That they end.")]


def test_a_list_goes_on_in_the_next_column() -> None:
    left = page((72, "RECOMMENDATIONS"), *at(72, "1. That States act."))
    right = page((320, "2. That they meet."), (320, "3. That they report."))
    assert items(beside(left, right)) == THREE


@pytest.mark.parametrize("edge", [60, 46, 90, 110])
def test_a_number_that_stands_otherwise_does_not_take_those_after_it(edge: float) -> None:
    rows = [(72, "1. That States act."), (edge, "2. That they meet."), (72, "3. That they report.")]
    assert items(page(*HEAD, *rows)) == THREE


def test_a_list_in_an_item_is_its_text_even_where_it_is_longer() -> None:
    inner = at(100, "1. first;", "2. second;", "3. third.")
    found = items(page(*HEAD, *at(72, "1. That States act.", "2. That they meet:"), *inner))
    assert found == [THREE[0], ("2", "That they meet: 1. first; 2. second; 3. third.")]


def test_a_list_below_a_paragraph_of_a_report_needs_no_colon() -> None:
    report = at(72, "1. The experts met.", "2. They thanked the hosts.", "3. What follows was agreed.")
    listed = at(72, "1. That States act.", "2. That they meet.", "3. That they report.", "4. That they end.")
    found = items(page(*report[:2], (230, "RECOMMENDATIONS"), report[2], *listed))
    assert [path for path, _ in found] == ["3.1", "3.2", "3.3", "3.4"]


def test_a_paragraph_further_left_than_the_list_above_is_none_of_its_items() -> None:
    report = at(100, "1. The experts met.", "2. They thanked the hosts.", "3. They agreed:")
    listed = at(130, "1. That States act.", "2. That they meet.")
    rows = (*report[:2], (230, "RECOMMENDATIONS"), report[2], *listed, (72, "4. The report will be published."))
    found = segment([page(*rows)])
    assert recommendations(found) == [("3.1", "That States act."), ("3.2", "That they meet.")]
    assert found.passages[-1].text == "The report will be published."


def test_a_number_without_a_sign_may_move_too() -> None:
    second = page(*at(84, "4 That they publish it.", "5 That they end."), number=2)
    found = items(page(*HEAD, *at(72, "1 That States act.", "2 That they meet.", "3 That they report.")), second)
    assert [path for path, _ in found] == ["1", "2", "3", "4", "5"]


def test_an_item_without_a_sign_at_its_end_ends_where_its_last_line_is_short() -> None:
    first = page(*HEAD, *at(72, "1. That States act at each of their meetings from now on", "+and then meet"))
    second = page(*at(72, "2. That they meet at each of their sessions from now on", "+and then report"), number=2)
    assert items(first, second) == [
        ("1", "That States act at each of their meetings from now on and then meet"),
        ("2", "That they meet at each of their sessions from now on and then report"),
    ]


def test_a_number_that_hangs_out_of_its_text_begins_an_item() -> None:
    """A number and its text are two lines then; the text stands where the lines of the last item do."""
    rows = [("1.", "That States act, meet"), ("", "and report on each day"), ("2.", "That they meet on each")]
    lines: list[Line] = []
    for place, (number, text) in enumerate(rows):
        top = 160.0 + 14 * place
        if number:
            lines.append(Line(number, Box(72, top, 82, top + 12), 11.0))
        lines.append(Line(text, Box(100, top, 100 + 5 * len(text), top + 12), 11.0))
    head = page(*HEAD)
    assert items(Page(1, 612, 792, (*head.lines, *lines))) == [
        ("1", "That States act, meet and report on each day"),
        ("2", "That they meet on each"),
    ]


@pytest.mark.parametrize("marker", ["PRIMERO.", "Art. 1º", "R1", "Rec. 1 –", "1/", "§ 1"])
def test_a_marker_may_stand_apart_from_its_text(marker: str) -> None:
    other = {"PRIMERO.": "SEGUNDO."}.get(marker, marker.replace("1", "2"))
    lines = [*page(*HEAD).lines]
    for top, number, text in ((190.0, marker, "That States act."), (220.0, other, "That they meet.")):
        lines.append(Line(number, Box(72, top, 72 + 5 * len(number), top + 12), 11.0))
        lines.append(Line(text, Box(130, top, 130 + 5 * len(text), top + 12), 11.0))
    assert items(Page(1, 612, 792, tuple(lines))) == THREE[:2]


def test_lines_of_paragraphs_are_closer_than_paragraphs_even_where_most_are_of_one_line() -> None:
    rows = at(72, "1. That States act and go on with it", "+to the end", "2. That they meet and go on with it")
    rows += at(72, "+to the end", "3. That they report and", "4. That they end and go on with it", "+to the end")
    assert [path for path, _ in items(page(*HEAD, *rows))] == ["1", "2", "3", "4"]


# -------------------------------------------------------------------------------------------------------- bullets


@pytest.mark.parametrize("bullet", ["•", "–", "✓", "➢", "▪", "Recommendation:", "Recomendación."])
def test_bullets_and_words_without_numbers_open_items(bullet: str) -> None:
    sheet = page(*HEAD, *at(72, *(f"{bullet} {text}" for _, text in THREE)))
    assert items(sheet) == THREE
    assert not any(each.numbered for each in segment([sheet]).passages)


@pytest.mark.parametrize("edge", [60, 84, 120])
def test_bullets_go_on_where_a_page_is_shifted(edge: float) -> None:
    first = page(*HEAD, *at(90, "• That States act.", "• That they meet:"), *at(110, "• here;", "• there."))
    second = page(*at(edge, "• That they report."), *at(edge + 20, "• in writing."), number=2)
    assert [text for _, text in items(first, second)] == [
        "That States act.",
        "That they meet: • here; • there.",
        "That they report. • in writing.",
    ]


def test_bullets_with_another_sign_are_points_of_an_item() -> None:
    rows = at(72, "• That States act:", "– here;", "– there.", "• That they meet.")
    assert [text for _, text in items(page(*HEAD, *rows))] == ["That States act: – here; – there.", "That they meet."]


# ---------------------------------------------------------------------------------------------------------- notes


def notes(*pages: Page) -> list[str]:
    return [each.text for each in segment(pages).passages if each.kind is Kind.NOTE]


@pytest.mark.parametrize("form", ["[{}]", "{}/"])
def test_numbers_in_the_signs_of_notes_are_items_where_the_text_bears_no_mark(form: str) -> None:
    texts = [f"{form.format(number)} {text}" for number, text in THREE]
    assert items(page(*HEAD, *at(72, *texts), top=500)) == THREE


@pytest.mark.parametrize("form", ["[{}]", "{}/"])
def test_a_note_in_letters_as_large_as_the_text_has_its_mark_in_the_text(form: str) -> None:
    mark = form.format(1)
    rows = at(72, f"1. That States act.{mark}", "2. That they meet.", "3. That they report.")
    sheet = page(*HEAD, *rows, *[(72.0, f"{mark} They did so before.")])
    text = page(*HEAD, *rows).lines
    low = Line(f"{mark} They did so before.", Box(72, 700, 200, 712), 11.0)
    assert notes(Page(1, 612, 792, (*text, low))) == ["They did so before."]
    assert len(items(sheet)) == 3


def small(text: str, top: float, left: float = 72.0, size: float = 8.0) -> Line:
    return Line(text, Box(left, top, left + 4 * len(text), top + size), size)


def test_a_note_goes_on_at_the_foot_of_the_next_page() -> None:
    first, second = page(*HEAD, *at(72, "1. That States act.")), page(*at(72, "2. That they meet."), number=2)
    first = Page(1, 612, 792, (*first.lines, small("1 They did so before, and", 700)))
    second = Page(2, 612, 792, (*second.lines, small("will do so again.", 700)))
    assert notes(first, second) == ["They did so before, and", "will do so again."]
    assert items(first, second) == THREE[:2]


def test_a_raised_mark_apart_from_its_note_belongs_to_it() -> None:
    text = page(*HEAD, *at(72, "1. That States act.", "2. That they meet.**")).lines
    raised = (small("**", 698, size=6), small("They will not be edited.", 700, 84, 9))
    assert notes(Page(1, 612, 792, (*text, *raised))) == ["They will not be edited."]


# ----------------------------------------------------------------------------------------------------- neighbours


def test_a_number_without_its_sign_is_told_by_its_neighbours() -> None:
    sheet = page(*HEAD, *at(72, "1. That States act.", "2 That they meet.", "3. That they report."))
    assert items(sheet) == THREE
    assert codes(sheet) == [("number-odd", "Number 2 is not printed as the numbers around it are.")]


def test_a_quantity_is_no_number_without_its_sign() -> None:
    sheet = page(*HEAD, *at(72, "1. That States act with", "+2 experts or more.", "2. That they meet."))
    assert items(sheet) == [("1", "That States act with 2 experts or more."), THREE[1]]


def test_a_decimal_with_another_sign_is_told_by_its_neighbours() -> None:
    sheet = page(*HEAD, *at(72, "12.1. That States act.", "12-2. That they meet.", "12.3. That they report."))
    assert items(sheet) == [(f"12.{path}", text) for path, text in THREE]
    assert [code for code, _ in codes(sheet)] == ["number-odd"]


def test_the_true_number_has_the_plain_path() -> None:
    rows = at(72, "12.1. That States act.", "13.2. That they meet.", "12.3. That they report.")
    rows += at(72, "13.1. That they end.", "13.2. That they begin.")
    found = items(page(*HEAD, *rows))
    assert found[1:] == [
        ("13.2~2", "That they meet."),
        ("12.3", "That they report."),
        ("13.1", "That they end."),
        ("13.2", "That they begin."),
    ]


def test_an_item_that_holds_rows_with_the_next_numbers_is_told() -> None:
    rows = at(72, "1. That States act as these persons do, and", "+without delay, who are named here and there")
    rows += at(90, "+2. with all the others in the lists of the", "+3. body, and in those of the years before and")
    rows += at(72, "+after them, together with whom these name", "4. That they report.")
    assert codes(page(*HEAD, *rows))[0] == (
        "numbers-within",
        "Number 1 holds rows that begin with the next numbers, 2 to 4.",
    )
    assert codes(page(*HEAD, *at(72, "1. That States:", "1. act;", "2. meet;", "3. report."))) == []


def test_numbers_with_another_sign_within_an_item_are_text() -> None:
    rows = at(72, "1. That States act:", "1) here;", "2) there.", "2. That they meet.", "3. That they report.")
    assert items(page(*HEAD, *rows)) == [("1", "That States act: 1) here; 2) there."), *THREE[1:]]


# --------------------------------------------------------------------------------------------------------- labels


def test_labels_and_the_numbers_of_paragraphs_are_lists_of_their_own() -> None:
    rows = at(72, "1. The experts met.", "2. They agreed.")
    labelled = at(72, "Recommendation 1: That States act.", "3. They met again.", "Recommendation 2: That they meet.")
    found = segment([page(*rows, (230, "RECOMMENDATIONS"), *labelled)])
    assert [each.text for each in found.passages] == [
        "The experts met.",
        "They agreed.",
        "That States act.",
        "They met again.",
        "That they meet.",
    ]


def test_a_title_of_several_rows_is_of_the_item_that_it_begins() -> None:
    def item(number: int, top: float) -> list[Line]:
        texts = [f"Recommendation {number}: A simpler structure for", "all that is done", "That States act."]
        return [
            Line(
                text, Box(72, top + 16 * place, 72 + 6 * len(text), top + 16 * place + 13), 13.0 if place < 2 else 11.0
            )
            for place, text in enumerate(texts)
        ]

    found = items(Page(1, 612, 792, (*page(*HEAD).lines, *item(1, 200), *item(2, 300))))
    assert [text for _, text in found] == ["A simpler structure for all that is done That States act."] * 2


def test_a_number_is_a_heading_only_above_numbers_of_its_own() -> None:
    other = page(*at(72, "1. Overview", "1.1 The experts met.", "1.2 They agreed."))
    rows = at(72, "1. Compensation", "That States act.", "2. Learning", "That they meet.")
    found = items(other, page((230, "RECOMMENDATIONS"), *rows, number=2))
    assert found == [("1", "Compensation That States act."), ("2", "Learning That they meet.")]


def set_in(*rows: tuple[bool, str]) -> Page:
    """A page of paragraphs below the head, bold or not."""
    lines = [
        Line(text, Box(72, 200 + 30 * place, 72 + 5 * len(text), 212 + 30 * place), 11.0, bold=bold)
        for place, (bold, text) in enumerate(rows)
    ]
    return Page(1, 612, 792, (*page(*HEAD).lines, *lines))


def test_a_paragraph_below_an_item_in_bold_is_none_of_it() -> None:
    rows = ((True, "1. That States act."), (False, "The State does so."), (True, "2. That they meet."))
    found = segment([set_in(*rows)])
    assert [(each.kind, each.text) for each in found.passages[1:]] == [
        (Kind.RECOMMENDATION, "That States act."),
        (Kind.PARAGRAPH, "The State does so."),
        (Kind.RECOMMENDATION, "That they meet."),
    ]


def test_what_is_bold_in_each_item_is_its_title() -> None:
    rows = ((True, "1. On courts."), (False, "That States act."), (True, "2. On laws."), (False, "That they meet."))
    assert items(set_in(*rows)) == [("1", "On courts. That States act."), ("2", "On laws. That they meet.")]


def test_the_paragraphs_of_an_article_are_its_text() -> None:
    rows = at(72, "Article 1", "1. Everyone acts.", "2. All meet.", "Article 2", "1. They report.", "2. They end.")
    assert items(page(*HEAD, *rows)) == [("1", "1. Everyone acts. 2. All meet."), ("2", "1. They report. 2. They end.")]


def test_a_recommendation_has_the_plain_path() -> None:
    rows = at(72, "1. The experts met.", "2. They agreed.")
    listed = at(72, "1. That States act.", "2. That they meet.")
    sheet = page(*rows, (230, "RECOMMENDATIONS"), *listed)
    assert [(each.path, each.kind) for each in segment([sheet]).passages] == [
        ("1~2", Kind.PARAGRAPH),
        ("2~2", Kind.PARAGRAPH),
        ("1", Kind.RECOMMENDATION),
        ("2", Kind.RECOMMENDATION),
    ]
    assert codes(sheet) == []


# ---------------------------------------------------------------------------------------------------- inline lists

INLINE = {
    "brackets": ("1)", "2)", "3)"),
    "two brackets": ("(1)", "(2)", "(3)"),
    "points": ("1.", "2.", "3."),
    "degree signs": ("1°)", "2°)", "3°)"),
}


@pytest.mark.parametrize("markers", INLINE.values(), ids=INLINE)
def test_a_list_that_runs_on_in_a_paragraph_is_cut_by_its_sequence(markers: Sequence[str]) -> None:
    first, second, third = markers
    texts = (
        f"The experts recommend: {first} that States act in",
        f"+12 regions; {second} that they",
        f"+meet; and {third}",
    )
    sheet = page((230, "RECOMMENDATIONS"), *at(72, *texts, "+that they report.", "They thanked the hosts."))
    assert items(sheet) == [
        ("1", "that States act in 12 regions;"),
        ("2", "that they meet; and"),
        ("3", "that they report. They thanked the hosts."),
    ]
    introduction = segment([sheet]).passages[0]
    assert introduction.text == "The experts recommend:"
    assert introduction.places[0].box.x1 == pytest.approx(72 + 5 * len(introduction.text), abs=5)


def test_a_list_of_letters_that_runs_on_is_cut_where_there_is_no_other() -> None:
    row = (72.0, "The experts recommend: a) that States act; b) that they meet.")
    assert items(page((230, "RECOMMENDATIONS"), row)) == [("a", "that States act;"), ("b", "that they meet.")]


def test_a_list_that_runs_on_in_an_item_is_its_text() -> None:
    rows = at(72, "1. That States: 1) act; 2) meet.", "2. That they report.")
    assert items(page(*HEAD, *rows)) == [("1", "That States: 1) act; 2) meet."), ("2", "That they report.")]


def test_references_are_no_list() -> None:
    row = (72.0, "The experts read paragraph (1) of the law, and see 2) below.")
    assert items(page((230, "RECOMMENDATIONS"), row)) == []
