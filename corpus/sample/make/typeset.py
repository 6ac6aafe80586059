"""Text broken into lines, as a typesetter would: at spaces, at the hyphens of compounds and ranges, within words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

UNDECODED = 0xF0000
"""Added to the code of a character to be drawn so that no program can tell which it is (a private-use plane)."""

# French sets a space within a quotation and before a colon, where no line ends.
_SPACE = re.compile(r"(?<!«) (?![:;»])")
# Other compounds stay whole: broken at its hyphen, one that a document prints once could not be told from a word.
_COMPOUND = re.compile(r"(?<=\d-)(?=\d)|(?<=cyber-)(?=crime)", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of a paragraph; ``last`` where the paragraph ends, so that it is not spread to the full width."""

    text: str
    last: bool


def hyphenations(words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """``["coop-er-a-tion"]`` as ``{"cooperation": ("coop", "er", "a", "tion")}``."""
    return {word.replace("-", ""): tuple(word.split("-")) for word in words}


def undecoded(text: str) -> str:
    """The text with every character but the space moved to where no program can tell it."""
    return "".join(character if character == " " else chr(ord(character) + UNDECODED) for character in text)


def break_lines(
    text: str, width: float, measure: Callable[[str], float], hyphenation: Mapping[str, tuple[str, ...]]
) -> list[SetLine]:
    """A paragraph as lines no wider than ``width`` points, each filled before the next is begun.

    ``measure`` gives a string's width in points. A word wider than the line stands alone and juts out.
    """
    lines: list[str] = []
    current = ""
    for word in _SPACE.split(text):
        rest = word
        joined = f"{current} {rest}" if current else rest
        if measure(joined) <= width:
            current = joined
            continue
        head, rest = _part_that_fits(current, rest, width, measure, hyphenation)
        if head or current:
            lines.append(f"{current} {head}".strip())
        current = rest
    lines.append(current)
    return [SetLine(line, last=number == len(lines)) for number, line in enumerate(lines, start=1)]


def _part_that_fits(
    current: str,
    word: str,
    width: float,
    measure: Callable[[str], float],
    hyphenation: Mapping[str, tuple[str, ...]],
) -> tuple[str, str]:
    for head, tail in reversed(_breaks(word, hyphenation)):
        if measure(f"{current} {head}") <= width:
            return head, tail
    return "", word


def _breaks(word: str, hyphenation: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """The two halves of a word at each place where it may be broken, the first with its hyphen."""
    breaks = [(word[: found.start()], word[found.start() :]) for found in _COMPOUND.finditer(word)]
    for found in _LETTERS.finditer(word):
        parts = hyphenation.get(found.group().lower(), ())
        lengths = [sum(map(len, parts[:count])) for count in range(1, len(parts))]
        places = [found.start() + length for length in lengths]
        breaks += [(word[:place] + "-", word[place:]) for place in places]
    return sorted(breaks, key=lambda halves: len(halves[0]))
