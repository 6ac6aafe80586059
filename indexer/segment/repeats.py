"""Repeats: lists of recommendations that a document prints twice, and outlines that only name them.

A report gives its recommendations in its chapters and again in a summary or an annex. The same words under the same
number are one item with several places. Where they are longer in one of them, what is added is discussion.
"""

# ARCHITECTURE.md: What a document prints twice is one item with several places.

from collections.abc import Iterable, Sequence
from statistics import mean

from indexer.model import Kind
from indexer.segment.drafts import PassageDraft
from indexer.segment.headings import ends_sentence
from indexer.segment.regions import Why

_FEWEST_TITLES = 2
"""Entries of the shortest outline."""

_TITLE_WORDS = 12
"""Words of the longest entry of an outline."""

_SAME_LETTERS = 80
"""Letters by which two texts begin alike that are of one recommendation, where neither has a title."""


_OPENING = 4 * _SAME_LETTERS
"""Characters among which these letters are, unless signs are more than letters."""


def settle_repeats(drafts: Sequence[PassageDraft]) -> list[PassageDraft]:
    """Settle which of the recommendations that a document prints several times are items.

    Entries of an outline become paragraphs, where other regions have texts. Of two under one number that begin alike,
    the first one gets the places of the other where their words are the same. Else the one whose region has the longer
    texts becomes a paragraph: it is the discussion. Gives the drafts that stay passages of their own.
    """
    _demote_outlines(drafts)
    lengths = _lengths(drafts)
    first: dict[tuple[str, str], PassageDraft] = {}
    gone: set[int] = set()
    for draft in drafts:
        if draft.kind is not Kind.RECOMMENDATION or draft.path is None:
            continue
        key = _key(draft)
        earlier = first.setdefault(key, draft)
        if earlier is draft:
            continue
        if _letters(earlier.text_below) == _letters(draft.text_below):
            earlier.repeats.append(draft)
            gone.add(id(draft))
        else:
            listed, discussed = sorted((earlier, draft), key=lambda each: lengths[_list_of(each)])
            discussed.kind = Kind.PARAGRAPH
            first[key] = listed
    return [draft for draft in drafts if id(draft) not in gone]


def _key(draft: PassageDraft) -> tuple[str, str]:
    path, title, text = str(draft.path), _letters(draft.title), _letters(draft.text_below[:_OPENING])
    return path, title or text[:_SAME_LETTERS]


def _list_of(draft: PassageDraft) -> int:
    """Tell the list of a recommendation by a number: its region, or all labels together."""
    return 0 if draft.region is None or draft.region.why is Why.LABEL else id(draft.region)


def _lengths(drafts: Iterable[PassageDraft]) -> dict[int, float]:
    """Measure the recommendations of each region: their letters on average."""
    regions: dict[int, list[int]] = {}
    for draft in drafts:
        if draft.kind is Kind.RECOMMENDATION:
            regions.setdefault(_list_of(draft), []).append(len(draft.text))
    return {region: mean(own) for region, own in regions.items()}


def _demote_outlines(drafts: Iterable[PassageDraft]) -> None:
    """Make paragraphs of entries of outlines: of regions with titles alone, where another has texts."""
    regions: dict[int, list[PassageDraft]] = {}
    for draft in drafts:
        if draft.kind is Kind.RECOMMENDATION:
            regions.setdefault(_list_of(draft), []).append(draft)
    outlines = [own for own in regions.values() if len(own) >= _FEWEST_TITLES and all(map(_is_entry, own))]
    if len(outlines) == len(regions):
        return
    for own in outlines:
        for draft in own:
            draft.kind = Kind.PARAGRAPH


def _is_entry(draft: PassageDraft) -> bool:
    text = draft.text_below
    return len(text.split()) <= _TITLE_WORDS and not ends_sentence(text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))
