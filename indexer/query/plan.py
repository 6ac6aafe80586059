"""A question compiled for one index: what every engine evaluates.

The syntax tree says what was typed, the plan says which terms of the index answer it, as what and with which weight.
Terms stand in fields: ``exact`` holds words as printed in lower case, ``fold`` those that lose an accent by folding, as
folded, and ``stem.<language>`` the stems of a language, so that those of two languages never meet.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from indexer.analysis.schema import Term
from indexer.model import As, Node, Note


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words side by side: at each of its slots any of some terms may stand. ``text`` is how it is shown."""

    slots: tuple[tuple[Term, ...], ...]
    weight: float
    matched: As
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class TermsQuery:
    """A part of the question that stands in a version where any of its patterns does. ``part`` is it as typed.

    ``stands_for`` are the words typed that it can stand for, where it is none itself. Where several patterns begin at
    one word, the weightiest counts, the first of equals; equivalent terms come last. Plans share these objects, so that
    an engine can keep what it found for one.
    """

    part: str
    patterns: tuple[Pattern, ...]
    stands_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class NearQuery:
    """Two parts with at most ``distance`` words between them, in either order, not overlapping.

    Each occurrence of one that has such a partner is an occurrence of the whole.
    """

    part: str
    left: TermsQuery
    right: TermsQuery
    distance: int

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """Those of both sides."""
        return self.left.patterns + self.right.patterns


Leaf = TermsQuery | NearQuery

Truth = Any
"""Whether something stands in a version: a bool, or an array of them for several versions."""


@dataclass(frozen=True, slots=True)
class AndQuery:
    """What all parts match. The score is the sum of the parts' scores."""

    parts: "tuple[PlanNode, ...]"


@dataclass(frozen=True, slots=True)
class OrQuery:
    """What any part matches. The score is the sum of the matching parts' scores."""

    parts: "tuple[PlanNode, ...]"


@dataclass(frozen=True, slots=True)
class NotQuery:
    """What the part does not match, without score."""

    part: "PlanNode"


@dataclass(frozen=True, slots=True)
class FieldFilter:
    """What has one of these values in a field, without score."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Everything, without score."""


PlanNode = Leaf | AndQuery | OrQuery | NotQuery | FieldFilter | MatchAll
"""A node of a plan."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A question, ready to be evaluated.

    ``leaves`` are the parts that a match is made of, in the order typed (nothing that was negated). ``chosen`` are the
    facets chosen, in which all fields differ. ``partial`` says that what matches may lack some of the words. ``tree``
    is the question as read. ``branched`` says that a leaf can stand in a version without being of what matches there:
    in an alternative of which another part lacks.
    """

    step: PlanNode
    leaves: tuple[Leaf, ...]
    chosen: tuple[FieldFilter, ...]
    partial: bool
    tree: Node
    notes: tuple[Note, ...]
    branched: bool = False

    def times(self, holds: Callable[[Leaf | FieldFilter], Truth]) -> list[Any]:
        """How often the score of each leaf counts in a version, or in each of several: 0 where it is of no branch that
        matches. ``holds`` says what stands there.
        """
        counted: dict[Leaf, Any] = {}
        _count(self.step, True, holds, counted)
        return [counted[leaf] for leaf in self.leaves]

    def ways(self) -> Iterator[tuple[str, tuple[Leaf, ...]]]:
        """The parts as typed, and for each the leaves any of which answers it: itself, and what can stand for it."""
        groups = [leaf for leaf in self.leaves if isinstance(leaf, TermsQuery) and leaf.stands_for]
        for leaf in self.leaves:
            if leaf not in groups:
                yield leaf.part, (leaf, *(group for group in groups if leaf.part in group.stands_for))

    def lacking(self, held: Collection[Leaf]) -> tuple[str, ...]:
        """The parts of the question that a version lacks that has these leaves."""
        return tuple(part for part, ways in self.ways() if not any(leaf in held for leaf in ways))

    def also(self, occurring: Callable[[Leaf], Collection[Pattern]]) -> tuple[str, ...]:
        """The equivalent terms that occur in the index, given the patterns of a leaf that do, in order."""
        expanded = [leaf for leaf in self.leaves if leaf.patterns and leaf.patterns[-1].matched == "equivalent"]
        found = (each for leaf in expanded for each in occurring(leaf) if each.matched == "equivalent")
        return tuple(dict.fromkeys(each.text for each in found))


def leaves_of(step: PlanNode) -> list[Leaf]:
    """The leaves of a step that are not negated, in order."""
    if isinstance(step, TermsQuery | NearQuery):
        return [step]
    if isinstance(step, AndQuery | OrQuery):
        return [leaf for part in step.parts for leaf in ((part,) if isinstance(part, TermsQuery) else leaves_of(part))]
    return []


def _matches(step: PlanNode, holds: Callable[[Leaf | FieldFilter], Truth]) -> Truth:
    match step:
        case AndQuery(parts):
            return reduce(and_, (_matches(part, holds) for part in parts))
        case OrQuery(parts):
            return reduce(or_, (_matches(part, holds) for part in parts))
        case NotQuery(part):
            return True ^ _matches(part, holds)
        case MatchAll():
            return True
        case _:
            return holds(step)


def _count(
    step: PlanNode, above: Truth, holds: Callable[[Leaf | FieldFilter], Truth], counted: dict[Leaf, Any]
) -> None:
    """Count the leaves of a step wherever all above them matches. The outermost step is taken to match."""
    if isinstance(step, TermsQuery | NearQuery):
        counted[step] = counted.get(step, 0) + (above & holds(step))
    elif isinstance(step, AndQuery | OrQuery):
        for part in step.parts:
            _count(part, above & _matches(part, holds), holds, counted)


def is_branched(step: PlanNode) -> bool:
    """Whether leaves below a step depend on others beside them: there is an All in it that is not the outermost."""
    return isinstance(step, AndQuery | OrQuery) and any(map(_has_all, step.parts))


def _has_all(step: PlanNode) -> bool:
    return isinstance(step, AndQuery) or (isinstance(step, OrQuery) and any(map(_has_all, step.parts)))
