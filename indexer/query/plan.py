"""Plan: a query compiled for one index, which every engine evaluates.

The syntax tree says what was typed, the plan says which terms of the index answer it, as what and with which weight.
Terms stand in fields: ``exact`` holds words as printed in lower case, ``fold`` those that lose an accent by folding, as
folded, and ``stem.<language>`` the stems of a language, so that those of two languages never meet.
"""

# ARCHITECTURE.md: Marks and scores come from the branches that match.

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, Self, TypeVar

from indexer.analysis.schema import STEM, Term
from indexer.model import As, Message


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words side by side, each of them any of some terms.

    Attributes:
        slots: for each word, in order, the terms any of which may stand there.
        weight: the worth of an occurrence, relative to one of a word as typed.
        matched: the kind of match that an occurrence is.
        text: the pattern as people are shown it.
    """

    slots: tuple[tuple[Term, ...], ...]
    weight: float
    matched: As
    text: str


# Compared by identity, not by fields: engines cache matches by leaf, and to hash its patterns would take longer.
@dataclass(frozen=True, slots=True, eq=False)
class TermsQuery:
    """A leaf that matches a version in which any of its patterns stands.

    Where several patterns begin at one word, the weightiest counts, the first of equals; equivalent terms and
    translations come last.
    Plans share these objects, so that an engine can keep what it found for one.

    Attributes:
        part: the part of the query, as typed.
        patterns: the patterns that answer it.
    """

    part: str
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True, eq=False)
class NearQuery:
    """A leaf of two parts near each other, in either order, not overlapping.

    At most ``distance`` words stand between them. Each occurrence of one that has such a partner is an occurrence of
    the whole.
    """

    part: str
    left: TermsQuery
    right: TermsQuery
    distance: int

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """Patterns of both sides."""
        return self.left.patterns + self.right.patterns


Leaf = TermsQuery | NearQuery


class Truth(Protocol):
    """Truth of a condition: a bool for one version, or an array of bools for several."""

    def __and__(self, other: Any, /) -> Self: ...

    def __rand__(self, other: bool, /) -> Self: ...

    def __or__(self, other: Any, /) -> Self: ...

    def __ror__(self, other: bool, /) -> Self: ...

    def __xor__(self, other: bool, /) -> Self: ...

    def __radd__(self, other: int, /) -> Any: ...


T = TypeVar("T", bound=Truth)

_OTHERS = ("equivalent", "translation")
"""Kinds of match with words that were not typed, but mean the same."""


@dataclass(frozen=True, slots=True)
class AndQuery:
    """Node that matches where all parts match. The score is the sum of the parts' scores."""

    parts: "tuple[PlanNode, ...]"


@dataclass(frozen=True, slots=True)
class OrQuery:
    """Node that matches where any part matches. The score is the sum of the matching parts' scores."""

    parts: "tuple[PlanNode, ...]"


@dataclass(frozen=True, slots=True)
class NotQuery:
    """Node that matches where its part does not, without score."""

    part: "PlanNode"


@dataclass(frozen=True, slots=True)
class FieldFilter:
    """Node that matches what has one of these values in a field, without score."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Node that matches everything, without score."""


PlanNode = Leaf | AndQuery | OrQuery | NotQuery | FieldFilter | MatchAll
"""A node of a plan."""


@dataclass(frozen=True, slots=True)
class AskedPart:
    """Part of a query that a version has or lacks.

    Attributes:
        text: the part as typed.
        node: what a version must match to have it.
        alternatives: the parts of each of its alternatives, where it is one of several.
    """

    text: str
    node: PlanNode
    alternatives: "tuple[tuple[AskedPart, ...], ...]" = ()

    def lacking(self, holds: Callable[[Leaf | FieldFilter], bool]) -> tuple[str, ...]:
        """Parts that a version lacks of this one: of several alternatives the fewest."""
        if _evaluate(self.node, holds):
            return ()
        # Alternatives of one word each are named together: any of them would do.
        if all(len(parts) == 1 and not parts[0].alternatives for parts in self.alternatives):
            return (self.text,)
        return min((_lacking(parts, holds) for parts in self.alternatives), key=len)

    def words(self) -> "Iterator[AskedPart]":
        """Parts of all alternatives; itself where it has none."""
        if not self.alternatives:
            yield self
        for parts in self.alternatives:
            for part in parts:
                yield from part.words()


def _lacking(parts: Iterable[AskedPart], holds: Callable[[Leaf | FieldFilter], bool]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([text for part in parts for text in part.lacking(holds)]))


@dataclass(frozen=True, slots=True)
class Plan:
    """A query, ready to be evaluated.

    Attributes:
        step: the root of the nodes.
        leaves: the parts that a match is made of, in the order typed; nothing that was negated.
        chosen: the facets chosen, in which all fields differ.
        parts: what a version must have to lack nothing, its conditions apart.
        partial: true where what matches may lack some of the words.
        notes: notes on how the query was compiled; those on how its text was read are in the query.
        branched: true where a leaf can stand in a version without being of what matches there: in an alternative of
            which another part lacks.
    """

    step: PlanNode
    leaves: tuple[Leaf, ...]
    chosen: tuple[FieldFilter, ...]
    parts: tuple[AskedPart, ...]
    partial: bool
    notes: tuple[Message, ...] = ()
    branched: bool = False

    def times(self, holds: Callable[[Leaf | FieldFilter], T]) -> list[Any]:
        """Multiplicity of each leaf in one version, or in each of several.

        That is how often the leaf's score counts there; 0 where it is of no branch that matches.

        Args:
            holds: the truth of a leaf or a filter: a bool for one version, or an array of bools for several.

        Returns:
            For each of ``leaves`` an int or, where ``holds`` gives arrays, an array of ints.
        """
        branches: dict[Leaf, list[T]] = {}
        _gather_branches(self.step, True, holds, branches)
        return [sum(branches[leaf]) for leaf in self.leaves]

    def lacking(self, holds: Callable[[Leaf | FieldFilter], bool]) -> tuple[str, ...]:
        """Parts of the query that a version lacks.

        Args:
            holds: the truth of a leaf or a filter in the version, be the leaf one of ``leaves`` or not.
        """
        return _lacking(self.parts, holds)

    def words(self) -> Iterator[AskedPart]:
        """Parts of the query one by one, those of alternatives as well."""
        for part in self.parts:
            yield from part.words()

    def matches(self, holds: Callable[[Leaf | FieldFilter], T]) -> T | bool:
        """Truth of the plan, its choices apart; an array for several versions where ``holds`` gives arrays."""
        return _evaluate(self.step, holds)

    @property
    def filters(self) -> tuple[FieldFilter, ...]:
        """Filters that all that matches passes: those typed beside the words, and the facets chosen."""
        typed = self.step.parts if isinstance(self.step, AndQuery) else (self.step,)
        return (*(part for part in typed if isinstance(part, FieldFilter)), *self.chosen)

    def also(
        self, occurring: Callable[[Leaf], Collection[Pattern]]
    ) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
        """Terms searched as well that occur where filters let the query match: equivalents and translations.

        They are in order, each once. ``occurring`` gives the patterns of a leaf that occur there.
        """
        # They come last among the patterns of a leaf, so that the last one tells whether there are any.
        expanded = [leaf for leaf in self.leaves if leaf.patterns and leaf.patterns[-1].matched in _OTHERS]
        if not expanded:
            return (), {}
        found = [each for leaf in expanded for each in occurring(leaf)]
        translations: dict[str, dict[str, None]] = {}
        for each in found:
            if each.matched == "translation":
                translations.setdefault(each.slots[0][0][0].removeprefix(STEM), {})[each.text] = None
        equivalents = tuple(dict.fromkeys(each.text for each in found if each.matched == "equivalent"))
        return equivalents, {language: tuple(words) for language, words in sorted(translations.items())}


def leaves_of(node: PlanNode) -> list[Leaf]:
    """Leaves of a node that are not negated, in order."""
    if isinstance(node, TermsQuery | NearQuery):
        return [node]
    if isinstance(node, AndQuery | OrQuery):
        # Most parts are leaves that are words: to call this for each of them takes longer than to look at it.
        return [leaf for part in node.parts for leaf in ((part,) if isinstance(part, TermsQuery) else leaves_of(part))]
    return []


def _evaluate(node: PlanNode, holds: Callable[[Leaf | FieldFilter], T]) -> T | bool:
    """Truth of a node; a bool for several versions as well, where it is the same in all."""
    match node:
        case AndQuery(parts):
            truth = _evaluate(parts[0], holds)
            for part in parts[1:]:
                truth = truth & _evaluate(part, holds)
            return truth
        case OrQuery(parts):
            truth = _evaluate(parts[0], holds)
            for part in parts[1:]:
                truth = truth | _evaluate(part, holds)
            return truth
        case NotQuery(part):
            # `not` would ask an array for one truth, and `~True` is a number: this negates bools and arrays alike.
            return _evaluate(part, holds) ^ True
        case MatchAll():
            return True
        case _:
            return holds(node)


def _gather_branches(
    node: PlanNode, above: T | bool, holds: Callable[[Leaf | FieldFilter], T], branches: dict[Leaf, list[T]]
) -> None:
    """Add to ``branches`` the truth of each leaf where all above it matches.

    A leaf of several branches has several. The outermost node is taken to match.
    """
    if isinstance(node, TermsQuery | NearQuery):
        branches.setdefault(node, []).append(holds(node) & above)
    elif isinstance(node, AndQuery | OrQuery):
        for part in node.parts:
            _gather_branches(part, above & _evaluate(part, holds), holds, branches)


def is_branched(node: PlanNode) -> bool:
    """Tell whether leaves below a node depend on others beside them.

    They do where an AndQuery stands in it that is not the outermost node.
    """
    return isinstance(node, AndQuery | OrQuery) and any(map(_has_and, node.parts))


def _has_and(node: PlanNode) -> bool:
    return isinstance(node, AndQuery) or (isinstance(node, OrQuery) and any(map(_has_and, node.parts)))
