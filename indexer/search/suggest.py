"""Better questions: unknown words corrected from those of the index, and what has been typed so far completed."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice

from indexer.analysis.folding import fold
from indexer.analysis.language import is_stop_word
from indexer.analysis.schema import EXACT, Term
from indexer.analysis.tokenizer import words_of
from indexer.model import And, Node, Or, Word
from indexer.query.lexicon import Lexicon
from indexer.query.parser import render
from indexer.query.plan import Leaf, Plan

MOST_CORRECTED = 8
"""How many unknown words of a question are corrected: it is one slip of the pen, not a text, that can be mended."""


_DIGIT = re.compile(r"\d")


def lexicon_counts(rows: Iterable[Mapping[Term, object]]) -> Counter[tuple[str, str]]:
    """In how many versions each word stands, by folded and printed form, from the terms of each version."""
    counts: Counter[tuple[str, str]] = Counter()
    for terms in rows:
        counts.update((fold(text), text) for field, text in terms if field == EXACT)
    return counts


def correct_query(plan: Plan, lexicon: Lexicon, unknown: Collection[Leaf]) -> str | None:
    """The question with its unknown plain words, the first MOST_CORRECTED of them, replaced by what was probably meant;
    None where nothing is better.

    ``unknown`` are the leaves that occur nowhere. A word that something else stands for is known, and one with a digit
    is a number or a symbol, of which another is never meant.
    """
    missing = set(plan.lacking([leaf for leaf in plan.leaves if leaf not in unknown]))
    words = dict.fromkeys(word for word in _words(plan.tree) if word in missing and not _DIGIT.search(word))
    better = {word: lexicon.correction(fold(word)) for word in islice(words, MOST_CORRECTED)}
    if not any(better.values()):
        return None
    return render(_replaced(plan.tree, better))


def _words(node: Node) -> Iterator[str]:
    match node:
        case Word(text):
            yield text
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words(part)


def _replaced(node: Node, better: Mapping[str, str | None]) -> Node:
    match node:
        case Word(text):
            return Word(better.get(text) or text)
        case And(parts):
            return And(tuple(_replaced(part, better) for part in parts))
        case Or(parts):
            return Or(tuple(_replaced(part, better) for part in parts))
        case _:
            return node


_OPENING = "\"“”„«»‹›＂'‘(-‐‑–−"
"""Signs of the query language that stand before a word."""


def completions(text: str, lexicon: Lexicon, languages: Iterable[str], limit: int) -> tuple[str, ...]:
    """What the last word of ``text`` may become, and headings that what was typed begins or that hold a word that it
    begins; those with the accents that were typed first, then the most frequent. Empty where fewer than two letters
    have been typed.

    Of what is written with a hyphen or an apostrophe the last part is completed: ``cyber-c`` to what ``cyber`` makes a
    compound with, ``l'évi`` to any word.
    """
    typed = text.lstrip()
    last = typed.split(" ")[-1].lstrip(_OPENING)
    if len(fold(last)) < 2:
        return ()
    found: dict[str, int] = {}
    known = tuple(languages)
    for completed, word in _completed(last, lexicon, limit + 20):
        if not any(is_stop_word(word, language) for language in known):
            found[typed.removesuffix(last) + completed] = lexicon.frequency(word)
    begun = f" {fold(typed)}"
    for heading, frequency in lexicon.headings.items():
        if begun in _folded_heading(heading):
            found.setdefault(heading, frequency)
    found.pop(typed, None)
    accented = last.lower() if last.lower() != fold(last) else ""
    return tuple(sorted(found, key=lambda each: (accented not in each.lower(), -found[each], each))[:limit])


def _completed(last: str, lexicon: Lexicon, most: int) -> Iterator[tuple[str, str]]:
    """What a last word may become, and the word of the lexicon that says how frequent that is."""
    parts = words_of(last)
    if not parts or not last.endswith(parts[-1]):
        return
    before = last.removesuffix(parts[-1])
    start = fold("".join(parts[:-1])) if before.endswith("-") else ""
    beginning = start + fold(parts[-1])
    if len(beginning) > 1:
        for word in lexicon.words_with_prefix(beginning, most)[0]:
            part = word.removeprefix(start)
            if lexicon.frequency(part):
                yield before + lexicon.as_printed(part), word


@lru_cache(maxsize=65536)
def _folded_heading(heading: str) -> str:
    return f" {fold(heading)}"
