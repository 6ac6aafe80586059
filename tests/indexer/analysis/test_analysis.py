"""Text to tokens."""

import sys
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.folding import _in_any_text, fold, word_pattern
from indexer.analysis.language import LANGUAGES, identify, is_stop_word
from indexer.analysis.query_forms import MAX_FORMS, Form, open_compound, query_phrase, query_word
from indexer.analysis.tokenizer import Token, parse, tokenize, words_of

LATIN = st.text(alphabet="abcdeñáçãé'’-./ 01 GIX\u0301\u00ad", max_size=40)
languages = st.sampled_from([*LANGUAGES, "de", "qu", ""])


def exact(text: str, language: str = "en") -> list[str]:
    return [token.exact[0] for token in tokenize(text, language)]


def stems(word: str, language: str) -> set[str]:
    (token,) = tokenize(word, language)
    return set(token.stems)


def occurs(form: Form, tokens: list[Token], layer: str) -> bool:
    """Tell whether a form is found in a text: each of its words in its place."""
    places = [{at.position - place for at in tokens if _meet(wanted, at, layer)} for place, wanted in enumerate(form)]
    return bool(set.intersection(*places))


def _meet(wanted: Token, at: Token, layer: str) -> bool:
    return bool(set(wanted.stems) & set(at.stems)) if layer == "stems" else wanted.exact[0] in at.exact


def finds(asked: str, printed: str, language: str = "en") -> bool:
    return any(occurs(form, tokenize(printed, language), "stems") for form in query_word(asked, language))


def quotes(asked: str, printed: str, language: str = "en") -> bool:
    return any(occurs(form, tokenize(printed, language), "exact") for form in query_phrase(asked, language))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("24/7", ["24", "7"]),
        ("G-8", ["g", "g8", "8"]),
        ("G8", ["g8"]),
        ("e-mail", ["e", "email", "mail"]),
        ("cyber‑crime", ["cyber", "cybercrime", "crime"]),
        ("CIBER-IX//doc.3/16 rev.1", ["ciber", "ciberix", "ix", "doc", "3", "16", "rev", "1"]),
        ("AG/RES. 2894 (XLVI-O/16)", ["ag", "res", "2894", "xlvi", "xlvio", "o", "16"]),
        ("(XXXIV-0/04)", ["xxxiv", "xxxiv0", "o", "04"]),
        ("2003-0/04", ["2003", "0", "04"]),
        ("V-0 or C-0-1", ["v", "v0", "0", "or", "c", "c01", "0", "1"]),
        ("l’évidence", ["l", "evidence"]),
        ("d'água", ["d", "agua"]),
        ("the State’s duty", ["the", "state's", "duty"]),
        ("States' duty", ["states", "duty"]),
        ("O.A.S. and EE.UU.", ["o", "oas", "a", "s", "and", "ee", "eeuu", "uu"]),
        ("1,000 or 1.000.000", ["1", "1000", "000", "or", "1", "1000000", "000", "000"]),
        ("3.5 and 104.12", ["3", "5", "and", "104", "12"]),
        ("10-12", ["10", "12"]),
        ("end.Next", ["end", "next"]),
        ("co\u00adopera\u200btion\u00ad", ["cooperation"]),
        ("Estados² monthsᵇ 2894¹", ["estados", "months", "2894"]),
        ("CO₂ and 25 m² or km³", ["co2", "and", "25", "m", "m2", "or", "km", "km3"]),
        ("1º", ["1"]),
        ("5.º", ["5", "5", "o"]),
        ("İstanbul Straße Œuvre Łódź", ["istanbul", "strasse", "oeuvre", "lodz"]),
        ("データ保護 data", ["デ", "ー", "タ", "保", "護", "data"]),
        ("हिन्दी 한국어 עִבְרִית", ["हिन्दी", "한국어", "עברית"]),
        ("snake_case@oas.org", ["snake", "case", "oas", "org"]),
        ("\x00\ud800\u202e!", []),
    ],
)
def test_a_text_gives_these_words(text: str, words: list[str]) -> None:
    assert [fold(word) for word in words] == exact(text)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("es", "resolucion", "resolución"),
        ("es", "resolucion", "resoluciones"),
        ("es", "cibernetico", "cibernético"),
        ("es", "cibernéticas", "cibernetico"),
        ("es", "juridica", "jurídicas"),
        ("es", "asistio", "asistió"),
        ("es", "asistir", "asistió"),
        ("es", "categorias", "categoría"),
        ("es", "adopto", "adoptó"),
        ("es", "adopto", "adoptar"),
        ("es", "recomendo", "recomendar"),
        ("es", "establecio", "estableció"),
        ("es", "establecio", "establecer"),
        ("es", "fortalecera", "fortalecer"),
        ("es", "fortaleceran", "fortalecerán"),
        ("es", "estudio", "estudiar"),
        ("es", "precio", "precios"),
        ("es", "ano", "año"),
        ("pt", "recomendacao", "recomendação"),
        ("pt", "recomendacao", "recomendações"),
        ("pt", "recomendacoes", "recomendar"),
        ("pt", "cooperacao", "cooperar"),
        ("pt", "evidencias", "evidência"),
        ("pt", "eletronica", "eletrônicos"),
        ("pt", "secretario", "secretários"),
        ("pt", "responsaveis", "responsável"),
        ("fr", "cybercriminalite", "cybercriminalité"),
        ("fr", "securite", "sécurité"),
        ("fr", "donnees", "donnée"),
        ("fr", "procedure", "procédures"),
        ("fr", "cooperation", "coopération"),
        ("es", "unidad", "unidades"),
        ("es", "taller", "talleres"),
        ("es", "juez", "jueces"),
        ("es", "índice", "indices"),
        ("es", "joven", "jóvenes"),
        ("es", "gobierno", "gobiernos"),
        ("es", "línea", "líneas"),
        ("es", "organismo", "organismos"),
        ("es", "recomendamos", "recomendar"),
        ("pt", "tribunal", "tribunais"),
        ("pt", "nível", "niveis"),
        ("pt", "civil", "civis"),
        ("pt", "lei", "leis"),
        ("pt", "jovem", "jovens"),
        ("pt", "reunião", "reuniões"),
        ("pt", "órgão", "orgaos"),
        ("pt", "juiz", "juízes"),
        ("fr", "travail", "travaux"),
        ("fr", "national", "nationaux"),
        ("fr", "loi", "lois"),
        ("fr", "anglais", "anglaise"),
        ("fr", "admis", "admise"),
        ("fr", "inclus", "incluse"),
        ("en", "woman", "women"),
        ("en", "crisis", "crises"),
        ("en", "resume", "résumé"),
        ("en", "recommend", "recommendations"),
        ("en", "State’s", "states"),
        ("de", "Prüfung", "prufung"),
    ],
)
def test_these_are_forms_of_one_word(language: str, one: str, other: str) -> None:
    assert stems(one, language) & stems(other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("es", "cibernético", "cibernauta"),
        ("es", "medio", "medidas"),
        ("es", "precio", "preces"),
        ("pt", "secretaria", "segredo"),
        ("pt", "dois", "dólar"),
        ("pt", "mais", "mal"),
        ("fr", "preuve", "prévenir"),
        ("en", "universe", "police"),
        ("de", "Prüfung", "Prüfungen"),
    ],
)
def test_these_are_different_words(language: str, one: str, other: str) -> None:
    assert not stems(one, language) & stems(other, language)


NOUNS = {
    "fr": """délit/délits crédit/crédits conflit/conflits profit/profits déficit/déficits récit/récits
        transit/transits manuscrit/manuscrits désir/désirs loisir/loisirs contenu/contenus individu/individus
        revenu/revenus inconnu/inconnus appui/appuis aperçu/aperçus droit/droits produit/produits point/points
        avis/avis virus/virus""",
    "pt": """papel/papéis aluguel/aluguéis hotel/hotéis painel/painéis nível/níveis móvel/móveis túnel/túneis
        fácil/fáceis útil/úteis projétil/projéteis civil/civis perfil/perfis juvenil/juvenis tribunal/tribunais
        espanhol/espanhóis responsável/responsáveis lei/leis""",
    "es": "país/países mes/meses portal/portales delito/delitos interés/intereses virus/virus",
}
"""Singular and plural."""


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [(language, *pair.split("/")) for language, pairs in NOUNS.items() for pair in pairs.split()],
)
def test_the_singular_finds_the_plural_with_accents_and_without(language: str, one: str, many: str) -> None:
    for typed in (one, fold(one)):
        assert stems(typed, language) & stems(many, language)
    assert stems(one, language) & stems(fold(many), language)


SPANISH_FORMS = """
    permitió/permitir existió/existir discutió/discutir compartió/compartir escribió/escribir prohibió/prohibir
    sucedió/suceder extendió/extender suspendió/suspender respondió/responder perdió/perder decidió/decidir
    dividió/dividir acudió/acudir dirigió/dirigir eligió/eligieron surgió/surgir protegió/proteger recogió/recoger
    ocurrió/ocurrir adquirió/adquirir sugirió/sugirieron cubrió/cubrir sufrió/sufrir cumplió/cumplir vivió/vivir
    promovió/promover resolvió/resolver reunió/reunir definió/definir rompió/romper declara/declarar preparan/preparar
    consiste/consisten contraste/contrastes financiera/financieros"""
"""Two forms of one word."""


@pytest.mark.parametrize("pair", SPANISH_FORMS.split())
def test_forms_of_one_spanish_word_find_each_other_with_accents_and_without(pair: str) -> None:
    one, other = pair.split("/")
    assert stems(one, "es") & stems(other, "es")
    assert stems(fold(one), "es") & stems(other, "es")


SPANISH_NOUNS = "medio sitio incendio dispendio compendio amplio cambio refugio previo homicidio presidio privilegio"


@pytest.mark.parametrize("noun", SPANISH_NOUNS.split())
def test_spanish_nouns_are_no_pasts(noun: str) -> None:
    assert stems(noun, "es") == stems(f"{noun}s", "es")


def test_a_word_with_accents_is_kept_as_printed_beside_its_folded_form() -> None:
    assert [Token(0, 0, 3, ("ano", "año"), ("ano",)), Token(1, 4, 7, ("ano",), ("ano",))] == tokenize("AÑO ano", "es")


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("cybercrime", "all cyber-crimes here"),
        ("cybercrime", "all cyber crimes here"),
        ("cyber-crime", "all cybercrimes here"),
        ("cyber-crime", "all cyber crime here"),
        ("email", "by e-mail"),
        ("e-mail", "by email"),
        ("wellbeing", "their well-being"),
        ("5.º", "artigo 5º da lei"),
        ("5º", "artigo 5.º da lei"),
        ("G8", "the G-8 network"),
        ("G-8", "the G8 network"),
        ("G8", "the G 8 network"),
        ("24/7", "the 24 / 7 network"),
        ("24-7", "the 24/7 network"),
        ("CIBER-IX/doc.3/16", "see CIBER-IX//doc.3/16 rev. 1"),
        ("doc.3", "see CIBER-IX/doc. 3/16"),
        ("rev.1", "see CIBER-IX/doc.3/16 rev. 1"),
        ("doc3", "see CIBER-IX/doc.3/16"),
        ("XXXIV-O/04", "AG/RES. 2040 (XXXIV-0/04)"),
        ("XXXIV-0/04", "AG/RES 2040 (XXXIV-O/04)"),
        ("AG/RES.", "AG/RES 2040"),
        ("XLVI-O/16", "AG/RES. 2040 (xlvi-0/16)"),
        ("(xlvi-0/16)", "AG/RES. 2894 (XLVI-O/16)"),
        ("XLVI-0", "AG/RES. 2894 (XLVI-O/16)"),
        ("XLVI-O", "session XLVI-0"),
        ("OAS", "the O.A.S. said"),
        ("O.A.S.", "the OAS said"),
        ("O.A.S", "the OAS said"),
        ("o.a.s", "the O.A.S. said"),
        ("EE.UU", "los EEUU"),
        ("l'O.E.A", "de l'OEA"),
        ("l’o.e.a.", "de l'OEA"),
        ("1000", "1,000 cases"),
        ("1.000", "1000 cases"),
        ("l'évidence", "par évidence"),
        ("evidence", "de l’évidence"),
        ("interamerican", "the Inter-American Portal"),
        ("CO2", "CO₂ of the air"),
        ("m2", "25 m² of land"),
        ("m²", "25 m2 of land"),
    ],
)
def test_a_word_finds_what_is_printed_otherwise(asked: str, printed: str) -> None:
    assert finds(asked, printed)


@pytest.mark.parametrize(
    ("asked", "printed"),
    [("G8", "the G-7 network"), ("cybercrime", "cyber space and crime"), ("24/7", "7/24"), ("together", "to get her")],
)
def test_a_word_does_not_find_another(asked: str, printed: str) -> None:
    assert not finds(asked, printed)


@pytest.mark.parametrize(
    ("asked", "printed", "expected"),
    [
        ("cybercrime units", "cyber-crime units", True),
        ("cyber crime units", "cybercrime units", True),
        ("cyber-crime e-mail G-8 on-line", "cybercrime email G8 online", True),
        ("O.A.S", "the OAS", True),
        ("cyber crime units", "cyber-crime unit", False),
        ("del G8 de delitos", "red del G-8 de delitos", True),
        ("red 24/7", "Red 24/7", True),
        ("de l'évidence", "de l’évidence", True),
        ("le évidence", "de l’évidence", False),
        ("ano nuevo", "año nuevo", True),
    ],
)
def test_a_phrase_finds_its_words_in_order_and_in_no_other_form(asked: str, printed: str, expected: bool) -> None:
    assert expected == quotes(asked, printed, "es")


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("cyber", "crime", "cybercrime"),
        ("Cyber", "Crime", "CyberCrime"),
        ("G", "8", "G8"),
        ("other", "crime", None),
        ("in", "formation", None),
        ("non", "x", None),
        ("a", "2016", None),
    ],
)
def test_two_words_are_one_where_the_first_is_a_combining_form(left: str, right: str, joined: str | None) -> None:
    assert joined == open_compound(left, right)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("That the States that have not yet done so establish units to investigate the offences.", "en"),
        ("Que los Estados que aún no lo han hecho establezcan unidades para investigar los delitos.", "es"),
        ("Que os Estados que ainda não o fizeram criem unidades para a investigação dos delitos.", "pt"),
        ("Que les États qui ne l'ont pas encore fait créent des unités chargées des enquêtes.", "fr"),
        ("Ogni individuo ha diritto alla vita, alla libertà e alla sicurezza della propria persona.", None),
        ("Jeder hat das Recht auf Leben, Freiheit und Sicherheit der Person.", None),
        ("Toda persoa ten dereito á vida, á liberdade e á seguridade da súa persoa.", None),
        ("REMJA 2006", None),
        ("", None),
        ("1234 5678 ---", None),
    ],
)
def test_the_language_is_told_from_the_text_or_left_open(text: str, language: str | None) -> None:
    assert language == identify(text)


def test_stop_words_are_known_with_and_without_their_accents() -> None:
    assert is_stop_word("También", "es")
    assert is_stop_word("tambien", "es")
    assert not is_stop_word("delito", "es")
    assert not is_stop_word("the", "de")


@given(st.text(max_size=60) | LATIN, languages)
def test_offsets_give_the_printed_word_back(text: str, language: str) -> None:
    tokens = tokenize(text, language)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        printed = text[token.start : token.end]
        if "-" not in printed and "0" not in token.exact:
            joined = fold("".join(part for part in printed if part not in ".,‐‑–"))
            assert token.exact[0] in fold(printed) or token.exact[0] == joined
        assert token.exact
        assert token.stems
    assert [(token.position, token.start) for token in tokens] == sorted(
        (token.position, token.start) for token in tokens
    )
    assert list(range(len({token.position for token in tokens}))) == sorted({token.position for token in tokens})


@given(st.text(max_size=30) | LATIN, languages)
def test_words_that_fold_alike_are_always_forms_of_one_another(text: str, language: str) -> None:
    for token in tokenize(text, language):
        printed = text[token.start : token.end]
        again = tokenize(fold(printed), language)
        if len(again) == 1:
            assert set(again[0].stems) & set(token.stems)


@cache
def changed_by_folding() -> list[str]:
    """The characters that are not their own folded form."""
    return [chr(point) for point in range(sys.maxunicode + 1) if fold(chr(point)) != chr(point)]


@pytest.mark.parametrize("word", ["{0}", "a{0}", "a{0}b"])
def test_any_character_that_folding_changes_meets_what_it_becomes(word: str) -> None:
    apart = []
    for text in (word.format(character) for character in changed_by_folding()):
        for token in tokenize(text, "th"):
            again = tokenize(fold(text[token.start : token.end]), "th")
            if len(again) == 1 and not set(again[0].stems) & set(token.stems):
                apart.append(text)
    assert apart == []


@given(st.text(max_size=60) | LATIN, languages)
def test_a_text_is_found_by_itself_as_a_word_and_as_a_phrase(text: str, language: str) -> None:
    if tokenize(text, language):
        assert finds(text, text, language)
        assert quotes(text, text, language)
    assert len(query_phrase(text, language)) <= MAX_FORMS
    for form in query_word(text, language):
        assert list(range(len(form))) == [token.position for token in form]


@settings(max_examples=300)
@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(text) == fold(fold(text))


def test_folding_any_single_character_twice_changes_nothing() -> None:
    assert not [character for character in changed_by_folding() if fold(fold(character)) != fold(character)]


PLAIN = st.lists(st.sampled_from(("State", "'", "'s", "'LL", "s", "9", "0", "_", "-", ".", "/", " "))).map("".join)


@given(PLAIN | st.text(st.characters(codec="ascii"), max_size=60))
def test_plain_texts_have_the_words_that_any_text_has(text: str) -> None:
    words, bounds, _ = parse(text)
    found = [text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    assert len(words) == len(found)
    assert tuple(found) == words_of(text)
    assert parse(f"{text} ł").bounds[:-2] == bounds


LETTERS = st.text(alphabet=[*map(chr, range(0x2FF)), *"\u1e00\u1ebd\u1eff\u2010\u2019\u2027\u2030\u203f\u205f"])


@given(begin=LETTERS, end=st.sampled_from(["", "'s", "’S", "ʼve", "\u00ads", "’re\u00b2", "'t_"]))
def test_the_plain_patterns_find_the_words_that_the_one_for_any_text_finds(begin: str, end: str) -> None:
    text = begin + end
    plain = word_pattern(text)
    assert plain is not _in_any_text()
    found = [match.span() for match in plain.one.finditer(text)]
    assert found == [match.span() for match in _in_any_text().one.finditer(text)]
