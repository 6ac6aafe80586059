"""The words of an index: what begins with some letters, what is a slip of the pen away, what was probably meant.

Words are folded (no case, no accents); each has the printed form that is most frequent, and in how many versions
it stands.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

LAST = "\U0010ffff"
"""Stands after every letter."""

SHORTEST_WITH_TWO = 6
"""Letters of the shortest word in which two slips are thought of."""


@dataclass(frozen=True)
class Lexicon:
    """Parallel sequences: ``words`` (folded, sorted by code point), ``printed`` forms and ``frequencies``; and how
    many versions stand under each of the ``headings``.
    """

    words: Sequence[str]
    printed: Sequence[str]
    frequencies: Sequence[int]
    headings: Mapping[str, int]

    @classmethod
    def of(cls, counts: Mapping[tuple[str, str], int], headings: Mapping[str, int]) -> "Lexicon":
        """The lexicon of words counted by (folded word, printed form)."""
        totals: dict[str, int] = {}
        best: dict[str, tuple[int, str]] = {}
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
        """In how many versions a folded word stands."""
        place = self._places.get(word)
        return 0 if place is None else self.frequencies[place]

    def as_printed(self, word: str) -> str:
        """The printed form that a folded word has most often; itself where it is unknown."""
        place = self._places.get(word)
        return word if place is None else self.printed[place]

    def words_with_prefix(self, beginning: str, limit: int) -> tuple[list[str], bool]:
        """The words that begin so, at most ``limit``, the most frequent ones; and whether there were more."""
        first = bisect_left(self.words, beginning)
        last = bisect_left(self.words, beginning + LAST, first)
        if last - first <= limit:
            return list(self.words[first:last]), False
        places = sorted(range(first, last), key=lambda place: (-self.frequencies[place], place))[:limit]
        return [self.words[place] for place in sorted(places)], True

    def neighbours(self, word: str) -> list[str]:
        """The words at most one slip away, itself included, sorted: equal but for one letter more, less or changed, or
        two neighbouring letters exchanged (a distance of one after Damerau, *A technique for computer detection and
        correction of spelling errors*, 1964).
        """
        return sorted(self._known(self._slips("", word)))

    def meant(self, word: str) -> str | None:
        """The word that was probably meant by one that is unknown: the most frequent one slip away, or two slips after
        the first letter in a word of SHORTEST_WITH_TWO letters and more, as printed. None where there is none.
        """
        found = self.neighbours(word)
        if not found and SHORTEST_WITH_TWO <= len(word) <= self._longest + 2:
            found = sorted(
                self._known(slip for once in set(self._slips(word[0], word[1:])) for slip in self._slips(*once))
            )
        found = [other for other in found if other != word and len(other) > 1]
        return self.as_printed(max(found, key=self.frequency)) if found else None

    def _known(self, slips: Iterable[tuple[str, str]]) -> set[str]:
        return {word for before, after in slips if (word := before + after) in self._places}

    def _slips(self, before: str, after: str) -> Iterator[tuple[str, str]]:
        """What a slip in ``after`` can make of ``before + after``: up to the slip, and from there on as typed.

        Only what words of the lexicon begin with is tried.
        """
        first, last = 0, len(self.words)
        for place in range(len(after) + 1):
            kept, rest = before + after[:place], after[place:]
            first = bisect_left(self.words, kept, first, last)
            last = bisect_left(self.words, kept + LAST, first, last)
            if first == last:
                return
            yield kept, rest[1:]
            yield kept + rest[1:2] + rest[:1], rest[2:]
            for letter in self._following(kept, first, last):
                yield kept + letter, rest
                yield kept + letter, rest[1:]

    def _following(self, before: str, first: int, last: int) -> Iterator[str]:
        """The letters that come next in the words from ``first`` up to ``last``, which all begin with ``before``."""
        while first < last:
            letter = self.words[first][len(before) : len(before) + 1]
            if letter:
                yield letter
            first = bisect_left(self.words, before + letter + LAST, first, last) if letter else first + 1
