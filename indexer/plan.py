"""A question compiled for one index: what every engine evaluates.

The syntax tree says what was typed, the plan says which terms of the index answer it, as what and with which weight.
Terms stand in fields: ``exact`` holds words as printed in lower case, ``fold`` those that lose an accent by folding, as
folded, and ``stem.<language>`` the stems of a language, so that those of two languages never meet.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from indexer.analysis import Token
from indexer.model import As, Node, Note

Term = tuple[str, str]
"""A field and a text."""

HEADING_AT: Final = 1 << 30
"""The position of the first word of a heading; words of the text have those from 0. No pattern spans both."""

EXACT = "exact"
FOLD = "fold"
STEM = "stem."


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words side by side: at each of its slots any of some terms may stand. ``text`` is how it is shown."""

    slots: tuple[tuple[Term, ...], ...]
    weight: float
    matched: As
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A part of the question that stands in a version where any of its patterns does. ``part`` is it as typed.

    ``stands_for`` are the words typed that it can stand for, where it is none itself. Where several patterns begin at
    one word, the weightiest counts, the first of equals; equivalent terms come last. Plans share these objects, so that
    an engine can keep what it found for one.
    """

    part: str
    patterns: tuple[Pattern, ...]
    stands_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Close:
    """Two parts with at most ``distance`` words between them, in either order, not overlapping.

    Each occurrence of one that has such a partner is an occurrence of the whole.
    """

    part: str
    left: Words
    right: Words
    distance: int

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """Those of both sides."""
        return self.left.patterns + self.right.patterns


Leaf = Words | Close


@dataclass(frozen=True, slots=True)
class All:
    """What all parts match. The score is the sum of the parts' scores."""

    parts: "tuple[Step, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    """What any part matches. The score is the sum of the matching parts' scores."""

    parts: "tuple[Step, ...]"


@dataclass(frozen=True, slots=True)
class Without:
    """What the part does not match, without score."""

    part: "Step"


@dataclass(frozen=True, slots=True)
class Within:
    """What has one of these values in a field, without score."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything, without score."""


Step = Leaf | All | Some | Without | Within | Whole
"""A node of a plan."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A question, ready to be evaluated.

    ``leaves`` are the parts that a match is made of, in the order typed (nothing that was negated). ``chosen`` are the
    facets chosen, in which all fields differ. ``partial`` says that what matches may lack some of the words. ``tree``
    is the question as read.
    """

    step: Step
    leaves: tuple[Leaf, ...]
    chosen: tuple[Within, ...]
    partial: bool
    tree: Node
    notes: tuple[Note, ...]

    def times(self, leaf: Leaf) -> int:
        """How often a leaf was asked for: so often its score counts."""
        return leaves_of(self.step).count(leaf)

    def lacking(self, held: Collection[Leaf]) -> tuple[str, ...]:
        """The parts of the question that a version lacks that has these leaves."""
        stood_for = {word for leaf in held if isinstance(leaf, Words) for word in leaf.stands_for}
        return tuple(
            leaf.part
            for leaf in self.leaves
            if leaf not in held and leaf.part not in stood_for and not (isinstance(leaf, Words) and leaf.stands_for)
        )

    def also(self, occurring: Callable[[Leaf], Collection[Pattern]]) -> tuple[str, ...]:
        """The equivalent terms that occur in the index, given the patterns of a leaf that do, in order."""
        expanded = [leaf for leaf in self.leaves if leaf.patterns and leaf.patterns[-1].matched == "equivalent"]
        found = (each for leaf in expanded for each in occurring(leaf) if each.matched == "equivalent")
        return tuple(dict.fromkeys(each.text for each in found))


def leaves_of(step: Step) -> list[Leaf]:
    """The leaves of a step that are not negated, in order."""
    if isinstance(step, Words | Close):
        return [step]
    if isinstance(step, All | Some):
        return [leaf for part in step.parts for leaf in ((part,) if isinstance(part, Words) else leaves_of(part))]
    return []


def terms_of(tokens: Iterable[Token], language: str) -> Iterator[tuple[Term, int]]:
    """The terms of a text, each with the position of its word: what an index holds."""
    stem = STEM + language
    for position, _, _, exact, stems in tokens:
        if len(exact) == 1:
            yield (EXACT, exact[0]), position
        else:
            yield (FOLD, exact[0]), position
            yield (EXACT, exact[1]), position
        for text in stems:
            yield (stem, text), position
