"""Operators that are words: in a query that is all capitals, and in a sentence."""

from collections.abc import Sequence

from indexer.analysis.folding import fold
from indexer.analysis.language import LANGUAGES, is_stop_word
from indexer.analysis.language_data import QUESTION_WORDS
from indexer.analysis.numerals import is_roman
from indexer.model import Filter, Near, Phrase, Prefix, Typo, Word, message
from indexer.query.lexer import AND, NOT, OR, Lexer, Operator, QueryToken

_WORDS = {operator.name.lower() for operator in (AND, OR, NOT)}

_SHORTEST_WORD = 4
"""Letters of a word that few write in capitals alone, as they do ``WHO`` and ``EU``."""

_SHORTEST_QUESTION = 4
"""Words of the shortest question: of fewer, one that begins questions may be what is looked for."""

_SHORTEST_SENTENCE, _LEAST_GRAMMAR = 10, 3
"""Words of a query that is taken for a sentence, and how many of them are grammar."""


def operators_as_words(tokens: list[QueryToken], lexer: Lexer) -> list[QueryToken]:
    """Make words of operators among capitals and in a sentence.

    A note says so. All that this depends on stays where the tree is rendered and read again.
    """
    if not any(token in (AND, OR, NOT) for token in tokens):
        return tokens
    is_shouted = _is_shouted(tokens)
    if not is_shouted and not _is_sentence(tokens, lexer.text):
        return tokens
    kept: list[QueryToken] = []
    for token in tokens:
        if isinstance(token, Operator) and token in (AND, OR, NOT):
            name = token.name
            lexer.note(message("operator-in-capitals", name) if is_shouted else message("operator-in-sentence", name))
            kept.append(Word(token.word))
        else:
            kept.append(token)
    return kept


def _is_shouted(tokens: Sequence[QueryToken]) -> bool:
    """Tell whether all words are in capitals, names apart."""
    texts = [token.text for token in tokens if isinstance(token, Word | Phrase | Prefix | Typo)]
    words = [token.text for token in tokens if isinstance(token, Word)]
    # Operators without anything to work on are words already.
    return not any(text != text.upper() and text not in _WORDS for text in texts) and any(
        word.isalpha() and word.isupper() and len(word) >= _SHORTEST_WORD and not is_roman(word) for word in words
    )


def _is_sentence(tokens: Sequence[QueryToken], text: str) -> bool:
    """Tell whether a query is a sentence: a question, or many words with grammar among them."""
    # Who writes these knows the query language.
    if any(isinstance(token, Filter | Prefix | Typo | Near) for token in tokens):
        return False
    words = [token.text for token in tokens if isinstance(token, Word)]
    if len(words) >= _SHORTEST_QUESTION:
        ends = text.strip()
        if ends.endswith("?") or ends.startswith("¿") or fold(words[0]) in QUESTION_WORDS:
            return True
    return len(words) >= _SHORTEST_SENTENCE and sum(map(_is_grammar, words)) >= _LEAST_GRAMMAR


def _is_grammar(word: str) -> bool:
    return any(is_stop_word(word, language) for language in LANGUAGES)
