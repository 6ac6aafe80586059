"""Suggestions: corrections of unknown words, and completions of a query as it is typed."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice

from indexer.analysis.folding import fold
from indexer.analysis.language import is_stop_word
from indexer.analysis.schema import EXACT, Term
from indexer.analysis.tokenizer import words_of
from indexer.model import And, Filter, Node, Or, Word
from indexer.query.lexicon import Lexicon
from indexer.query.plan import Leaf, Plan

MOST_CORRECTED = 8
"""Unknown words of a query that are corrected: it is one slip of the pen, not a text, that can be mended."""

_HIDDEN_COMPLETIONS = 20
"""Words that are looked up beyond those asked for, since words of grammar are left out afterwards."""

_DIGIT = re.compile(r"\d")


def lexicon_counts(rows: Iterable[Mapping[Term, object]]) -> Counter[tuple[str, str]]:
    """Count the versions in which each word stands, by its folded and printed form.

    ``rows`` are the terms of each version.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for terms in rows:
        counts.update((fold(text), text) for field, text in terms if field == EXACT)
    return counts


def correct_tree(
    tree: Node, meant: Iterable[tuple[str, Filter]], plan: Plan, lexicon: Lexicon, unknown: Collection[Leaf]
) -> Node | None:
    """Correct the unknown plain words of a query; None where nothing is better.

    The first MOST_CORRECTED of them are replaced by the words that were probably meant. A word that something else
    stands for is known, and one with a digit is a number or a symbol, of which another is never meant. Words that look
    like filters are replaced by those that were meant.

    Args:
        tree: the syntax tree of the query.
        meant: its words that look like filters, with those that were meant.
        plan: its plan.
        lexicon: the words of the index.
        unknown: the leaves that occur nowhere.
    """
    missing = {text for part in plan.words() for text in part.lacking(lambda leaf: leaf not in unknown)}
    better: dict[str, Node] = {word: wanted for word, wanted in meant if word in missing}
    words = dict.fromkeys(word for word in _words(tree) if word in missing and not _DIGIT.search(word))
    for word in islice(words, MOST_CORRECTED):
        if word not in better and (corrected := lexicon.correction(fold(word))):
            better[word] = Word(corrected)
    return _replace(tree, better) if better else None


def _words(node: Node) -> Iterator[str]:
    """Plain words of a tree, in order: nothing that is quoted, begun, excluded or a filter."""
    match node:
        case Word(text):
            yield text
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words(part)


def _replace(node: Node, better: Mapping[str, Node]) -> Node:
    """Replace the plain words of a tree for which there is something better."""
    match node:
        case Word(text):
            return better.get(text, node)
        case And(parts):
            return And(tuple(_replace(part, better) for part in parts))
        case Or(parts):
            return Or(tuple(_replace(part, better) for part in parts))
        case _:
            return node


_OPENING = "\"“”„«»‹›＂'‘(-‐‑–−"
"""Signs of the query language that stand before a word."""


def completions(text: str, lexicon: Lexicon, languages: Iterable[str], limit: int) -> tuple[str, ...]:
    """Complete the last word of a text; find headings that go on as it does.

    Those are headings that what was typed begins, or that hold a word that it begins. First come those with the accents
    that were typed, then the most frequent. Empty where fewer than two letters have been typed. Of what is written with
    a hyphen or an apostrophe the last part is completed: ``cyber-c`` to what ``cyber`` makes a compound with, ``l'évi``
    to any word.

    Args:
        text: the query as typed so far.
        lexicon: the words of the index.
        languages: those of the index, whose words of grammar are not offered.
        limit: how many are wanted at most.
    """
    typed = text.lstrip()
    last = typed.split(" ")[-1].lstrip(_OPENING)
    # One letter begins too many words for any of them to be meant.
    if len(fold(last)) < 2:
        return ()
    found: dict[str, int] = {}
    known = tuple(languages)
    for completion, word in _last_words(last, lexicon, limit + _HIDDEN_COMPLETIONS):
        if not any(is_stop_word(word, language) for language in known):
            found[typed.removesuffix(last) + completion] = lexicon.frequency(word)
    # The space before each makes the text begin where a word of the heading does.
    begun = f" {fold(typed)}"
    for heading, frequency in lexicon.headings.items():
        if begun in _folded_heading(heading):
            found.setdefault(heading, frequency)
    found.pop(typed, None)
    accented = last.lower() if last.lower() != fold(last) else ""
    return tuple(sorted(found, key=lambda each: (accented not in each.lower(), -found[each], each))[:limit])


def _last_words(last: str, lexicon: Lexicon, most: int) -> Iterator[tuple[str, str]]:
    """Complete a last word: each completion, and the word of the lexicon with its frequency."""
    parts = words_of(last)
    # After a sign, as in `cyber-`, no letter of the next part has been typed.
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


# Each keystroke looks at all headings of the index, which stay the same.
@lru_cache(maxsize=65536)
def _folded_heading(heading: str) -> str:
    return f" {fold(heading)}"
