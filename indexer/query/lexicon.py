"""Lexicon: the words of an index, for prefixes, slips of the pen and corrections.

Words are folded (no case, no accents); each has the printed form that is most frequent, and the number of versions in
which it stands.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

LAST = "\U0010ffff"
"""Last code point: it stands after every letter in the order of words."""

SHORTEST_WITH_TWO = 6
"""Letters of the shortest word in which two slips are thought of."""

# The pairs of places grow as the square of a word's letters, and each makes new words. No word of a language is longer.
LONGEST_WITH_TWO = 64
"""Letters of the longest word in which two slips are thought of."""


@dataclass(frozen=True)
class Lexicon:
    """The words of an index as parallel sequences.

    Attributes:
        words: folded words, sorted by code point.
        printed: the printed form of each that is most frequent.
        frequencies: the number of versions in which each stands.
        headings: the number of versions under each heading.
    """

    words: Sequence[str]
    printed: Sequence[str]
    frequencies: Sequence[int]
    headings: Mapping[str, int]

    @classmethod
    def of(cls, counts: Mapping[tuple[str, str], int], headings: Mapping[str, int]) -> "Lexicon":
        """Make the lexicon of words counted by folded word and printed form."""
        totals: dict[str, int] = {}
        best: dict[str, tuple[int, str]] = {}
        # Sorted, so that of equally frequent forms the same one is chosen on every engine.
        for (word, printed), count in sorted(counts.items()):
            totals[word] = totals.get(word, 0) + count
            if word not in best or count > best[word][0]:
                best[word] = count, printed
        words = sorted(totals)
        return cls(words, [best[word][1] for word in words], [totals[word] for word in words], headings)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {word: place for place, word in enumerate(self.words)}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.words), default=0)

    def frequency(self, word: str) -> int:
        """Number of versions in which a folded word stands."""
        place = self._places.get(word)
        return 0 if place is None else self.frequencies[place]

    def as_printed(self, word: str) -> str:
        """Printed form that a folded word has most often; itself where it is unknown."""
        place = self._places.get(word)
        return word if place is None else self.printed[place]

    def words_with_prefix(self, beginning: str, limit: int) -> tuple[list[str], bool]:
        """Find the words that begin so, and tell whether there were more.

        There are at most ``limit``, the most frequent ones, sorted.
        """
        first = bisect_left(self.words, beginning)
        last = bisect_left(self.words, beginning + LAST, first)
        if last - first <= limit:
            return list(self.words[first:last]), False
        places = sorted(range(first, last), key=lambda place: (-self.frequencies[place], place))[:limit]
        return [self.words[place] for place in sorted(places)], True

    def neighbours(self, word: str) -> list[str]:
        """Find the words at most one slip away, itself included, sorted.

        They are equal but for one letter more, less or changed, or two neighbouring letters exchanged (a distance of
        one after Damerau, *A technique for computer detection and correction of spelling errors*, 1964).
        """
        return sorted(self._words_among(self._slips("", word)))

    def correction(self, word: str) -> str | None:
        """Find the word that was probably meant by one that is unknown, as printed; None where there is none.

        It is the most frequent one slip away or, where there is none and the word has SHORTEST_WITH_TWO to
        LONGEST_WITH_TWO letters, two slips after the first letter.
        """
        found = self.neighbours(word)
        # Two slips make a word at most two letters longer: a longer one is in no index, and would be tried in vain.
        if not found and SHORTEST_WITH_TWO <= len(word) <= min(self._longest + 2, LONGEST_WITH_TWO):
            # The first letter is taken as typed: to try others would make many times as many words.
            once = set(self._slips(word[0], word[1:]))
            found = sorted(self._words_among(slip for slipped in once for slip in self._slips(*slipped)))
        found = [other for other in found if other != word and len(other) > 1]
        # `found` is sorted, and `max` takes the first of equals: every engine corrects alike.
        return self.as_printed(max(found, key=self.frequency)) if found else None

    def _words_among(self, slips: Iterable[tuple[str, str]]) -> set[str]:
        return {word for before, after in slips if (word := before + after) in self._places}

    def _slips(self, before: str, after: str) -> Iterator[tuple[str, str]]:
        """Make one slip in ``after``, at each place: the letters up to the slip, and those from there on as typed.

        Only beginnings that words of the lexicon have are tried.
        """
        first, last = 0, len(self.words)
        for place in range(len(after) + 1):
            # Words that begin as typed so far lie together, in a stretch that shrinks; empty, it leaves nothing to try.
            kept, rest = before + after[:place], after[place:]
            first = bisect_left(self.words, kept, first, last)
            last = bisect_left(self.words, kept + LAST, first, last)
            if first == last:
                return
            yield kept, rest[1:]  # a letter more was typed; none, at the end: the word itself
            yield kept + rest[1:2] + rest[:1], rest[2:]
            for letter in self._next_letters(kept, first, last):
                yield kept + letter, rest
                yield kept + letter, rest[1:]

    def _next_letters(self, before: str, first: int, last: int) -> Iterator[str]:
        """Letters that come next in some words that all begin with ``before``.

        The words are those from ``first`` up to ``last``, exclusive.
        """
        # From each letter on to the first word with another one: few looks, however many words begin alike.
        while first < last:
            letter = self.words[first][len(before) : len(before) + 1]
            if letter:
                yield letter
            first = bisect_left(self.words, before + letter + LAST, first, last) if letter else first + 1
