"""Forms of a typed word or phrase: the ways in which it may be printed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, product

from indexer.analysis.folding import APOSTROPHES, fold
from indexer.analysis.language_data import COMBINING_FORMS, ELIDED
from indexer.analysis.stemming import terms_in
from indexer.analysis.tokenizer import Token, tokenize

MAX_FORMS = 32
"""The most ways in which ``query_word`` and ``query_phrase`` read one text."""

_LETTERS_AND_DIGITS = re.compile(r"([^\W\d_]{1,5})(\d{1,4})")

_COMBINED = re.compile(rf"({'|'.join(sorted(COMBINING_FORMS, key=len, reverse=True))})([^\W\d_]{{3,}})")

_ACRONYM = re.compile(rf"(?:[^\W\d_]+[{APOSTROPHES}])?(?:[^\W\d_]{{1,2}}\.)+[^\W\d_]{{1,2}}\.?")

Form = tuple[Token, ...]
"""Words that are found side by side, in this order."""


@lru_cache(maxsize=8192)
def query_phrase(text: str, language: str) -> tuple[Form, ...]:
    """The ways in which a typed phrase may be printed, as typed first; empty where it holds no word.

    ``cybercrime``, ``cyber-crime`` and ``cyber crime`` give both ``cybercrime`` and ``cyber crime``; ``G8`` and ``G-8``
    give ``g8`` and ``g 8``. At most MAX_FORMS; the positions of each count from 0 without gaps. A phrase is matched by
    the first of the ``exact`` terms of its tokens; where a token has a second, the asker typed an accent, and where
    that one is printed is the better match.
    """
    return _forms(tokenize(_as_printed(text), language), language)


@lru_cache(maxsize=8192)
def query_word(text: str, language: str) -> tuple[Form, ...]:
    """As ``query_phrase``, for a plain word: to be matched by any of the ``stems`` of each token.

    Most words give one form of one token; a compound gives a form of several, which are found side by side. An article
    that is elided before the word says nothing and is left out: ``l'évidence`` asks for ``évidence``.
    """
    text = _as_printed(text)
    tokens = tokenize(text, language)
    if len(tokens) > 1 and tokens[0].exact[0] in ELIDED and text[tokens[0].end] in APOSTROPHES:
        tokens = tokens[1:]
    return _forms(tokens, language)


def _as_printed(text: str) -> str:
    """A typed text; an acronym in capitals with its final point, which people leave out: ``e.u`` is ``E.U.``."""
    return f"{text.upper()}." if _ACRONYM.fullmatch(text) else text


def _forms(tokens: Sequence[Token], language: str) -> tuple[Form, ...]:
    choices = list(_choices(tokens, language))
    if not choices:
        return ()
    forms = (_renumbered(token for part in parts for token in part) for parts in islice(product(*choices), MAX_FORMS))
    return tuple(dict.fromkeys(forms))


def open_compound(left: str, right: str) -> str | None:
    """The joined form of two words typed one after the other, where they are one written apart, or None.

    ``cyber crime`` is ``cybercrime`` and ``G 8`` is ``G8``; ``other crime`` is two words.
    """
    joined = left + right
    if _COMBINED.fullmatch(joined.lower()) and fold(left) in COMBINING_FORMS:
        return joined
    return joined if len(left) == 1 and left.isalpha() and right.isdecimal() and len(right) <= 2 else None


def _renumbered(tokens: Iterable[Token]) -> Form:
    return tuple(token._replace(position=position) for position, token in enumerate(tokens))


def _choices(tokens: Sequence[Token], language: str) -> Iterator[tuple[Form, ...]]:
    """For each word or compound of a typed text, the ways to write it."""
    index = 0
    while index < len(tokens):
        token, after = tokens[index], tokens[index + 1 : index + 2]
        if after and after[0].position == token.position:
            joined = after[0]
            rest = [part for part in tokens[index + 2 :] if part.end <= joined.end]
            yield (token, *rest), (joined,)
            index += 2 + len(rest)
        elif after and (compound := open_compound(token.exact[-1], after[0].exact[-1])):
            yield (token, after[0]), (_spanning(token, after[0], compound, language),)
            index += 2
        else:
            yield (token,), *_split(token, language)
            index += 1


def _spanning(first: Token, last: Token, word: str, language: str) -> Token:
    return Token(first.position, first.start, last.end, *terms_in(language)[word])


def _split(token: Token, language: str) -> Iterator[Form]:
    """The two parts of a word that is also written apart, if it is one."""
    word = token.exact[-1]
    parts = _COMBINED.fullmatch(word) or _LETTERS_AND_DIGITS.fullmatch(word)
    if parts:
        left, right = (terms_in(language)[part] for part in parts.groups())
        middle = min(token.start + parts.end(1), token.end)
        yield Token(0, token.start, middle, *left), Token(1, middle, token.end, *right)
