"""Lookup of words of a query in the dictionaries of an index."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from indexer.analysis.tokenizer import tokenize
from indexer.model import And, Dictionary, Node, Not, Or, Synonym, Word
from indexer.query.query_language import QueryLanguage


class Dictionaries:
    """The dictionaries of an index, by the language of the words that are looked up. Safe with threads."""

    def __init__(self, dictionaries: Iterable[Dictionary]) -> None:
        self._by_language = {each.language: each.entries for each in dictionaries}

    @property
    def languages(self) -> Collection[str]:
        """The languages of which words can be looked up."""
        return self._by_language.keys()

    def translate(
        self, tree: Node, identified: str | None, language: QueryLanguage
    ) -> Mapping[str, tuple[Synonym, ...]]:
        """Find the words of texts that translate each plain word of a query.

        Args:
            tree: its syntax tree.
            identified: its language; None where that leaves a doubt.
            language: what the index tells of that.
        """
        words = list(dict.fromkeys(_plain_words(tree)))
        if not words:
            return {}

        def is_known(word: str, of_language: str) -> bool:
            return bool(self.translations(word, of_language))

        asked_in = [identified] if identified else language.asked_in(words, self.languages, is_known)
        found = {word: [each for source in asked_in for each in self.translations(word, source)] for word in words}
        return {word: tuple(dict.fromkeys(several)) for word, several in found.items()}

    def translations(self, word: str, language: str) -> tuple[Synonym, ...]:
        """Find the words of texts that translate a word of a query.

        The word may have any of its forms; the likeliest translation comes first. A compound is not looked up: what its
        parts mean is seldom what it means.
        """
        entries = self._by_language.get(language, {})
        tokens = tokenize(word, language) if entries else ()
        if len({token.position for token in tokens}) != 1:
            return ()
        return tuple(dict.fromkeys(each for token in tokens for stem in token.stems for each in entries.get(stem, ())))


def _plain_words(node: Node) -> Iterator[str]:
    """Plain words of a query, in order; none that stands in quotation marks."""
    match node:
        case Word(text):
            yield text
        case Not(part):
            yield from _plain_words(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _plain_words(part)
