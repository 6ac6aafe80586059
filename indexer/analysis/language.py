"""Stop words, and the language of a text."""

from indexer.analysis.folding import fold, printed_form, word_pattern
from indexer.analysis.language_data import NEIGHBOURS, STOP_WORDS

LANGUAGES = ("en", "es", "pt", "fr")
"""The languages whose inflected forms are known. For any other code the stem of a word is the folded word."""

_FOLDED_STOP_WORDS = {language: frozenset(map(fold, words)) for language, words in STOP_WORDS.items()}


def is_stop_word(word: str, language: str) -> bool:
    """Whether a word, with its accents or without, carries grammar and no subject. False in unknown languages."""
    return fold(word) in _FOLDED_STOP_WORDS.get(language, ())


_PROFILES = STOP_WORDS | NEIGHBOURS

_OWNERS = {
    word: sum(word in profile for profile in _PROFILES.values()) for word in frozenset().union(*_PROFILES.values())
}

_LEAST_EVIDENCE = 2.0

_LEAST_SHARE = 0.1

_LEAST_LEAD = 1.15

_IDENTIFIED_BY = 4000


def identify(text: str) -> str | None:
    """The language of a text, if it is one of LANGUAGES and the text leaves no doubt, told from its grammatical words.

    Each of them counts for every language that has it, the less the more languages do. The best language must have
    gathered evidence worth two words of its own and a tenth of all words, and lead the next by 15 %. The first 4,000
    characters are read.
    """
    begin = text[:_IDENTIFIED_BY]
    words = [printed_form(match[0]) for match in word_pattern(begin).one.finditer(begin)]
    known = [word for word in words if word in _OWNERS]
    scores = sorted(
        (
            (sum(1 / _OWNERS[word] for word in known if word in profile), language)
            for language, profile in _PROFILES.items()
        ),
        reverse=True,
    )
    (best, language), (second, _) = scores[:2]
    sure = best >= _LEAST_EVIDENCE and best >= _LEAST_SHARE * len(words) and best >= _LEAST_LEAD * second
    return language if sure and language in LANGUAGES else None
