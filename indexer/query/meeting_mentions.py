"""Meeting mentions: queries that name a meeting by ordinal, year or symbol of a document.

What is named is only told: a number is never taken as a filter in silence, since texts hold such words as well.
"""

# ARCHITECTURE.md: A number is never taken as a filter in silence.

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from indexer.analysis.folding import fold
from indexer.analysis.language import LANGUAGES, is_stop_word
from indexer.analysis.ordinals import MEETING, ordinal
from indexer.analysis.tokenizer import tokenize
from indexer.model import And, Everything, Meeting, Node, Query, Word
from indexer.query.parser import render

_WORDS_OF_AN_ORDINAL = (2, 1)
"""Lengths of an ordinal in words, the longer first: ``décima cuarta`` is the fourteenth, not the fourth."""

_LEAST_WORDS_OF_A_SYMBOL = 2
"""Words of a symbol that a query must have: a first word alone, such as ``CIBER``, is one of many symbols."""

# Beginnings of folded words, so that plurals and the forms of four languages are met.
_OF_A_MEETING = ("meeting", "reunion", "reunia", "reunio", "recommendation", "recomenda", "recommandation")


class MeetingMention(NamedTuple):
    """A meeting that a query names.

    Attributes:
        meeting: the meeting.
        rest: the query without the words that name it, in the query language; empty where nothing remains that tells
            more than that something of the meeting is wanted.
    """

    meeting: Meeting
    rest: str


def find_mentions(
    query: Query, meetings: Sequence[Meeting], symbols: Iterable[tuple[Meeting, str]]
) -> tuple[MeetingMention, ...]:
    """Find the meetings that the words of a query name, each once: by symbol, by ordinal, by year.

    Args:
        query: the query; only one that is a word, or parts that must all match, names a meeting.
        meetings: those that can be named.
        symbols: their documents' symbols, such as ``CIBER-IX/doc.3/16 rev.1``; the beginning of one names its meeting.
    """
    parts = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    found: dict[str, MeetingMention] = {}
    # The longest stretch first: of symbols that begin alike it leaves the least of the symbol in the rest.
    by_symbol = sorted(_by_symbol(parts, symbols), key=lambda place: place[0] - place[1])
    for start, end, meeting in (*by_symbol, *_by_ordinal(parts, meetings), *_by_year(parts, meetings)):
        found.setdefault(meeting.key, MeetingMention(meeting, _rest(parts, start, end)))
    return tuple(found.values())


_Places = Iterator[tuple[int, int, Meeting]]
"""Stretches of parts that name a meeting: first part, part after the last, meeting."""


def _by_symbol(parts: Sequence[Node], symbols: Iterable[tuple[Meeting, str]]) -> _Places:
    typed = [(index, word) for index, part in enumerate(parts) if isinstance(part, Word) for word in _words(part.text)]
    typed_words = {word for _, word in typed}
    for meeting, symbol in symbols:
        wanted = _words(symbol)
        # There may be many symbols, and nearly all fail here.
        if not wanted or wanted[0] not in typed_words:
            continue
        for place, (index, _) in enumerate(typed):
            pairs = takewhile(lambda pair: pair[0][1] == pair[1], zip(typed[place:], wanted, strict=False))
            alike = [last for (last, _), _ in pairs]
            if len(alike) >= _LEAST_WORDS_OF_A_SYMBOL:
                yield index, alike[-1] + 1, meeting


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """Words of a text, folded; without the joined forms of compounds."""
    tokens = tokenize(text, "")
    # A joined form follows the first of its parts, and stands at the same position.
    return tuple(
        token.exact[0] for place, token in enumerate(tokens) if not place or tokens[place - 1].position < token.position
    )


def _by_ordinal(parts: Sequence[Node], meetings: Sequence[Meeting]) -> _Places:
    """Find ``fourth meeting``, ``meeting IV``, ``cuarta reunión``, ``décima cuarta reunión``."""
    for place, part in enumerate(parts):
        if isinstance(part, Word) and fold(part.text) in MEETING:
            before = (range(place - length, place) for length in _WORDS_OF_AN_ORDINAL if length <= place)
            after = (range(place + 1, place + 1 + length) for length in _WORDS_OF_AN_ORDINAL)
            for longest_first in (before, after):
                meant, around = next(_ordinals(parts, longest_first), (None, range(0)))
                start, end = min(place, around.start), max(place + 1, around.stop)
                yield from ((start, end, each) for each in meetings if each.ordinal == meant)


def _ordinals(parts: Sequence[Node], stretches: Iterable[range]) -> Iterator[tuple[int, range]]:
    for stretch in stretches:
        words = [part.text for part in parts[stretch.start : stretch.stop] if isinstance(part, Word)]
        number = " ".join(words) if len(words) == len(stretch) else ""
        # Roman numerals are numbers in capitals alone; beside the word for a meeting, small letters are meant so too.
        if meant := ordinal(number) or ordinal(number.upper()):
            yield meant, stretch


def _by_year(parts: Sequence[Node], meetings: Sequence[Meeting]) -> _Places:
    for place, part in enumerate(parts):
        if isinstance(part, Word) and part.text.isdecimal():
            yield from ((place, place + 1, each) for each in meetings if str(each.year) == part.text)


def _rest(parts: Sequence[Node], start: int, end: int) -> str:
    """Render the query without a stretch and the words of grammar before it."""
    while start and _is_grammar(parts[start - 1]):
        start -= 1
    rest = (*parts[:start], *parts[end:])
    if all(_is_grammar(part) or _is_of_any_meeting(part) for part in rest):
        return ""
    return render(And(rest) if len(rest) > 1 else rest[0] if rest else Everything())


def _is_grammar(part: Node) -> bool:
    return isinstance(part, Word) and any(is_stop_word(part.text, language) for language in LANGUAGES)


def _is_of_any_meeting(part: Node) -> bool:
    return isinstance(part, Word) and fold(part.text).startswith(_OF_A_MEETING)
