"""Language of a query: which languages its words are in, and which of them are grammar."""

from collections.abc import Callable, Collection, Mapping, Sequence

from indexer.analysis.language import is_stop_word
from indexer.analysis.schema import STEM, Term
from indexer.analysis.tokenizer import tokenize

_SHORTEST_SENTENCE = 3
"""Words of the shortest query in capitals that may be a sentence."""


class QueryLanguage:
    """Judge of the language of a query's words, for one index. Safe with threads.

    Args:
        languages: those of its texts.
        frequency: gives the number of versions in which a term stands.
    """

    def __init__(self, languages: Sequence[str], frequency: Callable[[Term], int]) -> None:
        self._languages = languages
        self._frequency = frequency

    def grammar_places(self, words: Mapping[int, str], identified: str | None, *, in_capitals: bool) -> list[int]:
        """Find the words of a query that are grammar and carry no subject.

        They are so in the query's language or, where that is unknown, in all languages of the index that know the most
        of its words. What is written in capitals alone is a name among small letters, and in a query too short for a
        sentence: ``IT``, ``WHO``.

        Args:
            words: the words by their places.
            identified: the language of the whole query; None where that leaves a doubt.
            in_capitals: all of the query is in capitals.
        """
        languages = (identified,) if identified else self.knowing_most(words.values())
        shouted = in_capitals and len(words) >= _SHORTEST_SENTENCE
        return [
            place
            for place, word in words.items()
            # An index without languages knows of no grammar; `all` of none would say that each word is.
            if languages
            and all(is_stop_word(word, language) for language in languages)
            and (len(word) < 2 or not word.isupper() or shouted)
        ]

    def knowing_most(self, words: Collection[str]) -> list[str]:
        """Find the languages of the index that know the most words: as grammar, or from a text."""
        return _knowing_most(words, self._languages, self._is_known)

    def asked_in(
        self, words: Collection[str], others: Collection[str], is_in_others: Callable[[str, str], bool]
    ) -> list[str]:
        """Find the languages that a query may be in by its words alone.

        Where several know as many of its words, those of texts come before others.

        Args:
            words: the plain words of the query.
            others: languages of which the index has no text, or not only from texts.
            is_in_others: tells whether a word is known in one of them.
        """

        def is_known(word: str, language: str) -> bool:
            return (language in self._languages and self._is_known(word, language)) or is_in_others(word, language)

        found = _knowing_most(words, sorted({*self._languages, *others}), is_known)
        return [each for each in found if each in self._languages] or found

    def _is_known(self, word: str, language: str) -> bool:
        return all(
            any(self._frequency((STEM + language, stem)) for stem in token.stems) for token in tokenize(word, language)
        )


def _knowing_most(words: Collection[str], languages: Sequence[str], is_known: Callable[[str, str], bool]) -> list[str]:
    known = {
        language: sum(is_stop_word(word, language) or is_known(word, language) for word in words)
        for language in languages
    }
    most = max(known.values(), default=0)
    return [language for language, count in known.items() if count == most]
