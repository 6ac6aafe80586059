"""Terms of a word: its exact layer and its stems, by language."""

import re
from collections.abc import Mapping
from functools import lru_cache

import Stemmer

from indexer.analysis.folding import fold, printed_form, word_pattern
from indexer.analysis.language import LANGUAGES
from indexer.analysis.language_data import ORDINAL_ENDINGS, RESTORED_ENDINGS, SINGULAR_ENDINGS

Terms = tuple[tuple[str, ...], tuple[str, ...]]
"""The terms of a word: ``exact`` and ``stems`` of its token."""

_LONGEST_STEMMED = 64
"""Characters of the longest word that is stemmed: longer than any word of the four languages."""

_CACHED_WORDS = 100_000
"""Words of a language whose terms are cached, which bounds the memory that they take whatever is read."""

ZERO_FOR_O = "0 for O"
"""Stands for the word ``0`` where it is to be read as the letter; no word has a space."""


class _Analyser(dict[str, Terms]):
    """A cache of terms, by the word as it stands in a text.

    A dictionary that makes what it lacks: most words of a text are known already, and to look one up is then no call of
    Python code.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._stem = Stemmer.Stemmer(language, 0).stemWord if language in LANGUAGES else None
        self._endings = [
            [(re.compile(ending), becomes) for ending, becomes in table.get(language, ())]
            for table in (SINGULAR_ENDINGS, RESTORED_ENDINGS)
        ]
        endings = "|".join(sorted(ORDINAL_ENDINGS.get(language, ())))
        self._ordinal = re.compile(rf"(\d{{1,3}})(?:[ºª]|(?:{endings or '(?!)'}))")
        # English prints accents on borrowed words only, and leaves them out as often: ``résumé`` is ``resume``.
        self._folds_first = language == "en"

    def __missing__(self, word: str) -> Terms:
        if len(self) >= _CACHED_WORDS:
            # All at once, since the order of use is not recorded: usual words are soon back.
            self.clear()
        # Both as the letter that is meant and the digit that is printed, since people type either.
        if word == ZERO_FOR_O:
            return self.setdefault(word, (("o", "0"), ("o",)))
        folded, printed = _fold_to_word(word), printed_form(word)
        # ``Artículo 3º`` is asked for as ``artículo 3``, and printed so elsewhere; ``3o`` is how some type it.
        if word[0].isdecimal() and (ordinal := self._ordinal.fullmatch(printed) or self._ordinal.fullmatch(folded)):
            number = ordinal[1]
            return self.setdefault(word, ((number, printed), (number, folded)))
        exact = (folded,) if printed == folded else (folded, printed)
        terms = self[word] = exact, self._stems(folded, printed)
        return terms

    def _stems(self, folded: str, printed: str) -> tuple[str, ...]:
        """Stems of a word: of the printed form where that has another one, and of the folded."""
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


# Bounded, since any code can be given.
@lru_cache(maxsize=64)
def _analyser(language: str) -> _Analyser:
    return _Analyser(language)


def _fold_to_word(word: str) -> str:
    """A word folded, less the signs that folding brings up at its edges: ``Ŀ`` is ``l·``, read as ``l``.

    ``analysis.folding.fold`` leaves such signs, but who types the folded word is read without them.
    """
    folded = fold(word)
    words = [] if word.isascii() else word_pattern(folded).one.findall(folded)
    return words[0] if len(words) == 1 else folded


def terms_in(language: str) -> Mapping[str, Terms]:
    """A mapping of parsed words to their terms in a language.

    It gives terms for any word, and any code of a language can be given.
    """
    return _analyser(language)
