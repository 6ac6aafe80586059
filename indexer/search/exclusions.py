"""Exclusions: conditions of a query of which no text meets both."""

from collections.abc import Callable, Sequence
from itertools import combinations

from indexer.model import And, Filter, Message, Node, Or, message
from indexer.query.parser import render
from indexer.query.plan import FieldFilter

MOST_COMPARED = 10
"""Conditions of a query without a result that are compared with each other."""

Meet = Callable[[FieldFilter, FieldFilter], bool]
"""Function that tells whether any text meets both of two conditions."""


def join_filters(tree: Node) -> Node | None:
    """Make alternatives of filters of one field that must all hold; None where there are none."""
    if not isinstance(tree, And):
        return None
    by_field: dict[str, list[Node]] = {}
    for part in tree.parts:
        if isinstance(part, Filter):
            by_field.setdefault(part.field, []).append(part)
    if all(len(filters) < 2 for filters in by_field.values()):
        return None
    joined = [Or(tuple(filters)) if len(filters) > 1 else filters[0] for filters in by_field.values()]
    parts = (*(part for part in tree.parts if not isinstance(part, Filter)), *joined)
    return And(parts) if len(parts) > 1 else parts[0]


def exclusions(
    tree: Node,
    choices: Sequence[Filter],
    chosen: Sequence[FieldFilter],
    compiled: Callable[[Filter], FieldFilter],
    meet: Meet,
) -> tuple[Message, ...]:
    """Notes on conditions of which no text meets both, though each is met by some.

    Args:
        tree: the syntax tree of a query without a result.
        choices: what is chosen beside it.
        chosen: the same compiled, one filter for each field.
        compiled: compiles a filter.
        meet: tells whether any text meets both of two conditions.
    """
    typed = tree.parts if isinstance(tree, And) else (tree,)
    conditions = [(render(part), compiled(part)) for part in dict.fromkeys(typed) if isinstance(part, Filter)]
    for each in chosen:
        values = (render(choice) for choice in choices if choice.field == each.field)
        conditions.append((" OR ".join(dict.fromkeys(values)), each))
    return tuple(
        message("filters-exclude", first, second)
        for (first, one), (second, other) in combinations(conditions[:MOST_COMPARED], 2)
        if first != second and one.values and other.values and not meet(one, other)
    )
