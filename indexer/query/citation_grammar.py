"""Grammar of citations, as people write them in four languages."""

import re
from functools import cache
from typing import NamedTuple

from indexer.analysis.folding import fold
from indexer.analysis.language import LANGUAGES, is_stop_word
from indexer.analysis.numerals import roman_value
from indexer.analysis.ordinals import MEETING, ORDINAL, ordinal
from indexer.model import Kind

MOST_CITED = 20
"""Items that a list or range of numbers names, at most."""

# Without accents. ``par`` for paragraph is not among them: in French it is a word of grammar.
KINDS = {
    word: kind
    for kind, words in {
        Kind.RECOMMENDATION: "recommendation recommendations rec recs recom recomendacion recomendaciones recomendacao "
        "recomendacoes recommandation recommandations",
        Kind.PREAMBLE: "preamble preambles preambulo preambulos preambule preambules",
        Kind.PARAGRAPH: "paragraph paragraphs para paras parrafo parrafos paragrafo paragrafos paragraphe paragraphes",
        Kind.REPLY: "reply replies response responses respuesta respuestas resposta respostas reponse reponses",
        Kind.NOTE: "note notes nota notas footnote footnotes",
    }.items()
    for word in words.split()
}

_ANY_KIND = "|".join(sorted(KINDS, key=len, reverse=True))
_ONE_KIND = "|".join(sorted((word for word in KINDS if not word.endswith("s")), key=len, reverse=True))
# Words for one meeting or several.
_MEETINGS = rf"(?:{'|'.join(sorted(MEETING, key=len, reverse=True))}|reunioe|reunione)s?"
# A path as printed; in square brackets where it was counted, with a number in parentheses where it is repeated.
_COUNTED, _REST = r"\[[\w.]+\]", r"(?:\.\w+)*(?![\w/~])(?:\s?\(\d{1,2}\))?"
# A Roman numeral before the word for a meeting is its ordinal: `third recommendation, III meeting`.
_ROMAN = rf"(?-i:[IVXLC]+)(?!\w|\s+{_MEETINGS})|[ivxlc]+(?=\.\w)"
_NUMBER = rf"(?:{_COUNTED}|(?:\d{{1,4}}|{_ROMAN}){_REST})"
# On a list, other numbers are so too: `recs. 3, 9th meeting`. Roman numerals go on none.
_NEXT = rf"(?:{_COUNTED}|(?!(?:19|20)\d\d\b)\d{{1,4}}{_REST}(?!\s+{_MEETINGS}))"
_AND = r"\s*(?:[,;&]|\b(?:and|or|y|o|e|et|ou)\b)\s*"
_TO = r"\s*(?:[-\u2013]|\b(?:to|through|al?)\b)\s*"
_NAMED = (
    rf"\b(?P<kind>{_ANY_KIND})\b\.?\s*(?:\b(?:nos?|num|numero|number|n[\u00ba\u00b0]?)(?!\w))?[.\u00ba\u00b0#\s]*"
    rf"(?P<numbers>{_NUMBER}(?:(?:{_AND}|{_TO}){_NEXT})*)"
)
_MARKED_ROMAN = r"[ivx][ivxlc]*\.?(?:eme|[e\u1d49\u00aa\u00ba\u00b0])"
# A bare number before a kind counts: `3 recommendations`. So does an ordinal before several.
_ORDINAL_FIRST = (
    rf"\b(?P<ordinal>{_MARKED_ROMAN}|(?!\d+\s|(?-i:[IVXLC]+)\s){ORDINAL})\s+(?P<one>{_ONE_KIND})\b(?!\.?\s*[\d\[])"
)
_ORDINAL = rf"(?:{_MARKED_ROMAN}|{ORDINAL}|[ivxlc]+)"
# Few, so that no long list is read again from each of its numbers.
_AND_THE = rf"(?:{_AND}){{1,2}}(?:(?:of|the|de|la|da|a)\s+){{0,2}}"
_MEETING = (
    rf"\b(?P<before>{_ORDINAL}(?:{_AND_THE}{_ORDINAL}){{0,5}})\s+{_MEETINGS}\b"
    rf"|\b(?:meetings|reuniones|reunioes|reunions)\s+(?P<list>{_ORDINAL}(?:{_AND_THE}{_ORDINAL}){{1,5}})\b"
    rf"|\b{_MEETINGS}\s+(?P<after>{_ORDINAL})(?!\w)"
)
_PIECE = rf"{_ORDINAL_FIRST}|{_NAMED}|{_MEETING}|(?P<word>\w+(?:[./~\u2019'-]+\w+)*|[,;&])"
_ONE = rf"(?P<to>{_TO})?(?P<number>{_NUMBER})"
_PRINTED = re.compile(r"(?P<open>\[)?(?P<path>[\w.]+)\]?(?:\s?\((?P<again>\d+)\))?")
_EACH_ORDINAL = rf"\b{_ORDINAL}(?!\w)"
_ROMAN_ORDINAL = re.compile(r"([ivxlc]+)(?:\.?(?:eme|[e\u1d49\u00aa\u00ba\u00b0]))?", re.IGNORECASE)
_JOINT = re.compile(_AND, re.IGNORECASE)

YEAR = re.compile(r"(?:19|20)\d\d")
"""A pattern of years of meetings."""


# Compiled when a query first needs them, as few queries cite: it takes a tenth of a search from the command line.
@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


class Number(NamedTuple):
    """A number of a citation: the path as printed, and whether it was counted."""

    path: str
    counted: bool


class Piece(NamedTuple):
    """A piece of a query: a citation, a mention of a meeting, or a word.

    Attributes:
        text: the piece as typed.
        kind: the kind, where it has numbers.
        numbers: the numbers of items of this kind.
        ordinals: the ordinals of meetings.
    """

    text: str
    kind: Kind | None = None
    numbers: tuple[Number, ...] = ()
    ordinals: tuple[int, ...] = ()

    @property
    def joins(self) -> bool:
        """True if it joins what is listed: a comma, ``and``."""
        return _JOINT.fullmatch(self.text) is not None

    @property
    def explains(self) -> bool:
        """True if it says nothing of a subject: a word of grammar, or a sign."""
        return self.joins or is_grammar(self.text)

    @property
    def is_meeting(self) -> bool:
        """True if it is the word for a meeting alone."""
        return fold(self.text) in MEETING


def is_grammar(word: str) -> bool:
    """Tell whether a word is one of grammar in any language."""
    return any(is_stop_word(word, language) for language in LANGUAGES)


def names_kind(text: str) -> bool:
    """Tell whether a text without accents has a word for a kind of items."""
    return not KINDS.keys().isdisjoint(re.findall(r"\w+", text.lower()))


def words_in(text: str) -> str:
    """The words of a text, folded, with a space between."""
    return " ".join(re.findall(r"\w+", fold(text)))


def pieces_of(text: str) -> tuple[Piece, ...]:
    """Cut a text without accents into its pieces."""
    return tuple(_piece(match) for match in _pattern(_PIECE).finditer(text))


def ordinals_in(text: str) -> tuple[int, ...]:
    """Ordinals of a list: ``fourth and ninth``, ``IV``, ``9th``."""
    # Roman numerals are numbers in capitals alone; beside the word for a meeting, small letters are meant so too.
    return tuple(value for match in _pattern(_EACH_ORDINAL).finditer(text) if (value := _value(match[0])))


def _piece(match: re.Match[str]) -> Piece:
    if match["kind"]:
        return Piece(match[0], KINDS[match["kind"].lower()], _numbers(match["numbers"]))
    if match["one"] and (number := _value(match["ordinal"])):
        return Piece(match[0], KINDS[match["one"].lower()], (Number(str(number), counted=False),))
    if beside := match["before"] or match["list"] or match["after"]:
        return Piece(match[0], ordinals=ordinals_in(beside))
    return Piece(match[0])


def _value(printed: str) -> int | None:
    """The number of an ordinal, where it is clear that it is one: Roman numerals may be small letters."""
    roman = _ROMAN_ORDINAL.fullmatch(printed)
    return roman_value(roman[1].upper()) if roman else ordinal(printed)


def _numbers(text: str) -> tuple[Number, ...]:
    """Read a list of numbers; ``3 to 5`` and ``3–5`` are three."""
    numbers: list[Number] = []
    for match in _pattern(_ONE).finditer(text):
        printed = _PRINTED.match(match["number"])
        if printed is None:
            continue
        again = f"~{printed['again']}" if printed["again"] else ""
        path = printed["path"] + again
        if match["to"] and numbers and path.isdecimal() and numbers[-1].path.isdecimal():
            last = min(int(path), int(numbers[-1].path) + MOST_CITED)
            numbers += (Number(str(each), counted=False) for each in range(int(numbers[-1].path) + 1, last))
        numbers.append(Number(path, bool(printed["open"])))
    return tuple(numbers)
