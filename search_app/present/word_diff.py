"""Word-by-word differences between two texts of an item, for every rendering to show."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from operator import itemgetter
from typing import Literal

from indexer.generations.changelog import ItemChange
from indexer.model import Item, message
from indexer.model.errors import IndexerError

_LONGEST = 1_500
"""Most words compared one by one, which takes quadratic time; longer stretches are shown as exchanged whole."""


class ItemGone(IndexerError):  # noqa: N818 - a state, which the page names
    """An item that was there is no longer in what its meeting's documents say."""

    status = 410

    def __init__(self, id: str, happened: ItemChange) -> None:
        self.happened = happened
        self.body = id.partition("/")[0]
        super().__init__(message("item-gone", id, f"{happened.at:%Y-%m-%d}"))


EditKind = Literal["kept", "out", "in"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that stayed, were taken out or were put in; a space belongs between one edit and the next."""

    text: str
    kind: EditKind


def changes_of(item: Item, happened: ItemChange | None) -> dict[str, tuple[Edit, ...]]:
    """The edits of each text in an item's latest change, by language; none where it is not known."""
    if happened is None or not happened.change.before:
        return {}
    now = {version.language: version.text for version in item.versions}
    before = happened.change.before
    return {
        language: edits(before.get(language, ""), now.get(language, ""))
        for language in (*now, *(each for each in before if each not in now))
        if before.get(language) != now.get(language)
    }


def edits(before: str, now: str) -> tuple[Edit, ...]:
    """The edits that make ``now`` of ``before``.

    Words that are kept or put in give the words of ``now``, words that are kept or taken out those of ``before``.
    White space is made single.
    """
    old, new = before.split(), now.split()
    # Most changes touch a few words: equal ends are cut off before the comparison, which takes quadratic time.
    start = _common_prefix(old, new)
    end = _common_prefix(old[start:][::-1], new[start:][::-1])
    out, into = old[start : len(old) - end], new[start : len(new) - end]
    steps = [("kept", new[:start]), *_diff(out, into), ("kept", new[len(new) - end :])]
    return tuple(
        Edit(" ".join(word for _, words in group for word in words), kind)
        for kind, group in groupby((step for step in steps if step[1]), key=itemgetter(0))
    )


def _common_prefix(old: list[str], new: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _diff(out: list[str], into: list[str]) -> Iterator[tuple[EditKind, list[str]]]:
    if max(len(out), len(into)) > _LONGEST:
        yield from (("out", out), ("in", into))
        return
    # autojunk would pass over the words that are frequent in a long text.
    for tag, left, right, first, last in SequenceMatcher(None, out, into, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "kept", into[first:last]
        else:
            yield from (("out", out[left:right]), ("in", into[first:last]))
