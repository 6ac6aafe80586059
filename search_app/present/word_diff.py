"""What has changed in the words of an item, word by word, so that every rendering can show it in its own way."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from operator import itemgetter
from typing import Literal

from indexer.generations import ItemChange
from indexer.model import Item
from indexer.model.errors import IndexerError

_LONGEST = 1_500
"""How many words that differ are compared one by one; longer stretches are shown as exchanged whole."""


class ItemGone(IndexerError):  # noqa: N818 - a state, which the page names
    """An item that was there is no longer in what its meeting's documents say."""

    status = 410

    def __init__(self, id: str, happened: ItemChange) -> None:
        self.happened = happened
        self.body = id.partition("/")[0]
        super().__init__(f"{id} went on {happened.at:%Y-%m-%d}.")


How = Literal["kept", "out", "in"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that stayed, were taken out or were put in; a space belongs between one edit and the next."""

    text: str
    kind: How


def changes_of(item: Item, happened: ItemChange | None) -> dict[str, tuple[Edit, ...]]:
    """The edits of each text that the latest change of an item touched, by language; none where that is not known."""
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
    """What makes one text of the other: what was kept and put in gives the words of ``now``, what was kept and taken
    out those of ``before``. White space is made single.
    """
    old, new = before.split(), now.split()
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    out, into = old[start : len(old) - end], new[start : len(new) - end]
    steps = [("kept", new[:start]), *_compared(out, into), ("kept", new[len(new) - end :])]
    return tuple(
        Edit(" ".join(word for _, words in group for word in words), kind)
        for kind, group in groupby((step for step in steps if step[1]), key=itemgetter(0))
    )


def _shared(old: list[str], new: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _compared(out: list[str], into: list[str]) -> Iterator[tuple[How, list[str]]]:
    if max(len(out), len(into)) > _LONGEST:
        yield from (("out", out), ("in", into))
        return
    for tag, left, right, first, last in SequenceMatcher(None, out, into, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "kept", into[first:last]
        else:
            yield from (("out", out[left:right]), ("in", into[first:last]))
