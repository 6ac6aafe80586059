"""Schema of an index: its fields, and the terms of a text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from indexer.analysis.tokenizer import Token

Term = tuple[str, str]
"""A field and a text."""

HEADING_AT: Final = 1 << 30
"""The position of the first word of a heading; words of the text have those from 0. No pattern spans both."""

EXACT = "exact"
"""The field of words as printed, in lower case."""

FOLD = "fold"
"""The field of the folded form of words that folding changes; a word that it does not change stands in EXACT alone."""

STEM = "stem."
"""The beginning of the names of the fields of stems, one for each language: ``stem.es``."""


def terms_of(tokens: Iterable[Token], language: str) -> Iterator[tuple[Term, int]]:
    """The terms of a text, each with the position of its word.

    They are what an index holds.
    """
    for position, _, _, exact, stems in tokens:
        for term in terms_of_word(exact, stems, language):
            yield term, position


def terms_of_word(exact: Sequence[str], stems: Sequence[str], language: str) -> Iterator[Term]:
    """The terms of a word, each once, given those of its layers."""
    # Most words are the same folded and as printed. One posting for them, not two; who looks for a folded word looks
    # in both fields.
    if len(exact) > 1:
        yield FOLD, exact[0]
    yield EXACT, exact[-1]
    # A field for each language, since the stems of two languages may be the same and mean different words.
    for text in stems:
        yield STEM + language, text
