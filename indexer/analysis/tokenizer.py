"""Tokenizer: a text to its words, with the joined forms of compounds."""

# ARCHITECTURE.md: Texts are parsed into columns.

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from indexer.analysis.folding import HYPHENS, word_pattern
from indexer.analysis.stemming import ZERO_FOR_O, terms_in


class Token(NamedTuple):
    """A word of a text.

    ``position`` counts words from 0; a joined form shares the position of its first part and comes after it.
    ``text[start:end]`` is the word as printed. ``exact`` is the folded word, then, where that differs, the word as
    printed in lower case. ``stems`` has one term or two.
    """

    position: int
    start: int
    end: int
    exact: tuple[str, ...]
    stems: tuple[str, ...]


class ParsedText(NamedTuple):
    """The words of a text in columns, of which tokens are made.

    ``words`` are what ``terms_in`` gives the terms of: each word as it stands in the text, but for what is to be read
    as another. ``bounds`` are the start and the end of each, one word after the other. ``joined`` are the joined forms,
    in order: the position of the first part, where the last part ends, and the word.
    """

    words: list[str]
    bounds: list[int]
    joined: list[tuple[int, int, str]]


# All hyphens join alike, so that ``cyber‑crime`` with a non-breaking one is the compound that ``cyber-crime`` is.
_JOINTS = {**dict.fromkeys(HYPHENS, "-"), ".": ".", ",": ","}

_ORDINAL_SIGNS = ("º", "ª")
"""Signs behind the point of an ordinal in Spanish and Portuguese: ``5.º`` is ``5º``."""

_POWERS = {"²": "2", "³": "3"}

# The letters alone, in any order: beside a zero they are enough.
_ROMAN = re.compile("[IVXLC]+")

_MOST_PARTS = 4
"""Words of the longest compound that has a joined form: ``state-of-the-art``."""

_GROUP = 3
"""Digits between the signs that divide a long number: ``1,000,000``."""

# The spaces are plain, unbreaking or narrow. A year has four digits, and no number begins with a zero.
_SPACED_NUMBER = re.compile(r"(?<![\w.,])[1-9]\d{0,2}(?:[ \xa0\u2009\u202f]\d{3})+(?![\w]|[.,]\d)")
"""A number whose thousands are set apart: ``2 500 000``."""

_MOST_LETTERS = 2
"""Letters of each part of an acronym with points, and of a unit: ``EE.UU.``, ``km²``."""


def parse(text: str) -> ParsedText:
    """The words of a text, in order. Any string can be given."""
    # Words stand at the odd places, what is before, between and after them at the even ones.
    parts = word_pattern(text).apart.split(text)
    words = parts[1::2]
    bounds = list(accumulate(map(len, parts)))[:-1]
    # A text without a joint has no compound, which is told without a loop over its words.
    linked = not _JOINTS.keys().isdisjoint(parts[2:-1:2])
    joined = list(_joined_forms(parts, bounds, words)) if linked else []
    if spaced := list(_SPACED_NUMBER.finditer(text)):
        joined = sorted([*joined, *_spaced_numbers(spaced, bounds)])
    if not _POWERS.keys().isdisjoint(text):
        joined = sorted([*joined, *_units(parts, bounds)])
    return ParsedText(words, bounds, joined)


def tokenize(text: str, language: str) -> list[Token]:
    """The words of a text as tokens, in order. Any string can be given, and any code of a language."""
    words, bounds, joined = parse(text)
    terms = terms_in(language)
    starts, ends = bounds[::2], bounds[1::2]
    each = enumerate(zip(starts, ends, words, strict=True))
    tokens = [Token(position, start, end, *terms[word]) for position, (start, end, word) in each]
    # From behind, so that the places of those before stay as they are.
    for position, end, word in reversed(joined):
        tokens.insert(position + 1, Token(position, starts[position], end, *terms[word]))
    return tokens


def extent(text: str) -> tuple[int, int, int] | None:
    """Start of the first word, end of the last, and their number; None without any."""
    if text.isalnum() and text.isascii():  # one plain word is told without the pattern
        return 0, len(text), 1
    words = list(word_pattern(text).one.finditer(text))
    return (words[0].start(), words[-1].end(), len(words)) if words else None


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they stand in it; of a compound its parts: ``cyber-crime`` is ``cyber`` and ``crime``."""
    return tuple(match[0] for match in word_pattern(text).one.finditer(text))


def _joined_forms(parts: Sequence[str], bounds: Sequence[int], words: list[str]) -> Iterator[tuple[int, int, str]]:
    """The joined forms of compounds: the position of the first part, where the last one ends, and the form.

    ``parts`` are the words, and what stands before, between and after them. Puts ZERO_FOR_O into ``words`` in place of
    each zero that stands for the letter.
    """
    for first, last, joint in _runs(parts):
        own, after = parts[2 * first + 1 : 2 * last + 2 : 2], parts[2 * last + 2]
        if joint == "-" and _is_letter_o(own, parts[2 * first + 4]):
            words[first + 1] = ZERO_FOR_O
        if _is_compound(own, joint, after[:1]):
            yield first, bounds[2 * last + 1], "".join(own)


def _units(parts: Sequence[str], bounds: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Units with a power, as ``_joined_forms`` gives compounds: ``25 m²`` and ``km³`` are typed ``m2`` and ``km3``."""
    for number, (word, after) in enumerate(zip(parts[1::2], parts[2::2], strict=True)):
        if after[:1] in _POWERS and len(word) <= _MOST_LETTERS and word.isalpha():
            yield number, bounds[2 * number + 1] + 1, word + _POWERS[after[0]]


def _spaced_numbers(found: Sequence[re.Match[str]], bounds: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Numbers with spaces between their thousands, as ``_joined_forms`` gives compounds."""
    starts = bounds[::2]
    for match in found:
        yield bisect_left(starts, match.start()), match.end(), "".join(match[0].split())


def _runs(parts: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Stretches of words that one kind of joint holds together: first word, last word and joint."""
    first, last, joint = 0, -1, ""
    for word, between in enumerate(parts[2:-1:2], start=1):
        mark = _JOINTS.get(between)
        if mark is None:
            continue
        if word == last + 1 and mark == joint:
            last = word
            continue
        if joint:
            yield first, last, joint
        first, last, joint = word - 1, word, mark
    yield first, last, joint


def _is_letter_o(words: Sequence[str], after: str) -> bool:
    """Tell whether the second word is a zero in place of the letter O: ``(XXXIV-0/04)``.

    The sessions of an assembly are O or E, ordinary or extraordinary. ``after`` is what follows the second word.
    """
    # A symbol ends with its session, or goes on with a slash and the year; ``C-0-1`` does neither.
    whole = len(words) == 2 and len(words[0]) > 1
    return words[1] == "0" and _ROMAN.fullmatch(words[0].upper()) is not None and (whole or after[:1] == "/")


def _is_compound(words: Sequence[str], joint: str, after: str) -> bool:
    """Tell whether words are parts of a compound.

    ``joint`` is the kind of joint between them, ``after`` the character behind the last one.
    """
    if joint == "-":
        # Digits alone are a range (``10-12``) or a date, not a compound.
        return len(words) <= _MOST_PARTS and not all(word.isdecimal() for word in words)
    if all(word.isdecimal() for word in words):
        return len(words[0]) <= _GROUP and all(len(word) == _GROUP for word in words[1:])
    if joint == "." and len(words) == 2 and words[0].isdecimal() and words[1] in _ORDINAL_SIGNS:
        return True
    # The last point tells an acronym (``O.A.S.``) from words with a point between them (``IX.A``).
    return joint == "." == after and all(len(word) <= _MOST_LETTERS and word.isupper() for word in words)
