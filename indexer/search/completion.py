"""Completions of a query as it is typed: words, phrases and meetings that lead to results."""

# ARCHITECTURE.md: Only completions that find something are offered.

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from indexer.analysis.fields import FieldVocabulary
from indexer.analysis.folding import fold
from indexer.analysis.language import is_stop_word
from indexer.analysis.tokenizer import words_of
from indexer.model import And, Completion, Concept, Filter, Meeting, Phrase, Word
from indexer.model.errors import BadQuery
from indexer.query.lexicon import Lexicon
from indexer.query.parser import parse, render

_MOST_TRIED = 40
"""Words of the index that are tried for one completion: rarer ones hardly stand beside the words before."""

_MOST_COUNTED = 8
"""Whole queries that are counted for one completion, since each takes as long as a search."""

_MOST_PHRASES = 3
"""Phrases and meetings among the completions: a word always has more results than a phrase that it begins."""

_WORDS_OF_START = 4
"""Words typed last that a phrase may begin with."""

_LONGEST_PHRASE = 80
"""Characters of the longest phrase: a longer heading is a sentence that nobody searches."""

_OPENING = "\"“”„«»‹›＂'‘(-‐‑–−"
"""Signs of the query language that stand before a word."""

_LABEL = re.compile(r"(?:(?:[IVXLC]+|\d+|[A-Za-z])[.)]\s*)+(?=\w)")
"""Number or letter before a heading's words."""

_LEAST = 2
"""Letters of the shortest word that is completed: one letter begins too many for any of them to be meant."""

Part = Word | Phrase | Filter
"""Part of a query that is looked for in a version of an item."""

CountBeside = Callable[[str | Phrase | Filter], int]
"""Counter of the items of which a version has some parts and one more; a text is a folded word of the lexicon."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Headings, terms of the thesaurus and meetings, to be found by their first letters.

    Attributes:
        beginnings: folded texts by which they are found, sorted.
        parts: for each, the part of a query that it stands for, and that as text.
    """

    beginnings: tuple[str, ...]
    parts: tuple[tuple[Phrase | Filter, str], ...]

    @classmethod
    def of(cls, lexicon: Lexicon, concepts: Iterable[Concept], meetings: Iterable[Meeting]) -> "Phrases":
        """Gather the phrases of an index."""
        found: dict[tuple[str, str], Phrase | Filter] = {}
        for heading in lexicon.headings:
            phrase = heading[match.end() :] if (match := _LABEL.match(heading)) else heading
            found[fold(phrase), phrase] = Phrase(phrase)
        for concept in concepts:
            found.update({(fold(term.text), term.text): Phrase(term.text) for term in concept.terms})
        for meeting in meetings:
            chosen = Filter("meeting", meeting.id)
            found.update({(fold(name), render(chosen)): chosen for name in (meeting.id, *meeting.title.values())})
        kept = sorted(key for key in found if len(key[1]) <= _LONGEST_PHRASE)
        return cls(tuple(start for start, _ in kept), tuple((found[key], key[1]) for key in kept))

    def starting_with(self, beginning: str) -> Iterator[tuple[Phrase | Filter, str]]:
        """Phrases that begin with a folded text, in their order: each as a part of a query, and as text."""
        place = bisect_left(self.beginnings, beginning)
        while place < len(self.beginnings) and self.beginnings[place].startswith(beginning):
            yield self.parts[place]
            place += 1


class Completer:
    """Completer of queries for one index.

    Args:
        lexicon: the words of the index.
        concepts: its equivalent terms.
        vocabulary: its meetings and languages; words of grammar of these are not offered.
        count: counts the items that a query finds; may raise BadQuery.
        beside: gives, for parts of a query, the function that counts the items of which a version has all of them and a
            further one; may raise BadQuery. Related terms are not counted.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        concepts: Iterable[Concept],
        vocabulary: FieldVocabulary,
        count: Callable[[str], int],
        beside: Callable[[Sequence[Part]], CountBeside],
    ) -> None:
        self._lexicon = lexicon
        self._phrases = Phrases.of(lexicon, concepts, vocabulary.meetings)
        self._languages = vocabulary.languages
        self._count = count
        self._beside = beside

    def completions(self, text: str, limit: int) -> tuple[Completion, ...]:
        """Complete the last word of a query, or a phrase that its last words begin.

        First come those with the accents that were typed, then those with most results, then short ones. Empty where
        fewer than two letters have been typed, and where a filter before them cannot be read. Of what is written with a
        hyphen or an apostrophe the last part is completed: ``cyber-c`` to what ``cyber`` makes a compound with,
        ``l'évi`` to any word.

        Args:
            text: the query as typed so far.
            limit: how many are wanted at most.
        """
        typed = text.lstrip()
        last = typed.split(" ")[-1].lstrip(_OPENING)
        if len(fold(last)) < _LEAST:
            return ()
        try:
            found = dict(islice(self._complete_phrase(typed), min(limit, _MOST_PHRASES)))
            words = ((each, total) for each, total in self._complete_word(typed, last) if each not in found)
            found |= islice(words, limit - len(found))
            found = found or dict(islice(self._complete_term(typed), limit))
        except BadQuery:
            return ()
        accented = last.lower() if last.lower() != fold(last) else ""
        order = sorted(found, key=lambda each: (accented not in each.lower(), -found[each], len(each), each))
        return tuple(Completion(each, found[each]) for each in order)

    def _complete_word(self, typed: str, last: str) -> Iterator[tuple[str, int]]:
        """Complete the last word, the most frequent first, with the number of results."""
        before = typed.removesuffix(last)
        words = [
            (before + completion, word)
            for completion, word in _last_words(last, self._lexicon)
            if before + completion != typed and not self._is_grammar(word)
        ]
        # Behind a sign stands not simply one more word: the whole query is counted.
        parts = _parts(before) if words_of(last) == (last,) else None
        first = None
        if parts is not None:
            beside = self._beside(parts)
            certain = ((whole, total) for whole, word in words if (total := beside(word)))
            if first := next(certain, None):
                yield first
                yield from certain
        content = [part for part in parts or () if not (isinstance(part, Word) and self._is_grammar(part.text))]
        # Words of grammar need not stand in a text, and no text may have just those that were typed.
        if not first and (parts is None or len(content) < len(parts)):
            yield from self._count_whole(words, self._beside(content))

    def _count_whole(self, words: Iterable[tuple[str, str]], beside: CountBeside) -> Iterator[tuple[str, int]]:
        """Count whole queries whose last words are likely to find something."""
        likely = (whole for whole, word in words if beside(word))
        for whole in islice(likely, _MOST_COUNTED):
            if total := self._count(whole):
                yield whole, total

    def _is_grammar(self, word: str) -> bool:
        return any(is_stop_word(word, language) for language in self._languages)

    def _complete_phrase(self, typed: str) -> Iterator[tuple[str, int]]:
        """Complete the last words to phrases, with the number of results: from most words first."""
        for before, phrases in self._phrases_begun_by(typed):
            parts = _parts(before)
            if parts is not None:
                beside = self._beside(parts)
                for part, phrase in phrases:
                    if before + phrase != typed and (total := beside(part)):
                        yield before + phrase, total

    def _complete_term(self, typed: str) -> Iterator[tuple[str, int]]:
        """Complete all that was typed to a term that stands for one of the texts."""
        for before, phrases in self._phrases_begun_by(typed):
            if not before:
                for _, phrase in phrases:
                    if total := self._count(phrase):
                        yield phrase, total

    def _phrases_begun_by(self, typed: str) -> Iterator[tuple[str, list[tuple[Phrase | Filter, str]]]]:
        """Find phrases that the last words typed begin: each time the words before, and some phrases."""
        words = typed.split(" ")
        for first in range(max(0, len(words) - _WORDS_OF_START), len(words)):
            start = fold(" ".join(words[first:]))
            if len(start) >= _LEAST and (phrases := [*islice(self._phrases.starting_with(start), _MOST_PHRASES)]):
                yield "".join(f"{word} " for word in words[:first]), phrases


def _parts(before: str) -> Sequence[Part] | None:
    """Parts of a query before its last word; None where it has an operator or an open quote."""
    if not before:
        return ()
    query = parse(before)
    parts = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    if query.notes or before.rstrip() == before or not all(isinstance(part, Part) for part in parts):
        return None
    return [part for part in parts if isinstance(part, Part)]


def _last_words(last: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Complete a last word, the most frequent first: each completion, and the word of the lexicon."""
    parts = words_of(last)
    # After a sign, as in `cyber-`, no letter of the next part has been typed.
    if not parts or not last.endswith(parts[-1]):
        return
    before = last.removesuffix(parts[-1])
    start = fold("".join(parts[:-1])) if before.endswith("-") else ""
    beginning = start + fold(parts[-1])
    if len(beginning) < _LEAST:
        return
    words = lexicon.words_with_prefix(beginning, _MOST_TRIED)[0]
    for word in sorted(words, key=lambda each: (-lexicon.frequency(each), each)):
        part = word.removeprefix(start)
        if lexicon.frequency(part):
            yield before + lexicon.as_printed(part), word
