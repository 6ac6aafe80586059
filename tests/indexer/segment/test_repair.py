import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Box, Line, Page
from indexer.segment.repair import SpellingHabits, join_lines, repair, unligature


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["December 12-", "13, 2016"], "December 12-13, 2016"),
        (["on cyber-", "crime"], "on cyber-crime"),
        (["the Inter-", "American system"], "the Inter-American system"),
        (["the investi-", "gation of crime"], "the investigation of crime"),
        (["la investi-", "gación"], "la investigación"),
        (["resolution AG/", "RES. 2068"], "resolution AG/RES. 2068"),
        (["soft\u00ad", "ware"], "software"),
        (["the Inter\u00ad", "American system"], "the Inter-American system"),
        (["RECOMMEN\u00ad", "DATIONS"], "RECOMMENDATIONS"),
        (["12\u00ad", "13 May"], "12-13 May"),
        (["the investi\u00ad", "gation", "an investi-", "gation"], "the investigation an investigation"),
        (["two   words ", "  more"], "two words more"),
        (["a dash -", "and more"], "a dash - and more"),
        (["pages 5\u2013", "9"], "pages 5\u20139"),
        ([], ""),
    ],
)
def test_lines_are_joined_as_their_paragraph_reads(lines: list[str], joined: str) -> None:
    assert join_lines(lines, SpellingHabits.of_lines(lines)) == joined


@pytest.mark.parametrize(
    ("evidence", "joined"),
    [
        (["e-mail is email, and email"], "email"),
        (["by e-mail only"], "e-mail"),
        (["e-justice"], "e-mail"),
        (["the mail came"], "e-mail"),
        (["nothing"], "e-mail"),
    ],
)
def test_the_document_s_own_words_decide_on_a_hyphen(evidence: list[str], joined: str) -> None:
    assert join_lines(["e-", "mail"], SpellingHabits.of_lines(evidence)) == joined


@pytest.mark.parametrize(
    ("lines", "evidence", "joined"),
    [
        (["capacita-", "dos"], "los dos grupos capacita", "capacitados"),
        (["ex-", "tended"], "an example for ex-ministers was tended", "ex-tended"),
        (["ex-", "tended"], "an example for ex-ministers, extensive", "extended"),
        (["semi-", "nar"], "a group", "seminar"),
        (["euro-", "pean"], "a group", "european"),
        (["how-", "ever"], "how it ever was", "however"),
        (["state-", "less"], "a state-owned company with less of it, and statements", "stateless"),
        (["state-", "owned"], "the state has owned it", "state-owned"),
        (["ex-", "clusion"], "exclusive or inclusion", "exclusion"),
        (["torna-", "se"], "ele torna isto e fez-se", "torna-se"),
        (["clas-", "se"], "ele torna isto e fez-se", "classe"),
        (["cyber-", "stalking"], "cyber-crime and cyber-security of cyberspace", "cyber-stalking"),
        (["re-", "port"], "re-election of a port, reform, return", "re-port"),
        (["self-", "reliance"], "nothing", "self-reliance"),
        (["twenty-", "seventh"], "nothing", "twenty-seventh"),
    ],
)
def test_words_of_grammar_and_parts_of_other_words_are_no_evidence(
    lines: list[str], evidence: str, joined: str
) -> None:
    assert join_lines(lines, SpellingHabits.of_lines([evidence])) == joined


@pytest.mark.parametrize(
    ("lines", "evidence", "joined"),
    [
        (["an up-", "to-date list"], "a list", "an up-to-date list"),
        (["state-of-the-", "art"], "nothing", "state-of-the-art"),
        (["a 7-year-", "old child"], "an old man this year", "a 7-year-old child"),
        (["a non-in-", "dustrial town"], "a town", "a non-industrial town"),
        (["a long-estab-", "lished rule"], "a long rule", "a long-established rule"),
        (["income-", "generating"], "they generate an income", "income-generating"),
        (["better-", "equipped"], "a better boat", "better-equipped"),
        (["evidence-", "based"], "nothing", "evidence-based"),
        (["follow-", "up"], "nothing", "follow-up"),
        (["mid-", "term"], "nothing", "mid-term"),
        (["inter-", "related"], "nothing", "interrelated"),
        (["de-", "based"], "nothing", "debased"),
        (["under-", "funded"], "under the bridge", "underfunded"),
        (["how-", "ever"], "how they ever did, for-ever", "however"),
        (["co-", "ordinators"], "nothing", "co-ordinators"),
        (["co-", "ordinators"], "the coordination of it", "coordinators"),
        (["post-", "conflict"], "a conflict", "post-conflict"),
        (["inter-", "agencial"], "obra inter-agencias", "inter-agencial"),
    ],
)
def test_parts_of_longer_compounds_and_other_forms_of_words_are_evidence(
    lines: list[str], evidence: str, joined: str
) -> None:
    assert join_lines(lines, SpellingHabits.of_lines([evidence])) == joined


SPANISH = "que los faros de las costas se cuiden"
PORTUGUESE = "que os faróis das costas não se percam, como uma das mais"


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["la cooperación técnico-", "científica"], "la cooperación técnico-científica"),
        (["los cursos teórico-", "prácticos"], "los cursos teórico-prácticos"),
        (["lo dijo enfá-", "ticamente"], "lo dijo enfáticamente"),
        (["lo dijo rápida-", "mente"], "lo dijo rápidamente"),
        (["los mé-", "todos"], "los métodos"),
        (["la co-", "ordenada"], "la coordenada"),
        (["los ex-", "-funcionarios"], "los ex-funcionarios"),
        (["los ex\u00ad", "-funcionarios"], "los ex-funcionarios"),
    ],
)
def test_a_word_of_spanish_is_stressed_once_and_may_repeat_its_hyphen(lines: list[str], joined: str) -> None:
    assert join_lines(lines, SpellingHabits.of_lines([SPANISH])) == joined


def test_accents_say_nothing_of_stress_in_other_languages() -> None:
    french = ["que les phares des côtes ne soient pas dans la nuit"]
    assert join_lines(["la généra-", "lisation"], SpellingHabits.of_lines(french)) == "la généralisation"


@pytest.mark.parametrize(
    ("lines", "evidence", "joined"),
    [
        (["a light —", "far away"], "seen — at last — by all", "a light — far away"),
        (["a light", "— far away"], "seen — at last — by all", "a light — far away"),
        (["a light—", "far away"], "seen—at last—by all", "a light—far away"),
        (["a light", "—far away"], "seen—at last—by all", "a light—far away"),
        (["they must—", "(a) act; or"], "seen—at last—by all", "they must— (a) act; or"),
        (["un faro —", "raro— vio"], SPANISH, "un faro —raro— vio"),
        (["un faro —raro—", "vio"], SPANISH, "un faro —raro— vio"),
        (["un faro —raro", "— vio"], SPANISH, "un faro —raro— vio"),
        (["un faro", "—raro— vio"], SPANISH, "un faro —raro— vio"),
        (["lo siguiente:", "— que vea"], SPANISH, "lo siguiente: — que vea"),
        (["lo siguiente", "— que vea"], SPANISH, "lo siguiente — que vea"),
        (["um farol —", "raro — viu"], PORTUGUESE, "um farol — raro — viu"),
        (["from 2016–", "2018 on"], "of it", "from 2016–2018 on"),
        (["from May –", "June on"], "of it", "from May – June on"),
    ],
)
def test_dashes_at_line_ends_are_set_as_within_lines(lines: list[str], evidence: str, joined: str) -> None:
    assert join_lines(lines, SpellingHabits.of_lines([evidence])) == joined


def test_a_document_that_breaks_no_words_keeps_its_hyphens() -> None:
    plain = ["the lines of this text end with whole words"] * 200
    assert join_lines(["land-", "use"], SpellingHabits.of_lines([*plain, "land-", "use"])) == "land-use"
    broken = ["the investi-", "gation of this"] * 20
    assert join_lines(["land-", "use"], SpellingHabits.of_lines([*plain, *broken, "land-", "use"])) == "landuse"


def test_a_document_that_ends_lines_within_compounds_alone_breaks_no_words() -> None:
    compounds = ["the full-", "time keepers", "by e-", "mail and inter-", "institutional"]
    assert join_lines(["anti-", "corruption"], SpellingHabits.of_lines([*compounds, "in full"])) == "anticorruption"
    compounds += ["and anti-", "corruption"]
    assert join_lines(["anti-", "corruption"], SpellingHabits.of_lines([*compounds, "in full"])) == "anti-corruption"
    broken = [*compounds, "the admini-", "stration"]
    assert join_lines(["anti-", "corruption"], SpellingHabits.of_lines([*broken, "in full"])) == "anticorruption"


def test_where_the_file_marks_its_hyphens_all_others_are_printed() -> None:
    marked = ["the investi\u00ad", "gation of this"] * 2
    assert join_lines(["land-", "use"], SpellingHabits.of_lines([*marked, "land-", "use"])) == "land-use"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\u00ad"))))
def test_joining_takes_away_hyphens_and_white_space_alone(lines: list[str]) -> None:
    bare = re.compile(r"[\s\-\u2010]+")
    assert bare.sub("", join_lines(lines, SpellingHabits.of_lines(lines))) == bare.sub("", "".join(lines))


@given(st.lists(st.from_regex(r"\d+-?", fullmatch=True)))
def test_a_hyphen_beside_digits_stays(lines: list[str]) -> None:
    assert join_lines(lines).count("-") == "".join(lines).count("-")


@given(st.text())
def test_ligatures_alone_are_spelled_out(text: str) -> None:
    spelled = unligature(text)
    assert not re.search("[\ufb00-\ufb06]", spelled)
    assert re.sub("[\ufb00-\ufb06]", "", text) == "".join(c for c in text if not "\ufb00" <= c <= "\ufb06")
    assert unligature("1º ² ﬁ") == "1º ² fi"


def page(number: int, *lines: tuple[float, str]) -> Page:
    return Page(
        number,
        612.0,
        792.0,
        tuple(Line(text, Box(72.0, top, 72.0 + 5 * len(text), top + 12.0), 11.0) for top, text in lines),
    )


BODY = ((300.0, "Some words of the text"), (400.0, "and some others"))


def aside(pages: list[Page]) -> list[list[str]]:
    return [[line.text for line in each.set_aside] for each in repair(pages)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("A/HRC/14/11", "A/HRC/14/11"), ("- 1 -", "- 2 -"), ("Page 1", "Page 2"), ("1", "2"), ("1 of 2", "2 of 2")],
)
def test_running_headers_and_page_marks_are_set_aside_and_kept(one: str, other: str) -> None:
    assert aside([page(1, (40.0, one), *BODY), page(2, (40.0, other), *BODY)]) == [[one], [other]]


def test_a_header_that_repeats_the_document_s_head_is_set_aside() -> None:
    first = page(1, (40.0, "CONFERENCE OF MINISTERS"), (60.0, "ISLA-V/doc.5/07"), *BODY)
    assert aside([first, page(2, (40.0, "Conference of Ministers ISLA-V/doc.5/07"), *BODY)])[1]


@pytest.mark.parametrize("text", ["ı", "İ", "xı"])
def test_a_letter_that_is_i_only_where_case_is_ignored_is_no_page_number(text: str) -> None:
    assert aside([page(1, (40.0, text), *BODY), page(2, (760.0, text), *BODY)]) == [[], []]


def test_text_that_recurs_in_the_middle_of_pages_stays() -> None:
    pages = [page(number, (350.0, "That the States act."), (390.0, "1")) for number in (1, 2, 3)]
    assert aside(pages) == [[], [], []]


def test_every_line_stays_or_is_set_aside() -> None:
    pages = [page(number, (40.0, "HEAD"), *BODY, (760.0, str(number))) for number in (1, 2, 3)]
    for before, after in zip(pages, repair(pages), strict=True):
        assert sorted(line.text for line in (*after.lines, *after.set_aside)) == sorted(
            line.text for line in before.lines
        )


@pytest.mark.parametrize(
    ("text", "code", "description"),
    [
        ("o\u6600ce", "two-scripts", "place where letters of two scripts stand in one word"),
        ("evidenciaÃ© digital", "twice-decoded", "pair of letters that looks like one letter decoded wrongly"),
        ("Jos\ufffd", "replaced-letters", "letter lost before the file was made (replacement or private characters)"),
        ("Jos\x07", "control-characters", "control character within the text"),
    ],
)
def test_broken_decoding_is_told_and_left_as_it_is(text: str, code: str, description: str) -> None:
    (repaired,) = repair([page(1, (300.0, text))])
    assert [line.text for line in repaired.lines] == [text]
    (caution,) = repaired.warnings
    assert (caution.code, caution.message.sentence()) == (code, f"1 {description}, first in {text!r}")
