"""Items: which rows of the regions open a recommendation, and which paragraphs are one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.model import Strategy
from indexer.segment.announcements import says_that_it_recommends, says_that_somebody_recommends
from indexer.segment.bullets import FEWEST, bullet_rows
from indexer.segment.evidence import NumberEvidence
from indexer.segment.headings import HeadingLook, UsualMeasures
from indexer.segment.numbering import NumberedMark
from indexer.segment.regions import Region, is_label
from indexer.segment.rows import Row

_BY_NUMBERS = (Strategy.NUMBERED, Strategy.DECIMAL, Strategy.SECTIONED)

_FEWEST_LABELS = 2
"""Labels of a list of them: the numbers beside them are those of paragraphs."""


@dataclass(frozen=True, slots=True)
class AnnotatedRows:
    """Rows of a document's text with the findings on each, as parallel sequences.

    Attributes:
        rows: the rows in reading order.
        look: how much each looks like a heading.
        groups: for each the heading that it is of, by the index of its first row, or None for text.
        announced: for each whether it announces recommendations.
        marks: the marker that each begins with, or None.
        regions: the region of recommendations that each stands in, or None.
        usual: the document's measures.
        evidence: what tells where their paragraphs begin.
    """

    rows: Sequence[Row]
    look: Sequence[HeadingLook]
    groups: Sequence[int | None]
    announced: Sequence[bool]
    marks: Sequence[NumberedMark | None]
    regions: Sequence[Region | None]
    usual: UsualMeasures
    evidence: NumberEvidence


@dataclass(frozen=True, slots=True)
class Items:
    """Rows that open recommendations, by their indices.

    Attributes:
        strategy: the rule by which most of them were told apart.
        numbers: the rows that do so with a number.
        dashes: the rows that do so with a dash or bullet: the characters before their text.
        parents: the rows with a number that have others below it.
        prose: the regions without such rows, in which a paragraph that recommends is one.
    """

    strategy: Strategy
    numbers: frozenset[int]
    dashes: Mapping[int, int]
    parents: frozenset[int]
    prose: frozenset[Region]


def find_items(body: AnnotatedRows, strategy: Strategy | None = None) -> Items:
    """Find the rows that open recommendations, for each region by the rule that fits.

    ``strategy`` is the catalogue's word, which holds for all regions.
    """
    own: dict[Region, list[int]] = {}
    for index, region in enumerate(body.regions):
        if region is not None:
            own.setdefault(region, []).append(index)
    parents = _parents(body.marks)
    numbers: set[int] = set()
    dashes: dict[int, int] = {}
    prose: set[Region] = set()
    for region, indices in own.items():
        by_numbers = strategy is None or strategy in _BY_NUMBERS
        found = _numbers(body, indices, parents) if by_numbers else set()
        points = _dashes(body, region, indices) if not found and strategy in (None, Strategy.DASH) else {}
        if len(points) < FEWEST and strategy is None:
            points = {}
        numbers |= found
        dashes.update(points)
        if not found and not points and strategy in (None, Strategy.PROSE):
            prose.add(region)
    marks = [mark for index in sorted(numbers) if (mark := body.marks[index])]
    return Items(
        strategy=strategy or _strategy(marks, dashes, prose),
        numbers=frozenset(numbers),
        dashes=dashes,
        parents=frozenset(parents),
        prose=frozenset(prose),
    )


def _strategy(marks: Sequence[NumberedMark], dashes: Mapping[int, int], prose: set[Region]) -> Strategy:
    if any(mark.restarted for mark in marks):
        return Strategy.SECTIONED
    if any(len(mark.path) > 1 for mark in marks):
        return Strategy.DECIMAL
    if marks:
        return Strategy.NUMBERED
    return Strategy.DASH if dashes else Strategy.PROSE if prose else Strategy.NONE


def _parents(marks: Sequence[NumberedMark | None]) -> set[int]:
    """Find the marks below which another list begins: its numbers follow, and begin with theirs."""
    items = [(index, mark) for index, mark in enumerate(marks) if mark and not mark.is_section]
    return {
        index
        for (index, mark), (_, following) in pairwise(items)
        if len(following.path) > len(mark.path) and following.path[: len(mark.path)] == mark.path
    }


def _numbers(body: AnnotatedRows, indices: Sequence[int], parents: set[int]) -> set[int]:
    """Find the rows of a region that open a recommendation with a number.

    These have labels, or numbers of a list that began after the announcement or below one of its paragraphs; failing
    these, all numbers after the announcement.
    """
    own = [(index, mark) for index in indices if (mark := body.marks[index]) and not mark.is_section]
    labels = {index for index, mark in own if is_label(mark)}
    if len(labels) >= _FEWEST_LABELS or (labels and labels == {index for index, _ in own[:1]}):
        return labels
    if introduced := _below_introductions(body, own, parents, indices[-1] + 1):
        return introduced
    childless = [(index, mark) for index, mark in own if index not in parents]
    return {index for index, mark in childless if len(mark.path) > 1 or mark.fresh} or {index for index, _ in own}


def _below_introductions(
    body: AnnotatedRows, own: Sequence[tuple[int, NumberedMark]], parents: set[int], stop: int
) -> set[int]:
    """Find the numbers below paragraphs that introduce recommendations: ``6.3 The Group recommended that the State:``.

    The paragraphs beside those are none then, where they do not recommend themselves.
    """
    starts = [*(index for index, _ in own), stop]
    texts = {
        index: " ".join(row.text for row in body.rows[index:end])
        for (index, _), end in zip(own, starts[1:], strict=True)
    }
    introducing = {
        mark.path
        for index, mark in own
        if index in parents and texts[index].endswith(":") and says_that_somebody_recommends(texts[index])
    }
    below = {index for index, mark in own if mark.path[:-1] in introducing and index not in parents}
    beside = [texts[index] for index, _ in own if index not in below and index not in parents]
    few = len(below) >= len(beside) and not any(map(says_that_it_recommends, beside))
    return below if few else set()


def _dashes(body: AnnotatedRows, region: Region, indices: Sequence[int]) -> dict[int, int]:
    """Find the rows of a region that open an item with a dash or bullet: the characters before their text."""
    inside = [False] * len(body.rows)
    for index in indices:
        inside[index] = index >= region.items_from
    return bullet_rows(body.rows, inside, body.evidence)
