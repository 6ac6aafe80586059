"""Snippets for the peers, by the product's own code: where words stand in a text is kept, as the product keeps it."""

from collections.abc import Iterator
from operator import itemgetter

from bench.passages import LANGUAGE
from bench.queries import Asked
from indexer.analysis.tokenizer import tokenize
from indexer.model import Span, Window
from indexer.search.snippet import snippet

_Places = dict[str, list[Span]]
_BY_START = itemgetter(0)


class Snippets:
    """The snippets of the hits of one engine."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[_Places, _Places]] = {}

    def of(self, asked: Asked, id: str, text: str) -> tuple[Window, ...]:
        """The snippet of a passage with what a query marks in it."""
        kept = self._kept.get(id)
        if kept is None:
            kept = self._kept[id] = _places(text)
        marks = [(span.start, span, word) for span, word in _marks(asked, *kept)]
        if len(marks) > 1:
            marks.sort(key=_BY_START)
        return snippet(text, [mark[1] for mark in marks], [mark[2] for mark in marks])


def _places(text: str) -> tuple[_Places, _Places]:
    stems: _Places = {}
    words: _Places = {}
    for token in tokenize(text, LANGUAGE):
        span = Span(token.start, token.end)
        stems.setdefault(token.stems[0], []).append(span)
        words.setdefault(token.exact[0], []).append(span)
    return stems, words


def _marks(asked: Asked, stems: _Places, words: _Places) -> Iterator[tuple[Span, int]]:
    """The spans of a query's words, and which word each is of; a phrase is one."""
    if asked.kind == "phrase":
        first, second = (words.get(word, ()) for word in asked.words)
        # between two words side by side stands a blank, or a mark and a blank
        return ((Span(one.start, two.end), 0) for one in first for two in second if 0 < two.start - one.end <= 2)
    layer = words if asked.kind in ("prefix", "fuzzy") else stems
    found = ((layer.get(term, ()), word) for word, terms in enumerate(asked.terms) for term in terms)
    return ((span, word) for spans, word in found for span in spans)
