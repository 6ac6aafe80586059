"""Typed queries, read as syntax trees."""

import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.fields import FIELDS
from indexer.model import And, Everything, Filter, Near, Node, Not, Or, Phrase, Prefix, Typo, Word
from indexer.model.errors import BadQuery
from indexer.query.lexer import MAX_CLAUSES, MAX_DISTANCE, MAX_LENGTH
from indexer.query.parser import MAX_DEPTH, parse, render

A, B, C = Word("a"), Word("b"), Word("c")


def codes(text: str) -> list[str]:
    return [note.code for note in parse(text).notes]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", Everything()),
        (" \t\n\u3000", Everything()),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a and b or c", And((A, Word("and"), B, Word("or"), C))),
        ("a O b NO c", And((A, Word("O"), B, Word("NO"), C))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("(a b) c", And((A, B, C))),
        ("a OR (b OR c)", Or((A, B, C))),
        ("(a OR b)(c)", And((Or((A, B)), C))),
        ("-a", Not(A)),
        ("NOT a", Not(A)),
        ("a –b", And((A, Not(B)))),
        ("−a", Not(A)),
        ("‐a", Not(A)),
        ("(‑a)", Not(A)),
        (
            '–"a b" −year:2006 –meeting:"IX"',
            And((Not(Phrase("a b")), Not(Filter("year", "2006")), Not(Filter("meeting", "IX")))),
        ),
        ("NOT NOT a", A),
        ("NOT -a", A),
        ("-(-a)", A),
        ("a -b", And((A, Not(B)))),
        ("a AND NOT b", And((A, Not(B)))),
        ("a OR NOT b", Or((A, Not(B)))),
        ("-(a b)", Not(And((A, B)))),
        ("a(-b)", And((A, Not(B)))),
        ('-"a b" c', And((Not(Phrase("a b")), C))),
        ('"a b"', Phrase("a b")),
        ("“a b” «c»", And((Phrase("a b"), Phrase("c")))),
        ("‹a b› ＂c＂", And((Phrase("a b"), Phrase("c")))),
        ("'a b' -‘c’", And((Phrase("a b"), Not(Phrase("c"))))),
        ("('a l’évidence')", Phrase("a l’évidence")),
        ("'a b", And((A, B))),
        ("a' 'b", And((A, B))),
        ('a"b c"', And((A, Phrase("b c")))),
        ('"a\n  b"', Phrase("a b")),
        ('"a AND (b) -c"', Phrase("a AND (b) -c")),
        ("cyber-crime", Word("cyber-crime")),
        ("24/7", Word("24/7")),
        ("G-8", Word("G-8")),
        ("CIBER-IX/doc.3/16", Word("CIBER-IX/doc.3/16")),
        ("AG/RES. 2894 (XLVI-O/16)", And((Word("AG/RES"), Word("2894"), Word("XLVI-O/16")))),
        ("l’évidence, d'água!", And((Word("l’évidence"), Word("d'água")))),
        ("cib*", Prefix("cib")),
        ("cyber-cri*", Prefix("cyber-cri")),
        ("crime~", Typo("crime")),
        ("crime~1", Typo("crime")),
        ("-cib* -crime~", And((Not(Prefix("cib")), Not(Typo("crime"))))),
        ("a NEAR/5 b", Near(A, B, 5)),
        ('"a b" NEAR/0 c', Near(Phrase("a b"), C, 0)),
        ("a NEAR/3 b NEAR/2 c", And((Near(A, B, 3), Near(B, C, 2)))),
        ("-a NEAR/3 b", Not(Near(A, B, 3))),
        ("c OR a NEAR/3 b", Or((C, Near(A, B, 3)))),
        ("year:2006", Filter("year", "2006")),
        ("year:2006..2016", Filter("year", "2006..2016")),
        ("year:2006..", Filter("year", "2006..")),
        ("year:..2016", Filter("year", "..2016")),
        ("Year:2006,", Filter("year", "2006")),
        ("year:2006.", Filter("year", "2006")),
        ("meeting:IX", Filter("meeting", "IX")),
        ("meeting:remja-cybercrime/IX", Filter("meeting", "remja-cybercrime/IX")),
        ("meeting:Décima.", Filter("meeting", "Décima")),
        ("meeting:II.!", Filter("meeting", "II")),
        ('meeting:"II."', Filter("meeting", "II")),
        ("meeting:2ª", Filter("meeting", "2ª")),
        ('meeting:"second  meeting"', Filter("meeting", "second meeting")),
        ('meeting:"body / II"', Filter("meeting", "body/II")),
        ('meeting:"II ."', Filter("meeting", "II")),
        ('meeting:" II , . ;"', Filter("meeting", "II")),
        ('meeting:"body / II !"', Filter("meeting", "body/II")),
        ('lang:"es ."', Filter("lang", "es")),
        ('meeting:"IX" a', And((Filter("meeting", "IX"), A))),
        ('a -meeting:"IX"', And((A, Not(Filter("meeting", "IX"))))),
        ("LANG:ES", Filter("lang", "es")),
        ("lang:qu", Filter("lang", "qu")),
        ("kind:Preamble", Filter("kind", "preamble")),
        ("body:sample", Filter("body", "sample")),
        ("-year:2006", Not(Filter("year", "2006"))),
        ("(year:2006 OR year:2010) a", And((Or((Filter("year", "2006"), Filter("year", "2010"))), A))),
    ],
)
def test_a_query_is_read_as_this_tree_without_a_note(text: str, tree: Node) -> None:
    query = parse(text)
    assert (query.tree, query.notes) == (tree, ())


@pytest.mark.parametrize(
    ("text", "tree", "notes"),
    [
        ('"a b', Phrase("a b"), ["quote-closed"]),
        ('a "', A, ["quote-closed", "no-word"]),
        ('""', Everything(), ["no-word"]),
        ('a -"" b', And((A, B)), ["no-word"]),
        ('"a b"~10', Phrase("a b"), ["near-instead"]),
        ('"a b*"', Phrase("a b*"), ["star-at-end-only"]),
        ("AND", Word("and"), ["operator-as-word"]),
        ("OR OR", And((Word("or"), Word("or"))), ["operator-as-word"]),
        ("NOT", Word("not"), ["operator-as-word"]),
        ("a AND", And((A, Word("and"))), ["operator-as-word"]),
        ("OR a", And((Word("or"), A)), ["operator-as-word"]),
        ("a NOT", And((A, Word("not"))), ["operator-as-word"]),
        ("(AND)", Word("and"), ["operator-as-word"]),
        ("(a OR) b", And((A, Word("or"), B)), ["operator-as-word"]),
        ("(-)", Everything(), ["no-word", "parenthesis-empty"]),
        ("a (-) b", And((A, B)), ["no-word", "parenthesis-empty"]),
        ("(! -)", Everything(), ["no-word", "no-word", "parenthesis-empty"]),
        ("a -) b", And((A, B)), ["no-word", "parenthesis-unmatched"]),
        ("NOT ()", Everything(), ["parenthesis-empty"]),
        ("a NOT () b", And((A, B)), ["parenthesis-empty"]),
        ("a OR ()", A, ["parenthesis-empty"]),
        ("(a OR ()) b", And((A, B)), ["parenthesis-empty"]),
        ("a OR () OR b", Or((A, B)), ["parenthesis-empty"]),
        ("a AND () b", And((A, B)), ["parenthesis-empty"]),
        ("a OR -() b", Or((A, B)), ["parenthesis-empty"]),
        ("()", Everything(), ["parenthesis-empty"]),
        ("((a)", A, ["parenthesis-unmatched"]),
        ("a) b", And((A, B)), ["parenthesis-unmatched"]),
        (")(", Everything(), ["parenthesis-unmatched"]),
        ("a -(", A, ["parenthesis-unmatched"]),
        ("a OR -(", And((A, Word("or"))), ["parenthesis-unmatched", "operator-as-word"]),
        ("*", Everything(), ["no-word"]),
        ("-", Everything(), ["no-word"]),
        ("a - b", And((A, B)), ["no-word"]),
        ("!@#", Everything(), ["no-word"]),
        ("-!!", Everything(), ["no-word"]),
        ("--a", A, ["sign-left-out"]),
        ("+a", A, ["sign-left-out"]),
        ("!a", A, ["sign-left-out"]),
        ("—a", A, ["sign-left-out"]),
        ("–-a", A, ["sign-left-out"]),
        ("a – b", And((A, B)), ["no-word"]),
        ('"a"-b', And((Phrase("a"), B)), ["sign-left-out"]),
        ("*a", A, ["star-at-end-only"]),
        ("a*b", Word("a*b"), ["star-at-end-only"]),
        ("a~2", Typo("a"), ["typo-one-slip"]),
        ("a~2.", Typo("a"), ["typo-one-slip"]),
        ("a-b~2", Word("a-b~2"), ["typo-one-word"]),
        ("a²~", A, ["typo-one-word"]),
        ("a²~0", Word("a²~0"), ["typo-one-word"]),
        ("a~b", Word("a~b"), ["typo-one-word"]),
        ("a-b~", Word("a-b"), ["typo-one-word"]),
        ("NEAR/5", Word("near/5"), ["near-as-word"]),
        ("a NEAR/5 (b)", And((A, Word("near/5"), B)), ["near-as-word"]),
        ("a* NEAR/5 b", And((Prefix("a"), Word("near/5"), B)), ["near-as-word"]),
        ("a NEAR/5000 b", Near(A, B, MAX_DISTANCE), ["near-too-far"]),
        ("http:x.org", Word("http:x.org"), ["not-a-filter"]),
        ("title:steuer*", Prefix("title:steuer"), ["not-a-filter"]),
        ("doc:3", Word("doc:3"), ["not-a-filter"]),
        ("10:30", Word("10:30"), []),
        ("year: 2006", And((Word("year"), Word("2006"))), ["filter-without-value"]),
        ("Meeting:", Word("Meeting"), ["filter-without-value"]),
        ("!AND", Word("and"), ["sign-left-out"]),
        ("\x00\ud800", Everything(), ["no-word"]),
        ("\u200fa\u200e \ufeffb", And((A, B)), []),
    ],
)
def test_what_cannot_mean_what_it_looks_like_is_mended_and_a_note_says_so(
    text: str, tree: Node, notes: list[str]
) -> None:
    assert (tree, notes) == (parse(text).tree, codes(text))


@pytest.mark.parametrize(
    ("text", "position", "problem", "remedy"),
    [
        ("a year:abc", 2, "year:abc", "Give a year or a range of years, as in year:2016, year:2006..2016,"),
        ("year:2016..2006", 0, "“year:2016..2006” ends before it begins", "Did you mean year:2006..2016?"),
        ("year:2006-2016", 0, "year:2006-2016", "year:2006..2016"),
        ("year:٢٠٠٦", 0, "year:", "year:2016"),
        ('-year:"x"', 0, "year:x", "year:2016"),
        ("-!year:x", 2, "year:x", "year:2016"),
        ("kind:foo", 0, "“kind:foo” cannot be read", "Give one of recommendation, preamble, paragraph, reply, note."),
        ("lang:español", 0, "lang:español", "Did you mean lang:es?"),
        ("lang:klingon", 0, "lang:klingon", "Give the code of one language, as in lang:es; for several"),
        ("lang:es,en", 0, "lang:es,en", "(lang:es OR lang:en)"),
        ("meeting:*", 0, "meeting:*", "Give the number of a meeting, as in meeting:IX."),
        ("body:a_b", 0, "body:a_b", "Give the id of a body, as in body:sample."),
    ],
)
def test_a_filter_that_cannot_be_read_is_an_error_with_its_place_and_a_remedy(
    text: str, position: int, problem: str, remedy: str
) -> None:
    with pytest.raises(BadQuery) as caught:
        parse(text)
    assert position == caught.value.position
    assert problem in caught.value.message.sentence()
    assert remedy in caught.value.message.remedy()


@pytest.mark.parametrize("letter", ["İ", "ı"])
def test_letters_that_are_i_only_where_case_is_ignored_are_in_no_field_and_in_no_kind(letter: str) -> None:
    assert And((Word(f"meet{letter}ng"), Phrase("IX"))) == parse(f'meet{letter}ng:"IX"').tree
    with pytest.raises(BadQuery, match="cannot be read"):
        parse(f"kind:recommendat{letter}on")


@pytest.mark.parametrize(
    "text", ["!@#", "*", "AND", "very-unlikely-phrase-xyz123", "NOT military", "[a TO", "~~", "(a", "a^2 {b}"]
)
def test_queries_that_broke_other_searches_are_read(text: str) -> None:
    assert parse(render(parse(text).tree)).tree == parse(text).tree


def test_a_long_query_is_read_as_far_as_the_bound_and_says_so() -> None:
    parsed = parse("x" * (MAX_LENGTH + 1))
    assert Word("x" * MAX_LENGTH) == parsed.tree
    assert [("cut-short", (str(MAX_LENGTH),))] == [(note.code, note.parts) for note in parsed.notes]


def test_a_long_query_is_cut_between_two_words() -> None:
    whole = "a".ljust(MAX_LENGTH - len("year:2016")) + "year:2016"
    assert And((A, Filter("year", "2016"))) == parse(f"{whole} b").tree
    for cut in range(1, len("year:2016")):
        text = "a".ljust(MAX_LENGTH - cut) + "year:2016"
        assert (parse(text).tree, codes(text)) == (A, ["cut-short"])


def test_many_words_are_read_as_far_as_the_bound_and_say_so() -> None:
    assert And((A,) * MAX_CLAUSES) == parse("a " * MAX_CLAUSES).tree
    parsed = parse("a " * (MAX_CLAUSES + 1))
    assert And((A,) * MAX_CLAUSES) == parsed.tree
    assert [note.code for note in parsed.notes] == ["too-many-words"]


@pytest.mark.parametrize("depth", [3, 4, 9])
def test_deep_parentheses_are_heeded_as_far_as_the_bound(monkeypatch: pytest.MonkeyPatch, depth: int) -> None:
    monkeypatch.setattr("indexer.query.parser.MAX_DEPTH", 3)
    parsed = parse("(" * depth + "a" + ")" * depth)
    assert parsed.tree == A
    assert (depth > 3) == ("too-deep" in [note.code for note in parsed.notes])


@pytest.mark.parametrize("inside", ["-(OR )()", "-()", "(-)", "a OR (())", "-(()) OR ()", "a -(OR (()))"])
def test_what_lies_too_deep_leaves_no_operator_without_its_work(inside: str) -> None:
    parsed = parse(f"b {'(' * MAX_DEPTH}{inside}{')' * MAX_DEPTH}")
    assert parsed.tree in (B, And((B, A)))


@pytest.mark.parametrize(
    "piece", ["(", ")", "-(", '"', "NOT ", "a NEAR/1 ", "-", "*", "a OR (", "\u0301", "year:2006 "]
)
def test_ten_thousand_of_anything_are_read(piece: str) -> None:
    parsed = parse(piece * 10_000)
    assert "cut-short" in [note.code for note in parsed.notes]


SENTENCES = {
    "a " * MAX_LENGTH: (
        "Only the first 2000 characters of your search were used.",
        "Only the first 256 words of your search were used.",
    ),
    f"{'(' * 99}a{')' * 99}": ("Parentheses more than 20 deep were left out.",),
    '"a b': ("A quotation mark was left open and has been closed at the end.",),
    "a)": ("A parenthesis without its partner was left out.",),
    "a ()": ("Parentheses with nothing between them were left out.",),
    "a AND": ("“AND” joins nothing and was searched as a word.",),
    "NEAR/5": ("“NEAR/5” joins two words or phrases; here it was read as words.",),
    "a NEAR/5000 b": ("NEAR reaches at most 100 words.",),
    "a !!": ("“!!” holds no letter or digit and was left out.",),
    "+a": ("The sign in “+a” was left out: every word must match unless a single - stands before it.",),
    "a*b": ("The * in “a*b” was ignored: it works at the end of a word, outside quotation marks.",),
    "a~b": ("The ~ in “a~b” was ignored: it works at the end of a single word, outside quotation marks.",),
    "a~2": ("“a~2” was searched with one misspelt letter, the most that ~ allows.",),
    '"a b"~9': ("“~9” after a quotation was left out: write NEAR/9 between two words or phrases.",),
    "doc:3": (
        f"“doc:” is not a filter and was searched as a word. Filters are {', '.join(f'{name}:' for name in FIELDS)}.",
    ),
    "year: 2006": (
        "“year:” has no value and was searched as a word. Write it without a space, as in year:2006..2016.",
    ),
}


@pytest.mark.parametrize(("text", "sentences"), SENTENCES.items(), ids=range(len(SENTENCES)))
def test_a_note_says_in_a_sentence_what_was_mended(text: str, sentences: tuple[str, ...]) -> None:
    assert tuple(note.sentence() for note in parse(text).notes) == sentences


def test_every_note_has_its_sentence_and_its_parts() -> None:
    note = parse("NEAR/5").notes[0]
    assert (note.code, note.parts) == ("near-as-word", ("NEAR/5",))
    assert note.sentence() == "“NEAR/5” joins two words or phrases; here it was read as words."


WORDS = st.sampled_from(
    ["a", "cyber-crime", "24/7", "l’évidence", "or", "not", "near/5", "http://x", "a*b", "O", "保護", "year"]
)
LEAVES = st.one_of(
    st.builds(Word, WORDS),
    st.builds(Phrase, st.sampled_from(["a b", "AND", "-a", "points of contact", "year:2006"])),
    st.builds(Prefix, st.sampled_from(["cib", "cyber-cri", "or"])),
    st.builds(Typo, st.sampled_from(["crime", "not"])),
    st.builds(Near, st.builds(Word, WORDS), st.builds(Phrase, st.just("a b")), st.integers(0, MAX_DISTANCE)),
    st.sampled_from(
        [
            Filter("year", "2006.."),
            Filter("meeting", "IX"),
            Filter("meeting", "body/2ª reunión"),
            Filter("lang", "es"),
            Filter("kind", "note"),
        ]
    ),
)


def _group(kind: type[And | Or], parts: list[Node]) -> Node:
    flat = [leaf for part in parts for leaf in (part.parts if isinstance(part, kind) else (part,))]
    return kind(tuple(flat))


def _negated(part: Node) -> Node:
    return part.part if isinstance(part, Not) else Not(part)


TREES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(_group, st.just(And), st.lists(inner, min_size=2, max_size=4)),
        st.builds(_group, st.just(Or), st.lists(inner, min_size=2, max_size=4)),
        st.builds(_negated, inner),
    ),
    max_leaves=15,
)


@given(TREES)
def test_a_tree_that_is_printed_and_read_again_is_the_same(tree: Node) -> None:
    assert tree == parse(render(tree)).tree


READABLE = ["body:sample", "meeting:IX", "meeting:a / b", "year:2006", "year:2006..", "lang:es", "kind:note"]


@given(st.sampled_from(READABLE), st.text(" \t\u00a0", max_size=2), st.text(" \u00a0.,;:!?°", max_size=4))
def test_a_filter_in_quotation_marks_is_printed_as_it_was_read(readable: str, before: str, after: str) -> None:
    field, _, value = readable.partition(":")
    text = f'{field}:"{before}{value}{after}"'
    try:
        tree = parse(text).tree
    except BadQuery as error:
        _names_a_place(error, text)
        return
    assert isinstance(tree, Filter)
    assert tree.value == tree.value.strip()
    assert tree == parse(render(tree)).tree


PIECES = (
    *("a", "b", "-", "(", ")", "+", "!", ".", ":", "'", "é", "²", "*", "~", "~2", "0", "“", '"', " ", " ", " "),
    *(" AND ", " OR ", "NOT ", "AND", "OR", "NOT", " NEAR/3 ", "NEAR/3", "year:2006..", "lang:es", "kind:"),
    *("meeting:II", 'meeting:"', "–", "−", "'", "‘", "’", "‹"),
    *("\u200f", "\x00", "\ud800"),
)
SYNTAX = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
SIGNS = st.text(alphabet="ab -–—−()\"“'!*~+:", max_size=12)
DEEP = (SIGNS | SYNTAX).map(lambda inside: "(" * MAX_DEPTH + inside + ")" * MAX_DEPTH)


@settings(max_examples=1000)
@given(st.text(max_size=80) | SYNTAX | SIGNS | DEEP)
def test_any_string_gives_a_tree_in_normal_form_or_names_a_filter(text: str) -> None:
    try:
        query = parse(text)
    except BadQuery as error:
        _names_a_place(error, text)
        return
    tree, notes = query.tree, query.notes
    assert tree == parse(render(tree)).tree
    assert len(notes) == len(set(notes))
    assert tree == Everything() or Everything() not in list(nodes(tree))
    for parent, child in edges(tree):
        assert type(parent) is not type(child)


def _names_a_place(error: BadQuery, text: str) -> None:
    assert error.position is not None
    assert 0 <= error.position < len(text)
    assert error.message.remedy()
    if error.better:
        # The next fault, if there is one, stands behind what was mended.
        assert (fault(error.better) or len(text) + len(error.better)) > error.position


def fault(text: str) -> int | None:
    """The place of the first filter of a query that cannot be read."""
    try:
        parse(text)
    except BadQuery as error:
        return error.position
    return None


def nodes(tree: Node) -> list[Node]:
    return [tree, *(child for _, child in edges(tree))]


def edges(tree: Node) -> list[tuple[Node, Node]]:
    children = tree.parts if isinstance(tree, And | Or) else (tree.part,) if isinstance(tree, Not) else ()
    return [(tree, child) for child in children] + [edge for child in children for edge in edges(child)]


def test_every_single_character_is_read() -> None:
    for point in range(0, sys.maxunicode, 7):
        # Unicode has one set of properties for all that it has not assigned: a tenth of them shows as much.
        if point % 70 == 0 or unicodedata.category(chr(point)) != "Cn":
            parse(f"a{chr(point)} {chr(point)}b")


def test_no_word_is_lost_between_two_neighbours() -> None:
    words = ["alpha", "beta", "OR", "gamma", "-delta", "epsilon"]
    for left, right in pairwise(words):
        if "OR" not in (left, right):
            assert render(parse(f"{left} {right}").tree) == f"{left} {right}"


def test_an_address_is_not_taken_for_a_filter_that_there_is_not() -> None:
    assert parse("https://example.org/item/sample/IX/3").notes == ()
    assert [note.code for note in parse("https:example").notes] == ["not-a-filter"]


@pytest.mark.parametrize(
    ("text", "read_as", "codes"),
    [
        ("EVIDENCE OR TRAINING", "EVIDENCE or TRAINING", ["operator-in-capitals"]),
        ("DIGITAL EVIDENCE AND NOT THE POLICE", "DIGITAL EVIDENCE and not THE POLICE", ["operator-in-capitals"] * 2),
        ("WHO OR UN", "WHO OR UN", []),
        ("XVIII OR XXIV", "XVIII OR XXIV", []),
        ("EVIDENCE OR training", "EVIDENCE OR training", []),
        ("EVIDENCE (TRAINING", "EVIDENCE TRAINING", ["parenthesis-unmatched"]),
        ("what is evidence OR training", "what is evidence or training", ["operator-in-sentence"]),
        ("¿qué medidas NOT fueron tomadas", "qué medidas not fueron tomadas", ["operator-in-sentence"]),
        ("the unit of crime NOT part of the police but of the states", None, ["operator-in-sentence"]),
        ("law of the states NOT police", "law of the states -police", []),
        ("what units report OR act lang:en", "(what units report) OR (act lang:en)", []),
    ],
)
def test_operators_are_words_among_capitals_and_in_sentences(text: str, read_as: str | None, codes: list[str]) -> None:
    query = parse(text)
    assert [note.code for note in query.notes] == codes
    assert read_as in (None, render(query.tree))
    assert parse(render(query.tree)).tree == query.tree
