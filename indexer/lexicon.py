"""The words of an index: what begins with some letters, what is a slip of the pen away, what was probably meant.

Words are folded (no case, no accents); each has the printed form that is most frequent, and in how many versions
it stands.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

LAST = "\U0010ffff"


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
    def _reversed(self) -> list[tuple[str, str]]:
        return sorted((word[::-1], word) for word in self.words)

    def frequency(self, word: str) -> int:
        """In how many versions a folded word stands."""
        place = self._places.get(word)
        return 0 if place is None else self.frequencies[place]

    def as_printed(self, word: str) -> str:
        """The printed form that a folded word has most often; itself where it is unknown."""
        place = self._places.get(word)
        return word if place is None else self.printed[place]

    def prefixed(self, beginning: str, limit: int) -> tuple[list[str], bool]:
        """The words that begin so, at most ``limit``, the most frequent ones; and whether there were more."""
        first = bisect_left(self.words, beginning)
        last = bisect_left(self.words, beginning + LAST, first)
        if last - first <= limit:
            return list(self.words[first:last]), False
        places = sorted(range(first, last), key=lambda place: (-self.frequencies[place], place))[:limit]
        return [self.words[place] for place in sorted(places)], True

    def neighbours(self, word: str) -> list[str]:
        """The words at most one slip away, itself included, sorted (see ``is_slip``).

        A word with one slip keeps its first half or its last half, so that only words with that half are compared;
        the exchange of the two letters in the middle alone keeps neither.
        """
        half = len(word) // 2
        found = {other for other in self._sharing(word[:half], word[half:]) if is_slip(word, other)}
        middle = word[: half - 1] + word[half : half + 1] + word[half - 1 : half] + word[half + 1 :] if half else word
        if middle in self._places:
            found.add(middle)
        return sorted(found)

    def _sharing(self, beginning: str, end: str) -> Iterable[str]:
        words, backwards = self.words, self._reversed
        first = bisect_left(words, beginning)
        yield from words[first : bisect_left(words, beginning + LAST, first)]
        key = (end[::-1], "")
        start = bisect_left(backwards, key)
        for place in range(start, bisect_left(backwards, (key[0] + LAST, ""), start)):
            yield backwards[place][1]

    def meant(self, word: str) -> str | None:
        """The word that was probably meant by one that is unknown: the most frequent one slip away, or two slips in a
        word of six letters and more, as printed. None where there is none.
        """
        found = self.neighbours(word)
        if not found and len(word) >= 6:
            found = sorted({far for near in _deletions(word) for far in self.neighbours(near)})
        found = [other for other in found if other != word and len(other) > 1]
        return self.as_printed(max(found, key=self.frequency)) if found else None


def _deletions(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


def is_slip(word: str, other: str) -> bool:
    """Whether two words are equal but for one letter more, less or changed, or two neighbouring letters exchanged
    (a distance of one after Damerau, *A technique for computer detection and correction of spelling errors*, 1964).
    """
    short, long = (word, other) if len(word) <= len(other) else (other, word)
    if len(long) - len(short) > 1:
        return False
    place = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    if len(short) < len(long):
        return short[place:] == long[place + 1 :]
    if short[place + 1 :] == long[place + 1 :]:
        return True
    exchanged = short[place + 1 : place + 2] + short[place : place + 1]
    return long[place : place + 2] == exchanged and short[place + 2 :] == long[place + 2 :]
