"""Forms of a typed word or phrase: the ways to print it that a search takes for it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, product

from indexer.analysis.folding import APOSTROPHES, fold
from indexer.analysis.language_data import COMBINING_FORMS, ELIDED
from indexer.analysis.stemming import terms_in
from indexer.analysis.tokenizer import Token, tokenize

MAX_FORMS = 32
"""The most ways in which ``query_word`` and ``query_phrase`` read one text: each of its compounds doubles them."""

# A name with a number, which is also printed apart: ``G8``, ``doc3``.
_LETTERS_AND_DIGITS = re.compile(r"([^\W\d_]{1,5})(\d{1,4})")

# With at least three letters behind, since shorter rests are endings: ``videos``.
_COMBINED = re.compile(rf"({'|'.join(sorted(COMBINING_FORMS, key=len, reverse=True))})([^\W\d_]{{3,}})")

_ACRONYM = re.compile(rf"(?:[^\W\d_]+[{APOSTROPHES}])?(?:[^\W\d_]{{1,2}}\.)+[^\W\d_]{{1,2}}\.?")

_THOUSANDS = re.compile(r"[1-9]\d{0,2}")

Form = tuple[Token, ...]
"""Words that are found side by side, in this order."""


# Cached: the same words are asked for in each language of an index, and again for each page of results.
@lru_cache(maxsize=8192)
def query_phrase(text: str, language: str) -> tuple[Form, ...]:
    """Forms of a typed phrase, as typed first; none where it holds no word.

    ``cybercrime``, ``cyber-crime`` and ``cyber crime`` give both ``cybercrime`` and ``cyber crime``; ``G8`` and ``G-8``
    give ``g8`` and ``g 8``. At most MAX_FORMS; the positions of each count from 0 without gaps. A phrase is matched by
    the first of the ``exact`` terms of its tokens; where a token has a second, the asker typed an accent, and where
    that one is printed is the better match.
    """
    return _forms(tokenize(_as_printed(text), language), language)


@lru_cache(maxsize=8192)
def query_word(text: str, language: str) -> tuple[Form, ...]:
    """Forms of a plain word. Each token is matched by any of its ``stems``.

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
    """Combinations of the ways to write each word and compound, up to MAX_FORMS."""
    choices = list(_choices(tokens, language))
    if not choices:
        return ()
    forms = (_renumber(token for part in parts for token in part) for parts in islice(product(*choices), MAX_FORMS))
    return tuple(dict.fromkeys(forms))  # each once, in their order


def open_compound(left: str, right: str) -> str | None:
    """The joined form of two words that are one written apart, or None.

    ``cyber crime`` is ``cybercrime`` and ``G 8`` is ``G8``; ``other crime`` is two words.
    """
    joined = left + right
    if _COMBINED.fullmatch(joined.lower()) and fold(left) in COMBINING_FORMS:
        return joined
    if _THOUSANDS.fullmatch(left) and len(right) == 3 and right.isdecimal():
        return joined
    # A letter and a short number; ``a 2016`` is an article and a year.
    return joined if len(left) == 1 and left.isalpha() and right.isdecimal() and len(right) <= 2 else None


def _renumber(tokens: Iterable[Token]) -> Form:
    """Tokens with positions from 0 without gaps: a joined form takes one place, its parts several."""
    return tuple(token._replace(position=position) for position, token in enumerate(tokens))


def _choices(tokens: Sequence[Token], language: str) -> Iterator[tuple[Form, ...]]:
    """The ways to write each word or compound, as typed first."""
    index = 0
    while index < len(tokens):
        token, after = tokens[index], tokens[index + 1 : index + 2]
        # A joined form stands at the position of its first part: the compound was typed with a joint.
        if after and after[0].position == token.position:
            joined = after[0]
            rest = [part for part in tokens[index + 2 :] if part.end <= joined.end]
            yield (token, *rest), (joined,)
            index += 2 + len(rest)
        elif after and (compound := open_compound(token.exact[-1], after[0].exact[-1])):
            yield (token, after[0]), (_spanning_token(token, after[0], compound, language),)
            index += 2
        else:
            yield (token,), *_split_forms(token, language)
            index += 1


def _spanning_token(first: Token, last: Token, word: str, language: str) -> Token:
    """A token of a word that spans two tokens and what is between them."""
    return Token(first.position, first.start, last.end, *terms_in(language)[word])


def _split_forms(token: Token, language: str) -> Iterator[Form]:
    """A form of the two parts of a word that is also written apart; none of other words."""
    word = token.exact[-1]
    parts = _COMBINED.fullmatch(word) or _LETTERS_AND_DIGITS.fullmatch(word)
    if parts:
        left, right = (terms_in(language)[part] for part in parts.groups())
        # Places in the printed form are nearly those in the text; they can differ where it was composed.
        middle = min(token.start + parts.end(1), token.end)
        yield Token(0, token.start, middle, *left), Token(1, middle, token.end, *right)
