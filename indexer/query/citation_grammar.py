"""Grammar of citations, as people write them in four languages."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.analysis.folding import fold
from indexer.analysis.language import LANGUAGES, is_stop_word
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
        Kind.NOTE: "note notes nota notas footnote footnotes",
    }.items()
    for word in words.split()
}

_KIND = rf"\b(?P<kind>{'|'.join(sorted(KINDS, key=len, reverse=True))})\b\.?"
_ANY_MEETING = "|".join(sorted(MEETING, key=len, reverse=True))
# A path as printed; in square brackets where it was counted, with a number in parentheses where it is repeated.
_COUNTED, _REST = r"\[[\w.]+\]", r"(?:\.\w+)*(?![\w/~])(?:\s?\(\d+\))?"
# A Roman numeral before the word for a meeting is its ordinal: `third recommendation, III meeting`.
_ROMAN = rf"(?-i:[IVXLC]+)(?!\w|\s+(?:{_ANY_MEETING}))|[ivxlc]+(?=\.\w)"
_NUMBER = rf"(?:{_COUNTED}|(?:\d{{1,4}}|{_ROMAN}){_REST})"
# On a list, other numbers are so too: `recs. 3, 9th meeting`. Roman numerals go on none.
_NEXT = rf"(?:{_COUNTED}|\d{{1,4}}{_REST}(?!\s+(?:{_ANY_MEETING})))"
_AND = r"\s*(?:[,;&]|\b(?:and|y|e|et)\b)\s*"
_TO = r"\s*(?:[-\u2013]|\b(?:to|through|al?)\b)\s*"
_NAMED = re.compile(
    rf"{_KIND}\s*(?:\b(?:nos?|num|numero|number|n[\u00ba\u00b0]?)(?!\w))?[.\u00ba\u00b0#\s]*"
    rf"(?P<numbers>{_NUMBER}(?:(?:{_AND}|{_TO}){_NEXT})*)",
    re.IGNORECASE,
)
_ORDINAL_FIRST = re.compile(rf"\b(?P<ordinal>{ORDINAL})\s+{_KIND}", re.IGNORECASE)
_ONE = re.compile(rf"(?P<to>{_TO})?(?P<number>{_NUMBER})", re.IGNORECASE)
_PRINTED = re.compile(r"(?P<open>\[)?(?P<path>[\w.]+)\]?(?:\s?\((?P<again>\d+)\))?")
_MEETING = re.compile(
    rf"\b(?P<before>{ORDINAL}|[ivxlc]+)\s+(?:{_ANY_MEETING})\b|\b(?:{_ANY_MEETING})\s+(?P<after>{ORDINAL}|[ivxlc]+)\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Number(NamedTuple):
    """A number of a citation: the path as printed, and whether it was counted."""

    path: str
    counted: bool


def is_grammar(word: str) -> bool:
    """Tell whether a word is one of grammar in any language."""
    return any(is_stop_word(word, language) for language in LANGUAGES)


def words_in(text: str) -> str:
    """The words of a text, folded, with a space between."""
    return " ".join(re.findall(r"\w+", fold(text)))


def ordinals(text: str) -> set[int | None]:
    """Ordinals that stand beside the word for a meeting."""
    found = (match["before"] or match["after"] for match in _MEETING.finditer(text))
    # Roman numerals are numbers in capitals alone; beside the word for a meeting, small letters are meant so too.
    return {ordinal(each) or ordinal(each.upper()) for each in found} - {None}


def kinds_with_numbers(text: str) -> Iterator[tuple[Kind, list[Number], int, int]]:
    """Find kinds with their numbers: ``recommendations 3 and 4``, ``third recommendation``; and their places."""
    found = False
    for match in _NAMED.finditer(text):
        found = True
        yield KINDS[match["kind"].lower()], _numbers(match["numbers"]), match.start(), match.end()
    for match in () if found else _ORDINAL_FIRST.finditer(text):
        if number := ordinal(match["ordinal"]):
            yield KINDS[match["kind"].lower()], [Number(str(number), counted=False)], match.start(), match.end()


def _numbers(text: str) -> list[Number]:
    """Read a list of numbers; ``3 to 5`` and ``3–5`` are three."""
    numbers: list[Number] = []
    for match in _ONE.finditer(text):
        printed = _PRINTED.match(match["number"])
        if printed is None:
            continue
        again = f"~{printed['again']}" if printed["again"] else ""
        path = printed["path"] + again
        if match["to"] and numbers and path.isdecimal() and numbers[-1].path.isdecimal():
            last = min(int(path), int(numbers[-1].path) + MOST_CITED)
            numbers += (Number(str(each), counted=False) for each in range(int(numbers[-1].path) + 1, last))
        numbers.append(Number(path, bool(printed["open"])))
    return numbers
