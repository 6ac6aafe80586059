"""Stop words of languages, and identification of a text's language by them."""

from indexer.analysis.folding import fold, printed_form, word_pattern
from indexer.analysis.language_data import NEIGHBOURS, STOP_WORDS

LANGUAGES = ("en", "es", "pt", "fr")
"""The languages whose inflected forms are known. For any other code the stem of a word is the folded word."""

# Folded, since people type them without their accents: ``tambien``.
_FOLDED_STOP_WORDS = {language: frozenset(map(fold, words)) for language, words in STOP_WORDS.items()}


def is_stop_word(word: str, language: str) -> bool:
    """Tell whether a word carries grammar and no subject, with its accents or without; never in unknown languages."""
    return fold(word) in _FOLDED_STOP_WORDS.get(language, ())


_PROFILES = STOP_WORDS | NEIGHBOURS

# The number of languages that have a word: the more they are, the less it says. As printed, since accents tell
# neighbouring languages apart (``e`` and ``é``, ``a`` and ``à``).
_OWNERS = {
    word: sum(word in profile for profile in _PROFILES.values()) for word in frozenset().union(*_PROFILES.values())
}

_LEAST_EVIDENCE = 2.0
"""Words of its own that a language must have in a text, or as many shared ones as weigh the same."""

_LEAST_SHARE = 0.1
"""Least weight of a language's words for each word of a text: a list of names with a ``de`` in it stays below."""

_LEAST_LEAD = 1.15
"""Least ratio of the best language to the next: Spanish, Portuguese and Galician share many words."""

_IDENTIFIED_BY = 4000
"""Characters that are read of a text: a page or two, in which each language has shown its words many times."""


def identify(text: str) -> str | None:
    """Identify the language of a text by its grammatical words.

    Gives one of LANGUAGES, or None where the text leaves a doubt or is in another language. Each of the words counts
    for every language that has it, the less the more languages do. The best language must have gathered evidence worth
    two words of its own and a tenth of all words, and lead the next by 15 %. The first 4,000 characters are read.
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
    # A neighbour that wins is in no table of inflected forms: better no language than the wrong one.
    return language if sure and language in LANGUAGES else None
