"""Running headers, footers and page marks, recognised by place and recurrence.

Rows are set aside from the edge of a page inwards only, and no further than the first row that neither recurs at its
height on other pages nor is a page mark. So a line of the text is in no danger however often it recurs.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from indexer.model import Line, Page

_ROWS = 5
"""Rows that are taken from an edge at most: a header may have several lines."""

_NEAR = 4.0
"""Points within which the heights of a running line agree from page to page."""

_SHARE = 0.2
"""Share of the pages on which a running line recurs; two pages at least. Headers may change with each chapter."""

_MARGIN = 0.2
"""Share of the page's height at either end in which running lines stand."""

_HEAD = 3
"""The first page's head is its upper one of so many parts."""

_LONELY = 2
"""Letters' heights by which a line that stands well apart is further from the next one, at least."""

# Numerals are letters of either case, named: where case is ignored İ and ı would be i, which they are not in a numeral.
_MARK = re.compile(
    r"(?P<word>(?:page|página|pagina|pág\.|pag\.|p\.)\s*)?(?P<left>[-–—\[|]\s*)?(?P<number>\d{1,4}|(?-i:[ivxlIVXL]{1,6}))"
    r"(?P<right>\s*[-–—\]|])?(?:\s*(?:/|of|de|sur)\s*\d{1,4})?",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}

EdgeRows = list[tuple[Line, ...]]


def set_aside(pages: Sequence[Page]) -> Iterator[Page]:
    """Move the running lines and page marks of pages from ``lines`` to ``set_aside``."""
    edges = [(_edge(page, top=True), _edge(page, top=False)) for page in pages]
    recurring = _recurring(pages, edges)
    offsets = _offsets(pages, edges)
    head = _head(pages)
    for page, both in zip(pages, edges, strict=True):
        # By identity: two lines of a page may be equal, of which one is running and the other text.
        running = {id(line) for rows in both for line in _running(page, rows, recurring, offsets)}
        if page.number > 1:
            running |= {id(line) for line in _repeated_head(page, both[0], head)}
        yield replace(
            page,
            lines=tuple(line for line in page.lines if id(line) not in running),
            set_aside=page.set_aside + tuple(line for line in page.lines if id(line) in running),
        )


def _edge(page: Page, *, top: bool) -> EdgeRows:
    """Find the outermost rows of a page's margin, from its edge inwards."""
    limit = page.height * _MARGIN
    near = [line for line in page.lines if (line.box.bottom <= limit if top else line.box.top >= page.height - limit)]
    rows: list[list[Line]] = []
    for line in sorted(near, key=lambda line: _height(line), reverse=not top):
        if rows and abs(_height(rows[-1][0]) - _height(line)) < line.size / 2:
            rows[-1].append(line)
        elif len(rows) == _ROWS:
            break
        else:
            rows.append([line])
    return [tuple(row) for row in rows]


def _height(line: Line) -> float:
    """Measure the middle of a line, in points from the top of the page."""
    return (line.box.top + line.box.bottom) / 2


def _recurring_forms(page: Page, line: Line) -> tuple[str, str]:
    """Give the forms in which a line can recur: its text, and that with relative numbers.

    These are counted from the page's own number: `Page 17` and `Page 18` are one form.
    """
    text = " ".join(line.text.split()).casefold()
    return text, re.sub(r"\d+", lambda digits: f"#{int(digits[0]) - page.number}", text)


def _distance(page: Page, line: Line) -> float:
    """Measure a line's distance from the nearer edge of the page; negative from the bottom."""
    # From the edge, since the pages of a document may be of different heights.
    height = _height(line)
    return height if height < page.height / 2 else height - page.height


def _recurring(pages: Sequence[Page], edges: Sequence[tuple[EdgeRows, EdgeRows]]) -> dict[str, list[float]]:
    """Find the heights at which a text recurs on enough pages, by text."""
    heights: dict[str, list[float]] = {}
    for page, both in zip(pages, edges, strict=True):
        # A set, so that a text counts once a page at each height: a table may print it in several columns.
        forms = {(form, _distance(page, line)) for line in _lines(both) for form in _recurring_forms(page, line)}
        for text, height in forms:
            heights.setdefault(text, []).append(height)
    enough = max(2, len(pages) * _SHARE)
    return {
        text: agreed
        for text, found in heights.items()
        if (agreed := [one for one in found if sum(abs(one - other) <= _NEAR for other in found) >= enough])
    }


def _offsets(pages: Sequence[Page], edges: Sequence[tuple[EdgeRows, EdgeRows]]) -> set[int]:
    """Find the differences between printed and counted page numbers.

    They hold on two pages or more.
    """
    seen: Counter[int] = Counter()
    for page, both in zip(pages, edges, strict=True):
        marks = [_mark(line.text) for line in _lines(both)]
        seen.update({number - page.number for number in marks if number is not None})
    return {offset for offset, count in seen.items() if count > 1}


def _lines(both: Iterable[EdgeRows]) -> Iterator[Line]:
    """Give the lines at both edges of a page."""
    return (line for rows in both for row in rows for line in row)


def _mark(text: str) -> int | None:
    """Read the number of a page mark: ``- 51 -``, ``Page 17``, ``3 / 10``, ``iv``; else None."""
    match = _MARK.fullmatch(text.strip())
    if not match:
        return None
    digits = match["number"]
    if digits.isdigit():
        return int(digits)
    values = [_ROMAN[letter] for letter in digits.lower()]
    return sum(-one if one < after else one for one, after in pairwise([*values, 0]))


def _is_label(page: Page, text: str) -> bool:
    """Tell whether a page mark is the label that the file gives the page."""
    return bool(page.label) and text.strip(" -–—[]|").casefold() == page.label.casefold()


def _says_page(text: str) -> bool:
    """Tell whether a page mark is known for one without other pages: ``- 51 -``, ``Page 17``."""
    match = _MARK.fullmatch(text.strip())
    return bool(match and match["number"].isdigit() and (match["word"] or (match["left"] and match["right"])))


def _running(page: Page, rows: EdgeRows, recurring: dict[str, list[float]], offsets: set[int]) -> Iterator[Line]:
    """Find the running lines among the rows at an edge, from the edge inwards."""

    def runs(line: Line) -> bool:
        height = _distance(page, line)
        known = (other for form in _recurring_forms(page, line) for other in recurring.get(form, ()))
        if any(abs(height - other) <= _NEAR for other in known):
            return True
        if _is_label(page, line.text) and _lonely(page, line):
            return True
        number = _mark(line.text)
        return number is not None and (
            number - page.number in offsets or _says_page(line.text) or (number == page.number and _lonely(page, line))
        )

    for row in rows:
        # The first row of the text ends the search: what stands further in is in no danger.
        if not all(runs(line) for line in row):
            return
        yield from row


def _head(pages: Sequence[Page]) -> frozenset[str]:
    """Gather the words of the first page's head: they say what the document is."""
    lines = [line for page in pages[:1] for line in page.lines if line.box.bottom < page.height / _HEAD]
    return frozenset(word for line in lines for word in _words(line.text))


def _repeated_head(page: Page, rows: EdgeRows, head: frozenset[str]) -> tuple[Line, ...]:
    """Find a running header that recurs too seldom to be known by that.

    It is the first row of a later page where it says nothing that the document's head does not say, and stands apart.
    """
    if not rows or not all(head.issuperset(_words(line.text)) for line in rows[0]):
        return ()
    bottom = max(line.box.bottom for line in rows[0])
    below = [line.box.top - bottom for line in page.lines if not any(line is own for own in rows[0])]
    apart = not below or min(gap for gap in below) > max(line.size for line in rows[0])
    return rows[0] if apart else ()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _lonely(page: Page, line: Line) -> bool:
    """Tell whether a line stands well apart from the next one.

    It does where the gap between them is wider than two lines of the page are high.
    """
    others = [other for other in page.lines if other is not line]
    gaps = [max(other.box.top - line.box.bottom, line.box.top - other.box.bottom) for other in others]
    return not gaps or min(gaps) > _LONELY * median(other.size for other in others)
