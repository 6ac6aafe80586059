"""Indexed versions of the memory engine, and the occurrences of leaves in them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.analysis.schema import EXACT, FOLD, HEADING_AT, Term, terms_of
from indexer.analysis.tokenizer import tokenize
from indexer.model import Filter, Item, Phrase, Version
from indexer.query.compiler import Compiler
from indexer.query.plan import FieldFilter, Leaf, NearQuery, Pattern, Plan
from indexer.search.completion import CountBeside, Part
from indexer.search.hits import Occurrence, TermMark, place_marks
from indexer.search.offsets import TokenOffsets


@dataclass(frozen=True, eq=False)
class IndexedVersion:
    """A row of the index: one version of an item, ready to be matched.

    Attributes:
        item: the item.
        version: its version in one language.
        values: the values of each field.
        positions: for each term its positions, ascending; those of the heading begin at HEADING_AT.
        offsets: character offsets of the words of the text.
        text_length: the length of the text in words.
        heading_length: the length of the heading in words.
    """

    # Compared and hashed by identity (eq=False), so that rows are cheap keys of the dictionaries of scores.

    item: Item
    version: Version
    values: Mapping[str, tuple[str, ...]]
    positions: Mapping[Term, Sequence[int]]
    offsets: TokenOffsets
    text_length: int
    heading_length: int

    def has_any(self, filter: FieldFilter) -> bool:
        """Tell whether it has one of the values that a filter lets through."""
        return not filter.values.isdisjoint(self.values[filter.field])


RowScores = dict[IndexedVersion, float]
"""Matching rows, and the score of each."""


def index_version(item: Item, version: Version, values: Mapping[str, tuple[str, ...]]) -> IndexedVersion:
    """Index a version of an item, given the values of its fields."""
    # A set, since tokens at one position (a word and the joined form of its compound) can share a term: one occurrence.
    positions: dict[Term, set[int]] = {}
    text, heading = (tokenize(part, version.language) for part in (version.text, version.heading))
    for tokens, base in ((text, 0), (heading, HEADING_AT)):
        for term, position in terms_of(tokens, version.language):
            positions.setdefault(term, set()).add(position + base)
    return IndexedVersion(
        item=item,
        version=version,
        values=values,
        positions={term: sorted(own) for term, own in positions.items()},
        offsets=TokenOffsets.of_text(version.text, version.language),
        # The last token has the last position: a joined form comes right behind the first of its parts.
        text_length=text[-1].position + 1 if text else 0,
        heading_length=heading[-1].position + 1 if heading else 0,
    )


def occurrences(leaf: Leaf, row: IndexedVersion) -> dict[int, Pattern]:
    """The occurrences of a leaf in a row.

    Returns:
        The pattern that matches at each position where one begins, by position, ascending.
    """
    found: dict[int, Pattern] = {}
    if isinstance(leaf, NearQuery):
        left, right = (list(occurrences(side, row).items()) for side in (leaf.left, leaf.right))
        begins = _with_partner(left, right, leaf.distance) + _with_partner(right, left, leaf.distance)
    else:
        begins = [(position, pattern) for pattern in leaf.patterns for position in _pattern_positions(pattern, row)]
    for position, pattern in begins:
        # Strictly heavier: of equals the first counts, as the plan promises.
        if position not in found or pattern.weight > found[position].weight:
            found[position] = pattern
    return dict(sorted(found.items()))


def _pattern_positions(pattern: Pattern, row: IndexedVersion) -> list[int]:
    """The positions at which a pattern begins."""
    slots = [{position for term in slot for position in row.positions.get(term, ())} for slot in pattern.slots]
    return [start for start in slots[0] if all(start + place in slot for place, slot in enumerate(slots))]


def _with_partner(these: Sequence[Occurrence], those: Sequence[Occurrence], distance: int) -> list[Occurrence]:
    """The occurrences in ``these`` that have a partner in ``those``.

    A partner has at most ``distance`` words between itself and the other, before or after, and does not overlap it.
    """

    def is_near(this: Occurrence, that: Occurrence) -> bool:
        (first, pattern), (second, _) = sorted((this, that), key=lambda each: each[0])
        return 0 <= second - (first + len(pattern.slots)) <= distance

    return [this for this in these if any(is_near(this, that) for that in those)]


def holds_in(row: IndexedVersion) -> Callable[[Leaf | FieldFilter], bool]:
    """Make the function that tells whether a leaf or a filter matches a row."""

    def holds(leaf: Leaf | FieldFilter) -> bool:
        if isinstance(leaf, FieldFilter):
            return row.has_any(leaf)
        return bool(occurrences(leaf, row))

    return holds


def leaf_counts(plan: Plan, row: IndexedVersion) -> list[int]:
    """Multiplicity of each leaf among the matching branches of a plan; 0 where it is in none."""
    return plan.times(holds_in(row))


def counting_occurrences(plan: Plan, row: IndexedVersion) -> list[list[Occurrence]]:
    """The occurrences of each leaf in a row; none of a leaf that is in no matching branch."""
    return [
        list(occurrences(leaf, row).items()) if count else []
        for leaf, count in zip(plan.leaves, leaf_counts(plan, row), strict=True)
    ]


def term_marks(plan: Plan, row: IndexedVersion) -> list[tuple[TermMark, ...]]:
    """The marks of each leaf in the text of a row."""
    return [place_marks(row.offsets, found) for found in counting_occurrences(plan, row)]


def count_beside(rows: Iterable[IndexedVersion], compiler: Compiler, parts: Sequence[Part]) -> CountBeside:
    """Make the counter of items of which a version has all parts of a query.

    Raises:
        BadQuery: a filter among the parts cannot be read.
    """

    def has(row: IndexedVersion, part: Part) -> bool:
        if isinstance(part, Filter):
            return row.has_any(compiler.field_filter(part))
        return bool(occurrences(compiler.expansion.leaf(part)[0], row))

    held = [row for row in rows if all(has(row, part) for part in parts)]

    def count(part: str | Phrase | Filter) -> int:
        if isinstance(part, str):
            terms = (EXACT, part), (FOLD, part)
            found = [row for row in held if any(term in row.positions for term in terms)]
        else:
            found = [row for row in held if has(row, part)]
        return len({row.item.id for row in found})

    return count
