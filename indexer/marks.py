"""Where the words of a text stand in it, in characters: from positions of matches to the marks of a reader."""

from array import array
from collections.abc import Iterable, Sequence

from indexer.analysis import Token, tokenize
from indexer.model import Span
from indexer.plan import Pattern, terms_of


class WordPlaces:
    """The places of the words of one text, by position."""

    __slots__ = ("_ends", "_joined", "_starts")

    def __init__(self, text: str, language: str) -> None:
        self._starts = array("I")
        self._ends = array("I")
        self._joined: dict[int, list[tuple[Token, frozenset[tuple[str, str]]]]] = {}
        for token in tokenize(text, language):
            if token.position == len(self._starts):
                self._starts.append(token.start)
                self._ends.append(token.end)
            else:
                terms = frozenset(term for term, _ in terms_of((token,), language))
                self._joined.setdefault(token.position, []).append((token, terms))

    @property
    def nbytes(self) -> int:
        """About how much memory this takes."""
        return 300 + 8 * len(self._starts) + 400 * len(self._joined)

    def span(self, pattern: Pattern, position: int) -> Span:
        """The stretch that a pattern covers whose first word stands at this position of the text.

        A joined form (``cyber-crime`` for ``cybercrime``) covers all its parts where it is what matched.
        """
        last = position + len(pattern.slots) - 1
        end = self._ends[last]
        if self._joined and last in self._joined:
            end = max([end, *self._ends_of(last, pattern.slots[-1])])
        return Span(self._starts[position], end, pattern.matched)

    def _ends_of(self, position: int, terms: Iterable[tuple[str, str]]) -> list[int]:
        return [token.end for token, held in self._joined[position] if not held.isdisjoint(terms)]


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans sorted by start, with those that overlap made one, as what the first of them matched."""
    if len(spans) < 2:
        return tuple(spans)
    result: list[Span] = []
    for span in spans:
        if result and span.start < result[-1].end:
            if span.end > result[-1].end:
                result[-1] = Span(result[-1].start, span.end, result[-1].matched)
        else:
            result.append(span)
    return tuple(result)
