"""Contents: the rows of tables of contents, which look like the headings and numbers that they name."""

import re
from collections.abc import Sequence

from indexer.analysis.numerals import roman_value
from indexer.segment.headings import LEADERS, fold_heading
from indexer.segment.rows import Row
from indexer.segment.vocabulary import EVERY, any_of

_LEADERS_OF_CONTENTS = 3
"""Rows with leaders that make a table of contents: fewer are blanks to be filled in."""

_FEWEST_ENTRIES = 3
"""Entries of the shortest table of contents without leaders."""

_SHARE_OF_NUMBERS = 0.3
"""Share of the rows of such a table that end with the number of a page: entries run over several rows."""

_SHARE_OF_ENTRIES = 0.5
"""Share of the entries that a file tags as contents which end with the number of a page, at least."""

_TITLE = re.compile(any_of(EVERY.contents))
_PAGE_NUMBER = re.compile(r"(?:^|\D)(?P<page>\d{1,3}|[ivxlc]{1,6})$")


def contents_rows(rows: Sequence[Row]) -> frozenset[int]:
    """Find the rows of tables of contents, by their indices.

    Where three or more rows of a page have leaders, these are all from the first to the last of them, with the heading
    above. Below a title of contents they are those down to the last that ends with the number of a page, on this page
    and the following ones. What the file tags as contents is so where most of its entries end with such a number.
    """
    found = _contents_by_tags(rows)
    pages: dict[int, list[int]] = {}
    for index, row in enumerate(rows):
        pages.setdefault(row.page, []).append(index)
    goes_on = False
    for own in pages.values():
        titles = [index for index in own if _is_title(rows[index])]
        leaders = [index for index in own if LEADERS.search(rows[index].text)]
        if len(leaders) >= _LEADERS_OF_CONTENTS:
            above = [index for index in titles if index < leaders[0]]
            first, bottom = above[-1] if above else leaders[0], max(rows[index].bottom for index in leaders)
        elif (titles or goes_on) and (entries := _entries(own[own.index(titles[0]) + 1 :] if titles else own, rows)):
            first, bottom = titles[0] if titles else own[0], max(rows[index].bottom for index in entries)
        else:
            goes_on = False
            continue
        goes_on = True
        # By height, not by order: entries of several lines and page numbers apart lie between the leaders.
        found.update(index for index in own if index >= first and rows[index].top <= bottom)
    return frozenset(found)


def _contents_by_tags(rows: Sequence[Row]) -> set[int]:
    """Find the rows that the file tags as contents, with the title above."""
    entries: dict[int, list[int]] = {}
    for index, row in enumerate(rows):
        if row.structure and row.structure.contents:
            entries.setdefault(row.structure.contents, []).append(index)
    ending = sum(any(_page_number(rows[index].text) for index in own) for own in entries.values())
    if not entries or ending < _SHARE_OF_ENTRIES * len(entries):
        return set()
    found = {index for own in entries.values() for index in own}
    return found | {index - 1 for index in found if index and _is_title(rows[index - 1])}


def _is_title(row: Row) -> bool:
    return len(row.text) < 40 and bool(_TITLE.fullmatch(fold_heading(row.text)))


def _entries(own: Sequence[int], rows: Sequence[Row]) -> list[int]:
    """Find the rows of a page that end with the number of a page; none where there are too few of them."""
    entries = [index for index in own if _page_number(rows[index].text)]
    enough = len(entries) >= max(_FEWEST_ENTRIES, _SHARE_OF_NUMBERS * len(own))
    return entries if enough else []


def _page_number(text: str) -> bool:
    """Tell whether a text ends with the number of a page."""
    match = _PAGE_NUMBER.search(text)
    return match is not None and (match["page"].isdigit() or bool(roman_value(match["page"].upper())))
