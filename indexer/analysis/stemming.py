"""Terms of a word: its exact layer and its stems, by language."""

import re
from collections.abc import Mapping
from functools import lru_cache

import Stemmer

from indexer.analysis.folding import fold, printed_form, word_pattern
from indexer.analysis.language import LANGUAGES
from indexer.analysis.language_data import RESTORED_ENDINGS, SINGULAR_ENDINGS

Terms = tuple[tuple[str, ...], tuple[str, ...]]
"""The terms of a word: ``exact`` and ``stems`` of its token."""

_LONGEST_STEMMED = 64

_CACHED_WORDS = 100_000

ZERO_FOR_O = "0 for O"
"""Stands for the word ``0`` where it is to be read as the letter; no word has a space."""


class _Analyser(dict[str, Terms]):
    """The terms of the exact and the stem layer of words as they stand in a text, kept once they are worked out."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._stem = Stemmer.Stemmer(language, 0).stemWord if language in LANGUAGES else None
        self._endings = [
            [(re.compile(ending), becomes) for ending, becomes in table.get(language, ())]
            for table in (SINGULAR_ENDINGS, RESTORED_ENDINGS)
        ]
        self._folds_first = language == "en"

    def __missing__(self, word: str) -> Terms:
        if len(self) >= _CACHED_WORDS:
            self.clear()
        if word == ZERO_FOR_O:
            return self.setdefault(word, (("o", "0"), ("o",)))
        folded, printed = _folded(word), printed_form(word)
        exact = (folded,) if printed == folded else (folded, printed)
        terms = self[word] = exact, self._stems(folded, printed)
        return terms

    def _stems(self, folded: str, printed: str) -> tuple[str, ...]:
        if self._stem is None or len(printed) > _LONGEST_STEMMED:
            return (folded,)
        bare = fold(self._stem(self._regular(folded)))
        if printed == folded or self._folds_first:
            return (bare,)
        accented = fold(self._stem(printed))
        return (accented,) if accented == bare else (accented, bare)

    def _regular(self, folded: str) -> str:
        """A folded word as the stemmer knows it: in the singular, with the accent of its ending."""
        for table in self._endings:
            for ending, becomes in table:
                regular, changes = ending.subn(becomes, folded)
                if changes:
                    folded = regular
                    break
        return folded


@lru_cache(maxsize=64)
def _analyser(language: str) -> _Analyser:
    return _Analyser(language)


def _folded(word: str) -> str:
    """A word folded, as it is read when it is typed so: folding can bring up signs at its edges (``Ŀ`` is ``l·``)."""
    folded = fold(word)
    words = [] if word.isascii() else word_pattern(folded).one.findall(folded)
    return words[0] if len(words) == 1 else folded


def terms_in(language: str) -> Mapping[str, Terms]:
    """The terms of each parsed word, read as one of this language. Any code of a language can be given."""
    return _analyser(language)
